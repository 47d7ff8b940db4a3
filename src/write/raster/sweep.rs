//! From cells to runs: walks each row of a bin from left to right.

use super::cell::Cells;
use super::runs::{Bin, ONE, OUTSIDE, Weight};

/// Weights may leave 0…1 by this much through rounding alone.
const ROUNDING: i32 = 2048;

/// The faces at a point of a row, and room to work.
#[derive(Default)]
pub(super) struct Sweep {
    /// Faces that cover something to the right of here, by index: (face, height of 256).
    active: Vec<(u32, i32)>,
    next: Vec<(u32, i32)>,
    /// What faces gain in the pixel: (face, cover, area).
    gains: Vec<(u32, i32, i32)>,
    raw: Vec<(u32, i32)>,
    weights: Vec<Weight>,
}

impl Sweep {
    /// Gives the runs of a bin.
    pub(super) fn bin(&mut self, cells: &mut Cells, rows: u32, width: u32) -> Bin {
        cells.flush();
        let mut bin = Bin::default();
        for row in 0..rows {
            bin.row();
            self.active.clear();
            self.active.push((OUTSIDE, 256));
            let mut x = 0;
            for (word, &bits) in cells.touched(row).iter().enumerate() {
                let mut bits = bits;
                while bits != 0 {
                    let at = word as u32 * 64 + bits.trailing_zeros();
                    bits &= bits - 1;
                    if at > x {
                        self.between(&mut bin, x, at - x);
                    }
                    x = at + 1;
                    if self.border(&mut bin, cells, row, at) {
                        continue;
                    }
                    self.pixel(cells, row, at);
                    self.emit(&mut bin, at, 1);
                    std::mem::swap(&mut self.active, &mut self.next);
                }
            }
            if x < width {
                self.between(&mut bin, x, width - x);
            }
        }
        bin.finish();
        bin
    }

    /// Pixels without lines.
    fn between(&mut self, bin: &mut Bin, x: u32, count: u32) {
        if let [(face, 256)] = self.active[..] {
            return bin.solid(x, face);
        }
        self.raw.clear();
        self.raw.extend(self.active.iter().map(|&(face, cover)| (face, cover.wrapping_mul(512))));
        self.emit(bin, x, count);
    }

    /// The pixel of a border between two faces of which one lay to its left: most pixels with lines are
    /// such. False where it is another.
    fn border(&mut self, bin: &mut Bin, cells: &Cells, row: u32, x: u32) -> bool {
        let mut gains = cells.gains(row, x);
        let (Some(a), Some(b), None, [(face, 256)]) = (gains.next(), gains.next(), gains.next(), &self.active[..])
        else {
            return false;
        };
        let (here, new) = if a.face == *face { (a, b) } else { (b, a) };
        // what one gains the other loses, so the sum is right where the sign is
        let weight = new.cover.wrapping_mul(512).wrapping_sub(new.area);
        if here.face != *face || !(1..ONE as i32).contains(&weight) || !(0..=256).contains(&new.cover) {
            return false;
        }
        let there = Weight { face: new.face, weight: weight as u32 };
        let rest = Weight { face: here.face, weight: ONE - weight as u32 };
        bin.mix(x, &if there.face < rest.face { [there, rest] } else { [rest, there] });
        if new.cover != 0 {
            self.active.clear();
            let (there, rest) = ((new.face, new.cover), (here.face, 256 - new.cover));
            let both = if there.0 < rest.0 { [there, rest] } else { [rest, there] };
            self.active.extend(both.into_iter().filter(|f| f.1 != 0));
        }
        true
    }

    /// Weighs the faces of a pixel with lines.
    fn pixel(&mut self, cells: &Cells, row: u32, x: u32) {
        let gains = &mut self.gains;
        gains.clear();
        gains.extend(cells.gains(row, x).map(|g| (g.face, g.cover, g.area)));
        gains.sort_unstable_by_key(|g| g.0);
        gains.dedup_by(|b, a| {
            let same = a.0 == b.0;
            if same {
                a.1 = a.1.wrapping_add(b.1);
                a.2 = a.2.wrapping_add(b.2);
            }
            same
        });
        self.raw.clear();
        self.next.clear();
        let mut active = self.active.iter().copied().peekable();
        for &(face, cover, area) in gains.iter() {
            while let Some(other) = active.next_if(|a| a.0 < face) {
                self.raw.push((other.0, other.1.wrapping_mul(512)));
                self.next.push(other);
            }
            let before = active.next_if(|a| a.0 == face).map_or(0, |a| a.1);
            let cover = before.wrapping_add(cover);
            self.raw.push((face, cover.wrapping_mul(512).wrapping_sub(area)));
            if cover != 0 {
                self.next.push((face, cover));
            }
        }
        for other in active {
            self.raw.push((other.0, other.1.wrapping_mul(512)));
            self.next.push(other);
        }
    }

    /// Makes what SVG draws of faces that are no partition: parts that run the wrong way round, as where a ring
    /// crosses itself, are filled too; of faces that overlap the later one lies above. The outside has what is left.
    fn mend(&mut self) {
        let one = ONE as i32;
        let mut left = one;
        for (_, weight) in self.raw.iter_mut().rev().filter(|w| w.0 != OUTSIDE) {
            *weight = weight.checked_abs().unwrap_or(one).min(left);
            left -= *weight;
        }
        for (_, weight) in self.raw.iter_mut().filter(|w| w.0 == OUTSIDE) {
            *weight = left;
        }
    }

    /// Makes weights that sum to one of what was found, and a run of them.
    fn emit(&mut self, bin: &mut Bin, x: u32, count: u32) {
        let one = ONE as i32;
        if self.raw.iter().any(|w| w.1 < -ROUNDING || w.1 > one + ROUNDING) {
            bin.flaws += u64::from(count);
            self.mend();
        }
        let kept = self.raw.iter().filter(|w| w.1 > 0);
        self.weights.clear();
        self.weights.extend(kept.map(|&(face, weight)| Weight { face, weight: weight as u32 }));
        let sum: u64 = self.weights.iter().map(|w| u64::from(w.weight)).sum();
        if sum == 0 {
            // only where sums wrapped
            self.weights.push(Weight { face: OUTSIDE, weight: ONE });
        } else if sum != u64::from(ONE) {
            fit(&mut self.weights, sum);
        }
        match self.weights[..] {
            [Weight { face, .. }] => bin.solid(x, face),
            _ => bin.mix(x, &self.weights),
        }
    }
}

/// Scales weights to sum to one. The largest takes what rounding leaves.
fn fit(weights: &mut Vec<Weight>, sum: u64) {
    let mut left = ONE;
    let mut largest = 0;
    for i in 0..weights.len() {
        weights[i].weight = (u64::from(weights[i].weight) * u64::from(ONE) / sum) as u32;
        left -= weights[i].weight;
        if weights[i].weight > weights[largest].weight {
            largest = i;
        }
    }
    weights[largest].weight += left;
    weights.retain(|w| w.weight > 0);
}
