//! Arcs in short pieces, each with the rows that it crosses: takes arcs, gives what each bin of rows must walk.

use super::planar::ToPixel;
use super::runs::BIN;
use crate::scene::Arc;
use rayon::prelude::*;

/// Lines of a piece.
const LINES: usize = 64;
/// Beyond this many pixels lines are cut before they become integers.
const LIMIT: f64 = 2_097_152.0;
const HALF_RANGE: i64 = 1 << 32;

/// A piece of an arc.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chunk {
    pub(super) arc: u32,
    first: u32,
    last: u32,
    /// Bins that it crosses.
    bins: [u32; 2],
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    /// Within the limit.
    Near,
    /// Wholly left of the page: only the height matters, so it is one line.
    Left,
    /// Beyond the limit somewhere, or not finite.
    Far,
}

/// A point in 1/256 pixel.
pub(super) type Fixed = [i32; 2];

fn fixed(p: [f64; 2]) -> Fixed {
    // positive before the cut, so that it rounds half up on either side of zero
    p.map(|v| ((v * 256.0 + (HALF_RANGE as f64 + 0.5)) as i64 - HALF_RANGE) as i32)
}

/// Cuts arcs to pieces and drops those that cannot show: above, below or right of the page, or with
/// the same face on both sides.
pub(super) fn chunks(arcs: &[Arc], to_pixel: ToPixel, width: u32, height: u32) -> Vec<Chunk> {
    let groups: Vec<Vec<Chunk>> = arcs
        .par_chunks(64)
        .enumerate()
        .map(|(g, group)| {
            let mut found = Vec::new();
            for (i, arc) in group.iter().enumerate() {
                if arc.left != arc.right {
                    of_arc((g * 64 + i) as u32, arc, to_pixel, [width, height], &mut found);
                }
            }
            found
        })
        .collect();
    groups.concat()
}

fn of_arc(index: u32, arc: &Arc, to_pixel: ToPixel, [width, height]: [u32; 2], found: &mut Vec<Chunk>) {
    let mut first = 0;
    while first + 1 < arc.points.len() {
        let last = (first + LINES).min(arc.points.len() - 1);
        let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        let mut sum = 0.0;
        for &p in &arc.points[first..=last] {
            let p = to_pixel.map(p);
            sum += p[0] + p[1];
            for axis in 0..2 {
                low[axis] = if p[axis] < low[axis] { p[axis] } else { low[axis] };
                high[axis] = if p[axis] > high[axis] { p[axis] } else { high[axis] };
            }
        }
        // rounding moves a point by at most 1/512 pixel, and the last row is inclusive
        if low[0] < f64::from(width) && low[1] < f64::from(height) && high[1] > 0.0 {
            let near = low[0] > -LIMIT && low[1] > -LIMIT && high[0] < LIMIT && high[1] < LIMIT && sum.is_finite();
            let kind = match near {
                false => Kind::Far,
                true if high[0] < -1.0 => Kind::Left,
                true => Kind::Near,
            };
            let bin = |y: f64| (y as u32).min(height - 1) / BIN;
            found.push(Chunk {
                arc: index,
                first: first as u32,
                last: last as u32,
                bins: [bin(low[1]), bin(high[1])],
                kind,
            });
        }
        first = last;
    }
}

impl Chunk {
    /// Gives its lines in 1/256 pixel.
    pub(super) fn walk(&self, arc: &Arc, to_pixel: ToPixel, mut line: impl FnMut(Fixed, Fixed)) {
        let points = &arc.points[self.first as usize..=self.last as usize];
        match self.kind {
            Kind::Near => {
                let mut from = fixed(to_pixel.map(points[0]));
                for &p in &points[1..] {
                    let to = fixed(to_pixel.map(p));
                    line(from, to);
                    from = to;
                }
            }
            Kind::Left => {
                line(fixed(to_pixel.map(points[0])), fixed(to_pixel.map(points[points.len() - 1])));
            }
            Kind::Far => {
                let mut finite =
                    points.iter().map(|p| to_pixel.map(*p)).filter(|p| p[0].is_finite() && p[1].is_finite());
                let Some(mut from) = finite.next() else { return };
                for to in finite {
                    far_line(from, to, &mut line);
                    from = to;
                }
            }
        }
    }
}

/// Cuts a line where it crosses the limits, then draws the parts beyond them along the limits: left of
/// the page only height matters, above and below nothing does.
fn far_line(a: [f64; 2], b: [f64; 2], line: &mut impl FnMut(Fixed, Fixed)) {
    let mut cuts = [0.0, 1.0, 1.0, 1.0, 1.0, 1.0];
    for (i, (axis, limit)) in [(0, -LIMIT), (0, LIMIT), (1, -LIMIT), (1, LIMIT)].into_iter().enumerate() {
        let t = (limit - a[axis]) / (b[axis] - a[axis]);
        if t > 0.0 && t < 1.0 {
            cuts[i + 1] = t;
        }
    }
    cuts.sort_by(f64::total_cmp);
    let clamp = |p: [f64; 2]| fixed(p.map(|v| v.clamp(-LIMIT, LIMIT)));
    let at = |t: f64| {
        // exact at both ends, so that lines of one arc meet
        if t == 1.0 { b } else { [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t] }
    };
    let mut from = clamp(a);
    for t in &cuts[1..] {
        let to = clamp(at(*t));
        line(from, to);
        from = to;
    }
}

/// Which pieces cross each bin.
pub(super) struct ByBin {
    first: Vec<u32>,
    chunks: Vec<u32>,
}

impl ByBin {
    /// Indices of the pieces that cross a bin, in order.
    pub(super) fn of(&self, bin: u32) -> &[u32] {
        &self.chunks[self.first[bin as usize] as usize..self.first[bin as usize + 1] as usize]
    }
}

/// Sorts pieces into bins.
pub(super) fn by_bin(chunks: &[Chunk], bin_count: u32) -> ByBin {
    let mut first = vec![0u32; bin_count as usize + 2];
    for c in chunks {
        for bin in c.bins[0]..=c.bins[1] {
            first[bin as usize + 2] += 1;
        }
    }
    for i in 2..first.len() {
        first[i] += first[i - 1];
    }
    let mut list = vec![0; first[bin_count as usize + 1] as usize];
    for (i, c) in chunks.iter().enumerate() {
        for bin in c.bins[0]..=c.bins[1] {
            let at = &mut first[bin as usize + 1];
            list[*at as usize] = i as u32;
            *at += 1;
        }
    }
    first.pop();
    ByBin { first, chunks: list }
}
