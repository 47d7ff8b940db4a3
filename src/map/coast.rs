//! How heavily each piece of the outer border is drawn: takes the pieces, gives a stroke of which inlets and islands
//! are not filled up.

use super::label::Rect;
use crate::scene::Arc;

/// Side of a square in which lines are counted, in units of the design.
const SQUARE: f64 = 12.0;

/// The most squares along a side.
const MOST: usize = 1000;

/// Lines of the outer border from the heaviest: width in units of the design, and the least pixels.
pub const WEIGHTS: [(f64, f64); 3] = [(1.8, 0.8), (0.9, 0.5), (0.5, 0.35)];

/// How much of its square a line of the heaviest kind may fill before the next lighter is taken.
const FILLED: [f64; 2] = [0.3, 0.5];

/// Islands narrower than this, in units of the design, take the next lighter line.
const NARROW: [f64; 2] = [12.0, 5.0];

/// Gives each of some arcs an index into [`WEIGHTS`].
pub fn weights(arcs: &[Arc], outer: &[u32], [x, y, w, h]: Rect, unit: f64) -> Vec<usize> {
    let side = (SQUARE * unit).max(w.max(h) / MOST as f64);
    let (columns, rows) = ((w / side) as usize + 1, (h / side) as usize + 1);
    let square = |[px, py]: [f64; 2]| {
        let (column, row) = ((px - x) / side, (py - y) / side);
        let inside = column >= 0.0 && row >= 0.0 && column < columns as f64 && row < rows as f64;
        inside.then(|| row as usize * columns + column as usize)
    };
    let pieces =
        |arc: u32| arcs[arc as usize].points.windows(2).filter_map(|p| Some((square(p[0])?, length(p[0], p[1]))));
    let mut lengths = vec![0.0; columns * rows];
    for (square, length) in outer.iter().flat_map(|arc| pieces(*arc)) {
        // a long straight piece lies in many squares
        lengths[square] += length.min(side);
    }
    let weight = |arc: &u32| {
        let (mut sum, mut all) = (0.0, 0.0);
        for (square, length) in pieces(*arc) {
            sum += length * lengths[square];
            all += length;
        }
        let filled = if all > 0.0 { sum / all * WEIGHTS[0].0 * unit / (side * side) } else { 0.0 };
        let crowded = FILLED.iter().filter(|limit| filled > **limit).count();
        let narrow = NARROW.iter().filter(|limit| breadth(&arcs[*arc as usize].points) < **limit * unit).count();
        crowded.max(narrow)
    };
    outer.iter().map(weight).collect()
}

fn length(a: [f64; 2], b: [f64; 2]) -> f64 {
    ((b[0] - a[0]) * (b[0] - a[0]) + (b[1] - a[1]) * (b[1] - a[1])).sqrt()
}

/// How broad what a closed line encloses is: its area by its longer side; an open line has no end to it.
fn breadth(points: &[[f64; 2]]) -> f64 {
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return f64::INFINITY };
    if first != last {
        return f64::INFINITY;
    }
    let doubled: f64 = points.windows(2).map(|p| p[0][0] * p[1][1] - p[1][0] * p[0][1]).sum();
    let side = |i: usize| {
        let values = points.iter().map(|p| p[i]);
        let (least, most) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)));
        most - least
    };
    doubled.abs() / 2.0 / side(0).max(side(1)).max(1e-9)
}

#[cfg(test)]
mod tests {
    use super::weights;
    use crate::scene::Arc;

    fn arc(points: Vec<[f64; 2]>) -> Arc {
        Arc { points, left: Some(0), right: None }
    }

    fn square(x: f64, side: f64) -> Arc {
        arc(vec![[x, 20.0], [x + side, 20.0], [x + side, 20.0 + side], [x, 20.0 + side], [x, 20.0]])
    }

    #[test]
    fn inlets_and_islands_take_lighter_lines_than_a_plain_coast() {
        let plain = arc((0..40).map(|i| [10.0, f64::from(i) * 5.0]).collect());
        // a comb whose teeth are three pixels apart
        let comb = |i: i32| [100.0 + f64::from(i / 2) * 3.0, if (i / 2 + i) % 2 == 0 { 50.0 } else { 90.0 }];
        let fjords = arc((0..80)
            .flat_map(|i| {
                let (a, b) = (comb(i), comb(i + 1));
                (0..10).map(move |k| [0, 1].map(|j| a[j] + (b[j] - a[j]) * f64::from(k) / 10.0))
            })
            .collect());
        let arcs = [plain, fjords, square(300.0, 60.0), square(300.0, 9.0), square(340.0, 3.0)];
        let found = weights(&arcs, &[0, 1, 2, 3, 4], [0.0, 0.0, 400.0, 200.0], 1.0);
        assert_eq!(found, [0, 2, 0, 1, 2]);
    }
}
