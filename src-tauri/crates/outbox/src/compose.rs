//! A message written out, with what is true now.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::{
    JanjiTemu, Language, Pengguna, Setelan, Tamu,
    cadangan::BackupAlarm,
    kalender::{self, CalendarEvent, Party},
    pengguna::has_email,
    pesan::JenisPesan,
    template::{Addresses, Placeholder, Values},
    token,
};
use laporan::Report;
use store::{RunningSchool, SchoolSecrets, school::GuestAddress};

use crate::channel::{Calendar, Message, Paper, Recipient};

/// What every message needs to know of the school.
pub(crate) struct School {
    secrets: Arc<SchoolSecrets>,
    setelan: Arc<Setelan>,
    address: GuestAddress,
    /// The address that mails come from; none without e-mail.
    organizer: Option<String>,
    /// When it is written.
    now: DateTime<Utc>,
}

/// A message about an appointment, to its guest or its guru.
pub(crate) struct Visit<'a> {
    pub(crate) janji_temu: &'a JanjiTemu,
    /// Nobody if the guest was erased.
    pub(crate) tamu: Option<&'a Tamu>,
    pub(crate) guru: &'a Pengguna,
    /// The guest's first password, where the message brings one.
    pub(crate) password: Option<String>,
}

/// The address of a user, where mail can go there.
fn address(pengguna: &Pengguna) -> Option<String> {
    Some(&pengguna.email).filter(|email| has_email(email)).cloned()
}

/// The guest as a message reaches them: at the address given for this visit, otherwise at the one that is known.
pub(crate) fn guest(row: &JanjiTemu, tamu: Option<&Tamu>) -> Recipient {
    Recipient {
        nama: row.nama_tampil().to_owned(),
        telp: row.telp.clone(),
        email: row.email.clone().or_else(|| tamu.and_then(|tamu| tamu.email.clone())),
    }
}

impl School {
    /// The school as it is now.
    pub(crate) fn of(school: &dyn RunningSchool, organizer: Option<String>) -> Self {
        Self {
            secrets: school.secrets(),
            setelan: school.setelan(),
            address: school.guest_address(),
            organizer,
            now: school.now(),
        }
    }

    /// Guests and users are written to in the school's first language.
    pub(crate) fn bahasa(&self) -> Language {
        self.setelan.bahasa_bawaan
    }

    /// A message about an appointment.
    ///
    /// # Errors
    /// A picture cannot be drawn.
    pub(crate) fn about_visit(&self, jenis: JenisPesan, visit: &Visit<'_>) -> tiket::Result<Message> {
        let row = visit.janji_temu;
        let to_tamu = jenis.is_to_tamu();
        let addresses = self.addresses();
        let tautan = addresses.page(&row.kode_qr);
        let values =
            Values::of_visit(jenis, row, &self.setelan, &addresses, visit.password.as_deref(), self.bahasa());
        let recipient = match to_tamu {
            true => guest(row, visit.tamu),
            false => Recipient {
                nama: visit.guru.nama.clone(),
                telp: visit.guru.telp.clone(),
                email: address(visit.guru),
            },
        };
        let shows_code = matches!(jenis, JenisPesan::Undangan | JenisPesan::Pindah | JenisPesan::Pengingat);
        let (kode, tiket) = match shows_code {
            true => {
                let (kode, tiket) = self.pictures(row)?;
                (Some(kode), Some(tiket))
            }
            false => (None, None),
        };
        let kalender = to_tamu.then(|| self.calendar(jenis, row, &recipient, tautan.clone())).flatten();
        Ok(Message { kode, tiket, kalender, ..self.written(jenis, values, recipient, tautan) })
    }

    /// A message that brings a user a password.
    pub(crate) fn about_account(&self, pengguna: &Pengguna, password: String) -> Message {
        let values = [
            (Placeholder::NamaPengguna, pengguna.nama.clone()),
            (Placeholder::Sekolah, self.setelan.nama_sekolah.clone()),
            (Placeholder::Kontak, self.setelan.kontak.clone()),
            (Placeholder::AlamatMasuk, self.addresses().sign_in(pengguna.role, self.bahasa())),
            (Placeholder::Password, password),
        ];
        let recipient =
            Recipient { nama: pengguna.nama.clone(), telp: pengguna.telp.clone(), email: address(pengguna) };
        self.written(JenisPesan::Kredensial, Values::from_iter(values), recipient, None)
    }

    /// A message that brings an admin a report. It goes by e-mail only, because it is a paper.
    pub(crate) fn about_report(&self, admin: &Pengguna, report: &Report, pdf: Vec<u8>) -> Message {
        let values = [
            (Placeholder::NamaPengguna, admin.nama.clone()),
            (Placeholder::Sekolah, self.setelan.nama_sekolah.clone()),
            (Placeholder::Periode, report.period_name()),
            (Placeholder::AlamatMasuk, self.addresses().sign_in(admin.role, self.bahasa())),
        ];
        let recipient = Recipient { nama: admin.nama.clone(), telp: None, email: address(admin) };
        let lampiran = Some(Paper { nama: format!("{}.pdf", report.file_stem()), pdf });
        Message { lampiran, ..self.written(JenisPesan::Laporan, Values::from_iter(values), recipient, None) }
    }

    /// A message that tells an admin that something is wrong with the backups. It goes by e-mail only, because WhatsApp
    /// wants each kind of message approved.
    pub(crate) fn about_backups(&self, admin: &Pengguna, alarm: BackupAlarm) -> Message {
        let bahasa = self.bahasa();
        let never = match bahasa {
            Language::Id => "belum pernah",
            Language::En => "never",
        };
        let terakhir = alarm.terakhir.map(|terakhir| bahasa.waktu(terakhir, self.setelan.zona_waktu));
        let values = [
            (Placeholder::NamaPengguna, admin.nama.clone()),
            (Placeholder::Sekolah, self.setelan.nama_sekolah.clone()),
            (Placeholder::Gangguan, alarm.words(bahasa).to_owned()),
            (Placeholder::CadanganTerakhir, terakhir.unwrap_or_else(|| never.to_owned())),
            (Placeholder::AlamatMasuk, self.addresses().base().unwrap_or_default().to_owned()),
        ];
        let recipient = Recipient { nama: admin.nama.clone(), telp: None, email: address(admin) };
        self.written(JenisPesan::Cadangan, Values::from_iter(values), recipient, None)
    }

    /// A message that only tries a channel.
    pub(crate) fn trial(&self, id: String, recipient: Recipient) -> Message {
        let sekolah = &self.setelan.nama_sekolah;
        Message {
            id,
            jenis: JenisPesan::Undangan,
            bahasa: self.bahasa(),
            recipient,
            subjek: format!("Percobaan dari {sekolah}"),
            isi: format!(
                "Ini pesan percobaan dari Buku Tamu {sekolah}. Bila Anda membacanya, saluran ini berfungsi."
            ),
            values: vec![sekolah.clone()],
            tautan: None,
            kode: None,
            tiket: None,
            kalender: None,
            lampiran: None,
        }
    }

    fn written(
        &self,
        jenis: JenisPesan,
        values: Values,
        recipient: Recipient,
        tautan: Option<String>,
    ) -> Message {
        let text = self.setelan.template.get(jenis, self.bahasa()).render(&values);
        let values = jenis.allowed().map(|placeholder| values.get(placeholder).to_owned()).collect();
        Message {
            id: String::new(),
            jenis,
            bahasa: self.bahasa(),
            recipient,
            subjek: text.subjek,
            isi: text.isi,
            values,
            tautan,
            kode: None,
            tiket: None,
            kalender: None,
            lampiran: None,
        }
    }

    fn addresses(&self) -> Addresses<'_> {
        Addresses { public: self.address.public.as_deref(), local: self.address.local.as_deref() }
    }

    /// The code by itself, and the ticket.
    fn pictures(&self, row: &JanjiTemu) -> tiket::Result<(Vec<u8>, Vec<u8>)> {
        let code = tiket::code(&token::qr_text(&row.kode_qr, self.address.public.as_deref()))?;
        let tempat = self.setelan.tempat.trim();
        let ticket = tiket::Tiket {
            sekolah: self.setelan.nama_sekolah.clone(),
            tamu: row.nama_tampil().to_owned(),
            waktu: self.bahasa().waktu(row.jadwal, self.setelan.zona_waktu),
            guru: row.guru_disapa(),
            tempat: (!tempat.is_empty()).then(|| tempat.to_owned()),
            hanya_di_sekolah: self.address.public.is_none(),
        };
        Ok((tiket::code_png(&code)?, tiket::png(&ticket, &code, self.bahasa())?))
    }

    /// What the guest's calendar is told. A reminder tells it nothing new.
    fn calendar(
        &self,
        jenis: JenisPesan,
        row: &JanjiTemu,
        recipient: &Recipient,
        url: Option<String>,
    ) -> Option<Calendar> {
        let method = match jenis {
            JenisPesan::Undangan | JenisPesan::Pindah => "REQUEST",
            JenisPesan::Batal => "CANCEL",
            _ => return None,
        };
        let (organizer, attendee) = (self.organizer.as_deref()?, recipient.email.as_deref()?);
        let organizer = Party { nama: &self.setelan.nama_sekolah, email: organizer };
        let attendee = Party { nama: &recipient.nama, email: attendee };
        let sekolah = self.secrets.fingerprint();
        let event = CalendarEvent::of_guest(row, &self.setelan, sekolah, url, self.now);
        let text = match method {
            "CANCEL" => kalender::cancel(&event, organizer, attendee),
            _ => kalender::request(&event, organizer, attendee),
        };
        Some(Calendar { method, text })
    }
}
