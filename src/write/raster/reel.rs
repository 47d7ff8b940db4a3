//! A film to pictures: takes frames in their order, gives pixels, and draws only what changed.
//!
//! The image is cut to tiles of fixed size. What a tile shows depends on the items that touch it and on
//! nothing else, so a tile whose items are those of the frame before keeps its pixels. A frame drawn alone,
//! after another, or by another number of threads has therefore the same bytes.

use super::blend::Pixel;
use super::borders::Borders;
use super::draw::{Box, Draw, Item, Scratch, draw, is_empty, meet};
use super::list::{List, Slot};
use super::paint::Ink;
use super::picture::{Grid, Picture};
use super::text::Glyphs;
use super::tile::Tile;
use super::{scale_of, size_of};
use crate::error::Result;
use crate::scene::{Film, Frame, Node, Paint, Partition};
use foldhash::fast::FixedState;
use rayon::prelude::*;
use std::hash::{BuildHasher, Hasher};
use std::sync::Arc as Shared;

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
