//! Points and polygons: whether one holds the other, and how far off it is.

use geo::{Coord, MultiPolygon, Polygon};

/// Mean radius of the Earth in kilometres.
pub const RADIUS_KM: f64 = 6371.0088;

/// Tells whether a point lies in one of the polygons, each filled by the even-odd rule.
///
/// A point and polygons that write longitudes differently (-170 and 190) still meet. Points on a border
/// belong to one of two neighbours that share its vertices.
///
/// # Units
/// Degrees, longitude first.
pub fn contains(polygons: &MultiPolygon<f64>, point: [f64; 2]) -> bool {
    holder(polygons, point).is_some()
}

/// The first of some polygons that holds a point, as [`contains`] tells it.
pub fn holder(polygons: &MultiPolygon<f64>, point: [f64; 2]) -> Option<&Polygon<f64>> {
    polygons.iter().find(|p| around(point).into_iter().any(|at| polygon_contains(p, at)))
}

/// A point as written, and a turn to either side where longitudes within -180…360 may hold it.
pub(super) fn around([x, y]: [f64; 2]) -> [[f64; 2]; 2] {
    [[x, y], [if x < 0.0 { x + 360.0 } else { x - 360.0 }, y]]
}

fn polygon_contains(polygon: &Polygon<f64>, [x, y]: [f64; 2]) -> bool {
    let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
    let mut inside = false;
    for ring in rings {
        for edge in ring.0.windows(2) {
            inside ^= crosses([edge[0].x, edge[0].y], [edge[1].x, edge[1].y], [x, y]);
        }
    }
    inside
}

/// Tells whether a ray from the point eastwards crosses an edge.
///
/// The edge is taken from its lower end, so that it gives one answer to both of its sides.
pub(super) fn crosses(a: [f64; 2], b: [f64; 2], [x, y]: [f64; 2]) -> bool {
    if (a[1] > y) == (b[1] > y) {
        return false;
    }
    let (low, high) = if a[1] < b[1] { (a, b) } else { (b, a) };
    x < low[0] + (high[0] - low[0]) * ((y - low[1]) / (high[1] - low[1]))
}

/// Measures how far a point is from the nearest border; `None` where there is none.
///
/// # Units
/// Degrees in; kilometres out, within 0.5 % up to some hundred kilometres.
pub fn distance_km(polygons: &MultiPolygon<f64>, [x, y]: [f64; 2]) -> Option<f64> {
    let east = libm::cos(y.to_radians());
    let flat = |c: &Coord<f64>| {
        let across = c.x - x;
        let across = across - 360.0 * libm::round(across / 360.0);
        [across * east, c.y - y]
    };
    let rings = polygons.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
    let edges = rings.flat_map(|r| r.0.windows(2));
    let nearest = edges.map(|e| square_to_edge(flat(&e[0]), flat(&e[1]))).fold(f64::INFINITY, f64::min);
    nearest.is_finite().then(|| nearest.sqrt().to_radians() * RADIUS_KM)
}

/// The square of the distance from the origin to an edge.
fn square_to_edge(a: [f64; 2], b: [f64; 2]) -> f64 {
    let along = [b[0] - a[0], b[1] - a[1]];
    let length = along[0] * along[0] + along[1] * along[1];
    let t = if length > 0.0 { (-(a[0] * along[0] + a[1] * along[1]) / length).clamp(0.0, 1.0) } else { 0.0 };
    let foot = [a[0] + t * along[0], a[1] + t * along[1]];
    foot[0] * foot[0] + foot[1] * foot[1]
}

#[cfg(test)]
mod tests {
    use super::{contains, distance_km};
    use geo::{LineString, MultiPolygon, Polygon};

    fn square(west: f64, south: f64, side: f64) -> LineString<f64> {
        let (east, north) = (west + side, south + side);
        LineString::from(vec![(west, south), (east, south), (east, north), (west, north), (west, south)])
    }

    #[test]
    fn a_hole_is_outside_and_an_island_in_it_inside() {
        let land = Polygon::new(square(0.0, 0.0, 9.0), vec![square(3.0, 3.0, 3.0)]);
        let island = Polygon::new(square(4.0, 4.0, 1.0), vec![]);
        let both = MultiPolygon::new(vec![land, island]);
        assert!(contains(&both, [1.0, 1.0]));
        assert!(!contains(&both, [3.5, 3.5]));
        assert!(contains(&both, [4.5, 4.5]));
        assert!(!contains(&both, [9.5, 4.5]) && !contains(&both, [-0.5, 4.5]) && !contains(&both, [4.0, -1.0]));
    }

    #[test]
    fn longitudes_beyond_180_meet_those_below_minus_180() {
        let chukotka = MultiPolygon::new(vec![Polygon::new(square(178.0, 62.0, 6.0), vec![])]);
        assert!(contains(&chukotka, [-178.0, 64.0]) && contains(&chukotka, [182.0, 64.0]));
        assert!(!contains(&chukotka, [-170.0, 64.0]));
        assert!(distance_km(&chukotka, [-178.0, 64.0]).is_some_and(|d| d < 230.0));
    }

    #[test]
    fn a_point_on_a_shared_border_belongs_to_one_side_only() {
        let west = MultiPolygon::new(vec![Polygon::new(square(0.0, 0.0, 1.0), vec![])]);
        let east = MultiPolygon::new(vec![Polygon::new(square(1.0, 0.0, 1.0), vec![])]);
        assert_ne!(contains(&west, [1.0, 0.5]), contains(&east, [1.0, 0.5]));
    }

    #[test]
    fn distance_is_to_the_border_from_either_side() {
        let box_ = MultiPolygon::new(vec![Polygon::new(square(36.0, 34.0, 1.0), vec![])]);
        let one_minute = 1.853;
        let out = distance_km(&box_, [36.5, 34.0 - 1.0 / 60.0]).unwrap();
        let within = distance_km(&box_, [36.5, 34.0 + 1.0 / 60.0]).unwrap();
        assert!((out - one_minute).abs() < 0.01 && (within - one_minute).abs() < 0.01, "{out} {within}");
        assert_eq!(distance_km(&MultiPolygon::new(vec![]), [0.0, 0.0]), None);
    }
}
