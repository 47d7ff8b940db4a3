//! A set of ranks: takes numbers below a bound as they come and go, gives them back from the highest down.

/// Numbers below a bound, as a tree of bits: every step costs the tree's height, one for each factor of 64.
pub(crate) struct Ranks {
    /// Bits of the numbers, then of the words of the level below that are not zero.
    levels: Vec<Vec<u64>>,
}

impl Ranks {
    pub fn new(bound: usize) -> Self {
        let mut levels = Vec::new();
        let mut size = bound;
        loop {
            size = size.div_ceil(64).max(1);
            levels.push(vec![0; size]);
            if size == 1 {
                return Self { levels };
            }
        }
    }

    pub fn add(&mut self, mut rank: usize) {
        for level in &mut self.levels {
            level[rank / 64] |= 1 << (rank % 64);
            rank /= 64;
        }
    }

    pub fn remove(&mut self, mut rank: usize) {
        for level in &mut self.levels {
            level[rank / 64] &= !(1 << (rank % 64));
            if level[rank / 64] != 0 {
                return;
            }
            rank /= 64;
        }
    }

    pub fn contains(&self, rank: usize) -> bool {
        self.levels[0][rank / 64] >> (rank % 64) & 1 == 1
    }

    /// The ranks from the highest down.
    pub fn descending(&self) -> impl Iterator<Item = usize> {
        let top = self.levels[0].len() * 64;
        std::iter::successors(self.below(top), |rank| self.below(*rank))
    }

    /// The highest rank below another.
    fn below(&self, rank: usize) -> Option<usize> {
        let mut at = rank;
        for (height, level) in self.levels.iter().enumerate() {
            // Past the end lies all of the last word below.
            let (place, mask) = match at / 64 {
                past if past == level.len() => (past - 1, u64::MAX),
                place => (place, (1 << (at % 64)) - 1),
            };
            let word = level[place] & mask;
            if word != 0 {
                let mut found = place * 64 + highest(word);
                for lower in self.levels[..height].iter().rev() {
                    found = found * 64 + highest(lower[found]);
                }
                return Some(found);
            }
            at /= 64;
        }
        None
    }
}

fn highest(word: u64) -> usize {
    63 - word.leading_zeros() as usize
}

#[cfg(test)]
mod tests {
    use super::Ranks;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn gives_back_what_was_added_from_the_highest_down(
            bound in 1..10_000usize,
            steps in proptest::collection::vec((any::<usize>(), any::<bool>()), 0..200),
        ) {
            let (mut ranks, mut wanted) = (Ranks::new(bound), BTreeSet::new());
            for (rank, adds) in steps {
                let rank = rank % bound;
                if adds { ranks.add(rank); wanted.insert(rank); } else { ranks.remove(rank); wanted.remove(&rank); }
                prop_assert_eq!(ranks.contains(rank), adds);
            }
            prop_assert_eq!(ranks.descending().collect::<Vec<_>>(), wanted.into_iter().rev().collect::<Vec<_>>());
        }
    }
}
