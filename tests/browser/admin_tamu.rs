//! The admin's appointments and guests: found, opened, called off; a guest corrected, merged, taken apart, erased.

use tests::{ADMIN, GURU, invite, tamu, walk_in};

use crate::{browser, school::School};

const SIZES: [(u32, u32); 4] = [(320, 640), (1024, 768), (1366, 768), (1920, 1080)];

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_is_found_merged_taken_apart_and_erased() {
    let Some(browser) = browser() else { return };
    let school = School::open().await;
    let (guru, desk) = (school.app.guru().await, school.app.desk().await);
    let first = invite(&guru, 1, "10:00").await;
    let other = desk.post("/api/tamu", tamu(2)).await.expect(201);
    let left = desk.post("/api/appointments/walk-in", walk_in(3, &GURU)).await.expect(201);
    tests::put_status(&desk, &left, "selesai").await.expect(200);

    let admin = school.page(browser, "admin").await;
    admin.login(ADMIN.email).await;
    admin.click("[data-testid=menu-janji]").await;
    admin.find(&format!("[data-testid=janji-{}]", left["id"])).await;
    admin.inspect("admin-janji").await;
    admin.inspect_sizes("admin-janji", &SIZES).await;
    admin.types_into("[data-testid=cari]", "zzz").await;
    admin.find("[data-testid=cari-semua]").await;
    admin.inspect("admin-janji-tidak-ada").await;
    admin.fill("[data-testid=cari]", "nilai").await;
    admin.click(&format!("[data-testid=janji-{}] [data-testid=buka]", first["id"])).await;
    admin.find("[data-testid=laci-janji] [data-testid=batalkan]").await;
    admin.inspect("admin-janji-laci").await;
    admin.inspect_sizes("admin-janji-laci", &SIZES).await;
    admin.click("[data-testid=pindah]").await;
    admin.find("[data-testid=tanya-pindah]").await;
    admin.inspect("admin-janji-pindah").await;
    admin.click("[data-testid=tanya-pindah] .kaki button").await;
    admin.click("[data-testid=batalkan]").await;
    admin.fill("[data-testid=alasan]", "Rapat mendadak").await;
    admin.inspect("admin-janji-batal").await;
    admin.click("[data-testid=ya]").await;
    admin.sees("Rapat mendadak").await;
    admin.click("[data-testid=kartu-tamu]").await;

    admin.find("[data-testid=kunjungan]").await;
    admin.inspect("admin-tamu-kartu").await;
    admin.inspect_sizes("admin-tamu-kartu", &SIZES).await;
    admin.click("[data-testid=perbaiki]").await;
    admin.fill("input[data-testid=telp]", other["telp"].as_str().expect("a number")).await;
    admin.click("[data-testid=simpan]").await;
    admin.find("[data-testid=gabung-pemilik]").await;
    admin.inspect("admin-tamu-nomor-lain").await;
    admin.click("[data-testid=gabung-pemilik]").await;
    admin.find("[data-testid=masuk]").await;
    admin.inspect("admin-tamu-gabung").await;
    admin.click("[data-testid=gabung]").await;
    admin.find("[data-testid=pisahkan]").await;
    admin.inspect("admin-tamu-gabungan").await;
    admin.click("[data-testid=pisahkan]").await;
    admin.sees_no_more("Digabung ke kartu ini").await;
    admin.click("[data-testid=hapus]").await;
    admin.find("[data-testid=laci-hapus]").await;
    admin.inspect("admin-tamu-hapus").await;
    admin.inspect_sizes("admin-tamu-hapus", &SIZES).await;
    admin.click(".centang").await;
    admin.click("[data-testid=hapus-ya]").await;
    admin.find(&format!("[data-testid=tamu-{}]", other["id"])).await;
    admin.inspect("admin-tamu").await;
    admin.inspect_sizes("admin-tamu", &SIZES).await;
    admin.click("[data-testid=saring-hapus]").await;
    admin.sees("Tidak ada yang minta dihapus").await;
    admin.inspect("admin-tamu-tanpa-permintaan").await;
    admin.close().await;
}
