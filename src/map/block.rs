//! A label as one block: lines of text, and marks above them; knows the boxes that it fills.

use super::annotation::{Mark, mark};
use super::label::{Rect, tight};
use super::pen::{Pen, Style};
use super::wrap::Paragraph;
use crate::scene::{Anchor, Group, Halo, Node, Text};

/// Lines and marks around an origin: the middle of the block, or the start of its first baseline.
#[derive(Clone)]
pub struct Block {
    lines: Vec<Text>,
    marks: Vec<(Mark, [f64; 2])>,
    /// Radius of a mark.
    radius: f64,
    /// Width and height.
    pub size: [f64; 2],
}

/// From line to line, in sizes of the letters.
const LEADING: f64 = 1.16;

/// Names in bold longer than this, in sizes of the letters, are broken at blanks.
pub const LONGEST: f64 = 7.5;

/// The same where there is little room.
pub const SHORT: f64 = 4.0;

/// A long name as lines of about one length.
fn broken(pen: &mut Pen, words: &str, style: Style, longest: f64) -> Vec<(String, Style)> {
    // most names are short, and need not be measured for that
    let is_long = style.weight >= 700 && words.contains(' ') && words.chars().count() as f64 > longest;
    let longest = longest * pen.size(style);
    if !is_long || pen.width(words, style) <= longest {
        return vec![(words.to_owned(), style)];
    }
    Paragraph::new(pen, words, style).balanced(longest).into_iter().map(|line| (line, style)).collect()
}

impl Block {
    /// Lines below each other, centred on the origin, with a row of marks above them; names longer than so many
    /// sizes of their letters are broken.
    pub fn centred(pen: &mut Pen, lines: &[(&str, Style)], marks: &[Mark], longest: f64) -> Self {
        let radius = 7.5 * pen.unit.max(0.7);
        let row = if marks.is_empty() { 0.0 } else { 2.0 * radius + 3.0 * pen.unit };
        let broken = lines.iter().flat_map(|(words, style)| broken(pen, words, *style, longest));
        let broken: Vec<(String, Style)> = broken.collect();
        let text: f64 = broken.iter().map(|(_, s)| pen.size(*s) * LEADING).sum();
        let height = row + text;
        let mut top = row - height / 2.0;
        let mut shaped = Vec::new();
        for (words, style) in &broken {
            let size = pen.size(*style);
            shaped.push(pen.line(words, [0.0, top + size * 0.87], Anchor::Middle, *style));
            top += size * LEADING;
        }
        let step = 2.0 * radius + 4.0 * pen.unit;
        let left = -step * (marks.len().max(1) - 1) as f64 / 2.0;
        let at = |i: usize| [left + step * i as f64, radius - height / 2.0];
        let marks: Vec<(Mark, [f64; 2])> = marks.iter().enumerate().map(|(i, m)| (*m, at(i))).collect();
        let row = if marks.is_empty() { 0.0 } else { step * (marks.len() - 1) as f64 + 2.0 * radius };
        let width = shaped.iter().map(|t| t.shaped.width + 2.0).fold(row, f64::max);
        Self { lines: shaped, marks, radius, size: [width, height] }
    }

    /// Lines below each other whose first baseline starts, ends or is centred at the origin.
    pub fn beside(pen: &mut Pen, lines: &[(&str, Style)]) -> Self {
        let (mut baseline, mut height) = (0.0, 0.0);
        let mut shaped = Vec::new();
        for (i, (words, style)) in lines.iter().enumerate() {
            let size = pen.size(*style);
            baseline += if i == 0 { 0.0 } else { size * 1.1 };
            height += size * 1.1;
            shaped.push(pen.line(words, [0.0, baseline], Anchor::Left, *style));
        }
        let width = shaped.iter().map(|t| t.shaped.width).fold(0.0, f64::max);
        Self { lines: shaped, marks: Vec::new(), radius: 0.0, size: [width, height] }
    }

    /// The same with other words in the lines after the first few and no marks but those given, all where they
    /// stood; what has nothing to say is left out.
    pub fn saying(&self, pen: &mut Pen, kept: usize, words: &[String], marks: &[Mark]) -> Self {
        let mut lines = self.lines.clone();
        lines.truncate(kept + words.len());
        for (line, words) in lines.iter_mut().skip(kept).zip(words) {
            if line.text != *words {
                *line = pen.again(line, words);
            }
        }
        let now =
            |(mark, at): &(Mark, [f64; 2])| marks.iter().find(|m| m.is_strike == mark.is_strike).map(|m| (*m, *at));
        Self { lines, marks: self.marks.iter().filter_map(now).collect(), ..*self }
    }

    /// Tells whether there are words.
    pub fn has_words(&self) -> bool {
        !self.lines.is_empty()
    }

    /// Letter size of the first line.
    pub fn letter(&self) -> f64 {
        self.lines.first().map_or(0.0, |t| t.size)
    }

    /// The same with its row of marks elsewhere, its middle so far from the origin; the lines fill the whole.
    pub fn with_marks_at(&self, middle: [f64; 2]) -> Self {
        let mut block = self.clone();
        let (Some(first), Some(last)) = (self.marks.first(), self.marks.last()) else { return block };
        let row = [f64::midpoint(first.1[0], last.1[0]), first.1[1]];
        for (_, at) in &mut block.marks {
            *at = [at[0] - row[0] + middle[0], at[1] - row[1] + middle[1]];
        }
        // without the row above them the lines stand in the middle
        let up = if self.lines.is_empty() { 0.0 } else { self.row() / 2.0 };
        block.lines.iter_mut().for_each(|line| line.at[1] -= up);
        block
    }

    /// The height of the row of marks above the lines.
    fn row(&self) -> f64 {
        let text: f64 = self.lines.iter().map(|t| t.size * LEADING).sum();
        self.size[1] - text
    }

    /// The boxes that its lines fill with its origin at a point.
    pub fn line_boxes(&self, at: [f64; 2], anchor: Anchor) -> Vec<Rect> {
        let mut boxes = self.boxes(at, anchor);
        boxes.truncate(self.lines.len());
        boxes
    }

    /// The boxes that it fills with its origin at a point: those of its lines, then those of its marks.
    pub fn boxes(&self, at: [f64; 2], anchor: Anchor) -> Vec<Rect> {
        let line = |text: &Text| {
            let [_, y, w, h] = tight(text);
            let left = match anchor {
                Anchor::Left => 0.0,
                Anchor::Middle => -text.shaped.width / 2.0,
                Anchor::Right => -text.shaped.width,
            };
            [at[0] + left - 1.0, at[1] + y, w, h]
        };
        let r = self.radius;
        let mark = |(_, [x, y]): &(Mark, [f64; 2])| [at[0] + x - r, at[1] + y - r, 2.0 * r, 2.0 * r];
        self.lines.iter().map(line).chain(self.marks.iter().map(mark)).collect()
    }

    /// Draws it with its origin at a point; `title` tells what a mark is.
    pub fn draw(
        &self,
        at: [f64; 2],
        anchor: Anchor,
        mut halo: impl FnMut(&mut Text) -> Halo,
        title: impl Fn(Mark) -> String,
    ) -> Vec<Node> {
        let marks = self.marks.iter().map(|(m, [x, y])| {
            let nodes = mark(m.is_strike, [at[0] + x, at[1] + y], self.radius);
            Node::Group(Group { title: title(*m), nodes, ..Group::default() })
        });
        let mut nodes: Vec<Node> = marks.collect();
        for text in &self.lines {
            let mut text = text.clone();
            text.at = [at[0] + text.at[0], at[1] + text.at[1]];
            text.anchor = anchor;
            text.halo = Some(halo(&mut text));
            nodes.push(Node::Text(text));
        }
        nodes
    }
}
