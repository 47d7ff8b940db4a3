//! Colours laid over each other, in sRGB and in integers with rounding.

use crate::scene::Color;

/// Red, green, blue and opacity; the ground is opaque.
pub type Pixel = [u8; 4];

/// `v / 255`, rounded to nearest, for `v` up to 255².
pub(super) fn div255(v: u32) -> u8 {
    let v = v + 128;
    ((v + (v >> 8)) >> 8) as u8
}

/// Lays a colour over an opaque ground.
pub(super) fn over(ground: Pixel, color: Color) -> Pixel {
    cover(ground, color, u32::from(color.a))
}

/// Lays a colour over an opaque ground with an opacity of its own, of 255.
pub(super) fn cover(ground: Pixel, color: Color, alpha: u32) -> Pixel {
    let one = |g: u8, c: u8| div255(u32::from(c) * alpha + u32::from(g) * (255 - alpha));
    [one(ground[0], color.r), one(ground[1], color.g), one(ground[2], color.b), 255]
}

/// Lays a colour that is already multiplied by its opacity over an opaque ground.
pub(super) fn over_premultiplied(ground: Pixel, p: Pixel) -> Pixel {
    let rest = 255 - u32::from(p[3]);
    let one = |g: u8, c: u8| c.saturating_add(div255(u32::from(g) * rest));
    [one(ground[0], p[0]), one(ground[1], p[1]), one(ground[2], p[2]), 255]
}

/// A flat opaque colour as a pixel.
pub(super) fn opaque(color: Color) -> Pixel {
    [color.r, color.g, color.b, 255]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn division_by_255_rounds_to_nearest() {
        for v in 0..=255 * 255 {
            assert_eq!(u32::from(div255(v)), (v * 2 + 255) / 510, "{v}");
        }
    }

    #[test]
    fn opaque_replaces_and_clear_leaves_the_ground() {
        let ground = [1, 2, 3, 255];
        assert_eq!(over(ground, Color::rgb(9, 8, 7)), [9, 8, 7, 255]);
        assert_eq!(over(ground, Color::rgb(9, 8, 7).with_alpha(0)), ground);
        assert_eq!(over([0, 0, 0, 255], Color::WHITE.with_alpha(128)), [128, 128, 128, 255]);
        assert_eq!(over_premultiplied(ground, [0; 4]), ground);
    }
}
