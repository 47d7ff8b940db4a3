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
mod paint;
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
pub use reel::{Picture, Reel};
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

/// Draws a scene.
///
/// # Errors
/// A page without extent, or an image of more than 400 megapixels: refused before it takes memory.
pub fn raster(scene: &Scene) -> Result<Image> {
    let [width, height] = size_of(scene)?;
    let scale = scale_of(scene);
    let items = list::list(scene, scale, [width, height]);
    let items: Vec<&draw::Item> = items.iter().collect();
    let paper = Ink::new(&scene.background, scale, [0.0; 2]);
    let mut pixels = vec![[0; 4]; width as usize * height as usize];
    // few long runs of bands, so that each thread's buffers serve many of them
    let run = (height as usize).div_ceil(BAND).div_ceil(rayon::current_num_threads());
    let bands = pixels.par_chunks_mut(width as usize * BAND).enumerate().with_min_len(run);
    bands.for_each_init(Default::default, |(band, copied): &mut (Vec<Pixel>, Vec<Pixel>), (i, pixels)| {
        let y = (i * BAND) as u32;
        let top = y.saturating_sub(draw::RIM);
        let bottom = (y + BAND as u32 + draw::RIM).min(height);
        band.clear();
        band.resize(width as usize * (bottom - top) as usize, [255; 4]);
        for (row, pixels) in band.chunks_mut(width as usize).enumerate() {
            paper.span(pixels, 0, top + row as u32);
        }
        draw::draw(&items, &mut Tile { x: 0, y: top, width, pixels: band }, copied);
        pixels.copy_from_slice(&band[width as usize * (y - top) as usize..][..pixels.len()]);
    });
    Ok(Image { width, height, pixels })
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
