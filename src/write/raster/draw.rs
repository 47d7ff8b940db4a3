//! Items of the drawing upon a tile, by tiny-skia and by the planar rasteriser.

use super::blend::{Pixel, div255};
use super::line::Lines;
use super::mask::Mask;
use super::paint::Ink;
use super::runs::Runs;
use super::tile::{self, Tile};
use crate::scene::Color;
use std::sync::Arc as Shared;
use tiny_skia::{FillRule, Path, PixmapMut, Transform};

/// A rectangle of whole pixels: left, top, right, bottom.
pub(super) type Box = [i64; 4];

/// Something drawn, in pixels of the image.
pub(super) struct Item {
    /// What it may touch.
    pub(super) bounds: Box,
    /// What it may not leave.
    pub(super) clip: Box,
    pub(super) draw: Draw,
}

/// What is drawn.
pub(super) enum Draw {
    /// A partition's faces.
    Planar(Shared<Runs>, Vec<Ink>),
    /// The inside of an outline.
    Fill(Path, FillRule, Ink),
    /// Lines of one stroke.
    Lines(Lines),
}

/// Pixels around a tile that are drawn with it and dropped: tiny-skia errs by some levels in the outermost
/// pixels of its canvas where an outline goes on beyond.
pub(super) const RIM: u32 = 4;

/// The part that two rectangles share.
pub(super) fn meet(a: Box, b: Box) -> Box {
    [a[0].max(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].min(b[3])]
}

/// Tells whether a rectangle holds no pixel.
pub(super) fn is_empty(b: Box) -> bool {
    b[0] >= b[2] || b[1] >= b[3]
}

/// A point for tiny-skia, which wants it small.
pub(super) fn place(p: [f64; 2]) -> [f32; 2] {
    p.map(|v| v.clamp(-4e6, 4e6) as f32)
}

/// A flat colour for tiny-skia.
pub(super) fn solid(color: Color) -> tiny_skia::Paint<'static> {
    let mut paint = tiny_skia::Paint::default();
    paint.set_color_rgba8(color.r, color.g, color.b, color.a);
    paint
}

impl Tile<'_> {
    /// The tile as tiny-skia's, and the way from the image to it.
    pub(super) fn pixmap(&mut self) -> Option<(PixmapMut<'_>, Transform)> {
        let shift = Transform::from_translate(-(self.x as f32), -(self.y as f32));
        let (width, height) = (self.width, self.height());
        PixmapMut::from_bytes(self.pixels.as_flattened_mut(), width, height).map(|p| (p, shift))
    }

    fn bounds(&self) -> Box {
        let [x, y] = [i64::from(self.x), i64::from(self.y)];
        [x, y, x + i64::from(self.width), y + i64::from(self.height())]
    }
}

/// Memory that drawing needs, kept between tiles.
#[derive(Default)]
pub(super) struct Scratch {
    /// Pixels that a clip protects.
    kept: Vec<Pixel>,
    mask: Mask,
}

/// Draws items upon a tile, in their order.
pub(super) fn draw(items: &[&Item], tile: &mut Tile, scratch: &mut Scratch) {
    let whole = tile.bounds();
    for group in items.chunk_by(|a, b| a.clip == b.clip) {
        let clip = meet(group[0].clip, whole);
        let leaves = |i: &&Item| {
            let shown = meet(i.bounds, whole);
            meet(shown, clip) != shown && !is_empty(shown)
        };
        if is_empty(clip) {
            continue;
        }
        if !group.iter().any(leaves) {
            group.iter().for_each(|item| one(item, tile, &mut scratch.mask));
            continue;
        }
        // something reaches beyond the clip: what lies there is put back
        scratch.kept.clear();
        outside(tile, clip, |pixels| scratch.kept.extend_from_slice(pixels));
        group.iter().for_each(|item| one(item, tile, &mut scratch.mask));
        let mut kept = scratch.kept.as_slice();
        outside(tile, clip, |pixels| {
            let (own, rest) = kept.split_at(pixels.len());
            pixels.copy_from_slice(own);
            kept = rest;
        });
    }
}

/// Visits the pixels of a tile that lie outside a clip, in runs.
fn outside(tile: &mut Tile, clip: Box, mut visit: impl FnMut(&mut [Pixel])) {
    let whole = tile.bounds();
    let width = tile.width as usize;
    let rows = (clip[1] - whole[1]) as usize..(clip[3] - whole[1]) as usize;
    let columns = (clip[0] - whole[0]) as usize..(clip[2] - whole[0]) as usize;
    visit(&mut tile.pixels[..rows.start * width]);
    for row in rows.clone() {
        visit(&mut tile.pixels[row * width..][..columns.start]);
        visit(&mut tile.pixels[row * width..][columns.end..width]);
    }
    visit(&mut tile.pixels[rows.end * width..]);
}

fn one(item: &Item, tile: &mut Tile, mask: &mut Mask) {
    let shown = meet(item.bounds, tile.bounds());
    if is_empty(shown) {
        return;
    }
    match &item.draw {
        Draw::Planar(runs, inks) => tile::paint(runs, inks, tile),
        Draw::Lines(lines) => lines.draw(tile, mask),
        Draw::Fill(path, rule, ink) => match ink.flat() {
            Some(color) => {
                if let Some((mut pixmap, shift)) = tile.pixmap() {
                    pixmap.fill_path(path, &solid(color), *rule, shift, None);
                }
            }
            None => pattern(path, *rule, ink, shown, tile),
        },
    }
}

/// Fills an outline with a paint that differs from pixel to pixel.
fn pattern(path: &Path, rule: FillRule, ink: &Ink, shown: Box, tile: &mut Tile) {
    let [width, height] = [(shown[2] - shown[0]) as u32, (shown[3] - shown[1]) as u32];
    let Some(mut mask) = tiny_skia::Mask::new(width, height) else { return };
    mask.fill_path(path, rule, true, Transform::from_translate(-(shown[0] as f32), -(shown[1] as f32)));
    let at = [shown[0] as u32, shown[1] as u32];
    for (y, row) in mask.data().chunks(width as usize).enumerate() {
        let y = at[1] + y as u32;
        let start = ((y - tile.y) * tile.width + at[0] - tile.x) as usize;
        for (x, (&part, pixel)) in row.iter().zip(&mut tile.pixels[start..]).enumerate() {
            if part > 0 {
                *pixel = between(*pixel, ink.over(*pixel, at[0] + x as u32, y), u32::from(part));
            }
        }
    }
}

fn between(a: Pixel, b: Pixel, part: u32) -> Pixel {
    std::array::from_fn(|i| div255(u32::from(a[i]) * (255 - part) + u32::from(b[i]) * part))
}
