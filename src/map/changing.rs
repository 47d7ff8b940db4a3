//! What is changing: takes a paint, or a symbol's place, gives the look of a change that is somewhere between the
//! earliest and the latest day of its date.
//!
//! Lines the other way round than those of a contest, dark within white, so that they show on any fill.

use super::theme;
use crate::scene::{Color, Layer, Node, Paint, Path, Stroke};

/// From line to line, in units of the design.
const SPACING: f64 = 34.0;
/// Widths of the white line and of the dark one within.
const WIDTHS: [f64; 2] = [6.0, 2.6];

/// The paint of an area, with lines over it where it is changing.
pub fn over(paint: Paint, is_changing: bool, pitch: f64) -> Paint {
    if !is_changing {
        return paint;
    }
    let line = |width: f64, color| Layer::Lines { angle: -45.0, spacing: SPACING * pitch, width: width * pitch, color };
    paint.over(line(WIDTHS[0], Color::WHITE)).over(line(WIDTHS[1], theme::INK))
}

/// Room that a changing symbol needs around it, in units of the design.
pub const AROUND: f64 = 4.4;

/// A broken ring around a symbol of a radius in pixels.
pub fn ring([x, y]: [f64; 2], radius: f64, unit: f64) -> [Node; 2] {
    let ring = Path::circle(x, y, radius + 2.8 * unit);
    let dark = Stroke { color: theme::INK, width: 1.5 * unit, dash: vec![3.0 * unit, 2.4 * unit] };
    let white = ring.clone().stroked(Stroke::solid(Color::WHITE, 3.0 * unit));
    [Node::Path(white), Node::Path(ring.stroked(dark))]
}

#[cfg(test)]
mod tests {
    use super::over;
    use crate::scene::{Color, Layer, Paint};

    #[test]
    fn only_what_is_changing_has_lines_dark_within_white() {
        let plain = Paint::solid(Color::hex(0x33_66_99));
        assert_eq!(over(plain.clone(), false, 1.0), plain);
        let lines = over(plain.clone(), true, 2.0).layers.split_off(plain.layers.len());
        let widths =
            lines.iter().map(|l| if let Layer::Lines { width, spacing, .. } = l { width / spacing } else { 0.0 });
        let widths: Vec<f64> = widths.collect();
        assert!(widths[0] > 2.0 * widths[1] && widths[1] > 0.0, "{widths:?}");
    }
}
