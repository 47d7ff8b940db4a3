//! Distinct texts of a column, or of several: takes bytes, gives the number of the text.

use foldhash::fast::FixedState;
use std::hash::BuildHasher;

/// Keeps each distinct text once, numbered in the order first seen.
#[derive(Debug, Default)]
pub(super) struct Dictionary {
    /// Of a power of two, at most half of them taken: the upper half of a text's hash, and one more than its number.
    slots: Vec<(u32, u32)>,
    bytes: Vec<u8>,
    /// Where the bytes of each text end.
    ends: Vec<usize>,
    state: FixedState,
}

impl Dictionary {
    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The bytes of a text.
    pub fn get(&self, number: usize) -> &[u8] {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.bytes[start..self.ends[number]]
    }

    /// The number of a text, and whether it is new.
    #[inline]
    pub fn add(&mut self, text: &[u8]) -> (u32, bool) {
        if self.slots.len() < 2 * (self.ends.len() + 1) {
            self.grow();
        }
        let hash = self.state.hash_one(text);
        let tag = (hash >> 32) as u32;
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let (other, number) = self.slots[at];
            if number == 0 {
                break;
            }
            if other == tag && self.get(number as usize - 1) == text {
                return (number - 1, false);
            }
            at = (at + 1) & mask;
        }
        let number = u32::try_from(self.ends.len()).expect("fewer than 2^32 distinct texts");
        self.slots[at] = (tag, number + 1);
        self.bytes.extend_from_slice(text);
        self.ends.push(self.bytes.len());
        (number, true)
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 4).max(1 << 10);
        let mut slots = vec![(0, 0); size];
        for number in 0..self.ends.len() {
            let hash = self.state.hash_one(self.get(number));
            let mut at = hash as usize & (size - 1);
            while slots[at].1 != 0 {
                at = (at + 1) & (size - 1);
            }
            slots[at] = ((hash >> 32) as u32, number as u32 + 1);
        }
        self.slots = slots;
    }
}

#[cfg(test)]
mod tests {
    use super::Dictionary;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn each_text_has_one_number_in_the_order_first_seen(texts in proptest::collection::vec("[ab]{0,9}", 0..3000)) {
            let mut dictionary = Dictionary::default();
            let mut known: Vec<&str> = Vec::new();
            for text in &texts {
                let place = known.iter().position(|k| k == text);
                prop_assert_eq!(dictionary.add(text.as_bytes()), (place.unwrap_or(known.len()) as u32, place.is_none()));
                if place.is_none() {
                    known.push(text);
                }
            }
            prop_assert!(known.iter().enumerate().all(|(i, k)| dictionary.get(i) == k.as_bytes()));
        }
    }
}
