//! Where in an area a label has most room.
//!
//! # Source
//! The pole of inaccessibility: Garcia-Castellanos and Lombardo (2007); found as Mapbox's polylabel does,
//! by a search through ever smaller cells.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// Rings of an area (even-odd), any unit, without the repeated first point or with it.
pub type Rings = [Vec<[f64; 2]>];

/// Keeps the points of rings that are at least a distance apart, for measures that need no more.
pub fn thinned(rings: &Rings, apart: f64) -> Vec<Vec<[f64; 2]>> {
    let thin = |ring: &Vec<[f64; 2]>| {
        let mut out: Vec<[f64; 2]> = Vec::new();
        for p in ring {
            if out.last().is_none_or(|l| (l[0] - p[0]).abs() + (l[1] - p[1]).abs() >= apart) {
                out.push(*p);
            }
        }
        out
    };
    rings.iter().map(thin).filter(|r| r.len() > 2).collect()
}

/// Signed distance to the outline: positive inside.
pub fn clearance(rings: &Rings, [x, y]: [f64; 2]) -> f64 {
    let (mut inside, mut least) = (false, f64::INFINITY);
    for ring in rings {
        let mut a = ring[ring.len() - 1];
        for b in ring {
            if (a[1] > y) != (b[1] > y) && x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0] {
                inside = !inside;
            }
            let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
            let length = dx * dx + dy * dy;
            let t = if length > 0.0 { (((x - a[0]) * dx + (y - a[1]) * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
            let (ex, ey) = (x - a[0] - t * dx, y - a[1] - t * dy);
            least = least.min(ex * ex + ey * ey);
            a = *b;
        }
    }
    if inside { least.sqrt() } else { -least.sqrt() }
}

/// The roomiest points, best first, each at least a distance from the others; as many as the area has.
///
/// Each is searched for only when it is asked for.
pub fn roomiest(rings: &Rings, apart: f64) -> impl Iterator<Item = [f64; 2]> + '_ {
    let mut found: Vec<[f64; 2]> = Vec::new();
    std::iter::from_fn(move || {
        let best = next_roomiest(rings, apart, &found)?;
        found.push(best);
        Some(best)
    })
}

/// The point with most room that is left beside those found before; `None` where there is none.
fn next_roomiest(rings: &Rings, apart: f64, found: &[[f64; 2]]) -> Option<[f64; 2]> {
    if rings.iter().all(Vec::is_empty) {
        return None;
    }
    let points = || rings.iter().flatten();
    let least = |i: usize| points().map(|p| p[i]).fold(f64::INFINITY, f64::min);
    let greatest = |i: usize| points().map(|p| p[i]).fold(f64::NEG_INFINITY, f64::max);
    let (x, y) = (least(0), least(1));
    let (width, height) = (greatest(0) - x, greatest(1) - y);
    let half = width.min(height).max(1e-9) / 2.0;
    let (columns, rows) = ((width / half / 2.0).ceil().clamp(1.0, 64.0), (height / half / 2.0).ceil().clamp(1.0, 64.0));
    let room = |at: [f64; 2]| {
        let others = found.iter().map(|f| {
            let (dx, dy) = (f[0] - at[0], f[1] - at[1]);
            (dx * dx + dy * dy).sqrt() - apart
        });
        others.fold(clearance(rings, at), f64::min)
    };
    let mut heap: BinaryHeap<Cell> = BinaryHeap::new();
    for i in 0..columns as u32 {
        for j in 0..rows as u32 {
            let at = [x + half * (2.0 * f64::from(i) + 1.0), y + half * (2.0 * f64::from(j) + 1.0)];
            heap.push(Cell::new(at, half, room(at)));
        }
    }
    let middle = [x + width / 2.0, y + height / 2.0];
    let mut best = Cell::new(middle, 0.0, room(middle));
    // a twentieth of the area's size is nearer than a label's place needs
    let precision = half / 10.0;
    let mut tries = 0;
    while let Some(cell) = heap.pop() {
        tries += 1;
        if cell.room > best.room {
            best = cell;
        }
        if cell.at_most - best.room <= precision || tries > 200 {
            break;
        }
        let h = cell.half / 2.0;
        for [dx, dy] in [[-h, -h], [h, -h], [-h, h], [h, h]] {
            let at = [cell.at[0] + dx, cell.at[1] + dy];
            heap.push(Cell::new(at, h, room(at)));
        }
    }
    (best.room > 0.0).then_some(best.at)
}

/// A square of the search.
#[derive(Debug, Clone, Copy)]
struct Cell {
    at: [f64; 2],
    half: f64,
    room: f64,
    at_most: f64,
}

impl Cell {
    fn new(at: [f64; 2], half: f64, room: f64) -> Self {
        Self { at, half, room, at_most: room + half * std::f64::consts::SQRT_2 }
    }
}

impl PartialEq for Cell {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Cell {}

impl PartialOrd for Cell {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Cell {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |c: &Self| (c.at_most, c.at[0], c.at[1]);
        let (a, b) = (key(self), key(other));
        a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.total_cmp(&b.2))
    }
}

#[cfg(test)]
mod tests {
    use super::{clearance, roomiest};

    #[test]
    fn the_middle_of_a_square_has_most_room() {
        let square = [vec![[0.0, 0.0], [8.0, 0.0], [8.0, 8.0], [0.0, 8.0]]];
        let best = roomiest(&square, 0.0).next().expect("room");
        assert!((best[0] - 4.0).abs() < 0.5 && (best[1] - 4.0).abs() < 0.5, "{best:?}");
        assert!((clearance(&square, [1.0, 4.0]) - 1.0).abs() < 1e-12);
        assert!(clearance(&square, [9.0, 4.0]) < 0.0);
    }

    #[test]
    fn a_hole_is_not_inside() {
        let ring = |a: f64, b: f64| vec![[a, a], [b, a], [b, b], [a, b]];
        let rings = [ring(0.0, 9.0), ring(2.0, 7.0)];
        assert!(roomiest(&rings, 3.0).take(4).all(|p| clearance(&rings, p) > 0.0));
    }
}
