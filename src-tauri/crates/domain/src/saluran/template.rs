//! The templates of the Cloud API, which keeps the words of a message itself.
//!
//! A school makes one template a kind of message in WhatsApp's own console, under the names below or under others that
//! it enters here. Its body has the numbered placeholders `{{1}}`, `{{2}}` and so on for the values of the message, in
//! the order of the school's own template; those that come with a picture have a header of type image.
//!
//! | kind | name | header |
//! |---|---|---|
//! | `undangan` | `bukutamu_undangan` | image |
//! | `pindah` | `bukutamu_pindah` | image |
//! | `pengingat` | `bukutamu_pengingat` | image, where the message has one |
//! | `batal`, `ulasan`, `kedatangan`, `kredensial`, `batal_tamu` | `bukutamu_batal`, … | none |

use std::collections::BTreeMap;

use crate::{Language, pesan::JenisPesan};

/// Characters of a template's name.
const NAMA_MAX: usize = 512;

/// One template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its name: small letters, digits and underscores.
    pub nama: String,
    /// Its language, such as `id` or `en_US`; none for the message's own.
    pub bahasa: Option<String>,
}

/// The templates that are not named as usual.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Templates(pub(super) BTreeMap<JenisPesan, Template>);

impl Templates {
    /// Name and language of the template for a message.
    pub fn get(&self, jenis: JenisPesan, bahasa: Language) -> (String, &str) {
        match self.0.get(&jenis) {
            Some(own) => (own.nama.clone(), own.bahasa.as_deref().unwrap_or(bahasa.as_str())),
            None => (format!("bukutamu_{}", jenis.as_str()), bahasa.as_str()),
        }
    }
}

pub(super) fn is_name(text: &str) -> bool {
    let is_sign = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    (1..=NAMA_MAX).contains(&text.len()) && text.bytes().all(is_sign)
}

/// `id`, `en_US`, `fil`.
pub(super) fn is_language(text: &str) -> bool {
    let (language, region) = text.split_once('_').unwrap_or((text, "US"));
    let is_language = matches!(language.len(), 2 | 3) && language.bytes().all(|b| b.is_ascii_lowercase());
    is_language && region.len() == 2 && region.bytes().all(|b| b.is_ascii_uppercase())
}
