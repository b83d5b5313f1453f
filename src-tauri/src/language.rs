//! The language of this PC's user, for the few texts that no page shows: the operating system's notices.

use std::sync::{Mutex, PoisonError};

use contract::{Language, LanguageSet};
use domain::notifikasi::Notifikasi;

use crate::commands::{Answer, Caller, Handler};

/// The language that people read on this PC.
#[derive(Default)]
pub(crate) struct CurrentLanguage(Mutex<Language>);

impl CurrentLanguage {
    /// The language now.
    pub(crate) fn get(&self) -> Language {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets the language from now on.
    pub(crate) fn set(&self, language: Language) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = language;
    }
}

/// The title of an arrival's notice.
pub(crate) fn arrival(language: Language) -> &'static str {
    match language {
        Language::Id => "Tamu datang",
        Language::En => "A guest is here",
    }
}

/// Who came, and why.
pub(crate) fn of_arrival(language: Language, notifikasi: &Notifikasi) -> String {
    let Notifikasi { pesan, nama_tamu, keperluan, unit, .. } = notifikasi;
    let said = match language {
        Language::Id => pesan.clone(),
        Language::En => format!("{nama_tamu} has arrived for: {keperluan}"),
    };
    match unit {
        Some(unit) => format!("{unit}: {said}"),
        None => said,
    }
}

impl Handler for LanguageSet {
    fn answer(self, caller: Caller) -> Answer<Self> {
        caller.state::<CurrentLanguage>().set(self.language);
        Answer::now(())
    }
}
