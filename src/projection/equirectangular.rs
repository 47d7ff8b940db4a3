//! Equirectangular: degrees as they are, true along the middle parallel.

use super::{Extent, Parameters, Raw};

/// Equirectangular.
pub const EQUIRECTANGULAR: Raw = Raw {
    name: "equirectangular",
    doc: "degrees as they are, true along the middle parallel",
    equal_area: false,
    is_cut: true,
    parameters,
    forward,
    inverse,
};

fn parameters(extent: &Extent) -> Parameters {
    let [longitude, latitude] = extent.middle();
    let latitude = latitude.to_radians();
    Parameters { longitude: longitude.to_radians(), latitude, more: [libm::cos(latitude).max(0.01), 0.0, 0.0] }
}

fn forward(p: &Parameters, lambda: f64, phi: f64) -> [f64; 2] {
    [lambda * p.more[0], phi - p.latitude]
}

fn inverse(p: &Parameters, x: f64, y: f64) -> Option<[f64; 2]> {
    Some([x / p.more[0], y + p.latitude])
}
