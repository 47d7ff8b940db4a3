//! Cells: how much the lines in a pixel turn over from one face to another. Takes lines in 1/256 pixel,
//! gives for each touched pixel a list of (face, cover, area).
//!
//! `cover` is the height of the lines in the pixel, downwards positive; it counts for all pixels to the
//! right. `area` is twice the part of the pixel left of the lines, to be taken back. So a face covers
//! `512 × (cover so far) − area` of 2^17.

use super::chunk::Fixed;
use super::runs::BIN;

const NIL: u32 = u32::MAX;
/// Entries of a pixel that are searched for a face before it gets another entry.
const SEARCH: usize = 8;

/// What a face gains in a pixel.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gain {
    pub(super) face: u32,
    pub(super) cover: i32,
    pub(super) area: i32,
}

/// The cells of a bin of rows.
pub(super) struct Cells {
    width: i32,
    top: i32,
    rows: i32,
    words: usize,
    /// First entry of each pixel; of use only where the pixel's bit is set.
    heads: Vec<u32>,
    touched: Vec<u64>,
    entries: Vec<(Gain, u32)>,
    left: u32,
    right: u32,
    /// The cell under hand: row in the bin, pixel, and what the left face gains.
    row: i32,
    x: i32,
    cover: i32,
    area: i32,
}

/// `a * b / c`, rounded down, for `0 ≤ b ≤ c`.
fn part(a: i32, b: i32, c: i32) -> i32 {
    let product = i64::from(a) * i64::from(b);
    match i32::try_from(product) {
        Ok(product) => product.div_euclid(c),
        Err(_) => product.div_euclid(i64::from(c)) as i32,
    }
}

impl Cells {
    pub(super) fn new(width: u32) -> Self {
        let words = width.div_ceil(64) as usize;
        Self {
            width: width as i32,
            top: 0,
            rows: 0,
            words,
            heads: vec![NIL; width as usize * BIN as usize],
            touched: vec![0; words * BIN as usize],
            entries: Vec::new(),
            left: 0,
            right: 0,
            row: 0,
            x: 0,
            cover: 0,
            area: 0,
        }
    }

    /// Begins a bin.
    pub(super) fn start(&mut self, top: u32, rows: u32) {
        self.top = top as i32;
        self.rows = rows as i32;
        self.touched.fill(0);
        self.entries.clear();
    }

    /// Says which faces the lines that follow have on their sides.
    pub(super) fn sides(&mut self, left: u32, right: u32) {
        if (self.left, self.right) != (left, right) {
            self.flush();
            (self.left, self.right) = (left, right);
        }
    }

    /// Ends a bin.
    pub(super) fn flush(&mut self) {
        if self.cover != 0 || self.area != 0 {
            let (cover, area) = (self.cover, self.area);
            let pixel = (self.row * self.width + self.x) as usize;
            let (word, bit) = (self.row as usize * self.words + self.x as usize / 64, 1 << (self.x % 64));
            if self.touched[word] & bit == 0 {
                self.touched[word] |= bit;
                self.heads[pixel] = NIL;
            }
            self.put(pixel, Gain { face: self.left, cover, area });
            let (cover, area) = (cover.wrapping_neg(), area.wrapping_neg());
            self.put(pixel, Gain { face: self.right, cover, area });
            self.cover = 0;
            self.area = 0;
        }
    }

    fn put(&mut self, pixel: usize, gain: Gain) {
        let head = self.heads[pixel];
        let mut at = head;
        for _ in 0..SEARCH {
            if at == NIL {
                break;
            }
            let (entry, next) = &mut self.entries[at as usize];
            if entry.face == gain.face {
                // wraps where thousands of faces lie upon each other in a pixel: wrong there, but no panic
                entry.cover = entry.cover.wrapping_add(gain.cover);
                entry.area = entry.area.wrapping_add(gain.area);
                return;
            }
            at = *next;
        }
        self.heads[pixel] = self.entries.len() as u32;
        self.entries.push((gain, head));
    }

    /// Bits of the touched pixels of a row.
    pub(super) fn touched(&self, row: u32) -> &[u64] {
        &self.touched[row as usize * self.words..][..self.words]
    }

    /// What faces gain in a touched pixel; a face may stand there several times.
    pub(super) fn gains(&self, row: u32, x: u32) -> impl Iterator<Item = Gain> + '_ {
        let mut at = self.heads[row as usize * self.width as usize + x as usize];
        std::iter::from_fn(move || {
            let (gain, next) = *self.entries.get(at as usize)?;
            at = next;
            Some(gain)
        })
    }

    /// Draws a line; what lies outside the bin's rows is left out.
    pub(super) fn line(&mut self, a: Fixed, b: Fixed) {
        let row = (a[1] >> 8) - self.top;
        let cell = a[0] >> 8;
        // most lines of a detailed border are shorter than a pixel
        if (a[1] ^ b[1]) >> 8 == 0 && (a[0] ^ b[0]) >> 8 == 0 {
            if a[1] != b[1] && row >= 0 && row < self.rows && cell >= 0 && cell < self.width {
                let dy = b[1] - a[1];
                return self.add(row, cell, dy, dy * ((a[0] & 255) + (b[0] & 255)));
            }
            if row < 0 || row >= self.rows || cell >= self.width {
                return;
            }
        }
        let (a, b, sign) = if a[1] <= b[1] { (a, b, 1) } else { (b, a, -1) };
        let first = ((a[1] >> 8) - self.top).max(0);
        let last = (((b[1] - 1) >> 8) - self.top).min(self.rows - 1);
        if first > last || a[1] == b[1] {
            return;
        }
        // walked downwards, whichever way it runs
        let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
        let at = |y: i32| if y == b[1] { b[0] } else { a[0] + part(dx, y - a[1], dy) };
        let mut y = a[1].max((first + self.top) << 8);
        let mut x = if y == a[1] { a[0] } else { at(y) };
        for row in first..=last {
            let end = b[1].min((row + self.top + 1) << 8);
            let to = at(end);
            self.piece(row, x.min(to), x.max(to), end - y, sign);
            (x, y) = (to, end);
        }
    }

    /// Draws the part of a line that lies in one row, from `x0` to `x1`, `dy` high.
    fn piece(&mut self, row: i32, x0: i32, x1: i32, dy: i32, sign: i32) {
        let cell = x0 >> 8;
        let corner = cell << 8;
        if x1 - corner <= 256 && cell >= 0 {
            if cell < self.width {
                self.add(row, cell, sign * dy, sign * dy * (x0 + x1 - 2 * corner));
            }
            return;
        }
        // left of the page only the height counts
        if x1 <= 0 {
            return self.add(row, 0, sign * dy, 0);
        }
        let mut done = 0;
        let mut x = x0;
        if x0 < 0 {
            done = part(dy, -x0, x1 - x0);
            self.add(row, 0, sign * done, 0);
            x = 0;
        }
        while x < x1 {
            let cell = x >> 8;
            if cell >= self.width {
                return;
            }
            let corner = cell << 8;
            let to = x1.min(corner + 256);
            let upto = if to == x1 { dy } else { part(dy, to - x0, x1 - x0) };
            let d = sign * (upto - done);
            self.add(row, cell, d, d * (x + to - 2 * corner));
            (x, done) = (to, upto);
        }
    }

    fn add(&mut self, row: i32, x: i32, cover: i32, area: i32) {
        if (row, x) != (self.row, self.x) {
            self.flush();
            (self.row, self.x) = (row, x);
        }
        self.cover = self.cover.wrapping_add(cover);
        self.area = self.area.wrapping_add(area);
    }
}
