//! Scenes to bytes: takes a [`Scene`], gives a file of one of [`FORMATS`]. A writer cannot tell a map
//! from a chart.

mod apng;
mod chunk;
mod colors;
mod file;
mod film;
mod gif;
pub mod html;
pub mod pdf;
mod png;
pub mod raster;
mod receipt;
mod stills;
pub mod svg;
mod video;
mod webp;
mod xmp;
mod zlib;

pub use file::{Pending, abandon, check_target, save};
pub use film::{ANIMATIONS, Animation, Done, Frames, Shown, Sink, Timing, Transition, pictures, shown};
pub use receipt::{json as receipt_json, receipt};
pub use stills::Stills;

use crate::error::Result;
use crate::scene::Scene;

/// A kind of file that a scene can become.
#[derive(Debug)]
pub struct Format {
    /// Kebab-case name.
    pub name: &'static str,
    /// Ending of the file's name, in lower case and without the point.
    pub extension: &'static str,
    /// What it is, in one line.
    pub doc: &'static str,
    /// Makes the file's bytes.
    pub write: fn(&Scene, &Options) -> Result<Vec<u8>>,
}

/// How a scene is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// How an SVG has its letters; of no matter to other formats.
    pub fonts: Fonts,
}

/// How an SVG has its letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fonts {
    /// As text, with the letters that it needs inside the file.
    #[default]
    Embed,
    /// As outlines: the same everywhere, but no longer text.
    Outline,
    /// As text, with the viewer's own fonts by name.
    Name,
}

/// The formats, sorted by name.
pub const FORMATS: &[Format] = &[
    Format {
        name: "pdf",
        extension: "pdf",
        doc: "vectors and text on one page, for print and archives",
        write: |scene, _| pdf::write(&[scene]),
    },
    Format { name: "png", extension: "png", doc: "pixels, without loss", write: png::write },
    Format {
        name: "svg",
        extension: "svg",
        doc: "vectors and text, with the letters inside",
        write: |scene, options| Ok(svg::write(scene, options.fonts)),
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_sorted_and_named_by_their_endings() {
        assert!(FORMATS.is_sorted_by(|a, b| a.name < b.name));
        for format in FORMATS {
            assert!(!format.doc.is_empty() && format.doc.lines().count() == 1);
            assert_eq!(format.name, format.extension, "the command line finds a format by its name or its ending");
        }
    }
}
