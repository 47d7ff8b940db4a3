//! Many lines of one look: takes polylines and curves in pixels, draws those near a tile at once.

use super::draw::place;
use super::mask::Mask;
use super::tile::Tile;
use crate::scene::{Color, Stroke};
use tiny_skia::{Path, PathSegment, Point, StrokeDash};

/// Segments of a piece, which is drawn or left out as a whole.
const SEGMENTS: usize = 16;
/// How far lines may lie off the curve that they stand for: least and most in pixels, and as a part of the width.
const FLAT: (f32, f32, f32) = (0.05, 0.3, 1.0 / 16.0);
/// A curve becomes at most so many lines.
const MOST: f32 = 200.0;

/// Polylines with one stroke.
pub(super) struct Lines {
    points: Vec<[f32; 2]>,
    pieces: Vec<Piece>,
    color: Color,
    width: f32,
}

struct Piece {
    first: u32,
    last: u32,
    /// The least and greatest x and y.
    left: f32,
    top: f32,
    right: f32,
    bottom: f32,
}

/// Cuts an outline to dashes; the outline itself where there are none or they cannot be drawn.
fn dashed(path: Path, stroke: &Stroke, scale: f64) -> Path {
    let mut lengths: Vec<f32> = stroke.dash.iter().map(|v| (v * scale) as f32).collect();
    if lengths.len() % 2 == 1 {
        lengths.extend_from_within(..);
    }
    let dash = StrokeDash::new(lengths, 0.0);
    dash.and_then(|d| path.dash(&d, 1.0)).unwrap_or(path)
}

impl Lines {
    /// No line yet; `width` in pixels.
    pub(super) fn new(color: Color, width: f64) -> Self {
        Self { points: Vec::new(), pieces: Vec::new(), color, width: width as f32 }
    }

    /// Adds a polyline.
    pub(super) fn add(&mut self, line: &[[f64; 2]]) {
        let from = self.points.len();
        self.points.extend(line.iter().map(|p| place(*p)));
        self.cut(from);
    }

    /// Cuts the points from `from` on to pieces.
    fn cut(&mut self, from: usize) {
        let mut first = from;
        while first + 1 < self.points.len() {
            let last = (first + SEGMENTS).min(self.points.len() - 1);
            let mut piece = Piece {
                first: first as u32,
                last: last as u32,
                left: f32::MAX,
                top: f32::MAX,
                right: f32::MIN,
                bottom: f32::MIN,
            };
            for [x, y] in &self.points[first..=last] {
                (piece.left, piece.right) = (piece.left.min(*x), piece.right.max(*x));
                (piece.top, piece.bottom) = (piece.top.min(*y), piece.bottom.max(*y));
            }
            self.pieces.push(piece);
            first = last;
        }
    }

    /// Adds an outline, with dashes where the stroke has them.
    pub(super) fn add_dashed(&mut self, path: Path, stroke: &Stroke, scale: f64) {
        self.add_path(&dashed(path, stroke, scale));
    }

    /// Adds an outline. Curves become lines.
    pub(super) fn add_path(&mut self, path: &Path) {
        let at = |p: Point| [p.x, p.y];
        let mut from = self.points.len();
        for segment in path.segments() {
            let start = self.points.last().copied().unwrap_or_default();
            match segment {
                PathSegment::MoveTo(p) => {
                    self.cut(from);
                    from = self.points.len();
                    self.points.push(at(p));
                }
                PathSegment::LineTo(p) => self.points.push(at(p)),
                PathSegment::QuadTo(c, p) => {
                    let [c, p] = [c, p].map(at);
                    let between = |a: [f32; 2]| [0, 1].map(|i| a[i] + (c[i] - a[i]) * (2.0 / 3.0));
                    self.cubic([start, between(start), between(p), p]);
                }
                PathSegment::CubicTo(b, c, p) => self.cubic([start, at(b), at(c), at(p)]),
                PathSegment::Close => self.points.extend(self.points.get(from).copied()),
            }
        }
        self.cut(from);
    }

    fn cubic(&mut self, [a, b, c, d]: [[f32; 2]; 4]) {
        let bend = |a: [f32; 2], b: [f32; 2], c: [f32; 2]| {
            let [x, y] = [0, 1].map(|i| a[i] - 2.0 * b[i] + c[i]);
            x.abs() + y.abs()
        };
        let (least, most, part) = FLAT;
        let flat = (self.width * part).clamp(least, most);
        // an eighth of the greatest second derivative over the square of the count
        let count = (0.75 * bend(a, b, c).max(bend(b, c, d)) / flat).sqrt().ceil().clamp(1.0, MOST) as u32;
        for step in 1..count {
            let t = step as f32 / count as f32;
            let u = 1.0 - t;
            let [p, q, r, s] = [u * u * u, 3.0 * u * u * t, 3.0 * u * t * t, t * t * t];
            self.points.push([0, 1].map(|i| p * a[i] + q * b[i] + r * c[i] + s * d[i]));
        }
        self.points.push(d);
    }

    /// Tells whether anything of it can be seen.
    pub(super) fn shows(&self) -> bool {
        self.width > 0.0 && self.color.a > 0
    }

    /// What it may touch: left, top, right, bottom in pixels; nothing where there is no line.
    pub(super) fn bounds(&self) -> Option<[f32; 4]> {
        let reach = self.width / 2.0 + 1.0;
        let all = self.pieces.iter().map(|p| [p.left, p.top, p.right, p.bottom]);
        let [left, top, right, bottom] =
            all.reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])?;
        Some([left - reach, top - reach, right + reach, bottom + reach])
    }

    /// Draws what shows on a tile. `mask` is kept between calls for its memory.
    pub(super) fn draw(&self, tile: &mut Tile, mask: &mut Mask) {
        let reach = self.width / 2.0 + 1.0;
        let (left, top) = (tile.x as f32 - reach, tile.y as f32 - reach);
        let (right, bottom) = ((tile.x + tile.width) as f32 + reach, (tile.y + tile.height()) as f32 + reach);
        let mut fits = false;
        for piece in &self.pieces {
            if piece.top > bottom || piece.bottom < top || piece.left > right || piece.right < left {
                continue;
            }
            if !fits {
                mask.fit(tile);
                fits = true;
            }
            for ends in self.points[piece.first as usize..=piece.last as usize].windows(2) {
                mask.segment([ends[0], ends[1]], self.width);
            }
        }
        if fits {
            mask.paint(self.color, tile);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tiny_skia::PathBuilder;

    #[test]
    fn curves_become_lines_that_lie_upon_them() {
        let circle = PathBuilder::from_circle(53.0, 44.0, 30.0).unwrap();
        let mut lines = Lines::new(Color::BLACK, 1.0);
        lines.add_path(&circle);
        assert!(lines.points.len() > 20 && lines.points.len() < 120, "{}", lines.points.len());
        for [x, y] in &lines.points {
            let radius = libm::hypotf(x - 53.0, y - 44.0);
            assert!((radius - 30.0).abs() < 0.1, "{radius}");
        }
        let [left, top, right, bottom] = lines.bounds().unwrap();
        assert!((left - 21.5).abs() < 0.1 && (top - 12.5).abs() < 0.1);
        assert!((right - 84.5).abs() < 0.1 && (bottom - 75.5).abs() < 0.1);
    }

    #[test]
    fn a_closed_outline_returns_to_its_start() {
        let mut path = PathBuilder::new();
        path.move_to(0.0, 0.0);
        path.line_to(10.0, 0.0);
        path.line_to(10.0, 10.0);
        path.close();
        let mut lines = Lines::new(Color::BLACK, 1.0);
        lines.add_path(&path.finish().unwrap());
        assert_eq!(lines.points, [[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 0.0]]);
    }
}
