//! Scenes to pixels: takes a [`Scene`], gives an opaque image.
//!
//! The scene becomes a flat list of items; the image is cut to bands of fixed height, and every band
//! draws all items that touch it, in order. Partitions are filled by [`planar`], which leaves no seams;
//! strokes, symbols and glyphs by tiny-skia. The bytes do not depend on the number of threads.

mod blend;
mod borders;
mod cell;
mod chunk;
mod dots;
mod draw;
mod line;
mod list;
mod mask;
mod paint;
mod picture;
pub mod planar;
mod reel;
pub mod runs;
mod stripes;
mod sweep;
#[cfg(test)]
mod tests;
mod text;
mod thin;
mod tile;

pub use blend::Pixel;
pub use paint::Ink;
pub use picture::Picture;
pub use reel::Reel;
pub use tile::{Tile, paint, repaint};

use crate::error::{Error, Result};
use crate::scene::Scene;
use rayon::prelude::*;

/// Images of more pixels are refused.
const MOST_PIXELS: u64 = 400_000_000;
/// The rasteriser counts in 1/256 pixel.
const MOST_WIDE: f64 = 1_048_576.0;
/// Rows that are drawn together. Fixed, so that the bytes do not depend on threads.
const BAND: usize = 128;

/// Pixels of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Row by row from the top left; all opaque.
    pub pixels: Vec<Pixel>,
}

/// Pixels of an image for each pixel of the page: 1 where the scene does not say.
pub fn scale_of(scene: &Scene) -> f64 {
    if scene.scale == 0.0 { 1.0 } else { scene.scale }
}

/// Width and height of a scene's image; refuses what has no extent or is too large.
fn size_of(scene: &Scene) -> Result<[u32; 2]> {
    let scale = scale_of(scene);
    let size = [scene.width, scene.height].map(|v| (v * scale - 1e-6).ceil());
    let real = |v: f64| v > 0.0 && v.is_finite();
    if !(real(scale) && real(size[0]) && real(size[1])) {
        return Err(Error::usage(format!("an image of {}×{} pixels has no extent", size[0], size[1])));
    }
    if size[0] * size[1] > MOST_PIXELS as f64 || size[0] > MOST_WIDE || size[1] > MOST_WIDE {
        return Err(Error::usage(format!(
            "an image of {}×{} pixels is too large: at most 400 megapixels; lower its size or scale",
            size[0], size[1]
        )));
    }
    Ok(size.map(|v| v as u32))
}

/// A scene made ready to be drawn band by band.
pub(super) struct Sheet {
    /// Pixels in a row.
    pub(super) width: u32,
    /// Rows.
    pub(super) height: u32,
    items: Vec<draw::Item>,
    paper: Ink,
}

/// Memory that bands need, kept from one to the next.
#[derive(Default)]
pub(super) struct Scratch {
    pixels: Vec<Pixel>,
    own: draw::Scratch,
}

impl Sheet {
    /// Makes a scene ready.
    ///
    /// # Errors
    /// A page without extent, or an image of more than 400 megapixels: refused before it takes memory.
    pub(super) fn new(scene: &Scene) -> Result<Self> {
        let scale = scale_of(scene);
        let [width, height] = size_of(scene)?;
        let items = list::list(scene, scale, [width, height]);
        Ok(Self { width, height, items, paper: Ink::new(&scene.background, scale, [0.0; 2]) })
    }

    /// Draws every band, in parallel, and gives what `each` makes of its pixels, from top to bottom.
    pub(super) fn bands<T: Send>(&self, each: impl Fn(&[Pixel]) -> T + Sync) -> Vec<T> {
        let count = (self.height as usize).div_ceil(BAND);
        // few long runs of bands, so that each thread's buffers serve many of them
        let run = count.div_ceil(rayon::current_num_threads());
        let bands = (0..count).into_par_iter().with_min_len(run);
        bands.map_init(Scratch::default, |scratch, band| each(self.band(band, scratch))).collect()
    }

    fn band<'a>(&self, band: usize, scratch: &'a mut Scratch) -> &'a [Pixel] {
        let (width, height) = (self.width as usize, self.height as usize);
        let rows = band * BAND..height.min((band + 1) * BAND);
        let top = rows.start.saturating_sub(draw::RIM as usize);
        let bottom = height.min(rows.end + draw::RIM as usize);
        scratch.pixels.resize(width * (bottom - top), [255; 4]);
        if self.paper.flat().is_none_or(|c| c.a < 255) {
            scratch.pixels.fill([255; 4]);
        }
        for (row, pixels) in scratch.pixels.chunks_mut(width).enumerate() {
            self.paper.span(pixels, 0, (top + row) as u32);
        }
        let mut tile = Tile { x: 0, y: top as u32, width: self.width, pixels: &mut scratch.pixels };
        let items: Vec<&draw::Item> = self.items.iter().collect();
        draw::draw(&items, &mut tile, &mut scratch.own);
        &scratch.pixels[width * (rows.start - top)..width * (rows.end - top)]
    }
}

/// Draws a scene.
///
/// # Errors
/// A page without extent, or an image of more than 400 megapixels: refused before it takes memory.
pub fn raster(scene: &Scene) -> Result<Image> {
    let sheet = Sheet::new(scene)?;
    let pixels = sheet.bands(<[Pixel]>::to_vec).concat();
    Ok(Image { width: sheet.width, height: sheet.height, pixels })
}
