//! The strip of a film's period: a line from its first to its last moment, ticks where something changes,
//! and how far the moment drawn is; above it what changed, where that is wanted.

use super::label::Rect;
use super::pen::{Pen, Style};
use super::theme;
use super::words::fill;
use crate::model::{Moment, Offset};
use crate::scene::{Anchor, Direction, Node, Paint, Path, Segment, Stroke};

const CHANGES: Style = Style { size: 15.0, weight: 400, color: theme::INK };
const DAY: Style = Style { size: 12.0, weight: 400, color: theme::MUTED };

/// Pieces that what has passed is drawn in: those of the frame before are not drawn again.
const PIECES: u32 = 32;

/// A strip in its place.
#[derive(Debug)]
pub struct Strip {
    /// Where the line begins and ends, and its height on the page.
    line: [f64; 3],
    unit: f64,
    period: [Moment; 2],
    ticks: Vec<Moment>,
}

impl Strip {
    /// Height in units of the design.
    pub const HEIGHT: f64 = 26.0;

    /// Places the strip in a rectangle, and draws what does not change: the first and last day at its ends, the
    /// line and its ticks.
    pub fn new(
        pen: &mut Pen,
        [x, y, width, height]: Rect,
        offset: Offset,
        period: [Moment; 2],
        ticks: Vec<Moment>,
    ) -> (Self, Vec<Node>) {
        let rtl = pen.words.direction == Direction::Rtl;
        let unit = pen.unit.max(0.6);
        let middle = y + height / 2.0;
        let size = pen.size(DAY);
        let days = period.map(|moment| pen.words.day(offset.day_of(moment)));
        let mut nodes = Vec::new();
        let (mut left, mut right) = (x, x + width);
        let [first, last] = if rtl { [&days[1], &days[0]] } else { [&days[0], &days[1]] };
        let gap = 12.0 * unit;
        for (words, at, anchor) in [(first, x, Anchor::Left), (last, x + width, Anchor::Right)] {
            let text = pen.line(words, [at, middle + 0.36 * size], anchor, DAY);
            match anchor {
                Anchor::Left => left += text.shaped.width + gap,
                _ => right -= text.shaped.width + gap,
            }
            nodes.push(Node::Text(text));
        }
        let right = right.max(left);
        let ends = [[left, middle], [right, middle]];
        nodes.push(Node::Path(Path::line(&ends).stroked(Stroke::solid(theme::RULE, 2.4 * unit))));
        let line = if rtl { [right, left, middle] } else { [left, right, middle] };
        let strip = Self { line, unit, period, ticks };
        let tall = 5.5 * unit;
        let tick = |moment: &Moment| {
            let x = strip.at(*moment);
            [Segment::Move([x, middle - tall]), Segment::Line([x, middle + tall])]
        };
        let segments: Vec<Segment> = strip.ticks.iter().flat_map(tick).collect();
        if !segments.is_empty() {
            let ticks = Path { segments, ..Path::default() };
            nodes.push(Node::Path(ticks.stroked(Stroke::solid(theme::MUTED, 1.1 * unit))));
        }
        (strip, nodes)
    }

    /// Where the ticks are.
    pub fn ticks(&self) -> &[Moment] {
        &self.ticks
    }

    fn at(&self, moment: Moment) -> f64 {
        let [from, to] = self.period;
        let all = (to.0 - from.0).max(1) as f64;
        let part = ((moment.0 - from.0) as f64 / all).clamp(0.0, 1.0);
        self.line[0] + (self.line[1] - self.line[0]) * part
    }

    /// Draws how far a moment is.
    pub fn draw(&self, now: Moment) -> Vec<Node> {
        let [begin, end, middle] = self.line;
        let unit = self.unit;
        let here = self.at(now);
        let step = (end - begin) / f64::from(PIECES);
        let mut nodes = Vec::new();
        for i in 0..PIECES {
            let from = begin + step * f64::from(i);
            let to = if (here - from).abs() < step.abs() { here } else { from + step };
            let is_reached = (here - from) * step > 0.0;
            if is_reached && from != to {
                let piece = Path::line(&[[from, middle], [to, middle]]);
                nodes.push(Node::Path(piece.stroked(Stroke::solid(theme::INK, 2.4 * unit))));
            }
        }
        let mark = Path::circle(here, middle, 5.0 * unit);
        nodes.push(Node::Path(mark.filled(Paint::solid(theme::PAPER)).stroked(Stroke::solid(theme::INK, 2.2 * unit))));
        nodes
    }
}

/// A line that says what changed.
#[derive(Debug)]
pub struct Caption {
    at: [f64; 2],
    anchor: Anchor,
    width: f64,
}

impl Caption {
    /// Places the line in a rectangle.
    pub fn new(pen: &Pen, [x, y, width, height]: Rect) -> Self {
        let baseline = y + height / 2.0 + 0.36 * pen.size(CHANGES);
        match pen.words.direction {
            Direction::Rtl => Self { at: [x + width, baseline], anchor: Anchor::Right, width },
            Direction::Ltr => Self { at: [x, baseline], anchor: Anchor::Left, width },
        }
    }

    /// Says as many changes as there is room for, and how many more there are.
    pub fn draw(&self, pen: &mut Pen, changes: &[String]) -> Vec<Node> {
        for kept in (0..=changes.len()).rev() {
            let mut words = changes[..kept].join("; ");
            if kept < changes.len() {
                let count = pen.words.isolate(&(changes.len() - kept).to_string());
                let more = fill(pen.words.more_changes, &[("count", &count)]);
                words = if words.is_empty() { more } else { format!("{words}; {more}") };
            }
            let line = pen.line(&words, self.at, self.anchor, CHANGES);
            if line.shaped.width <= self.width {
                return if words.is_empty() { Vec::new() } else { vec![Node::Text(line)] };
            }
        }
        Vec::new()
    }
}
