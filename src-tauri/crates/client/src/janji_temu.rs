//! Appointments: listed, made, given another time, moved on by hand; and guests who come without one.

use chrono::NaiveDate;
use domain::{
    IdJanjiTemu, IdPengguna, IdTamu, Status,
    json::{Daftar, JanjiTemu, Kedatangan, Pesan},
};
use serde::{Deserialize, Serialize};

use crate::{Client, Halaman, Kunci, Result, http::Call, tamu::TamuBaru};

/// Which appointments.
#[derive(Clone, Default)]
pub struct Saring {
    /// First day, in the school's time zone.
    pub dari: Option<NaiveDate>,
    /// Last day, inclusive.
    pub sampai: Option<NaiveDate>,
    /// Only those that stand at one of these; empty for all.
    pub status: Vec<Status>,
    /// Text in the guest's name, institution or number, the guru's name, or the purpose.
    pub q: Option<String>,
    /// Which page.
    pub halaman: Halaman,
}

impl Saring {
    fn ask(&self, call: Call) -> Call {
        let status: Vec<_> = self.status.iter().map(|status| status.as_str()).collect();
        let call = call
            .query_some("dari", self.dari)
            .query_some("sampai", self.sampai)
            .query_some("status", (!status.is_empty()).then(|| status.join(",")))
            .query_some("q", self.q.as_deref());
        self.halaman.ask(call)
    }
}

/// Whom an appointment is made with.
#[derive(Clone, Serialize)]
pub enum UntukTamu {
    /// A guest as entered now; found by the telephone number where it is a known one.
    #[serde(rename = "tamu")]
    Baru(TamuBaru),
    /// A guest from the book.
    #[serde(rename = "id_tamu")]
    Terdaftar(IdTamu),
}

/// An appointment to be made.
#[derive(Clone, Serialize)]
pub struct JanjiTemuBaru {
    /// With whom.
    #[serde(flatten)]
    pub tamu: UntukTamu,
    /// Who really comes, where that is somebody else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub atas_nama: Option<String>,
    /// How many come, 1 to 999; one where it is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jumlah_orang: Option<u16>,
    /// What for.
    pub keperluan: String,
    /// The day, from today to two months ahead.
    pub tanggal: NaiveDate,
    /// `HH:MM`, the school's time.
    pub waktu: String,
    /// 5 to 480; the school's usual length where it is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub durasi_menit: Option<u16>,
    /// Whose; a guru makes only their own and leaves it out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id_guru: Option<IdPengguna>,
    /// Make it although the guru is taken.
    pub izinkan_bentrok: bool,
    /// The same for each repetition.
    pub kunci: Kunci,
}

/// A guest without an appointment.
#[derive(Clone, Serialize)]
pub struct TamuLangsung {
    /// Who has come.
    #[serde(flatten)]
    pub tamu: UntukTamu,
    /// Who really comes, where that is somebody else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub atas_nama: Option<String>,
    /// How many come, 1 to 999; one where it is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jumlah_orang: Option<u16>,
    /// What for.
    pub keperluan: String,
    /// To whom.
    pub id_guru: IdPengguna,
    /// The same for each repetition.
    pub kunci: Kunci,
}

/// Another time for an appointment.
#[derive(Clone, Serialize)]
pub struct JadwalBaru {
    /// The day, from today to two months ahead.
    pub tanggal: NaiveDate,
    /// `HH:MM`, the school's time.
    pub waktu: String,
    /// 5 to 480; as long as before where it is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub durasi_menit: Option<u16>,
    /// Move it although the guru is taken.
    pub izinkan_bentrok: bool,
}

/// An appointment that was made, or given another time.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Dibuat {
    /// The appointment.
    #[serde(flatten)]
    pub janji_temu: JanjiTemu,
    /// What can be sent to the guest.
    pub pesan: Pesan,
}

impl Client {
    /// A page of appointments by scheduled time; a guru's are only their own.
    ///
    /// # Errors
    /// As any request.
    pub async fn list_janji_temu(&self, saring: &Saring) -> Result<Daftar<JanjiTemu>> {
        self.json(saring.ask(Call::get("/api/appointments"))).await
    }

    /// A page of today's appointments, by the server's calendar; a guru's are only their own.
    ///
    /// # Errors
    /// As any request.
    pub async fn list_janji_temu_hari_ini(&self, halaman: Halaman) -> Result<Daftar<JanjiTemu>> {
        self.json(halaman.ask(Call::get("/api/appointments/today"))).await
    }

    /// A page of a guru's appointments.
    ///
    /// # Errors
    /// [`Error::Problem`](crate::Error::Problem) with 403 for a guru who asks for another's.
    pub async fn list_janji_temu_guru(&self, id: IdPengguna, saring: &Saring) -> Result<Daftar<JanjiTemu>> {
        self.json(saring.ask(Call::get("/api/appointments/guru/{id}").arg(id))).await
    }

    /// One appointment.
    ///
    /// # Errors
    /// [`Error::Problem`](crate::Error::Problem) with 404, also for another guru's.
    pub async fn get_janji_temu(&self, id: IdJanjiTemu) -> Result<JanjiTemu> {
        self.json(Call::get("/api/appointments/{id}").arg(id)).await
    }

    /// Makes an appointment, once however often it is sent.
    ///
    /// # Errors
    /// [`Error::Problem`](crate::Error::Problem): 409 `bentrok`, with a free time under `waktu`, or 422 with a message
    /// for each wrong field.
    pub async fn create_janji_temu(&self, baru: &JanjiTemuBaru) -> Result<Dibuat> {
        self.json(Call::post("/api/appointments").body(baru)?.repeatable()).await
    }

    /// Registers a guest who came without an appointment: waiting from now on, and the guru is alerted, once however
    /// often it is sent.
    ///
    /// # Errors
    /// [`Error::Problem`](crate::Error::Problem) with 422 and a message for each wrong field.
    pub async fn walk_in(&self, tamu: &TamuLangsung) -> Result<JanjiTemu> {
        self.json(Call::post("/api/appointments/walk-in").body(tamu)?.repeatable()).await
    }

    /// Gives an appointment that nobody has come to yet another time. Asking for the time it has already changes nothing.
    ///
    /// # Errors
    /// [`Error::Problem`](crate::Error::Problem): 409 `transisi_tidak_sah` or `bentrok`, with a free time under `waktu`,
    /// or 422 with a message for each wrong field.
    pub async fn reschedule(&self, id: IdJanjiTemu, baru: &JadwalBaru) -> Result<Dibuat> {
        self.json(Call::put("/api/appointments/{id}/schedule").arg(id).body(baru)?.repeatable()).await
    }

    /// Moves an appointment by hand; `alasan` says why it is called off. Asking for where it stands already changes
    /// nothing. The desk can take a departure or an arrival back for some minutes.
    ///
    /// # Errors
    /// [`Error::Problem`](crate::Error::Problem) with 409 `transisi_tidak_sah`.
    pub async fn update_status(
        &self,
        id: IdJanjiTemu,
        status: Status,
        alasan: Option<&str>,
    ) -> Result<Kedatangan> {
        #[derive(Serialize)]
        struct Body<'a> {
            status: Status,
            #[serde(skip_serializing_if = "Option::is_none")]
            alasan: Option<&'a str>,
        }
        let call = Call::put("/api/appointments/{id}/status").arg(id);
        self.json(call.body(&Body { status, alasan })?.repeatable()).await
    }

    /// Has the guru told again that a guest waits.
    ///
    /// # Errors
    /// [`Error::Problem`](crate::Error::Problem): 409 `transisi_tidak_sah` where nobody waits, 429 within half a minute
    /// of the last time.
    pub async fn beri_tahu(&self, id: IdJanjiTemu) -> Result<Kedatangan> {
        self.json(Call::post("/api/appointments/{id}/beri-tahu").arg(id)).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guest_is_given_whole_or_by_id() {
        let langsung = |tamu| TamuLangsung {
            tamu,
            atas_nama: None,
            jumlah_orang: None,
            keperluan: "Rapor".to_owned(),
            id_guru: IdPengguna(2),
            kunci: Kunci::new("k1").unwrap(),
        };
        let rest = r#""keperluan":"Rapor","id_guru":2,"kunci":"k1"}"#;
        let terdaftar = langsung(UntukTamu::Terdaftar(IdTamu(7)));
        assert_eq!(serde_json::to_string(&terdaftar).unwrap(), format!(r#"{{"id_tamu":7,{rest}"#));
        let tamu =
            TamuBaru { nama: "Siti".to_owned(), telp: Some("0812".to_owned()), email: None, instansi: None };
        let json = serde_json::to_string(&langsung(UntukTamu::Baru(tamu))).unwrap();
        assert_eq!(json, format!(r#"{{"tamu":{{"nama":"Siti","telp":"0812"}},{rest}"#));
    }

    #[test]
    fn a_filter_asks_for_what_it_names() {
        let saring = Saring {
            dari: NaiveDate::from_ymd_opt(2026, 3, 1),
            status: vec![Status::Belum, Status::SedangBerlangsung],
            halaman: Halaman { halaman: Some(2), ukuran: None },
            ..Saring::default()
        };
        let url = saring.ask(Call::get("/api/appointments")).url(&"https://s".parse().unwrap());
        assert_eq!(url.query(), Some("dari=2026-03-01&status=belum%2Csedang+berlangsung&halaman=2"));
    }
}
