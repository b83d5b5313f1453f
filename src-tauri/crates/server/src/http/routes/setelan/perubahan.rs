//! Changes of settings, checked field by field.

use std::{collections::BTreeSet, path::Path};

use domain::{
    IdPengguna, Language, Setelan,
    isian::{self, Entered, FieldError, FieldErrors, InvalidIsian, KodeIsian, collect},
    pesan::Saluran,
    setelan::{
        ARSIP_BULAN, AUDIT_BULAN, BATAS_PESAN_BULAN, BATAS_URUNG_MENIT, FOLDER_MAX, JEDA_PULANG_MENIT,
        KIOSK_DIAM_DETIK, KODE_BERLAKU_HARI, LEWAT_TENGAH_MALAM_JAM, RETENSI_TAMU_BULAN, TOLERANSI_MENIT,
    },
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    jam::{JamHariRequest, per_hari},
    kop::{KopRequest, PenandaTanganRequest},
};
use crate::links;

/// Changes of settings; what is missing stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SetelanRequest)]
pub(in crate::http::routes) struct UpdateRequest {
    /// The version that was looked at when the changes were made. Only a preview may leave it out.
    pub(super) versi: Option<i64>,
    /// The school's name.
    nama_sekolah: Option<String>,
    /// Where guest and guru meet.
    tempat: Option<String>,
    /// By its IANA name, such as `Asia/Jakarta`.
    zona_waktu: Option<String>,
    /// A guest is late after so many minutes.
    toleransi_terlambat_menit: Option<i64>,
    /// A second scan means leaving after so many minutes.
    jeda_pulang_menit: Option<i64>,
    /// The desk can take a step back for so many minutes.
    batas_urung_menit: Option<i64>,
    /// Today reaches so many hours across midnight.
    lewat_tengah_malam_jam: Option<i64>,
    /// `HH:MM`, before `jam_tutup`.
    jam_buka: Option<String>,
    /// `HH:MM`.
    jam_tutup: Option<String>,
    /// Days of the week with hours of their own; of a day that stands twice, the later counts. An empty list: none.
    #[schema(max_items = 7)]
    jam_per_hari: Option<Vec<JamHariRequest>>,
    /// The days of the week on which the school works, Monday 1; at least one.
    #[schema(min_items = 1, max_items = 7)]
    hari_kerja: Option<Vec<i64>>,
    /// Length of an appointment for which none is given.
    durasi_bawaan_menit: Option<i64>,
    /// So many months ahead can be booked.
    batas_pesan_bulan: Option<i64>,
    /// A code stays readable so many days after its day.
    kode_berlaku_hari: Option<i64>,
    /// What visits are for, as forms offer it: at most 20 of at most 60 characters.
    keperluan: Option<Vec<String>>,
    /// Where else guests can be brought: at most 20 of at most 60 characters.
    tempat_lain: Option<Vec<String>>,
    /// 8 digits; empty text empties it.
    npsn: Option<String>,
    /// Like `https://tamu.sekolah.example`, without a path; empty text empties it.
    alamat_publik: Option<String>,
    /// 4 to 8 digits, never told again; empty text removes it, so that each PC's own counts.
    pub(super) kiosk_pin: Option<String>,
    /// An unused desk locks itself after so many seconds.
    kiosk_diam_detik: Option<i64>,
    /// The languages that guests are offered; at least one.
    #[schema(min_items = 1, max_items = 2)]
    bahasa: Option<Vec<Language>>,
    /// One of them.
    bahasa_bawaan: Option<Language>,
    /// Said before a guest's name in messages; empty text empties it.
    sapaan_tamu: Option<String>,
    /// The school's address; empty text empties it.
    alamat: Option<String>,
    /// How to find the school, up to 1000 characters; empty text empties it.
    petunjuk_arah: Option<String>,
    /// Whom guests ask; empty text empties it.
    kontak: Option<String>,
    /// Guests are sent nothing from then on, `HH:MM`.
    jam_tenang_mulai: Option<String>,
    /// Until then; the same as the start means never.
    jam_tenang_selesai: Option<String>,
    /// Guests are reminded the day before.
    pengingat: Option<bool>,
    /// Guests are asked for a review by a message.
    minta_ulasan: Option<bool>,
    /// Gurus are told of arrivals by a message too.
    kabari_guru: Option<bool>,
    /// Guests are asked the survey.
    survei: Option<bool>,
    /// What guests agree to, up to 1000 characters; empty text: they are not asked.
    persetujuan_teks: Option<String>,
    /// Which text that is.
    persetujuan_versi: Option<String>,
    /// Where everybody gathers in an emergency; empty text empties it.
    titik_kumpul: Option<String>,
    /// The night's backup is taken from then on, `HH:MM`.
    jam_cadangan: Option<String>,
    /// A folder on the server's PC that each backup is copied to, its whole path; empty text: none.
    folder_cadangan: Option<String>,
    /// Months that entries of the audit are kept.
    audit_bulan: Option<i64>,
    /// Visits older than so many months go to the archive; 0: never.
    arsip_bulan: Option<i64>,
    /// Guests who have not come for so many months are made anonymous; 0: never.
    retensi_tamu_bulan: Option<i64>,
    /// The letterhead of reports; what is missing in it stays.
    kop: Option<KopRequest>,
    /// Who signs reports; what is missing in it stays.
    penanda_tangan: Option<PenandaTanganRequest>,
    /// The admins who get the week's report by e-mail, each once.
    laporan_mingguan: Option<Vec<i64>>,
    /// The admins who get the month's report by e-mail, each once.
    laporan_bulanan: Option<Vec<i64>>,
    /// Channels in the order in which they are tried, each at most once.
    urutan_saluran: Option<Vec<Saluran>>,
}

impl UpdateRequest {
    /// Whether it says on which days the school works.
    pub(super) fn tells_days(&self) -> bool {
        self.hari_kerja.is_some()
    }

    /// The settings with the changes.
    pub(super) fn apply(&self, before: &Setelan) -> Result<Setelan, FieldErrors> {
        let mut change = Change { errors: FieldErrors::new() };
        let mut after = before.clone();
        change.text("nama_sekolah", &self.nama_sekolah, isian::nama, &mut after.nama_sekolah);
        change.text("tempat", &self.tempat, isian::nama, &mut after.tempat);
        change.text("zona_waktu", &self.zona_waktu, isian::zona_waktu, &mut after.zona_waktu);
        change.text("jam_buka", &self.jam_buka, isian::waktu, &mut after.jam_buka);
        change.text("jam_tutup", &self.jam_tutup, isian::waktu, &mut after.jam_tutup);
        let late = &mut after.toleransi_terlambat_menit;
        change.number("toleransi_terlambat_menit", self.toleransi_terlambat_menit, TOLERANSI_MENIT, late);
        let again = &mut after.jeda_pulang_menit;
        change.number("jeda_pulang_menit", self.jeda_pulang_menit, JEDA_PULANG_MENIT, again);
        let back = &mut after.batas_urung_menit;
        change.number("batas_urung_menit", self.batas_urung_menit, BATAS_URUNG_MENIT, back);
        let midnight = &mut after.lewat_tengah_malam_jam;
        change.number(
            "lewat_tengah_malam_jam",
            self.lewat_tengah_malam_jam,
            LEWAT_TENGAH_MALAM_JAM,
            midnight,
        );
        if let Some(days) = &self.jam_per_hari {
            change.put("jam_per_hari", per_hari(days), &mut after.jam_per_hari);
        }
        if let Some(days) = &self.hari_kerja {
            change.put("hari_kerja", hari_kerja(days), &mut after.hari_kerja);
        }
        let usual = &mut after.durasi_bawaan_menit;
        change.number("durasi_bawaan_menit", self.durasi_bawaan_menit, isian::DURASI_MENIT, usual);
        let ahead = &mut after.batas_pesan_bulan;
        change.number("batas_pesan_bulan", self.batas_pesan_bulan, BATAS_PESAN_BULAN, ahead);
        let readable = &mut after.kode_berlaku_hari;
        change.number("kode_berlaku_hari", self.kode_berlaku_hari, KODE_BERLAKU_HARI, readable);
        let idle = &mut after.kiosk_diam_detik;
        change.number("kiosk_diam_detik", self.kiosk_diam_detik, KIOSK_DIAM_DETIK, idle);
        change.list("keperluan", self.keperluan.as_deref(), &mut after.keperluan);
        change.list("tempat_lain", self.tempat_lain.as_deref(), &mut after.tempat_lain);
        change.lines("npsn", &self.npsn, isian::npsn, &mut after.npsn);
        change.lines("sapaan_tamu", &self.sapaan_tamu, isian::optional_line, &mut after.sapaan_tamu);
        if let Some(address) = &self.alamat_publik {
            change.put("alamat_publik", public(address), &mut after.alamat_publik);
        }
        // The PIN itself is hashed where this is kept.
        if let Some(pin) = &self.kiosk_pin {
            change.put("kiosk_pin", isian::pin(pin).map(drop), &mut ());
        }
        if let Some(offered) = &self.bahasa {
            change.put("bahasa", languages(offered), &mut after.bahasa);
        }
        after.bahasa_bawaan = self.bahasa_bawaan.unwrap_or(after.bahasa_bawaan);
        if !after.bahasa.contains(&after.bahasa_bawaan) {
            let field = if self.bahasa_bawaan.is_some() { "bahasa_bawaan" } else { "bahasa" };
            let error =
                FieldError::new(KodeIsian::Bahasa, "bahasa utama harus ada di antara bahasa yang ditawarkan");
            change.errors.entry(field.to_owned()).or_insert(error);
        }
        change.lines("alamat", &self.alamat, isian::optional_line, &mut after.alamat);
        change.lines("petunjuk_arah", &self.petunjuk_arah, isian::komentar, &mut after.petunjuk_arah);
        change.lines("kontak", &self.kontak, isian::optional_line, &mut after.kontak);
        change.lines(
            "persetujuan_teks",
            &self.persetujuan_teks,
            isian::komentar,
            &mut after.persetujuan_teks,
        );
        change.lines(
            "persetujuan_versi",
            &self.persetujuan_versi,
            isian::versi,
            &mut after.persetujuan_versi,
        );
        change.text("jam_tenang_mulai", &self.jam_tenang_mulai, isian::waktu, &mut after.jam_tenang_mulai);
        change.text(
            "jam_tenang_selesai",
            &self.jam_tenang_selesai,
            isian::waktu,
            &mut after.jam_tenang_selesai,
        );
        change.lines("titik_kumpul", &self.titik_kumpul, isian::optional_line, &mut after.titik_kumpul);
        if let Some(kop) = &self.kop {
            kop.apply(&mut change, &mut after.kop);
        }
        if let Some(signer) = &self.penanda_tangan {
            signer.apply(&mut change, &mut after.penanda_tangan);
        }
        change.people("laporan_mingguan", self.laporan_mingguan.as_deref(), &mut after.laporan_mingguan);
        change.people("laporan_bulanan", self.laporan_bulanan.as_deref(), &mut after.laporan_bulanan);
        change.text("jam_cadangan", &self.jam_cadangan, isian::waktu, &mut after.jam_cadangan);
        if let Some(folder) = &self.folder_cadangan {
            change.put("folder_cadangan", folder_cadangan(folder), &mut after.folder_cadangan);
        }
        change.number("audit_bulan", self.audit_bulan, AUDIT_BULAN, &mut after.audit_bulan);
        change.number("arsip_bulan", self.arsip_bulan, ARSIP_BULAN, &mut after.arsip_bulan);
        let retention = &mut after.retensi_tamu_bulan;
        change.number("retensi_tamu_bulan", self.retensi_tamu_bulan, RETENSI_TAMU_BULAN, retention);
        after.pengingat = self.pengingat.unwrap_or(after.pengingat);
        after.minta_ulasan = self.minta_ulasan.unwrap_or(after.minta_ulasan);
        after.kabari_guru = self.kabari_guru.unwrap_or(after.kabari_guru);
        after.survei = self.survei.unwrap_or(after.survei);
        if let Some(order) = &self.urutan_saluran {
            change.put("urutan_saluran", each_once(order), &mut after.urutan_saluran);
        }
        // Guests who agreed to another text are asked again.
        let is_same_version = after.persetujuan_versi == before.persetujuan_versi;
        if after.persetujuan_teks != before.persetujuan_teks && is_same_version {
            after.persetujuan_versi = self.versi.unwrap_or_default().saturating_add(1).to_string();
        }
        let mut versi = 0_i64;
        change.number("versi", self.versi, (0, i64::MAX), &mut versi);
        if change.errors.is_empty() && !after.opens_before_it_closes() {
            let field = if self.jam_tutup.is_some() { "jam_tutup" } else { "jam_buka" };
            let error = FieldError::new(KodeIsian::SebelumBuka, "jam tutup harus setelah jam buka");
            change.errors.insert(field.to_owned(), error);
        }
        if change.errors.is_empty() { Ok(after) } else { Err(change.errors) }
    }
}

/// The channels, if there is one and none stands twice.
fn each_once(order: &[Saluran]) -> Result<Vec<Saluran>, InvalidIsian> {
    let is_twice = |(place, one): (usize, &Saluran)| order[..place].contains(one);
    match order.is_empty() || order.iter().enumerate().any(is_twice) {
        true => Err(InvalidIsian::Kunci),
        false => Ok(order.to_vec()),
    }
}

/// The languages in their order, each once.
fn languages(offered: &[Language]) -> Result<Vec<Language>, InvalidIsian> {
    let offered: Vec<_> = Language::ALL.into_iter().filter(|one| offered.contains(one)).collect();
    if offered.is_empty() { Err(InvalidIsian::Empty) } else { Ok(offered) }
}

/// The public address, or none.
fn public(text: &str) -> Result<String, FieldError> {
    let text = text.trim();
    let address = if text.is_empty() { Some(String::new()) } else { links::public_address(text) };
    address.ok_or_else(|| {
        let teks = "tulis seperti https://tamu.sekolah.example, alamat yang bisa dibuka ponsel";
        FieldError::new(KodeIsian::AlamatWeb, teks)
    })
}

/// The whole path of a folder, or nothing.
fn folder_cadangan(text: &str) -> Result<String, FieldError> {
    let text = text.trim();
    if text.chars().count() > FOLDER_MAX {
        return Err(InvalidIsian::TooLong(FOLDER_MAX).into());
    }
    let is_whole = Path::new(text).is_absolute() && !text.contains(char::is_control);
    if text.is_empty() || is_whole {
        return Ok(text.to_owned());
    }
    let teks = "tulis lengkap dari awal, seperti E:\\Cadangan, \\\\server\\cadangan atau /media/cadangan";
    Err(FieldError::new(KodeIsian::Folder, teks))
}

/// Days of the week in their order, each once.
fn hari_kerja(days: &[i64]) -> Result<Vec<u8>, InvalidIsian> {
    let days: BTreeSet<u8> = days.iter().map(|day| isian::number(*day, 1, 7)).collect::<Result<_, _>>()?;
    if days.is_empty() { Err(InvalidIsian::Empty) } else { Ok(days.into_iter().collect()) }
}

/// Admins whom a report can be sent to.
const RECIPIENTS_MAX: usize = 50;

/// Users' identities without those that stand twice.
fn users(ids: &[i64]) -> Result<Vec<IdPengguna>, InvalidIsian> {
    let mut users = Vec::new();
    for id in ids {
        let id = IdPengguna::check(*id)?;
        if users.contains(&id) {
            continue;
        }
        if users.len() == RECIPIENTS_MAX {
            return Err(InvalidIsian::OutOfRange(0, RECIPIENTS_MAX as i64));
        }
        users.push(id);
    }
    Ok(users)
}

/// Applies the given values and collects their errors.
pub(super) struct Change {
    errors: FieldErrors,
}

impl Change {
    fn text<T>(
        &mut self,
        field: &str,
        given: &Option<String>,
        check: impl FnOnce(&str) -> Result<T, InvalidIsian>,
        place: &mut T,
    ) {
        if let Some(text) = given {
            self.put(field, check(text), place);
        }
    }

    /// A text that may be empty.
    pub(super) fn lines(
        &mut self,
        field: &str,
        given: &Option<String>,
        check: impl FnOnce(Option<&str>) -> Result<Option<String>, InvalidIsian>,
        place: &mut String,
    ) {
        if let Some(text) = given {
            self.put(field, check(Some(text)).map(Option::unwrap_or_default), place);
        }
    }

    /// What a form offers.
    fn list(&mut self, field: &str, given: Option<&[String]>, place: &mut Vec<String>) {
        if let Some(lines) = given {
            self.put(field, isian::pilihan(lines), place);
        }
    }

    /// Users, each once.
    fn people(&mut self, field: &str, given: Option<&[i64]>, place: &mut Vec<IdPengguna>) {
        if let Some(ids) = given {
            self.put(field, users(ids), place);
        }
    }

    fn number<T: TryFrom<i64>>(
        &mut self,
        field: &str,
        given: Option<i64>,
        (min, max): (i64, i64),
        place: &mut T,
    ) {
        if let Some(number) = given {
            self.put(field, isian::number(number, min, max), place);
        }
    }

    fn put<T, E: Into<FieldError>>(&mut self, field: &str, checked: Result<T, E>, place: &mut T) {
        if let Some(value) = collect(&mut self.errors, field, checked) {
            *place = value;
        }
    }
}
