//! Scenes to files

pub mod raster;
pub mod svg;

/// How the texts of an SVG get their letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fonts {
    /// The file carries the fonts, cut down to the characters used.
    #[default]
    Embed,
    /// Texts are outlines, which look the same everywhere and cannot be searched.
    Outline,
    /// The file names the fonts and trusts the viewer to have them.
    Name,
}
