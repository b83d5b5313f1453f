//! Numbers by chance, which come again if the seed is given again.

use std::hash::{BuildHasher, Hasher, RandomState};

/// Numbers by chance. A test that fails shows the seed; `BUKUTAMU_TEST_SEED` gives it again.
pub struct Seed(u64);

impl Seed {
    /// A new seed, or the one that is given.
    #[allow(clippy::print_stderr, reason = "a test that fails shows how it can be repeated")]
    pub fn new() -> Self {
        let given = std::env::var("BUKUTAMU_TEST_SEED").ok().and_then(|text| text.parse().ok());
        let seed = given.unwrap_or_else(|| RandomState::new().build_hasher().finish());
        eprintln!("BUKUTAMU_TEST_SEED={seed}");
        Self(seed)
    }

    /// The next number, below `end`. (SplitMix64.)
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % end as u64).expect("below a number of this kind")
    }

    /// So many of the numbers from 1 to `last`, each once, in their order; all of them if there are no more.
    pub fn some_of(&mut self, last: usize, most: usize) -> Vec<usize> {
        let mut all: Vec<usize> = (1..=last).collect();
        while all.len() > most {
            all.swap_remove(self.below(all.len()));
        }
        all.sort_unstable();
        all
    }
}

impl Default for Seed {
    fn default() -> Self {
        Self::new()
    }
}
