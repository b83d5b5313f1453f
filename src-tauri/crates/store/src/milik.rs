//! Whose a visit is: the guru's who is visited, or everybody's behind the unit that is. Each database has the condition
//! in its own `milik.rs`, and nowhere else: who is behind a unit can change at any time, so the tables tell it.

use domain::IdPengguna;

/// Identities as the stores pass a list of them in one value.
pub(crate) fn to_json(ids: &[IdPengguna]) -> String {
    let ids: Vec<String> = ids.iter().map(|id| id.0.to_string()).collect();
    format!("[{}]", ids.join(","))
}

/// Identities as a row lists them, separated by commas.
pub(crate) fn from_list(text: Option<&str>) -> Vec<IdPengguna> {
    let ids = text.unwrap_or_default().split(',');
    ids.filter_map(|id| id.trim().parse().ok()).map(IdPengguna).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identities_are_written_and_read() {
        assert_eq!(to_json(&[]), "[]");
        assert_eq!(to_json(&[IdPengguna(3), IdPengguna(12)]), "[3,12]");
        assert_eq!(from_list(None), []);
        assert_eq!(from_list(Some("")), []);
        assert_eq!(from_list(Some("3,12")), [IdPengguna(3), IdPengguna(12)]);
    }
}
