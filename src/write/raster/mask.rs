//! Lines by their distance: takes segments, gives how much of each pixel they cover, and colours it.
//!
//! A pixel's part depends on its centre's distance from the nearest segment alone, so joins and ends are
//! round, a line that crosses itself is drawn once, and no edge of a tile shows.

use super::blend::cover;
use super::tile::Tile;
use crate::scene::Color;

/// How much of each pixel of a tile is covered, of 255. Clear between two uses.
#[derive(Default)]
pub(super) struct Mask {
    parts: Vec<u8>,
    /// The columns of each row that may be covered.
    spans: Vec<[u32; 2]>,
    /// First column, first row, columns, rows.
    tile: [u32; 4],
}

const NONE: [u32; 2] = [u32::MAX, 0];

impl Mask {
    /// Makes it as large as a tile.
    pub(super) fn fit(&mut self, tile: &Tile) {
        self.tile = [tile.x, tile.y, tile.width, tile.height()];
        let pixels = tile.pixels.len();
        if self.parts.len() < pixels {
            self.parts.resize(pixels, 0);
        }
        self.spans.clear();
        self.spans.resize(tile.height() as usize, NONE);
    }

    /// Covers all that lies within half a width of a segment; `ends` in pixels of the image.
    pub(super) fn segment(&mut self, ends: [[f32; 2]; 2], width: f32) {
        let [x, y, columns, rows] = self.tile;
        let half = width / 2.0;
        let reach = half + 0.5;
        let local = ends.map(|p| [f64::from(p[0]) - f64::from(x), f64::from(p[1]) - f64::from(y)]);
        let Some([a, b]) = within(local, f64::from(reach) + 2.0, [columns, rows].map(f64::from)) else { return };
        let [a, b] = [a, b].map(|p| p.map(|v| v as f32));
        let d = [b[0] - a[0], b[1] - a[1]];
        let square = d[0] * d[0] + d[1] * d[1];
        // along the segment per pixel to the right and down; a point has no direction
        let along = if square > 1e-12 { [d[0] / square, d[1] / square] } else { [0.0; 2] };
        let most = width.min(1.0);
        // how far to either side of its middle line a row is reached, and how that line moves
        let (lean, side) =
            if d[1].abs() > 1e-3 { (d[0] / d[1], reach * square.sqrt() / d[1].abs()) } else { (0.0, f32::INFINITY) };
        let (left, right) = (a[0].min(b[0]) - reach, a[0].max(b[0]) + reach);
        let top = (a[1].min(b[1]) - reach).floor().max(0.0) as u32;
        let bottom = ((a[1].max(b[1]) + reach).ceil().max(0.0) as u32).min(rows);
        for row in top..bottom {
            let y = row as f32 + 0.5 - a[1];
            let (from, to) = if side.is_finite() {
                let middle = a[0] + y * lean;
                (left.max(middle - side), right.min(middle + side))
            } else {
                (left, right)
            };
            let from = from.floor().max(0.0) as u32;
            let to = (to.ceil().max(0.0) as u32).min(columns);
            if from >= to {
                continue;
            }
            let span = &mut self.spans[row as usize];
            *span = [span[0].min(from), span[1].max(to)];
            let start = (row * columns) as usize;
            let mut x = from as f32 + 0.5 - a[0];
            for part in &mut self.parts[start + from as usize..start + to as usize] {
                let t = (x * along[0] + y * along[1]).clamp(0.0, 1.0);
                let off = [x - t * d[0], y - t * d[1]];
                let distance = (off[0] * off[0] + off[1] * off[1]).sqrt();
                let covered = (reach - distance).min(most).max(0.0);
                *part = (*part).max((covered * 255.0 + 0.5) as u8);
                x += 1.0;
            }
        }
    }

    /// Lays a colour over what is covered, and clears.
    pub(super) fn paint(&mut self, color: Color, tile: &mut Tile) {
        let width = tile.width as usize;
        for (row, [from, to]) in self.spans.iter().enumerate() {
            if from >= to {
                continue;
            }
            let range = row * width + *from as usize..row * width + *to as usize;
            let pixels = tile.pixels[range.clone()].chunks_mut(8);
            for (parts, pixels) in self.parts[range].chunks_mut(8).zip(pixels) {
                if let Ok(eight) = <&[u8; 8]>::try_from(&*parts)
                    && u64::from_ne_bytes(*eight) == 0
                {
                    continue;
                }
                for (part, pixel) in parts.iter_mut().zip(pixels) {
                    if *part > 0 {
                        let alpha = u32::from(super::blend::div255(u32::from(*part) * u32::from(color.a)));
                        *pixel = cover(*pixel, color, alpha);
                        *part = 0;
                    }
                }
            }
        }
        self.spans.fill(NONE);
    }
}

/// The part of a segment within `reach` of a box from the origin to `size`: what lies further off covers nothing,
/// and near numbers are exact ones.
///
/// # Source
/// Liang and Barsky, "A new concept and method for line clipping", 1984.
fn within([a, b]: [[f64; 2]; 2], reach: f64, size: [f64; 2]) -> Option<[[f64; 2]; 2]> {
    let d = [b[0] - a[0], b[1] - a[1]];
    let (mut first, mut last) = (0.0_f64, 1.0_f64);
    for axis in 0..2 {
        let (low, high) = (-reach - a[axis], size[axis] + reach - a[axis]);
        if d[axis] == 0.0 {
            if low > 0.0 || high < 0.0 {
                return None;
            }
        } else {
            let (t, u) = (low / d[axis], high / d[axis]);
            first = first.max(t.min(u));
            last = last.min(t.max(u));
        }
    }
    let at = |t: f64| [a[0] + t * d[0], a[1] + t * d[1]];
    (first <= last).then(|| [if first > 0.0 { at(first) } else { a }, if last < 1.0 { at(last) } else { b }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::raster::Pixel;
    use proptest::prelude::*;

    fn drawn(lines: &[[[f32; 2]; 2]], width: f32, tile: [u32; 4]) -> Vec<Pixel> {
        let [x, y, columns, rows] = tile;
        let mut pixels = vec![[255; 4]; (columns * rows) as usize];
        let mut mask = Mask::default();
        let mut tile = Tile { x, y, width: columns, pixels: &mut pixels };
        mask.fit(&tile);
        lines.iter().for_each(|l| mask.segment(*l, width));
        mask.paint(Color::BLACK, &mut tile);
        assert!(mask.parts.iter().all(|p| *p == 0));
        pixels
    }

    #[test]
    fn a_level_line_covers_its_rows_and_half_of_those_at_its_rim() {
        let pixels = drawn(&[[[5.0, 10.0], [25.0, 10.0]]], 3.0, [0, 0, 30, 20]);
        let column: Vec<u8> = (7..13).map(|y| pixels[y * 30 + 15][0]).collect();
        assert_eq!(column, [255, 127, 0, 0, 127, 255]);
    }

    #[test]
    fn a_fine_line_is_as_dark_as_it_is_wide() {
        let pixels = drawn(&[[[5.0, 10.5], [25.0, 10.5]]], 0.4, [0, 0, 30, 20]);
        let dark: u32 = (8..13).map(|y| 255 - u32::from(pixels[y * 30 + 15][0])).sum();
        assert_eq!(dark, 102);
    }

    #[test]
    fn what_crosses_itself_is_drawn_once() {
        let lines = [[[5.0, 5.0], [25.0, 15.0]], [[25.0, 15.0], [5.0, 5.0]], [[5.0, 15.0], [25.0, 5.0]]];
        let mut tile = vec![[255; 4]; 600];
        let mut mask = Mask::default();
        let mut tile = Tile { x: 0, y: 0, width: 30, pixels: &mut tile };
        mask.fit(&tile);
        lines.iter().for_each(|l| mask.segment(*l, 3.0));
        mask.paint(Color::BLACK.with_alpha(51), &mut tile);
        assert!(tile.pixels.iter().all(|p| p[0] >= 204));
        assert_eq!(tile.pixels[10 * 30 + 15][0], 204);
    }

    proptest! {
        #[test]
        fn a_tile_shows_what_the_whole_shows(ends in any::<[[f32; 2]; 2]>(), near in prop::array::uniform4(-40.0..80.0f32), width in 0.1..9.0f32, far in any::<bool>()) {
            let line = if far { ends.map(|p| p.map(|v| if v.is_finite() { v.clamp(-4e6, 4e6) } else { 0.0 })) } else { [[near[0], near[1]], [near[2], near[3]]] };
            let whole = drawn(&[line], width, [0, 0, 60, 40]);
            let part = drawn(&[line], width, [20, 10, 16, 16]);
            for (i, row) in part.chunks(16).enumerate() {
                for (a, b) in row.iter().zip(&whole[(10 + i) * 60 + 20..][..16]) {
                    prop_assert!(a[0].abs_diff(b[0]) <= 1, "{:?} {:?}", a, b);
                }
            }
        }
    }
}
