//! A film to pictures: takes frames in their order, gives pixels, and draws only what changed.
//!
//! The image is cut to tiles of fixed size. What a tile shows depends on the items that touch it and on
//! nothing else, so a tile whose items are those of the frame before keeps its pixels. A frame drawn alone,
//! after another, or by another number of threads has therefore the same bytes.

use super::blend::Pixel;
use super::borders::Borders;
use super::draw::{Box, Draw, Item, RIM, Scratch, draw, is_empty, meet};
use super::list::{List, Slot};
use super::paint::Ink;
use super::text::Glyphs;
use super::tile::Tile;
use super::{Image, scale_of, size_of};
use crate::error::Result;
use crate::scene::{Film, Frame, Node, Paint, Partition};
use foldhash::fast::FixedState;
use rayon::prelude::*;
use std::hash::{BuildHasher, Hasher};
use std::sync::Arc as Shared;

/// Width and height of a tile.
const SIDE: [u32; 2] = [96, 48];

/// Something drawn, and what tells it from others.
pub(super) struct Piece {
    item: Item,
    mark: Mark,
}

/// What decides how a piece looks on a tile.
enum Mark {
    /// The piece as a whole.
    Whole(u64),
    /// The paints of the faces seen there, by face.
    Faces(Shared<Borders>, Vec<u64>),
    /// Which of the borders seen there are drawn, and the number of the stroke.
    Lines(Shared<Borders>, u64, Vec<bool>),
}

/// Draws the frames of a film.
pub struct Reel {
    scale: f64,
    grid: Grid,
    /// Items between the changing groups; the first lie below all of them.
    fixed: Vec<Vec<Shared<Piece>>>,
    slots: Vec<Slot>,
    /// What stood in each changing group, and what that became.
    before: Vec<Vec<(Node, Vec<Shared<Piece>>)>>,
    glyphs: Glyphs,
    borders: Option<Shared<Borders>>,
    /// Paints met so far.
    inks: Vec<(Paint, Ink)>,
    strokes: Vec<crate::scene::Stroke>,
    pieces: u64,
    /// Tiles of what lies below everything that changes.
    ground: Vec<Vec<Pixel>>,
    last: Vec<(u64, Shared<Vec<Pixel>>)>,
}

/// A frame in pixels; tiles that did not change are those of the frame before.
#[derive(Debug, Clone)]
pub struct Picture {
    grid: Grid,
    tiles: Vec<Shared<Vec<Pixel>>>,
    /// Tiles that may differ from the frame before.
    fresh: Vec<usize>,
}

/// How an image is cut to tiles.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grid {
    size: [u32; 2],
    count: [usize; 2],
}

impl Grid {
    fn new(size: [u32; 2]) -> Self {
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
    fn rimmed(self, index: usize) -> Box {
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

/// A tile to be drawn: of which frame, which tile, and upon what.
struct Job {
    frame: usize,
    tile: usize,
    key: u64,
}

impl Reel {
    /// Draws what no frame changes.
    ///
    /// # Errors
    /// A page without extent, or an image of more than 400 megapixels.
    pub fn new(film: &Film) -> Result<Self> {
        let size = size_of(&film.page)?;
        let scale = scale_of(&film.page);
        let mut list = List::new(scale, size, Glyphs::default());
        list.changing = &film.changing;
        list.nodes(&film.page.nodes);
        let (glyphs, slots) = (list.glyphs, list.slots);
        let mut reel = Self {
            scale,
            grid: Grid::new(size),
            fixed: Vec::new(),
            slots: Vec::new(),
            before: slots.iter().map(|_| Vec::new()).collect(),
            glyphs,
            borders: None,
            inks: Vec::new(),
            strokes: Vec::new(),
            pieces: 0,
            ground: Vec::new(),
            last: Vec::new(),
        };
        let mut items = list.items.into_iter();
        let mut done = 0;
        for end in slots.iter().map(|slot| slot.after).chain([usize::MAX]) {
            let part: Vec<Item> = items.by_ref().take(end - done).collect();
            done = end;
            let part = part.into_iter().map(|item| reel.whole(item)).collect();
            reel.fixed.push(part);
        }
        reel.slots = slots;
        let paper = Ink::new(&film.page.background, scale, [0.0; 2]);
        let below: Vec<&Item> = reel.fixed[0].iter().map(|piece| &piece.item).collect();
        reel.ground = (0..reel.grid.len())
            .into_par_iter()
            .map_init(Scratch::default, |scratch, index| {
                let [left, top, right, bottom] = reel.grid.rimmed(index);
                let width = (right - left) as usize;
                let mut pixels = vec![[255; 4]; width * (bottom - top) as usize];
                for (row, pixels) in pixels.chunks_mut(width).enumerate() {
                    paper.span(pixels, left as u32, top as u32 + row as u32);
                }
                let mut tile = Tile { x: left as u32, y: top as u32, width: width as u32, pixels: &mut pixels };
                draw(&below, &mut tile, scratch);
                pixels
            })
            .collect();
        Ok(reel)
    }

    fn whole(&mut self, item: Item) -> Shared<Piece> {
        self.pieces += 1;
        Shared::new(Piece { item, mark: Mark::Whole(self.pieces) })
    }

    /// Draws the next frames, all at once in threads.
    pub fn draw(&mut self, frames: &[Frame]) -> Vec<Picture> {
        let lists: Vec<Vec<Shared<Piece>>> = frames.iter().map(|frame| self.list(frame)).collect();
        let mut jobs: Vec<Job> = Vec::new();
        let mut keys: Vec<u64> = self.last.iter().map(|(key, _)| *key).collect();
        for (frame, list) in lists.iter().enumerate() {
            let now = self.keys(list);
            let differs = |tile: &usize| keys.get(*tile) != Some(&now[*tile]);
            jobs.extend((0..now.len()).filter(differs).map(|tile| Job { frame, tile, key: now[tile] }));
            keys = now;
        }
        let (ground, grid) = (&self.ground, self.grid);
        let drawn: Vec<Shared<Vec<Pixel>>> = jobs
            .par_iter()
            .map_init(Scratch::default, |scratch, job| {
                let bounds = grid.tile(job.tile);
                let mut pixels = ground[job.tile].clone();
                let touches =
                    |piece: &&Shared<Piece>| !is_empty(meet(meet(piece.item.bounds, piece.item.clip), bounds));
                let items: Vec<&Item> = lists[job.frame].iter().filter(touches).map(|piece| &piece.item).collect();
                let [left, top, right, _] = grid.rimmed(job.tile);
                let width = (right - left) as usize;
                let mut tile = Tile { x: left as u32, y: top as u32, width: width as u32, pixels: &mut pixels };
                draw(&items, &mut tile, scratch);
                let columns = (bounds[0] - left) as usize..(bounds[2] - left) as usize;
                let rows = pixels.chunks(width).skip((bounds[1] - top) as usize).take((bounds[3] - bounds[1]) as usize);
                Shared::new(rows.flat_map(|row| &row[columns.clone()]).copied().collect())
            })
            .collect();
        self.last.resize_with(grid.len(), Default::default);
        let mut pictures = Vec::with_capacity(frames.len());
        let mut done = jobs.iter().zip(drawn).peekable();
        for frame in 0..frames.len() {
            let mut fresh = Vec::new();
            while let Some((job, pixels)) = done.next_if(|(job, _)| job.frame == frame) {
                let (key, last) = &mut self.last[job.tile];
                *key = job.key;
                // what looks as before is as before
                if *last != pixels {
                    *last = pixels;
                    fresh.push(job.tile);
                }
            }
            let tiles = self.last.iter().map(|(_, pixels)| pixels.clone()).collect();
            pictures.push(Picture { grid, tiles, fresh });
        }
        pictures
    }

    /// Lists what a frame draws above the ground.
    fn list(&mut self, frame: &Frame) -> Vec<Shared<Piece>> {
        let mut all = Vec::new();
        for i in 0..self.slots.len() {
            let Slot { group, clip, .. } = self.slots[i];
            let nodes = frame.groups.get(group).map_or(&[][..], |group| group.nodes.as_slice());
            let before = std::mem::take(&mut self.before[i]);
            let mut now = Vec::with_capacity(nodes.len());
            for (at, node) in nodes.iter().enumerate() {
                let same = before.get(at).filter(|(known, _)| known == node);
                let pieces = match same.or_else(|| before.iter().find(|(known, _)| known == node)) {
                    Some((_, pieces)) => pieces.clone(),
                    None => self.pieces(node, clip),
                };
                all.extend(pieces.iter().cloned());
                now.push((node.clone(), pieces));
            }
            self.before[i] = now;
            all.extend(self.fixed[i + 1].iter().cloned());
        }
        all
    }

    fn pieces(&mut self, node: &Node, clip: Box) -> Vec<Shared<Piece>> {
        if let Node::Partition(partition) = node {
            return self.partition(partition, clip);
        }
        let mut list = List::new(self.scale, self.grid.size, std::mem::take(&mut self.glyphs));
        list.clip = clip;
        list.nodes(std::slice::from_ref(node));
        self.glyphs = list.glyphs;
        list.items.into_iter().map(|item| self.whole(item)).collect()
    }

    fn partition(&mut self, map: &Partition, clip: Box) -> Vec<Shared<Piece>> {
        let bounds = self.grid.whole();
        let widest = map.strokes.iter().map(|s| s.stroke.width * self.scale).fold(0.0, f64::max);
        let borders = match &self.borders {
            Some(borders) if borders.serves(map, widest) => borders.clone(),
            _ => {
                self.pieces += 1;
                Shared::new(Borders::new(self.pieces, map, widest, self.scale, self.grid))
            }
        };
        self.borders = Some(borders.clone());
        let mut paints = Vec::with_capacity(map.faces.len());
        let mut inks = Vec::with_capacity(map.faces.len());
        for face in &map.faces {
            let known = self.inks.iter().position(|(paint, _)| *paint == face.paint).unwrap_or_else(|| {
                self.inks.push((face.paint.clone(), Ink::new(&face.paint, self.scale, [0.0; 2])));
                self.inks.len() - 1
            });
            paints.push(known as u64);
            inks.push(self.inks[known].1.clone());
        }
        let mut all = Vec::new();
        if !inks.iter().all(Ink::is_nothing) {
            let item = Item { bounds, clip, draw: Draw::Planar(borders.runs.clone(), inks) };
            all.push(Shared::new(Piece { item, mark: Mark::Faces(borders.clone(), paints) }));
        }
        for stroke in map.strokes.iter().filter(|s| s.stroke.width > 0.0) {
            let known = self.strokes.iter().position(|s| *s == stroke.stroke).unwrap_or_else(|| {
                self.strokes.push(stroke.stroke.clone());
                self.strokes.len() - 1
            });
            let mut drawn = vec![false; map.arcs.len()];
            stroke.arcs.iter().for_each(|arc| drawn[*arc as usize] = true);
            let item = Item { bounds, clip, draw: Draw::Lines(borders.lines(stroke, self.scale)) };
            all.push(Shared::new(Piece { item, mark: Mark::Lines(borders.clone(), known as u64, drawn) }));
        }
        all
    }

    /// What tells each tile of a frame from the same tile of another.
    fn keys(&self, list: &[Shared<Piece>]) -> Vec<u64> {
        let mut keys = vec![FixedState::default().build_hasher(); self.grid.len()];
        for piece in list {
            for tile in self.grid.touched(meet(piece.item.bounds, piece.item.clip)) {
                let key = &mut keys[tile];
                match &piece.mark {
                    Mark::Whole(number) => key.write_u64(*number),
                    Mark::Faces(borders, paints) => {
                        key.write_u64(borders.number << 48);
                        borders.faces[tile].iter().for_each(|face| key.write_u64(paints[*face as usize]));
                    }
                    Mark::Lines(borders, stroke, drawn) => {
                        key.write_u64(borders.number << 48 | (stroke + 1) << 24);
                        let here = borders.arcs[tile].iter().filter(|arc| drawn[**arc as usize]);
                        here.for_each(|arc| key.write_u64(u64::from(*arc)));
                    }
                }
            }
        }
        keys.iter().map(Hasher::finish).collect()
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
