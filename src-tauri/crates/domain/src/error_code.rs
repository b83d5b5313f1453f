//! The kinds of refusals: a closed set, which servers write and programs branch on.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($(#[$about:meta])* $Code:ident = $word:literal,)*) => {
        /// A kind of refusal, for programs. A kind that a newer server has is `kesalahan_server` to this one.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum ErrorCode {
            $($(#[$about])* $Code,)*
            /// A fault of the server, or a refusal that this version does not know.
            #[serde(other)]
            KesalahanServer,
        }

        impl ErrorCode {
            /// Each once.
            pub const ALL: &[Self] = &[$(Self::$Code,)* Self::KesalahanServer];

            /// The word in a problem document.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$Code => $word,)*
                    Self::KesalahanServer => "kesalahan_server",
                }
            }
        }
    };
}

codes! {
    /// The body is no JSON.
    JsonTidakValid = "json_tidak_valid",
    /// Fields are wrong; each has a code of its own.
    IsianTidakValid = "isian_tidak_valid",
    /// No access token, or one that is not good.
    BelumMasuk = "belum_masuk",
    /// The access token has ended; a refresh helps.
    TokenKedaluwarsa = "token_kedaluwarsa",
    /// The refresh token is not good; only a login helps.
    TokenSegarTidakValid = "token_segar_tidak_valid",
    /// Wrong login or wrong old password.
    KredensialSalah = "kredensial_salah",
    /// The password is right, but somebody else made it up too long ago.
    PasswordSementaraBerakhir = "password_sementara_berakhir",
    /// Only the password may be changed now.
    WajibGantiPassword = "wajib_ganti_password",
    /// The role does not allow it.
    Terlarang = "terlarang",
    /// No such thing, or none that this user may see.
    TidakDitemukan = "tidak_ditemukan",
    /// The address exists, but not for this method.
    MetodeTidakDidukung = "metode_tidak_didukung",
    /// A move that the status machine forbids.
    TransisiTidakSah = "transisi_tidak_sah",
    /// The guru is taken.
    Bentrok = "bentrok",
    /// The school is closed on that day.
    HariLibur = "hari_libur",
    /// Another member of the unit has answered first.
    SudahDitanggapi = "sudah_ditanggapi",
    /// What must be unique belongs to somebody else already.
    SudahAda = "sudah_ada",
    /// The guests were not merged, or longer than a day ago.
    TidakBisaDipisah = "tidak_bisa_dipisah",
    /// The last active admin would be gone.
    AdminTerakhir = "admin_terakhir",
    /// The idempotency key was used for something else.
    KunciDipakai = "kunci_dipakai",
    /// Somebody else has changed it meanwhile; load it again.
    VersiUsang = "versi_usang",
    /// The visit has a review already.
    UlasanSudahAda = "ulasan_sudah_ada",
    /// Arrival and departure are not both taken at the desk yet.
    BelumSelesai = "belum_selesai",
    /// Who was visited would review the visit.
    UlasanSendiri = "ulasan_sendiri",
    /// The school asks no survey.
    SurveiTidakAda = "survei_tidak_ada",
    /// The survey of this visit was filled in already.
    SurveiSudahDiisi = "survei_sudah_diisi",
    /// No code in the text.
    FormatTidakValid = "format_tidak_valid",
    /// The code was not signed by this school.
    TandaTanganTidakValid = "tanda_tangan_tidak_valid",
    /// The code is past its end.
    Kedaluwarsa = "kedaluwarsa",
    /// The code is for another day.
    BukanHariIni = "bukan_hari_ini",
    /// The code's appointment was closed without a visit.
    SudahDiproses = "sudah_diproses",
    /// The code's appointment was called off.
    Dibatalkan = "dibatalkan",
    /// The body is too large.
    TerlaluBesar = "terlalu_besar",
    /// The body is not declared as JSON.
    BukanJson = "bukan_json",
    /// The body took too long to arrive.
    WaktuHabis = "waktu_habis",
    /// Too many attempts; come back later.
    TerlaluSering = "terlalu_sering",
    /// Too many ask at once; come back later.
    ServerSibuk = "server_sibuk",
    /// A WebSocket was opened from a foreign page.
    AsalTidakDiizinkan = "asal_tidak_diizinkan",
    /// The database cannot be reached, or is too slow.
    DatabaseTidakTersedia = "database_tidak_tersedia",
    /// The desk's program has written it down while no server could be reached; the server says later what it meant. No
    /// server answers so.
    MenungguSambungan = "menunggu_sambungan",
    /// The row cannot be read any more, and so not be moved.
    DataRusak = "data_rusak",
    /// The upkeep of records is under way already.
    PemeliharaanBerjalan = "pemeliharaan_berjalan",
    /// The server's clock has leapt; what cannot be undone waits.
    JamDiragukan = "jam_diragukan",
    /// A backup is being taken, or restored, already.
    CadanganBerjalan = "cadangan_berjalan",
    /// This school's database is restored by command, into an empty database.
    PulihkanLewatPerintah = "pulihkan_lewat_perintah",
    /// The school goes back to a backup right now; come back in a moment, and sign in again.
    SedangDipulihkan = "sedang_dipulihkan",
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_written_and_read_as_its_word() {
        for code in ErrorCode::ALL {
            assert_eq!(serde_json::to_value(code).unwrap(), code.as_str());
            assert_eq!(serde_json::from_value::<ErrorCode>(code.as_str().into()).unwrap(), *code);
        }
    }

    #[test]
    fn one_that_is_not_known_is_a_fault_of_the_server() {
        let unknown = serde_json::from_str::<ErrorCode>(r#""kode_baru""#).unwrap();
        assert_eq!(unknown, ErrorCode::KesalahanServer);
    }
}
