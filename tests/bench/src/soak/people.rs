//! The school's people, entered through the store, and their PCs.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, Utc};
use client::{Client, Options, TokenStore};
use domain::{IdPengguna, Role, pengguna::Kepegawaian};
use serde_json::Value;
use server::{auth::password::Passwords, data_dir};
use store::pengguna::PenggunaBaru;

/// Gurus, each with a PC; the first of them with two.
pub const GURUS: usize = 150;
const WITH_TWO_PCS: usize = 15;

/// Desks.
pub const DESKS: usize = 3;

const PASSWORD: &str = "meja hijau 7";

/// A PC that somebody has signed in at.
#[derive(Clone)]
pub struct Pc {
    /// The place of its user among those of the role.
    pub user: usize,
    /// Requests and events.
    pub client: Client,
}

/// Everybody's PCs.
pub struct Pcs {
    /// Teachers'.
    pub gurus: Vec<Pc>,
    /// The desks'.
    pub desks: Vec<Pc>,
    /// The admin's.
    pub admin: Pc,
}

/// Enters everybody. Gives the gurus' identities.
///
/// # Errors
/// The store's.
pub async fn create(folder: &Path, now: DateTime<Utc>) -> Result<Vec<IdPengguna>> {
    let data = data_dir::open(folder, None).await?;
    let password_hash = Passwords::new(4)?.hash(PASSWORD.to_owned()).await;
    let password_hash = password_hash.map_err(|error| anyhow::anyhow!("{error:?}"))?;
    let mut gurus = Vec::new();
    let roles = [(Role::Admin, 1), (Role::PenerimaTamu, DESKS), (Role::Guru, GURUS)];
    for (role, n) in roles.into_iter().flat_map(|(role, count)| (0..count).map(move |n| (role, n))) {
        let baru = PenggunaBaru {
            nama: format!("{} {n}", role.as_str()),
            sapaan: None,
            jabatan: None,
            email: email(role, n),
            telp: None,
            role,
            kepegawaian: Kepegawaian::default(),
            password_hash: password_hash.clone(),
            wajib_ganti_password: false,
            rahasia: None,
            waktu: now,
        };
        let made = data.store.pengguna().create(baru).await.context("a user cannot be added")?;
        if role == Role::Guru {
            gurus.push(made.id);
        }
    }
    data.store.close().await;
    Ok(gurus)
}

fn email(role: Role, n: usize) -> String {
    format!("{}{n}@sekolah.example", role.as_str().to_lowercase().replace(' ', ""))
}

impl Pcs {
    /// Signs everybody in.
    ///
    /// # Errors
    /// If somebody is refused.
    pub async fn sign_in(url: &str) -> Result<Self> {
        let pc = async |role: Role, user: usize| {
            let client = Client::new(url.parse()?, TokenStore::memory(), Options::default()).await?;
            client.login(&email(role, user), PASSWORD).await?;
            anyhow::Ok(Pc { user, client })
        };
        let (mut gurus, mut desks) = (Vec::new(), Vec::new());
        for user in (0..GURUS).chain(0..WITH_TWO_PCS) {
            gurus.push(pc(Role::Guru, user).await?);
        }
        for user in 0..DESKS {
            desks.push(pc(Role::PenerimaTamu, user).await?);
        }
        Ok(Self { gurus, desks, admin: pc(Role::Admin, 0).await? })
    }
}

impl Pc {
    /// Sends a request as its page does. Gives the answer's JSON, which must be a success.
    ///
    /// # Errors
    /// If it is none.
    pub async fn ask(&self, method: &str, path: &str, body: Option<Value>) -> Result<Value> {
        let body = body.map(|body| body.to_string().into_bytes());
        let answer = self.client.forward(method, path, body).await.with_context(|| path.to_owned())?;
        let text = String::from_utf8_lossy(&answer.body);
        ensure!((200..300).contains(&answer.status), "{method} {path}: {} {text}", answer.status);
        Ok(serde_json::from_slice(&answer.body).unwrap_or(Value::Null))
    }
}
