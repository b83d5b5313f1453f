//! The only place that knows HTTP status: every refusal becomes a problem document (RFC 9457).
//!
//! Texts are for people, in the customer's language, and hold nothing of what was sent. Programs branch on `code`.

mod answer;
mod from;

use std::{collections::BTreeMap, time::Duration};

use axum::http::StatusCode;
use chrono::NaiveDate;
use domain::{
    ErrorCode, Language, Penolakan,
    isian::{FieldError, FieldErrors, KodeIsian},
    json::Problem,
    password::InvalidPassword,
};

/// Why a request was refused.
#[derive(Debug)]
pub enum ApiError {
    /// The body is no JSON.
    Json,
    /// Fields are wrong; messages by field.
    Isian(FieldErrors),
    /// A password is not taken; the field, and why.
    Password(&'static str, InvalidPassword),
    /// No access token, or one that is not good.
    Unauthorized,
    /// The access token has ended; a refresh helps.
    TokenExpired,
    /// Wrong login or wrong old password.
    Credentials,
    /// The password is right, but somebody else made it up too long ago.
    TemporaryPasswordEnded,
    /// The refresh token is not good; only a login helps.
    RefreshRejected,
    /// The role does not allow it.
    Forbidden,
    /// Only the password may be changed now.
    PasswordChangeRequired,
    /// No such thing, or none that this user may see.
    NotFound,
    /// The address exists, but not for this method.
    Method,
    /// A move that the status machine forbids.
    Transition,
    /// The guru is taken; the next free start, `HH:MM`, where the day has one.
    Clash(Option<String>),
    /// The school is closed on that day; the holiday's name, where it is one.
    Closed(NaiveDate, Option<String>),
    /// Another member of the unit has answered first.
    Answered,
    /// What must be unique belongs to somebody else already; the field.
    Taken(&'static str),
    /// The guests were not merged, or longer than a day ago.
    NotMerged,
    /// The last active admin would be gone.
    LastAdmin,
    /// The idempotency key was used for something else.
    KeyReused,
    /// Somebody else has changed it since it was looked at.
    Outdated,
    /// The visit has a review already.
    ReviewExists,
    /// Arrival and departure are not both taken at the desk yet.
    NotFinished,
    /// Who was visited would review the visit.
    OwnReview,
    /// The school asks no survey.
    NoSurvey,
    /// The survey of this visit was filled in already.
    SurveyExists,
    /// The code of a guest's page is past its end.
    CodeEnded,
    /// A code was refused.
    Refused(Penolakan),
    /// The body is larger than what its route takes.
    TooLarge,
    /// The body is not declared as JSON.
    MediaType,
    /// The body took too long to arrive.
    Timeout,
    /// Too many failed attempts; how long to wait.
    TooMany(Duration),
    /// Too many ask at once; how long to wait.
    Busy(Duration),
    /// A WebSocket was opened from a foreign page.
    Origin,
    /// The database cannot be reached.
    Unavailable,
    /// The database answers, and too slowly. Programs do the same about it as where it cannot be reached.
    Slow,
    /// The row cannot be read any more, and so not be moved.
    Damaged,
    /// The upkeep of records is under way already.
    UpkeepRuns,
    /// A backup is being taken or restored already.
    BackupRuns,
    /// A database on a server is restored by command.
    RestoreByCommand,
    /// The school goes back to a backup right now.
    Restoring,
    /// The clock has leapt, and what cannot be undone waits; for how long.
    ClockDoubted(Duration),
    /// A fault of this program; it stands in the log.
    Internal,
}

impl ApiError {
    /// One wrong field.
    pub fn field(field: &str, error: impl Into<FieldError>) -> Self {
        Self::Isian(FieldErrors::from([(field.to_owned(), error.into())]))
    }

    /// The problem document.
    pub fn problem(&self) -> Problem {
        let (status, code, title, detail) = self.describe();
        let found = match self {
            Self::Isian(errors) => errors.clone(),
            Self::Password(field, why) => FieldErrors::from([((*field).to_owned(), (*why).into())]),
            Self::Taken(field) => {
                let taken = FieldError::new(KodeIsian::SudahDipakai, "sudah dipakai");
                FieldErrors::from([((*field).to_owned(), taken)])
            }
            _ => FieldErrors::new(),
        };
        let (mut errors, mut codes, mut batas) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for (field, FieldError { kode, batas: limits, teks }) in found {
            if !limits.is_empty() {
                batas.insert(field.clone(), limits);
            }
            codes.insert(field.clone(), kode.to_owned());
            errors.insert(field, teks);
        }
        if let Self::Clash(Some(free)) = self {
            errors.insert("waktu".to_owned(), format!("kosong lagi pukul {free}"));
        }
        if let Self::Closed(_, nama) = self {
            let teks =
                nama.as_ref().map_or_else(|| "sekolah tutup".to_owned(), |nama| format!("libur: {nama}"));
            errors.insert("tanggal".to_owned(), teks);
        }
        let hari_libur = if let Self::Closed(_, nama) = self { nama.clone() } else { None };
        let waktu_kosong = if let Self::Clash(free) = self { free.clone() } else { None };
        let (status, title) = (status.as_u16(), title.to_owned());
        Problem { status, title, detail, code, errors, codes, batas, waktu_kosong, hari_libur }
    }

    fn describe(&self) -> (StatusCode, ErrorCode, &'static str, String) {
        use ErrorCode as C;
        use StatusCode as S;
        let (status, code, title, detail) = match self {
            Self::Json => (
                S::BAD_REQUEST,
                C::JsonTidakValid,
                "JSON tidak valid",
                "Isi permintaan bukan JSON yang utuh.",
            ),
            Self::Isian(_) | Self::Password(..) => (
                S::UNPROCESSABLE_ENTITY,
                C::IsianTidakValid,
                "Isian belum benar",
                "Perbaiki isian yang disebut.",
            ),
            Self::Unauthorized => (S::UNAUTHORIZED, C::BelumMasuk, "Belum masuk", "Masuk dahulu."),
            Self::TokenExpired => {
                (S::UNAUTHORIZED, C::TokenKedaluwarsa, "Sesi berakhir", "Segarkan token atau masuk lagi.")
            }
            Self::Credentials => {
                (S::UNAUTHORIZED, C::KredensialSalah, "Gagal masuk", "Nama masuk atau kata sandi salah.")
            }
            Self::TemporaryPasswordEnded => (
                S::FORBIDDEN,
                C::PasswordSementaraBerakhir,
                "Kata sandi sementara berakhir",
                "Kata sandi sementara hanya berlaku 7 hari. Minta yang baru.",
            ),
            Self::RefreshRejected => {
                (S::UNAUTHORIZED, C::TokenSegarTidakValid, "Sesi berakhir", "Masuk lagi.")
            }
            Self::Forbidden => {
                (S::FORBIDDEN, C::Terlarang, "Tidak diizinkan", "Peran Anda tidak mengizinkan ini.")
            }
            Self::PasswordChangeRequired => (
                S::FORBIDDEN,
                C::WajibGantiPassword,
                "Ganti kata sandi",
                "Ganti kata sandi sementara dahulu.",
            ),
            Self::NotFound => (S::NOT_FOUND, C::TidakDitemukan, "Tidak ditemukan", "Yang dicari tidak ada."),
            Self::Method => (
                S::METHOD_NOT_ALLOWED,
                C::MetodeTidakDidukung,
                "Metode tidak didukung",
                "Alamat ini tidak menerima metode itu.",
            ),
            Self::Transition => (
                S::CONFLICT,
                C::TransisiTidakSah,
                "Perubahan status tidak sah",
                "Status janji temu tidak mengizinkan perubahan itu.",
            ),
            Self::Clash(_) => {
                (S::CONFLICT, C::Bentrok, "Jadwal bentrok", "Guru sudah punya janji pada waktu itu.")
            }
            Self::Closed(tanggal, nama) => {
                let tanggal = Language::Id.tanggal(*tanggal);
                let detail = match nama {
                    Some(nama) => format!("Sekolah libur pada {tanggal}: {nama}."),
                    None => format!("{tanggal} bukan hari kerja sekolah."),
                };
                return (S::CONFLICT, C::HariLibur, "Sekolah tutup", detail);
            }
            Self::Answered => (
                S::CONFLICT,
                C::SudahDitanggapi,
                "Sudah dijawab",
                "Anggota lain sudah menjawab kedatangan ini.",
            ),
            Self::Taken(_) => (S::CONFLICT, C::SudahAda, "Sudah ada", "Data itu sudah dipakai."),
            Self::NotMerged => (
                S::CONFLICT,
                C::TidakBisaDipisah,
                "Tidak bisa dipisah",
                "Kedua tamu tidak sedang digabung, atau digabung lebih dari sehari yang lalu.",
            ),
            Self::LastAdmin => (
                S::CONFLICT,
                C::AdminTerakhir,
                "Admin terakhir",
                "Paling sedikit satu Admin yang sudah pernah masuk harus tetap aktif.",
            ),
            Self::KeyReused => (
                S::CONFLICT,
                C::KunciDipakai,
                "Kunci sudah dipakai",
                "Kunci itu sudah dipakai untuk permintaan lain.",
            ),
            Self::Outdated => (
                S::CONFLICT,
                C::VersiUsang,
                "Sudah berubah",
                "Orang lain sudah mengubahnya. Muat ulang, lalu ubah lagi.",
            ),
            Self::ReviewExists => {
                (S::CONFLICT, C::UlasanSudahAda, "Ulasan sudah ada", "Kunjungan ini sudah diulas.")
            }
            Self::NotFinished => (
                S::CONFLICT,
                C::BelumSelesai,
                "Kunjungan belum selesai",
                "Ulasan dibuka setelah kedatangan dan kepulangan dicatat di meja penerima tamu.",
            ),
            Self::OwnReview => (
                S::FORBIDDEN,
                C::UlasanSendiri,
                "Bukan dari tamu",
                "Ulasan ditulis oleh tamu, bukan oleh yang dikunjungi.",
            ),
            Self::NoSurvey => {
                (S::FORBIDDEN, C::SurveiTidakAda, "Survei tidak ada", "Sekolah ini tidak mengadakan survei.")
            }
            Self::SurveyExists => (
                S::CONFLICT,
                C::SurveiSudahDiisi,
                "Survei sudah diisi",
                "Survei untuk kunjungan ini sudah diisi.",
            ),
            Self::CodeEnded => {
                (S::GONE, C::Kedaluwarsa, "Kode berakhir", "Masa berlaku kode kunjungan ini sudah lewat.")
            }
            Self::Refused(alasan) => {
                return (S::UNPROCESSABLE_ENTITY, (*alasan).into(), "Kode ditolak", format!("{alasan}."));
            }
            Self::TooLarge => {
                (S::PAYLOAD_TOO_LARGE, C::TerlaluBesar, "Terlalu besar", "Isi permintaan melebihi batas.")
            }
            Self::MediaType => (
                S::UNSUPPORTED_MEDIA_TYPE,
                C::BukanJson,
                "Bukan JSON",
                "Kirim dengan Content-Type: application/json.",
            ),
            Self::Timeout => {
                (S::REQUEST_TIMEOUT, C::WaktuHabis, "Waktu habis", "Isi permintaan terlalu lama datang.")
            }
            Self::TooMany(wait) => {
                return (
                    S::TOO_MANY_REQUESTS,
                    C::TerlaluSering,
                    "Terlalu sering",
                    format!("Coba lagi dalam {} detik.", wait_secs(*wait)),
                );
            }
            Self::Busy(wait) => {
                return (
                    S::SERVICE_UNAVAILABLE,
                    C::ServerSibuk,
                    "Server sibuk",
                    format!("Coba lagi dalam {} detik.", wait_secs(*wait)),
                );
            }
            Self::Origin => (
                S::FORBIDDEN,
                C::AsalTidakDiizinkan,
                "Asal tidak diizinkan",
                "Halaman ini bukan milik server.",
            ),
            Self::Unavailable => (
                S::SERVICE_UNAVAILABLE,
                C::DatabaseTidakTersedia,
                "Basis data tidak tersedia",
                "Coba lagi sebentar.",
            ),
            Self::Slow => (
                S::SERVICE_UNAVAILABLE,
                C::DatabaseTidakTersedia,
                "Basis data lambat",
                "Basis data menjawab, tetapi terlalu lambat. Coba lagi sebentar.",
            ),
            Self::Damaged => (
                S::INTERNAL_SERVER_ERROR,
                C::DataRusak,
                "Data rusak",
                "Data ini rusak dan tidak bisa diubah. Hubungi admin.",
            ),
            Self::UpkeepRuns => (
                S::CONFLICT,
                C::PemeliharaanBerjalan,
                "Sedang berjalan",
                "Pemeliharaan lain sedang berjalan. Tunggu sampai selesai.",
            ),
            Self::BackupRuns => (
                S::CONFLICT,
                C::CadanganBerjalan,
                "Sedang berjalan",
                "Pencadangan atau pemulihan lain sedang berjalan. Tunggu sampai selesai.",
            ),
            Self::RestoreByCommand => (
                S::CONFLICT,
                C::PulihkanLewatPerintah,
                "Lewat perintah",
                "Basis data di server dipulihkan dengan perintah `bukutamu-server restore` ke basis data kosong.",
            ),
            Self::Restoring => (
                S::SERVICE_UNAVAILABLE,
                C::SedangDipulihkan,
                "Sedang dipulihkan",
                "Buku tamu sedang dikembalikan dari cadangan. Coba lagi sebentar, lalu masuk lagi.",
            ),
            Self::ClockDoubted(wait) => {
                return (
                    S::CONFLICT,
                    C::JamDiragukan,
                    "Jam diragukan",
                    format!(
                        "Jam komputer server baru saja melompat. Periksa tanggalnya, lalu coba lagi dalam {} menit.",
                        wait.as_secs().div_ceil(60).max(1)
                    ),
                );
            }
            Self::Internal => (
                S::INTERNAL_SERVER_ERROR,
                C::KesalahanServer,
                "Kesalahan server",
                "Terjadi kesalahan; sudah dicatat.",
            ),
        };
        (status, code, title, detail.to_owned())
    }
}

/// Whole seconds, rounded up, at least one.
fn wait_secs(wait: Duration) -> u64 {
    wait.as_millis().div_ceil(1000).max(1) as u64
}
