//! The legend: a key for each class drawn, as it looks on the map.

use super::describe::square_km;
use super::key::{Keys, Shades, Sign};
use super::label::Rect;
use super::layout::{Block, Layout};
use super::look::Look;
use super::pen::{Pen, Style};
use super::swatch::{Swatch, swatch};
use super::symbol::Shape;
use super::theme;
use super::words::{Words, fill};
use super::wrap::Paragraph;
use crate::model::{ActorIndex, Control, Dataset, Day, OverlayKind};
use crate::scene::{Anchor, Direction, Group, Node, Paint, Path, Stroke};
use crate::timeline::{Basis, State};
use std::mem::{Discriminant, discriminant};

/// A line of the legend before it has a place.
enum Entry {
    /// A heading.
    Heading(Paragraph),
    /// A key: what it looks like, and its text.
    Key(Swatch, Paragraph),
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
}

/// Where there is room.
pub const ROOMY: Spacing =
    Spacing { line: 1.28, between: 0.72, heading: 2.1, swatch: 3.1, most_alike: 3, is_brief: false };
/// Where there is not.
pub const CLOSE: Spacing =
    Spacing { line: 1.18, between: 0.36, heading: 1.9, swatch: 2.0, most_alike: 1, is_brief: false };
/// Where there is least.
pub const BRIEF: Spacing = Spacing { between: 0.26, is_brief: true, ..CLOSE };

const HEADING: Style = Style { size: 15.0, weight: 700, color: theme::INK };
const TEXT: Style = Style { size: 14.5, weight: 400, color: theme::INK };

/// The most columns.
const MOST_COLUMNS: usize = 6;
/// Widths of a column that are tried, in units of the design.
const COLUMNS: [f64; 3] = [330.0, 260.0, 200.0];
/// The least width of a column in sizes of its letters: a few words beside the swatch.
const LEAST_COLUMN: f64 = 10.4;

impl Legend {
    /// Makes the keys of all classes drawn.
    pub fn new(
        keys: &Keys,
        dataset: &Dataset,
        look: &Look,
        pen: &mut Pen,
        day: Day,
        stale_days: i32,
        spacing: &'static Spacing,
    ) -> Self {
        let words = pen.words;
        let full = |a: ActorIndex| {
            let actor = dataset.actor(a).on(day);
            let name = if spacing.is_brief { actor.label(words.lang) } else { actor.names.get(words.lang) };
            words.isolate(name)
        };
        let short = |actors: &[ActorIndex]| {
            words.list(
                &actors.iter().map(|a| words.isolate(dataset.actor(*a).on(day).label(words.lang))).collect::<Vec<_>>(),
            )
        };
        let mut entries: Vec<(Option<Swatch>, String)> = Vec::new();
        if !keys.holders.is_empty() {
            entries.push((None, words.control.to_owned()));
        }
        for (actor, Shades { fresh, stale }) in &keys.holders {
            let [first, second] = match (fresh, stale) {
                (true, true) => [false, true],
                (_, faded) => [*faded, *faded],
            };
            let swatch = Swatch::Colors(look.color(*actor, first), look.color(*actor, second));
            entries.push((Some(swatch), full(*actor)));
        }
        if !keys.signs.is_empty() {
            entries.push((None, words.signs.to_owned()));
        }
        let merged = merged(keys, spacing.most_alike);
        for (sign, sample) in &keys.signs {
            match merged.iter().find(|m| m.kind == discriminant(sign)) {
                Some(one) if one.first == sign => {
                    let text = match sign {
                        Sign::Contested(_) => words.contested_any,
                        Sign::Shared(_) => words.shared_any,
                        _ => words.lost_any,
                    };
                    entries.push((Some(Swatch::Sample(Box::new(sample.clone()))), text.to_owned()));
                    continue;
                }
                Some(_) => continue,
                None => {}
            }
            let shown = sample;
            let sample = || Swatch::Sample(Box::new(shown.clone()));
            let (swatch, text) = match sign {
                Sign::Partial if spacing.is_brief => (sample(), words.partial_brief.to_owned()),
                Sign::Partial => (sample(), words.partial.to_owned()),
                Sign::Interval if spacing.is_brief || keys.ground.is_empty() => (sample(), words.interval.to_owned()),
                Sign::Interval => (sample(), format!("{} ({})", words.interval, ground(keys, words, short))),
                Sign::Unstated => (sample(), words.unstated.to_owned()),
                Sign::Contested(actors) => (sample(), fill(words.contested, &[("actors", &short(actors))])),
                Sign::Shared(actors) => (sample(), fill(words.shared, &[("actors", &short(actors))])),
                Sign::Lost(actors) => (sample(), fill(words.lost, &[("actors", &short(actors))])),
                Sign::Claimed => (sample(), fill(words.claimed, &[("sources", &claimants(keys, dataset, pen, day))])),
                Sign::Presence(actor) => (sample(), fill(words.presence, &[("actor", &short(&[*actor]))])),
                Sign::Besieged(actor) => {
                    let bare = bare_siege(*actor, keys);
                    (
                        Swatch::Symbol(Shape::Circle, Box::new(bare)),
                        fill(words.besieged, &[("actor", &short(&[*actor]))]),
                    )
                }
                Sign::Vacant => (sample(), words.vacant.to_owned()),
                Sign::Unknown => (sample(), words.unknown.to_owned()),
                Sign::OutOfScope => (sample(), words.out_of_scope.to_owned()),
                Sign::Stale => {
                    let holder = keys.holders.iter().find(|(_, s)| s.stale).map(|(a, _)| *a);
                    let [full, faded] = [false, true].map(|s| holder.map_or(theme::UNKNOWN, |a| look.color(a, s)));
                    (Swatch::Colors(full, faded), fill(words.stale, &[("date", &words.day(day.plus(-stale_days)))]))
                }
                Sign::Changing => (sample(), words.changing.to_owned()),
                Sign::Changed => {
                    let date = look.changed_since.map_or_else(String::new, |d| words.day(d));
                    (Swatch::Heavy, fill(words.changed, &[("date", &date)]))
                }
                Sign::Narrow => {
                    let state = shown.area.clone().map(|s| State { overlays: Vec::new(), since: None, ..s });
                    (Swatch::Symbol(Shape::Bar, Box::new(state.unwrap_or_else(unknown))), words.narrow.to_owned())
                }
                Sign::Strike | Sign::Clash => {
                    let is_strike = *sign == Sign::Strike;
                    let (from, to) = keys.fights[usize::from(!is_strike)].unwrap_or((day, day));
                    (Swatch::Mark(is_strike), words.fight(is_strike, from, to))
                }
                Sign::Closed => {
                    let bare = State { closed: sample_closed(keys), ..unknown() };
                    (Swatch::Symbol(Shape::Square, Box::new(bare)), words.closed.to_owned())
                }
                Sign::Settlement => (Swatch::Sizes, words.settlement.to_owned()),
                Sign::Site(shape, kind) => {
                    let name =
                        words.sites.iter().find(|(k, _)| k == kind).unwrap_or(&words.sites[words.sites.len() - 1]).1;
                    (Swatch::Outline(*shape), name.to_owned())
                }
            };
            entries.push((Some(swatch), text));
        }
        let entry = |(swatch, text): (Option<Swatch>, String)| match swatch {
            None => Entry::Heading(Paragraph::new(pen, &text, HEADING)),
            Some(swatch) => Entry::Key(swatch, Paragraph::new(pen, &text, TEXT)),
        };
        Self { entries: entries.into_iter().map(entry).collect(), spacing }
    }

    /// The forms that the legend can take within a width.
    pub fn blocks(&self, pen: &Pen, width: f64) -> Vec<Block> {
        let least = LEAST_COLUMN * pen.size(TEXT);
        let mut blocks: Vec<Block> = Vec::new();
        for wanted in COLUMNS {
            let most = (wanted * pen.unit).max(least).min(width);
            // no wider than its texts
            let column = self.entries.iter().map(|e| self.entry_width(e, pen, most)).fold(0.0, f64::max).min(most);
            let heights: Vec<f64> = self.entries.iter().map(|e| self.entry_height(e, pen, column)).collect();
            for columns in 1..=MOST_COLUMNS.min(self.entries.len()) {
                let total = columns as f64 * column + (columns - 1) as f64 * gap(pen);
                if total > width + 0.5 {
                    break;
                }
                let height = self.least_height(&heights, columns);
                let columns = self.split(&heights, height).len();
                let total = columns as f64 * column + (columns.max(1) - 1) as f64 * gap(pen);
                let block = Block { columns, column, size: [total, height] };
                if !blocks.contains(&block) {
                    blocks.push(block);
                }
            }
        }
        blocks
    }

    /// The least height at which a number of columns suffices.
    fn least_height(&self, heights: &[f64], columns: usize) -> f64 {
        let total: f64 = heights.iter().sum();
        let step = heights.iter().copied().fold(f64::INFINITY, f64::min).max(1.0) / 4.0;
        // a heading needs the height of its first key too
        let with_next = |(i, own): (usize, &f64)| match &self.entries[i] {
            Entry::Heading(_) => own + heights.get(i + 1).copied().unwrap_or(0.0),
            Entry::Key(..) => *own,
        };
        let mut height = heights.iter().enumerate().map(with_next).fold(total / columns as f64, f64::max);
        while self.split(heights, height).len() > columns {
            height += step;
        }
        self.split(heights, height)
            .iter()
            .map(|column| column.iter().map(|i| heights[*i]).sum::<f64>())
            .fold(0.0, f64::max)
    }

    /// Divides the entries into columns no higher than a height; a heading never stands last.
    fn split(&self, heights: &[f64], height: f64) -> Vec<Vec<usize>> {
        let mut out: Vec<Vec<usize>> = vec![Vec::new()];
        let mut used = 0.0;
        for (i, own) in heights.iter().enumerate() {
            let next = match (&self.entries[i], heights.get(i + 1)) {
                (Entry::Heading(_), Some(next)) => *next,
                _ => 0.0,
            };
            let last = out.len() - 1;
            if used + own + next > height + 0.5 && !out[last].is_empty() {
                out.push(vec![i]);
                used = *own;
            } else {
                out[last].push(i);
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
            (x, y) = (x + (width - block.size[0]) / 2.0, y + (height - block.size[1]) / 2.0);
        }
        let rtl = pen.words.direction == Direction::Rtl;
        let heights: Vec<f64> = self.entries.iter().map(|e| self.entry_height(e, pen, block.column)).collect();
        for (i, group) in self.split(&heights, block.size[1]).iter().enumerate() {
            let slot = if rtl { block.columns - 1 - i } else { i };
            let left = x + slot as f64 * (block.column + gap(pen));
            // no blank above a heading that begins a column
            let is_heading = group.first().is_some_and(|i| matches!(self.entries[*i], Entry::Heading(_)));
            let mut top = if is_heading { y - (self.spacing.heading - 1.6) * pen.size(HEADING) } else { y };
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
                for (i, line) in text.lines(width).iter().enumerate() {
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
                for (i, line) in text.lines(width - self.indent(pen)).iter().enumerate() {
                    let baseline = at[1] + h / 2.0 + size * (0.36 + spacing.line * i as f64);
                    nodes.push(Node::Text(pen.line(line, [start, baseline], anchor, TEXT)));
                }
            }
        }
    }
}

/// Blank between columns.
fn gap(pen: &Pen) -> f64 {
    (24.0 * pen.unit).max(10.0)
}

/// Signs of one kind that share a key.
struct Merged<'a> {
    kind: Discriminant<Sign>,
    first: &'a Sign,
}

/// Kinds of which there are so many that each with its actors would fill the legend; their colours tell whose.
fn merged(keys: &Keys, most: usize) -> Vec<Merged<'_>> {
    let mut kinds: Vec<(Merged<'_>, usize)> = Vec::new();
    for sign in keys.signs.keys().filter(|s| matches!(s, Sign::Contested(_) | Sign::Shared(_) | Sign::Lost(_))) {
        match kinds.iter_mut().find(|(m, _)| m.kind == discriminant(sign)) {
            Some((_, count)) => *count += 1,
            None => kinds.push((Merged { kind: discriminant(sign), first: sign }, 1)),
        }
    }
    kinds.into_iter().filter(|(_, count)| *count > most).map(|(merged, _)| merged).collect()
}

fn unknown() -> State {
    State {
        control: Control::Unknown,
        overlays: Vec::new(),
        evidence: Vec::new(),
        basis: Basis::Nothing,
        since: None,
        claimed: false,
        stale: false,
        closed: None,
        changing: false,
    }
}

/// A place of nobody's with the siege of an actor around it, claimed where every drawn one is.
fn bare_siege(actor: ActorIndex, keys: &Keys) -> State {
    let sample = keys.signs.get(&Sign::Besieged(actor));
    let states = sample.into_iter().flat_map(|s| [&s.point, &s.area]).flatten();
    let overlays =
        states.flat_map(|s| s.overlays.iter()).filter(|o| o.kind == OverlayKind::Besieged && o.actor == actor);
    State { overlays: overlays.take(1).cloned().collect(), ..unknown() }
}

fn sample_closed(keys: &Keys) -> Option<crate::model::EventIndex> {
    keys.signs.get(&Sign::Closed).into_iter().flat_map(|s| [&s.point, &s.area]).flatten().find_map(|s| s.closed)
}

/// The least and the most km² of each actor whose share is an interval: `South 2 984 – 3 730 km²`.
fn ground(keys: &Keys, words: &Words, short: impl Fn(&[ActorIndex]) -> String) -> String {
    let one = |(actor, [low, high]): (&ActorIndex, &[f64; 2])| {
        format!("{} {}", short(&[*actor]), words.isolate(&square_km(*low, *high, words)))
    };
    keys.ground.iter().map(one).collect::<Vec<_>>().join(words.comma)
}

/// Whose claims are drawn: the claimants' names, else the sources'.
fn claimants(keys: &Keys, dataset: &Dataset, pen: &Pen, day: Day) -> String {
    let (words, lang) = (pen.words, pen.words.lang);
    let mut names: Vec<String> = keys
        .claims
        .iter()
        .flat_map(|e| {
            let event = dataset.event(*e);
            match event.claimant {
                Some(actor) => vec![words.isolate(dataset.actor(actor).on(day).label(lang))],
                None => event.sources.iter().map(|s| words.isolate(dataset.source(*s).label())).collect(),
            }
        })
        .collect();
    names.sort();
    names.dedup();
    words.list(&names)
}
