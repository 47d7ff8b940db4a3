//! What faces a row of pixels shows, independent of colours.

use std::ops::Range;

/// All of a pixel: weights of its faces sum to this.
pub const ONE: u32 = 1 << 17;
/// The face that is no face.
pub const OUTSIDE: u32 = MIX - 1;
/// Marks a run of mixed pixels.
const MIX: u32 = 1 << 31;
/// Rows that are worked on together.
pub(super) const BIN: u32 = 16;

/// How much of a pixel a face covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weight {
    /// Index of the face, or [`OUTSIDE`].
    pub face: u32,
    /// Share of the pixel in [`ONE`]ths; at least 1.
    pub weight: u32,
}

/// What the pixels of a run show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cover<'a> {
    /// Nothing but this face, or [`OUTSIDE`].
    Solid(u32),
    /// These faces, sorted by index; the weights sum to [`ONE`].
    Mix(&'a [Weight]),
}

/// A page's pixels by face: every row is tiled by runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Runs {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Pixels where faces overlapped or left gaps by more than rounding explains; they were made to fit.
    pub flaws: u64,
    pub(super) bins: Vec<Bin>,
}

/// The runs of some rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Bin {
    /// Where each row's runs begin; one more than rows.
    rows: Vec<u32>,
    /// First pixel, and a face or the index of a mix.
    runs: Vec<(u32, u32)>,
    /// Where each mix's weights begin.
    mixes: Vec<u32>,
    weights: Vec<Weight>,
    pub(super) flaws: u64,
}

impl Bin {
    /// Begins a row.
    pub(super) fn row(&mut self) {
        self.rows.push(self.runs.len() as u32);
    }

    /// Ends the last row.
    pub(super) fn finish(&mut self) {
        self.row();
        self.mixes.push(self.weights.len() as u32);
    }

    pub(super) fn solid(&mut self, x: u32, face: u32) {
        let first = self.rows.last().is_none_or(|r| *r as usize == self.runs.len());
        if first || self.runs.last().is_none_or(|r| r.1 != face) {
            self.runs.push((x, face));
        }
    }

    pub(super) fn mix(&mut self, x: u32, weights: &[Weight]) {
        self.runs.push((x, MIX | self.mixes.len() as u32));
        self.mixes.push(self.weights.len() as u32);
        self.weights.extend_from_slice(weights);
    }

    fn cover(&self, what: u32) -> Cover<'_> {
        if what < MIX {
            return Cover::Solid(what);
        }
        let mix = (what & !MIX) as usize;
        Cover::Mix(&self.weights[self.mixes[mix] as usize..self.mixes[mix + 1] as usize])
    }

    fn run(&self, index: usize, row_end: usize, width: u32) -> (Range<u32>, Cover<'_>) {
        let (start, what) = self.runs[index];
        let end = if index + 1 < row_end { self.runs[index + 1].0 } else { width };
        (start..end, self.cover(what))
    }
}

impl Runs {
    /// The runs of a row from left to right; they tile it.
    pub fn row(&self, y: u32) -> impl Iterator<Item = (Range<u32>, Cover<'_>)> {
        let bin = &self.bins[(y / BIN) as usize];
        let row = (y % BIN) as usize;
        let (first, end) = (bin.rows[row] as usize, bin.rows[row + 1] as usize);
        (first..end).map(move |i| bin.run(i, end, self.width))
    }
}

/// Where each face shows, so that one face can be drawn again alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaceIndex {
    first: Vec<u32>,
    /// Row, and index of the run among those of the row's bin.
    runs: Vec<[u32; 2]>,
}

impl FaceIndex {
    /// Lists the runs of each of `face_count` faces.
    pub fn of(runs: &Runs, face_count: usize) -> Self {
        let mut first = vec![0u32; face_count + 2];
        each_face(runs, |face, _, _| {
            if (face as usize) < face_count {
                first[face as usize + 2] += 1;
            }
        });
        for i in 2..first.len() {
            first[i] += first[i - 1];
        }
        let mut list = vec![[0; 2]; first[face_count + 1] as usize];
        each_face(runs, |face, y, run| {
            if (face as usize) < face_count {
                let at = &mut first[face as usize + 1];
                list[*at as usize] = [y, run];
                *at += 1;
            }
        });
        first.pop();
        Self { first, runs: list }
    }

    /// The runs that show a face, from top to bottom: row, pixels, and what they show.
    pub fn rows_of<'a>(&'a self, runs: &'a Runs, face: u32) -> impl Iterator<Item = (u32, Range<u32>, Cover<'a>)> + 'a {
        let face = face as usize;
        let list = match (self.first.get(face), self.first.get(face + 1)) {
            (Some(&a), Some(&b)) => &self.runs[a as usize..b as usize],
            _ => &[],
        };
        list.iter().map(|&[y, run]| {
            let bin = &runs.bins[(y / BIN) as usize];
            let end = bin.rows[(y % BIN) as usize + 1] as usize;
            let (pixels, cover) = bin.run(run as usize, end, runs.width);
            (y, pixels, cover)
        })
    }
}

fn each_face(runs: &Runs, mut found: impl FnMut(u32, u32, u32)) {
    for y in 0..runs.height {
        let first = runs.bins[(y / BIN) as usize].rows[(y % BIN) as usize];
        for (i, (_, cover)) in runs.row(y).enumerate() {
            let run = first + i as u32;
            match cover {
                Cover::Solid(face) => found(face, y, run),
                Cover::Mix(weights) => weights.iter().for_each(|w| found(w.face, y, run)),
            }
        }
    }
}
