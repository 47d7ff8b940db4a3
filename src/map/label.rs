//! Where texts find room: boxes that must not overlap, and candidates in order of preference.

use super::pen::{Pen, Style};
use crate::scene::{Anchor, Halo, Text};

/// A box on the page: x, y, width, height.
pub type Rect = [f64; 4];

/// Keeps boxes apart.
#[derive(Debug, Clone)]
pub struct Room {
    bounds: Rect,
    taken: Vec<Rect>,
}

impl Room {
    /// Makes room inside a rectangle.
    pub fn new(bounds: Rect) -> Self {
        Self { bounds, taken: Vec::new() }
    }

    /// Takes a box, whether it is free or not.
    pub fn take(&mut self, taken: Rect) {
        self.taken.push(taken);
    }

    /// Tells whether a box lies inside and meets no other.
    pub fn is_free(&self, b: Rect) -> bool {
        let [x, y, w, h] = self.bounds;
        b[0] >= x
            && b[1] >= y
            && b[0] + b[2] <= x + w
            && b[1] + b[3] <= y + h
            && !self.taken.iter().any(|t| meet(*t, b))
    }
}

/// Tells whether two boxes share ground.
pub fn meet(a: Rect, b: Rect) -> bool {
    a[0] < b[0] + b[2] && b[0] < a[0] + a[2] && a[1] < b[1] + b[3] && b[1] < a[1] + a[3]
}

/// A box grown on every side.
pub fn grown([x, y, w, h]: Rect, by: f64) -> Rect {
    [x - by, y - by, w + 2.0 * by, h + 2.0 * by]
}

/// Where the label of a point may stand, in Imhof's order: the corner of the anchor and the offset in
/// radii to the right and downwards.
const IMHOF: [(Anchor, f64, f64); 8] = [
    (Anchor::Left, 1.0, -0.55),
    (Anchor::Left, 1.0, 0.55),
    (Anchor::Right, -1.0, -0.55),
    (Anchor::Right, -1.0, 0.55),
    (Anchor::Middle, 0.0, -1.0),
    (Anchor::Middle, 0.0, 1.0),
    (Anchor::Left, 1.0, 0.0),
    (Anchor::Right, -1.0, 0.0),
];

/// Places the label of a point symbol where there is room, and takes the room; `None` where there is none.
pub fn point_label(
    pen: &mut Pen,
    room: &mut Room,
    words: &str,
    [x, y]: [f64; 2],
    radius: f64,
    style: Style,
    halo: Halo,
) -> Option<Text> {
    let mut text = pen.line(words, [x, y], Anchor::Left, style);
    text.halo = Some(halo);
    // the x-height is what the eye centres on, not the font's full height
    let rise = 0.27 * text.size;
    let gap = radius + 3.0 * pen.unit;
    for (anchor, dx, dy) in IMHOF {
        text.anchor = anchor;
        text.at = match anchor {
            Anchor::Middle if dy < 0.0 => [x, y - radius - 1.8 * pen.unit - 0.28 * text.size],
            Anchor::Middle => [x, y + radius + 1.8 * pen.unit + 0.82 * text.size],
            _ => [x + dx * gap, y + rise + dy * 0.75 * text.size],
        };
        let b = tight(&text);
        if room.is_free(b) {
            room.take(b);
            return Some(text);
        }
    }
    None
}

/// The box that letters really fill, less than the font's full height.
pub fn tight(text: &Text) -> Rect {
    let width = text.shaped.width;
    [text.left() - 1.0, text.at[1] - 0.82 * text.size, width + 2.0, 1.1 * text.size]
}
