//! Storage of the survey. Its rows tell nothing of the visit: the identity is random, the day the only time, and no
//! row's place among the others says when it came.

use async_trait::async_trait;
use chrono::NaiveDate;
use domain::{
    IdJanjiTemu, JanjiTemu,
    survei::{Kelompok, Survei, Totals},
};

use crate::Result;

/// A survey that was filled in.
#[derive(Clone, Debug)]
pub struct NewSurvei {
    /// The visit, which is marked as having one and is not kept with it.
    pub id_janji_temu: IdJanjiTemu,
    /// A random identity.
    pub id: String,
    /// The day on which it was filled in, in the school's zone.
    pub tanggal: NaiveDate,
    /// The answers.
    pub survei: Survei,
}

/// What the surveys of some days come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SurveiSum {
    /// The answers, added up.
    pub totals: Totals,
    /// Who answered.
    pub kelompok: Kelompok,
    /// Suggestions, in an order that tells nothing; at most [`SARAN_MAX`].
    pub saran: Vec<String>,
    /// How many suggestions there are.
    pub jumlah_saran: u64,
}

/// Suggestions that are read at once.
pub const SARAN_MAX: u32 = 500;

/// Surveys.
#[async_trait]
pub trait SurveiStore: Send + Sync {
    /// Keeps the survey of a finished visit that has none, if the desk recorded its arrival and departure. `None`
    /// otherwise; nothing was changed then.
    async fn create(&self, baru: NewSurvei) -> Result<Option<JanjiTemu>>;
    /// Sums up the surveys of these days, both included.
    async fn sum(&self, dari: NaiveDate, sampai: NaiveDate) -> Result<SurveiSum>;
}
