//! A day of the school: who is invited, who comes, who is answered, who leaves, and what is looked at meanwhile.

use std::sync::Arc;

use anyhow::{Result, ensure};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use client::IdempotencyKey;
use domain::IdPengguna;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::{
    SchoolTime,
    people::{DESKS, GURUS, Pcs},
};

/// Visits of a day, those that are called off or never come about too.
const VISITS: usize = 120;

/// The school's time zone is seven hours ahead.
const ZONE: TimeDelta = TimeDelta::hours(7);

/// When the day begins and ends, in the school's time of day.
pub const OPENS: TimeDelta = TimeDelta::minutes(6 * 60 + 30);
const CLOSES: TimeDelta = TimeDelta::hours(16);

/// Numbers that look random and are the same in every run. (SplitMix64.)
pub struct Random(pub u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end as u64) as usize
    }

    fn minutes(&mut self, from: i64, to: i64) -> TimeDelta {
        TimeDelta::minutes(from) + TimeDelta::seconds(self.below(((to - from) * 60) as usize) as i64)
    }
}

/// What is to become of a guest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Plan {
    /// Invited, comes, leaves by the code.
    Invited,
    /// Comes without an appointment.
    WalkIn,
    /// Invited, and called off by the guru.
    CalledOff,
    /// Invited, and never seen.
    Missing,
}

/// A guest's way through a day, in the school's time.
struct Visit {
    n: usize,
    guru: usize,
    plan: Plan,
    /// Whole five minutes, for an invitation.
    jadwal: DateTime<Utc>,
    arrives: DateTime<Utc>,
    answered_after: TimeDelta,
    begins_after: TimeDelta,
    leaves_after: TimeDelta,
    desk: usize,
}

/// What came of a day.
#[derive(Default)]
pub struct Outcome {
    /// Each arrival, with its guru's place.
    pub arrivals: Vec<(usize, i64)>,
    /// Appointments that were called off.
    pub called_off: usize,
    /// Guests who never came.
    pub missing: usize,
}

/// A day's midnight at the school.
pub fn midnight(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(chrono::NaiveTime::MIN).and_utc() - ZONE
}

/// Plays the day to its end.
///
/// # Errors
/// If anything is not answered as it should be.
pub async fn play(
    pcs: &Arc<Pcs>,
    gurus: &Arc<Vec<IdPengguna>>,
    time: SchoolTime,
    day: NaiveDate,
    random: &mut Random,
    first_guest: usize,
) -> Result<Outcome> {
    let mut tasks = JoinSet::new();
    for n in 0..VISITS {
        let visit = plan(first_guest + n, midnight(day), random);
        let (pcs, gurus) = (Arc::clone(pcs), Arc::clone(gurus));
        tasks.spawn(async move { visit.go(&pcs, &gurus, time, day).await });
    }
    let looking = look(pcs, time, midnight(day));
    let visits = async {
        let mut outcome = Outcome::default();
        while let Some(visit) = tasks.join_next().await {
            match visit?? {
                (Plan::CalledOff, ..) => outcome.called_off += 1,
                (Plan::Missing, ..) => outcome.missing += 1,
                (_, guru, id) => outcome.arrivals.push((guru, id)),
            }
        }
        anyhow::Ok(outcome)
    };
    let (outcome, ()) = tokio::try_join!(visits, looking)?;
    time.until(midnight(day) + CLOSES).await;
    Ok(outcome)
}

fn plan(n: usize, midnight: DateTime<Utc>, random: &mut Random) -> Visit {
    let plan = match random.below(100) {
        0..35 => Plan::WalkIn,
        35..40 => Plan::CalledOff,
        40..46 => Plan::Missing,
        _ => Plan::Invited,
    };
    // Most come in the morning.
    let hours = random.below(330).min(random.below(330));
    let jadwal = midnight + TimeDelta::minutes(7 * 60 + 30 + (hours as i64 / 5) * 5);
    Visit {
        n,
        guru: random.below(GURUS),
        plan,
        jadwal,
        arrives: jadwal + random.minutes(-10, 25),
        answered_after: random.minutes(1, 4),
        begins_after: random.minutes(2, 6),
        leaves_after: random.minutes(12, 45),
        desk: random.below(DESKS),
    }
}

impl Visit {
    /// Gives the guru's place and the visit's identity, too.
    async fn go(
        self,
        pcs: &Pcs,
        gurus: &[IdPengguna],
        time: SchoolTime,
        day: NaiveDate,
    ) -> Result<(Plan, usize, i64)> {
        let (guru, desk) = (&pcs.gurus[self.guru], &pcs.desks[self.desk]);
        let tamu = json!({
            "nama": format!("Tamu Nomor {}", self.n),
            "telp": format!("0812{:08}", self.n),
            "email": format!("tamu{}@rumah.example", self.n),
        });
        let (id, kode) = if self.plan == Plan::WalkIn {
            time.until(self.arrives).await;
            let body = json!({
                "tamu": tamu, "keperluan": "Surat pindah", "id_guru": gurus[self.guru],
                "kunci": IdempotencyKey::random(),
            });
            let row = desk.ask("POST", "/api/appointments/walk-in", Some(body)).await?;
            (identity(&row)?, row["kode_qr"].clone())
        } else {
            // In the first half hour, one after another.
            time.until(midnight(day) + OPENS + TimeDelta::seconds(self.n as i64 % 120 * 12)).await;
            let waktu = (self.jadwal + ZONE).format("%H:%M").to_string();
            let body = json!({
                "tamu": tamu, "keperluan": "Konsultasi orang tua", "tanggal": day, "waktu": waktu,
                "izinkan_bentrok": true,
            });
            let row = guru.ask("POST", "/api/appointments", Some(body)).await?;
            (identity(&row)?, row["kode_qr"].clone())
        };
        let status = format!("/api/appointments/{id}/status");
        match self.plan {
            Plan::Missing => return Ok((self.plan, self.guru, id)),
            Plan::CalledOff => {
                time.until(self.jadwal - TimeDelta::minutes(15)).await;
                let body = json!({ "status": "batal", "alasan": "Rapat mendadak" });
                guru.ask("PUT", &status, Some(body)).await?;
                return Ok((self.plan, self.guru, id));
            }
            Plan::Invited => {
                time.until(self.arrives).await;
                let body = json!({ "kode": kode, "kunci": IdempotencyKey::random() });
                let scan = desk.ask("POST", "/api/appointments/scan", Some(body)).await?;
                ensure!(scan["hasil"] == "datang", "guest {} did not arrive: {scan}", self.n);
            }
            Plan::WalkIn => {}
        }
        let came = self.arrives;
        time.until(came + self.answered_after).await;
        let path = format!("/api/notifications/{id}/respond");
        guru.ask("POST", &path, Some(json!({ "tanggapan_jenis": "ke_lobi" }))).await?;
        time.until(came + self.answered_after + self.begins_after).await;
        guru.ask("PUT", &status, Some(json!({ "status": "sedang berlangsung" }))).await?;
        time.until(came + self.answered_after + self.begins_after + self.leaves_after).await;
        let body = json!({ "kode": kode, "kunci": IdempotencyKey::random() });
        let scan = desk.ask("POST", "/api/appointments/scan", Some(body)).await?;
        ensure!(scan["hasil"] == "pulang", "guest {} did not leave: {scan}", self.n);
        Ok((self.plan, self.guru, id))
    }
}

fn identity(row: &Value) -> Result<i64> {
    row["id"].as_i64().ok_or_else(|| anyhow::anyhow!("a visit without an identity: {row}"))
}

/// What desks and the admin look at during the day, every ten minutes.
async fn look(pcs: &Pcs, time: SchoolTime, midnight: DateTime<Utc>) -> Result<()> {
    let mut at = OPENS;
    while at < CLOSES {
        time.until(midnight + at).await;
        for desk in &pcs.desks {
            desk.ask("GET", "/api/appointments/today", None).await?;
        }
        for path in ["/api/dashboard", "/api/reports/daily", "/api/reports/weekly", "/api/pesan"] {
            pcs.admin.ask("GET", path, None).await?;
        }
        at += TimeDelta::minutes(10);
    }
    Ok(())
}
