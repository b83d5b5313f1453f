//! The results of the satisfaction survey as a file, made of the same tables in each kind.

mod kata;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use domain::{
    Language,
    survei::{JenisKelamin, Kelompok, Pekerjaan, Pendidikan, RingkasanSurvei, Usia},
};

use self::kata::Words;
use crate::{
    Imprint, Result, School,
    cell::{Cell, Table, columns, some},
    csv, pdf, xlsx,
};

/// What the surveys of some days come to, and what stands around it.
#[derive(Clone, Debug)]
pub struct SurveyReport {
    /// First day; from the beginning on where it is missing.
    pub dari: Option<NaiveDate>,
    /// Last day, inclusive; until now where it is missing.
    pub sampai: Option<NaiveDate>,
    /// The elements and the index.
    pub hasil: RingkasanSurvei,
    /// Who answered.
    pub kelompok: Kelompok,
    /// Suggestions in no order.
    pub saran: Vec<String>,
    /// In which language it is written.
    pub bahasa: Language,
    /// The school's time zone.
    pub zona: Tz,
    /// When the answers were read.
    pub dibuat_pada: DateTime<Utc>,
    /// The school.
    pub sekolah: School,
}

impl SurveyReport {
    /// The beginning of a file's name: `survei-2026-11-01-2026-11-30`.
    pub fn file_stem(&self) -> String {
        let days = [self.dari, self.sampai].into_iter().flatten().map(|day| format!("-{day}"));
        format!("survei{}", days.collect::<String>())
    }

    /// A table for other programs.
    ///
    /// # Errors
    /// [`Error::Csv`](crate::Error::Csv).
    pub fn csv(&self) -> Result<Vec<u8>> {
        csv::of(&self.all())
    }

    /// A workbook.
    ///
    /// # Errors
    /// [`Error::Xlsx`](crate::Error::Xlsx).
    pub fn xlsx(&self) -> Result<Vec<u8>> {
        xlsx::of(&self.imprint(), &self.all())
    }

    /// A paper.
    ///
    /// # Errors
    /// [`Error::Pdf`](crate::Error::Pdf).
    pub fn pdf(&self) -> Result<Vec<u8>> {
        pdf::survei(self)
    }

    pub(crate) fn kata(&self) -> &'static Words {
        kata::of(self.bahasa)
    }

    pub(crate) fn imprint(&self) -> Imprint<'_> {
        let (kata, day) = (self.kata(), |day: NaiveDate| self.bahasa.tanggal(day));
        let masa = match (self.dari, self.sampai) {
            (Some(dari), Some(sampai)) if dari == sampai => day(dari),
            (Some(dari), Some(sampai)) => format!("{} – {}", day(dari), day(sampai)),
            (Some(dari), None) => format!("{} {}", kata.sejak, day(dari)),
            (None, Some(sampai)) => format!("{} {}", kata.hingga, day(sampai)),
            (None, None) => kata.semua.to_owned(),
        };
        Imprint {
            judul: kata.judul,
            masa,
            bahasa: self.bahasa,
            zona: self.zona,
            dibuat_pada: self.dibuat_pada,
            sekolah: &self.sekolah,
        }
    }

    /// What a reader looks for first.
    pub(crate) fn figures(&self) -> [(&'static str, Cell); 4] {
        let (kata, RingkasanSurvei { responden, indeks, indeks_011, .. }) = (self.kata(), &self.hasil);
        let mutu = indeks.map(|indeks| indeks.mutu);
        let mutu = mutu.map_or(Cell::Empty, |mutu| {
            Cell::Text(format!("{} ({})", mutu.as_str(), kata::mutu(self.bahasa, mutu)))
        });
        [
            (kata.indeks, some(indeks.map(|indeks| indeks.nilai), Cell::Decimal)),
            (kata.mutu, mutu),
            (kata.indeks_011, some(indeks_011.map(|indeks| indeks.nilai), Cell::Decimal)),
            (kata.responden, Cell::count(*responden)),
        ]
    }

    /// All tables of a file.
    fn all(&self) -> Vec<Table> {
        let kata = self.kata();
        let figures = self.figures().map(|(title, cell)| vec![Cell::text(title), cell]);
        let columns = columns([(kata.ukuran, 34.0), (kata.nilai, 22.0)]);
        let summary = Table { title: kata.ringkasan, columns, rows: figures.into() };
        std::iter::once(summary).chain(self.tables()).collect()
    }

    /// Those that stand below the figures on paper.
    pub(crate) fn tables(&self) -> Vec<Table> {
        let suggestions = (!self.saran.is_empty()).then(|| self.per_saran());
        [Some(self.per_unsur()), Some(self.per_kelompok()), suggestions].into_iter().flatten().collect()
    }

    fn per_unsur(&self) -> Table {
        let kata = self.kata();
        let rows = self.hasil.unsur.iter().map(|one| {
            let counts = one.per_nilai.map(Cell::count);
            let name = Cell::text(kata::unsur(self.bahasa, one.unsur));
            let sums = [Cell::count(one.n), Cell::count(one.jumlah), some(one.nrr, Cell::Decimal)];
            std::iter::once(name).chain(counts).chain(sums).collect()
        });
        Table {
            title: kata.per_unsur,
            columns: columns([
                (kata.unsur, 44.0),
                (kata.tidak_baik, 11.0),
                (kata.kurang_baik, 11.0),
                (kata.baik, 11.0),
                (kata.sangat_baik, 11.0),
                (kata.jawaban, 12.0),
                (kata.jumlah, 11.0),
                (kata.rata_rata, 12.0),
            ]),
            rows: rows.collect(),
        }
    }

    /// Who answered; those who do not tell stand last of each group.
    fn per_kelompok(&self) -> Table {
        let (kata, bahasa) = (self.kata(), self.bahasa);
        let Kelompok { usia, pendidikan, pekerjaan, jenis_kelamin } = &self.kelompok;
        let mut rows = Vec::new();
        let sexes = [JenisKelamin::Perempuan, JenisKelamin::LakiLaki];
        let sexes = sexes.map(|one| (kata::jenis_kelamin(bahasa, one), jenis_kelamin.get(&one)));
        self.group(&mut rows, kata.jenis_kelamin, &sexes);
        let ages = Usia::ALL.map(|one| (kata::usia(bahasa, one), usia.get(&one)));
        self.group(&mut rows, kata.usia, &ages);
        let schools = Pendidikan::ALL.map(|one| (kata::pendidikan(bahasa, one), pendidikan.get(&one)));
        self.group(&mut rows, kata.pendidikan, &schools);
        let jobs = Pekerjaan::ALL.map(|one| (kata::pekerjaan(bahasa, one), pekerjaan.get(&one)));
        self.group(&mut rows, kata.pekerjaan, &jobs);
        let columns =
            columns([(kata.kelompok, 20.0), (kata.pilihan, 28.0), (kata.orang, 12.0), (kata.bagian, 12.0)]);
        Table { title: kata.per_kelompok, columns, rows }
    }

    fn group(&self, rows: &mut Vec<Vec<Cell>>, title: &'static str, parts: &[(&'static str, Option<&u32>)]) {
        let all = self.hasil.responden;
        let told = parts.iter().filter_map(|(_, count)| count.copied()).sum::<u32>();
        let silent = (self.kata().tidak_diisi, all.saturating_sub(told));
        let parts = parts.iter().map(|(name, count)| (*name, count.copied().unwrap_or_default()));
        rows.extend(parts.chain([silent]).map(|(name, count)| {
            let part = (all > 0).then(|| 100.0 * f64::from(count) / f64::from(all));
            vec![Cell::text(title), Cell::text(name), Cell::count(count), some(part, Cell::Percent)]
        }));
    }

    fn per_saran(&self) -> Table {
        let kata = self.kata();
        let rows = self.saran.iter().map(|text| vec![Cell::text(text)]);
        Table { title: kata.saran, columns: columns([(kata.saran, 90.0)]), rows: rows.collect() }
    }
}

#[cfg(test)]
mod tests;
