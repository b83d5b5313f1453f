//! A school that has been open for five years, on either database, as its nights have left it: what is older than two
//! years is in the archive, notifications of long ago are put away, old messages are deleted, the audit is sealed.
//!
//! **What two such schools have in common and what not.** The last [`RECENT_DAYS`] have as many visits in each school
//! however many it has in all, and so have today, last month and the month before, which the admin's page asks about.
//! All that is older makes the difference. So what is compared is what five years leave behind, not how busy a month
//! is. Guests, visits, reviews, surveys and the audit (an entry for each visit) grow with the school; the staff do not.

mod audit;
mod visits;

use std::path::Path;

use anyhow::{Result, ensure};
use chrono::{DateTime, Duration, FixedOffset, NaiveDate, SubsecRound, Utc};
use domain::{IdPengguna, kata, survei::Unsur};
use server::{
    auth::token::Tokens,
    data_dir::{self, DataDir, Database},
};
use store::{
    copy::Value,
    sesi::{NewSesi, SessionHolder},
};

use self::visits::{Visit, Visits};
use crate::{
    big,
    rows::{Named, insert, ms, text},
};

/// How long the school has been open.
pub const YEARS_DAYS: i64 = 5 * 365;

/// The days until today that have as many visits in every school: they hold the two months that are asked for.
pub const RECENT_DAYS: i64 = 93;

/// Visits of one of those days.
pub const RECENT_VISITS: i64 = 40;

/// Admins, two receptionists, and gurus. One admin may not read the whole book of guests in a few minutes, so each of
/// them asks something else.
const STAFF: i64 = 240;
pub(crate) const ADMINS: i64 = 40;
const RECEPTION: [i64; 2] = [41, 42];
const FIRST_GURU: i64 = 43;

/// The guru whose name and entries are looked for.
pub const GURU: i64 = 77;

/// Days that a message stays, a notification stays, and a visit stays out of the archive.
const MESSAGE_DAYS: i64 = 90;
const NOTIFICATION_DAYS: i64 = 30;
const ARCHIVE_DAYS: i64 = 731;

/// One visit in so many brought a filled-in survey.
const SURVEY: i64 = 10;

/// How large a school is.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Its guests.
    pub guests: i64,
    /// Its appointments and walk-ins in all.
    pub visits: i64,
}

/// Lets admins in.
pub struct Admins(Tokens);

impl Admins {
    fn session(n: i64) -> String {
        format!("sesi-admin-{}", n % ADMINS + 1)
    }

    /// A fresh access token of one of them.
    pub fn token(&self, n: i64) -> String {
        self.0.issue(&Self::session(n), Utc::now()).0
    }
}

/// Makes a school in a data folder, with its database there or elsewhere.
///
/// # Errors
/// The store's.
pub async fn create(
    folder: &Path,
    database: Option<Database>,
    size: Size,
    now: DateTime<Utc>,
) -> Result<Admins> {
    let DataDir { store, kunci, .. } = data_dir::open(folder, database).await?;
    let (store, now) = (&*store, now.trunc_subsecs(0));
    let opened = now - Duration::days(YEARS_DAYS);
    insert(store, "pengguna", (1..=STAFF).map(|id| Ok(user(id, opened)))).await?;
    insert(store, "tamu", (1..=size.guests).map(|id| big::tamu(&kunci, id, opened))).await?;

    let visits = Visits::new(size, now);
    let (archived, recent): (fn(&Visit) -> bool, fn(&Visit) -> bool) =
        (|visit| visit.age_days > ARCHIVE_DAYS, |visit| visit.age_days <= ARCHIVE_DAYS);
    insert(store, "arsip", visits.iter().filter(archived).map(|visit| Ok(visit.row(&kunci)))).await?;
    insert(store, "janji_temu", visits.iter().filter(recent).map(|visit| Ok(visit.row(&kunci)))).await?;
    insert(store, "pesan_keluar", visits.iter().filter(has_message).map(|visit| Ok(message(&visit)))).await?;
    insert(store, "survei", visits.iter().filter(has_survey).map(|visit| Ok(survey(&visit)))).await?;
    audit::fill(store, &kunci.audit, &visits).await?;
    insert(store, "pemeliharaan", [Ok(upkeep(now))].into_iter()).await?;

    for n in 0..ADMINS {
        let mut token = [0; 32];
        token[0] = n as u8;
        let baru = NewSesi {
            id: Admins::session(n),
            pemilik: SessionHolder::Pengguna(IdPengguna(n + 1)),
            password_hash: String::new(),
            perangkat: None,
            keterangan: None,
            token,
            kedaluwarsa_pada: now + Duration::days(1),
            waktu: now,
        };
        ensure!(store.sesi().create(baru).await?, "an admin's password is another one");
    }
    store.close().await;
    Ok(Admins(Tokens::new(&kunci.sesi)))
}

/// A number that looks random and is always the same for `n`, from 0 up to and without `below`.
pub(crate) fn pick(n: i64, salt: u64, below: i64) -> i64 {
    let mut bits = n.unsigned_abs().wrapping_add(salt.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((bits ^ (bits >> 31)) % below.unsigned_abs()).cast_signed()
}

/// The name of a member of staff.
pub(crate) fn staff_name(id: i64) -> String {
    big::name(id)
}

fn user(id: i64, since: DateTime<Utc>) -> Named {
    let role = match id {
        1..=ADMINS => "Admin",
        _ if RECEPTION.contains(&id) => "Penerima Tamu",
        _ => "Guru",
    };
    let (nama, email) = (staff_name(id), format!("pengguna{id}@sekolah.example"));
    vec![
        ("id", Value::Int(id)),
        ("kata", text(&kata::of_pengguna(&nama, Some("Guru Matematika"), &email))),
        ("nama", text(&nama)),
        ("jabatan", text("Guru Matematika")),
        ("email", text(&email)),
        ("password_hash", text("")),
        ("role", text(role)),
        ("wajib_ganti_password", Value::Int(0)),
        ("unit", Value::Int(0)),
        ("aktif", Value::Int(1)),
        ("gagal_login", Value::Int(0)),
        ("dibuat_pada", ms(since)),
        ("diubah_pada", ms(since)),
    ]
}

fn has_message(visit: &Visit) -> bool {
    visit.age_days < MESSAGE_DAYS
}

/// The invitation of a visit. One in a hundred could not be sent.
fn message(visit: &Visit) -> Named {
    let has_failed = pick(visit.id, 20, 100) == 0;
    let sent = ms(visit.jadwal - Duration::days(2));
    vec![
        ("id", Value::Int(visit.id)),
        ("jenis", text("undangan")),
        ("id_janji_temu", Value::Int(visit.id)),
        ("keadaan", text(if has_failed { "gagal" } else { "sampai" })),
        ("saluran", text("whatsapp")),
        ("percobaan", Value::Int(1)),
        ("kirim_pada", sent.clone()),
        ("dibuat_pada", sent.clone()),
        ("diubah_pada", sent),
    ]
}

fn has_survey(visit: &Visit) -> bool {
    visit.id % SURVEY == 0 && visit.is_over()
}

fn survey(visit: &Visit) -> Named {
    let id = format!("{:016x}{:016x}", pick(visit.id, 30, i64::MAX), visit.id);
    let mut row = vec![("id", text(&id)), ("tanggal", text(&visit.date().to_string()))];
    for (n, unsur) in (40..).zip(Unsur::ALL) {
        row.push((unsur.as_str(), Value::Int(pick(visit.id, n, 4) + 1)));
    }
    row
}

/// Last night's upkeep, so that none is due.
fn upkeep(now: DateTime<Utc>) -> Named {
    vec![
        ("id", Value::Int(1)),
        ("pemicu", text("jadwal")),
        ("uji_coba", Value::Int(0)),
        ("mulai", ms(now)),
        ("selesai", ms(now)),
        ("denyut_pada", ms(now)),
        ("keadaan", text("selesai")),
        ("no_show", Value::Int(0)),
        ("arsip", Value::Int(0)),
        ("notifikasi", Value::Int(0)),
        ("anonim", Value::Int(0)),
        ("hapus", Value::Int(0)),
    ]
}

/// The clocks in Jakarta, which are the settings' and never put forward.
fn zone() -> FixedOffset {
    FixedOffset::east_opt(7 * 60 * 60).expect("seven hours")
}

/// The school's date at a time.
pub fn school_date(time: DateTime<Utc>) -> NaiveDate {
    time.with_timezone(&zone()).date_naive()
}
