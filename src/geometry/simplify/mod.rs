//! Fewer points: takes lines that meet at their ends, gives the same lines with the points that matter.
//!
//! Every border is one line, so that what both its faces lose is the same and no gap opens. Ends stay; a closed
//! line keeps a triangle. Where lines would cross that did not, they keep more of their points.
//!
//! # Source
//! Visvalingam and Whyatt, "Line generalisation by repeated elimination of points", 1993; weighted by angle as
//! in mapshaper (Matthew Bloch, MPL-2.0), so that spikes go before bends.

pub(super) mod crossing;
#[cfg(test)]
mod tests;
mod weight;

use crossing::Segment;
use rayon::prelude::*;
use weight::Scratch;

/// How large a triangle of points is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// Points lie on a plane.
    Plane,
    /// Points are degrees: a degree of longitude is shorter away from the equator.
    Degrees,
}

/// Lines, and how much each of their points matters.
#[derive(Debug)]
pub struct Lines {
    lines: Vec<Vec<[f64; 2]>>,
    weights: Vec<Vec<f32>>,
}

/// Rounds in which crossing lines get more of their points back, before they get all.
const ROUNDS: u32 = 6;

impl Lines {
    /// Weighs the points of lines.
    pub fn new(lines: Vec<Vec<[f64; 2]>>, metric: Metric) -> Self {
        Self::up_to(lines, metric, f32::INFINITY)
    }

    /// Weighs the points of lines that weigh no more than `most`, of which no more is to go: what lines that lose
    /// little need.
    pub fn up_to(lines: Vec<Vec<[f64; 2]>>, metric: Metric, most: f32) -> Self {
        let weigh = |scratch: &mut Scratch, line: &Vec<[f64; 2]>| scratch.weights(line, metric, most);
        let weights = lines.par_iter().with_min_len(16).map_init(Scratch::default, weigh).collect();
        Self { lines, weights }
    }

    /// The weight above which a share of all points that may go is kept.
    pub fn weight_of_share(&self, share: f64) -> f32 {
        // ends, and what a closed line must keep, weigh without end
        let mut all: Vec<f32> = self.weights.iter().flatten().copied().filter(|w| w.is_finite()).collect();
        let kept = ((all.len() as f64 * share.clamp(0.0, 1.0)).round() as usize).min(all.len());
        if kept == all.len() {
            return f32::NEG_INFINITY;
        }
        let at = all.len() - 1 - kept;
        *all.select_nth_unstable_by(at, f32::total_cmp).1
    }

    /// Keeps the points whose weight is above a least one, and more where lines would cross.
    pub fn simplify(self, least: f32) -> Vec<Vec<[f64; 2]>> {
        let Self { lines, weights } = self;
        let mut limits = vec![least; lines.len()];
        let all = lines.par_iter().zip(&weights).with_min_len(64);
        let mut kept: Vec<Kept> = all.map(|(line, weights)| Kept::above(line, weights, least)).collect();
        let mut as_before: Option<Vec<(u32, u32)>> = None;
        for round in 0.. {
            let (slices, new): (Vec<_>, Vec<_>) = kept.iter().map(|k| (k.points.as_slice(), k.new.as_slice())).unzip();
            let is_new = |(line, at): Segment| new[line as usize].binary_search(&at).is_ok();
            let mut pairs = if new.iter().all(|new| new.is_empty()) {
                Vec::new()
            } else {
                crossing::crossing(&slices, is_new, crossing::meet)
            };
            if !pairs.is_empty() {
                let before = as_before.get_or_insert_with(|| crossing_before(&lines, &pairs));
                pairs.retain(|p| before.binary_search(p).is_err());
            }
            kept.iter_mut().for_each(|kept| kept.new.clear());
            let mut again: Vec<u32> = pairs.into_iter().flat_map(|(a, b)| [a, b]).collect();
            again.sort_unstable();
            again.dedup();
            again.retain(|i| kept[*i as usize].points.len() < lines[*i as usize].len());
            if again.is_empty() {
                break;
            }
            for i in again {
                let i = i as usize;
                limits[i] = if round < ROUNDS { limits[i] / 4.0 } else { f32::NEG_INFINITY };
                kept[i] = Kept::above(&lines[i], &weights[i], limits[i]);
                kept[i].new = (0..kept[i].points.len() as u32).collect();
            }
        }
        kept.into_iter().map(|kept| kept.points).collect()
    }
}

/// What is left of a line.
struct Kept {
    points: Vec<[f64; 2]>,
    /// Where its segments begin that the whole line does not have; ascending.
    new: Vec<u32>,
}

impl Kept {
    /// The points above a weight.
    fn above(line: &[[f64; 2]], weights: &[f32], limit: f32) -> Self {
        let (mut points, mut new) = (Vec::with_capacity(line.len()), Vec::new());
        let mut last = 0;
        for (i, (point, weight)) in line.iter().zip(weights).enumerate() {
            if *weight > limit {
                if i > last + 1 {
                    new.push(points.len() as u32 - 1);
                }
                points.push(*point);
                last = i;
            }
        }
        Self { points, new }
    }
}

/// Which lines cross already, among those that do now: what was so is not for us to repair.
fn crossing_before(lines: &[Vec<[f64; 2]>], now: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let mut concerned = vec![false; lines.len()];
    now.iter().for_each(|(a, b)| {
        concerned[*a as usize] = true;
        concerned[*b as usize] = true;
    });
    let only =
        |(line, is): (&'_ Vec<[f64; 2]>, &bool)| -> Vec<[f64; 2]> { if *is { line.clone() } else { Vec::new() } };
    let lines: Vec<Vec<[f64; 2]>> = lines.iter().zip(&concerned).map(only).collect();
    let slices: Vec<&[[f64; 2]]> = lines.iter().map(Vec::as_slice).collect();
    crossing::crossing(&slices, |_| true, crossing::meet)
}
