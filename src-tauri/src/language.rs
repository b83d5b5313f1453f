//! The language of whoever uses this PC, for the few words that no page says: notices of the operating system.

use domain::notifikasi::Notifikasi;
use serde::Deserialize;
use tauri::State;

use crate::program::Program;

/// As pages name it.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Language {
    /// Indonesian.
    #[default]
    Id,
    /// English.
    En,
}

impl Language {
    /// An arrival's title.
    pub(crate) fn arrival(self) -> &'static str {
        match self {
            Self::Id => "Tamu datang",
            Self::En => "A guest is here",
        }
    }

    /// Who came, and what for.
    pub(crate) fn of_arrival(self, notifikasi: &Notifikasi) -> String {
        let Notifikasi { pesan, nama_tamu, keperluan, .. } = notifikasi;
        match self {
            Self::Id => pesan.clone(),
            Self::En => format!("{nama_tamu} has arrived for: {keperluan}"),
        }
    }
}

/// The language that this PC's pages are read in.
#[tauri::command]
pub(crate) fn language_set(program: State<'_, Program>, language: Language) {
    program.language.send_replace(language);
}
