//! Labels led out of regions that have no room for them: over muted ground, with a line back.

use super::ground::Ground;
use super::label::Rect;
use crate::geometry::placement::Line;

/// A place of a label outside of its region.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Callout {
    /// Middle of the label.
    pub at: [f64; 2],
    /// From the region to the label.
    pub leader: Line,
    /// How far from ideal.
    pub cost: f64,
}

/// What being led out costs in itself.
const LED_OUT: f64 = 9.0;

/// Directions tried.
const DIRECTIONS: u32 = 32;

/// Finds the best places over no region for a label of a region.
///
/// `from` is where the line starts, `blank` how far from that point it may be seen.
pub fn callouts(
    ground: &Ground,
    face: usize,
    from: [f64; 2],
    blank: f64,
    size: [f64; 2],
    panel: Rect,
    unit: f64,
) -> Vec<Callout> {
    let [w, h] = [size[0] + 8.0 * unit, size[1] + 6.0 * unit];
    let mut found: Vec<Callout> = Vec::new();
    for direction in 0..DIRECTIONS {
        let angle = f64::from(direction) / f64::from(DIRECTIONS) * std::f64::consts::TAU;
        let [dx, dy] = [libm::cos(angle), libm::sin(angle)];
        for step in 1..=26 {
            let reach = blank + f64::from(step) * 11.0 * unit;
            let at = [from[0] + dx * (reach + w / 2.0), from[1] + dy * (reach + h / 2.0)];
            let rect = [at[0] - w / 2.0, at[1] - h / 2.0, w, h];
            let inside = rect[0] >= panel[0]
                && rect[1] >= panel[1]
                && rect[0] + w <= panel[0] + panel[2]
                && rect[1] + h <= panel[1] + panel[3];
            if !inside || !ground.is_bare(rect) {
                continue;
            }
            let [half_w, half_h] = [size[0] / 2.0 + 2.0 * unit, size[1] / 2.0 + unit];
            let end = [from[0].clamp(at[0] - half_w, at[0] + half_w), from[1].clamp(at[1] - half_h, at[1] + half_h)];
            let (ex, ey) = (end[0] - from[0], end[1] - from[1]);
            let length = (ex * ex + ey * ey).sqrt();
            if length <= blank {
                continue;
            }
            let start = [from[0] + ex / length * blank, from[1] + ey / length * blank];
            let foreign = ground.foreign([start, end], face);
            let cost = LED_OUT + (length / 16.0 + foreign / 14.0) / unit.max(0.4);
            found.push(Callout { at, leader: [start, end], cost });
            // farther out in the same direction only where this one is taken
            if step % 4 == 0 {
                break;
            }
        }
    }
    found.sort_by(|a, b| a.cost.total_cmp(&b.cost).then(a.at[0].total_cmp(&b.at[0])).then(a.at[1].total_cmp(&b.at[1])));
    found.truncate(40);
    found
}

#[cfg(test)]
mod tests {
    use super::{Ground, callouts};

    #[test]
    fn a_callout_stands_on_bare_ground_as_near_as_it_can() {
        let square = vec![vec![[0.0, 0.0], [40.0, 0.0], [40.0, 100.0], [0.0, 100.0]]];
        let panel = [0.0, 0.0, 200.0, 100.0];
        let ground = Ground::new(&[square], panel);
        let found = callouts(&ground, 0, [20.0, 50.0], 6.0, [60.0, 16.0], panel, 1.0);
        let best = found.first().expect("there is room on the right");
        assert!(best.at[0] - 30.0 >= 40.0 && best.at[0] < 100.0, "{best:?}");
        assert!((best.leader[0][0] - 26.0).abs() < 0.5, "{best:?}");
    }
}
