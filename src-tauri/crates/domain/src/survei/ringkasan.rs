//! What the answers of many respondents come to: the mean of each element, the index, and its letter.

use num_rational::BigRational;
use serde::{Deserialize, Serialize};

use super::{Jawaban, Unsur};
use crate::words::words;

words! {
    /// The quality of the service, by the index rounded half up to two decimals.
    pub enum Mutu, else UnknownMutu "mutu pelayanan tidak dikenal" {
        /// 88,31 to 100,00.
        A = "A",
        /// 76,61 to 88,30.
        B = "B",
        /// 65,00 to 76,60.
        C = "C",
        /// Below 65,00.
        D = "D",
    }
}

impl Mutu {
    /// The regulation's words for the letter.
    pub const fn sebutan(self) -> &'static str {
        match self {
            Self::A => "Sangat baik",
            Self::B => "Baik",
            Self::C => "Kurang baik",
            Self::D => "Tidak baik",
        }
    }

    /// Of an index in hundredths.
    const fn of(perseratus: u32) -> Self {
        match perseratus {
            8831.. => Self::A,
            7661.. => Self::B,
            6500.. => Self::C,
            _ => Self::D,
        }
    }
}

/// Answers about one element: how many respondents gave 1, 2, 3 and 4.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total(pub [u32; 4]);

impl Total {
    /// How many.
    pub fn n(&self) -> u32 {
        self.0.iter().sum()
    }

    /// Their sum.
    pub fn jumlah(&self) -> u32 {
        (1..=4).zip(self.0).map(|(nilai, count)| nilai * count).sum()
    }
}

/// Answers of many respondents, added up: all that the index needs, so that a database may add them up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Respondents.
    pub responden: u32,
    /// By element, in the order of [`Unsur::ALL`].
    pub unsur: [Total; Unsur::ALL.len()],
}

impl Totals {
    /// Adds a respondent's answers.
    pub fn add(&mut self, jawaban: &Jawaban) {
        self.responden += 1;
        for (total, unsur) in self.unsur.iter_mut().zip(Unsur::ALL) {
            if let Some(nilai) = jawaban.get(unsur) {
                total.0[usize::from(nilai.get()) - 1] += 1;
            }
        }
    }
}

impl<'a> FromIterator<&'a Jawaban> for Totals {
    fn from_iter<I: IntoIterator<Item = &'a Jawaban>>(answers: I) -> Self {
        let mut totals = Self::default();
        answers.into_iter().for_each(|jawaban| totals.add(jawaban));
        totals
    }
}

/// What the answers about one element come to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RingkasanUnsur {
    /// The element.
    pub unsur: Unsur,
    /// Answers.
    pub n: u32,
    /// Their sum.
    pub jumlah: u32,
    /// How many answered 1, 2, 3 and 4.
    pub per_nilai: [u32; 4],
    /// Their mean (nilai rata-rata, NRR), 1 to 4; null without an answer. To be shown: the index is not made of it.
    pub nrr: Option<f64>,
}

/// An index, and its letter.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Indeks {
    /// Rounded half up to two decimals.
    pub nilai: f64,
    /// By what it was rounded to.
    pub mutu: Mutu,
}

/// What a survey comes to.
///
/// An element that a respondent leaves out is left out of that element's own mean, and counts in all others. An element
/// that nobody answered is left out of the index: the index is over those `k` that have an answer, each weighing `1/k`
/// where all nine weigh `1/9`. So an element that the school never asks neither raises nor lowers it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RingkasanSurvei {
    /// Respondents.
    pub responden: u32,
    /// All nine elements, in the regulation's order.
    pub unsur: Vec<RingkasanUnsur>,
    /// With the exact weight of 1/9; null if nobody answered.
    pub indeks: Option<Indeks>,
    /// With the weight of 0,11 that many sheets use, which is 99 per cent of the exact index; null if nobody answered.
    pub indeks_011: Option<Indeks>,
}

impl RingkasanSurvei {
    /// Sums up.
    pub fn of(totals: &Totals) -> Self {
        let exact = exact_index(totals);
        let of_element = |(unsur, total): (Unsur, &Total)| RingkasanUnsur {
            unsur,
            n: total.n(),
            jumlah: total.jumlah(),
            per_nilai: total.0,
            nrr: (total.n() > 0).then(|| f64::from(total.jumlah()) / f64::from(total.n())),
        };
        Self {
            responden: totals.responden,
            unsur: Unsur::ALL.into_iter().zip(&totals.unsur).map(of_element).collect(),
            indeks: exact.as_ref().map(rounded),
            // 9 × 0,11 of the exact weight.
            indeks_011: exact.map(|exact| rounded(&(exact * ratio(99, 100)))),
        }
    }
}

/// 25 times the mean of the elements' means, as a fraction, so that no rounding on the way decides a letter.
fn exact_index(totals: &Totals) -> Option<BigRational> {
    let means =
        totals.unsur.iter().filter(|total| total.n() > 0).map(|total| ratio(total.jumlah(), total.n()));
    let (count, sum) = means.fold((0, ratio(0, 1)), |(count, sum), mean| (count + 1, sum + mean));
    (count > 0).then(|| sum * ratio(25, count))
}

fn rounded(index: &BigRational) -> Indeks {
    // Halves go away from zero, which is up.
    let hundredths = (index * ratio(100, 1)).round().to_integer();
    let hundredths = u32::try_from(hundredths).expect("an index of answers up to 4 is at most 100");
    Indeks { nilai: f64::from(hundredths) / 100.0, mutu: Mutu::of(hundredths) }
}

fn ratio(numerator: u32, denominator: u32) -> BigRational {
    BigRational::new(numerator.into(), denominator.into())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::survei::Nilai;

    /// So many answers with that sum: two neighbouring ones make any.
    fn total(jumlah: u32, n: u32) -> Total {
        let mut total = Total::default();
        if let Some(least) = jumlah.checked_div(n) {
            let more = jumlah % n;
            total.0[least as usize - 1] = n - more;
            if more > 0 {
                total.0[least as usize] = more;
            }
        }
        total
    }

    /// Sums of so many answers about each element.
    fn totals(n: u32, sums: [u32; 9]) -> Totals {
        Totals { responden: n, unsur: sums.map(|jumlah| total(jumlah, if jumlah == 0 { 0 } else { n })) }
    }

    fn index(totals: &Totals) -> (f64, Mutu) {
        let Indeks { nilai, mutu } = RingkasanSurvei::of(totals).indeks.unwrap();
        (nilai, mutu)
    }

    /// A survey with one element only, whose index is 25 times the mean.
    fn one(jumlah: u32, n: u32) -> Totals {
        let mut sums = [0; 9];
        sums[0] = jumlah;
        totals(n, sums)
    }

    #[test]
    fn the_vector_of_a_printed_report() {
        let ringkasan = RingkasanSurvei::of(&totals(29, [105, 101, 100, 116, 102, 105, 106, 105, 115]));
        assert_eq!(ringkasan.indeks, Some(Indeks { nilai: 91.48, mutu: Mutu::A }));
        assert_eq!(ringkasan.indeks_011, Some(Indeks { nilai: 90.56, mutu: Mutu::A }));
        assert_eq!((ringkasan.responden, ringkasan.unsur.len()), (29, 9));
        let biaya = &ringkasan.unsur[3];
        assert_eq!((biaya.unsur, biaya.n, biaya.jumlah, biaya.nrr), (Unsur::Biaya, 29, 116, Some(4.0)));
        assert_eq!(biaya.per_nilai, [0, 0, 0, 29]);
    }

    #[test]
    fn letters_go_by_the_index_rounded_half_up() {
        for (jumlah, n, expected) in [
            (4, 1, (100.0, Mutu::A)),
            // 25 × 17661 ÷ 5000 is 88,305 exactly, and the next one below is 88,3.
            (17_661, 5000, (88.31, Mutu::A)),
            (17_660, 5000, (88.3, Mutu::B)),
            (15_321, 5000, (76.61, Mutu::B)),
            (15_320, 5000, (76.6, Mutu::C)),
            (12_999, 5000, (65.0, Mutu::C)),
            (12_998, 5000, (64.99, Mutu::D)),
            (1, 1, (25.0, Mutu::D)),
            // A little below a half.
            (176_609, 50_000, (88.3, Mutu::B)),
        ] {
            assert_eq!(index(&one(jumlah, n)), expected, "{jumlah} of {n}");
        }
    }

    #[test]
    fn thirds_that_make_a_whole_are_not_lost_on_the_way() {
        // Means of thirds, which decimals cut; the exact index lies on the border itself.
        let mut totals = totals(3, [10, 11, 0, 0, 0, 0, 0, 0, 0]);
        totals.unsur[2] = total(17_983, 5000);
        // (10/3 + 11/3 + 3,5966) × 25 ÷ 3 = 88,305.
        assert_eq!(index(&totals), (88.31, Mutu::A));
        totals.unsur[2] = total(17_982, 5000);
        assert_eq!(index(&totals), (88.3, Mutu::B));
    }

    #[test]
    fn the_other_weight_can_cost_a_letter() {
        let ringkasan = RingkasanSurvei::of(&one(356, 100));
        assert_eq!(ringkasan.indeks, Some(Indeks { nilai: 89.0, mutu: Mutu::A }));
        assert_eq!(ringkasan.indeks_011, Some(Indeks { nilai: 88.11, mutu: Mutu::B }));
        let worst = RingkasanSurvei::of(&totals(1, [1; 9]));
        assert_eq!(worst.indeks_011, Some(Indeks { nilai: 24.75, mutu: Mutu::D }));
    }

    #[test]
    fn what_was_left_out_is_in_no_mean() {
        let answered = |answers: &[(Unsur, i64)]| {
            let nilai = |value: i64| Nilai::try_from(value).unwrap();
            Jawaban::new(answers.iter().map(|(unsur, value)| (*unsur, nilai(*value)))).unwrap()
        };
        let answers = [
            answered(&[(Unsur::Waktu, 4), (Unsur::Sarana, 2)]),
            answered(&[(Unsur::Waktu, 3)]),
            answered(&[(Unsur::Sarana, 3)]),
        ];
        let ringkasan = RingkasanSurvei::of(&answers.iter().collect());
        let of = |unsur| ringkasan.unsur.iter().find(|one| one.unsur == unsur).unwrap();
        assert_eq!((of(Unsur::Waktu).n, of(Unsur::Waktu).nrr), (2, Some(3.5)));
        assert_eq!((of(Unsur::Sarana).n, of(Unsur::Sarana).nrr), (2, Some(2.5)));
        assert_eq!((of(Unsur::Biaya).n, of(Unsur::Biaya).nrr), (0, None));
        assert_eq!(ringkasan.responden, 3);
        // The mean of the two means that there are, 3, times 25.
        assert_eq!(ringkasan.indeks, Some(Indeks { nilai: 75.0, mutu: Mutu::C }));
        assert_eq!(ringkasan.indeks_011, Some(Indeks { nilai: 74.25, mutu: Mutu::C }));
    }

    #[test]
    fn nobody_makes_no_index() {
        let ringkasan = RingkasanSurvei::of(&Totals::default());
        assert_eq!((ringkasan.responden, ringkasan.indeks, ringkasan.indeks_011), (0, None, None));
        assert_eq!(ringkasan.unsur.len(), 9);
    }

    #[test]
    fn counts_without_a_common_divisor_do_not_overflow() {
        let mut totals = Totals { responden: u32::MAX / 4, ..Totals::default() };
        for (less, of) in totals.unsur.iter_mut().enumerate() {
            let n = u32::MAX / 4 - u32::try_from(less).unwrap();
            *of = total(4 * n, n);
        }
        assert_eq!(index(&totals), (100.0, Mutu::A));
    }

    proptest! {
        #[test]
        fn the_index_lies_between_the_least_and_the_most(rows in prop::collection::vec(
            prop::collection::btree_map(0_usize..9, 1_i64..=4, 1..9), 1..40,
        )) {
            let answers: Vec<_> = rows.iter().map(|row| {
                let nilai = |value: &i64| Nilai::try_from(*value).unwrap();
                Jawaban::new(row.iter().map(|(at, value)| (Unsur::ALL[*at], nilai(value)))).unwrap()
            }).collect();
            let ringkasan = RingkasanSurvei::of(&answers.iter().collect());
            let exact = ringkasan.indeks.unwrap();
            let means: Vec<_> = ringkasan.unsur.iter().filter_map(|one| one.nrr).collect();
            let near = 25.0 * means.iter().sum::<f64>() / means.len() as f64;
            prop_assert!((exact.nilai - near).abs() <= 0.005 + 1e-9);
            prop_assert!((25.0..=100.0).contains(&exact.nilai));
            prop_assert!((ringkasan.indeks_011.unwrap().nilai - 0.99 * near).abs() <= 0.005 + 1e-9);
        }
    }
}
