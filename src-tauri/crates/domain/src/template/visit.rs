//! What stands for placeholders in a message about an appointment. Whoever writes one fills it in here: the outbox, and
//! the text that a guru sends by hand.

use super::{Placeholder, Values};
use crate::{JanjiTemu, Language, Role, Setelan, pesan::JenisPesan};

/// The addresses at which guests reach the school.
#[derive(Clone, Copy, Debug, Default)]
pub struct Addresses<'a> {
    /// Good everywhere; none if the school has no public address.
    pub public: Option<&'a str>,
    /// Good in the school's own network.
    pub local: Option<&'a str>,
}

impl Addresses<'_> {
    /// What links begin with. One that is good in the school only is better than none: the guest sees it there.
    pub fn base(&self) -> Option<&str> {
        self.public.or(self.local)
    }

    /// The guest's page of a visit.
    pub fn page(&self, kode_qr: &str) -> Option<String> {
        self.base().map(|base| format!("{base}/k/{kode_qr}"))
    }

    /// The same as it stands in a text, with what there is to know of it; empty if there is none.
    fn told(&self, kode_qr: &str) -> String {
        self.page(kode_qr).map(|page| self.with_reach(page, Language::Id)).unwrap_or_default()
    }

    /// Where a user signs in, with what there is to know of it; empty if there is no address.
    pub fn sign_in(&self, role: Role, bahasa: Language) -> String {
        let page = match role {
            Role::Guru => "guru",
            Role::PenerimaTamu => "kiosk",
            Role::Admin => "admin",
        };
        self.base().map(|base| self.with_reach(format!("{base}/{page}"), bahasa)).unwrap_or_default()
    }

    /// An address, and where it opens unless that is everywhere.
    fn with_reach(&self, page: String, bahasa: Language) -> String {
        match (self.public, bahasa) {
            (Some(_), _) => page,
            (None, Language::Id) => format!("{page} (hanya terbuka di jaringan sekolah)"),
            (None, Language::En) => format!("{page} (opens in the school's network only)"),
        }
    }
}

impl Values {
    /// Those of an appointment; `password` is the guest's first one, if the message brings it.
    pub fn of_visit(
        jenis: JenisPesan,
        row: &JanjiTemu,
        setelan: &Setelan,
        addresses: &Addresses<'_>,
        password: Option<&str>,
        bahasa: Language,
    ) -> Self {
        let account = addresses.base().filter(|_| password.is_some()).map(|base| format!("{base}/tamu"));
        // A guru reads of a guest without the form of address that guests are met with. It is Indonesian.
        let tamu = match jenis.is_to_tamu() && bahasa == Language::Id {
            true => setelan.tamu_disapa(row.nama_tampil()),
            false => row.nama_tampil().to_owned(),
        };
        Self::from_iter([
            (Placeholder::NamaTamu, tamu),
            (Placeholder::NamaGuru, row.guru_disapa()),
            (Placeholder::Sekolah, setelan.nama_sekolah.clone()),
            (Placeholder::Tempat, setelan.tempat.clone()),
            (Placeholder::Alamat, setelan.alamat.clone()),
            (Placeholder::PetunjukArah, setelan.petunjuk_arah.clone()),
            (Placeholder::Keperluan, row.keperluan.clone()),
            (Placeholder::Waktu, bahasa.waktu(row.jadwal, setelan.zona_waktu)),
            (Placeholder::Durasi, bahasa.durasi(row.durasi_menit)),
            (Placeholder::Alasan, row.alasan.clone().unwrap_or_default()),
            (Placeholder::Kode, row.kode_qr.clone()),
            (Placeholder::Tautan, addresses.told(&row.kode_qr)),
            (Placeholder::Kontak, setelan.kontak.clone()),
            (Placeholder::Password, password.unwrap_or_default().to_owned()),
            (Placeholder::AlamatMasuk, account.unwrap_or_default()),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Status, pindai::tests::janji_temu};

    fn values(addresses: Addresses<'_>, password: Option<&str>) -> Values {
        let row = janji_temu(Status::Belum);
        Values::of_visit(JenisPesan::Undangan, &row, &Setelan::default(), &addresses, password, Language::Id)
    }

    #[test]
    fn a_link_that_opens_in_the_school_only_says_so() {
        let kode = janji_temu(Status::Belum).kode_qr;
        let tautan =
            |public, local| values(Addresses { public, local }, None).get(Placeholder::Tautan).to_owned();
        let public = tautan(Some("https://tamu.sekolah.example"), Some("http://192.168.1.5"));
        assert_eq!(public, format!("https://tamu.sekolah.example/k/{kode}").trim_end());
        let local = tautan(None, Some("http://192.168.1.5"));
        assert!(local.ends_with("(hanya terbuka di jaringan sekolah)"), "{local}");
        assert_eq!(tautan(None, None), "");
    }

    #[test]
    fn a_user_is_told_where_to_sign_in_and_where_that_opens() {
        let local = Addresses { public: None, local: Some("http://192.168.1.5:8700") };
        let guru = local.sign_in(Role::Guru, Language::Id);
        assert_eq!(guru, "http://192.168.1.5:8700/guru (hanya terbuka di jaringan sekolah)");
        let admin = local.sign_in(Role::Admin, Language::En);
        assert_eq!(admin, "http://192.168.1.5:8700/admin (opens in the school's network only)");
        let public = Addresses { public: Some("https://tamu.sekolah.example"), ..local };
        let desk = public.sign_in(Role::PenerimaTamu, Language::Id);
        assert_eq!(desk, "https://tamu.sekolah.example/kiosk");
        assert_eq!(Addresses { public: None, local: None }.sign_in(Role::Guru, Language::Id), "");
    }

    #[test]
    fn where_to_sign_in_stands_only_beside_a_password() {
        let addresses = Addresses { public: Some("https://tamu.sekolah.example"), local: None };
        assert_eq!(values(addresses, None).get(Placeholder::AlamatMasuk), "");
        let with = values(addresses, Some("sandi"));
        assert_eq!(with.get(Placeholder::AlamatMasuk), "https://tamu.sekolah.example/tamu");
        assert_eq!(with.get(Placeholder::Password), "sandi");
    }
}
