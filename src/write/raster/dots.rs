//! Dots as a function of the pixel, antialiased.
//!
//! On a square of `spacing`, anchored to the page's origin, one dot stands at a quarter of its side
//! from the upper left and one at three quarters, so that none is cut by the square's edge.

use super::blend::{Pixel, cover, div255};
use crate::scene::Color;

/// Dots, in pixels.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Dots {
    spacing: f64,
    radius: f64,
    color: Color,
    origin: [f64; 2],
}

impl Dots {
    /// Prepares dots; nothing where there is nothing to see.
    pub(super) fn new(spacing: f64, radius: f64, color: Color, scale: f64, origin: [f64; 2]) -> Option<Self> {
        let (spacing, radius) = (spacing * scale, radius * scale);
        let real = spacing.is_finite() && radius.is_finite() && spacing > 0.0 && radius > 0.0;
        real.then_some(Self { spacing, radius, color, origin })
    }

    /// How much of a pixel dots cover, of 255.
    fn coverage(&self, x: u32, y: u32) -> u32 {
        let within = |at: f64, origin: f64| {
            let t = (at + 0.5 - origin) / self.spacing;
            // distance from the nearest first and second dot along this axis
            let away = |phase: f64| (t - phase - (t - phase).round()) * self.spacing;
            (away(0.25), away(0.75))
        };
        let (x, y) = (within(f64::from(x), self.origin[0]), within(f64::from(y), self.origin[1]));
        let nearest = (x.0 * x.0 + y.0 * y.0).min(x.1 * x.1 + y.1 * y.1).sqrt();
        // a dot smaller than a pixel cannot fill one
        let most = (self.radius * self.radius * 4.0).min(1.0);
        let part = (self.radius + 0.5 - nearest).clamp(0.0, 1.0) * most;
        (part * 255.0 + 0.5) as u32
    }

    /// Lays the dots over a pixel.
    pub(super) fn over(&self, ground: Pixel, x: u32, y: u32) -> Pixel {
        let part = self.coverage(x, y);
        if part == 0 { ground } else { cover(ground, self.color, u32::from(div255(part * u32::from(self.color.a)))) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_stand_at_a_quarter_and_three_quarters_and_cover_their_area() {
        let dots = Dots::new(8.0, 2.0, Color::BLACK, 2.0, [0.0; 2]).unwrap();
        let at = |x, y| dots.over([255; 4], x, y)[0];
        assert_eq!([at(4, 4), at(12, 12), at(3, 3), at(20, 4)], [0; 4]);
        assert_eq!([at(0, 8), at(12, 4), at(4, 12)], [255; 3]);
        let dark: f64 =
            (0..16).flat_map(|y| (0..16).map(move |x| (x, y))).map(|(x, y)| 1.0 - f64::from(at(x, y)) / 255.0).sum();
        let area = 2.0 * 16.0 * std::f64::consts::PI;
        assert!((dark - area).abs() < 2.5, "{dark} {area}");
    }

    #[test]
    fn nonsense_is_nothing() {
        assert_eq!(Dots::new(0.0, 1.0, Color::BLACK, 1.0, [0.0; 2]), None);
        assert_eq!(Dots::new(f64::NAN, 1.0, Color::BLACK, 1.0, [0.0; 2]), None);
    }
}
