//! Which region lies where on the page, in squares of a few pixels: takes rings, tells whether a label fits.

use super::label::Rect;
use crate::geometry::label_point::thinned;
use crate::projection::View;
use crate::scene::{ArcRef, Partition};
use rayon::prelude::*;

/// Side of a square in pixels.
const CELL: f64 = 4.0;

/// No region.
const NONE: u32 = u32::MAX;

/// The region in each square of a panel.
pub struct Ground {
    panel: Rect,
    columns: usize,
    rows: usize,
    faces: Vec<u32>,
    /// Squares with a region, above and to the left of each corner.
    covered: Sums,
    /// Of each region: its squares as first and last column and row, if it has any.
    extents: Vec<Option<[usize; 4]>>,
}

/// Sums over rectangles of squares.
struct Sums {
    columns: usize,
    sums: Vec<u32>,
}

impl Sums {
    fn new(columns: usize, rows: usize, counts: impl Fn(usize, usize) -> bool) -> Self {
        let mut sums = vec![0; (columns + 1) * (rows + 1)];
        for row in 0..rows {
            let mut run = 0;
            for column in 0..columns {
                run += u32::from(counts(column, row));
                sums[(row + 1) * (columns + 1) + column + 1] = sums[row * (columns + 1) + column + 1] + run;
            }
        }
        Self { columns, sums }
    }

    /// From the first column and row to before the last.
    fn of(&self, [left, top, right, foot]: [usize; 4]) -> u32 {
        let at = |column: usize, row: usize| self.sums[row * (self.columns + 1) + column];
        (at(right, foot) + at(left, top)) - (at(left, foot) + at(right, top))
    }
}

/// The rings of each face on the page, thinned to what a label needs.
pub fn rings(partition: &Partition, view: &View) -> Vec<Vec<Vec<[f64; 2]>>> {
    let [x, y, w, h] = view.panel;
    // what lies outside the panel can hold no label
    let clamp = |p: [f64; 2]| [p[0].clamp(x, x + w), p[1].clamp(y, y + h)];
    let seen = |(face, rings): (u32, Vec<Vec<ArcRef>>)| {
        let rings: Vec<Vec<[f64; 2]>> =
            rings.iter().map(|r| partition.points(r).into_iter().map(clamp).collect()).collect();
        (face, thinned(&rings, 2.0))
    };
    let found: Vec<(u32, Vec<Vec<[f64; 2]>>)> = partition.all_rings().into_par_iter().map(seen).collect();
    let mut all = vec![Vec::new(); partition.faces.len()];
    found.into_iter().for_each(|(face, rings)| all[face as usize] = rings);
    all
}

impl Ground {
    /// Fills the rings of each region, even-odd.
    pub fn new(rings: &[Vec<Vec<[f64; 2]>>], panel: Rect) -> Self {
        let [x, y, w, h] = panel;
        let count = |side: f64| ((side / CELL).ceil().max(1.0) as usize).min(20_000);
        let (columns, rows) = (count(w), count(h));
        let column = |v: f64| ((v - x) / CELL - 0.5).ceil().clamp(0.0, columns as f64) as usize;
        let row_of = |v: f64| ((v - y) / CELL - 0.5).ceil().clamp(0.0, rows as f64) as usize;
        // of each face its runs: row, first column, and the one behind the last
        let runs = |rings: &Vec<Vec<[f64; 2]>>| -> Vec<[usize; 3]> {
            let mut crossings: Vec<(usize, f64)> = Vec::new();
            for ring in rings {
                let mut a = ring[ring.len() - 1];
                for b in ring {
                    let (low, high) = (row_of(a[1].min(b[1])), row_of(a[1].max(b[1])));
                    for row in low..high {
                        let middle = y + (row as f64 + 0.5) * CELL;
                        crossings.push((row, a[0] + (middle - a[1]) * (b[0] - a[0]) / (b[1] - a[1])));
                    }
                    a = *b;
                }
            }
            crossings.sort_unstable_by(|p, q| p.0.cmp(&q.0).then(p.1.total_cmp(&q.1)));
            let runs = crossings.chunks_exact(2).map(|pair| [pair[0].0, column(pair[0].1), column(pair[1].1)]);
            runs.filter(|[_, first, last]| first < last).collect()
        };
        let all: Vec<Vec<[usize; 3]>> = rings.par_iter().map(runs).collect();
        let mut faces = vec![NONE; columns * rows];
        let mut extents = vec![None; rings.len()];
        for (face, runs) in all.iter().enumerate() {
            for [row, first, last] in runs.iter().copied() {
                faces[row * columns + first..row * columns + last].fill(face as u32);
                let [left, top, right, foot] = extents[face].unwrap_or([first, row, last, row + 1]);
                extents[face] = Some([left.min(first), top.min(row), right.max(last), foot.max(row + 1)]);
            }
        }
        let covered = Sums::new(columns, rows, |column, row| faces[row * columns + column] != NONE);
        Self { panel, columns, rows, faces, covered, extents }
    }

    /// The region at a point.
    pub fn at(&self, [x, y]: [f64; 2]) -> Option<usize> {
        let (column, row) = ((x - self.panel[0]) / CELL, (y - self.panel[1]) / CELL);
        let inside = column >= 0.0 && row >= 0.0 && column < self.columns as f64 && row < self.rows as f64;
        let face = inside.then(|| self.faces[row as usize * self.columns + column as usize])?;
        (face != NONE).then_some(face as usize)
    }

    /// The squares that a box meets, cut to the panel.
    fn squares(&self, [x, y, w, h]: Rect) -> [usize; 4] {
        let along = |v: f64, origin: f64, count: usize| ((v - origin) / CELL).clamp(0.0, count as f64);
        let (left, right) = (along(x, self.panel[0], self.columns), along(x + w, self.panel[0], self.columns));
        let (top, foot) = (along(y, self.panel[1], self.rows), along(y + h, self.panel[1], self.rows));
        [left.floor() as usize, top.floor() as usize, right.ceil() as usize, foot.ceil() as usize]
    }

    /// Tells whether a box meets no region.
    pub fn is_bare(&self, rect: Rect) -> bool {
        self.covered.of(self.squares(rect)) == 0
    }

    /// The one region under a whole box, if there is one; the second value tells whether it is bare.
    pub fn under(&self, rect: Rect) -> (Option<usize>, bool) {
        let [left, top, right, foot] = self.squares(rect);
        let mut all =
            (top..foot).flat_map(|row| self.faces[row * self.columns + left..row * self.columns + right].iter());
        let Some(first) = all.next().copied() else { return (None, true) };
        let same = all.all(|f| *f == first);
        ((same && first != NONE).then_some(first as usize), same && first == NONE)
    }

    /// How much of a box lies over regions other than one, and how much over none; from 0 to 1 each.
    pub fn parts(&self, rect: Rect, own: usize) -> [f64; 2] {
        let [left, top, right, foot] = self.squares(rect);
        let all = (top..foot).flat_map(|row| &self.faces[row * self.columns + left..row * self.columns + right]);
        let (mut foreign, mut bare, mut count) = (0, 0, 0_u32);
        for face in all {
            count += 1;
            foreign += u32::from(*face != NONE && *face != own as u32);
            bare += u32::from(*face == NONE);
        }
        [foreign, bare].map(|part| f64::from(part) / f64::from(count.max(1)))
    }

    /// The one region that lies all around another, if there is one.
    pub fn around(&self, face: usize) -> Option<usize> {
        let [left, top, right, foot] = self.extents[face]?;
        if left == 0 || top == 0 || right == self.columns || foot == self.rows {
            return None;
        }
        let at = |column: usize, row: usize| self.faces[row * self.columns + column];
        let mut found = None;
        for row in top..foot {
            for column in (left..right).filter(|column| at(*column, row) == face as u32) {
                for other in [at(column - 1, row), at(column + 1, row), at(column, row - 1), at(column, row + 1)] {
                    if other == face as u32 || Some(other) == found {
                        continue;
                    }
                    if other == NONE || found.is_some() {
                        return None;
                    }
                    found = Some(other);
                }
            }
        }
        found.map(|face| face as usize)
    }

    /// How many squares have a region, and how many of these have one on another ground of the same panel too.
    pub fn shared(&self, other: &Self) -> (u32, u32) {
        let both = self.faces.iter().zip(&other.faces).filter(|(own, _)| **own != NONE);
        both.fold((0, 0), |(all, shared), (_, theirs)| (all + 1, shared + u32::from(*theirs != NONE)))
    }

    /// How many pixels of a line run over regions of a kind.
    pub fn along(&self, [a, b]: [[f64; 2]; 2], is_kind: impl Fn(usize) -> bool) -> f64 {
        let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
        let length = (dx * dx + dy * dy).sqrt();
        let steps = (length / CELL).ceil().max(1.0) as u32;
        let at = |i: u32| {
            let t = f64::from(i) / f64::from(steps);
            self.at([a[0] + dx * t, a[1] + dy * t])
        };
        let over = (0..=steps).filter(|i| at(*i).is_some_and(&is_kind)).count();
        over as f64 / f64::from(steps + 1) * length
    }

    /// Where boxes fit into a region.
    pub fn inside(&self, face: usize) -> Option<Inside> {
        let [left, top, right, foot] = self.extents[face]?;
        let own = |column: usize, row: usize| self.faces[(top + row) * self.columns + left + column] == face as u32;
        let (columns, rows) = (right - left, foot - top);
        let outside = Sums::new(columns, rows, |column, row| !own(column, row));
        let (mut sum, mut count) = ([0.0, 0.0], 0.0);
        for row in 0..rows {
            let (mut number, mut total) = (0, 0);
            for column in (0..columns).filter(|column| own(*column, row)) {
                number += 1;
                total += column;
            }
            count += f64::from(number);
            sum[0] += total as f64;
            sum[1] += row as f64 * f64::from(number);
        }
        let origin = [self.panel[0] + left as f64 * CELL, self.panel[1] + top as f64 * CELL];
        let middle = [0, 1].map(|i| origin[i] + (sum[i] / count + 0.5) * CELL);
        Some(Inside { origin, columns, rows, outside, middle, pixels: count * CELL * CELL })
    }
}

/// Where boxes fit into a region.
pub struct Inside {
    origin: [f64; 2],
    columns: usize,
    rows: usize,
    outside: Sums,
    /// The middle of the region's squares; may lie outside.
    middle: [f64; 2],
    /// Area on the page.
    pub pixels: f64,
}

/// Blank that a label has around itself, most first, with what less of it costs.
const MARGINS: [(f64, f64); 5] = [(20.0, 0.0), (12.0, 0.8), (6.0, 1.8), (3.0, 2.6), (0.5, 3.6)];

impl Inside {
    fn squares(&self, [x, y, w, h]: Rect) -> Option<[usize; 4]> {
        let [left, top] = [(x - self.origin[0]) / CELL, (y - self.origin[1]) / CELL];
        let (right, foot) = (left + w / CELL, top + h / CELL);
        let fits = left >= 0.0 && top >= 0.0 && right <= self.columns as f64 && foot <= self.rows as f64;
        fits.then(|| [left.floor() as usize, top.floor() as usize, right.ceil() as usize, foot.ceil() as usize])
    }

    /// The box around its squares.
    pub fn bounds(&self) -> Rect {
        [self.origin[0], self.origin[1], self.columns as f64 * CELL, self.rows as f64 * CELL]
    }

    /// Tells whether a box lies inside.
    pub fn holds(&self, rect: Rect) -> bool {
        self.squares(rect).is_some_and(|squares| self.outside.of(squares) == 0)
    }

    /// How much of a box lies inside, from 0 to 1.
    pub fn part(&self, rect: Rect) -> f64 {
        self.squares(rect).map_or(0.0, |squares| {
            let [left, top, right, foot] = squares;
            1.0 - f64::from(self.outside.of(squares)) / ((right - left) * (foot - top)).max(1) as f64
        })
    }

    /// Middles of boxes that fit, with their costs, the best first and apart from each other.
    pub fn spots(
        &self,
        [w, h]: [f64; 2],
        unit: f64,
        most: usize,
        is_free: impl Fn([f64; 2]) -> bool,
    ) -> Vec<([f64; 2], f64)> {
        let (width, height) = (self.columns as f64 * CELL, self.rows as f64 * CELL);
        let step = CELL.max(width.max(height) / 48.0);
        let size = self.pixels.sqrt();
        let mut found: Vec<([f64; 2], f64)> = Vec::new();
        for row in 0..(height / step) as u32 {
            for column in 0..(width / step) as u32 {
                let at =
                    [self.origin[0] + (f64::from(column) + 0.5) * step, self.origin[1] + (f64::from(row) + 0.5) * step];
                let with = |by: f64| [at[0] - w / 2.0 - by, at[1] - h / 2.0 - by, w + 2.0 * by, h + 2.0 * by];
                if !self.holds(with(MARGINS[4].0 * unit)) {
                    continue;
                }
                let margin = MARGINS.iter().find(|(by, _)| self.holds(with(by * unit))).map_or(4.0, |(_, cost)| *cost);
                let (dx, dy) = (at[0] - self.middle[0], at[1] - self.middle[1]);
                found.push((at, margin + 4.0 * (dx * dx + dy * dy).sqrt() / size.max(1.0)));
            }
        }
        found.sort_unstable_by(|a, b| {
            a.1.total_cmp(&b.1).then(a.0[0].total_cmp(&b.0[0])).then(a.0[1].total_cmp(&b.0[1]))
        });
        let apart = step.max(10.0 * unit);
        let mut spots: Vec<([f64; 2], f64)> = Vec::new();
        for (at, cost) in found {
            let near = |s: &([f64; 2], f64)| (s.0[0] - at[0]).abs().max((s.0[1] - at[1]).abs()) < apart;
            if !spots.iter().any(near) && is_free(at) {
                spots.push((at, cost));
                if spots.len() == most {
                    break;
                }
            }
        }
        spots
    }
}

#[cfg(test)]
mod tests {
    use super::Ground;

    #[test]
    fn a_box_fits_where_its_region_lies() {
        let square = |x: f64| vec![vec![[x, 0.0], [x + 40.0, 0.0], [x + 40.0, 40.0], [x, 40.0]]];
        let ground = Ground::new(&[square(0.0), square(40.0)], [0.0, 0.0, 100.0, 40.0]);
        assert_eq!(
            [ground.at([10.0, 10.0]), ground.at([50.0, 10.0]), ground.at([90.0, 10.0])],
            [Some(0), Some(1), None]
        );
        assert_eq!(ground.under([41.0, 1.0, 20.0, 20.0]), (Some(1), false));
        assert_eq!(ground.under([30.0, 1.0, 20.0, 20.0]), (None, false));
        assert_eq!(ground.under([84.0, 1.0, 9.0, 9.0]), (None, true));
        assert!(ground.is_bare([84.0, 1.0, 10.0, 10.0]) && !ground.is_bare([70.0, 1.0, 20.0, 10.0]));
        let inside = ground.inside(1).expect("it has squares");
        assert!(inside.holds([44.0, 4.0, 30.0, 30.0]) && !inside.holds([36.0, 4.0, 30.0, 30.0]));
        let spots = inside.spots([20.0, 10.0], 1.0, 4, |_| true);
        assert!((spots[0].0[0] - 60.0).abs() <= 4.0 && (spots[0].0[1] - 20.0).abs() <= 4.0, "{spots:?}");
        assert_eq!(ground.around(0), None, "it lies at the edge");
        let enclave = [square(0.0), vec![vec![[12.0, 12.0], [28.0, 12.0], [28.0, 28.0], [12.0, 28.0]]]];
        assert_eq!(Ground::new(&enclave, [0.0, 0.0, 100.0, 40.0]).around(1), Some(0));
        let [foreign, bare] = ground.parts([20.0, 8.0, 40.0, 8.0], 0);
        assert!((foreign - 0.5).abs() < 0.05 && bare == 0.0, "{foreign} {bare}");
        assert!((ground.along([[10.0, 10.0], [90.0, 10.0]], |face| face != 0) - 40.0).abs() < 8.0);
    }
}
