//! Contrast as WCAG has it: takes two colours, gives a ratio.

use crate::scene::Color;

/// A channel of sRGB as an amount of light, from 0 to 1.
pub(super) fn linear(value: u8) -> f64 {
    let v = f64::from(value) / 255.0;
    if v <= 0.040_45 { v / 12.92 } else { libm::pow((v + 0.055) / 1.055, 2.4) }
}

/// Lightness from 0 (black) to 1 (white), as the eye weighs the channels.
///
/// # Source
/// WCAG 2.2, relative luminance.
pub fn luminance(color: Color) -> f64 {
    0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b)
}

/// Contrast of two colours, from 1 to 21.
///
/// # Source
/// WCAG 2.2, contrast ratio.
pub fn contrast(a: Color, b: Color) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}
