//! How a colour looks to eyes that lack a kind of cone.

use super::appearance::{Appearance, of_light};
use super::contrast::linear;
use crate::scene::Color;

/// A kind of sight.
#[derive(Debug, PartialEq)]
pub struct Sight {
    /// In one word, for a report.
    pub name: &'static str,
    /// From linear sRGB to the linear sRGB that looks the same to normal eyes.
    matrix: [[f64; 3]; 3],
}

/// Normal sight, and the three kinds in which a cone is missing.
///
/// # Source
/// Machado, Oliveira and Fernandes (2009), A Physiologically-based Model for Simulation of Color Vision
/// Deficiency, severity 1.0.
pub const SIGHTS: &[Sight] = &[
    Sight { name: "normal", matrix: [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]] },
    Sight {
        name: "deutan",
        matrix: [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    },
    Sight {
        name: "protan",
        matrix: [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    },
    Sight {
        name: "tritan",
        matrix: [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    },
];

impl Sight {
    /// What a colour looks like.
    pub fn of(&self, color: Color) -> Appearance {
        self.of_light([color.r, color.g, color.b].map(linear))
    }

    /// What linear sRGB looks like.
    pub(super) fn of_light(&self, light: [f64; 3]) -> Appearance {
        // what a screen cannot show is shown at its limit
        of_light(self.matrix.map(|row| (0..3).map(|i| row[i] * light[i]).sum::<f64>().clamp(0.0, 1.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::SIGHTS;
    use crate::palette::appearance;
    use crate::scene::Color;

    #[test]
    fn greys_stay_grey_to_every_eye() {
        for sight in SIGHTS {
            let grey = Color::rgb(128, 128, 128);
            let moved = sight.of(grey).distance(&appearance(grey));
            assert!(moved < 0.01, "{}: {moved}", sight.name);
            let sum = sight.matrix.map(|row| row.iter().sum::<f64>());
            assert!(sum.iter().all(|s| (s - 1.0).abs() < 2e-6), "{}: {sum:?}", sight.name);
        }
    }

    #[test]
    fn red_and_green_of_one_lightness_meet_for_deutan_eyes_only() {
        let (red, green) = (Color::hex(0xC8_6A_50), Color::hex(0x8A_90_3C));
        let far = |i: usize| SIGHTS[i].of(red).distance(&SIGHTS[i].of(green));
        assert!(far(0) > 25.0, "{}", far(0));
        assert!(far(1) < far(0) / 3.0, "{}", far(1));
        assert!(far(3) > 15.0, "{}", far(3));
    }
}
