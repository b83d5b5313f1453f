//! The templates that a school has changed, over those that the program brings.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{SubjekIsi, Template, builtin};
use crate::{bahasa::Language, pesan::JenisPesan};

/// The changed templates, by kind and language. What is not here is as the program brings it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(from = "BTreeMap<JenisPesan, BTreeMap<Language, SubjekIsi>>")]
pub struct TemplateSet(BTreeMap<JenisPesan, BTreeMap<Language, Template>>);

impl TemplateSet {
    /// The template in force.
    pub fn get(&self, jenis: JenisPesan, bahasa: Language) -> &Template {
        self.changed(jenis, bahasa).unwrap_or_else(|| builtin::get(jenis, bahasa))
    }

    /// Whether the template in force is the one that the program brings.
    pub fn is_builtin(&self, jenis: JenisPesan, bahasa: Language) -> bool {
        self.changed(jenis, bahasa).is_none()
    }

    /// Changes a template. One that is as the program brings it is not kept.
    ///
    /// Check it for the same kind ([`Template::check`]).
    pub fn put(&mut self, jenis: JenisPesan, bahasa: Language, template: Template) {
        if template == *builtin::get(jenis, bahasa) {
            self.put_back(jenis, bahasa);
        } else {
            self.0.entry(jenis).or_default().insert(bahasa, template);
        }
    }

    /// Puts back the one that the program brings.
    pub fn put_back(&mut self, jenis: JenisPesan, bahasa: Language) {
        if let Some(languages) = self.0.get_mut(&jenis) {
            languages.remove(&bahasa);
        }
        self.0.retain(|_, languages| !languages.is_empty());
    }

    fn changed(&self, jenis: JenisPesan, bahasa: Language) -> Option<&Template> {
        self.0.get(&jenis)?.get(&bahasa)
    }
}

/// Reads what was kept. What a newer version does not take any more is as the program brings it, so that no message
/// stays away because of it.
impl From<BTreeMap<JenisPesan, BTreeMap<Language, SubjekIsi>>> for TemplateSet {
    fn from(kept: BTreeMap<JenisPesan, BTreeMap<Language, SubjekIsi>>) -> Self {
        let mut set = Self::default();
        for (jenis, languages) in kept {
            for (bahasa, entered) in languages {
                if let Ok(template) = Template::check(jenis, &entered) {
                    set.put(jenis, bahasa, template);
                }
            }
        }
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ULASAN: JenisPesan = JenisPesan::Ulasan;

    fn own() -> Template {
        let entered = SubjekIsi { subjek: "Terima kasih".to_owned(), isi: "{{tautan}}".to_owned() };
        Template::check(ULASAN, &entered).unwrap()
    }

    #[test]
    fn only_what_was_changed_is_kept_and_it_can_be_put_back() {
        let mut set = TemplateSet::default();
        let builtin = set.get(ULASAN, Language::Id).clone();
        set.put(ULASAN, Language::Id, own());
        assert_eq!(set.get(ULASAN, Language::Id), &own());
        assert!(!set.is_builtin(ULASAN, Language::Id) && set.is_builtin(ULASAN, Language::En));
        set.put_back(ULASAN, Language::Id);
        assert_eq!(set.get(ULASAN, Language::Id), &builtin);
        assert_eq!(set, TemplateSet::default());
        set.put(ULASAN, Language::Id, builtin);
        assert_eq!(set, TemplateSet::default());
    }

    #[test]
    fn it_is_kept_as_json() {
        let mut set = TemplateSet::default();
        set.put(ULASAN, Language::En, own());
        let json = serde_json::to_string(&set).unwrap();
        assert_eq!(json, r#"{"ulasan":{"en":{"subjek":"Terima kasih","isi":"{{tautan}}"}}}"#);
        assert_eq!(serde_json::from_str::<TemplateSet>(&json).unwrap(), set);
        assert_eq!(serde_json::to_string(&TemplateSet::default()).unwrap(), "{}");
    }

    #[test]
    fn what_is_not_taken_any_more_is_as_the_program_brings_it() {
        let json =
            r#"{"ulasan":{"id":{"subjek":"A","isi":"{{lama}}"},"en":{"subjek":"B","isi":"{{tautan}}"}}}"#;
        let set: TemplateSet = serde_json::from_str(json).unwrap();
        assert!(set.is_builtin(ULASAN, Language::Id) && !set.is_builtin(ULASAN, Language::En));
    }
}
