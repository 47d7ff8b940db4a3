//! What a figure is for: page, type and margins together. Adding a style is one entry of [`STYLES`].

use crate::project::{PageStyle, Size};

/// Page, type and margins.
#[derive(Debug)]
pub struct Preset {
    /// Its name among the options.
    pub style: PageStyle,
    /// The page, where no size is asked for.
    pub size: Size,
    /// Pixels of a raster image for each pixel of the page, where none are asked for.
    pub scale: f64,
    /// Type, lines and patterns against those of the web.
    pub type_scale: f64,
    /// Blank around everything, in units of the design.
    pub margin: f64,
}

/// Every style.
pub const STYLES: &[Preset] = &[
    Preset {
        style: PageStyle::Web,
        size: Size { width: 1600, height: 1200 },
        scale: 1.0,
        type_scale: 1.0,
        margin: 36.0,
    },
    // A4 across at 96 pixels per inch; 300 in a raster image
    Preset {
        style: PageStyle::Print,
        size: Size { width: 1123, height: 794 },
        scale: 3.125,
        type_scale: 1.0,
        margin: 30.0,
    },
    Preset {
        style: PageStyle::Slide,
        size: Size { width: 1920, height: 1080 },
        scale: 1.0,
        type_scale: 1.3,
        margin: 34.0,
    },
    Preset {
        style: PageStyle::Social,
        size: Size { width: 1200, height: 1200 },
        scale: 1.0,
        type_scale: 1.4,
        margin: 26.0,
    },
];

/// The entry of a style.
pub fn preset(style: PageStyle) -> &'static Preset {
    STYLES.iter().find(|s| s.style == style).expect("every style has an entry")
}

/// Pixels for a unit of the design, which is 1600 × 1200 units: by the page's area, so that a square or
/// a wide page has type as large, but less on a page so narrow that few words would stand in a line.
///
/// Small pages keep lines and patterns that can be told apart.
pub fn unit([width, height]: [f64; 2], type_scale: f64) -> f64 {
    let by_area = (width * height / (1600.0 * 1200.0)).sqrt();
    let by_side = 1.6 * (width / 1600.0).min(height / 1200.0);
    (by_area.min(by_side) * type_scale).max(0.5)
}

#[cfg(test)]
mod tests {
    use super::{STYLES, preset, unit};
    use crate::project::PageStyle;

    #[test]
    fn every_style_has_one_entry() {
        for style in [PageStyle::Web, PageStyle::Print, PageStyle::Slide, PageStyle::Social] {
            assert_eq!(preset(style).style, style);
        }
        assert_eq!(STYLES.len(), 4);
    }

    #[test]
    fn type_follows_the_page() {
        assert!((unit([1600.0, 1200.0], 1.0) - 1.0).abs() < 1e-12);
        assert!(unit([1200.0, 1200.0], 1.0) > 0.85);
        // A4 at 300 dots per inch: 14.5 units are at least 6 points, 25 pixels
        assert!(unit([2480.0, 3508.0], 1.0) * 14.5 > 25.0);
        assert!(unit([400.0, 300.0], 1.0) >= 0.5);
        assert!(unit([8000.0, 300.0], 1.0) < 0.6);
    }
}
