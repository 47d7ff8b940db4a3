//! Vertices by number: takes positions, gives the same number for positions that round to the same.

const EMPTY: u32 = u32::MAX;
/// Slots of a block, which serves vertices that lie close together.
const BLOCK: usize = 64;
/// Slots of a line of the processor's cache: a quarter of a block serves a quarter of its square.
const LINE: usize = 16;

/// An open-addressed table of rounded positions. Neighbours along a ring share a block of slots, so
/// that a walk along a border stays in the processor's cache.
pub(super) struct VertexTable {
    slots: Vec<u32>,
    keys: Vec<u64>,
    mask: usize,
    /// Positions whose coordinates agree above this bit share a block.
    shift: u32,
}

/// Rounds a position to 1e-7 degrees and packs it. Unique within 429 degrees.
pub(super) fn key(x: f64, y: f64) -> u64 {
    // positive before the cut, so that it rounds half up on either side of zero
    let round = |v: f64| u64::from((v * 1e7 + (4_294_967_296.0 + 0.5)) as i64 as u32);
    round(x) << 32 | round(y)
}

fn mix(v: u64) -> u64 {
    let v = v.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (v ^ (v >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93)
}

impl VertexTable {
    /// Makes a table for at most `count` vertices that lie about `spacing` (in 1e-7 degrees) apart.
    pub(super) fn new(count: usize, spacing: f64) -> Self {
        let size = (count + count / 4 + BLOCK).next_power_of_two();
        let shift = ((spacing * 16.0).max(2.0) as u32).max(2).ilog2();
        Self { slots: vec![EMPTY; size], keys: Vec::with_capacity(count / 2 + 16), mask: size - 1, shift }
    }

    /// How many different vertices there are.
    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// The number of a vertex: that of its first appearance.
    fn number(&mut self, key: u64) -> u32 {
        let (x, y) = ((key >> 32) as u32, key as u32);
        let cell = u64::from(x >> self.shift) << 32 | u64::from(y >> self.shift);
        let block = (mix(cell) >> 20) as usize & self.mask & !(BLOCK - 1);
        let half = self.shift - 1;
        let line = block + ((x >> half & 1) << 1 | (y >> half & 1)) as usize * LINE;
        let hash = mix(key);
        for line in [line, line ^ LINE] {
            for i in 0..LINE {
                if let Some(number) = self.try_slot(line + ((hash >> 40) as usize + i) % LINE, key) {
                    return number;
                }
            }
        }
        // a crowded block: anywhere in the table, so that dense data cannot make long queues
        let mut slot = (hash >> 20) as usize & self.mask;
        loop {
            if let Some(number) = self.try_slot(slot, key) {
                return number;
            }
            slot = (slot + 1) & self.mask;
        }
    }

    /// The number of the vertex that follows number `last` on a ring: where another ring came the same way,
    /// it is the next or the one before, which needs no search.
    pub(super) fn after(&mut self, last: u32, key: u64) -> u32 {
        for near in [last.wrapping_sub(1), last.wrapping_add(1)] {
            if self.keys.get(near as usize) == Some(&key) {
                return near;
            }
        }
        self.number(key)
    }

    fn try_slot(&mut self, slot: usize, key: u64) -> Option<u32> {
        let number = self.slots[slot];
        if number == EMPTY {
            let new = self.keys.len() as u32;
            self.slots[slot] = new;
            self.keys.push(key);
            return Some(new);
        }
        (self.keys[number as usize] == key).then_some(number)
    }
}
