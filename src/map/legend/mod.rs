//! The legend: a key for each class drawn, as it looks on the map; here how the keys stand, in [`entry`] what they say.

mod entry;

use super::label::Rect;
use super::layout::{Block, Layout};
use super::look::Look;
use super::pen::{Pen, Style};
use super::swatch::{Swatch, swatch};
use super::theme;
use super::wrap::Paragraph;
use crate::model::Day;
use crate::scene::{Anchor, Direction, Group, Node, Paint, Path, Stroke};
pub use entry::Subject;
use std::ops::Range;

/// A line of the legend before it has a place.
enum Entry {
    /// A heading.
    Heading(Paragraph),
    /// A key: what it looks like, and its text.
    Key(Swatch, Paragraph),
}

/// What the texts of keys say of time.
#[derive(Debug, Clone, Copy)]
pub struct Tense {
    /// The figure's day: names of actors are those of that day.
    pub day: Day,
    /// The day of the earlier line.
    pub baseline: Day,
    /// Days after which a word is old.
    pub stale_days: i32,
    /// Lengths of time in place of dates, where the figure has many days.
    pub lasting: Option<Lasting>,
}

/// How long things show in a figure of many days.
#[derive(Debug, Clone, Copy)]
pub struct Lasting {
    /// Days for which a change is outlined, where those are counted.
    pub changed: Option<i32>,
    /// Days for which strikes and clashes stay.
    pub fights: i32,
}

/// A legend that knows its texts, but not yet its place.
pub struct Legend {
    entries: Vec<Entry>,
    spacing: &'static Spacing,
}

/// How closely the keys stand, in sizes of their letters.
#[derive(Debug)]
pub struct Spacing {
    line: f64,
    between: f64,
    heading: f64,
    swatch: f64,
    /// More keys of one kind than this, which differ in their actors only, are one key.
    most_alike: usize,
    /// Short names and texts.
    is_brief: bool,
    /// A word or two for each key, and no headings.
    is_terse: bool,
}

impl Spacing {
    /// Tells whether names and texts are short.
    pub fn is_brief(&self) -> bool {
        self.is_brief
    }
}

/// Where there is room.
pub const ROOMY: Spacing =
    Spacing { line: 1.28, between: 0.72, heading: 2.1, swatch: 3.1, most_alike: 3, is_brief: false, is_terse: false };
/// Where there is not.
pub const CLOSE: Spacing =
    Spacing { line: 1.18, between: 0.36, heading: 1.9, swatch: 2.0, most_alike: 1, is_brief: false, is_terse: false };
/// Where there is least.
pub const BRIEF: Spacing = Spacing { between: 0.26, is_brief: true, ..CLOSE };
/// On the smallest pages.
pub const TERSE: Spacing = Spacing { between: 0.2, swatch: 1.7, most_alike: 0, is_terse: true, ..BRIEF };

const HEADING: Style = Style { size: 15.0, weight: 700, color: theme::INK };
const TEXT: Style = Style { size: 14.5, weight: 400, color: theme::INK };

/// The most columns.
const MOST_COLUMNS: usize = 6;
/// Widths of a column that are tried, in sizes of its letters.
const COLUMNS: [f64; 3] = [22.8, 18.0, 13.8];
/// The least width of a column in sizes of its letters: a few words beside the swatch.
const LEAST_COLUMN: f64 = 10.4;

/// The same where keys are a word or two.
const LEAST_TERSE: f64 = 7.4;

impl Legend {
    /// Makes a legend of keys and their texts; a text without a key is a heading.
    pub fn of(entries: Vec<(Option<Swatch>, String)>, pen: &mut Pen, spacing: &'static Spacing) -> Self {
        let entry = |(swatch, text): (Option<Swatch>, String)| match swatch {
            None => Entry::Heading(Paragraph::new(pen, &text, HEADING)),
            Some(swatch) => Entry::Key(swatch, Paragraph::new(pen, &text, TEXT)),
        };
        Self { entries: entries.into_iter().map(entry).collect(), spacing }
    }

    /// Its headings and keys in order, for a legend that is no drawing: what a key looks like in a box of a
    /// width and height at the origin, and its text.
    pub fn told(&self, look: &Look, [width, height]: [f64; 2]) -> Vec<(Option<Vec<Node>>, String)> {
        let told = |entry: &Entry| match entry {
            Entry::Heading(text) => (None, text.whole()),
            Entry::Key(key, text) => {
                let mut nodes = Vec::new();
                swatch(key, look, [1.0, 1.0, width - 2.0, height - 2.0], &mut nodes);
                (Some(nodes), text.whole())
            }
        };
        self.entries.iter().map(told).collect()
    }

    /// The forms that the legend can take within a width.
    pub fn blocks(&self, pen: &Pen, width: f64) -> Vec<Block> {
        let least = if self.spacing.is_terse { LEAST_TERSE } else { LEAST_COLUMN } * pen.size(TEXT);
        let mut blocks: Vec<Block> = Vec::new();
        for wanted in COLUMNS.map(|wide| wide * pen.size(TEXT)).into_iter().chain([least]) {
            let most = wanted.max(least).min(width);
            // no wider than its texts
            let column = self.entries.iter().map(|e| self.entry_width(e, pen, most)).fold(0.0, f64::max).min(most);
            let heights: Vec<f64> = self.entries.iter().map(|e| self.entry_height(e, pen, column)).collect();
            let lines = self.lines(pen, column);
            for columns in 1..=MOST_COLUMNS.min(self.entries.len()) {
                let total = columns as f64 * column + (columns - 1) as f64 * gap(pen);
                if total > width + 0.5 {
                    break;
                }
                let height = self.least_height(&heights, columns);
                let columns = self.split(&heights, height).len();
                let total = columns as f64 * column + (columns.max(1) - 1) as f64 * gap(pen);
                let block = Block { columns, column, size: [total, height], lines };
                if !blocks.contains(&block) {
                    blocks.push(block);
                }
            }
        }
        blocks
    }

    /// How many lines a key has in a column of a width, each weighed by its lines.
    fn lines(&self, pen: &Pen, column: f64) -> f64 {
        let count = |entry: &Entry| match entry {
            Entry::Heading(_) => None,
            Entry::Key(_, text) => Some(text.extent(column - self.indent(pen)).0 as f64),
        };
        let counts: Vec<f64> = self.entries.iter().filter_map(count).collect();
        counts.iter().map(|n| n * n).sum::<f64>() / counts.iter().sum::<f64>().max(1.0)
    }

    /// The least height at which a number of columns suffices.
    fn least_height(&self, heights: &[f64], columns: usize) -> f64 {
        let total: f64 = heights.iter().sum();
        let step = heights.iter().copied().fold(f64::INFINITY, f64::min).max(1.0) / 4.0;
        // what stays together needs its height
        let highest = self.kept().into_iter().map(|kept| heights[kept].iter().sum::<f64>()).fold(0.0, f64::max);
        let mut height = highest.max(total / columns as f64) + self.lead(heights, &[1]);
        while self.split(heights, height).len() > columns {
            height += step;
        }
        let high = |column: &Vec<usize>| self.lead(heights, column) + column.iter().map(|i| heights[*i]).sum::<f64>();
        self.split(heights, height).iter().map(high).fold(0.0, f64::max)
    }

    /// The entries in parts that no column tears: a heading with its keys where those are few, else with its first two;
    /// the last two.
    fn kept(&self) -> Vec<Range<usize>> {
        let is_heading = |i: &usize| matches!(self.entries[*i], Entry::Heading(_));
        let headings: Vec<usize> = (0..self.entries.len()).filter(is_heading).collect();
        let mut kept: Vec<Range<usize>> =
            (0..headings.first().copied().unwrap_or(self.entries.len())).map(one).collect();
        for (n, from) in headings.iter().enumerate() {
            let to = headings.get(n + 1).copied().unwrap_or(self.entries.len());
            if to - from - 1 <= FEW {
                kept.push(*from..to);
            } else {
                kept.push(*from..from + 3);
                kept.extend((from + 3..to - 2).map(one));
                kept.push(to - 2..to);
            }
        }
        kept
    }

    /// Blank above a column that begins with a key: its keys stand in rows with those below the first heading.
    fn lead(&self, heights: &[f64], column: &[usize]) -> f64 {
        let is_heading = |i: usize| matches!(self.entries.get(i), Some(Entry::Heading(_)));
        // there may be a heading and nothing below it
        let has_key = column.first().is_some_and(|i| *i < heights.len() && !is_heading(*i));
        if is_heading(0) && has_key { heights[0] } else { 0.0 }
    }

    /// Divides the entries into columns no higher than a height, if what stays together is not.
    fn split(&self, heights: &[f64], height: f64) -> Vec<Vec<usize>> {
        let mut out: Vec<Vec<usize>> = vec![Vec::new()];
        let mut used = 0.0;
        for kept in self.kept() {
            let own: f64 = heights[kept.clone()].iter().sum();
            let last = out.len() - 1;
            if used + own > height + 0.5 && !out[last].is_empty() {
                used = own + self.lead(heights, &[kept.start]);
                out.push(kept.collect());
            } else {
                out[last].extend(kept);
                used += own;
            }
        }
        out
    }

    /// Draws it where the layout says, on paper of its own where that is on the map.
    pub fn draw(&self, pen: &mut Pen, look: &Look, layout: &Layout, blocks: &[Block]) -> Node {
        let mut nodes = Vec::new();
        let Some(block) = blocks.get(layout.block) else { return Node::Group(Group::default()) };
        let [mut x, mut y, width, height] = layout.legend;
        if layout.inside {
            let edge = Stroke::solid(theme::RULE, pen.unit.max(0.6));
            nodes.push(Node::Path(Path::rect(x, y, width, height).filled(Paint::solid(theme::PAPER)).stroked(edge)));
            // the blank below the last key is not seen as one
            let last = self.spacing.between * pen.size(TEXT);
            (x, y) = (x + (width - block.size[0]) / 2.0, y + (height - block.size[1] + last) / 2.0);
        }
        let rtl = pen.words.direction == Direction::Rtl;
        let heights: Vec<f64> = self.entries.iter().map(|e| self.entry_height(e, pen, block.column)).collect();
        for (i, group) in self.split(&heights, block.size[1]).iter().enumerate() {
            let slot = if rtl { block.columns - 1 - i } else { i };
            let left = x + slot as f64 * (block.column + gap(pen));
            // no blank above a heading that begins a column
            let is_heading = group.first().is_some_and(|i| matches!(self.entries[*i], Entry::Heading(_)));
            let above = (self.spacing.heading - 1.6) * pen.size(HEADING);
            let lead = self.lead(&heights, group);
            let mut top = if is_heading || lead > 0.0 { y + lead - above } else { y };
            for index in group {
                self.entry(&self.entries[*index], pen, look, [left, top, block.column], &mut nodes);
                top += heights[*index];
            }
        }
        Node::Group(Group { id: "legend".into(), nodes, ..Group::default() })
    }

    fn entry_height(&self, entry: &Entry, pen: &Pen, width: f64) -> f64 {
        let Spacing { line, between, heading, .. } = *self.spacing;
        match entry {
            Entry::Heading(text) => {
                let lines = text.extent(width).0 as f64;
                pen.size(HEADING) * (heading + (lines - 1.0) * line)
            }
            Entry::Key(_, text) => pen.size(TEXT) * (text.extent(width - self.indent(pen)).0 as f64 * line + between),
        }
    }

    fn entry_width(&self, entry: &Entry, pen: &Pen, width: f64) -> f64 {
        match entry {
            Entry::Heading(text) => text.extent(width).1,
            Entry::Key(_, text) => self.indent(pen) + text.extent(width - self.indent(pen)).1 + 1.0,
        }
    }

    /// Width of a swatch and the blank behind it.
    fn indent(&self, pen: &Pen) -> f64 {
        pen.size(TEXT) * (self.spacing.swatch + 0.8)
    }

    fn entry(&self, entry: &Entry, pen: &mut Pen, look: &Look, [x, y, width]: [f64; 3], nodes: &mut Vec<Node>) {
        let rtl = pen.words.direction == Direction::Rtl;
        let (edge, anchor) = if rtl { (x + width, Anchor::Right) } else { (x, Anchor::Left) };
        let spacing = self.spacing;
        match entry {
            Entry::Heading(text) => {
                let size = pen.size(HEADING);
                for (i, line) in text.even(width).iter().enumerate() {
                    let baseline = y + size * (spacing.heading - 0.8 + spacing.line * i as f64);
                    nodes.push(Node::Text(pen.line(line, [edge, baseline], anchor, HEADING)));
                }
            }
            Entry::Key(look_of, text) => {
                let size = pen.size(TEXT);
                let (w, h) = (size * spacing.swatch, size * 1.35_f64.min(spacing.line + spacing.between - 0.2));
                let left = if rtl { edge - w } else { edge };
                let at: Rect = [left, y + 0.1 * size, w, h];
                swatch(look_of, look, at, nodes);
                let start = if rtl { edge - self.indent(pen) } else { edge + self.indent(pen) };
                for (i, line) in text.even(width - self.indent(pen)).iter().enumerate() {
                    let baseline = at[1] + h / 2.0 + size * (0.36 + spacing.line * i as f64);
                    nodes.push(Node::Text(pen.line(line, [start, baseline], anchor, TEXT)));
                }
            }
        }
    }
}

/// The most keys below a heading that stay together.
const FEW: usize = 4;

fn one(i: usize) -> Range<usize> {
    i..i + 1
}

/// Blank between columns.
fn gap(pen: &Pen) -> f64 {
    (24.0 * pen.unit).max(10.0)
}

#[cfg(test)]
mod tests {
    use super::{Legend, ROOMY};
    use crate::map::pen::Pen;
    use crate::map::swatch::Swatch;
    use crate::map::words::words;
    use crate::project::Digits;
    use crate::scene::Shaper;

    fn legend(groups: &[usize]) -> (Legend, Pen) {
        let mut pen = Pen {
            shaper: Shaper::new(),
            unit: 1.0,
            words: words("en"),
            digits: Digits::default(),
            second: String::new(),
        };
        let group = |keys: &usize| {
            let keys =
                (0..*keys).map(|i| (Some(Swatch::Sizes), format!("Party {i} of a long name that takes its room")));
            std::iter::once((None, "Heading".to_owned())).chain(keys).collect::<Vec<_>>()
        };
        let entries = groups.iter().flat_map(group).collect();
        let legend = Legend::of(entries, &mut pen, &ROOMY);
        (legend, pen)
    }

    #[test]
    fn a_small_group_is_not_torn_and_no_heading_or_key_stands_alone() {
        for groups in [&[3, 4][..], &[4, 9], &[2, 2, 2], &[11], &[5, 1], &[1]] {
            let (legend, pen) = legend(groups);
            for block in legend.blocks(&pen, 1600.0) {
                let heights: Vec<f64> =
                    legend.entries.iter().map(|e| legend.entry_height(e, &pen, block.column)).collect();
                let columns = legend.split(&heights, block.size[1]);
                assert_eq!(columns.len(), block.columns);
                let mut from = 0;
                for keys in groups {
                    let parts: Vec<usize> = columns
                        .iter()
                        .map(|column| column.iter().filter(|i| (from..=from + keys).contains(i)).count())
                        .filter(|count| *count > 0)
                        .collect();
                    assert!(parts.len() == 1 || (*keys > 4 && parts[0] > 2), "{groups:?}: {columns:?}");
                    assert!(parts.len() == 1 || parts[parts.len() - 1] > 1, "{groups:?}: {columns:?}");
                    from += keys + 1;
                }
            }
        }
    }
}
