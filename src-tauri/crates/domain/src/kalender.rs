//! Appointments as iCalendar (RFC 5545, 5546 and 7986): the invitation in a mail, what the guest's page gives to a
//! calendar, and a guru's feed.
//!
//! Times are written in UTC. So no description of a time zone (VTIMEZONE) is needed, and every calendar shows them in
//! its own zone. An appointment keeps its UID for ever. A larger SEQUENCE says that it was moved or called off, so
//! that calendars change their entry and make no second one.
//!
//! # No library writes it
//!
//! `icalendar` writes a calendar's NAME and parameters as they come, so a line break in a guest's name adds properties
//! of the guest's own. It may also fold a line within an escape sequence, after which Google Calendar drops the whole
//! event. `ics` folds after 76 octets, too late. The tests read back with `icalendar` what is written here.

mod line;

use chrono::{DateTime, Utc};

use crate::{IdJanjiTemu, JanjiTemu, Setelan, Status, jadwal::Span};
use line::Lines;

/// An appointment, as a calendar knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarEvent {
    /// Of [`uid`].
    pub uid: String,
    /// The appointment's `versi`: the larger one is the newer.
    pub versi: i64,
    /// When this was written.
    pub ditulis_pada: DateTime<Utc>,
    /// Begin.
    pub start: DateTime<Utc>,
    /// End.
    pub end: DateTime<Utc>,
    /// The title.
    pub summary: String,
    /// May have several lines.
    pub description: String,
    /// Where it is; may be empty.
    pub location: String,
    /// The page of this appointment.
    pub url: Option<String>,
    /// Whether it was called off. A cancellation is, whatever stands here.
    pub is_cancelled: bool,
}

impl CalendarEvent {
    /// A visit as its guest's calendar shows it. `sekolah` is as in [`uid`], and `url` is the visit's page.
    pub fn of_guest(
        row: &JanjiTemu,
        setelan: &Setelan,
        sekolah: &str,
        url: Option<String>,
        now: DateTime<Utc>,
    ) -> Self {
        let places = [&setelan.nama_sekolah, &setelan.tempat, &setelan.alamat];
        let location = places.into_iter().map(|place| place.trim()).filter(|place| !place.is_empty());
        let span = Span::minutes(row.jadwal, row.durasi_menit);
        Self {
            uid: uid(row.id, sekolah),
            versi: row.versi,
            ditulis_pada: now,
            start: span.start,
            end: span.end,
            summary: format!("{}: {}", row.guru_disapa(), row.keperluan),
            description: setelan.petunjuk_arah.clone(),
            location: location.collect::<Vec<_>>().join(", "),
            url,
            is_cancelled: row.status == Status::Batal,
        }
    }
}

/// Who invites, or who is invited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Party<'a> {
    /// The name that calendars show.
    pub nama: &'a str,
    /// The e-mail address.
    pub email: &'a str,
}

/// What a calendar that subscribes to a feed is told of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Feed<'a> {
    /// The calendar's name.
    pub nama: &'a str,
    /// It is to be fetched again after so many minutes.
    pub segarkan_menit: u16,
}

/// The identity of an appointment for all calendars of the world. `sekolah` is text that stays the school's own for
/// ever, such as a random name that it was given once. Only letters, digits, `.` and `-` of it count.
pub fn uid(id: IdJanjiTemu, sekolah: &str) -> String {
    let is_kept = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    let sekolah: String = sekolah.chars().filter(is_kept).collect();
    format!("janji-temu-{}@{sekolah}", id.0)
}

/// The invitation that is sent to a guest, and sent again with a larger `versi` if the appointment is moved. The mail
/// says `text/calendar; method=REQUEST`.
pub fn request(event: &CalendarEvent, organizer: Party<'_>, attendee: Party<'_>) -> String {
    message("REQUEST", event, event.is_cancelled, organizer, attendee)
}

/// What takes an invitation out of the guest's calendar. The mail says `text/calendar; method=CANCEL`.
pub fn cancel(event: &CalendarEvent, organizer: Party<'_>, attendee: Party<'_>) -> String {
    message("CANCEL", event, true, organizer, attendee)
}

/// One appointment to be added to a calendar by hand.
pub fn publish(event: &CalendarEvent) -> String {
    calendar("PUBLISH", |lines| write_event(lines, event, event.is_cancelled, None))
}

/// Many appointments, which a calendar fetches again and again.
pub fn feed(feed: Feed<'_>, events: &[CalendarEvent]) -> String {
    calendar("PUBLISH", |lines| {
        // The second of each pair is what calendars understood before RFC 7986.
        lines.text("NAME", feed.nama).text("X-WR-CALNAME", feed.nama);
        let interval = format!("PT{}M", feed.segarkan_menit);
        lines.plain("REFRESH-INTERVAL;VALUE=DURATION", &interval).plain("X-PUBLISHED-TTL", &interval);
        for event in events {
            write_event(lines, event, event.is_cancelled, None);
        }
    })
}

fn message(
    method: &'static str,
    event: &CalendarEvent,
    is_cancelled: bool,
    organizer: Party<'_>,
    attendee: Party<'_>,
) -> String {
    calendar(method, |lines| write_event(lines, event, is_cancelled, Some((organizer, attendee))))
}

fn calendar(method: &'static str, content: impl FnOnce(&mut Lines)) -> String {
    let mut lines = Lines::default();
    lines.plain("BEGIN", "VCALENDAR").plain("VERSION", "2.0").plain("PRODID", "-//Buku Tamu//Janji Temu//ID");
    lines.plain("CALSCALE", "GREGORIAN").plain("METHOD", method);
    content(&mut lines);
    lines.plain("END", "VCALENDAR");
    lines.finish()
}

fn write_event(
    lines: &mut Lines,
    event: &CalendarEvent,
    is_cancelled: bool,
    parties: Option<(Party<'_>, Party<'_>)>,
) {
    let sequence = i32::try_from(event.versi).unwrap_or(i32::MAX).max(0);
    lines.plain("BEGIN", "VEVENT").text("UID", &event.uid).plain("SEQUENCE", &sequence.to_string());
    lines.time("DTSTAMP", event.ditulis_pada).time("DTSTART", event.start).time("DTEND", event.end);
    lines.text("SUMMARY", &event.summary);
    for (name, text) in [("DESCRIPTION", &event.description), ("LOCATION", &event.location)] {
        if !text.trim().is_empty() {
            lines.text(name, text);
        }
    }
    if let Some(url) = &event.url {
        lines.uri("URL", url);
    }
    lines.plain("STATUS", if is_cancelled { "CANCELLED" } else { "CONFIRMED" });
    if let Some((organizer, attendee)) = parties {
        lines.party("ORGANIZER", organizer);
        // Guests answer on their page, and nobody reads the mailbox that invitations come from.
        lines.party(
            "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE",
            attendee,
        );
    }
    lines.plain("END", "VEVENT");
}

#[cfg(test)]
mod tests {
    use icalendar::{Calendar, Component, Event, EventLike};
    use proptest::prelude::*;

    use super::*;
    use crate::huruf;

    const SCHOOL: Party<'_> = Party { nama: "SMP Negeri 1 Contoh", email: "tamu@sekolah.example" };
    const GUEST: Party<'_> = Party { nama: "Siti Aminah", email: "siti@rumah.example" };

    fn event() -> CalendarEvent {
        CalendarEvent {
            uid: uid(IdJanjiTemu(7), "contoh-4f2a"),
            versi: 1,
            ditulis_pada: "2026-11-20T01:02:03.456Z".parse().unwrap(),
            start: "2026-11-23T02:30:00Z".parse().unwrap(),
            end: "2026-11-23T03:00:00Z".parse().unwrap(),
            summary: "Bu Ratna Wulandari: rapor".to_owned(),
            description: "Tunjukkan kode QR.\nhttps://tamu.sekolah.example/k/CONTOH".to_owned(),
            location: "SMP Negeri 1 Contoh, Lobi utama".to_owned(),
            url: Some("https://tamu.sekolah.example/k/CONTOH".to_owned()),
            is_cancelled: false,
        }
    }

    /// The properties' names, in order. Fails where a line is too long or ends otherwise than it must.
    fn names(ics: &str) -> Vec<String> {
        let body = ics.strip_suffix("\r\n").unwrap();
        for line in body.split("\r\n") {
            assert!(line.len() <= 75, "{} octets: {line}", line.len());
            assert!(!line.contains(|c: char| c.is_control()), "{line:?}");
        }
        let unfolded = body.replace("\r\n ", "");
        unfolded.split("\r\n").map(|line| line.split([':', ';']).next().unwrap().to_owned()).collect()
    }

    fn read(ics: &str) -> (Calendar, Vec<Event>) {
        let calendar: Calendar = ics.parse().unwrap();
        let events = calendar.events().cloned().collect();
        (calendar, events)
    }

    #[test]
    fn an_invitation_as_it_is_sent() {
        let expected = "BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//Buku Tamu//Janji Temu//ID\r
CALSCALE:GREGORIAN\r
METHOD:REQUEST\r
BEGIN:VEVENT\r
UID:janji-temu-7@contoh-4f2a\r
SEQUENCE:1\r
DTSTAMP:20261120T010203Z\r
DTSTART:20261123T023000Z\r
DTEND:20261123T030000Z\r
SUMMARY:Bu Ratna Wulandari: rapor\r
DESCRIPTION:Tunjukkan kode QR.\\nhttps://tamu.sekolah.example/k/CONTOH\r
LOCATION:SMP Negeri 1 Contoh\\, Lobi utama\r
URL:https://tamu.sekolah.example/k/CONTOH\r
STATUS:CONFIRMED\r
ORGANIZER;CN=\"SMP Negeri 1 Contoh\":mailto:tamu@sekolah.example\r
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=\r
 FALSE;CN=\"Siti Aminah\":mailto:siti@rumah.example\r
END:VEVENT\r
END:VCALENDAR\r
";
        assert_eq!(request(&event(), SCHOOL, GUEST), expected);
    }

    #[test]
    fn another_library_reads_what_was_meant() {
        let (calendar, events) = read(&request(&event(), SCHOOL, GUEST));
        assert_eq!(calendar.property_value("METHOD"), Some("REQUEST"));
        let [read] = &*events else { panic!("one event") };
        let event = event();
        assert_eq!(read.get_uid(), Some(&*event.uid));
        assert_eq!(read.get_summary(), Some(&*event.summary));
        assert_eq!(read.get_description(), Some(&*event.description));
        assert_eq!(read.get_location(), Some(&*event.location));
        assert_eq!(read.get_url(), event.url.as_deref());
        assert_eq!(read.get_start(), Some(event.start.into()));
        assert_eq!(read.get_end(), Some(event.end.into()));
        assert_eq!(read.property_value("ORGANIZER"), Some("mailto:tamu@sekolah.example"));
    }

    #[test]
    fn a_move_and_a_cancellation_keep_the_uid_and_count_on() {
        let moved = CalendarEvent { versi: 2, start: event().start + chrono::Duration::days(1), ..event() };
        let called_off = CalendarEvent { versi: 3, ..moved.clone() };
        let read = |ics: &str| {
            let (calendar, events) = read(ics);
            let of = |name: &str| events[0].property_value(name).unwrap().to_owned();
            (calendar.property_value("METHOD").unwrap().to_owned(), of("UID"), of("SEQUENCE"), of("STATUS"))
        };
        let uid = event().uid;
        let told = |method: &str, sequence: &str, status: &str| {
            (method.to_owned(), uid.clone(), sequence.to_owned(), status.to_owned())
        };
        assert_eq!(read(&request(&moved, SCHOOL, GUEST)), told("REQUEST", "2", "CONFIRMED"));
        assert_eq!(read(&cancel(&called_off, SCHOOL, GUEST)), told("CANCEL", "3", "CANCELLED"));
        assert_eq!(read(&publish(&event())), told("PUBLISH", "1", "CONFIRMED"));
        let odd = CalendarEvent { versi: i64::MAX, is_cancelled: true, ..event() };
        assert_eq!(read(&publish(&odd)), told("PUBLISH", "2147483647", "CANCELLED"));
    }

    #[test]
    fn a_feed_has_a_name_and_says_when_to_come_again() {
        let feed_of = |events: &[_]| feed(Feed { nama: "Janji temu; Bu Ratna", segarkan_menit: 60 }, events);
        let other = CalendarEvent { uid: uid(IdJanjiTemu(8), "contoh"), is_cancelled: true, ..event() };
        let (calendar, events) = read(&feed_of(&[event(), other]));
        assert_eq!(calendar.get_ttl(), Some(chrono::Duration::hours(1)));
        assert_eq!(calendar.property_value("X-WR-CALNAME"), Some("Janji temu; Bu Ratna"));
        assert_eq!(events.len(), 2);
        let ics = feed_of(&[]);
        assert!(ics.contains("NAME:Janji temu\\; Bu Ratna\r\n"), "{ics}");
        assert_eq!(names(&ics).last().map(String::as_str), Some("END"));
    }

    #[test]
    fn the_uid_is_of_the_school_and_the_appointment() {
        assert_eq!(uid(IdJanjiTemu(12), "tamu.sekolah.example"), "janji-temu-12@tamu.sekolah.example");
        assert_eq!(uid(IdJanjiTemu(12), "a b\r\nX:1;\u{e9}"), "janji-temu-12@abX1");
    }

    #[test]
    fn what_a_guest_types_adds_no_property() {
        let evil = "Siti\" ;X=\"1\r\nATTENDEE:mailto:x@y.example\nEND:VEVENT\rBEGIN:VALARM\u{85}\u{2028}a\\;b,c\\n\0";
        let party = Party { nama: evil, email: "a b\r\nX-EVIL:\"1\"@rumah.example" };
        let told = CalendarEvent {
            uid: evil.to_owned(),
            summary: evil.to_owned(),
            description: evil.to_owned(),
            location: evil.to_owned(),
            url: Some(format!("https://x.example/{evil}")),
            ..event()
        };
        let ics = request(&told, party, party);
        assert_eq!(names(&ics), names(&request(&event(), SCHOOL, GUEST)));
        let (_, events) = read(&ics);
        assert_eq!(events[0].get_summary(), Some(&*huruf::satu_baris(evil)));
        assert_eq!(events[0].get_description(), Some(&*huruf::baris(evil)));
        let feed = feed(Feed { nama: evil, segarkan_menit: 5 }, &[]);
        assert_eq!(names(&feed).len(), 10);
        let address = ics.replace("\r\n ", "");
        assert!(address.contains("mailto:a%20b%0D%0AX-EVIL%3A%221%22@rumah.example\r\n"), "{address}");
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_read_back(
            summary in "\\PC{0,90}|[\\\\,;n\"\\r\\n é🙂日]{0,120}",
            description in "(\\PC{0,60}\\r?\\n?){0,5}|[\\\\,;n\\n 🙂]{0,200}",
        ) {
            let told = CalendarEvent { summary, description, ..event() };
            let ics = request(&told, Party { nama: &told.summary, ..SCHOOL }, GUEST);
            names(&ics);
            // A backslash and what it escapes stay on one line.
            for (at, _) in ics.match_indices("\r\n ") {
                let before = ics[..at].bytes().rev().take_while(|byte| *byte == b'\\').count();
                prop_assert_eq!(before % 2, 0);
            }
            let (_, events) = read(&ics);
            let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
            prop_assert_eq!(text(events[0].get_summary()), huruf::satu_baris(&told.summary));
            prop_assert_eq!(text(events[0].get_description()), huruf::baris(&told.description));
        }
    }
}
