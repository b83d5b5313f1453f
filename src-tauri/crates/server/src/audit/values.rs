//! What entries tell of things. Only what stands here, or what a handler names itself, gets into one: no password, no
//! hash, no token, no code, and of a number the last four digits.

use domain::{
    IdPengguna, JanjiTemu, Pengguna, Setelan, Tamu, Telp,
    audit::Aksi,
    langkah::VisitStep,
    pengguna::{Anggota, has_email},
};
use serde_json::{Value, json};
use store::{
    janji_temu::{NewJanjiTemu, TamuOf, VisitCorrection},
    pengguna::{PenggunaBaru, PenggunaChanges, UnitBaru},
    tamu::{NewTamu, TamuCorrection},
};

fn telp(telp: Option<&Telp>) -> Option<String> {
    telp.map(Telp::masked)
}

/// An address; none of a user who has none, whose number would stand there.
fn email(email: &str) -> Option<&str> {
    Some(email).filter(|email| has_email(email))
}

/// The last four digits of a number of the register.
fn ending(nomor: Option<&String>) -> Option<String> {
    let end = nomor.and_then(|nomor| nomor.get(nomor.len().checked_sub(4)?..));
    end.map(|end| format!("…{end}"))
}

/// A user.
pub(crate) fn of_pengguna(pengguna: &Pengguna) -> Value {
    json!({
        "nama": pengguna.nama,
        "sapaan": pengguna.sapaan,
        "jabatan": pengguna.jabatan,
        "email": email(&pengguna.email),
        "telp": telp(pengguna.telp.as_ref()),
        "role": pengguna.role,
        "aktif": pengguna.aktif,
    })
}

/// A user who is added.
pub(crate) fn of_new_pengguna(baru: &PenggunaBaru) -> Value {
    json!({
        "nama": baru.nama,
        "sapaan": baru.sapaan,
        "jabatan": baru.jabatan,
        "email": email(&baru.email),
        "telp": telp(baru.telp.as_ref()),
        "role": baru.role,
        "nuptk": ending(baru.kepegawaian.nuptk.as_ref()),
        "nip": ending(baru.kepegawaian.nip.as_ref()),
    })
}

/// A unit that is added.
pub(crate) fn of_new_unit(baru: &UnitBaru) -> Value {
    json!({
        "nama": baru.nama,
        "jabatan": baru.jabatan,
        "telp": telp(baru.telp.as_ref()),
        "unit": true,
        "anggota": baru.anggota,
    })
}

/// A user with who is behind it. Nobody is behind a person.
pub(crate) fn of_pengguna_with(pengguna: &Pengguna, anggota: &[Anggota]) -> Value {
    with_anggota(pengguna, of_pengguna(pengguna), anggota.iter().map(|one| one.id))
}

fn with_anggota(pengguna: &Pengguna, mut value: Value, ids: impl Iterator<Item = IdPengguna>) -> Value {
    if pengguna.unit {
        let mut ids: Vec<_> = ids.collect();
        ids.sort_unstable();
        value["anggota"] = json!(ids);
    }
    value
}

/// The user after some changes; `anggota` is who was behind it before.
pub(crate) fn of_changed_pengguna(pengguna: &Pengguna, ubah: &PenggunaChanges, anggota: &[Anggota]) -> Value {
    let mut after = pengguna.clone();
    put(&mut after.nama, &ubah.nama);
    put(&mut after.sapaan, &ubah.sapaan);
    put(&mut after.jabatan, &ubah.jabatan);
    put(&mut after.email, &ubah.email);
    put(&mut after.telp, &ubah.telp);
    put(&mut after.role, &ubah.role);
    put(&mut after.aktif, &ubah.aktif);
    let value = with_number(pengguna.telp.as_ref(), after.telp.as_ref(), of_pengguna(&after));
    match &ubah.anggota {
        Some(becomes) => with_anggota(pengguna, value, becomes.iter().copied()),
        None => with_anggota(pengguna, value, anggota.iter().map(|one| one.id)),
    }
}

/// A guest.
pub(crate) fn of_tamu(tamu: &Tamu) -> Value {
    json!({
        "nama": tamu.nama,
        "telp": telp(tamu.telp.as_ref()),
        "email": tamu.email,
        "instansi": tamu.instansi,
    })
}

/// The guest after some changes.
pub(crate) fn of_changed_tamu(tamu: &Tamu, ubah: &TamuCorrection) -> Value {
    let mut after = tamu.clone();
    put(&mut after.nama, &ubah.nama);
    put(&mut after.telp, &ubah.telp);
    put(&mut after.email, &ubah.email);
    put(&mut after.instansi, &ubah.instansi);
    with_number(tamu.telp.as_ref(), after.telp.as_ref(), of_tamu(&after))
}

/// Another number with the same last digits is a change all the same.
fn with_number(before: Option<&Telp>, after: Option<&Telp>, mut value: Value) -> Value {
    if before != after && telp(before) == telp(after) {
        value["telp"] = json!(telp(after).map(|telp| format!("{telp} (lain)")));
    }
    value
}

/// A guest who is entered.
pub(crate) fn of_new_tamu(tamu: &NewTamu) -> Value {
    json!({
        "nama": tamu.nama,
        "telp": telp(tamu.telp.as_ref()),
        "email": tamu.email,
        "instansi": tamu.instansi,
    })
}

/// A visit that is made.
pub(crate) fn of_new_visit(baru: &NewJanjiTemu) -> Value {
    let mut value = json!({
        "id_guru": baru.id_guru,
        "keperluan": baru.keperluan,
        "jadwal": baru.jadwal,
        "durasi_menit": baru.durasi_menit,
        "jumlah_orang": baru.jumlah_orang,
    });
    if let Some(atas_nama) = &baru.atas_nama {
        value["atas_nama"] = json!(atas_nama);
    }
    match &baru.tamu {
        TamuOf::Id(id) => value["id_tamu"] = json!(id),
        TamuOf::Baru(tamu) => value["tamu"] = of_new_tamu(tamu),
    }
    value
}

/// What visits that are made together share: each entry is about one of them and its guest.
pub(crate) fn of_new_seri(first: &NewJanjiTemu) -> Value {
    json!({
        "id_guru": first.id_guru,
        "keperluan": first.keperluan,
        "mulai": first.jadwal,
        "durasi_menit": first.durasi_menit,
    })
}

/// Who comes on a visit.
pub(crate) fn of_visitors(visit: &JanjiTemu) -> Value {
    json!({
        "atas_nama": visit.atas_nama,
        "jumlah_orang": visit.jumlah_orang,
        "instansi": visit.instansi,
    })
}

/// The same after some changes.
pub(crate) fn of_changed_visitors(visit: &JanjiTemu, ubah: &VisitCorrection) -> Value {
    let mut after = visit.clone();
    put(&mut after.atas_nama, &ubah.atas_nama);
    put(&mut after.jumlah_orang, &ubah.jumlah_orang);
    put(&mut after.instansi, &ubah.instansi);
    of_visitors(&after)
}

/// Settings. The words of messages have entries of their own.
pub(crate) fn of_setelan(setelan: &Setelan) -> Value {
    let mut value = serde_json::to_value(setelan).unwrap_or_default();
    if let Some(fields) = value.as_object_mut() {
        for secret in SECRET_SETTINGS {
            if let Some(field) = fields.get_mut(*secret) {
                *field = json!(if field.as_str().is_some_and(|text| !text.is_empty()) {
                    "••••"
                } else {
                    ""
                });
            }
        }
    }
    value
}

/// The settings after a change. Another PIN in place of one shows as such, and not which.
pub(crate) fn of_changed_setelan(before: &Setelan, after: &Setelan) -> Value {
    let mut value = of_setelan(after);
    let is_other =
        before.kiosk_pin.is_some() && after.kiosk_pin.is_some() && before.kiosk_pin != after.kiosk_pin;
    if is_other && let Some(field) = value.get_mut("kiosk_pin") {
        *field = json!("•••• (baru)");
    }
    value
}

/// Settings that are told as set or not set only.
const SECRET_SETTINGS: &[&str] = &["kiosk_pin"];

/// What a step of a visit is called.
pub(crate) fn aksi_of(step: &VisitStep) -> Aksi {
    match step {
        VisitStep::Datang { .. } => Aksi::Datang,
        VisitStep::Mulai => Aksi::Mulai,
        VisitStep::Pulang { .. } | VisitStep::Pamit => Aksi::Pulang,
        VisitStep::Batal { .. } => Aksi::Batalkan,
        VisitStep::TidakHadir { .. } => Aksi::TidakHadir,
        VisitStep::UrungDatang | VisitStep::UrungLangsung { .. } | VisitStep::UrungPulang { .. } => {
            Aksi::Urungkan
        }
    }
}

/// What a step sets.
pub(crate) fn of_step(step: &VisitStep) -> Value {
    let mut value = json!({ "status": step.tujuan() });
    match step {
        VisitStep::Datang { terlambat: true, .. } => value["terlambat"] = json!(true),
        VisitStep::Batal { alasan: Some(alasan), .. }
        | VisitStep::TidakHadir { alasan: Some(alasan) }
        | VisitStep::UrungLangsung { alasan: Some(alasan) } => value["alasan"] = json!(alasan),
        _ => {}
    }
    value
}

fn put<T: Clone>(place: &mut T, value: &Option<T>) {
    if let Some(value) = value {
        place.clone_from(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_told_by_its_end_and_another_with_the_same_end_is_a_change() {
        let number = |text: &str| Telp::parse(text).ok();
        let (one, other) = (number("081234567890"), number("081299997890"));
        let value = with_number(one.as_ref(), other.as_ref(), json!({ "telp": "••••7890" }));
        assert_eq!(value, json!({ "telp": "••••7890 (lain)" }));
        assert_eq!(telp(one.as_ref()).as_deref(), Some("••••7890"));
    }

    #[test]
    fn a_secret_setting_is_told_as_set_only() {
        let with_pin = Setelan { kiosk_pin: Some("$2b$12$hash".into()), ..Setelan::default() };
        assert_eq!(of_setelan(&with_pin)["kiosk_pin"], "••••");
        let other = Setelan { kiosk_pin: Some("$2b$12$other".into()), ..Setelan::default() };
        assert_eq!(of_changed_setelan(&with_pin, &other)["kiosk_pin"], "•••• (baru)");
        assert_eq!(of_setelan(&Setelan::default())["tempat"], "Lobi utama");
    }
}
