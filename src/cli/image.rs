//! A drawing as a file: its format and its bytes.

use super::output::Target;
use controlmap::error::{Error, Result};
use controlmap::project::{FontUse, MapOptions};
use controlmap::scene::Scene;
use controlmap::write::{FORMATS, Fonts, Format, Options, format_of as by_ending};

/// The format that the target asks for, by `--format` or by the file's ending.
///
/// # Errors
/// Of usage where there is none of that name.
pub fn format_of(target: &Target) -> Result<&'static Format> {
    let known = || FORMATS.iter().map(|f| f.name).collect::<Vec<_>>().join("`, `");
    match (&target.format, target.file()) {
        (Some(name), _) => FORMATS
            .iter()
            .find(|f| f.name == name)
            .ok_or_else(|| Error::usage(format!("there is no format {name:?}; formats are `{}`", known()))),
        (None, Some(file)) => by_ending(file).ok_or_else(|| {
            Error::usage(format!("{}: the ending tells no format; endings are `{}`", file.display(), known()))
        }),
        (None, None) => Err(Error::usage(format!("say which format goes to stdout: `--format` `{}`", known()))),
    }
}

/// Makes the bytes of a drawing.
///
/// # Errors
/// Where the image is too large for the format.
pub fn bytes(format: &Format, scene: &Scene, look: &MapOptions) -> Result<Vec<u8>> {
    let fonts = match look.fonts.unwrap_or_default() {
        FontUse::Embed => Fonts::Embed,
        FontUse::Outline => Fonts::Outline,
        FontUse::Name => Fonts::Name,
    };
    (format.write)(scene, &Options { fonts })
}
