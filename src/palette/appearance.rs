//! How a colour looks: takes sRGB, gives a point of CAM02-UCS, in which equal distances look equal.

use super::contrast::linear;
use crate::scene::Color;

/// A colour in CAM02-UCS.
///
/// # Source
/// CIE 159:2004 (CIECAM02); Luo, Cui and Li (2006), Uniform colour spaces based on CIECAM02.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Appearance {
    /// Lightness J', from 0 (black) to 100 (white).
    pub lightness: f64,
    /// a', from green to red.
    pub a: f64,
    /// b', from blue to yellow.
    pub b: f64,
}

impl Appearance {
    /// How different two colours look; about 1 is the least that can be seen side by side.
    pub fn distance(&self, other: &Self) -> f64 {
        let square = |x: f64| x * x;
        libm::sqrt(square(self.lightness - other.lightness) + square(self.a - other.a) + square(self.b - other.b))
    }
}

/// Gives the appearance of an opaque colour on a screen in a lit room.
///
/// # Source
/// IEC 61966-2-1: white D65, 64 lx around, so that eyes adapt to 64/π/5 cd/m², a background of 20 %.
pub fn appearance(color: Color) -> Appearance {
    of_light([color.r, color.g, color.b].map(linear))
}

const XYZ: [[f64; 3]; 3] = [
    [0.412_456_4, 0.357_576_1, 0.180_437_5],
    [0.212_672_9, 0.715_152_2, 0.072_175_0],
    [0.019_333_9, 0.119_192_0, 0.950_304_1],
];

/// The appearance of linear sRGB, each channel from 0 to 1.
pub(super) fn of_light(light: [f64; 3]) -> Appearance {
    let hundred = |v: [f64; 3]| times(&XYZ, v.map(|x| 100.0 * x));
    let scene = Surround::new(hundred([1.0; 3]), 64.0 / std::f64::consts::PI / 5.0, 20.0);
    scene.uniform(hundred(light))
}

fn times(matrix: &[[f64; 3]; 3], v: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row[0] * v[0] + row[1] * v[1] + row[2] * v[2])
}

const CAT02: [[f64; 3]; 3] = [[0.7328, 0.4296, -0.1624], [-0.7036, 1.6975, 0.0061], [0.0030, 0.0136, 0.9834]];
const CAT02_INVERSE: [[f64; 3]; 3] =
    [[1.096_124, -0.278_869, 0.182_745], [0.454_369, 0.473_533, 0.072_098], [-0.009_628, -0.005_698, 1.015_326]];
const HUNT_POINTER_ESTEVEZ: [[f64; 3]; 3] =
    [[0.389_71, 0.688_98, -0.078_68], [-0.229_81, 1.183_40, 0.046_41], [0.0, 0.0, 1.0]];

/// Viewing conditions with an average surround.
struct Surround {
    /// Luminance adaptation F_L.
    adaptation: f64,
    /// Background induction n.
    background: f64,
    /// N_bb, the same as N_cb.
    induction: f64,
    /// Gains of the cones that make white neutral.
    gains: [f64; 3],
    /// Achromatic response to white.
    white: f64,
}

/// Impact of an average surround on lightness.
const IMPACT: f64 = 0.69;

impl Surround {
    fn new(white: [f64; 3], luminance: f64, background: f64) -> Self {
        let k = 1.0 / (5.0 * luminance + 1.0);
        let k4 = k * k * k * k;
        let adaptation = 0.2 * k4 * 5.0 * luminance + 0.1 * (1.0 - k4) * (1.0 - k4) * libm::cbrt(5.0 * luminance);
        let ratio = background / white[1];
        let degree = 1.0 - libm::exp((-luminance - 42.0) / 92.0) / 3.6;
        let mut surround = Self {
            adaptation,
            background: ratio,
            induction: 0.725 * libm::pow(ratio, -0.2),
            gains: times(&CAT02, white).map(|cone| degree * white[1] / cone + 1.0 - degree),
            white: 1.0,
        };
        surround.white = surround.achromatic(surround.cones(white));
        surround
    }

    /// Responses of the cones after adaptation.
    fn cones(&self, xyz: [f64; 3]) -> [f64; 3] {
        let sharp = times(&CAT02, xyz);
        let adapted = [0, 1, 2].map(|i| sharp[i] * self.gains[i]);
        times(&HUNT_POINTER_ESTEVEZ, times(&CAT02_INVERSE, adapted)).map(|cone| {
            let power = libm::pow(self.adaptation * cone.abs() / 100.0, 0.42);
            libm::copysign(400.0 * power / (power + 27.13), cone) + 0.1
        })
    }

    fn achromatic(&self, [r, g, b]: [f64; 3]) -> f64 {
        (2.0 * r + g + b / 20.0 - 0.305) * self.induction
    }

    /// CIECAM02's lightness J, colourfulness M and hue h in radians.
    fn correlates(&self, xyz: [f64; 3]) -> [f64; 3] {
        let [r, g, b] = self.cones(xyz);
        let (red, yellow) = (r - 12.0 * g / 11.0 + b / 11.0, (r + g - 2.0 * b) / 9.0);
        let hue = libm::atan2(yellow, red);
        let exponent = IMPACT * (1.48 + libm::sqrt(self.background));
        let part = (self.achromatic([r, g, b]) / self.white).max(0.0);
        let lightness = 100.0 * libm::pow(part, exponent);
        let eccentricity = (libm::cos(hue + 2.0) + 3.8) / 4.0;
        let t = 50_000.0 / 13.0 * self.induction * eccentricity * libm::hypot(red, yellow) / (r + g + 1.05 * b);
        let chroma = libm::pow(t, 0.9)
            * libm::sqrt(lightness / 100.0)
            * libm::pow(1.64 - libm::pow(0.29, self.background), 0.73);
        [lightness, chroma * libm::pow(self.adaptation, 0.25), hue]
    }

    fn uniform(&self, xyz: [f64; 3]) -> Appearance {
        let [lightness, colourfulness, hue] = self.correlates(xyz);
        let radius = libm::log1p(0.0228 * colourfulness) / 0.0228;
        Appearance {
            lightness: 1.7 * lightness / (1.0 + 0.007 * lightness),
            a: radius * libm::cos(hue),
            b: radius * libm::sin(hue),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Surround, appearance};
    use crate::scene::Color;
    use proptest::prelude::*;

    fn is_near(found: f64, wanted: f64, digits: i32) {
        assert!((found - wanted).abs() < 0.6 * libm::pow(10.0, f64::from(-digits)), "{found} is not {wanted}");
    }

    #[test]
    fn the_worked_examples_of_ciecam02_come_out() {
        // Fairchild, Color Appearance Models, table 16.4, cases 1 and 2
        let white = [95.05, 100.0, 108.88];
        let [j, m, h] = Surround::new(white, 318.31, 20.0).correlates([19.01, 20.00, 21.78]);
        is_near(j, 41.73, 2);
        is_near(m, 0.11, 2);
        is_near(h.to_degrees() + 360.0, 219.0, 1);
        let [j, m, h] = Surround::new(white, 31.83, 20.0).correlates([57.06, 43.06, 31.96]);
        is_near(j, 65.96, 2);
        is_near(m, 41.67, 2);
        is_near(h.to_degrees(), 19.6, 1);
    }

    #[test]
    fn the_uniform_space_agrees_with_the_values_published_for_it() {
        // the documentation of colour-science, JMh_CIECAM02_to_CAM02UCS
        let seen = Surround::new([95.05, 100.0, 108.88], 318.31, 20.0).uniform([19.01, 20.00, 21.78]);
        is_near(seen.lightness, 54.904_33, 4);
        is_near(seen.a, -0.084_42, 4);
        is_near(seen.b, -0.068_48, 4);
    }

    #[test]
    fn white_is_white_and_black_is_black() {
        let white = appearance(Color::WHITE);
        is_near(white.lightness, 100.0, 4);
        assert!(libm::hypot(white.a, white.b) < 2.5, "{white:?}");
        is_near(appearance(Color::BLACK).lightness, 0.0, 4);
    }

    proptest! {
        #[test]
        fn every_colour_has_a_place(r: u8, g: u8, b: u8) {
            let seen = appearance(Color::rgb(r, g, b));
            prop_assert!((-1e-9..=100.001).contains(&seen.lightness), "{:?}", seen);
            prop_assert!(seen.a.abs() < 70.0 && seen.b.abs() < 70.0, "{:?}", seen);
        }
    }
}
