//! The ellipsoid WGS 84, and the area up to a latitude.

/// Equatorial radius in kilometres.
pub const A: f64 = 6378.137;
/// Square of the first eccentricity.
pub const E2: f64 = 0.006_694_379_990_141_316_5;
/// The authalic `q` of the pole.
pub const Q_POLE: f64 = 1.995_531_087_502_836_8;

/// Gives the authalic `q` of the sine of a latitude: twice the area per radian from the equator, in units of `A²`.
///
/// # Source
/// Snyder, Map Projections: A Working Manual (USGS 1395), equation 3-12.
pub fn q(sine: f64) -> f64 {
    let t = E2 * sine * sine;
    // the series of s/(1-t) + atanh(e·s)/e; its next term is below 1e-18
    let mut sum = 0.0;
    for k in (0..8_u8).rev() {
        sum = sum * t + 1.0 + 1.0 / f64::from(2 * k + 1);
    }
    (1.0 - E2) * sine * sum
}

/// Gives how fast [`q`] grows with the latitude in radians, by the sine and cosine of the latitude.
pub fn q_slope(sine: f64, cosine: f64) -> f64 {
    let rest = 1.0 - E2 * sine * sine;
    2.0 * (1.0 - E2) * cosine / (rest * rest)
}

#[cfg(test)]
mod tests {
    use super::{Q_POLE, q, q_slope};

    #[test]
    fn the_pole_is_where_the_series_ends() {
        assert!((q(1.0) - Q_POLE).abs() < 1e-15 && (q(-1.0) + Q_POLE).abs() < 1e-15);
    }

    #[test]
    fn the_slope_is_that_of_the_series() {
        for degrees in [-80.0, -33.0, 0.0, 45.0, 89.0_f64] {
            let at = |degrees: f64| q(libm::sin(degrees.to_radians()));
            let (step, latitude) = (1e-4, degrees.to_radians());
            let measured = (at(degrees + step) - at(degrees - step)) / (2.0 * step).to_radians();
            assert!((measured - q_slope(libm::sin(latitude), libm::cos(latitude))).abs() < 1e-8, "{degrees}");
        }
    }
}
