//! API journeys: each proves a sentence about the server on a real one. Each file of routes has one file here. The
//! others hold what no route owns: `peran` (who may do what), `bad_input`, `bytes` (below HTTP), `clocks`,
//! `connections`, `limits`, `network`, `nodes`, `schools`, `tls`.
//!
//! A journey is a function that takes a place, which is one of the databases. `journeys!` makes a test of it for each
//! place.
#![allow(clippy::unwrap_used, reason = "in a test a panic is the answer")]
// The settings are one long `json!`.
#![recursion_limit = "256"]

/// Makes a test of each journey on every database.
macro_rules! journeys {
    ($($journey:ident),+ $(,)?) => {
        mod on_sqlite {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $journey() {
                    super::$journey(tests::Place::Sqlite).await;
                }
            )+
        }

        mod on_mssql {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $journey() {
                    if !tests::MssqlDatabase::is_named() {
                        return tests::skip(tests::NO_MSSQL);
                    }
                    super::$journey(tests::Place::Mssql).await;
                }
            )+
        }
    };
}

mod answers;
mod audit;
mod auth;
mod bad_input;
mod bytes;
mod cadangan;
mod clocks;
mod connections;
mod dasbor;
mod data_tamu;
mod database_gone;
mod evakuasi;
mod fields;
mod gabung;
mod hari_libur;
mod impor;
mod janji_temu;
mod jobs;
mod journey;
mod kalender;
mod kedatangan;
mod kesehatan;
mod kode;
mod kunjungan;
mod laporan;
mod laporan_berkas;
mod laporan_terjadwal;
mod limits;
mod luring;
#[cfg(target_os = "linux")]
mod network;
mod nodes;
mod notifikasi;
mod openapi;
mod pages;
mod pemeliharaan;
mod pemulihan;
mod pengguna;
mod peran;
mod pesan;
mod pindai;
mod qr;
mod rusak;
mod schools;
mod sekolah;
mod setelan;
mod survei;
mod tamu;
mod template;
mod tiket;
mod tls;
mod ulasan;
mod unit;
mod ws;
