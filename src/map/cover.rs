//! What of the plane data covers: takes borders and points, tells whether a box of the page is free.
//!
//! A coarse grid, so that hundreds of places for a legend can be tried; it errs on the side of covered.

use super::label::Rect;
use super::region::{Plane, Regions};
use crate::projection::{Extent, View};

/// Cells along each side.
const CELLS: usize = 160;

/// How much more than the page shows the grid reaches over, since a map may stand to one side of its panel.
const REACH: f64 = 1.7;

/// Where the plane lies on the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// Pixels for a kilometre.
    pub scale: f64,
    /// Pixel of the plane's origin.
    pub origin: [f64; 2],
}

impl Fit {
    /// Fits what is wanted into a rectangle of the page, as a view of it would.
    pub fn new(wanted: &[[f64; 2]], [x, y, width, height]: Rect) -> Self {
        let all = Extent::of(wanted.iter().copied());
        let all = all.unwrap_or(Extent { west: -1.0, south: -1.0, east: 1.0, north: 1.0 });
        let scale = (width / (all.east - all.west).max(1e-6)).min(height / (all.north - all.south).max(1e-6));
        let [mx, my] = all.middle();
        Self { scale, origin: [x + width / 2.0 - mx * scale, y + height / 2.0 + my * scale] }
    }
}

impl From<&View> for Fit {
    fn from(view: &View) -> Self {
        Self { scale: view.scale, origin: view.origin }
    }
}

/// A grid over the plane with sums, by which any box is asked in constant time.
#[derive(Debug)]
pub struct Cover {
    west: f64,
    south: f64,
    /// Kilometres of a cell.
    cell: [f64; 2],
    /// Covered cells to the left and below, exclusive; one row and column more than cells.
    sums: Vec<u32>,
}

impl Cover {
    /// Marks regions and points on a grid around what is shown on a page of an aspect.
    pub fn new(regions: &Regions, plane: &Plane, points: &[[f64; 2]], wanted: &[[f64; 2]], aspect: f64) -> Self {
        let around = Extent::of(wanted.iter().copied());
        let around = around.unwrap_or(Extent { west: -1.0, south: -1.0, east: 1.0, north: 1.0 });
        let (width, height) = ((around.east - around.west).max(1e-6), (around.north - around.south).max(1e-6));
        let size = [width.max(height * aspect) * REACH, height.max(width / aspect) * REACH];
        let [x, y] = around.middle();
        let mut grid = Grid {
            west: x - size[0] / 2.0,
            south: y - size[1] / 2.0,
            cell: size.map(|s| s / CELLS as f64),
            covered: vec![false; CELLS * CELLS],
        };
        let mut crossings = vec![Vec::new(); CELLS];
        for (arc, line) in regions.topology.arcs.iter().zip(plane) {
            // a border within lies on covered ground anyway
            if arc.left.is_none() || arc.right.is_none() {
                line.windows(2).for_each(|ends| grid.border(ends[0], ends[1], &mut crossings));
            }
        }
        grid.fill(crossings);
        points.iter().for_each(|p| grid.mark(*p));
        grid.sums()
    }

    /// Tells whether nothing lies under a box of the page.
    pub fn is_free(&self, fit: Fit, [x, y, width, height]: Rect) -> bool {
        let to_cell = |at: f64, start: f64, size: f64| ((at - start) / size).floor();
        let plane = |px: f64, py: f64| [(px - fit.origin[0]) / fit.scale, (fit.origin[1] - py) / fit.scale];
        let ([west, north], [east, south]) = (plane(x, y), plane(x + width, y + height));
        let low = [to_cell(west, self.west, self.cell[0]), to_cell(south, self.south, self.cell[1])];
        let high = [to_cell(east, self.west, self.cell[0]) + 1.0, to_cell(north, self.south, self.cell[1]) + 1.0];
        // what the grid does not reach is not known to be free
        if low.iter().any(|v| *v < 0.0) || high.iter().any(|v| v.is_nan() || *v > CELLS as f64) {
            return false;
        }
        let sum = |cx: f64, cy: f64| self.sums[cy as usize * (CELLS + 1) + cx as usize];
        sum(high[0], high[1]) + sum(low[0], low[1]) == sum(high[0], low[1]) + sum(low[0], high[1])
    }
}

/// The grid while it is marked.
struct Grid {
    west: f64,
    south: f64,
    cell: [f64; 2],
    covered: Vec<bool>,
}

impl Grid {
    fn mark(&mut self, [x, y]: [f64; 2]) {
        let (column, row) = ((x - self.west) / self.cell[0], (y - self.south) / self.cell[1]);
        let inside = |v: f64| v >= 0.0 && v < CELLS as f64;
        if inside(column) && inside(row) {
            self.covered[row as usize * CELLS + column as usize] = true;
        }
    }

    /// Marks the cells of a piece of an outer border, and where it crosses the middle of each row.
    fn border(&mut self, a: [f64; 2], b: [f64; 2], crossings: &mut [Vec<f64>]) {
        let across = ((b[0] - a[0]) / self.cell[0]).abs().max(((b[1] - a[1]) / self.cell[1]).abs());
        let steps = (across * 2.0).ceil().clamp(1.0, 4.0 * CELLS as f64) as u32;
        for i in 0..=steps {
            let t = f64::from(i) / f64::from(steps);
            self.mark([a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]);
        }
        let row = |y: f64| (y - self.south) / self.cell[1] - 0.5;
        let (low, high) = (row(a[1].min(b[1])), row(a[1].max(b[1])));
        let first = low.ceil().clamp(0.0, CELLS as f64) as usize;
        // half open, so that a vertex on a row's middle counts once
        let last = high.ceil().clamp(0.0, CELLS as f64) as usize;
        for (i, row) in crossings.iter_mut().enumerate().take(last).skip(first) {
            let y = self.south + (i as f64 + 0.5) * self.cell[1];
            row.push(a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]));
        }
    }

    /// Marks what lies inside: between each odd crossing of a row and the next.
    fn fill(&mut self, crossings: Vec<Vec<f64>>) {
        for (row, mut line) in crossings.into_iter().enumerate() {
            line.sort_by(f64::total_cmp);
            for pair in line.chunks_exact(2) {
                let cell = |x: f64| ((x - self.west) / self.cell[0]).floor().clamp(0.0, CELLS as f64) as usize;
                self.covered[row * CELLS..][cell(pair[0])..cell(pair[1])].fill(true);
            }
        }
    }

    fn sums(self) -> Cover {
        let side = CELLS + 1;
        let mut sums = vec![0_u32; side * side];
        for row in 0..CELLS {
            let mut line = 0;
            for column in 0..CELLS {
                line += u32::from(self.covered[row * CELLS + column]);
                sums[(row + 1) * side + column + 1] = sums[row * side + column + 1] + line;
            }
        }
        Cover { west: self.west, south: self.south, cell: self.cell, sums }
    }
}

#[cfg(test)]
mod tests {
    use super::{Cover, Fit};
    use crate::geometry::topology::topology;
    use crate::map::region::{Regions, plane};
    use crate::projection::{Extent, Projection, View, fit};
    use geo::{LineString, MultiPolygon, Polygon};

    /// A triangle with its right angle in the south-west, on a page of 400 × 400.
    fn triangle() -> (Cover, View) {
        let ring = LineString::from(vec![(0.0, 0.0), (10.0, 0.0), (0.0, 10.0), (0.0, 0.0)]);
        let shape = MultiPolygon(vec![Polygon::new(ring, Vec::new())]);
        let regions = Regions { places: Vec::new(), topology: topology(&[&shape]) };
        let extent = Extent { west: 0.0, south: 0.0, east: 10.0, north: 10.0 };
        let projection = Projection::new("equirectangular", &extent).expect("listed");
        let plane = plane(&regions, &projection, 400.0);
        let points: Vec<[f64; 2]> = plane.iter().flatten().copied().collect();
        let view = fit(projection.clone(), points.iter().copied(), [0.0, 0.0, 400.0, 400.0]);
        assert_eq!(Fit::new(&points, view.panel), Fit::from(&view));
        (Cover::new(&regions, &plane, &[], &points, 1.0), view)
    }

    #[test]
    fn the_empty_corner_is_free_and_the_others_are_not() {
        let (cover, view) = triangle();
        assert!(cover.is_free((&view).into(), [260.0, 20.0, 120.0, 120.0]));
        for covered in [[20.0, 20.0, 60.0, 60.0], [20.0, 300.0, 60.0, 60.0], [330.0, 330.0, 60.0, 60.0]] {
            assert!(!cover.is_free((&view).into(), covered), "{covered:?}");
        }
        // inside, where no border passes
        assert!(!cover.is_free((&view).into(), [60.0, 250.0, 10.0, 10.0]));
    }

    #[test]
    fn what_the_grid_does_not_reach_is_not_free() {
        let (cover, view) = triangle();
        assert!(!cover.is_free((&view).into(), [900.0, 0.0, 50.0, 50.0]));
    }
}
