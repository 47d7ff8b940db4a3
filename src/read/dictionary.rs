//! Distinct texts of a column, or of several: takes bytes, gives the number of the text.

/// Keeps each distinct text once, numbered in the order first seen.
#[derive(Debug, Default)]
pub(super) struct Dictionary {
    /// Of a power of two, at most three in four of them taken.
    slots: Vec<Slot>,
    bytes: Vec<u8>,
    /// Where the bytes of each text end.
    ends: Vec<usize>,
}

/// All that finding a text needs but its bytes, side by side.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    /// The upper half of its hash.
    tag: u32,
    /// One more than its number; 0 where the slot is free.
    number: u32,
    start: usize,
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
        let hash = hash(text);
        let tag = (hash >> 32) as u32;
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        while let Some(slot) = self.slots.get(at).filter(|slot| slot.number != 0) {
            // A text of the same start that goes on is told apart by the length, which is hashed too.
            if slot.tag == tag && self.bytes.get(slot.start..slot.start + text.len()) == Some(text) {
                let number = slot.number - 1;
                if self.ends[number as usize] == slot.start + text.len() {
                    return (number, false);
                }
            }
            at = (at + 1) & mask;
        }
        (self.insert(text, hash), true)
    }

    #[cold]
    fn insert(&mut self, text: &[u8], hash: u64) -> u32 {
        if self.slots.len() * 3 < 4 * (self.ends.len() + 1) {
            self.grow();
        }
        let number = u32::try_from(self.ends.len() + 1).expect("fewer than 2^32 distinct texts");
        let start = self.bytes.len();
        self.bytes.extend_from_slice(text);
        self.ends.push(self.bytes.len());
        place(&mut self.slots, hash, Slot { tag: (hash >> 32) as u32, number, start });
        number - 1
    }

    fn grow(&mut self) {
        let mut slots = vec![Slot::default(); (self.slots.len() * 2).max(1 << 10)];
        for slot in self.slots.iter().filter(|slot| slot.number != 0) {
            place(&mut slots, hash(self.get(slot.number as usize - 1)), *slot);
        }
        self.slots = slots;
    }
}

/// Puts a slot into the first free one from its hash on.
fn place(slots: &mut [Slot], hash: u64, slot: Slot) {
    let mask = slots.len() - 1;
    let mut at = hash as usize & mask;
    while slots[at].number != 0 {
        at = (at + 1) & mask;
    }
    slots[at] = slot;
}

/// A hash of few instructions: eight bytes at a time, multiplied and folded.
#[inline]
fn hash(text: &[u8]) -> u64 {
    let fold = |state: u64, word: u64| {
        let wide = u128::from(state ^ word) * 0x9e37_79b9_7f4a_7c15;
        (wide >> 64) as u64 ^ wide as u64
    };
    let word = |bytes: &[u8]| bytes.try_into().map_or(0, u64::from_le_bytes);
    let mut state = 0x2545_f491_4f6c_dd1d ^ text.len() as u64;
    let mut chunks = text.chunks_exact(8);
    for chunk in &mut chunks {
        state = fold(state, word(chunk));
    }
    match (chunks.remainder(), text.len()) {
        ([], _) => {}
        // The last eight bytes, some of them for the second time.
        (_, 8..) => state = fold(state, word(&text[text.len() - 8..])),
        (rest, _) => state = fold(state, rest.iter().fold(1, |word, b| word << 8 | u64::from(*b))),
    }
    fold(state, 0xa076_1d64_78bd_642f)
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
