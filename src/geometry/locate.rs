//! Many points in many areas: an index that says which areas hold a point.

use super::contains::{around, crosses};
use geo::MultiPolygon;

/// An edge: its two ends, and which polygon of its area it bounds.
type Edge = ([f64; 2], [f64; 2], u32);

/// Finds the areas that hold a point, each area cut into bands of latitude when first asked about.
#[derive(Debug)]
pub struct Locator<'a> {
    areas: Vec<&'a MultiPolygon<f64>>,
    boxes: Vec<Extent>,
    bands: Vec<Option<Bands>>,
    world: Extent,
    side: usize,
    /// Areas by cell of a grid of `side` by `side` over the world.
    cells: Vec<Vec<u32>>,
}

/// West, south, east and north.
type Extent = [f64; 4];

/// The edges of an area by bands of latitude.
#[derive(Debug)]
struct Bands {
    south: f64,
    height: f64,
    edges: Vec<Vec<Edge>>,
}

const NOWHERE: Extent = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];

impl<'a> Locator<'a> {
    /// Takes areas; [`Locator::find`] speaks of them by their position here.
    pub fn new(areas: impl IntoIterator<Item = &'a MultiPolygon<f64>>) -> Self {
        let areas: Vec<_> = areas.into_iter().collect();
        let boxes: Vec<Extent> = areas.iter().map(|a| extent(a)).collect();
        let world = boxes.iter().fold(NOWHERE, |w, b| [w[0].min(b[0]), w[1].min(b[1]), w[2].max(b[2]), w[3].max(b[3])]);
        let side = (areas.len().isqrt() * 2).clamp(1, 512);
        let mut new =
            Self { bands: areas.iter().map(|_| None).collect(), areas, boxes, world, side, cells: Vec::new() };
        new.cells = vec![Vec::new(); side * side];
        for (index, b) in new.boxes.iter().enumerate().filter(|(_, b)| b[0] <= b[2]) {
            let (low, high) = (new.cell([b[0], b[1]]), new.cell([b[2], b[3]]));
            for row in low[1]..=high[1] {
                for column in low[0]..=high[0] {
                    new.cells[row * side + column].push(u32::try_from(index).expect("fewer than 2^32 areas"));
                }
            }
        }
        new
    }

    /// Column and row of the grid, points beyond the world in its outermost cells.
    fn cell(&self, point: [f64; 2]) -> [usize; 2] {
        [0, 1].map(|axis| {
            let size = (self.world[axis + 2] - self.world[axis]) / self.side as f64;
            (((point[axis] - self.world[axis]) / size) as usize).min(self.side - 1)
        })
    }

    /// The areas that hold the point, in ascending order.
    pub fn find(&mut self, point: [f64; 2]) -> Vec<usize> {
        let mut found = Vec::new();
        for at in around(point) {
            let [column, row] = self.cell(at);
            for index in self.cells[row * self.side + column].clone() {
                if self.area_contains(index as usize, at) {
                    found.push(index as usize);
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Tells whether an area holds a point, as [`super::contains::contains`] does.
    pub fn contains(&mut self, area: usize, point: [f64; 2]) -> bool {
        around(point).into_iter().any(|at| self.area_contains(area, at))
    }

    fn area_contains(&mut self, area: usize, at: [f64; 2]) -> bool {
        let b = self.boxes[area];
        if at[0] < b[0] || at[1] < b[1] || at[0] > b[2] || at[1] > b[3] {
            return false;
        }
        let bands = self.bands[area].get_or_insert_with(|| Bands::new(self.areas[area], b));
        // Edges of a polygon stand together, so each one's parity is complete before the next begins.
        let (mut polygon, mut inside) = (u32::MAX, false);
        for (from, to, of) in &bands.edges[bands.at(at[1])] {
            if *of != polygon {
                if inside {
                    return true;
                }
                polygon = *of;
            }
            inside ^= crosses(*from, *to, at);
        }
        inside
    }
}

impl Bands {
    fn new(area: &MultiPolygon<f64>, b: Extent) -> Self {
        let vertices: usize =
            area.iter().map(|p| p.exterior().0.len() + p.interiors().iter().map(|r| r.0.len()).sum::<usize>()).sum();
        let count = (vertices / 8).clamp(1, 4096);
        let mut new = Self { south: b[1], height: (b[3] - b[1]) / count as f64, edges: vec![Vec::new(); count] };
        for (polygon, p) in area.iter().enumerate() {
            for edge in std::iter::once(p.exterior()).chain(p.interiors()).flat_map(|r| r.0.windows(2)) {
                let (a, z) = ([edge[0].x, edge[0].y], [edge[1].x, edge[1].y]);
                for band in new.at(a[1].min(z[1]))..=new.at(a[1].max(z[1])) {
                    new.edges[band].push((a, z, u32::try_from(polygon).expect("fewer than 2^32 polygons")));
                }
            }
        }
        new
    }

    /// The band of a latitude; what is not a number counts as the lowest.
    fn at(&self, latitude: f64) -> usize {
        (((latitude - self.south) / self.height) as usize).min(self.edges.len() - 1)
    }
}

fn extent(area: &MultiPolygon<f64>) -> Extent {
    let rings = area.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
    rings.flat_map(|r| r.0.iter()).fold(NOWHERE, |e, c| [e[0].min(c.x), e[1].min(c.y), e[2].max(c.x), e[3].max(c.y)])
}

#[cfg(test)]
mod tests {
    use super::Locator;
    use crate::geometry::contains::contains;
    use geo::{LineString, MultiPolygon, Polygon};
    use proptest::prelude::*;

    fn polygons() -> impl Strategy<Value = Vec<MultiPolygon<f64>>> {
        let ring = proptest::collection::vec((-20.0..20.0, -20.0..20.0_f64), 3..30).prop_map(|points| {
            let mut ring = LineString::from(points);
            ring.close();
            ring
        });
        let polygon = (ring.clone(), proptest::collection::vec(ring, 0..2)).prop_map(|(e, i)| Polygon::new(e, i));
        proptest::collection::vec(proptest::collection::vec(polygon, 0..3).prop_map(MultiPolygon::new), 0..12)
    }

    proptest! {
        #[test]
        fn the_index_agrees_with_asking_each_area(areas in polygons(), points in proptest::collection::vec((-25.0..25.0, -25.0..25.0), 1..20)) {
            let mut locator = Locator::new(&areas);
            for (x, y) in points {
                let expected: Vec<usize> = (0..areas.len()).filter(|i| contains(&areas[*i], [x, y])).collect();
                prop_assert_eq!(locator.find([x, y]), expected.clone());
                for i in 0..areas.len() {
                    prop_assert_eq!(locator.contains(i, [x, y]), expected.contains(&i));
                }
            }
        }
    }
}
