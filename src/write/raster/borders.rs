//! What the frames of a film share of a partition: pixels by face, borders in pixels, and which of both
//! each tile shows.

use super::line::Lines;
use super::list::{near, stroked, thinned};
use super::picture::Grid;
use super::planar::{ToPixel, fill};
use super::runs::{Cover, OUTSIDE, Runs};
use crate::scene::{Arc, ArcStroke, Partition};
use rayon::prelude::*;
use std::sync::Arc as Shared;

/// A partition without paints.
pub(super) struct Borders {
    /// Tells it from others of the film.
    pub(super) number: u64,
    of: Shared<Vec<Arc>>,
    face_count: usize,
    /// Width in pixels of the widest line that `arcs` allows for.
    widest: f64,
    size: [f64; 2],
    pub(super) runs: Shared<Runs>,
    lines: Vec<Vec<[f64; 2]>>,
    /// Faces that each tile shows, sorted.
    pub(super) faces: Vec<Vec<u32>>,
    /// Borders that may reach into each tile, sorted.
    pub(super) arcs: Vec<Vec<u32>>,
}

impl Borders {
    pub(super) fn new(number: u64, map: &Partition, widest: f64, scale: f64, grid: Grid) -> Self {
        let to_pixel = ToPixel { scale, by: [0.0; 2] };
        let [_, _, width, height] = grid.whole();
        let runs = fill(&map.arcs, map.faces.len(), to_pixel, width as u32, height as u32);
        let lines: Vec<Vec<[f64; 2]>> = map.arcs.par_iter().map(|arc| thinned(&arc.points, to_pixel)).collect();
        let mut arcs: Vec<Vec<u32>> = vec![Vec::new(); grid.len()];
        let reach = widest / 2.0 + 3.0;
        for (i, line) in lines.iter().enumerate() {
            for ends in line.windows(2) {
                let [low, high] = [f64::min, f64::max].map(|f| [0, 1].map(|axis| f(ends[0][axis], ends[1][axis])));
                let bounds = [low[0] - reach, low[1] - reach, high[0] + reach, high[1] + reach];
                for tile in grid.touched(bounds.map(|v| v.clamp(-1e9, 1e9).floor() as i64)) {
                    let list = &mut arcs[tile];
                    if list.last() != Some(&(i as u32)) {
                        list.push(i as u32);
                    }
                }
            }
        }
        let faces = (0..grid.len()).into_par_iter().map(|tile| seen(&runs, grid, tile)).collect();
        let size = [width as f64, height as f64];
        Self {
            number,
            of: map.arcs.clone(),
            face_count: map.faces.len(),
            widest,
            size,
            runs: Shared::new(runs),
            lines,
            faces,
            arcs,
        }
    }

    /// Tells whether it is that of a partition, with lines no wider.
    pub(super) fn serves(&self, map: &Partition, widest: f64) -> bool {
        let same = Shared::ptr_eq(&self.of, &map.arcs) || self.of == map.arcs;
        same && self.face_count == map.faces.len() && widest <= self.widest
    }

    /// The borders of one stroke.
    pub(super) fn lines(&self, stroke: &ArcStroke, scale: f64) -> Lines {
        let reach = stroke.stroke.width * scale + 2.0;
        let all = stroke.arcs.iter().filter_map(|arc| self.lines.get(*arc as usize));
        stroked(&stroke.stroke, scale, all.map(Vec::as_slice).filter(|line| near(line, self.size, reach)))
    }
}

fn seen(runs: &Runs, grid: Grid, tile: usize) -> Vec<u32> {
    let [left, top, right, bottom] = grid.tile(tile).map(|v| v as u32);
    let mut all: Vec<u32> = Vec::new();
    for y in top..bottom {
        for (_, cover) in runs.row(y).filter(|(pixels, _)| pixels.start < right && pixels.end > left) {
            match cover {
                Cover::Solid(OUTSIDE) => {}
                Cover::Solid(face) => all.push(face),
                Cover::Mix(weights) => all.extend(weights.iter().map(|w| w.face).filter(|face| *face != OUTSIDE)),
            }
        }
        all.sort_unstable();
        all.dedup();
    }
    all
}
