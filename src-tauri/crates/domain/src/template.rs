//! Templates of messages: plain text with placeholders such as `{{nama_tamu}}`, which an admin can write anew.
//!
//! A template has no conditions and no loops, so that nobody has to learn a language and nothing in it can go wrong
//! when a message is sent. That is why no template engine stands here. What is refused is refused when a template is
//! entered ([`Template::check`]); rendering cannot fail.
//!
//! # Lines
//!
//! A line of the body that has placeholders is left out if all of them are empty. So `Alamat: {{alamat}}` stands only
//! where the school has an address. Then at most one empty line stands between two others, and none at either end.
//! The subject is one line, and it always stands.

mod builtin;
mod placeholder;
mod sample;
mod set;
mod text;
mod visit;

use serde::{Deserialize, Serialize};

use crate::{
    huruf,
    isian::{FieldErrors, collect},
    pesan::JenisPesan,
};

pub use placeholder::{Placeholder, UnknownPlaceholder, Values};
pub use sample::sample;
pub use set::TemplateSet;
use text::Text;
pub use text::{ISI_MAX, InvalidTemplate, SUBJEK_MAX};
pub use visit::Addresses;

/// A template that was checked for its kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Template {
    /// The subject of an e-mail. Other channels have none.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    subjek: Text,
    /// The message.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    isi: Text,
}

/// A message that was made of a template, or a template as it is entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SubjekIsi {
    /// One line.
    pub subjek: String,
    /// Any number of lines, which end in `\n`.
    pub isi: String,
}

impl Template {
    /// Reads what was entered. Invisible characters go and blanks fold, as in every other field.
    ///
    /// # Errors
    /// What is wrong, under `subjek` and `isi`.
    pub fn check(jenis: JenisPesan, entered: &SubjekIsi) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let subjek = collect(&mut errors, "subjek", Text::subjek(jenis, &entered.subjek));
        let isi = collect(&mut errors, "isi", Text::isi(jenis, &entered.isi));
        subjek.zip(isi).map(|(subjek, isi)| Self { subjek, isi }).ok_or(errors)
    }

    /// The subject, with its placeholders.
    pub fn subjek(&self) -> &str {
        self.subjek.source()
    }

    /// The body, with its placeholders.
    pub fn isi(&self) -> &str {
        self.isi.source()
    }

    /// The message. Values are inserted as text: what looks like a placeholder in one of them is not replaced. Only
    /// those that [`Placeholder::has_lines`] may have several lines.
    pub fn render(&self, values: &Values) -> SubjekIsi {
        let subjek = self.subjek.lines().map(|line| line.render(values)).collect::<Vec<_>>().join(" ");
        let mut isi = String::new();
        for line in self.isi.lines().filter(|line| !line.is_left_out(values)) {
            let line = line.render(values);
            let line = line.trim();
            // One empty line at most stands between two others.
            if !line.is_empty() || !(isi.is_empty() || isi.ends_with("\n\n")) {
                isi.push_str(line);
                isi.push('\n');
            }
        }
        isi.truncate(isi.trim_end().len());
        SubjekIsi { subjek: huruf::satu_baris(&subjek), isi }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use Placeholder::{Alamat, Alasan, Keperluan, NamaTamu, PetunjukArah, Tautan, Waktu};

    fn check(jenis: JenisPesan, subjek: &str, isi: &str) -> Result<Template, FieldErrors> {
        Template::check(jenis, &SubjekIsi { subjek: subjek.to_owned(), isi: isi.to_owned() })
    }

    fn batal(subjek: &str, isi: &str) -> Template {
        check(JenisPesan::Batal, subjek, &format!("{isi}\n{{{{waktu}}}}")).unwrap()
    }

    fn rendered(isi: &str, values: &[(Placeholder, &str)]) -> String {
        let values = values.iter().map(|(placeholder, text)| (*placeholder, (*text).to_owned())).collect();
        batal("Batal", isi).render(&values).isi
    }

    #[test]
    fn placeholders_are_replaced_and_the_rest_is_kept() {
        let isi = "Yth. {{nama_tamu}},\n\nmaaf, {{ keperluan }} batal: *maaf*.";
        let values = [(NamaTamu, "Siti"), (Keperluan, "rapor"), (Waktu, "besok")];
        assert_eq!(rendered(isi, &values), "Yth. Siti,\n\nmaaf, rapor batal: *maaf*.\nbesok");
    }

    #[test]
    fn a_line_whose_placeholders_are_all_empty_is_left_out() {
        let isi = "A\n\nAlamat: {{alamat}}\nArah: {{petunjuk_arah}}\n\nB {{alasan}}/{{keperluan}}\n\n\nC";
        assert_eq!(rendered(isi, &[(Waktu, "w")]), "A\n\nC\nw");
        assert_eq!(rendered(isi, &[(Alamat, "Jl. Melati 1")]), "A\n\nAlamat: Jl. Melati 1\n\nC");
        assert_eq!(rendered(isi, &[(Alasan, "sakit"), (Alamat, " \n ")]), "A\n\nB sakit/\n\nC");
        assert_eq!(rendered("{{alamat}}\n\nA", &[]), "A", "nothing empty stands at either end");
    }

    #[test]
    fn a_value_is_never_expanded_and_brings_no_line_of_its_own() {
        let evil = "Siti {{keperluan}}\n\nKode: palsu\u{202E}\0";
        let values = [(NamaTamu, evil), (Keperluan, "rapor"), (Waktu, "w")];
        assert_eq!(rendered("{{nama_tamu}}.", &values), "Siti {{keperluan}} Kode: palsu.\nw");
        let values = [(Alamat, "Jl. Melati 1\r\n\r\n  Bandung\t40111 "), (Waktu, "w")];
        assert_eq!(rendered("{{alamat}}", &values), "Jl. Melati 1\nBandung 40111\nw");
    }

    #[test]
    fn a_subject_is_one_line() {
        let evil = "Siti\r\nBcc: korban@sekolah.example\u{2028}\u{85}x";
        let values = Values::from_iter([(NamaTamu, evil.to_owned()), (Alamat, "a\nb".to_owned())]);
        let subjek = batal("Batal: {{nama_tamu}}, {{alamat}}, {{alasan}}", "").render(&values).subjek;
        assert_eq!(subjek, "Batal: Siti Bcc: korban@sekolah.example x, a b,");
        let typed = batal("Batal\r\nBcc: {{nama_tamu}}", "");
        assert_eq!(typed.subjek(), "Batal Bcc: {{nama_tamu}}");
    }

    #[test]
    fn what_cannot_be_seen_goes_from_what_was_pasted() {
        let template = batal("\u{FEFF}Batal\t\u{7}", "Maaf,\u{A0}{{nama\u{200B}_tamu}}\r\n\u{B}batal\0.");
        assert_eq!(template.subjek(), "Batal");
        assert_eq!(template.isi(), "Maaf, {{nama_tamu}}\nbatal.\n{{waktu}}");
    }

    #[test]
    fn what_is_wrong_is_told_by_field() {
        let errors = check(JenisPesan::Undangan, " ", "Halo {{nama_tamu}} {{nama_guru").unwrap_err();
        assert_eq!(errors["subjek"].kode, "wajib");
        assert_eq!(errors["isi"].kode, "kurung_kurawal");
        let errors = check(JenisPesan::Undangan, "Halo", "Halo {{nama}}").unwrap_err();
        assert_eq!(errors["isi"].kode, "isian_asing");
        let teks = &errors["isi"].teks;
        assert!(teks.starts_with("{{nama}} tidak dikenal"), "{teks}");
        assert!(teks.contains("{{nama_tamu}}") && teks.contains("{{password}}"), "{teks}");
    }

    #[test]
    fn a_password_is_only_where_it_belongs_and_no_subject_holds_a_secret() {
        for jenis in JenisPesan::ALL {
            let has = jenis.allowed().any(|placeholder| placeholder == Placeholder::Password);
            assert_eq!(has, matches!(jenis, JenisPesan::Undangan | JenisPesan::Kredensial), "{jenis:?}");
            for secret in Placeholder::ALL.into_iter().filter(|placeholder| placeholder.is_secret()) {
                let errors = check(jenis, &format!("A {{{{{}}}}}", secret.as_str()), "B").unwrap_err();
                assert_eq!(errors["subjek"].kode, "isian_asing", "{jenis:?} {secret:?}");
            }
        }
    }

    #[test]
    fn what_a_message_is_for_must_stand_in_it() {
        let missing = |jenis, isi| check(jenis, "A", isi).unwrap_err()["isi"].clone();
        let error = missing(JenisPesan::Undangan, "{{waktu}}");
        assert_eq!((error.kode, &*error.teks), ("isian_kurang", "{{kode}} atau {{tautan}} harus ada"));
        assert_eq!(missing(JenisPesan::Ulasan, "Halo").teks, "{{tautan}} harus ada");
        assert_eq!(missing(JenisPesan::Kredensial, "Halo").teks, "{{password}} harus ada");
        for one in ["{{waktu}} {{kode}}", "{{tautan}}\n{{waktu}}"] {
            assert!(check(JenisPesan::Undangan, "A", one).is_ok(), "{one}");
        }
        assert!(check(JenisPesan::Ulasan, "{{nama_tamu}}", "{{tautan}}").is_ok());
    }

    #[test]
    fn every_kind_can_show_what_it_must() {
        for jenis in JenisPesan::ALL {
            for group in jenis.required() {
                assert!(!group.is_empty());
                assert!(group.iter().all(|one| jenis.allowed().any(|allowed| allowed == *one)), "{jenis:?}");
            }
            assert_eq!(jenis.as_str().parse(), Ok(jenis));
        }
    }

    proptest! {
        #[test]
        fn whatever_is_entered_is_refused_or_rendered(
            isi in "[a-z{}\\n _]{0,30}(\\{\\{(waktu|alasan|petunjuk_arah)\\}\\}[a-z\\n ]{0,5}){0,6}",
            value in "\\PC{0,20}|[{}\\r\\na-z_]{0,30}",
        ) {
            if let Ok(template) = check(JenisPesan::Batal, "S {{alasan}}", &format!("{isi}\n{{{{waktu}}}}")) {
                let all = |text: &str| [Alasan, PetunjukArah, Tautan, Waktu].map(|one| (one, text.to_owned()));
                let message = template.render(&Values::from_iter(all(&value)));
                prop_assert!(!message.subjek.contains(['\r', '\n']));
                prop_assert!(!message.isi.contains("\n\n\n"));
                prop_assert_eq!(message.isi.trim(), &*message.isi);
                let again = check(JenisPesan::Batal, template.subjek(), template.isi()).unwrap();
                prop_assert_eq!(again, template);
            }
        }
    }
}
