//! The school's settings, as admins see and change them.

mod kop;

use axum::{Json as Reply, extract::State};
use domain::{
    IdPengguna, Setelan,
    audit::{Aksi, Objek},
    isian::{self, Entered, FieldErrors, InvalidIsian, collect},
    pesan::Saluran,
    setelan::{
        AUDIT_BULAN, BATAS_PESAN_BULAN, BATAS_URUNG_MENIT, JEDA_PULANG_MENIT, KODE_BERLAKU_HARI,
        LEWAT_TENGAH_MALAM_JAM, TOLERANSI_MENIT,
    },
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use self::kop::{KopRequest, PenandaTanganRequest};
use crate::{
    audit::{Act, values},
    error::ApiError,
    http::{
        extract::{AsAdmin, Json},
        refusals::Outdated,
    },
    settings::Current,
    state::AppState,
};

/// The settings, and which they are.
#[derive(Serialize, ToSchema)]
pub(super) struct SetelanBerversi {
    /// Grows with every change.
    versi: i64,
    #[serde(flatten)]
    setelan: Setelan,
}

impl From<Current> for SetelanBerversi {
    fn from(Current { versi, setelan }: Current) -> Self {
        Self { versi, setelan: (*setelan).clone() }
    }
}

/// Every setting.
#[utoipa::path(get, path = "/api/settings", tag = "settings", responses((status = 200, body = SetelanBerversi)))]
pub(super) async fn get(
    State(state): State<AppState>,
    _admin: AsAdmin,
) -> Result<Reply<SetelanBerversi>, ApiError> {
    state.settings.look().await?;
    Ok(Reply(state.settings.now().into()))
}

/// Changes of settings; what is missing stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SetelanRequest)]
pub(super) struct UpdateRequest {
    /// The version that was looked at when the changes were made.
    versi: i64,
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
    /// Length of an appointment for which none is given.
    durasi_bawaan_menit: Option<i64>,
    /// So many months ahead can be booked.
    batas_pesan_bulan: Option<i64>,
    /// Months that entries of the audit are kept.
    audit_bulan: Option<i64>,
    /// A code stays readable so many days after its day.
    kode_berlaku_hari: Option<i64>,
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
    /// Channels in the order in which they are tried, each at most once.
    urutan_saluran: Option<Vec<Saluran>>,
    /// The letterhead of reports; what is missing in it stays.
    kop: Option<KopRequest>,
    /// Who signs reports; what is missing in it stays.
    penanda_tangan: Option<PenandaTanganRequest>,
    /// The admins who get the week's report by e-mail, each once.
    laporan_mingguan: Option<Vec<i64>>,
    /// The admins who get the month's report by e-mail, each once.
    laporan_bulanan: Option<Vec<i64>>,
}

impl UpdateRequest {
    /// The settings with the changes.
    fn apply(&self, before: &Setelan) -> Result<Setelan, FieldErrors> {
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
        let usual = &mut after.durasi_bawaan_menit;
        change.number("durasi_bawaan_menit", self.durasi_bawaan_menit, isian::DURASI_MENIT, usual);
        let ahead = &mut after.batas_pesan_bulan;
        change.number("batas_pesan_bulan", self.batas_pesan_bulan, BATAS_PESAN_BULAN, ahead);
        let readable = &mut after.kode_berlaku_hari;
        change.number("kode_berlaku_hari", self.kode_berlaku_hari, KODE_BERLAKU_HARI, readable);
        change.lines("alamat", &self.alamat, isian::optional_line, &mut after.alamat);
        change.lines("petunjuk_arah", &self.petunjuk_arah, isian::komentar, &mut after.petunjuk_arah);
        change.lines("titik_kumpul", &self.titik_kumpul, isian::optional_line, &mut after.titik_kumpul);
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
        after.pengingat = self.pengingat.unwrap_or(after.pengingat);
        after.minta_ulasan = self.minta_ulasan.unwrap_or(after.minta_ulasan);
        after.kabari_guru = self.kabari_guru.unwrap_or(after.kabari_guru);
        after.survei = self.survei.unwrap_or(after.survei);
        change.number("audit_bulan", self.audit_bulan, AUDIT_BULAN, &mut after.audit_bulan);
        if let Some(order) = &self.urutan_saluran {
            change.put("urutan_saluran", each_once(order), &mut after.urutan_saluran);
        }
        if let Some(kop) = &self.kop {
            kop.apply(&mut change, &mut after.kop);
        }
        if let Some(signer) = &self.penanda_tangan {
            signer.apply(&mut change, &mut after.penanda_tangan);
        }
        change.people("laporan_mingguan", self.laporan_mingguan.as_deref(), &mut after.laporan_mingguan);
        change.people("laporan_bulanan", self.laporan_bulanan.as_deref(), &mut after.laporan_bulanan);
        // Guests who agreed to another text are asked again.
        let is_same_version = after.persetujuan_versi == before.persetujuan_versi;
        if after.persetujuan_teks != before.persetujuan_teks && is_same_version {
            after.persetujuan_versi = (self.versi.saturating_add(1)).to_string();
        }
        let mut versi = 0_i64;
        change.number("versi", Some(self.versi), (0, i64::MAX), &mut versi);
        if change.errors.is_empty() && !after.opens_before_it_closes() {
            let field = if self.jam_tutup.is_some() { "jam_tutup" } else { "jam_buka" };
            change.errors.insert(field.to_owned(), "jam tutup harus setelah jam buka".into());
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

/// Admins whom a report can be sent to.
const RECIPIENTS_MAX: usize = 50;

/// Users' identities without those that stand twice.
fn users(ids: &[i64]) -> Result<Vec<IdPengguna>, InvalidIsian> {
    let mut users = Vec::new();
    for id in ids {
        let id = IdPengguna::check(*id)?;
        if !users.contains(&id) {
            users.push(id);
        }
    }
    isian::number(i64::try_from(users.len()).unwrap_or(i64::MAX), 0, RECIPIENTS_MAX as i64)
        .map(|_: i64| users)
}

/// Applies the given values and collects their errors.
struct Change {
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
    fn lines(
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

    fn put<T>(&mut self, field: &str, checked: Result<T, InvalidIsian>, place: &mut T) {
        if let Some(value) = collect(&mut self.errors, field, checked) {
            *place = value;
        }
    }
}

/// Changes settings, which everything follows at once. Asking for what is set already changes nothing and is no error,
/// so that a request can be sent again.
#[utoipa::path(
    put,
    path = "/api/settings",
    tag = "settings",
    request_body = UpdateRequest,
    responses((status = 200, body = SetelanBerversi), Outdated)
)]
pub(super) async fn update(
    State(state): State<AppState>,
    _admin: AsAdmin,
    Json(request): Json<UpdateRequest>,
) -> Result<Reply<SetelanBerversi>, ApiError> {
    state.settings.look().await?;
    let before = state.settings.now();
    let after = request.apply(&before.setelan).map_err(ApiError::Isian)?;
    if after == *before.setelan {
        return Ok(Reply(before.into()));
    }
    // Somebody else may have changed the settings that these changes started from, earlier or just now.
    let act = Act::new(Aksi::Ubah, Objek::Setelan)
        .changes(&values::of_setelan(&before.setelan), &values::of_setelan(&after));
    let changed = act.record(state.settings.change(after, request.versi)).await?.ok_or(ApiError::Outdated)?;
    Ok(Reply(changed.into()))
}
