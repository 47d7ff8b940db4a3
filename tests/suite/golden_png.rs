//! Goldens in pixels: few and small, compared with a tolerance.
//!
//! One that changed is kept beside as `NAME-changed.png`: expected, difference, actual.

// what stands beside a test may fail as a test does
#![allow(clippy::unwrap_used, clippy::panic)]

use super::golden::{CASES, blessing, draw_as, golden};
use controlmap::project::{MapOptions, Size};
use controlmap::write::raster::raster;
use std::fs;
use std::path::Path;

/// The cases that have pixels.
const PICTURES: &[&str] = &["besieged", "lost", "partial-share"];
/// The most bytes of a golden.
const MOST_BYTES: u64 = 20 * 1024;
/// The most that a channel may be off on average.
const MOST_MEAN: f64 = 0.05;
/// The most that any may be off.
const MOST: u8 = 24;

/// Red, green and blue of an image, row by row.
#[derive(Debug, Clone, PartialEq)]
struct Pixels {
    width: u32,
    height: u32,
    rgb: Vec<u8>,
}

/// The files of the goldens.
pub fn names() -> impl Iterator<Item = String> {
    PICTURES.iter().map(|name| format!("{name}.png"))
}

#[test]
fn every_golden_picture_is_as_it_was() {
    let wrong: Vec<String> = PICTURES.iter().filter_map(|name| compare(name).err()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

fn compare(name: &str) -> Result<(), String> {
    let actual = drawn(name);
    let (file, changed) = (golden(&format!("{name}.png")), golden(&format!("{name}-changed.png")));
    let _ = fs::remove_file(&changed);
    if blessing() {
        actual.save(&file);
    }
    let bytes = fs::metadata(&file).map_err(|_| format!("{name}: there is no golden; BLESS=1 writes it"))?.len();
    assert!(bytes <= MOST_BYTES, "{name}: {bytes} bytes, at most {MOST_BYTES}");
    let expected = Pixels::read(&file);
    difference(&expected, &actual).map_err(|told| {
        triptych(&expected, &actual).save(&changed);
        format!("{name}: {told}\nsee {}; BLESS=1 rewrites", changed.display())
    })
}

/// Draws a case at half its pixels.
fn drawn(name: &str) -> Pixels {
    let case = CASES.iter().find(|c| c.name == name).expect("pictures are of cases");
    let size = Some(Size { width: 560, height: 350 });
    let scene = draw_as(case, MapOptions { size, scale: Some(0.5), ..MapOptions::default() });
    let image = raster(&scene).unwrap();
    let rgb = image.pixels.iter().flat_map(|[r, g, b, _]| [*r, *g, *b]).collect();
    Pixels { width: image.width, height: image.height, rgb }
}

/// Tells how two images differ where that is more than rounding.
fn difference(expected: &Pixels, actual: &Pixels) -> Result<(), String> {
    let [a, b] = [expected, actual].map(|p| (p.width, p.height));
    if a != b {
        return Err(format!("{a:?} pixels expected, but there are {b:?}"));
    }
    let off = || expected.rgb.iter().zip(&actual.rgb).map(|(a, b)| a.abs_diff(*b));
    let mean = off().map(f64::from).sum::<f64>() / expected.rgb.len() as f64;
    let (at, most) = off().enumerate().max_by_key(|(_, off)| *off).unwrap_or((0, 0));
    if mean <= MOST_MEAN && most <= MOST {
        return Ok(());
    }
    let pixel = at as u32 / 3;
    let (x, y) = (pixel % a.0, pixel / a.0);
    Err(format!(
        "channels are off by {mean:.3} on average (at most {MOST_MEAN}), by {most} at {x}, {y} (at most {MOST})"
    ))
}

/// Expected, difference (black where there is none), actual, side by side.
fn triptych(expected: &Pixels, actual: &Pixels) -> Pixels {
    let height = expected.height.max(actual.height);
    let width = expected.width.max(actual.width);
    let mut rgb = Vec::new();
    for y in 0..height {
        for panel in 0..3 {
            for x in 0..width {
                let [a, b] = [expected, actual].map(|p| p.at(x, y));
                rgb.extend(match panel {
                    0 => a,
                    // faint differences are to be seen, too
                    1 => [0, 1, 2].map(|i| a[i].abs_diff(b[i]).saturating_mul(8)),
                    _ => b,
                });
            }
        }
    }
    Pixels { width: 3 * width, height, rgb }
}

impl Pixels {
    fn at(&self, x: u32, y: u32) -> [u8; 3] {
        if x >= self.width || y >= self.height {
            return [255, 0, 255];
        }
        let at = 3 * (y as usize * self.width as usize + x as usize);
        [self.rgb[at], self.rgb[at + 1], self.rgb[at + 2]]
    }

    fn read(file: &Path) -> Self {
        let mut reader = png::Decoder::new(std::io::BufReader::new(fs::File::open(file).unwrap())).read_info().unwrap();
        let mut rgb = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut rgb).unwrap();
        assert_eq!((info.color_type, info.bit_depth), (png::ColorType::Rgb, png::BitDepth::Eight));
        Self { width: info.width, height: info.height, rgb }
    }

    fn save(&self, file: &Path) {
        let mut encoder = png::Encoder::new(fs::File::create(file).unwrap(), self.width, self.height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::High);
        encoder.set_filter(png::Filter::NoFilter);
        encoder.write_header().unwrap().write_image_data(&self.rgb).unwrap();
    }
}

#[test]
fn a_change_is_seen_and_rounding_is_not() {
    let drawn = drawn("lost");
    let mut other = drawn.clone();
    other.rgb[3000] ^= 1;
    assert_eq!(difference(&drawn, &other), Ok(()));
    other.rgb[3000] = 255 - drawn.rgb[3000];
    assert!(difference(&drawn, &other).unwrap_err().contains("at 160, 3 "), "{:?}", difference(&drawn, &other));
    let three = triptych(&drawn, &other);
    assert_eq!((three.width, three.height, three.at(1, 1)), (840, 175, drawn.at(1, 1)));
    assert!(three.at(280 + 160, 3) != [0; 3] && three.at(280 + 161, 3) == [0; 3]);
}
