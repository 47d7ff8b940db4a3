//! Albers equal-area conic.
//!
//! # Source
//! Snyder, USGS Professional Paper 1395, (14-1) to (14-6).

use super::authalic::{self, authalic, geodetic};
use super::{Extent, Parameters, Raw};

/// Albers equal-area conic.
pub const ALBERS: Raw = Raw {
    name: "albers",
    doc: "Albers equal-area conic, for a country much wider than high",
    equal_area: true,
    is_cut: true,
    parameters,
    forward,
    inverse,
};

fn parameters(extent: &Extent) -> Parameters {
    let [longitude, latitude] = extent.middle();
    let sixth = (extent.north - extent.south) / 6.0;
    let sine = |degrees: f64| authalic::sine(degrees.to_radians());
    let (first, second) = (sine(extent.south + sixth), sine(extent.north - sixth));
    // a cone that opens to a cylinder has no apex
    let n = (first + second) / 2.0;
    let n = if n.abs() < 1e-6 { 1e-6 } else { n };
    let c = 1.0 - first * first + 2.0 * n * first;
    let beta = authalic(latitude.to_radians());
    let rho = (c - 2.0 * n * libm::sin(beta)).max(0.0).sqrt() / n;
    Parameters { longitude: longitude.to_radians(), latitude: beta, more: [n, c, rho] }
}

fn forward(p: &Parameters, lambda: f64, phi: f64) -> [f64; 2] {
    let [n, c, rho0] = p.more;
    let rho = (c - 2.0 * n * authalic::sine(phi)).max(0.0).sqrt() / n;
    let theta = n * lambda;
    let (sine, cosine) = libm::sincos(theta);
    [rho * sine, rho0 - rho * cosine]
}

fn inverse(p: &Parameters, x: f64, y: f64) -> Option<[f64; 2]> {
    let [n, c, rho0] = p.more;
    let up = rho0 - y;
    let rho2 = x * x + up * up;
    let theta = libm::atan2(x * n.signum(), up * n.signum());
    let sine = (c - rho2 * n * n) / (2.0 * n);
    (sine.abs() <= 1.0).then(|| [theta / n, geodetic(libm::asin(sine))])
}
