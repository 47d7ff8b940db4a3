//! The legend: a key for each class drawn, as it looks on the map.

use super::annotation::mark;
use super::key::{Keys, Sample, Shades, Sign};
use super::label::Rect;
use super::look::Look;
use super::pen::{Pen, Style};
use super::symbol::{Shape, outline, symbol};
use super::theme;
use super::words::fill;
use crate::model::{ActorIndex, Control, Dataset, Day, OverlayKind};
use crate::scene::{Anchor, Color, Direction, Group, Node, Paint, Path, Stroke};
use crate::timeline::{Basis, State};

/// A line of the legend before it has a place.
enum Entry {
    /// A heading.
    Heading(String),
    /// A key: what it looks like, and its text.
    Key(Swatch, String),
}

impl Entry {
    /// How far down it stands at the top of a column: keys in line with those below the headings of others.
    fn indented(&self, pen: &Pen) -> f64 {
        match self {
            Self::Heading(_) => 0.0,
            Self::Key(..) => heading_height(pen),
        }
    }
}

/// What a key looks like.
enum Swatch {
    /// Two halves, or one colour twice.
    Colors(Color, Color),
    /// A state as area, as symbol or as both.
    Sample(Box<Sample>),
    /// A bare symbol.
    Symbol(Shape, Box<State>),
    /// The outline of a symbol.
    Outline(Shape),
    /// Circles of growing size.
    Sizes,
    /// A heavy outline.
    Heavy,
    /// A strike, else a clash.
    Mark(bool),
}

/// A legend that knows its texts, but not yet its place.
pub struct Legend {
    entries: Vec<Entry>,
}

const HEADING: Style = Style { size: 15.0, weight: 700, color: theme::INK };
const TEXT: Style = Style { size: 14.5, weight: 400, color: theme::INK };

impl Legend {
    /// Makes the keys of all classes drawn.
    pub fn new(keys: &Keys, dataset: &Dataset, look: &Look, pen: &Pen, day: Day, stale_days: i32) -> Self {
        let words = pen.words;
        let full = |a: ActorIndex| dataset.actor(a).on(day).names.get(words.lang).to_owned();
        let short = |actors: &[ActorIndex]| {
            words.list(
                &actors.iter().map(|a| dataset.actor(*a).on(day).label(words.lang).to_owned()).collect::<Vec<_>>(),
            )
        };
        let mut entries = Vec::new();
        if !keys.holders.is_empty() {
            entries.push(Entry::Heading(words.control.to_owned()));
        }
        for (actor, Shades { fresh, stale }) in &keys.holders {
            let [first, second] = match (fresh, stale) {
                (true, true) => [false, true],
                (_, faded) => [*faded, *faded],
            };
            let swatch = Swatch::Colors(look.color(*actor, first), look.color(*actor, second));
            entries.push(Entry::Key(swatch, full(*actor)));
        }
        if !keys.signs.is_empty() {
            entries.push(Entry::Heading(words.signs.to_owned()));
        }
        for (sign, sample) in &keys.signs {
            let shown = sample;
            let sample = || Swatch::Sample(Box::new(shown.clone()));
            let (swatch, text) = match sign {
                Sign::Partial => (sample(), words.partial.to_owned()),
                Sign::Interval => (sample(), words.interval.to_owned()),
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
            entries.push(Entry::Key(swatch, text));
        }
        Self { entries }
    }

    /// Height of one column of a width.
    pub fn height(&self, pen: &mut Pen, width: f64) -> f64 {
        self.entries.iter().map(|e| entry_height(e, pen, width)).sum()
    }

    /// Height in as many columns as a width holds.
    pub fn rows_height(&self, pen: &mut Pen, width: f64) -> f64 {
        let (columns, column) = columns(pen, width);
        let total: f64 = self.height(pen, column);
        let tallest = self.entries.iter().map(|e| entry_height(e, pen, column)).fold(0.0, f64::max);
        let mut height = (total / columns as f64).max(tallest + heading_height(pen));
        while self.split(pen, column, height).len() > columns {
            height += 8.0 * pen.unit;
        }
        height
    }

    /// Divides the entries into columns no higher than a height; a heading never stands last.
    fn split(&self, pen: &mut Pen, column: f64, height: f64) -> Vec<Vec<usize>> {
        let mut out: Vec<Vec<usize>> = vec![Vec::new()];
        let mut used = 0.0;
        for (i, entry) in self.entries.iter().enumerate() {
            let own = entry_height(entry, pen, column);
            let next = match (entry, self.entries.get(i + 1)) {
                (Entry::Heading(_), Some(next)) => entry_height(next, pen, column),
                _ => 0.0,
            };
            if used + own + next > height + 0.5 && !out[out.len() - 1].is_empty() {
                out.push(Vec::new());
                used = entry.indented(pen);
            }
            let last = out.len() - 1;
            out[last].push(i);
            used += own;
        }
        out
    }

    /// Draws into a rectangle: one column, or several where the legend stands below the map.
    pub fn draw(&self, pen: &mut Pen, look: &Look, [x, y, width, height]: Rect, below: bool) -> Node {
        let rtl = pen.words.direction == Direction::Rtl;
        let (count, column) = if below { columns(pen, width) } else { (1, width) };
        let groups = if below { self.split(pen, column, height) } else { vec![(0..self.entries.len()).collect()] };
        let mut nodes = Vec::new();
        for (i, group) in groups.iter().enumerate() {
            let slot = if rtl { count.max(groups.len()) - 1 - i } else { i };
            let left = x + slot as f64 * (column + gap(pen));
            let mut top = y + group.first().filter(|_| i > 0).map_or(0.0, |first| self.entries[*first].indented(pen));
            for index in group {
                let entry = &self.entries[*index];
                entry_nodes(entry, pen, look, [left, top, column], rtl, &mut nodes);
                top += entry_height(entry, pen, column);
            }
        }
        Node::Group(Group { id: "legend".into(), nodes, ..Group::default() })
    }
}

fn gap(pen: &Pen) -> f64 {
    28.0 * pen.unit
}

fn columns(pen: &Pen, width: f64) -> (usize, f64) {
    let wanted = (300.0 * pen.unit).max(190.0);
    let count = ((width + gap(pen)) / (wanted + gap(pen))).floor().max(1.0);
    (count as usize, (width - (count - 1.0) * gap(pen)) / count)
}

/// Width of a swatch and the blank behind it.
fn indent(pen: &Pen) -> f64 {
    pen.size(TEXT) * 3.9
}

fn heading_height(pen: &Pen) -> f64 {
    pen.size(HEADING) * 2.1
}

fn entry_height(entry: &Entry, pen: &mut Pen, width: f64) -> f64 {
    match entry {
        Entry::Heading(_) => heading_height(pen),
        Entry::Key(_, text) => {
            let lines = pen.wrap(text, TEXT, width - indent(pen)).len() as f64;
            pen.size(TEXT) * (lines * 1.28 + 0.72)
        }
    }
}

fn entry_nodes(entry: &Entry, pen: &mut Pen, look: &Look, [x, y, width]: [f64; 3], rtl: bool, nodes: &mut Vec<Node>) {
    let (edge, anchor) = if rtl { (x + width, Anchor::Right) } else { (x, Anchor::Left) };
    match entry {
        Entry::Heading(text) => {
            let size = pen.size(HEADING);
            nodes.push(Node::Text(pen.line(text, [edge, y + size * 1.25], anchor, HEADING)));
        }
        Entry::Key(swatch, text) => {
            let size = pen.size(TEXT);
            let (w, h) = (size * 3.1, size * 1.35);
            let left = if rtl { edge - w } else { edge };
            swatch_nodes(swatch, look, [left, y + 0.1 * size, w, h], nodes);
            let start = if rtl { edge - indent(pen) } else { edge + indent(pen) };
            for (i, line) in pen.wrap(text, TEXT, width - indent(pen)).iter().enumerate() {
                let baseline = y + size * (1.08 + 1.28 * i as f64);
                nodes.push(Node::Text(pen.line(line, [start, baseline], anchor, TEXT)));
            }
        }
    }
}

fn swatch_nodes(swatch: &Swatch, look: &Look, [x, y, w, h]: Rect, nodes: &mut Vec<Node>) {
    let edge = Stroke::solid(theme::BORDER, 0.8 * look.unit);
    let middle = [x + w / 2.0, y + h / 2.0];
    let radius = h * 0.33;
    match swatch {
        Swatch::Colors(first, second) => {
            nodes.push(Node::Path(Path::rect(x, y, w, h).filled(Paint::solid(*first))));
            if second != first {
                let half = Path::polygon(&[[x + w * 0.62, y], [x + w, y], [x + w, y + h], [x + w * 0.38, y + h]]);
                nodes.push(Node::Path(half.filled(Paint::solid(*second))));
            }
            nodes.push(Node::Path(Path::rect(x, y, w, h).stroked(edge)));
        }
        Swatch::Sample(sample) => {
            let Sample { area, point } = sample.as_ref();
            if let Some(state) = area {
                nodes.push(Node::Path(Path::rect(x, y, w, h).filled(look.paint(state)).stroked(edge)));
            }
            if let Some(state) = point {
                let at = if area.is_some() { [x + w - radius * 0.9, middle[1]] } else { middle };
                let plain = State { overlays: Vec::new(), closed: None, since: None, ..state.clone() };
                nodes.extend(symbol(Shape::Circle, &plain, look, at, radius));
            }
        }
        Swatch::Symbol(shape, state) => nodes.extend(symbol(*shape, state, look, middle, radius)),
        Swatch::Outline(shape) => {
            let path = outline(*shape, middle, radius);
            nodes.push(Node::Path(path.filled(Paint::solid(Color::WHITE)).stroked(edge)));
        }
        Swatch::Heavy => {
            let heavy = Stroke::solid(theme::INK, 3.2 * look.unit);
            nodes.push(Node::Path(Path::rect(x, y, w, h).filled(Paint::solid(Color::WHITE)).stroked(heavy)));
        }
        Swatch::Mark(is_strike) => nodes.extend(mark(*is_strike, middle, h * 0.42)),
        Swatch::Sizes => {
            for (dx, part) in [(-0.3, 0.55), (0.0, 0.78), (0.32, 1.0)] {
                let circle = outline(Shape::Circle, [middle[0] + dx * w, middle[1]], radius * part);
                nodes.push(Node::Path(circle.filled(Paint::solid(Color::WHITE)).stroked(edge.clone())));
            }
        }
    }
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

/// Whose claims are drawn: the claimants' names, else the sources'.
fn claimants(keys: &Keys, dataset: &Dataset, pen: &Pen, day: Day) -> String {
    let lang = pen.words.lang;
    let mut names: Vec<String> = keys
        .claims
        .iter()
        .flat_map(|e| {
            let event = dataset.event(*e);
            match event.claimant {
                Some(actor) => vec![dataset.actor(actor).on(day).label(lang).to_owned()],
                None => event.sources.iter().map(|s| dataset.source(*s).label().to_owned()).collect(),
            }
        })
        .collect();
    names.sort();
    names.dedup();
    pen.words.list(&names)
}
