//! Lengths on the ellipsoid: takes lines in degrees, gives kilometres.

use super::ellipsoid::{A, E2};

/// Longest piece that is measured at once, in degrees.
const PIECE: f64 = 0.1;

/// Measures a line; between two points longitude and latitude run linearly, the short way round.
///
/// # Units
/// Degrees of longitude and latitude on WGS 84 in; km out.
///
/// # Source
/// Arc elements of the ellipsoid by the radii of curvature, Snyder (USGS 1395), page 24.
pub fn length_km(line: &[[f64; 2]]) -> f64 {
    line.windows(2).map(|w| edge_km(w[0], w[1])).sum()
}

fn edge_km([x0, y0]: [f64; 2], [x1, y1]: [f64; 2]) -> f64 {
    let dx = (x1 - x0 + 180.0).rem_euclid(360.0) - 180.0;
    let dy = y1 - y0;
    let pieces = (dx.abs().max(dy.abs()) / PIECE).ceil().max(1.0);
    let (dx, dy) = ((dx / pieces).to_radians(), (dy / pieces).to_radians());
    let piece = |i: u32| {
        let latitude = (y0 + (y1 - y0) * (f64::from(i) + 0.5) / pieces).to_radians();
        let (sin, cos) = (libm::sin(latitude), libm::cos(latitude));
        let root = libm::sqrt(1.0 - E2 * sin * sin);
        let north = A * (1.0 - E2) / (root * root * root) * dy;
        let east = A / root * cos * dx;
        libm::sqrt(north * north + east * east)
    };
    (0..pieces as u32).map(piece).sum()
}

#[cfg(test)]
mod tests {
    use super::length_km;
    use geo::{Distance, Geodesic, Point};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn short_edges_are_as_long_as_geodesics(x in -180.0..180.0, y in -80.0..80.0, dx in -0.05..0.05, dy in -0.05..0.05) {
            let oracle = Geodesic.distance(Point::new(x, y), Point::new(x + dx, y + dy)) / 1000.0;
            let found = length_km(&[[x, y], [x + dx, y + dy]]);
            prop_assert!((found - oracle).abs() <= oracle * 1e-6 + 1e-6, "{found} against {oracle}");
        }
    }

    #[test]
    fn a_quarter_of_the_meridian_and_of_the_equator_have_their_known_lengths() {
        assert!((length_km(&[[10.0, 0.0], [10.0, 90.0]]) - 10_001.966).abs() < 0.01);
        assert!((length_km(&[[-45.0, 0.0], [45.0, 0.0]]) - 10_018.754).abs() < 0.01);
        assert!((length_km(&[[179.0, 0.0], [-179.0, 0.0]]) - 222.639).abs() < 0.01, "over the antimeridian");
        assert_eq!(length_km(&[[1.0, 1.0]]), 0.0);
    }
}
