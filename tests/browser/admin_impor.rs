//! Users from a file: a bad line stops it, the mended file makes them, and the same file again changes nothing.

use tests::ADMIN;

use crate::{browser, school::School};

const SIZES: [(u32, u32); 4] = [(320, 640), (1024, 768), (1366, 768), (1920, 1080)];
const WITH_FAULTS: &str = "\u{feff}Nama;NUPTK;E-mail;Jabatan\r\n\
     Wayan Sudarma, S.Pd.;1234567890123456;wayan@sekolah.example;Matematika\r\n\
     Maria Gorret;12345;bukan-alamat;Biologi\r\n\
     Togar Simanjuntak;6543210987654321;;Olahraga\r\n";
const MENDED: &str = "\u{feff}Nama;NUPTK;E-mail;Jabatan\r\n\
     Wayan Sudarma, S.Pd.;1234567890123456;wayan@sekolah.example;Matematika\r\n\
     Maria Gorret;1234567890123457;maria@sekolah.example;Biologi\r\n\
     Togar Simanjuntak;6543210987654321;;Olahraga\r\n";

#[tokio::test(flavor = "multi_thread")]
async fn users_are_made_of_a_file_once() {
    let Some(browser) = browser() else { return };
    let school = School::open().await;
    let admin = school.page(browser, "admin").await;
    admin.login(ADMIN.email).await;
    admin.click("[data-testid=menu-pengguna]").await;
    admin.click("[data-testid=ke-impor]").await;
    admin.find("[data-testid=dapodik]").await;
    admin.inspect("impor-awal").await;
    admin.inspect_sizes("impor-awal", &SIZES).await;
    admin.choose_file("[data-testid=berkas]", "catatan.csv", b"hanya tulisan\n").await;
    admin.find("[role=alert]").await;
    admin.inspect("impor-bukan-daftar").await;

    admin.choose_file("[data-testid=berkas]", "guru.csv", WITH_FAULTS.as_bytes()).await;
    admin.find("[data-testid=baris-3]").await;
    admin.inspect("impor-salah").await;
    admin.inspect_sizes("impor-salah", &SIZES).await;
    assert!(!admin.has("[data-testid=impor]").await, "a file with a bad line is taken in");
    admin.click("[data-testid=semua]").await;
    admin.sees("Togar Simanjuntak").await;
    admin.choose_file("[data-testid=berkas]", "guru.csv", MENDED.as_bytes()).await;
    admin.find("[data-testid=impor]").await;
    admin.inspect("impor-siap").await;
    admin.click("[data-testid=impor]").await;
    admin.find("[data-testid=slip]").await;
    admin.inspect("impor-slip").await;
    admin.inspect_sizes("impor-slip", &SIZES).await;
    let users = school.app.admin().await.get("/api/users?q=Togar").await.expect(200);
    assert_eq!(users["total"], 1);

    // The passwords are shown once, so leaving is asked for.
    admin.click("[data-testid=kembali]").await;
    admin.find("[data-testid=tanya-slip]").await;
    admin.inspect("impor-tanya-slip").await;
    admin.click("[data-testid=ya]").await;
    admin.find("[data-testid=tabel]").await;
    admin.click("[data-testid=ke-impor]").await;
    admin.choose_file("[data-testid=berkas]", "guru.csv", MENDED.as_bytes()).await;
    admin.sees("Tidak ada yang berubah").await;
    admin.inspect("impor-lagi").await;
    assert!(!admin.has("[data-testid=impor]").await, "the same file again would change something");
    admin.close().await;
}
