//! Outlines, and how they are drawn.

use super::{Color, Paint};

/// A piece of an outline, in pixels of the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Segment {
    /// Starts a new ring or line.
    Move([f64; 2]),
    /// A straight line.
    Line([f64; 2]),
    /// A cubic curve: two controls, then the end.
    Cubic([f64; 2], [f64; 2], [f64; 2]),
    /// Back to the start of the ring.
    Close,
}

/// An outline that is filled (even-odd), stroked or both.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Path {
    /// Unique on the page; may be empty.
    pub id: String,
    /// What it is, for `<title>`; may be empty.
    pub title: String,
    /// The outline.
    pub segments: Vec<Segment>,
    /// What it is filled with.
    pub fill: Option<Paint>,
    /// How its outline is drawn, above the fill.
    pub stroke: Option<Stroke>,
}

/// How a line is drawn. Joins and ends are round.
#[derive(Debug, Clone, PartialEq)]
pub struct Stroke {
    /// Colour.
    pub color: Color,
    /// Thickness in pixels.
    pub width: f64,
    /// Lengths of dashes and gaps in turn; empty for a solid line.
    pub dash: Vec<f64>,
}

impl Stroke {
    /// A solid line.
    pub fn solid(color: Color, width: f64) -> Self {
        Self { color, width, dash: Vec::new() }
    }
}

impl Path {
    /// Gives how far the outline lies from another of the same form; nothing where that has another form.
    pub fn offset_from(&self, other: &Self) -> Option<[f64; 2]> {
        /// No eye sees less.
        const NEAR: f64 = 1e-6;
        let points = |segment: &Segment| match *segment {
            Segment::Move(p) => (0, [p, p, p]),
            Segment::Line(p) => (1, [p, p, p]),
            Segment::Cubic(a, b, p) => (2, [a, b, p]),
            Segment::Close => (3, [[0.0; 2]; 3]),
        };
        let (Segment::Move(a), Segment::Move(b)) = (self.segments.first()?, other.segments.first()?) else {
            return None;
        };
        let by = [a[0] - b[0], a[1] - b[1]];
        let is_same = |(a, b): (&Segment, &Segment)| {
            let ((kind, a), (other, b)) = (points(a), points(b));
            let off = |i: usize| (a[i][0] - b[i][0] - by[0]).abs().max((a[i][1] - b[i][1] - by[1]).abs());
            kind == other && (kind == 3 || (0..3).all(|i| off(i) < NEAR))
        };
        let all = self.segments.len() == other.segments.len();
        (all && self.segments.iter().zip(&other.segments).all(is_same)).then_some(by)
    }

    /// A rectangle by its upper left corner and size.
    pub fn rect(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self::polygon(&[[x, y], [x + width, y], [x + width, y + height], [x, y + height]])
    }

    /// A closed polygon.
    pub fn polygon(points: &[[f64; 2]]) -> Self {
        let mut path = Self::line(points);
        path.segments.push(Segment::Close);
        path
    }

    /// An open line.
    pub fn line(points: &[[f64; 2]]) -> Self {
        let mut segments = Vec::with_capacity(points.len() + 1);
        for (i, p) in points.iter().enumerate() {
            segments.push(if i == 0 { Segment::Move(*p) } else { Segment::Line(*p) });
        }
        Self { segments, ..Self::default() }
    }

    /// A circle.
    pub fn circle(x: f64, y: f64, radius: f64) -> Self {
        // the usual cubic approximation of a quarter circle
        let k = radius * 0.552_284_749_8;
        let r = radius;
        let segments = vec![
            Segment::Move([x + r, y]),
            Segment::Cubic([x + r, y + k], [x + k, y + r], [x, y + r]),
            Segment::Cubic([x - k, y + r], [x - r, y + k], [x - r, y]),
            Segment::Cubic([x - r, y - k], [x - k, y - r], [x, y - r]),
            Segment::Cubic([x + k, y - r], [x + r, y - k], [x + r, y]),
            Segment::Close,
        ];
        Self { segments, ..Self::default() }
    }

    /// Fills it.
    #[must_use]
    pub fn filled(mut self, paint: Paint) -> Self {
        self.fill = Some(paint);
        self
    }

    /// Strokes it.
    #[must_use]
    pub fn stroked(mut self, stroke: Stroke) -> Self {
        self.stroke = Some(stroke);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::Path;

    #[test]
    fn an_outline_of_the_same_form_lies_so_far_off() {
        let circle = Path::circle(3.0, 4.0, 5.0);
        assert_eq!(Path::circle(5.0, 1.0, 5.0).offset_from(&circle).map(|by| by.map(f64::round)), Some([2.0, -3.0]));
        assert_eq!(Path::circle(3.0, 4.0, 5.5).offset_from(&circle), None);
        assert_eq!(Path::rect(3.0, 4.0, 5.0, 5.0).offset_from(&circle), None);
        assert_eq!(Path::line(&[[0.0, 0.0], [2.0, 0.0]]).offset_from(&Path::line(&[[0.0, 0.0], [3.0, 0.0]])), None);
        assert_eq!(Path::default().offset_from(&Path::default()), None);
    }
}
