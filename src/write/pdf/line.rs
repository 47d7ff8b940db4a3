//! Outlines as those of PDF: takes points in pixels, gives paths in hundredths of a pixel.

use crate::scene::{Path, Segment, Stroke};
use crate::write::svg::outline::{Point, round};
use krilla::color::rgb;
use krilla::geom::{self, PathBuilder};
use krilla::num::NormalizedF32;
use krilla::paint::{self, LineCap, LineJoin, StrokeDash};

/// A path, and the box of its points: left, top, right, bottom.
pub struct Outline {
    /// The path.
    pub path: geom::Path,
    /// Its box.
    pub bounds: [f64; 4],
}

/// Builds an outline; what is no number is zero.
#[derive(Default)]
pub struct Builder {
    path: PathBuilder,
    bounds: Option<[f64; 4]>,
    open: bool,
}

impl Builder {
    fn point(&mut self, p: Point) -> [f32; 2] {
        let [x, y] = p.map(|v| f64::from(v) / 100.0);
        let [left, top, right, bottom] = self.bounds.unwrap_or([x, y, x, y]);
        self.bounds = Some([left.min(x), top.min(y), right.max(x), bottom.max(y)]);
        [x as f32, y as f32]
    }

    /// Starts a ring or a line.
    pub fn start(&mut self, p: Point) {
        let [x, y] = self.point(p);
        self.path.move_to(x, y);
        self.open = true;
    }

    /// Draws a straight line.
    pub fn line(&mut self, p: Point) {
        let [x, y] = self.point(p);
        if self.open {
            self.path.line_to(x, y);
        } else {
            self.path.move_to(x, y);
            self.open = true;
        }
    }

    fn cubic(&mut self, a: Point, b: Point, p: Point) {
        let [[ax, ay], [bx, by], [x, y]] = [self.point(a), self.point(b), self.point(p)];
        self.path.cubic_to(ax, ay, bx, by, x, y);
        self.open = true;
    }

    /// Goes back to the start of the ring.
    pub fn close(&mut self) {
        self.path.close();
        self.open = false;
    }

    /// A ring of points, the first not repeated; fewer than three have no area.
    pub fn ring(&mut self, points: &[Point]) {
        if let [first, rest @ ..] = points
            && rest.len() >= 2
        {
            self.start(*first);
            rest.iter().for_each(|p| self.line(*p));
            self.close();
        }
    }

    /// The outline, where anything was drawn.
    pub fn finish(self) -> Option<Outline> {
        Some(Outline { bounds: self.bounds?, path: self.path.finish()? })
    }
}

/// A path of the scene.
pub fn outline(path: &Path) -> Option<Outline> {
    let mut builder = Builder::default();
    for segment in &path.segments {
        match *segment {
            Segment::Move(p) => builder.start(round(p)),
            Segment::Line(p) => builder.line(round(p)),
            Segment::Cubic(a, b, p) => builder.cubic(round(a), round(b), round(p)),
            Segment::Close => builder.close(),
        }
    }
    builder.finish()
}

/// How a line is drawn: round ends and joins.
pub fn stroke(stroke: &Stroke) -> paint::Stroke {
    let usable = !stroke.dash.is_empty() && stroke.dash.iter().all(|v| v.is_finite() && *v >= 0.0);
    let dash = (usable && stroke.dash.iter().sum::<f64>() > 0.0).then(|| StrokeDash {
        // an odd list is gone through twice, as in SVG
        array: stroke
            .dash
            .iter()
            .cycle()
            .take(stroke.dash.len() * (1 + stroke.dash.len() % 2))
            .map(|v| *v as f32)
            .collect(),
        offset: 0.0,
    });
    let width = if stroke.width.is_finite() { stroke.width.clamp(0.0, 1e4) as f32 } else { 0.0 };
    let (color, opacity) = color(stroke.color);
    paint::Stroke { dash, ..round_stroke(color.into(), opacity, width) }
}

/// A solid line with round ends and joins.
pub fn round_stroke(paint: paint::Paint, opacity: NormalizedF32, width: f32) -> paint::Stroke {
    paint::Stroke {
        paint,
        width,
        opacity,
        line_cap: LineCap::Round,
        line_join: LineJoin::Round,
        ..paint::Stroke::default()
    }
}

/// A colour and its opacity.
pub fn color(color: crate::scene::Color) -> (rgb::Color, NormalizedF32) {
    let opacity = NormalizedF32::new(f32::from(color.a) / 255.0).unwrap_or(NormalizedF32::ONE);
    (rgb::Color::new(color.r, color.g, color.b), opacity)
}
