//! The language of whoever uses this PC, for the few words that no page says: notices of the operating system.

use std::sync::{Mutex, PoisonError};

use contract::{Language, LanguageSet};
use domain::notifikasi::Notifikasi;

use crate::commands::{Answer, Caller, Handler};

/// What people here read.
#[derive(Default)]
pub(crate) struct CurrentLanguage(Mutex<Language>);

impl CurrentLanguage {
    /// Which it is now.
    pub(crate) fn get(&self) -> Language {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// It is this one from now on.
    pub(crate) fn set(&self, language: Language) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = language;
    }
}

/// An arrival's title.
pub(crate) fn arrival(language: Language) -> &'static str {
    match language {
        Language::Id => "Tamu datang",
        Language::En => "A guest is here",
    }
}

/// Who came, and what for.
pub(crate) fn of_arrival(language: Language, notifikasi: &Notifikasi) -> String {
    let Notifikasi { pesan, nama_tamu, keperluan, .. } = notifikasi;
    match language {
        Language::Id => pesan.clone(),
        Language::En => format!("{nama_tamu} has arrived for: {keperluan}"),
    }
}

impl Handler for LanguageSet {
    fn answer(self, caller: Caller) -> Answer<Self> {
        caller.state::<CurrentLanguage>().set(self.language);
        Answer::now(())
    }
}
