//! Waiting times, and what stands in their middle.

/// Waiting times in milliseconds.
#[derive(Default)]
pub(super) struct Waits {
    /// Four bytes each, because a report over years has millions.
    short: Vec<u32>,
    /// Those of more than seven weeks, which do not fit.
    long: Vec<u64>,
    sum: u128,
}

impl Waits {
    pub(super) fn add(&mut self, ms: u64) {
        self.sum += u128::from(ms);
        match u32::try_from(ms) {
            Ok(ms) => self.short.push(ms),
            Err(_) => self.long.push(ms),
        }
    }

    pub(super) fn count(&self) -> usize {
        self.short.len() + self.long.len()
    }

    /// The mean in seconds; `None` if there is none.
    pub(super) fn mean(&self) -> Option<f64> {
        (self.count() > 0).then(|| self.sum as f64 / self.count() as f64 / 1000.0)
    }

    /// A percentile in seconds by nearest rank: the smallest waiting time that so many per cent do not exceed. `None`
    /// if there is none.
    pub(super) fn percentile(&mut self, percent: usize) -> Option<f64> {
        let rank = (self.count() * percent).div_ceil(100).checked_sub(1)?;
        let ms = match rank.checked_sub(self.short.len()) {
            None => u64::from(*self.short.select_nth_unstable(rank).1),
            Some(rank) => *self.long.select_nth_unstable(rank).1,
        };
        Some(ms as f64 / 1000.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_go_by_the_nearest_rank() {
        let of = |values: &[u64], percent| {
            let mut waits = Waits::default();
            values.iter().for_each(|ms| waits.add(*ms));
            waits.percentile(percent)
        };
        assert_eq!(of(&[], 50), None);
        assert_eq!(of(&[7000], 90), Some(7.0));
        assert_eq!(of(&[4000, 1000, 3000, 2000], 50), Some(2.0));
        assert_eq!(of(&[4000, 1000, 3000, 2000, 5000], 50), Some(3.0));
        let ten: Vec<u64> = (1..=10).rev().map(|s| s * 1000).collect();
        assert_eq!((of(&ten, 90), of(&ten, 50)), (Some(9.0), Some(5.0)));
        let eleven: Vec<u64> = (1..=11).map(|s| s * 1000).collect();
        assert_eq!(of(&eleven, 90), Some(10.0));
        let weeks = 8 * 7 * 86_400_000;
        assert_eq!(of(&[1000, weeks, weeks + 5], 90), Some((weeks + 5) as f64 / 1000.0));
        assert_eq!(of(&[1000, weeks, weeks + 5], 50), Some(weeks as f64 / 1000.0));
    }
}
