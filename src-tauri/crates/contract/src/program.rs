//! The program itself: what the PC is for, its language, its tray.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a PC is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(rename = "ProgramRole")]
pub enum Role {
    /// The reception: full screen, scanners.
    Kiosk,
    /// A teacher: tray icon, pop-up, own appointments.
    Guru,
    /// Users and settings.
    Admin,
}

impl Role {
    /// Each once.
    pub const ALL: [Self; 3] = [Self::Kiosk, Self::Guru, Self::Admin];

    /// Its window's label, its page's name and its word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Kiosk => "kiosk",
            Self::Guru => "guru",
            Self::Admin => "admin",
        }
    }
}

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(word: &str) -> Result<Self, UnknownRole> {
        Self::ALL.into_iter().find(|role| role.as_str() == word).ok_or(UnknownRole)
    }
}

/// A word that names no role.
#[derive(Debug)]
pub struct UnknownRole;

impl fmt::Display for UnknownRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not one of kiosk, guru and admin")
    }
}

impl std::error::Error for UnknownRole {}

/// What pages show of the program itself.
#[derive(Debug, Serialize, TS)]
#[ts(rename = "Program")]
pub struct ProgramInfo {
    /// What this PC is for; nothing before the first start is through.
    pub role: Option<Role>,
    /// The program's version.
    pub version: &'static str,
    /// The server's address as far as it is known.
    pub server: Option<String>,
}

/// The language of whoever uses this PC, for the few words that no page says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Indonesian.
    #[default]
    Id,
    /// English.
    En,
}

/// What is chosen in the tray and is the page's to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TrayChoice {
    /// The window was opened.
    Open,
    /// A new appointment.
    New,
}
