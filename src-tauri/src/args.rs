//! The program's command line (DESIGN §9).

use std::path::PathBuf;

use clap::{Parser, ValueEnum};
use client::ServerAddress;
use serde::{Deserialize, Serialize};

/// The guest book: the reception's kiosk, the teacher's alert, the admin's window.
#[derive(Clone, Debug, Default, Parser)]
#[command(name = "bukutamu", version)]
pub(crate) struct Args {
    /// What this PC is for; asked at the first start unless given
    #[arg(long)]
    pub(crate) role: Option<Role>,
    /// The server, as https://HOST:PORT#FINGERPRINT, for this run
    #[arg(long, value_name = "URL")]
    pub(crate) server: Option<ServerAddress>,
    /// Folder for everything that this program keeps
    #[arg(long, value_name = "DIR", env = "BUKUTAMU_DATA_DIR")]
    pub(crate) data_dir: Option<PathBuf>,
    /// Stay in the tray until a guest arrives, as when the PC has just been switched on
    #[arg(long)]
    pub(crate) hidden: bool,
}

/// What a PC is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Role {
    /// The reception: full screen, scanners.
    Kiosk,
    /// A teacher: tray icon, pop-up, own appointments.
    Guru,
    /// Users and settings.
    Admin,
}

impl Role {
    /// Its window's label, its page's name and its word in files.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Kiosk => "kiosk",
            Self::Guru => "guru",
            Self::Admin => "admin",
        }
    }
}
