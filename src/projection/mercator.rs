//! Mercator on the sphere, as web maps have it.
//!
//! # Source
//! Snyder, USGS Professional Paper 1395, (7-1), (7-2), (7-4).

use super::{Extent, Parameters, Raw};
use std::f64::consts::FRAC_PI_2;

/// Mercator.
pub const MERCATOR: Raw = Raw {
    name: "mercator",
    doc: "Mercator, to lie over web maps; sizes grow towards the poles",
    equal_area: false,
    is_cut: true,
    parameters,
    forward,
    inverse,
};

/// Beyond this latitude the map would never end.
const LIMIT: f64 = 1.484_422_229_745_332_4;

fn parameters(extent: &Extent) -> Parameters {
    Parameters { longitude: extent.middle()[0].to_radians(), ..Parameters::default() }
}

fn forward(_: &Parameters, lambda: f64, phi: f64) -> [f64; 2] {
    [lambda, libm::asinh(libm::tan(phi.clamp(-LIMIT, LIMIT)))]
}

fn inverse(_: &Parameters, x: f64, y: f64) -> Option<[f64; 2]> {
    Some([x, FRAC_PI_2 - 2.0 * libm::atan(libm::exp(-y))])
}
