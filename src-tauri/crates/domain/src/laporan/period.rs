//! Which days a report covers, and which it is compared with.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;

use crate::{
    isian::{FieldError, FieldErrors, KodeIsian},
    jadwal::{self, Span},
    words::words,
};

/// Days that a report covers at most: five years.
pub const HARI_MAX: i64 = 366 * 5;

/// When reports of what is over are sent.
const SENT_AT: NaiveTime = NaiveTime::from_hms_opt(7, 0, 0).expect("a time of the day");

words! {
    /// What kind of period a report covers.
    pub enum JenisPeriode, else UnknownJenisPeriode "jenis periode tidak dikenal" {
        /// One day.
        Harian = "harian",
        /// Monday to Sunday.
        Mingguan = "mingguan",
        /// A month of the calendar.
        Bulanan = "bulanan",
        /// Any days.
        Rentang = "rentang",
    }
}

/// Days covered by a report, both inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub dari: NaiveDate,
    /// Last day.
    pub sampai: NaiveDate,
    /// Of which kind.
    pub jenis: JenisPeriode,
}

impl Period {
    /// One day.
    pub fn harian(tanggal: NaiveDate) -> Self {
        Self { dari: tanggal, sampai: tanggal, jenis: JenisPeriode::Harian }
    }

    /// The week, Monday to Sunday, that the day lies in.
    pub fn mingguan(tanggal: NaiveDate) -> Self {
        let dari = tanggal - Days::new(u64::from(tanggal.weekday().num_days_from_monday()));
        Self { dari, sampai: dari + Days::new(6), jenis: JenisPeriode::Mingguan }
    }

    /// The month that the day lies in.
    pub fn bulanan(tanggal: NaiveDate) -> Self {
        let dari = tanggal - Days::new(u64::from(tanggal.day0()));
        Self { dari, sampai: dari + Months::new(1) - Days::new(1), jenis: JenisPeriode::Bulanan }
    }

    /// Any days.
    ///
    /// # Errors
    /// They end before they begin, or are more than [`HARI_MAX`]; under `sampai`.
    pub fn rentang(dari: NaiveDate, sampai: NaiveDate) -> Result<Self, FieldErrors> {
        let periode = Self { dari, sampai, jenis: JenisPeriode::Rentang };
        let wrong = match periode.jumlah_hari() {
            ..=0 => FieldError::new(KodeIsian::SebelumMulai, "tidak boleh sebelum tanggal awal"),
            1..=HARI_MAX => return Ok(periode),
            _ => FieldError {
                kode: KodeIsian::Rentang.as_str(),
                batas: vec![1, HARI_MAX],
                teks: format!("paling banyak {HARI_MAX} hari (lima tahun)"),
            },
        };
        Err(FieldErrors::from([("sampai".to_owned(), wrong)]))
    }

    /// The school year, July to June, that the day lies in.
    pub fn tahun_ajaran(tanggal: NaiveDate) -> Self {
        let year = if tanggal.month() >= 7 { tanggal.year() } else { tanggal.year() - 1 };
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or(tanggal);
        Self { dari: day(year, 7, 1), sampai: day(year + 1, 6, 30), jenis: JenisPeriode::Rentang }
    }

    /// How many days it has.
    pub fn jumlah_hari(&self) -> i64 {
        (self.sampai - self.dari).num_days() + 1
    }

    /// The period of the same kind that ends where this one begins: of a month, the month before; of a school year, the
    /// year before, whatever its days; otherwise the same number of days.
    pub fn sebelumnya(&self) -> Self {
        let sampai = self.dari - Days::new(1);
        if self.jenis == JenisPeriode::Bulanan {
            return Self::bulanan(sampai);
        }
        if *self == Self::tahun_ajaran(self.dari) {
            return Self::tahun_ajaran(sampai);
        }
        let days = u64::try_from(self.jumlah_hari() - 1).unwrap_or(0);
        Self { dari: sampai - Days::new(days), sampai, jenis: self.jenis }
    }

    /// Those that were over last at a Monday's or a first day's 07.00 in the school: the week and the month whose
    /// reports are sent. In the hours before, there is none of that kind.
    pub fn over_since(now: DateTime<Utc>, zone: Tz) -> impl Iterator<Item = Self> {
        let today = jadwal::local_date(now, zone);
        [Self::mingguan(today), Self::bulanan(today)]
            .into_iter()
            .filter(move |running| {
                // A clock change that skips 07.00 lets it be sent from midnight on.
                jadwal::instant(running.dari, SENT_AT, zone).map_or(true, |sent_at| sent_at <= now)
            })
            .map(|running| running.sebelumnya())
    }

    /// A week or a month by its kind and first day: `mingguan:2026-11-23`.
    pub fn word(&self) -> String {
        format!("{}:{}", self.jenis.as_str(), self.dari)
    }

    /// The week or month of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        let (jenis, dari) = word.split_once(':')?;
        let dari = dari.parse().ok()?;
        let periode = match jenis.parse().ok()? {
            JenisPeriode::Mingguan => Self::mingguan(dari),
            JenisPeriode::Bulanan => Self::bulanan(dari),
            JenisPeriode::Harian | JenisPeriode::Rentang => return None,
        };
        (periode.dari == dari).then_some(periode)
    }

    /// The same days as instants in `zone`.
    pub fn span(&self, zone: Tz) -> Span {
        jadwal::days(self.dari, self.sampai, zone)
    }
}
