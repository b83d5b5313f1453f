//! Storage of users.

use std::collections::HashMap;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    IdPengguna, Pengguna, Role, Sapaan, Setelan, Telp,
    impor::Dikenal,
    json::Daftar,
    pengguna::{Anggota, Kepegawaian, PenggunaRinci, ROLE_OF_UNIT},
};

use crate::{PageRequest, Result, SearchTerms};

/// A user to be added. Fields are checked and normalised by `domain::isian`.
#[derive(Clone, Debug)]
pub struct PenggunaBaru {
    /// Full name.
    pub nama: String,
    /// The form of address before the name.
    pub sapaan: Option<Sapaan>,
    /// What a guru teaches.
    pub jabatan: Option<String>,
    /// Lower case.
    pub email: String,
    /// E.164.
    pub telp: Option<Telp>,
    /// What the user may do.
    pub role: Role,
    /// What the register tells.
    pub kepegawaian: Kepegawaian,
    /// bcrypt.
    pub password_hash: String,
    /// Whether the password is temporary. A temporary one ends by itself.
    pub wajib_ganti_password: bool,
    /// The password for a message to the user, encrypted for [`place_of_password`]; none if no message is wanted.
    pub rahasia: Option<Vec<u8>>,
    /// Now.
    pub waktu: DateTime<Utc>,
}

/// A unit to be added: it is visited, never signs in, and has people behind it.
#[derive(Clone, Debug)]
pub struct UnitBaru {
    /// Its name, such as "Tata Usaha".
    pub nama: String,
    /// What it is there for.
    pub jabatan: Option<String>,
    /// Where it is written to, or what stands in place of an address; lower case, unique.
    pub email: String,
    /// E.164.
    pub telp: Option<Telp>,
    /// Who is behind it: active users who are no units.
    pub anggota: Vec<IdPengguna>,
    /// Now.
    pub waktu: DateTime<Utc>,
}

impl UnitBaru {
    /// The unit as a user, to whom no password belongs: what stands in the hash's place is no hash.
    pub(crate) fn pengguna(&self) -> PenggunaBaru {
        PenggunaBaru {
            nama: self.nama.clone(),
            sapaan: None,
            jabatan: self.jabatan.clone(),
            email: self.email.clone(),
            telp: self.telp.clone(),
            role: ROLE_OF_UNIT,
            kepegawaian: Kepegawaian::default(),
            password_hash: String::new(),
            wajib_ganti_password: false,
            rahasia: None,
            waktu: self.waktu,
        }
    }
}

/// Changes to a user; a missing field stays as it is.
#[derive(Clone, Debug, Default)]
pub struct PenggunaChanges {
    /// Full name.
    pub nama: Option<String>,
    /// The form of address before the name; `Some(None)` empties it.
    pub sapaan: Option<Option<Sapaan>>,
    /// What a guru teaches; `Some(None)` empties it.
    pub jabatan: Option<Option<String>>,
    /// Lower case.
    pub email: Option<String>,
    /// E.164; `Some(None)` empties it.
    pub telp: Option<Option<Telp>>,
    /// What the user may do.
    pub role: Option<Role>,
    /// May sign in.
    pub aktif: Option<bool>,
    /// 16 digits; `Some(None)` empties it.
    pub nuptk: Option<Option<String>>,
    /// 18 digits; `Some(None)` empties it.
    pub nip: Option<Option<String>>,
    /// An additional duty; `Some(None)` empties it.
    pub tugas_tambahan: Option<Option<String>>,
    /// Everybody who is behind the unit from now on. A member who may not sign in any more can stay.
    pub anggota: Option<Vec<IdPengguna>>,
}

/// One step of an import.
#[derive(Clone, Debug)]
pub enum ImportStep {
    /// Adds a user.
    Buat(Box<PenggunaBaru>),
    /// Changes a user.
    Ubah(IdPengguna, Box<PenggunaChanges>),
}

/// In which order a list shows users.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PenggunaOrder {
    /// What by.
    pub menurut: OrderBy,
    /// The other way round.
    pub turun: bool,
}

/// What users are ordered by. Who has none of it comes last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OrderBy {
    /// The name.
    #[default]
    Nama,
    /// The latest time that the user signed in.
    Login,
    /// When the user was added.
    Dibuat,
}

/// Which users a list shows.
#[derive(Clone, Debug, Default)]
pub struct PenggunaFilter {
    /// Only those with this in name, position or e-mail address.
    pub cari: Option<SearchTerms>,
    /// Besides those, whose NUPTK or NIP holds these digits. Colleagues do not look for them.
    pub nomor: Option<String>,
    /// Only those of this role.
    pub role: Option<Role>,
    /// Only those who may sign in, or only those who may not.
    pub aktif: Option<bool>,
    /// Only units, or only people.
    pub unit: Option<bool>,
    /// Only the units that this user is behind.
    pub beranggota: Option<IdPengguna>,
}

/// What became of a user who was to be deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deletion {
    /// Deleted: nothing referred to the user.
    Dihapus,
    /// Kept for the sake of history, but may not sign in any more.
    Dinonaktifkan,
}

/// What a login is checked against.
#[derive(Clone)]
pub struct Credentials<T> {
    /// Who.
    pub siapa: T,
    /// bcrypt; `None` if no password was ever given.
    pub password_hash: Option<String>,
    /// When a temporary password ends; `None` if its owner chose it.
    pub password_sampai: Option<DateTime<Utc>>,
}

impl<T> Credentials<T> {
    /// Keeps the password, and shows the person in another way.
    pub fn map<U>(self, see: impl FnOnce(T) -> U) -> Credentials<U> {
        let Self { siapa, password_hash, password_sampai } = self;
        Credentials { siapa: see(siapa), password_hash, password_sampai }
    }
}

/// The place that a password in a message to its user is encrypted for. If the user has another one by then, it is
/// not read any more.
pub fn place_of_password(hash: &str) -> String {
    format!("password {hash}")
}

/// A password to be set.
#[derive(Clone)]
pub struct NewPassword {
    /// bcrypt.
    pub hash: String,
    /// Temporary: somebody else made it up.
    pub sementara: bool,
    /// For a change by the owner: the hash that the old password was verified against. It must still be the current
    /// one.
    pub lama: Option<String>,
    /// The password for a message to the user, encrypted for [`place_of_password`]; none if no message is wanted.
    pub rahasia: Option<Vec<u8>>,
    /// Now.
    pub waktu: DateTime<Utc>,
}

/// Users.
#[async_trait]
pub trait PenggunaStore: Send + Sync {
    /// Adds a user. Conflicts: `PenggunaEmail`, `PenggunaNuptk`, `PenggunaNip`.
    async fn create(&self, baru: PenggunaBaru) -> Result<Pengguna>;
    /// Adds a unit. Conflicts: `PenggunaEmail`, `Anggota`.
    async fn create_unit(&self, baru: UnitBaru) -> Result<Pengguna>;
    /// Who is behind each of these units, by name; a unit without members is missing.
    async fn list_anggota(&self, unit: Vec<IdPengguna>) -> Result<HashMap<IdPengguna, Vec<Anggota>>>;
    /// Whether the user is behind the unit.
    async fn is_anggota(&self, unit: IdPengguna, id: IdPengguna) -> Result<bool>;
    /// Founds the school: its first admin and its settings, together or not at all. A school that was founded and never
    /// used is founded again, so a founding can be repeated. `None` if the school is in use; then nothing is changed.
    async fn found(&self, admin: PenggunaBaru, setelan: Setelan) -> Result<Option<Pengguna>>;
    /// One user.
    async fn find(&self, id: IdPengguna) -> Result<Option<Pengguna>>;
    /// One user by the lower-case address, with the password's hash; inactive ones too. A unit has no password, so it
    /// is as if it were not there.
    async fn find_kredensial(&self, email: &str) -> Result<Option<Credentials<Pengguna>>>;
    /// The same by identity.
    async fn find_kredensial_by_id(&self, id: IdPengguna) -> Result<Option<Credentials<Pengguna>>>;
    /// A page of users by name.
    async fn list(&self, saring: PenggunaFilter, halaman: PageRequest) -> Result<Daftar<Pengguna>>;
    /// The same in an order, with what an admin is shown of each.
    async fn list_rinci(
        &self,
        saring: PenggunaFilter,
        urut: PenggunaOrder,
        halaman: PageRequest,
    ) -> Result<Daftar<PenggunaRinci>>;
    /// What the register tells of a user; nothing of one who is not there.
    async fn find_kepegawaian(&self, id: IdPengguna) -> Result<Kepegawaian>;
    /// Everybody whom a line of a file may mean: people.
    async fn list_dikenal(&self) -> Result<Vec<Dikenal>>;
    /// Carries out an import: all of it or nothing. Gives the users who were added, in their order. `NotFound`, where a
    /// user is gone; conflicts: `PenggunaEmail`, `PenggunaNuptk`, `PenggunaNip`.
    async fn import(&self, langkah: Vec<ImportStep>, waktu: DateTime<Utc>) -> Result<Vec<Pengguna>>;
    /// Whether any person of this role may sign in.
    async fn exists(&self, role: Role) -> Result<bool>;
    /// Changes a user. A change of `aktif` to false or of `role` revokes the user's sessions in the same transaction.
    /// `NotFound`; conflicts: `PenggunaEmail`, `PenggunaNuptk`, `PenggunaNip`, `AdminTerakhir`, `Anggota`.
    async fn update(&self, id: IdPengguna, ubah: PenggunaChanges, waktu: DateTime<Utc>) -> Result<Pengguna>;
    /// Sets a password and revokes every session of the user. A temporary password must be changed, and makes the
    /// user's devices unknown. `NotFound`, also if the old password is no longer the current one.
    async fn update_password(&self, id: IdPengguna, baru: NewPassword) -> Result<()>;
    /// Deletes a user, or deactivates one with history. Either way the sessions end. `NotFound`; conflict:
    /// `AdminTerakhir`.
    async fn delete(&self, id: IdPengguna, waktu: DateTime<Utc>) -> Result<Deletion>;
}
