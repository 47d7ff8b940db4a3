//! Many lines of one look: takes polylines in pixels, draws those near a tile as one path.

use super::draw::{place, solid};
use super::tile::Tile;
use crate::scene::Stroke;
use tiny_skia::{LineCap, LineJoin, Path, PathBuilder, PathSegment, StrokeDash};

/// Lines of a piece, which is drawn or left out as a whole.
const LINES: usize = 32;

/// Polylines with one stroke.
pub(super) struct Lines {
    points: Vec<[f32; 2]>,
    pieces: Vec<Piece>,
    stroke: Stroke,
    width: f32,
}

struct Piece {
    first: u32,
    last: u32,
    /// Goes on where the piece before ends.
    joined: bool,
    /// Is the last of a closed line that has no other.
    closed: bool,
    top: f32,
    bottom: f32,
}

/// Up to this width, in pixels, a round join looks like a cut one, which has far fewer points.
const FINE: f32 = 2.5;

/// How tiny-skia is told to stroke.
pub(super) fn look(width: f32) -> tiny_skia::Stroke {
    let line_join = if width <= FINE { LineJoin::Bevel } else { LineJoin::Round };
    tiny_skia::Stroke { width, line_cap: LineCap::Round, line_join, ..Default::default() }
}

/// Cuts an outline to dashes; the outline itself where there are none or they cannot be drawn.
pub(super) fn dashed(path: Path, stroke: &Stroke, scale: f64) -> Path {
    let mut lengths: Vec<f32> = stroke.dash.iter().map(|v| (v * scale) as f32).collect();
    if lengths.len() % 2 == 1 {
        lengths.extend_from_within(..);
    }
    let dash = StrokeDash::new(lengths, 0.0);
    dash.and_then(|d| path.dash(&d, 1.0)).unwrap_or(path)
}

impl Lines {
    pub(super) fn new(stroke: &Stroke, scale: f64) -> Self {
        let width = (stroke.width * scale) as f32;
        Self { points: Vec::new(), pieces: Vec::new(), stroke: stroke.clone(), width }
    }

    /// Adds a polyline.
    pub(super) fn add(&mut self, line: &[[f64; 2]]) {
        if line.len() < 2 {
            return;
        }
        let from = self.points.len();
        self.points.extend(line.iter().map(|p| place(*p)));
        let closed = line[0] == line[line.len() - 1];
        let end = self.points.len() - 1;
        let mut first = from;
        while first < end {
            let last = (first + LINES).min(end);
            let ys = self.points[first..=last].iter().map(|p| p[1]);
            let (top, bottom) = ys.fold((f32::MAX, f32::MIN), |(a, b), y| (a.min(y), b.max(y)));
            let closed = closed && first == from && last == end;
            self.pieces.push(Piece {
                first: first as u32,
                last: last as u32,
                joined: first > from,
                closed,
                top,
                bottom,
            });
            first = last;
        }
    }

    /// Adds the lines of a path, with dashes where the stroke has them. Curves become lines.
    pub(super) fn add_dashed(&mut self, path: Path, scale: f64) {
        let path = dashed(path, &self.stroke, scale);
        let mut line: Vec<[f64; 2]> = Vec::new();
        let point = |p: tiny_skia::Point| [f64::from(p.x), f64::from(p.y)];
        for segment in path.segments() {
            match segment {
                PathSegment::MoveTo(p) => {
                    self.add(&line);
                    line.clear();
                    line.push(point(p));
                }
                PathSegment::LineTo(p) | PathSegment::QuadTo(_, p) | PathSegment::CubicTo(_, _, p) => {
                    line.push(point(p))
                }
                PathSegment::Close => line.extend(line.first().copied()),
            }
        }
        self.add(&line);
    }

    /// Draws what shows on a tile.
    pub(super) fn draw(&self, tile: &mut Tile) {
        let reach = self.width / 2.0 + 2.0;
        let (top, bottom) = (tile.y as f32 - reach, (tile.y + tile.height()) as f32 + reach);
        let mut path = PathBuilder::new();
        let mut before = false;
        for piece in &self.pieces {
            let near = piece.top <= bottom && piece.bottom >= top;
            if near {
                let points = &self.points[piece.first as usize..=piece.last as usize];
                if !(before && piece.joined) {
                    path.move_to(points[0][0], points[0][1]);
                }
                let lines = &points[1..points.len() - usize::from(piece.closed)];
                lines.iter().for_each(|p| path.line_to(p[0], p[1]));
                if piece.closed {
                    path.close();
                }
            }
            before = near;
        }
        if let (Some(path), Some((mut pixmap, shift))) = (path.finish(), tile.pixmap()) {
            pixmap.stroke_path(&path, &solid(self.stroke.color), &look(self.width), shift, None);
        }
    }
}
