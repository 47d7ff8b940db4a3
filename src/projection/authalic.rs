//! Authalic latitude: the latitude on the sphere that has, up to it, the area of WGS 84.
//!
//! # Source
//! Snyder, *Map Projections: A Working Manual*, USGS Professional Paper 1395, (3-11), (3-12), (3-18).

/// Square of the eccentricity of WGS 84.
const E2: f64 = 0.006_694_379_990_141_316;

fn q(sine: f64) -> f64 {
    let e = E2.sqrt();
    let es = e * sine;
    (1.0 - E2) * (sine / (1.0 - es * es) + libm::atanh(es) / e)
}

/// Gives the authalic latitude of a geodetic one, in radians.
pub fn authalic(phi: f64) -> f64 {
    libm::asin((q(libm::sin(phi)) / q(1.0)).clamp(-1.0, 1.0))
}

/// Gives the geodetic latitude of an authalic one, in radians.
pub fn geodetic(beta: f64) -> f64 {
    let wanted = libm::sin(beta) * q(1.0);
    let mut phi = beta;
    for _ in 0..8 {
        let sine = libm::sin(phi);
        let cosine = libm::cos(phi);
        if cosine < 1e-9 {
            break;
        }
        let es2 = E2 * sine * sine;
        let slope = 2.0 * (1.0 - E2) * cosine / ((1.0 - es2) * (1.0 - es2));
        let step = (wanted - q(sine)) / slope;
        phi += step;
        if step.abs() < 1e-15 {
            break;
        }
    }
    phi
}
