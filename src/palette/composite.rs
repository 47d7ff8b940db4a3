//! What a paint looks like from afar: takes its layers, gives the light they send together and the pattern
//! that the eye sees.

use super::contrast::linear;
use crate::scene::{Color, Layer, Paint};

/// Linear sRGB, each channel from 0 to 1.
pub type Light = [f64; 3];

/// The mean light of a paint on white paper.
pub fn light(paint: &Paint) -> Light {
    paint.layers.iter().fold([1.0; 3], |below, layer| match layer {
        Layer::Solid(color) => over(below, *color, 1.0),
        Layer::Stripes { bands, .. } => {
            let whole: f64 = bands.iter().map(|b| b.width).sum();
            let part = |i: usize| bands.iter().map(|b| over(below, b.color, 1.0)[i] * b.width).sum::<f64>() / whole;
            if whole > 0.0 { [part(0), part(1), part(2)] } else { below }
        }
        Layer::Lines { spacing, width, color, .. } => over(below, *color, (width / spacing).min(1.0)),
        // a square grid on its corner: two dots to each square of the spacing
        Layer::Dots { spacing, radius, color } => {
            let covered = 2.0 * std::f64::consts::PI * radius * radius / (spacing * spacing);
            over(below, *color, covered.min(1.0))
        }
    })
}

/// Light of a colour that covers a part of what is below.
fn over(below: Light, color: Color, part: f64) -> Light {
    let opaque = part * f64::from(color.a) / 255.0;
    let own = [color.r, color.g, color.b].map(linear);
    [0, 1, 2].map(|i| below[i] + (own[i] - below[i]) * opaque)
}

/// A mark of a pattern: its kind, then its angle in degrees and, of stripes, how the bands divide the
/// whole, in steps of 10 %.
pub type Mark = (u8, Vec<i32>);

/// The pattern of a paint, without its colours; empty where it is flat.
pub fn pattern(paint: &Paint) -> Vec<Mark> {
    let mark = |layer: &Layer| match layer {
        Layer::Solid(_) => None,
        Layer::Stripes { angle, bands } => {
            let whole: f64 = bands.iter().map(|b| b.width).sum();
            let parts = bands.iter().map(|b| (b.width / whole * 10.0).round() as i32);
            Some((1, std::iter::once(*angle as i32).chain(parts).collect()))
        }
        Layer::Lines { angle, .. } => Some((2, vec![*angle as i32])),
        Layer::Dots { .. } => Some((3, Vec::new())),
    };
    paint.layers.iter().filter_map(mark).collect()
}

#[cfg(test)]
mod tests {
    use super::{light, pattern};
    use crate::scene::{Band, Color, Layer, Paint};

    #[test]
    fn stripes_look_like_the_mean_of_their_bands() {
        let band = |color, width| Band { color, width };
        let bands = vec![band(Color::BLACK, 3.0), band(Color::WHITE, 1.0)];
        let paint = Paint { layers: vec![Layer::Stripes { angle: 45.0, bands }] };
        assert_eq!(light(&paint), [0.25; 3]);
        assert_eq!(pattern(&paint), [(1, vec![45, 8, 3])]);
    }

    #[test]
    fn lines_and_dots_let_the_ground_through() {
        let black = Color::BLACK;
        let lines =
            Paint::solid(Color::WHITE).over(Layer::Lines { angle: 45.0, spacing: 10.0, width: 2.0, color: black });
        assert!((light(&lines)[0] - 0.8).abs() < 1e-12);
        let dots = Paint::solid(Color::WHITE).over(Layer::Dots { spacing: 10.0, radius: 2.0, color: black });
        assert!((light(&dots)[1] - (1.0 - 0.08 * std::f64::consts::PI)).abs() < 1e-12);
        assert_ne!(pattern(&lines), pattern(&dots));
        assert!(pattern(&Paint::solid(black)).is_empty());
    }
}
