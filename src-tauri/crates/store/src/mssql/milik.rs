//! Whose a visit is (`crate::milik`).

/// The condition that the guru in `column` is the user `@id_guru`, or a unit that the user is behind.
pub(super) fn is_own(column: &str) -> String {
    format!(
        "{column} IN (
            SELECT @id_guru UNION ALL SELECT m.id_unit FROM sistem.anggota AS m WHERE m.id_pengguna = @id_guru
        )"
    )
}
