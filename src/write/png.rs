//! PNG: takes a scene, gives the file with the scene's words in its metadata.
//!
//! Each band is packed as soon as it is drawn, by the thread that drew it; the image is never held as a whole.

use super::raster::{Pixel, Sheet, scale_of};
use super::zlib::{Packer, piece, stream};
use super::{Options, Result};
use crate::error::Error;
use crate::scene::Scene;
use png::{BitDepth, ColorType, Encoder, EncodingError, PixelDimensions, Unit, chunk::IDAT};

/// Pixels of a page to the metre, at 96 to the inch.
const PIXELS_PER_METRE: f64 = 96.0 / 0.0254;
/// Filters of a row: as it is, and the difference from the row above.
const PLAIN: u8 = 0;
const UP: u8 = 2;

/// Draws a scene as PNG, with its title, description and metadata.
pub(super) fn write(scene: &Scene, _: &Options) -> Result<Vec<u8>> {
    let sheet = Sheet::new(scene)?;
    let width = sheet.width as usize;
    let pieces = sheet.bands(|pixels| piece(|packer| rows(pixels, width, packer)));
    file(scene, [sheet.width, sheet.height], &stream(&pieces))
        .map_err(|e| Error::new(e.to_string()).context("cannot write the PNG"))
}

/// Packs the rows of a band. Its first row stands for itself, so that bands can be packed apart.
pub(super) fn rows(pixels: &[Pixel], width: usize, packer: &mut Packer) {
    let mut bytes = vec![0; 1 + width * 3];
    let mut above: Option<&[Pixel]> = None;
    for row in pixels.chunks_exact(width) {
        bytes[0] = if above.is_some() { UP } else { PLAIN };
        match above {
            Some(above) => differences(row, above, &mut bytes[1..]),
            None => {
                for (to, from) in bytes[1..].chunks_exact_mut(3).zip(row) {
                    to.copy_from_slice(&from[..3]);
                }
            }
        }
        packer.add(&bytes);
        above = Some(row);
    }
}

/// What a row differs from the one above by; mostly nothing, so eight pixels are compared at a time.
fn differences(row: &[Pixel], above: &[Pixel], to: &mut [u8]) {
    const EIGHT: usize = 8;
    for ((row, above), to) in row.chunks(EIGHT).zip(above.chunks(EIGHT)).zip(to.chunks_mut(EIGHT * 3)) {
        if row == above {
            to.fill(0);
            continue;
        }
        for ((to, a), b) in to.chunks_exact_mut(3).zip(row).zip(above) {
            for i in 0..3 {
                to[i] = a[i].wrapping_sub(b[i]);
            }
        }
    }
}

/// The file around packed pixels.
pub(super) fn file(scene: &Scene, size: [u32; 2], packed: &[u8]) -> std::result::Result<Vec<u8>, EncodingError> {
    let mut bytes = Vec::with_capacity(packed.len() + 4096);
    let mut encoder = Encoder::new(&mut bytes, size[0], size[1]);
    add_words(&mut encoder, scene)?;
    encoder.set_depth(BitDepth::Eight);
    encoder.set_color(ColorType::Rgb);
    let mut writer = encoder.write_header()?;
    // a chunk's length has 31 bits
    for packed in packed.chunks(1 << 30) {
        writer.write_chunk(IDAT, packed)?;
    }
    writer.finish()?;
    Ok(bytes)
}

/// Adds resolution, title, description and metadata of a scene.
pub(super) fn add_words<W: std::io::Write>(
    encoder: &mut Encoder<W>,
    scene: &Scene,
) -> std::result::Result<(), EncodingError> {
    let per_metre = (PIXELS_PER_METRE * scale_of(scene)).round() as u32;
    encoder.set_pixel_dims(Some(PixelDimensions { xppu: per_metre, yppu: per_metre, unit: Unit::Meter }));
    let own = [("Title", &scene.title), ("Description", &scene.description)];
    let facts = scene.metadata.iter().map(|(key, value)| (key.as_str(), value));
    for (key, value) in own.into_iter().chain(facts).filter(|(_, value)| !value.is_empty()) {
        words(encoder, key, value)?;
    }
    Ok(())
}

/// Adds a text: as Latin-1 where that suffices, which every viewer reads, else as UTF-8.
fn words<W: std::io::Write>(
    encoder: &mut Encoder<W>,
    key: &str,
    value: &str,
) -> std::result::Result<(), EncodingError> {
    // a keyword is 1 to 79 printable Latin-1 characters
    let key: String = key.chars().filter(|c| (' '..='~').contains(c)).take(79).collect();
    let key = key.trim();
    if key.is_empty() {
        return Ok(());
    }
    let value = value.replace('\0', "");
    if value.is_ascii() {
        encoder.add_text_chunk(key.to_owned(), value)
    } else {
        encoder.add_itxt_chunk(key.to_owned(), value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::{Color, Node, Paint, Path, Stroke};
    use crate::write::raster::raster;

    fn scene() -> Scene {
        let line = Path::line(&[[3.0, 4.0], [95.0, 290.0]]).stroked(Stroke::solid(Color::hex(0xd55e00), 3.3));
        Scene {
            title: "Control of Syria".into(),
            description: "دمشق\nand more".into(),
            metadata: vec![("policy".into(), "latest".into()), ("".into(), "dropped".into())],
            width: 100.0,
            height: 300.0,
            scale: 2.0,
            background: Paint::solid(Color::hex(0x123456)),
            nodes: vec![Node::Path(line)],
            ..Scene::default()
        }
    }

    fn decoded(bytes: &[u8]) -> (png::OutputInfo, Vec<u8>, png::Info<'static>) {
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
        let mut data = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut data).unwrap();
        reader.finish().unwrap();
        let about = reader.info().clone();
        (info, data, about)
    }

    #[test]
    fn pixels_come_back() {
        let scene = scene();
        let bytes = write(&scene, &Options::default()).unwrap();
        let (info, data, _) = decoded(&bytes);
        assert_eq!([info.width, info.height], [200, 600]);
        assert_eq!(data[..3], [0x12, 0x34, 0x56]);
        let want: Vec<u8> = raster(&scene).unwrap().pixels.iter().flat_map(|p| [p[0], p[1], p[2]]).collect();
        assert!(data == want);
        assert!(bytes == write(&scene, &Options::default()).unwrap());
    }

    #[test]
    fn words_and_resolution_go_along() {
        let (_, _, about) = decoded(&write(&scene(), &Options::default()).unwrap());
        let texts: Vec<_> =
            about.uncompressed_latin1_text.iter().map(|t| (t.keyword.as_str(), t.text.as_str())).collect();
        assert_eq!(texts, [("Title", "Control of Syria"), ("policy", "latest")]);
        assert_eq!(about.utf8_text[0].get_text().unwrap(), "دمشق\nand more");
        assert_eq!(about.pixel_dims.unwrap().xppu, 7559);
    }

    #[test]
    fn an_impossible_page_is_an_error() {
        assert!(write(&Scene { width: 0.0, ..scene() }, &Options::default()).is_err());
    }
}
