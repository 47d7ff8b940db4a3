//! Labels led out of regions that have no room for them: over muted ground, with a line back.

use super::ground::Ground;
use super::label::{Rect, holds};
use crate::geometry::placement::{Line, crosses};

/// A place of a label outside of its region.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Callout {
    /// Middle of the label.
    pub at: [f64; 2],
    /// From the region to the label.
    pub leader: Line,
    /// How far from ideal.
    pub cost: f64,
    /// How far the line runs over other regions, in units of the design.
    pub foreign: f64,
}

/// What being led out costs in itself.
const LED_OUT: f64 = 9.0;

/// What a name on a neighbour's ground costs.
const ON_OTHERS: f64 = 44.0;

/// How far from its region a label is looked for, in units of the design.
pub const FARTHEST: f64 = 300.0;

/// How far a line may run over other regions, in units of the design.
const MOST_FOREIGN: f64 = 45.0;

/// How far the line of an enclave may, which has to cross the one region around it.
const MOST_HELD: f64 = 100.0;

/// The most places given.
const MOST: usize = 80;

/// How many are looked at closely.
const NEAREST: usize = 1500;

/// A region that is pointed at.
pub struct Target<'a> {
    /// Which.
    pub face: usize,
    /// Points where the line may start, the best first.
    pub from: &'a [[f64; 2]],
    /// How far from that point the line is first seen.
    pub blank: f64,
    /// What the line may not run over, but may start in.
    pub fixed: &'a [Rect],
}

/// The point of boxes grown a little that lies nearest to another point.
pub fn nearest(boxes: impl Iterator<Item = Rect>, from: [f64; 2], unit: f64) -> Option<[f64; 2]> {
    let near =
        |[x, y, w, h]: Rect| [from[0].clamp(x - 1.5 * unit, x + w + 1.5 * unit), from[1].clamp(y - unit, y + h + unit)];
    let far = |p: &[f64; 2]| (p[0] - from[0]) * (p[0] - from[0]) + (p[1] - from[1]) * (p[1] - from[1]);
    boxes.map(near).min_by(|a, b| far(a).total_cmp(&far(b)))
}

/// The line from a point to the nearest of the boxes around a middle, and how far that is; nothing where hardly any of
/// it would be seen.
fn leader(from: [f64; 2], at: [f64; 2], boxes: &[Rect], blank: f64, unit: f64) -> Option<(Line, f64)> {
    let end = nearest(boxes.iter().map(|b| [b[0] + at[0], b[1] + at[1], b[2], b[3]]), from, unit)?;
    let (ex, ey) = (end[0] - from[0], end[1] - from[1]);
    let length = (ex * ex + ey * ey).sqrt();
    let start = [from[0] + ex / length * blank, from[1] + ey / length * blank];
    (length > blank + 4.0 * unit).then_some(([start, end], length))
}

fn is_within([x, y, w, h]: Rect, panel: Rect) -> bool {
    x >= panel[0] && y >= panel[1] && x + w <= panel[0] + panel[2] && y + h <= panel[1] + panel[3]
}

/// Finds the best places over no region for a label of a size; `boxes` are its lines around its middle, at the nearest
/// of which a line ends.
pub fn callouts(
    ground: &Ground,
    target: &Target,
    size: [f64; 2],
    boxes: &[Rect],
    panel: Rect,
    unit: f64,
) -> Vec<Callout> {
    let [w, h] = [size[0] + 5.0 * unit, size[1] + 4.0 * unit];
    let step = 7.0 * unit;
    let count = (FARTHEST / 7.0) as i32;
    let order = |a: &Callout, b: &Callout| {
        let key = |c: &Callout| [c.cost, c.at[0], c.at[1], c.leader[0][0], c.leader[0][1]];
        let pairs = key(a).into_iter().zip(key(b));
        pairs.map(|(a, b)| a.total_cmp(&b)).find(|o| o.is_ne()).unwrap_or(std::cmp::Ordering::Equal)
    };
    let mut found: Vec<Callout> = Vec::new();
    let mut worst = f64::INFINITY;
    let half = (w * w + h * h).sqrt() / 2.0;
    for (rank, from) in target.from.iter().enumerate() {
        let price = |length: f64| LED_OUT + 0.6 * rank as f64 + length / (14.0 * unit.max(0.4));
        for row in -count..=count {
            for column in -count..=count {
                let (dx, dy) = (f64::from(column) * step, f64::from(row) * step);
                // the line ends at the label's edge at the earliest
                if price((dx * dx + dy * dy).sqrt() - half) > worst {
                    continue;
                }
                let at = [from[0] + dx, from[1] + dy];
                let rect = [at[0] - w / 2.0, at[1] - h / 2.0, w, h];
                if !is_within(rect, panel) || !ground.is_bare(rect) {
                    continue;
                }
                if let Some((leader, length)) = leader(*from, at, boxes, target.blank, unit) {
                    found.push(Callout { at, leader, cost: price(length), foreign: 0.0 });
                }
            }
        }
        // the far ones are never chosen while there are so many nearer
        if found.len() > NEAREST {
            found.select_nth_unstable_by(NEAREST, order);
            worst = found[NEAREST].cost;
            found.truncate(NEAREST);
        }
    }
    found.sort_by(order);
    let holder = ground.around(target.face);
    let mut best: Vec<Callout> = Vec::new();
    for mut callout in found {
        let apart = 13.0 * unit;
        let near = |c: &Callout| {
            (c.at[0] - callout.at[0]).abs() < apart
                && (c.at[1] - callout.at[1]).abs() < apart
                && (c.leader[0][0] - callout.leader[0][0]).abs() < apart
                && (c.leader[0][1] - callout.leader[0][1]).abs() < apart
        };
        if best.iter().any(near) {
            continue;
        }
        let Some(leader) = free(callout.leader, target.fixed) else { continue };
        callout.leader = leader;
        // over other regions a line says little of which it means
        let over = |line, holder: Option<usize>| {
            ground.along(line, |face| face != target.face && Some(face) != holder) / unit.max(0.4)
        };
        let foreign = over(leader, None);
        if over(leader, holder) > MOST_FOREIGN || foreign > MOST_HELD {
            continue;
        }
        callout.cost += foreign / 4.0;
        callout.foreign = foreign;
        best.push(callout);
        if best.len() == MOST {
            break;
        }
    }
    best.sort_by(order);
    best
}

/// Places for the name of an enclave on the even ground of the one region around it, no farther than need be: what has
/// nothing bare near it has no other.
pub fn enclave(
    ground: &Ground,
    target: &Target,
    size: [f64; 2],
    boxes: &[Rect],
    panel: Rect,
    unit: f64,
) -> Vec<Callout> {
    let [w, h] = [size[0] + 8.0 * unit, size[1] + 6.0 * unit];
    let (Some(from), Some(holder)) = (target.from.first(), ground.around(target.face)) else { return Vec::new() };
    let mut found = Vec::new();
    for row in -8..=8 {
        for column in -8..=8 {
            let at = [from[0] + f64::from(column) * 12.0 * unit, from[1] + f64::from(row) * 12.0 * unit];
            let rect = [at[0] - w / 2.0, at[1] - h / 2.0, w, h];
            if !is_within(rect, panel) || ground.under(rect).0 != Some(holder) {
                continue;
            }
            let Some((leader, length)) = leader(*from, at, boxes, target.blank, unit) else { continue };
            if let Some(leader) = free(leader, target.fixed) {
                let cost = ON_OTHERS + length / (10.0 * unit.max(0.4));
                found.push(Callout { at, leader, cost, foreign: 0.0 });
            }
        }
    }
    found
}

/// The line from where it leaves the box that it starts in; nothing where it runs over another.
fn free([from, to]: Line, fixed: &[Rect]) -> Option<Line> {
    let mut start = from;
    for rect in fixed.iter().filter(|r| holds(**r, from)) {
        let along = |i: usize| {
            let step = to[i] - from[i];
            let edge = if step > 0.0 { rect[i] + rect[i + 2] } else { rect[i] };
            if step == 0.0 { f64::INFINITY } else { (edge - from[i]) / step }
        };
        let t = along(0).min(along(1));
        if t >= 0.9 {
            return None;
        }
        let point = [from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t];
        if (point[0] - from[0]).abs() + (point[1] - from[1]).abs()
            > (start[0] - from[0]).abs() + (start[1] - from[1]).abs()
        {
            start = point;
        }
    }
    (!fixed.iter().any(|r| crosses([start, to], *r))).then_some([start, to])
}

#[cfg(test)]
mod tests {
    use super::{Ground, Target, callouts, enclave, nearest};

    #[test]
    fn a_callout_stands_on_bare_ground_as_near_as_it_can() {
        let square = vec![vec![[0.0, 0.0], [40.0, 0.0], [40.0, 100.0], [0.0, 100.0]]];
        let panel = [0.0, 0.0, 200.0, 100.0];
        let ground = Ground::new(&[square], panel);
        let target = Target { face: 0, from: &[[20.0, 50.0]], blank: 6.0, fixed: &[] };
        let lines = [[-30.0, -8.0, 60.0, 16.0]];
        let found = callouts(&ground, &target, [60.0, 16.0], &lines, panel, 1.0);
        let best = found.first().expect("there is room on the right");
        assert!(best.at[0] - 30.0 >= 40.0 && best.at[0] < 100.0, "{best:?}");
        assert!((best.leader[0][0] - 26.0).abs() < 0.5, "{best:?}");
        // a line starts at the edge of the symbol that it points at
        let target = Target { fixed: &[[12.0, 42.0, 16.0, 16.0]], ..target };
        let best = callouts(&ground, &target, [60.0, 16.0], &lines, panel, 1.0)[0];
        assert!((best.leader[0][0] - 28.0).abs() < 0.5, "{best:?}");
    }

    #[test]
    fn a_line_runs_far_over_no_other_region_but_the_one_around_an_enclave() {
        let strip = |a: f64, b: f64| vec![vec![[a, 0.0], [b, 0.0], [b, 100.0], [a, 100.0]]];
        let panel = [0.0, 0.0, 400.0, 100.0];
        let lines = [[-30.0, -8.0, 60.0, 16.0]];
        let target = Target { face: 0, from: &[[20.0, 50.0]], blank: 0.5, fixed: &[] };
        let of = |ground: Ground, target: &Target| callouts(&ground, target, [60.0, 16.0], &lines, panel, 1.0);
        assert!(!of(Ground::new(&[strip(0.0, 40.0), strip(40.0, 70.0)], panel), &target).is_empty());
        assert!(of(Ground::new(&[strip(0.0, 40.0), strip(40.0, 100.0)], panel), &target).is_empty());
        let hole = vec![[100.0, 40.0], [120.0, 40.0], [120.0, 60.0], [100.0, 60.0]];
        let around = vec![vec![[20.0, 8.0], [200.0, 8.0], [200.0, 92.0], [20.0, 92.0]], hole.clone()];
        let target = Target { from: &[[110.0, 50.0]], ..target };
        let led = of(Ground::new(&[vec![hole], around], panel), &target);
        assert!(led.iter().any(|c| c.foreign > 50.0), "{led:?}");
    }

    #[test]
    fn an_enclave_is_named_on_the_even_ground_around_it() {
        let square = |a: f64, b: f64| vec![vec![[a, a], [b, a], [b, b], [a, b]]];
        let panel = [0.0, 0.0, 200.0, 200.0];
        let ground = Ground::new(&[square(0.0, 200.0), square(90.0, 110.0)], panel);
        let target = Target { face: 1, from: &[[100.0, 100.0]], blank: 2.0, fixed: &[] };
        let (size, lines) = ([50.0, 14.0], [[-25.0, -7.0, 50.0, 14.0]]);
        assert!(callouts(&ground, &target, size, &lines, panel, 1.0).is_empty());
        let found = enclave(&ground, &target, size, &lines, panel, 1.0);
        let clear = |c: &super::Callout| (c.at[0] - 100.0).abs() >= 35.0 || (c.at[1] - 100.0).abs() >= 17.0;
        assert!(!found.is_empty() && found.iter().all(clear), "{found:?}");
    }

    #[test]
    fn a_line_ends_at_the_nearest_line_of_a_block_however_narrow_that_is() {
        let lines = [[90.0, 0.0, 20.0, 10.0], [60.0, 12.0, 80.0, 10.0]];
        assert_eq!(nearest(lines.into_iter(), [100.0, -30.0], 1.0), Some([100.0, -1.0]));
        assert_eq!(nearest(lines.into_iter(), [80.0, -30.0], 1.0), Some([88.5, -1.0]), "not the corner of the block");
        assert_eq!(nearest(lines.into_iter(), [0.0, 17.0], 1.0), Some([58.5, 17.0]));
        assert_eq!(nearest([].into_iter(), [0.0, 0.0], 1.0), None);
    }
}
