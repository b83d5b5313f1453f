//! Store stories: what any database of the guest book must do, told once and run on each.
//!
//! A story is a function that takes a school with an empty database. `stories!` makes a test of it for every database.
//! What only one database promises stands in the file of its name.
#![allow(clippy::unwrap_used, reason = "in a test a panic is the answer")]

/// Runs each of the stories on every database.
macro_rules! stories {
    ($($story:ident),+ $(,)?) => {
        mod on_sqlite {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $story() {
                    let school = crate::school::School::on_sqlite();
                    super::$story(&school).await;
                    school.store.close().await;
                }
            )+
        }

        mod on_mssql {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $story() {
                    let Some(school) = crate::school::School::on_mssql().await else {
                        return tests::skip(tests::NO_MSSQL);
                    };
                    super::$story(&school).await;
                    school.store.close().await;
                }
            )+
        }
    };
}

mod audit;
mod clock;
mod copy;
mod evakuasi;
mod giliran;
mod hari_libur;
mod impor;
mod janji_temu;
mod kalender;
mod laporan;
mod mssql;
mod notifikasi;
mod pemeliharaan;
mod pengguna;
mod percobaan;
mod pesan;
mod school;
mod sesi;
mod setelan;
mod sqlite;
mod survei;
mod tamu;
mod ulasan;
mod unit;
