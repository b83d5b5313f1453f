//! Calls of all methods of the store, for the statements they send. What comes back does not matter.
#![allow(clippy::unwrap_used, reason = "in a test a panic is the answer")]

use chrono::{DateTime, Utc};
use domain::{
    IdJanjiTemu, IdPengguna, IdTamu, Jenis, Role, Setelan, Status, Tanggapan, Telp, VisitChange, VisitStep,
    evakuasi::{EvacuationChange, EvacuationStep},
    hari_libur::{HariLibur, JenisLibur, SumberLibur},
    jadwal::Span,
    pengguna::Kepegawaian,
    perubahan::NewJadwal,
    pindai::Hasil,
    survei::{Jawaban, Responden, Survei},
    tanggapan::TanggapanMasuk,
};

use crate::{
    ClockStore, EvakuasiStore, HariLiburStore, JanjiTemuStore, KalenderStore, LaporanStore, MssqlStore,
    NotifikasiStore, PageRequest, PemeliharaanStore, PenggunaStore, PercobaanStore, SearchTerms, SesiStore,
    SetelanStore, Store, SurveiStore, TamuStore, UlasanStore,
    clock::ClockNote,
    gabung::NewGabung,
    janji_temu::{JanjiTemuFilter, NewJanjiTemu, TamuOf, VisitCorrection},
    pemeliharaan::{HasilPemeliharaan, KeadaanPemeliharaan, NewPemeliharaan, Pemicu, Progress, Rencana},
    pengguna::{
        ImportStep, NewPassword, OrderBy, PenggunaBaru, PenggunaChanges, PenggunaFilter, PenggunaOrder,
        UnitBaru,
    },
    percobaan::Percobaan,
    sesi::{Exchange, NewSesi, Perangkat, SessionHolder},
    survei::NewSurvei,
    tamu::{Consent, NewErasure, NewTamu, TamuCorrection, TamuFilter},
    ulasan::{Hiding, UlasanFilter},
};

const FIRST_PAGE: PageRequest = PageRequest { nomor: 1, ukuran: 10 };

fn at() -> DateTime<Utc> {
    "2026-11-23T09:00:00Z".parse().unwrap()
}

fn tamu_baru(instansi: Option<&str>) -> NewTamu {
    NewTamu {
        nama: "Dewi".to_owned(),
        telp: Telp::parse("0812 3456 7890").ok(),
        email: None,
        instansi: instansi.map(str::to_owned),
        waktu: at(),
    }
}

fn janji_baru(tamu: TamuOf, jenis: Jenis) -> NewJanjiTemu {
    NewJanjiTemu {
        id_guru: IdPengguna(1),
        tamu,
        atas_nama: None,
        orang_yang_sama: false,
        jumlah_orang: 1,
        keperluan: "nilai".to_owned(),
        jadwal: at(),
        durasi_menit: 30,
        jenis,
        kode_expiry: at(),
        izinkan_bentrok: false,
        kunci: Some("kunci".to_owned()),
        seri: None,
        dibuat_oleh: IdPengguna(1),
        waktu: at(),
    }
}

fn password_baru() -> NewPassword {
    NewPassword { hash: String::new(), sementara: true, lama: None, rahasia: None, waktu: at() }
}

pub(super) async fn pengguna(store: &MssqlStore) {
    let baru = PenggunaBaru {
        nama: "a".to_owned(),
        sapaan: None,
        jabatan: None,
        email: "a@sekolah.example".to_owned(),
        telp: None,
        role: Role::Guru,
        kepegawaian: Kepegawaian::default(),
        password_hash: String::new(),
        wajib_ganti_password: true,
        rahasia: None,
        waktu: at(),
    };
    let id = IdPengguna(1);
    let step = ImportStep::Buat(Box::new(baru.clone()));
    let _ = PenggunaStore::import(store, vec![step], at()).await;
    let _ = store.list_dikenal().await;
    let _ = PenggunaStore::create(store, baru).await;
    let _ = PenggunaStore::find(store, id).await;
    let _ = PenggunaStore::find_kredensial(store, "a").await;
    let _ = PenggunaStore::find_kredensial_by_id(store, id).await;
    let all = PenggunaFilter {
        cari: SearchTerms::new("a"),
        nomor: Some("3352".to_owned()),
        role: Some(Role::Guru),
        aktif: Some(true),
        unit: Some(false),
        beranggota: Some(id),
    };
    for saring in [PenggunaFilter::default(), all] {
        let _ = PenggunaStore::list(store, saring.clone(), FIRST_PAGE).await;
        for menurut in [OrderBy::Nama, OrderBy::Login, OrderBy::Dibuat] {
            let urut = PenggunaOrder { menurut, turun: true };
            let _ = store.list_rinci(saring.clone(), urut, FIRST_PAGE).await;
        }
    }
    let _ = store.exists(Role::Admin).await;
    let unit = UnitBaru {
        nama: "a".to_owned(),
        jabatan: None,
        email: "u@sekolah.example".to_owned(),
        telp: None,
        anggota: vec![id],
        waktu: at(),
    };
    let _ = store.create_unit(unit).await;
    let _ = store.list_anggota(vec![id]).await;
    let _ = store.is_anggota(id, id).await;
    let members = PenggunaChanges { anggota: Some(vec![id]), ..PenggunaChanges::default() };
    let _ = PenggunaStore::update(store, id, members, at()).await;
    let _ = PenggunaStore::update(store, id, PenggunaChanges::default(), at()).await;
    let _ = PenggunaStore::update_password(store, id, password_baru()).await;
    let _ = PenggunaStore::delete(store, id, at()).await;
}

pub(super) async fn tamu(store: &MssqlStore) {
    let id = IdTamu(1);
    let _ = TamuStore::create(store, tamu_baru(None)).await;
    let _ = TamuStore::find(store, id).await;
    let _ = TamuStore::find_kredensial(store, &Telp::parse("0812 3456 7890").unwrap()).await;
    let _ = TamuStore::find_kredensial_by_id(store, id).await;
    for text in ["", "dewi lestari sari", "7890", "0812 3456 7890"] {
        for asks in [false, true] {
            let cari = SearchTerms::new(text);
            let saring = TamuFilter { cari, hapus_diminta: asks, tanpa_persetujuan: asks };
            let _ = TamuStore::list(store, saring, FIRST_PAGE).await;
        }
        if let Some(cari) = SearchTerms::new(text) {
            let _ = store.list_untuk_guru(IdPengguna(1), cari, FIRST_PAGE).await;
        }
    }
    let _ = store.is_tamu_guru(id, IdPengguna(1)).await;
    let _ = TamuStore::update(store, id, TamuCorrection::default()).await;
    let _ = TamuStore::update(
        store,
        id,
        TamuCorrection { nama: Some("x".to_owned()), ..TamuCorrection::default() },
    )
    .await;
    let setuju = Some(Some(Consent { versi: "1".to_owned(), waktu: at() }));
    let _ = TamuStore::update(store, id, TamuCorrection { setuju, ..TamuCorrection::default() }).await;
    let _ = TamuStore::update_password(store, id, password_baru()).await;
    let _ = store.find_record(id).await;
    for batalkan in [false, true] {
        let _ = store.erase(id, NewErasure { batalkan, waktu: at() }).await;
    }
    let _ = store.figures(id).await;
    let _ = store.gabung(NewGabung { id, id_lain: IdTamu(2), oleh: IdPengguna(1), waktu: at() }).await;
    let _ = store.pisah(id, IdTamu(2), at()).await;
    let _ = store.list_gabung(id).await;
    let _ = store.finish_gabung(at()).await;
    let _ = store.keep(id).await;
}

pub(super) async fn janji_temu(store: &MssqlStore) {
    let id = IdJanjiTemu(1);
    for tamu in [TamuOf::Id(IdTamu(1)), TamuOf::Baru(tamu_baru(Some("SMP 3")))] {
        for jenis in [Jenis::Janji, Jenis::Langsung] {
            let _ = JanjiTemuStore::create(store, janji_baru(tamu.clone(), jenis)).await;
        }
        let _ = store.create_seri(vec![vec![janji_baru(tamu, Jenis::Janji)]]).await;
    }
    let _ = JanjiTemuStore::find(store, id).await;
    let span = Span::minutes(at(), 60);
    let all = JanjiTemuFilter {
        id_guru: Some(IdPengguna(1)),
        milik: Some(IdPengguna(1)),
        id_tamu: Some(IdTamu(1)),
        jadwal: Some(span),
        status: vec![Status::Belum, Status::Selesai],
        jenis: Some(Jenis::Janji),
        terbaru_dulu: true,
        cari: SearchTerms::new("7890"),
    };
    let words = JanjiTemuFilter { cari: SearchTerms::new("dewi lestari"), ..JanjiTemuFilter::default() };
    for saring in [JanjiTemuFilter::default(), all, words] {
        let _ = JanjiTemuStore::list(store, saring.clone(), FIRST_PAGE).await;
        let _ = store.count_status(saring).await;
    }
    let _ = store.list_by_kunci(vec!["kunci".to_owned()], IdPengguna(1)).await;
    let _ = store.list_sibuk(IdPengguna(1), span, Some(id)).await;
    let _ = store.list_belum(span).await;
    let baru = NewJadwal {
        id,
        dari_guru: IdPengguna(1),
        id_guru: IdPengguna(1),
        jadwal: at(),
        durasi_menit: 30,
        kode_expiry: at(),
        izinkan_bentrok: false,
        waktu: at(),
    };
    let _ = store.reschedule(baru).await;
    let _ = store.find_tercatat("kunci").await;
    let steps = [
        None,
        Some(VisitStep::Datang { terlambat: true, di_meja: true }),
        Some(VisitStep::Mulai),
        Some(VisitStep::Pulang { waktu_selesai: at(), di_meja: true }),
        Some(VisitStep::Pamit),
        Some(VisitStep::Batal { alasan: None, oleh_tamu: false }),
        Some(VisitStep::TidakHadir { alasan: None }),
        Some(VisitStep::UrungDatang),
        Some(VisitStep::UrungLangsung { alasan: None }),
        Some(VisitStep::UrungPulang { ke: Status::Menunggu }),
    ];
    for langkah in steps {
        for kunci in [None, Some(("kunci".to_owned(), Hasil::Datang))] {
            for jadwal in [None, Some(at())] {
                let (langkah, kunci) = (langkah.clone(), kunci.clone());
                let step = VisitChange { id, dari: Status::Belum, jadwal, langkah, kunci, waktu: at() };
                let _ = JanjiTemuStore::apply(store, step).await;
            }
        }
    }
    let _ = store.expire_belum(at()).await;
    let _ = store.purge_tercatat(at()).await;
}

pub(super) async fn the_rest(store: &MssqlStore) {
    let (id, guru) = (IdJanjiTemu(1), IdPengguna(1));
    let _ = store.ping().await;
    let _ = store.audit().list_changes(7, 100).await;
    let _ = store.giliran().take_giliran("malam", "a1", at(), at()).await;
    let _ = store.list_belum_dibaca(guru, FIRST_PAGE).await;
    let _ = store.list_belum_dibaca_terbaru(guru, 200).await;
    let _ = store.list_belum_dibaca_sebelum(guru, id, 200).await;
    let _ = NotifikasiStore::list(store, guru, FIRST_PAGE).await;
    let _ = store.mark_read(id, guru, at()).await;
    let _ = NotifikasiStore::delete(store, id, guru, at()).await;
    let words = TanggapanMasuk { teks: Some("ya"), ..TanggapanMasuk::default() };
    let _ = store.respond(id, guru, Tanggapan::check(words).unwrap(), at()).await;
    let _ = store.respond(id, guru, None, at()).await;
    let _ = store.beri_tahu(id, at()).await;
    let _ = JanjiTemuStore::update(store, id, VisitCorrection::default()).await;
    let _ = UlasanStore::create(store, id, 5, None, at()).await;
    let saring = UlasanFilter {
        id_guru: Some(guru),
        rating: Some(5),
        waktu: Some(Span::minutes(at(), 60)),
        tersembunyi: Some(true),
        cari: SearchTerms::new("ramah sekali"),
        setelah: Some((at(), id)),
    };
    let _ = UlasanStore::list_plain(store, saring.clone(), 10).await;
    let _ = UlasanStore::list(store, saring, FIRST_PAGE).await;
    let _ = UlasanStore::find(store, id).await;
    let hiding = Hiding { alasan: "Kasar".to_owned(), oleh: guru, waktu: at() };
    let _ = store.hide(id, Some(hiding)).await;
    let _ = UlasanStore::count(store, Some(Span::minutes(at(), 60))).await;
    let jawaban = domain::survei::Nilai::try_from(4).map(|nilai| (domain::survei::Unsur::Waktu, nilai));
    let unsur = Jawaban::new(jawaban).unwrap();
    let survei = Survei { unsur, responden: Responden::default(), saran: None };
    let today = at().date_naive();
    let baru = NewSurvei { id_janji_temu: id, id: "a".to_owned(), tanggal: today, survei };
    let _ = SurveiStore::create(store, baru).await;
    let _ = store.sum(today, today).await;
    let _ = store.list_baris(Span::minutes(at(), 60)).await;
    let _ = store.has_undangan().await;
    evakuasi(store).await;
    let _ = SetelanStore::get(store).await;
    let _ = SetelanStore::versi(store).await;
    let _ = SetelanStore::update(store, Setelan::default(), 0).await;
    let libur = HariLibur {
        tanggal: today,
        nama: "Libur semester".to_owned(),
        jenis: JenisLibur::Sekolah,
        perkiraan: false,
        sumber: SumberLibur::Manual,
    };
    let _ = HariLiburStore::list(store, today, today).await;
    let _ = HariLiburStore::set(store, vec![libur]).await;
    let _ = HariLiburStore::delete(store, today).await;
    let failed = Percobaan { gagal: 1, terkunci_sampai: None, terakhir_pada: Some(at()) };
    let _ = PercobaanStore::list(store, vec![[1; 32], [2; 32]]).await;
    let _ =
        PercobaanStore::update(store, vec![([1; 32], failed), ([2; 32], failed)], [2; 32], Some(guru)).await;
    let _ = store.forget([2; 32], guru).await;
    let _ = PercobaanStore::purge(store, at()).await;
    let _ = KalenderStore::set(store, guru, [1; 32], at()).await;
    let _ = KalenderStore::find(store, guru).await;
    let _ = store.find_pemilik([1; 32]).await;
    let _ = KalenderStore::revoke(store, guru).await;
    let _ = ClockStore::find(store).await;
    let _ = ClockStore::update(store, ClockNote { believed: at(), doubt: None }).await;
    let _ = store.find_latest_row().await;
    for pemilik in [SessionHolder::Pengguna(guru), SessionHolder::Tamu(IdTamu(1))] {
        for perangkat in [None, Some(Perangkat { sidik: [3; 32], akun: [4; 32] })] {
            let baru = NewSesi {
                id: "satu".to_owned(),
                pemilik,
                password_hash: "hash".to_owned(),
                perangkat,
                keterangan: Some("Chrome, Windows".to_owned()),
                token: [1; 32],
                kedaluwarsa_pada: at(),
                waktu: at(),
            };
            let _ = SesiStore::create(store, baru).await;
        }
    }
    let _ = store.is_known([4; 32]).await;
    let _ = SesiStore::find(store, "satu", at()).await;
    for perangkat in [None, Some([3; 32])] {
        let shown = Exchange { lama: [1; 32], baru: [2; 32], perangkat, kedaluwarsa_pada: at(), waktu: at() };
        let _ = store.refresh(shown).await;
    }
    let _ = SesiStore::list(store, guru, at()).await;
    let _ = store.revoke_of(guru, "satu", at()).await;
    let _ = store.revoke_all(guru, at()).await;
    let _ = SesiStore::revoke(store, "satu", at()).await;
    let _ = SesiStore::purge(store, at()).await;
}

async fn evakuasi(store: &MssqlStore) {
    let _ = EvakuasiStore::get(store, at()).await;
    let tick = EvacuationStep::Tick { id: IdJanjiTemu(1), aman: true, kept: true };
    for step in [EvacuationStep::Start, tick, EvacuationStep::End] {
        let change = EvacuationChange { step, oleh: IdPengguna(1), nama: String::new(), pada: at() };
        let _ = EvakuasiStore::apply(store, &change).await;
    }
}

pub(super) async fn pemeliharaan(store: &MssqlStore) {
    let rencana = Rencana::at(at(), &Setelan::default());
    let (pemicu, keadaan) = (Pemicu::Tangan, KeadaanPemeliharaan::Selesai);
    let baru = NewPemeliharaan { pemicu, oleh: None, uji_coba: false, waktu: at() };
    let _ = PemeliharaanStore::begin(store, baru).await;
    let _ = store.note(Progress { id: 1, keadaan, hasil: HasilPemeliharaan::default(), waktu: at() }).await;
    let _ = PemeliharaanStore::find(store, 1).await;
    let _ = PemeliharaanStore::list(store, FIRST_PAGE).await;
    let _ = store.find_latest(Some(pemicu)).await;
    let _ = store.find_first_entry().await;
    let _ = store.archive(rencana).await;
    let _ = store.put_away(at(), at()).await;
    let _ = store.list_idle(at(), IdTamu(0)).await;
    let _ = store.erase_idle(vec![IdTamu(1)], at(), at()).await;
    let _ = store.list_asked(IdTamu(0)).await;
    let _ = store.count_missed(Span::minutes(at(), 60)).await;
    let _ = PemeliharaanStore::count(store, rencana).await;
    let _ = store.list_affected(rencana, 5).await;
    let _ = store.list_affected_tamu(vec![IdTamu(1)]).await;
}
