//! The made-up school that is measured: any number of gurus, each signed in, and appointments of today. It is made
//! through the store and not over HTTP.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};
use chrono::{DateTime, Duration, Utc};
use domain::{IdPengguna, Jenis, Role, Setelan, Telp, jadwal, pengguna::Kepegawaian};
use futures_util::{StreamExt, TryStreamExt, stream};
use server::{auth::token::Tokens, data_dir};
use store::{
    Store,
    janji_temu::{Creation, NewJanjiTemu, TamuOf},
    pengguna::PenggunaBaru,
    sesi::{NewSesi, SessionHolder},
    tamu::NewTamu,
};
use tempfile::TempDir;

/// How many jobs the store gets at once. It commits them together.
const AT_ONCE: usize = 64;

/// A data folder for a server to open. It is filled and closed.
pub struct School {
    folder: TempDir,
    /// Access token of a receptionist.
    pub reception: String,
    /// Gurus' access tokens.
    pub gurus: Vec<String>,
    /// Guests who may arrive.
    pub arrivals: Vec<Arrival>,
}

/// A guest who may arrive, once.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// The appointment.
    pub id: i64,
    /// Its code.
    pub kode: String,
    /// Its guru, as a place among the gurus.
    pub guru: usize,
}

impl School {
    /// Makes a school with `gurus` gurus and one arrival for each of `visited`, which names places among the gurus.
    ///
    /// # Errors
    /// The store's.
    pub async fn create(gurus: usize, visited: &[usize]) -> Result<Self> {
        let folder = crate::work_dir()?;
        let data = data_dir::open(folder.path(), None).await?;
        let (store, now) = (&*data.store, Utc::now());
        let user = async |n: usize, role: Role| add_user(store, n, role, now).await;
        let tokens = Tokens::new(&data.kunci.sesi);
        let sign_in = async |id: IdPengguna| {
            let sid = format!("sesi-{id}");
            let mut token = [0; 32];
            token[..8].copy_from_slice(&id.0.to_be_bytes());
            let ends = now + Duration::days(1);
            let pemilik = SessionHolder::Pengguna(id);
            let baru = NewSesi {
                id: sid.clone(),
                pemilik,
                password_hash: String::new(),
                perangkat: None,
                keterangan: None,
                token,
                kedaluwarsa_pada: ends,
                waktu: now,
            };
            anyhow::ensure!(store.sesi().create(baru).await?, "the user's password is another one");
            anyhow::Ok(tokens.issue(&sid, Utc::now()).0)
        };

        let admin = user(usize::MAX, Role::Admin).await?;
        let reception = user(usize::MAX - 1, Role::PenerimaTamu).await?;
        let reception_token = sign_in(reception).await?;
        let ids: Vec<_> =
            stream::iter(0..gurus).map(|n| user(n, Role::Guru)).buffered(AT_ONCE).try_collect().await?;
        let arrivals = stream::iter(visited.iter().enumerate())
            .map(|(n, &guru)| add_arrival(store, n, (guru, ids[guru]), admin, now))
            .buffered(AT_ONCE)
            .try_collect()
            .await?;
        // Last, because a token is valid for a quarter of an hour.
        let gurus = stream::iter(ids).map(sign_in).buffered(AT_ONCE).try_collect().await?;
        data.store.close().await;
        Ok(Self { folder, reception: reception_token, gurus, arrivals })
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Size of what the folder holds, in bytes.
    ///
    /// # Errors
    /// The system's.
    pub fn size_bytes(&self) -> Result<u64> {
        let sizes = fs::read_dir(self.folder())?.map(|entry| Ok(entry?.metadata()?.len()));
        sizes.sum()
    }
}

async fn add_user(store: &dyn Store, n: usize, role: Role, now: DateTime<Utc>) -> Result<IdPengguna> {
    let baru = PenggunaBaru {
        nama: format!("{} {n}", role.as_str()),
        sapaan: None,
        jabatan: None,
        email: format!("pengguna{n}@sekolah.example"),
        telp: None,
        role,
        kepegawaian: Kepegawaian::default(),
        // Nobody signs in with it.
        password_hash: String::new(),
        wajib_ganti_password: false,
        rahasia: None,
        waktu: now,
    };
    Ok(store.pengguna().create(baru).await.context("a user cannot be added")?.id)
}

async fn add_arrival(
    store: &dyn Store,
    n: usize,
    (guru, id_guru): (usize, IdPengguna),
    dibuat_oleh: IdPengguna,
    now: DateTime<Utc>,
) -> Result<Arrival> {
    let setelan = Setelan::default();
    let tamu = NewTamu {
        nama: format!("Tamu Nomor {n}"),
        telp: Some(Telp::parse(&format!("0812{n:08}"))?),
        email: None,
        instansi: None,
        waktu: now,
    };
    let baru = NewJanjiTemu {
        id_guru,
        tamu: TamuOf::Baru(tamu),
        atas_nama: None,
        orang_yang_sama: false,
        jumlah_orang: 1,
        keperluan: "Konsultasi orang tua".to_owned(),
        jadwal: now,
        durasi_menit: setelan.durasi_bawaan_menit,
        jenis: Jenis::Janji,
        kode_expiry: jadwal::kode_expiry(now, &setelan),
        izinkan_bentrok: true,
        kunci: None,
        seri: None,
        dibuat_oleh,
        waktu: now,
    };
    match store.janji_temu().create(baru).await.context("an appointment cannot be made")? {
        Creation::Dibuat(janji_temu) => Ok(Arrival { id: janji_temu.id.0, kode: janji_temu.kode_qr, guru }),
        Creation::SudahAda(_) => bail!("an appointment was there already"),
    }
}
