//! Areas on the ellipsoid: takes rings in degrees, gives square kilometres.

use super::ellipsoid::{self, A, Q_POLE};
use geo::{LineString, MultiPolygon};

/// Measures the area that polygons cover, rings wound either way.
///
/// Edges are taken as short: between two vertices the authalic latitude runs linearly. An edge of more
/// than half the globe goes the other way round, as over the antimeridian; one of the whole globe is the
/// lower edge of a flat map and stays.
///
/// # Units
/// Degrees of longitude and latitude on WGS 84 in; km² out.
///
/// # Source
/// Snyder, Map Projections: A Working Manual (USGS 1395), equation 3-12: the authalic `q`.
pub fn area_km2(polygons: &MultiPolygon<f64>) -> f64 {
    polygons.iter().map(|p| (ring_km2(p.exterior()) - p.interiors().iter().map(ring_km2).sum::<f64>()).max(0.0)).sum()
}

/// The area that a closed ring encloses.
fn ring_km2(ring: &LineString<f64>) -> f64 {
    let mut sum = 0.0;
    let mut turn = 0.0;
    let mut before = None;
    for at in &ring.0 {
        let next = (at.x, ellipsoid::q(libm::sin(at.y.to_radians())));
        if let Some((x, y)) = before {
            let across = short_way(next.0 - x);
            turn += across;
            sum += across * (y + next.1);
        }
        before = Some(next);
    }
    let swept = (sum / 2.0).to_radians().abs();
    // A ring right round the globe encloses a pole: what it swept lies between it and the equator.
    let enclosed = if f64::abs(turn) > 180.0 { (std::f64::consts::TAU * Q_POLE - swept).max(0.0) } else { swept };
    enclosed * A * A / 2.0
}

/// Twice the signed planar area in square degrees: positive where the ring runs counter-clockwise.
pub fn winding(ring: &LineString<f64>) -> f64 {
    -ring.0.windows(2).map(|w| short_way(w[1].x - w[0].x) * (w[0].y + w[1].y)).sum::<f64>()
}

/// A difference of longitudes, the short way round.
fn short_way(difference: f64) -> f64 {
    if difference > 180.0 && difference < 360.0 {
        difference - 360.0
    } else if difference < -180.0 && difference > -360.0 {
        difference + 360.0
    } else {
        difference
    }
}

#[cfg(test)]
mod tests {
    use super::{area_km2, winding};
    use geo::{Coord, GeodesicArea, LineString, MultiPolygon, Polygon};
    use proptest::prelude::*;

    /// A circle of `n` vertices, roughened by sines of many lengths.
    fn coast(center: [f64; 2], radius: f64, n: u32, seed: u32) -> LineString<f64> {
        let ring = (0..n).map(|i| {
            let turn = f64::from(i) / f64::from(n) * std::f64::consts::TAU;
            let rough: f64 = (1..7)
                .map(|k| {
                    let waves = f64::from(1 << k) + f64::from(seed % 5);
                    libm::sin(turn * waves + f64::from(seed)) * 0.3 / f64::from(1 << k)
                })
                .sum();
            let r = radius * (1.0 + rough);
            Coord { x: center[0] + r * libm::cos(turn), y: center[1] + r * libm::sin(turn) }
        });
        let mut ring = LineString::new(ring.collect());
        ring.close();
        ring
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn areas_agree_with_geodesics(x in -170.0..170.0, y in -75.0..75.0, radius in 0.05..3.0, seed in 0..1000_u32) {
            let hole = coast([x, y], radius / 4.0, 2000, seed + 1);
            let polygon = Polygon::new(coast([x, y], radius, 8000, seed), vec![hole]);
            let oracle = |r: &LineString<f64>| Polygon::new(r.clone(), vec![]).geodesic_area_signed().abs() / 1e6;
            let expected = oracle(polygon.exterior()) - oracle(&polygon.interiors()[0]);
            let found = area_km2(&MultiPolygon::new(vec![polygon]));
            prop_assert!((found / expected - 1.0).abs() < 1e-6, "{found} against {expected}");
        }
    }

    fn ring(points: &[(f64, f64)]) -> LineString<f64> {
        LineString::from(points.to_vec())
    }

    fn area(points: &[(f64, f64)]) -> f64 {
        area_km2(&MultiPolygon::new(vec![Polygon::new(ring(points), vec![])]))
    }

    #[test]
    fn the_globe_has_the_area_that_textbooks_give() {
        let globe = [(-180.0, -90.0), (180.0, -90.0), (180.0, 90.0), (-180.0, 90.0), (-180.0, -90.0)];
        assert!((area(&globe) - 510_065_621.724).abs() < 0.01, "{}", area(&globe));
    }

    #[test]
    fn a_ring_over_the_antimeridian_has_the_area_of_one_elsewhere() {
        let across = [(179.0, 60.0), (-179.0, 60.0), (-179.0, 62.0), (179.0, 62.0), (179.0, 60.0)];
        let elsewhere = across.map(|(x, y)| (if x > 0.0 { 9.0 } else { 11.0 }, y));
        assert!((area(&across) / area(&elsewhere) - 1.0).abs() < 1e-12);
        assert!(winding(&ring(&across)) > 0.0 && winding(&ring(&elsewhere)) > 0.0);
    }

    #[test]
    fn a_cap_is_the_same_as_a_ring_round_the_pole_and_as_a_box_down_to_it() {
        let round = [(-120.0, -70.0), (0.0, -70.0), (120.0, -70.0), (-120.0, -70.0)];
        let boxed = [(-180.0, -70.0), (180.0, -70.0), (180.0, -90.0), (-180.0, -90.0), (-180.0, -70.0)];
        assert!((area(&round) / area(&boxed) - 1.0).abs() < 1e-12, "{} {}", area(&round), area(&boxed));
    }
}
