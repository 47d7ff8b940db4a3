//! Rings as files have them → rings as the model has them: closed, finite, without repeats, wound one way.

use super::coordinates::{Fault, Position};
use crate::geometry::area::winding;
use geo::{Coord, LineString, MultiPolygon, Polygon};

/// A latitude beyond this is no slip of rounding.
const BEYOND_POLES: f64 = 91.0;

/// Polygons as read: rings, the first one of each polygon its outer one.
pub type Raw = Vec<Vec<Vec<Position>>>;

/// What cleaning found.
#[derive(Debug, Default)]
pub struct Found {
    /// Rings without an area.
    pub too_short: Vec<Fault>,
    /// The first position that is not in degrees at all.
    pub projected: Option<Fault>,
    /// The first position that is just off the globe.
    pub off: Option<Fault>,
}

/// Cleans polygons: closes rings, drops repeated points, winds outer rings counter-clockwise and holes clockwise.
///
/// A ring that crosses itself stays as it is.
pub fn clean(raw: Raw, found: &mut Found) -> MultiPolygon<f64> {
    let mut ring = 0;
    let mut polygons = Vec::with_capacity(raw.len());
    for rings in raw {
        let mut cleaned: Vec<Option<LineString<f64>>> = Vec::with_capacity(rings.len());
        for points in rings {
            let outer = cleaned.is_empty();
            cleaned.push(clean_ring(points, ring, found).map(|r| wound(r, outer)));
            ring += 1;
        }
        let mut cleaned = cleaned.into_iter();
        // Without its outer ring a polygon has no holes either.
        if let Some(Some(outer)) = cleaned.next() {
            polygons.push(Polygon::new(outer, cleaned.flatten().collect()));
        }
    }
    MultiPolygon::new(polygons)
}

fn wound(mut ring: LineString<f64>, outer: bool) -> LineString<f64> {
    if (winding(&ring) < 0.0) == outer {
        ring.0.reverse();
    }
    ring
}

fn clean_ring(points: Vec<Position>, ring: u32, found: &mut Found) -> Option<LineString<f64>> {
    let mut coords: Vec<Coord<f64>> = Vec::with_capacity(points.len() + 1);
    let count = points.len();
    for (vertex, [x, y]) in points.into_iter().enumerate() {
        if !(-180.0..=360.0).contains(&x) || !(-90.0..=90.0).contains(&y) {
            let slot = if x.abs() > 400.0 || y.abs() > BEYOND_POLES { &mut found.projected } else { &mut found.off };
            slot.get_or_insert_with(|| Fault {
                message: format!("{}, {}", written(x), written(y)),
                value: Some(format!("{}, {}", written(x), written(y))),
                ring: Some(ring),
                vertex: u32::try_from(vertex).ok(),
            });
        }
        let y = if y.abs() > BEYOND_POLES { y } else { y.clamp(-90.0, 90.0) };
        // Adding zero makes -0 equal to 0 to the bit, for neighbours that differ in that.
        let at = Coord { x: x + 0.0, y: y + 0.0 };
        if coords.last() != Some(&at) {
            coords.push(at);
        }
    }
    while coords.len() > 1 && coords.first() == coords.last() {
        coords.pop();
    }
    if !has_three(&coords) {
        let message = match coords.len() {
            0 => "a ring is empty".to_owned(),
            1 => format!("a ring of {count} points has one different point"),
            _ => format!("a ring of {count} points has two different points"),
        };
        found.too_short.push(Fault { ring: Some(ring), ..Fault::new(message) });
        return None;
    }
    coords.push(coords[0]);
    Some(LineString::new(coords))
}

/// A number in few letters.
fn written(number: f64) -> String {
    if number.abs() < 1e12 { number.to_string() } else { format!("{number:e}") }
}

/// Tells whether at least three points differ.
fn has_three(coords: &[Coord<f64>]) -> bool {
    let Some(first) = coords.first() else { return false };
    let Some(second) = coords.iter().find(|c| *c != first) else { return false };
    coords.iter().any(|c| c != first && c != second)
}

#[cfg(test)]
mod tests {
    use super::{Found, clean};

    #[test]
    fn closes_dedups_and_winds_rings() {
        let mut found = Found::default();
        let outer = vec![[0.0, 0.0], [0.0, 9.0], [0.0, 9.0], [9.0, 9.0], [9.0, 0.0]];
        let hole = vec![[1.0, 1.0], [2.0, 1.0], [2.0, 2.0], [1.0, 1.0]];
        let cleaned = clean(vec![vec![outer, hole]], &mut found);
        let points = |r: &geo::LineString<f64>| r.0.iter().map(|c| (c.x, c.y)).collect::<Vec<_>>();
        let expected = [(0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0), (0.0, 0.0)];
        assert_eq!(points(cleaned.0[0].exterior()), expected);
        let expected = [(1.0, 1.0), (2.0, 2.0), (2.0, 1.0), (1.0, 1.0)];
        assert_eq!(points(&cleaned.0[0].interiors()[0]), expected);
        assert!(found.too_short.is_empty() && found.off.is_none());
    }

    #[test]
    fn a_ring_that_goes_back_and_forth_is_too_short() {
        let mut found = Found::default();
        let spike = vec![[0.0, 0.0], [1.0, 1.0], [0.0, 0.0], [1.0, 1.0]];
        let fine = vec![[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]];
        let cleaned = clean(vec![vec![fine.clone(), spike.clone()], vec![spike, fine], vec![]], &mut found);
        assert_eq!((cleaned.0.len(), cleaned.0[0].interiors().len()), (1, 0));
        let rings: Vec<_> = found.too_short.iter().map(|f| f.ring).collect();
        assert_eq!(rings, [Some(1), Some(2)]);
        assert_eq!(found.too_short[0].message, "a ring of 4 points has two different points");
    }
}
