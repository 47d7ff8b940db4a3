//! Lambert azimuthal equal-area.
//!
//! # Source
//! Snyder, USGS Professional Paper 1395, (24-2), (24-4), (20-14).

use super::authalic::{self, authalic, geodetic};
use super::{Extent, Parameters, Raw};

/// Lambert azimuthal equal-area.
pub const LAEA: Raw = Raw {
    name: "laea",
    doc: "Lambert azimuthal equal-area, for a country of about equal width and height",
    equal_area: true,
    is_cut: false,
    parameters,
    forward,
    inverse,
};

fn parameters(extent: &Extent) -> Parameters {
    let [longitude, latitude] = extent.middle();
    // around a pole, the pole is the middle
    let round = extent.east - extent.west > 180.0 && extent.south * extent.north > 0.0;
    let (longitude, latitude) = if round { (0.0, 90.0_f64.copysign(latitude)) } else { (longitude, latitude) };
    let beta = authalic(latitude.to_radians());
    Parameters { longitude: longitude.to_radians(), latitude: beta, more: [libm::sin(beta), libm::cos(beta), 0.0] }
}

fn forward(p: &Parameters, lambda: f64, phi: f64) -> [f64; 2] {
    let [sine, cosine, _] = p.more;
    let sin_beta = authalic::sine(phi);
    let cos_beta = ((1.0 - sin_beta) * (1.0 + sin_beta)).sqrt();
    let (sin_lambda, cos_lambda) = libm::sincos(lambda);
    // the antipode is a circle; a point near it stays finite
    let below = (1.0 + sine * sin_beta + cosine * cos_beta * cos_lambda).max(1e-9);
    let k = (2.0 / below).sqrt();
    [k * cos_beta * sin_lambda, k * (cosine * sin_beta - sine * cos_beta * cos_lambda)]
}

fn inverse(p: &Parameters, x: f64, y: f64) -> Option<[f64; 2]> {
    let [sine, cosine, _] = p.more;
    let rho = (x * x + y * y).sqrt();
    if rho > 2.0 {
        return None;
    }
    if rho < 1e-15 {
        return Some([0.0, geodetic(p.latitude)]);
    }
    let c = 2.0 * libm::asin(rho / 2.0);
    let (sin_c, cos_c) = (libm::sin(c), libm::cos(c));
    let beta = libm::asin((cos_c * sine + y * sin_c * cosine / rho).clamp(-1.0, 1.0));
    let lambda = libm::atan2(x * sin_c, rho * cosine * cos_c - y * sine * sin_c);
    Some([lambda, geodetic(beta)])
}
