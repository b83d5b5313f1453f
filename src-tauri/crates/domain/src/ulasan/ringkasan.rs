//! What reviews come to: mean, spread and the number of each star, for the school and by guru.

use serde::{Deserialize, Serialize};

use crate::IdPengguna;

/// A guru with fewer reviews has no figures of their own: a single review would be a mean, and would tell whose it is.
const SENDIRI_MIN: u32 = 5;

/// What stands for the gurus who are summed up together.
const LAINNYA: &str = "lainnya";

/// Reviews of a guru, counted by their stars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BintangGuru {
    /// The guru.
    pub id_guru: IdPengguna,
    /// That guru's name.
    pub nama_guru: String,
    /// Reviews with 1, 2, 3, 4 and 5 stars.
    pub bintang: [u32; 5],
}

/// How many reviews have so many stars.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JumlahBintang {
    /// 1 to 5.
    pub rating: u8,
    /// Reviews.
    pub jumlah: u32,
}

/// How the visits of a guru, or of some together, were rated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RingkasanGuru {
    /// The guru; null of the gurus with fewer than 5 reviews, who are one row.
    pub id_guru: Option<IdPengguna>,
    /// That guru's name; `lainnya` of that row.
    pub nama_guru: String,
    /// How many gurus the row is about.
    pub jumlah_guru: u32,
    /// Reviews.
    pub jumlah: u32,
    /// Mean of their stars.
    pub rating_rata_rata: f64,
    /// The same.
    pub rata_rata: f64,
    /// Standard deviation of their stars, of all reviews that there are and not of a sample.
    pub simpangan_baku: f64,
    /// Reviews by their stars, from 1 to 5.
    pub per_rating: Vec<JumlahBintang>,
}

/// What reviews come to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = Ringkasan))]
pub struct RingkasanUlasan {
    /// Reviews.
    pub jumlah: u32,
    /// Mean of their stars; no review: null.
    pub rating_rata_rata: Option<f64>,
    /// Standard deviation of their stars; no review: null.
    pub simpangan_baku: Option<f64>,
    /// Reviews by their stars, from 1 to 5.
    pub per_rating: Vec<JumlahBintang>,
    /// The same by guru, best first; those with fewer than 5 reviews are the last row.
    pub per_guru: Vec<RingkasanGuru>,
}

impl RingkasanUlasan {
    /// Sums up.
    pub fn of(gurus: &[BintangGuru]) -> Self {
        let all = sum(gurus.iter());
        let (own, few): (Vec<_>, Vec<_>) = gurus
            .iter()
            .filter(|guru| count(&guru.bintang) > 0)
            .partition(|guru| count(&guru.bintang) >= SENDIRI_MIN);
        let mut per_guru: Vec<_> =
            own.into_iter().map(|guru| row(Some(guru.id_guru), &guru.nama_guru, 1, &guru.bintang)).collect();
        // The store gives them by name, and equal ones stay in that order.
        per_guru.sort_by(|a, b| b.rata_rata.total_cmp(&a.rata_rata).then_with(|| b.jumlah.cmp(&a.jumlah)));
        if !few.is_empty() {
            let gurus = u32::try_from(few.len()).unwrap_or(u32::MAX);
            per_guru.push(row(None, LAINNYA, gurus, &sum(few.into_iter())));
        }
        let is_any = count(&all) > 0;
        Self {
            jumlah: count(&all),
            rating_rata_rata: is_any.then(|| mean(&all)),
            simpangan_baku: is_any.then(|| deviation(&all)),
            per_rating: by_stars(&all),
            per_guru,
        }
    }
}

fn row(id_guru: Option<IdPengguna>, nama_guru: &str, jumlah_guru: u32, bintang: &[u32; 5]) -> RingkasanGuru {
    RingkasanGuru {
        id_guru,
        nama_guru: nama_guru.to_owned(),
        jumlah_guru,
        jumlah: count(bintang),
        rating_rata_rata: mean(bintang),
        rata_rata: mean(bintang),
        simpangan_baku: deviation(bintang),
        per_rating: by_stars(bintang),
    }
}

fn sum<'a>(gurus: impl Iterator<Item = &'a BintangGuru>) -> [u32; 5] {
    let mut all = [0; 5];
    for guru in gurus {
        all.iter_mut().zip(guru.bintang).for_each(|(all, own)| *all += own);
    }
    all
}

fn count(bintang: &[u32; 5]) -> u32 {
    bintang.iter().sum()
}

fn by_stars(bintang: &[u32; 5]) -> Vec<JumlahBintang> {
    (1..=5).zip(bintang).map(|(rating, jumlah)| JumlahBintang { rating, jumlah: *jumlah }).collect()
}

/// Each number of stars with how often it was given.
fn weighted(bintang: &[u32; 5]) -> impl Iterator<Item = (f64, f64)> {
    (1_u8..=5).zip(bintang).map(|(rating, jumlah)| (f64::from(rating), f64::from(*jumlah)))
}

fn mean(bintang: &[u32; 5]) -> f64 {
    let stars: f64 = weighted(bintang).map(|(rating, jumlah)| rating * jumlah).sum();
    stars / f64::from(count(bintang))
}

fn deviation(bintang: &[u32; 5]) -> f64 {
    let mean = mean(bintang);
    let squares: f64 = weighted(bintang).map(|(rating, jumlah)| jumlah * (rating - mean).powi(2)).sum();
    (squares / f64::from(count(bintang))).sqrt()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn guru(id: i64, bintang: [u32; 5]) -> BintangGuru {
        BintangGuru { id_guru: IdPengguna(id), nama_guru: format!("Guru {id}"), bintang }
    }

    #[test]
    fn the_best_comes_first_and_those_with_few_are_one_row_at_the_end() {
        let gurus = [
            guru(1, [0, 0, 5, 0, 0]),
            guru(2, [0, 0, 0, 0, 4]),
            guru(3, [2, 0, 0, 0, 8]),
            guru(4, [0; 5]),
            guru(5, [1, 0, 0, 0, 0]),
        ];
        let all = RingkasanUlasan::of(&gurus);
        let rows: Vec<_> = all.per_guru.iter().map(|row| (row.id_guru.map(|id| id.0), row.jumlah)).collect();
        assert_eq!(rows, [(Some(3), 10), (Some(1), 5), (None, 5)]);
        let [best, _, lainnya] = &all.per_guru[..] else { panic!("three rows") };
        assert_eq!((best.rata_rata, best.rating_rata_rata, best.simpangan_baku), (4.2, 4.2, 1.6));
        assert_eq!(
            (lainnya.nama_guru.as_str(), lainnya.jumlah_guru),
            ("lainnya", 2),
            "who has none is nowhere"
        );
        assert_eq!((lainnya.rata_rata, lainnya.simpangan_baku), (4.2, 1.6));
        let spread: Vec<_> = all.per_rating.iter().map(|one| (one.rating, one.jumlah)).collect();
        assert_eq!((all.jumlah, spread), (20, vec![(1, 3), (2, 0), (3, 5), (4, 0), (5, 12)]));
    }

    #[test]
    fn nothing_has_no_mean() {
        let none = RingkasanUlasan::of(&[guru(1, [0; 5])]);
        assert_eq!((none.jumlah, none.rating_rata_rata, none.simpangan_baku), (0, None, None));
        assert!(none.per_guru.is_empty() && none.per_rating.len() == 5);
    }

    proptest! {
        #[test]
        fn the_figures_are_those_of_the_single_stars(stars in prop::collection::vec((1_i64..6, 1_usize..6), 1..200)) {
            let mut gurus: Vec<_> = (1..6).map(|id| guru(id, [0; 5])).collect();
            for (id, rating) in &stars {
                gurus[usize::try_from(id - 1).unwrap()].bintang[rating - 1] += 1;
            }
            let all = RingkasanUlasan::of(&gurus);
            let n = stars.len() as f64;
            let mean = stars.iter().map(|(_, rating)| *rating as f64).sum::<f64>() / n;
            let of_squares = stars.iter().map(|(_, rating)| (*rating as f64).powi(2)).sum::<f64>() / n;
            prop_assert!((all.rating_rata_rata.unwrap() - mean).abs() < 1e-9);
            prop_assert!((all.simpangan_baku.unwrap().powi(2) - (of_squares - mean * mean)).abs() < 1e-9);
            prop_assert_eq!(all.per_guru.iter().map(|row| row.jumlah).sum::<u32>() as usize, stars.len());
            prop_assert!(all.per_guru.iter().all(|row| row.id_guru.is_none() || row.jumlah >= SENDIRI_MIN));
        }
    }
}
