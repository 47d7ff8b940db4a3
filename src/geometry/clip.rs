//! Cutting polygons to a box.
//!
//! # Source
//! Sutherland and Hodgman, "Reentrant polygon clipping", CACM 17 (1974). What is cut runs along the box's
//! edge and back, which does not matter where the edge is out of sight.

use geo::{Coord, LineString, MultiPolygon, Polygon};

/// Cuts polygons to a box (west, south, east, north); rings that keep no area vanish.
pub fn clip(geometry: &MultiPolygon<f64>, area: [f64; 4]) -> MultiPolygon<f64> {
    let polygons = geometry.0.iter().filter_map(|polygon| {
        let exterior = ring(polygon.exterior(), area)?;
        let interiors = polygon.interiors().iter().filter_map(|r| ring(r, area)).collect();
        Some(Polygon::new(exterior, interiors))
    });
    MultiPolygon(polygons.collect())
}

/// Cuts one ring; `None` where nothing is left.
fn ring(ring: &LineString<f64>, [west, south, east, north]: [f64; 4]) -> Option<LineString<f64>> {
    let (mut inside, mut outside_one) = (true, [true; 4]);
    for c in &ring.0 {
        let beyond = [c.x < west, c.y < south, c.x > east, c.y > north];
        inside &= !beyond.contains(&true);
        for (all, one) in outside_one.iter_mut().zip(beyond) {
            *all &= one;
        }
    }
    if inside {
        return Some(ring.clone());
    }
    if outside_one.contains(&true) {
        return None;
    }
    let mut points: Vec<Coord<f64>> = ring.0.clone();
    points.pop();
    for (axis, limit, keep_above) in [(0, west, true), (1, south, true), (0, east, false), (1, north, false)] {
        points = half(&points, axis, limit, keep_above);
    }
    if points.len() < 3 {
        return None;
    }
    points.push(points[0]);
    Some(LineString(points))
}

/// Keeps what lies on one side of a line parallel to an axis.
fn half(points: &[Coord<f64>], axis: usize, limit: f64, keep_above: bool) -> Vec<Coord<f64>> {
    let value = |c: Coord<f64>| if axis == 0 { c.x } else { c.y };
    let kept = |c: Coord<f64>| if keep_above { value(c) >= limit } else { value(c) <= limit };
    let mut out = Vec::with_capacity(points.len());
    for (i, b) in points.iter().enumerate() {
        let a = points[(i + points.len() - 1) % points.len()];
        if kept(a) != kept(*b) {
            out.push(cross(a, *b, axis, limit));
        }
        if kept(*b) {
            out.push(*b);
        }
    }
    out
}

/// Where an edge crosses the line: the same bits from either end, so that neighbours still share it.
fn cross(a: Coord<f64>, b: Coord<f64>, axis: usize, limit: f64) -> Coord<f64> {
    let (a, b) = if (a.x, a.y) < (b.x, b.y) { (a, b) } else { (b, a) };
    if axis == 0 {
        Coord { x: limit, y: a.y + (b.y - a.y) * ((limit - a.x) / (b.x - a.x)) }
    } else {
        Coord { x: a.x + (b.x - a.x) * ((limit - a.y) / (b.y - a.y)), y: limit }
    }
}

#[cfg(test)]
mod tests {
    use super::clip;
    use geo::{Area, polygon};

    #[test]
    fn a_square_is_cut_to_its_quarter() {
        let square = polygon![(x: 0.0, y: 0.0), (x: 2.0, y: 0.0), (x: 2.0, y: 2.0), (x: 0.0, y: 2.0)];
        let cut = clip(&square.clone().into(), [1.0, 1.0, 5.0, 5.0]);
        assert!((cut.unsigned_area() - 1.0).abs() < 1e-12);
        assert_eq!(clip(&square.clone().into(), [-1.0, -1.0, 5.0, 5.0]), square.clone().into());
        assert!(clip(&square.into(), [3.0, 3.0, 5.0, 5.0]).0.is_empty());
    }
}
