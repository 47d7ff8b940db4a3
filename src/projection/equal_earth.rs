//! Equal Earth.
//!
//! # Source
//! Šavrič, Patterson and Jenny, "The Equal Earth map projection", IJGIS 33 (2019).

use super::authalic::{self, geodetic};
use super::{Extent, Parameters, Raw};

/// Equal Earth.
pub const EQUAL_EARTH: Raw = Raw {
    name: "equal-earth",
    doc: "Equal Earth, for the world",
    equal_area: true,
    is_cut: true,
    parameters,
    forward,
    inverse,
};

const A: [f64; 4] = [1.340_264, -0.081_106, 0.000_893, 0.003_796];
const M: f64 = 0.866_025_403_784_438_6;

fn parameters(extent: &Extent) -> Parameters {
    Parameters { longitude: extent.middle()[0].to_radians(), ..Parameters::default() }
}

fn height(t: f64) -> f64 {
    let t2 = t * t;
    let t6 = t2 * t2 * t2;
    t * (A[0] + A[1] * t2 + t6 * (A[2] + A[3] * t2))
}

fn slope(t: f64) -> f64 {
    let t2 = t * t;
    let t6 = t2 * t2 * t2;
    A[0] + 3.0 * A[1] * t2 + t6 * (7.0 * A[2] + 9.0 * A[3] * t2)
}

fn forward(_: &Parameters, lambda: f64, phi: f64) -> [f64; 2] {
    let t = libm::asin(M * authalic::sine(phi));
    [lambda * libm::cos(t) / (M * slope(t)), height(t)]
}

fn inverse(_: &Parameters, x: f64, y: f64) -> Option<[f64; 2]> {
    let mut t = y;
    for _ in 0..16 {
        let step = (height(t) - y) / slope(t);
        t -= step;
        if step.abs() < 1e-15 {
            break;
        }
    }
    let sine = libm::sin(t) / M;
    let lambda = M * x * slope(t) / libm::cos(t);
    (sine.abs() <= 1.0 && lambda.abs() <= std::f64::consts::PI + 1e-9).then(|| [lambda, geodetic(libm::asin(sine))])
}
