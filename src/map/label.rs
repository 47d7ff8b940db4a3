//! Where texts find room: boxes that must not overlap, and candidates in order of preference.

use super::pen::{Pen, Style};
pub use crate::geometry::placement::{Rect, meet};
use crate::scene::{Anchor, Text};

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

    /// The boxes that are taken.
    pub fn taken(&self) -> &[Rect] {
        &self.taken
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

/// Boxes by where they lie, for maps with thousands of them.
pub struct Obstacles<'a> {
    all: &'a [Rect],
    panel: Rect,
    columns: usize,
    rows: usize,
    /// Indices by square, rising.
    squares: Vec<Vec<u32>>,
}

/// Side of a square in pixels.
const SQUARE: f64 = 96.0;

impl<'a> Obstacles<'a> {
    /// Sorts boxes into squares of a panel; those beyond it count to its edge.
    pub fn new(all: &'a [Rect], panel: Rect) -> Self {
        let count = |side: f64| ((side / SQUARE).ceil().max(1.0) as usize).min(1000);
        let (columns, rows) = (count(panel[2]), count(panel[3]));
        let mut found = Self { all, panel, columns, rows, squares: vec![Vec::new(); columns * rows] };
        for (i, rect) in all.iter().enumerate() {
            for square in found.under(*rect) {
                found.squares[square].push(i as u32);
            }
        }
        found
    }

    /// The boxes in the squares that a box meets: all that meet it, and some beside it.
    pub fn near(&self, rect: Rect) -> Vec<Rect> {
        let mut found: Vec<u32> = self.under(rect).flat_map(|square| self.squares[square].iter().copied()).collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|i| self.all[i as usize]).collect()
    }

    fn under(&self, [x, y, w, h]: Rect) -> impl Iterator<Item = usize> + use<> {
        let along = |v: f64, from: f64, count: usize| ((v - from) / SQUARE).clamp(0.0, (count - 1) as f64) as usize;
        let [left, right] = [x, x + w].map(|v| along(v, self.panel[0], self.columns));
        let [top, foot] = [y, y + h].map(|v| along(v, self.panel[1], self.rows));
        let columns = self.columns;
        (top..=foot).flat_map(move |row| (left..=right).map(move |column| row * columns + column))
    }
}

/// A box grown on every side.
pub fn grown([x, y, w, h]: Rect, by: f64) -> Rect {
    [x - by, y - by, w + 2.0 * by, h + 2.0 * by]
}

/// Tells whether a point lies in a box.
pub fn holds([x, y, w, h]: Rect, at: [f64; 2]) -> bool {
    at[0] >= x && at[0] <= x + w && at[1] >= y && at[1] <= y + h
}

/// Where the label of a point may stand, in Imhof's order: which end of the text is at the symbol, the
/// offset in radii to the right and in lines downwards, and the cost.
const IMHOF: [(Anchor, f64, f64, f64); 12] = [
    (Anchor::Left, 1.0, -0.55, 0.0),
    (Anchor::Left, 1.0, 0.55, 0.6),
    (Anchor::Right, -1.0, -0.55, 1.2),
    (Anchor::Right, -1.0, 0.55, 1.8),
    (Anchor::Middle, 0.0, -1.0, 2.4),
    (Anchor::Middle, 0.0, 1.0, 3.0),
    (Anchor::Left, 1.0, 0.0, 3.2),
    (Anchor::Right, -1.0, 0.0, 3.8),
    (Anchor::Left, 0.6, -1.3, 4.6),
    (Anchor::Left, 0.6, 1.3, 4.8),
    (Anchor::Right, -0.6, -1.3, 5.0),
    (Anchor::Right, -0.6, 1.3, 5.2),
];

/// The places of a label of a point symbol: its middle line, which end of it is there, and the cost.
///
/// `height` is that of all lines; the position is that of the first baseline.
pub fn around_point(
    [x, y]: [f64; 2],
    radius: f64,
    size: f64,
    height: f64,
    unit: f64,
) -> impl Iterator<Item = ([f64; 2], Anchor, f64)> {
    // the x-height is what the eye centres on, not the font's full height
    let rise = 0.27 * size;
    let gap = radius + 3.0 * unit;
    let more = height - 1.1 * size;
    IMHOF.into_iter().map(move |(anchor, dx, dy, cost)| {
        let at = match anchor {
            Anchor::Middle if dy < 0.0 => [x, y - radius - 1.8 * unit - 0.28 * size - more],
            Anchor::Middle => [x, y + radius + 1.8 * unit + 0.82 * size],
            _ => [
                x + dx * gap,
                y + rise + dy * (0.75 * size + if dy.abs() > 1.0 { radius * 0.5 } else { 0.0 })
                    - more * (1.0 - dy.clamp(-1.0, 1.0)) / 2.0,
            ],
        };
        (at, anchor, cost)
    })
}

/// Takes the best room that is left for the label of a point symbol, if any is.
pub fn point_label(pen: &mut Pen, room: &mut Room, words: &str, at: [f64; 2], radius: f64, style: Style) {
    let mut text = pen.line(words, at, Anchor::Left, style);
    for (at, anchor, _) in around_point(at, radius, text.size, 1.1 * text.size, pen.unit) {
        (text.at, text.anchor) = (at, anchor);
        let b = tight(&text);
        if room.is_free(b) {
            room.take(b);
            return;
        }
    }
}

/// The box that letters really fill, less than the font's full height.
pub fn tight(text: &Text) -> Rect {
    let width = text.shaped.width;
    [text.left() - 1.0, text.at[1] - 0.82 * text.size, width + 2.0, 1.1 * text.size]
}

#[cfg(test)]
mod tests {
    use super::{Obstacles, meet};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_box_that_meets_another_is_missed(
            all in prop::collection::vec((-50.0..900.0_f64, -50.0..700.0_f64, 0.0..300.0_f64), 0..40),
            at in (-50.0..900.0_f64, -50.0..700.0_f64, 1.0..400.0_f64),
        ) {
            let all: Vec<[f64; 4]> = all.into_iter().map(|(x, y, w)| [x, y, w, w / 3.0]).collect();
            let rect = [at.0, at.1, at.2, at.2];
            let near = Obstacles::new(&all, [0.0, 0.0, 800.0, 600.0]).near(rect);
            let hit = |boxes: &[[f64; 4]]| boxes.iter().copied().filter(|b| meet(*b, rect)).collect::<Vec<_>>();
            prop_assert_eq!(hit(&near), hit(&all));
        }
    }
}
