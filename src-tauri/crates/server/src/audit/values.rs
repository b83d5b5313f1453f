//! What entries tell of things. Only what stands here, or what a handler names itself, gets into one: no password, no
//! hash, no token, no code, and of a number the last four digits.

use domain::{
    IdPengguna, JanjiTemu, Pengguna, Setelan, Tamu, Telp,
    audit::Aksi,
    impor::{Calon, Kolom, Perbedaan, Rencana, Tindakan},
    langkah::VisitStep,
    pengguna::{Anggota, Kepegawaian, has_email},
};
use serde_json::{Map, Value, json};
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

/// A user with what the register tells, and with who is behind it. Nobody is behind a person.
pub(crate) fn of_pengguna_with(pengguna: &Pengguna, kepegawaian: &Kepegawaian, anggota: &[Anggota]) -> Value {
    let value = with_kepegawaian(of_pengguna(pengguna), kepegawaian);
    with_anggota(pengguna, value, anggota.iter().map(|one| one.id))
}

fn with_kepegawaian(mut value: Value, kepegawaian: &Kepegawaian) -> Value {
    let Kepegawaian { nuptk, nip, tugas_tambahan } = kepegawaian;
    value["nuptk"] = json!(ending(nuptk.as_ref()));
    value["nip"] = json!(ending(nip.as_ref()));
    value["tugas_tambahan"] = json!(tugas_tambahan);
    value
}

fn with_anggota(pengguna: &Pengguna, mut value: Value, ids: impl Iterator<Item = IdPengguna>) -> Value {
    if pengguna.unit {
        let mut ids: Vec<_> = ids.collect();
        ids.sort_unstable();
        value["anggota"] = json!(ids);
    }
    value
}

/// The user after some changes; `kepegawaian` and `anggota` are those of before.
pub(crate) fn of_changed_pengguna(
    pengguna: &Pengguna,
    kepegawaian: &Kepegawaian,
    anggota: &[Anggota],
    ubah: &PenggunaChanges,
) -> Value {
    // Whoever adds a field sees to it that it is told.
    let PenggunaChanges {
        nama,
        sapaan,
        jabatan,
        email,
        telp,
        role,
        aktif,
        nuptk,
        nip,
        tugas_tambahan,
        anggota: becomes,
    } = ubah;
    let mut after = pengguna.clone();
    put(&mut after.nama, nama);
    put(&mut after.sapaan, sapaan);
    put(&mut after.jabatan, jabatan);
    put(&mut after.email, email);
    put(&mut after.telp, telp);
    put(&mut after.role, role);
    put(&mut after.aktif, aktif);
    let mut told = kepegawaian.clone();
    put(&mut told.nuptk, nuptk);
    put(&mut told.nip, nip);
    put(&mut told.tugas_tambahan, tugas_tambahan);
    let mut value = with_kepegawaian(of_pengguna(&after), &told);
    value = with_number(pengguna.telp.as_ref(), after.telp.as_ref(), value);
    for (name, before, after) in
        [("nuptk", &kepegawaian.nuptk, &told.nuptk), ("nip", &kepegawaian.nip, &told.nip)]
    {
        let (end, is_other) = (ending(after.as_ref()), before != after);
        if is_other && end == ending(before.as_ref()) {
            value[name] = json!(end.map(|end| another(&end)));
        }
    }
    match becomes {
        Some(becomes) => with_anggota(pengguna, value, becomes.iter().copied()),
        None => with_anggota(pengguna, value, anggota.iter().map(|one| one.id)),
    }
}

/// Of a plan for an import: each user who is made or changed, before and after, by the name and the file's line.
pub(crate) fn of_import(rencana: &[Rencana]) -> (Value, Value) {
    let (mut before, mut after) = (Map::new(), Map::new());
    let mut count = |name: &str, n: usize| after.insert(name.to_owned(), json!(n));
    count("buat", rencana.iter().filter(|one| matches!(one.tindakan, Tindakan::Buat(_))).count());
    count("ubah", rencana.iter().filter(|one| matches!(one.tindakan, Tindakan::Ubah(_))).count());
    for one in rencana {
        let who = |nama: &str| format!("{nama} (baris {})", one.baris.nomor);
        match &one.tindakan {
            Tindakan::Buat(calon) => drop(after.insert(who(&calon.nama), of_calon(calon))),
            Tindakan::Ubah(ubahan) => {
                let (mut was, mut becomes) = (Map::new(), Map::new());
                for Perbedaan { field, dari, ke } in &ubahan.beda {
                    let was_told = dari.as_deref().and_then(|dari| of_cell(*field, dari));
                    let mut told = of_cell(*field, ke);
                    if was_told == told {
                        told = told.map(|told| another(&told));
                    }
                    was.insert(field.as_str().to_owned(), json!(was_told));
                    becomes.insert(field.as_str().to_owned(), json!(told));
                }
                before.insert(who(&ubahan.jadi.nama), Value::Object(was));
                after.insert(who(&ubahan.jadi.nama), Value::Object(becomes));
            }
            Tindakan::Tetap(_) | Tindakan::Unit | Tindakan::Salah(_) => {}
        }
    }
    (Value::Object(before), Value::Object(after))
}

fn of_calon(calon: &Calon) -> Value {
    let value = json!({
        "nama": calon.nama,
        "sapaan": calon.sapaan,
        "jabatan": calon.jabatan,
        "email": calon.email,
        "telp": telp(calon.telp.as_ref()),
        "role": calon.role,
    });
    with_kepegawaian(value, &calon.kepegawaian)
}

/// What a file says in a column.
fn of_cell(field: Kolom, text: &str) -> Option<String> {
    match field {
        Kolom::Telp => telp(Telp::parse(text).ok().as_ref()),
        Kolom::Nuptk | Kolom::Nip => ending(Some(&text.to_owned())),
        Kolom::Email => email(text).map(str::to_owned),
        Kolom::Nama
        | Kolom::Sapaan
        | Kolom::Jabatan
        | Kolom::JenisPtk
        | Kolom::Role
        | Kolom::TugasTambahan
        | Kolom::Unit => Some(text.to_owned()),
    }
}

/// A number that is another one, although what is told of it is the same.
fn another(told: &str) -> String {
    format!("{told} (lain)")
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
        value["telp"] = json!(telp(after).map(|telp| another(&telp)));
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
