//! Fills a planar partition exactly: takes arcs with the face on either side, gives the faces of every
//! pixel with weights that sum to one. No seam, gap or overlap by construction.
//!
//! Each arc is walked once; what it gives to the face on its left it takes from the face on its right.
//! Coordinates are rounded once to 1/256 pixel, and all else is integers: the same bytes everywhere,
//! for any number of threads.
//!
//! # Source
//! The exact-area cells of LibArt, FreeType (`ftgrays.c`) and font-rs, kept per face.

use super::cell::Cells;
use super::chunk::{self, Chunk};
use super::runs::{BIN, Bin, OUTSIDE, Runs};
use super::sweep::Sweep;
use crate::scene::Arc;
use rayon::prelude::*;

/// From the page to pixels: `page * scale + by`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ToPixel {
    /// Pixels for each pixel of the page.
    pub scale: f64,
    /// Pixels to the right and downwards.
    pub by: [f64; 2],
}

impl ToPixel {
    /// Maps a point.
    pub fn map(self, p: [f64; 2]) -> [f64; 2] {
        [p[0] * self.scale + self.by[0], p[1] * self.scale + self.by[1]]
    }
}

/// Finds the faces of all pixels of a page of `width` × `height` pixels, at most 2^20 each way. Arcs may
/// reach anywhere. An arc that names a face beyond `face_count` has the outside there.
pub fn fill(arcs: &[Arc], face_count: usize, to_pixel: ToPixel, width: u32, height: u32) -> Runs {
    if width == 0 || height == 0 {
        return Runs { width, height, flaws: 0, bins: Vec::new() };
    }
    let chunks = chunk::chunks(arcs, to_pixel, width, height);
    let bin_count = height.div_ceil(BIN);
    let by_bin = chunk::by_bin(&chunks, bin_count);
    let side = |face: Option<u32>| face.filter(|f| (*f as usize) < face_count && *f < OUTSIDE).unwrap_or(OUTSIDE);
    let bins: Vec<Bin> = (0..bin_count)
        .into_par_iter()
        // room to work is made for each share of bins, so not too many shares
        .with_min_len(4)
        .map_init(
            || (Cells::new(width), Sweep::default()),
            |(cells, sweep), bin| {
                let top = bin * BIN;
                let rows = BIN.min(height - top);
                cells.start(top, rows);
                for &i in by_bin.of(bin) {
                    let chunk: &Chunk = &chunks[i as usize];
                    let arc = &arcs[chunk.arc as usize];
                    let (left, right) = (side(arc.left), side(arc.right));
                    if left != right {
                        cells.sides(left, right);
                        chunk.walk(arc, to_pixel, |a, b| cells.line(a, b));
                    }
                }
                sweep.bin(cells, rows, width)
            },
        )
        .collect();
    Runs { width, height, flaws: bins.iter().map(|b| b.flaws).sum(), bins }
}

#[cfg(test)]
mod tests;
