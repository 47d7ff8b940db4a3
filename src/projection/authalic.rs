//! Authalic latitude: the latitude on the sphere that has, up to it, the area of WGS 84.
//!
//! # Source
//! Snyder, *Map Projections: A Working Manual*, USGS Professional Paper 1395, (3-11), (3-12), (3-18).

use crate::geometry::ellipsoid::{Q_POLE, q, q_slope};

/// Gives the sine of the authalic latitude of a geodetic one in radians: all that most projections need.
pub fn sine(phi: f64) -> f64 {
    (q(libm::sin(phi)) / Q_POLE).clamp(-1.0, 1.0)
}

/// Gives the authalic latitude of a geodetic one, in radians.
pub fn authalic(phi: f64) -> f64 {
    libm::asin(sine(phi))
}

/// Gives the geodetic latitude of an authalic one, in radians.
pub fn geodetic(beta: f64) -> f64 {
    let wanted = libm::sin(beta) * Q_POLE;
    let mut phi = beta;
    for _ in 0..8 {
        let (sine, cosine) = libm::sincos(phi);
        if cosine < 1e-9 {
            break;
        }
        let step = (wanted - q(sine)) / q_slope(sine, cosine);
        phi += step;
        if step.abs() < 1e-15 {
            break;
        }
    }
    phi
}
