//! The first start, and a start that is mended.

use domain::password::InvalidPassword;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Api, Language, Role, Secret};

/// Where a server can be reached, and its certificate's fingerprint to compare.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "Address")]
pub struct ServerAddress {
    /// As it is kept.
    pub url: String,
    /// Nothing without TLS.
    pub fingerprint: Option<String>,
}

/// A server that was seen in the network, or is not any more. Nothing of it is to be trusted before a person has
/// compared the fingerprint.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Sighting {
    /// It is there.
    Found {
        /// By which it is told apart from others.
        name: String,
        /// The school.
        nama: String,
        /// Where to reach it, the likeliest first.
        addresses: Vec<ServerAddress>,
    },
    /// It is gone.
    Lost {
        /// Which.
        name: String,
    },
    /// The network lets nobody look.
    Failed,
}

/// Devices to choose from.
#[derive(Debug, Default, Serialize, TS)]
pub struct Devices {
    /// Ports by their names.
    pub serial: Vec<String>,
    /// Cameras by their names.
    pub cameras: Vec<String>,
}

/// How hard a password is to guess.
#[derive(Debug, Serialize, TS)]
pub struct Nilai {
    /// 0, guessed at once, to 4, guessed by nobody.
    pub skor: u8,
    /// Why it may not be used; nothing if it may.
    #[ts(as = "Option<Api<InvalidPassword>>", optional = nullable)]
    pub alasan: Option<InvalidPassword>,
}

/// What the person chose.
#[derive(Deserialize, TS)]
pub struct Setup {
    /// What the PC is for.
    pub role: Role,
    /// Where the guest book is.
    pub server: SetupServer,
    /// Leaves the full screen; only for the front desk.
    pub pin: Option<Secret>,
    /// Only for the front desk.
    pub scanners: SetupScanners,
    /// The program starts with the PC.
    pub autostart: bool,
    /// Of the wizard's page.
    pub language: Language,
}

/// Where the guest book is.
#[derive(Deserialize, TS)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum SetupServer {
    /// On this PC.
    Host {
        /// The port that others reach it at.
        port: u16,
        /// The school.
        nama_sekolah: String,
        /// Where guests are received.
        tempat: String,
        /// As the IANA database names it.
        zona_waktu: String,
        /// Whoever runs it.
        admin: SetupAdmin,
    },
    /// On this PC, restored from a backup before.
    Restored {
        /// The port that others reach it at.
        port: u16,
    },
    /// On another one.
    Remote {
        /// Its address.
        url: String,
        /// What the person has compared.
        fingerprint: Option<String>,
    },
}

/// A backup, by what it says of itself.
#[derive(Debug, Serialize, TS)]
pub struct FoundBackup {
    /// Where it is.
    pub path: String,
    /// The file's name.
    pub nama: String,
    /// When the school was as it is in there; RFC 3339.
    pub dibuat_pada: String,
    /// The file's size in bytes.
    pub ukuran: u64,
    /// Appointments and visits.
    pub janji_temu: u64,
    /// Guests.
    pub tamu: u64,
}

/// A school that was restored.
#[derive(Debug, Serialize, TS)]
pub struct RestoredSchool {
    /// Its name.
    pub nama_sekolah: String,
    /// Where what was there before is now; nothing if nothing was.
    pub disimpan: Option<String>,
}

/// How far a restore is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RestoreProgress {
    /// What is being done.
    pub tahap: RestoreStep,
    /// How much of that is done, from 0 to 100.
    pub persen: u8,
}

/// What a restore is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RestoreStep {
    /// It decrypts the backup.
    Membuka,
    /// It compares what came out with what the backup says of itself.
    Mencocokkan,
    /// It erases again who was erased since, and looks through the audit.
    Menyiapkan,
}

/// The first admin.
#[derive(Deserialize, TS)]
pub struct SetupAdmin {
    /// The name.
    pub nama: String,
    /// To sign in with.
    pub email: String,
    /// To sign in with.
    pub password: Secret,
}

/// The scanners to use.
#[derive(Deserialize, TS)]
pub struct SetupScanners {
    /// Every USB scanner in HID POS mode.
    pub hid: bool,
    /// The first webcam.
    pub camera: bool,
    /// A port by its name.
    pub serial: Option<String>,
    /// A folder into which guests' pictures are put.
    pub folder: Option<String>,
}

/// What keeps the program from starting.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Trouble {
    /// What is in the way.
    pub reason: TroubleReason,
    /// In the program's own words.
    pub detail: String,
    /// Where everything is kept.
    pub folder: String,
    /// If the guest book is kept on this PC.
    pub port: Option<u16>,
}

/// What keeps the program from starting, each mended in another way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TroubleReason {
    /// Another program has the port.
    PortDipakai,
    /// The port is not for this user to take.
    PortDitolak,
    /// Another program uses the folder or the database.
    FolderDipakai,
    /// The folder cannot be read or written.
    Folder,
    /// The database is damaged, busy, away or not this program's.
    Database,
    /// The key file is missing, damaged or another school's.
    Kunci,
    /// The certificate or its key is missing or damaged.
    Sertifikat,
    /// The backup that comes before an update came to nothing.
    Cadangan,
    /// What this PC was set up to be cannot be read.
    Setelan,
    /// Anything else.
    Lain,
}

/// What keeps the PC from becoming what it was to become.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FinishReason {
    /// A field is wrong.
    Isian,
    /// The school that is there has another admin.
    SudahAdaAdmin,
    /// The file is no backup, is damaged, or was made by a newer program.
    BerkasCadangan,
    /// The code on the recovery sheet has a mistake, or is another school's.
    KodePemulihan,
    /// What keeps the program from starting.
    #[serde(untagged)]
    Trouble(TroubleReason),
}

impl From<TroubleReason> for FinishReason {
    fn from(reason: TroubleReason) -> Self {
        Self::Trouble(reason)
    }
}
