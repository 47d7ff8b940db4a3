//! PNG: takes a scene or an image, gives the file with the scene's words in its metadata.

use super::raster::{Image, Pixel, raster, scale_of};
use super::{Options, Result};
use crate::error::Error;
use crate::scene::Scene;
use png::{BitDepth, ColorType, Compression, Encoder, EncodingError, Filter, PixelDimensions, Unit};
use std::io::Write as _;

/// Pixels of a page to the metre, at 96 to the inch.
const PIXELS_PER_METRE: f64 = 96.0 / 0.0254;
/// Colours of a palette.
const MOST_COLORS: usize = 256;

/// Draws a scene as PNG.
pub(super) fn write(scene: &Scene, _: &Options) -> Result<Vec<u8>> {
    encode(&raster(scene)?, scene)
}

/// Writes an image as PNG: with a palette where at most 256 colours occur, else as RGB. Title,
/// description and metadata of the scene go along.
///
/// # Errors
/// What the encoder says of an image that PNG cannot hold: a size of zero.
pub fn encode(image: &Image, scene: &Scene) -> Result<Vec<u8>> {
    compressed(image, scene).map_err(|e| Error::new(e.to_string()).context("cannot write the PNG"))
}

fn compressed(image: &Image, scene: &Scene) -> std::result::Result<Vec<u8>, EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, image.width, image.height);
    encoder.set_compression(Compression::Fast);
    // with this compressor far smaller than no filter, and far faster than trying all
    encoder.set_filter(Filter::Up);
    add_words(&mut encoder, scene)?;
    encoder.set_depth(BitDepth::Eight);
    if let Some((colors, indices)) = palette(image) {
        encoder.set_color(ColorType::Indexed);
        encoder.set_palette(colors.iter().flat_map(|c| [c[0], c[1], c[2]]).collect::<Vec<u8>>());
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&indices)?;
        writer.finish()?;
        return Ok(bytes);
    }
    encoder.set_color(ColorType::Rgb);
    let mut writer = encoder.write_header()?;
    // row by row, so that the image is not held twice
    let mut stream = writer.stream_writer()?;
    let mut row = vec![0; image.width as usize * 3];
    for pixels in image.pixels.chunks_exact(image.width as usize) {
        for (to, from) in row.chunks_exact_mut(3).zip(pixels) {
            to.copy_from_slice(&from[..3]);
        }
        stream.write_all(&row)?;
    }
    stream.finish()?;
    writer.finish()?;
    Ok(bytes)
}

/// A keyword as PNG wants it: at most 79 printable Latin-1 characters.
pub(super) fn keyword(key: &str) -> String {
    let key: String = key.chars().filter(|c| (' '..='~').contains(c)).take(79).collect();
    key.trim().to_owned()
}

/// Pixels of a scene's image to the metre.
pub(super) fn per_metre(scene: &Scene) -> u32 {
    (PIXELS_PER_METRE * scale_of(scene)).round() as u32
}

/// Adds resolution, title, description and metadata of a scene.
pub(super) fn add_words<W: std::io::Write>(
    encoder: &mut Encoder<W>,
    scene: &Scene,
) -> std::result::Result<(), EncodingError> {
    let per_metre = per_metre(scene);
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
    let key = keyword(key);
    if key.is_empty() {
        return Ok(());
    }
    let value = value.replace('\0', "");
    if value.is_ascii() {
        encoder.add_text_chunk(key, value)
    } else {
        encoder.add_itxt_chunk(key, value)
    }
}

/// The colours of an image in the order met, and for each pixel which one it has; nothing where more than
/// 256 occur, which is mostly seen early.
pub fn palette(image: &Image) -> Option<(Vec<Pixel>, Vec<u8>)> {
    const SLOTS: usize = 1024;
    let mut slots: [(Pixel, u8); SLOTS] = [([0; 4], 0); SLOTS];
    let mut colors: Vec<Pixel> = Vec::with_capacity(MOST_COLORS);
    let mut indices = vec![0; image.pixels.len()];
    let (mut last, mut last_index) = ([0; 4], 0);
    for (index, &pixel) in indices.iter_mut().zip(&image.pixels) {
        if pixel != last {
            let mut slot = (u32::from_le_bytes(pixel).wrapping_mul(0x9e37_79b1) >> 22) as usize;
            // the fourth byte of an opaque pixel is never zero, so zeros mark a free slot
            while slots[slot].0 != pixel && slots[slot].0 != [0; 4] {
                slot = (slot + 1) % SLOTS;
            }
            if slots[slot].0 != pixel {
                if colors.len() == MOST_COLORS {
                    return None;
                }
                slots[slot] = (pixel, colors.len() as u8);
                colors.push(pixel);
            }
            (last, last_index) = slots[slot];
        }
        *index = last_index;
    }
    Some((colors, indices))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::{Color, Paint};

    fn image(colors: u32) -> Image {
        let pixel = |i: u32| [(i % colors) as u8, (i % colors / 256) as u8, 77, 255];
        Image { width: 40, height: 50, pixels: (0..2000).map(pixel).collect() }
    }

    fn scene() -> Scene {
        Scene {
            title: "Control of Syria".into(),
            description: "دمشق\nand more".into(),
            metadata: vec![("policy".into(), "latest".into()), ("".into(), "dropped".into())],
            scale: 2.0,
            ..Scene::default()
        }
    }

    fn decoded(bytes: &[u8]) -> (png::OutputInfo, Vec<u8>, png::Info<'static>) {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut data = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut data).unwrap();
        let about = reader.info().clone();
        (info, data, about)
    }

    #[test]
    fn pixels_come_back_with_and_without_a_palette() {
        for colors in [1, 3, 255, 256, 257, 1000] {
            let image = image(colors);
            let bytes = encode(&image, &scene()).unwrap();
            let (info, data, about) = decoded(&bytes);
            assert_eq!([info.width, info.height], [40, 50]);
            assert_eq!(about.palette.is_some(), colors <= 256, "{colors}");
            let want: Vec<u8> = image.pixels.iter().flat_map(|p| [p[0], p[1], p[2]]).collect();
            assert_eq!(data, want);
            assert_eq!(bytes, encode(&image, &scene()).unwrap());
        }
    }

    #[test]
    fn words_and_resolution_go_along() {
        let (_, _, about) = decoded(&encode(&image(5), &scene()).unwrap());
        let texts: Vec<_> =
            about.uncompressed_latin1_text.iter().map(|t| (t.keyword.as_str(), t.text.as_str())).collect();
        assert_eq!(texts, [("Title", "Control of Syria"), ("policy", "latest")]);
        assert_eq!(about.utf8_text[0].get_text().unwrap(), "دمشق\nand more");
        assert_eq!(about.pixel_dims.unwrap().xppu, 7559);
    }

    #[test]
    fn a_scene_becomes_a_png_and_an_impossible_one_an_error() {
        let page = Scene { width: 9.0, height: 4.0, background: Paint::solid(Color::hex(0x123456)), ..scene() };
        let (info, data, _) = decoded(&write(&page, &Options::default()).unwrap());
        assert_eq!([info.width, info.height], [18, 8]);
        assert_eq!(data[..3], [0x12, 0x34, 0x56]);
        assert!(write(&scene(), &Options::default()).is_err());
    }
}
