//! A frame in pixels, as tiles that frames share: mixing two, and what differs between them.

use super::Image;
use super::blend::Pixel;
use super::draw::{Box, RIM, is_empty, meet};
use std::sync::Arc as Shared;

/// Width and height of a tile.
const SIDE: [u32; 2] = [96, 48];

/// A frame in pixels; tiles that did not change are those of the frame before.
#[derive(Debug, Clone)]
pub struct Picture {
    pub(super) grid: Grid,
    pub(super) tiles: Vec<Shared<Vec<Pixel>>>,
    /// Tiles that may differ from the frame before.
    pub(super) fresh: Vec<usize>,
}

/// How an image is cut to tiles.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grid {
    pub(super) size: [u32; 2],
    count: [usize; 2],
}

impl Grid {
    pub(super) fn new(size: [u32; 2]) -> Self {
        Self { size, count: [0, 1].map(|i| size[i].div_ceil(SIDE[i]) as usize) }
    }

    pub(super) fn len(self) -> usize {
        self.count[0] * self.count[1]
    }

    /// The rectangle of the image.
    pub(super) fn whole(self) -> Box {
        [0, 0, i64::from(self.size[0]), i64::from(self.size[1])]
    }

    /// The rectangle of a tile.
    pub(super) fn tile(self, index: usize) -> Box {
        let at = [index % self.count[0], index / self.count[0]];
        let [x, y] = [0, 1].map(|i| at[i] as u32 * SIDE[i]);
        let end = |i: usize, v: u32| i64::from((v + SIDE[i]).min(self.size[i]));
        [i64::from(x), i64::from(y), end(0, x), end(1, y)]
    }

    /// The rectangle that is drawn for a tile.
    pub(super) fn rimmed(self, index: usize) -> Box {
        let rim = i64::from(RIM);
        let [left, top, right, bottom] = self.tile(index);
        meet([left - rim, top - rim, right + rim, bottom + rim], self.whole())
    }

    /// The tiles that a rectangle touches.
    pub(super) fn touched(self, b: Box) -> impl Iterator<Item = usize> {
        let b = meet(b, self.whole());
        let range = |i: usize| {
            let side = i64::from(SIDE[i]);
            if is_empty(b) { 0..0 } else { (b[i] / side) as usize..((b[i + 2] - 1) / side) as usize + 1 }
        };
        let (columns, rows) = (range(0), range(1));
        rows.flat_map(move |row| columns.clone().map(move |column| row * self.count[0] + column))
    }
}

impl Picture {
    /// Width and height in pixels.
    pub fn size(&self) -> [u32; 2] {
        self.grid.size
    }

    /// The rectangles that may differ from the frame before: x, y, width, height.
    pub fn fresh(&self) -> impl Iterator<Item = [u32; 4]> + '_ {
        self.fresh.iter().map(|tile| {
            let [left, top, right, bottom] = self.grid.tile(*tile);
            [left, top, right - left, bottom - top].map(|v| v as u32)
        })
    }

    /// The pixels of those rectangles, row by row.
    pub fn fresh_pixels(&self) -> impl Iterator<Item = &[Pixel]> {
        self.fresh.iter().map(|tile| self.tiles[*tile].as_slice())
    }

    /// The picture on the way from another: each pixel a part of both, from 0 to 1.
    pub fn faded(&self, from: &Self, part: f64) -> Self {
        let weight = (part.clamp(0.0, 1.0) * 256.0) as u32;
        let one = |a: u8, b: u8| ((u32::from(a) * (256 - weight) + u32::from(b) * weight + 128) >> 8) as u8;
        self.between(from, |_, a, b| std::array::from_fn(|i| one(a[i], b[i])))
    }

    /// The picture on the way from another: what is left of a part of the page is as it becomes.
    pub fn wiped(&self, from: &Self, part: f64) -> Self {
        let edge = (part.clamp(0.0, 1.0) * f64::from(self.grid.size[0])) as u32;
        self.between(from, |x, a, b| if x < edge { b } else { a })
    }

    /// Mixes the pixels of tiles that differ; the mix is told the column.
    fn between(&self, from: &Self, mix: impl Fn(u32, Pixel, Pixel) -> Pixel) -> Self {
        let mut tiles = self.tiles.clone();
        for (index, (tile, old)) in tiles.iter_mut().zip(&from.tiles).enumerate() {
            if Shared::ptr_eq(tile, old) {
                continue;
            }
            let [left, _, right, _] = self.grid.tile(index).map(|v| v as u32);
            let width = (right - left) as usize;
            let pixels = old.iter().zip(tile.iter()).enumerate();
            let mixed = pixels.map(|(i, (a, b))| mix(left + (i % width) as u32, *a, *b)).collect();
            *tile = Shared::new(mixed);
        }
        Self { grid: self.grid, tiles, fresh: Vec::new() }
    }

    /// All pixels.
    pub fn image(&self) -> Image {
        let [width, height] = self.grid.size;
        let mut pixels = Vec::with_capacity(width as usize * height as usize);
        for row in 0..height {
            self.row(row, 0..width, |part| pixels.extend_from_slice(part));
        }
        Image { width, height, pixels }
    }

    /// Gives a part of a row, piece by piece from left to right.
    pub fn row<'p>(&'p self, y: u32, x: std::ops::Range<u32>, mut take: impl FnMut(&'p [Pixel])) {
        let first = (y / SIDE[1]) as usize * self.grid.count[0];
        for column in x.start / SIDE[0]..x.end.div_ceil(SIDE[0]) {
            let left = column * SIDE[0];
            let width = SIDE[0].min(self.grid.size[0] - left);
            let start = ((y % SIDE[1]) * width) as usize;
            let row = &self.tiles[first + column as usize][start..start + width as usize];
            let from = x.start.max(left) - left;
            let to = (x.end.min(left + width)) - left;
            take(&row[from as usize..to as usize]);
        }
    }

    /// How many bands of rows there are; a tile lies in one of them.
    pub fn bands(&self) -> usize {
        self.grid.count[1]
    }

    /// The rows of a band.
    pub fn band_rows(&self, band: usize) -> std::ops::Range<u32> {
        let top = band as u32 * SIDE[1];
        top..(top + SIDE[1]).min(self.grid.size[1])
    }

    /// Tells whether a band is that of another picture, drawn once; false where it is drawn again and looks the same.
    pub fn has_band_of(&self, other: &Self, band: usize) -> bool {
        let columns = self.grid.count[0];
        let range = band * columns..(band + 1) * columns;
        let pairs = self.tiles.get(range.clone()).zip(other.tiles.get(range));
        pairs.is_some_and(|(a, b)| a.iter().zip(b).all(|(a, b)| Shared::ptr_eq(a, b)))
    }

    /// The least rectangle that holds all pixels that differ from another picture: x, y, width, height.
    pub fn difference(&self, before: &Self) -> Option<[u32; 4]> {
        let mut found: Option<[u32; 4]> = None;
        for (tile, (a, b)) in before.tiles.iter().zip(&self.tiles).enumerate() {
            if Shared::ptr_eq(a, b) || a == b {
                continue;
            }
            let [x, y, right, _] = self.grid.tile(tile).map(|v| v as u32);
            for (i, _) in a.iter().zip(b.iter()).enumerate().filter(|(_, (a, b))| a != b) {
                let at = [x + i as u32 % (right - x), y + i as u32 / (right - x)];
                let [l, t, r, d] = found.unwrap_or([at[0], at[1], at[0], at[1]]);
                found = Some([l.min(at[0]), t.min(at[1]), r.max(at[0]), d.max(at[1])]);
            }
        }
        found.map(|[l, t, r, b]| [l, t, r - l + 1, b - t + 1])
    }
}
