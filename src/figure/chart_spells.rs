//! `spells`: who held what, a bar a place; changes stand at their dates, and blend where those are not certain.

use super::chart::{Chart, LABEL, TICK, Told};
use super::chart_area::{inside, time_axes};
use super::chart_axes::{Axes, Scale};
use super::chart_time::Time;
use crate::map::describe::Describer;
use crate::map::key::{Form, Keys};
use crate::map::legend::{Subject, Tense};
use crate::map::pen::{Pen, Style};
use crate::map::swatch::Swatch;
use crate::map::theme;
use crate::map::words::fill;
use crate::model::{Control, Day, Moment, PlaceIndex};
use crate::scene::{Anchor, Color, Direction, Group, Node, Paint, Path, Stroke};
use crate::timeline::{Basis, Spell, State};

/// A time through which a place looked the same.
struct Stay {
    from: Moment,
    until: Moment,
    state: State,
    /// The days between which it began, where that is not certain.
    between: Option<(Day, Day)>,
}

/// A place and its stays within the chart.
struct Row {
    place: PlaceIndex,
    stays: Vec<Stay>,
}

/// The places of the level, those that changed first before the others.
fn rows(chart: &Chart) -> Vec<Row> {
    let row = |place: &PlaceIndex| Row { place: *place, stays: stays(chart, *place) };
    let mut rows: Vec<Row> = chart.setup.regions.places.iter().map(row).collect();
    // a place without a word says nothing
    rows.retain(|r| r.stays.iter().any(|s| !matches!(s.state.control, Control::Unknown | Control::OutOfScope)));
    rows.sort_by_key(|r| (r.stays.get(1).map_or(Moment(i64::MAX), |s| s.from), r.place));
    rows
}

fn stays(chart: &Chart, place: PlaceIndex) -> Vec<Stay> {
    let request = &chart.request;
    let mut all: Vec<Stay> = Vec::new();
    for spell in request.timeline.spells(place).filter(|s| s.until > request.from && s.from <= request.to) {
        let (from, until) = (spell.from.max(request.from), spell.until.min(request.to));
        match all.last_mut() {
            Some(last) if last.state.control == *spell.control && last.state.claimed == spell.claimed => {
                last.until = until;
                last.state.evidence.extend(spell.evidence);
            }
            _ => all.push(Stay { from, until, between: between(chart, &spell), state: state(&spell) }),
        }
    }
    all
}

fn state(spell: &Spell) -> State {
    State {
        control: spell.control.clone(),
        overlays: Vec::new(),
        evidence: spell.evidence.to_vec(),
        basis: Basis::Direct,
        since: None,
        claimed: spell.claimed,
        stale: false,
        closed: None,
        changing: false,
    }
}

/// The days between which a spell began, where no event of it has the exact day.
fn between(chart: &Chart, spell: &Spell) -> Option<(Day, Day)> {
    let dataset = chart.request.dataset;
    let day = dataset.offset.day_of(spell.from);
    let dates = spell.evidence.iter().map(|e| dataset.event(*e).date);
    let mut span: Option<(Day, Day)> = None;
    for date in dates.filter(|d| d.earliest <= day && d.latest >= day) {
        if date.is_certain() {
            return None;
        }
        span = Some(span.map_or((date.earliest, date.latest), |(a, b)| (a.min(date.earliest), b.max(date.latest))));
    }
    span
}

/// The texts: subtitle, keys, description.
pub fn tell(chart: &Chart) -> Told {
    let rows = rows(chart);
    let dataset = chart.request.dataset;
    let mut keys = Keys::default();
    let mut evidence = Vec::new();
    for row in &rows {
        for stay in &row.stays {
            keys.add(dataset.place(row.place), &stay.state, Form::Area, false);
            evidence.extend(&stay.state.evidence);
        }
    }
    evidence.sort_unstable();
    evidence.dedup();
    let subject = Subject {
        keys: &keys,
        dataset,
        look: &chart.look,
        words: chart.words,
        tense: Tense { day: chart.last.day, baseline: chart.last.day, stale_days: 0, lasting: None },
        spacing: chart.spacing,
    };
    let mut entries = subject.entries();
    let blends = rows.iter().any(|r| r.stays.iter().skip(1).any(|s| s.between.is_some()));
    if blends {
        let first = keys.holders.keys().next().map_or(theme::MUTED, |a| chart.look.color(*a, false));
        let second = keys.holders.keys().nth(1).map_or(Color::WHITE, |a| chart.look.color(*a, false));
        entries.push((Some(Swatch::Blend(first, second)), chart.figure.faded.to_owned()));
    }
    let subtitle = fill(chart.figure.spells, &[("dates", &chart.days())]);
    let note = if blends { chart.figure.faded } else { "" };
    Told { subtitle, keys: entries, description: describe(chart, &rows), note, evidence }
}

fn describe(chart: &Chart, rows: &[Row]) -> String {
    let dataset = chart.request.dataset;
    let describer = Describer { dataset, words: chart.words, day: chart.last.day };
    let mut sentences = Vec::new();
    let mut same: Vec<String> = Vec::new();
    for row in rows {
        let phrase = |stay: &Stay| describer.state(row.place, &stay.state);
        let spells = row.stays.iter().enumerate().map(|(i, stay)| {
            let state = phrase(stay);
            match (i, stay.between) {
                (0, _) => state,
                (_, Some((from, to))) => {
                    let dates = chart.words.days(from, to);
                    fill(chart.figure.spell_between, &[("state", &state), ("dates", &dates)])
                }
                (_, None) => {
                    let date = chart.words.day(dataset.offset.day_of(stay.from));
                    fill(chart.figure.spell_from, &[("state", &state), ("date", &date)])
                }
            }
        });
        let spells: Vec<String> = spells.collect();
        let place = describer.place(row.place);
        if spells.len() == 1 {
            same.push(format!("{place} ({})", spells[0]));
        } else {
            let spells = spells.join(chart.figure.semicolon);
            sentences.push(fill(chart.figure.spell_sentence, &[("place", &place), ("spells", &spells)]));
        }
    }
    if !same.is_empty() {
        sentences.push(fill(chart.figure.unchanged, &[("places", &same.join(chart.figure.semicolon))]));
    }
    sentences.join(" ")
}

/// A line for each place.
pub fn height(chart: &Chart, pen: &Pen) -> f64 {
    (rows(chart).len() as f64 * 2.6 + 4.0) * pen.size(LABEL)
}

/// The least height: a few places, or all where they are fewer.
pub fn least(chart: &Chart, pen: &Pen) -> f64 {
    (rows(chart).len().min(8) as f64 * 1.3 + 4.5) * pen.size(LABEL)
}

/// The bars, below each other.
pub fn draw(chart: &Chart, pen: &mut Pen, rect: [f64; 4]) -> Vec<Node> {
    let mut rows = rows(chart);
    let size = pen.size(LABEL);
    // places that did not change make way first
    let words = chart.words;
    let room = |height: f64| ((height - 3.0 * size) / (1.25 * size)).max(1.0) as usize;
    let mut rect = rect;
    let mut without = Vec::new();
    if rows.len() > room(rect[3]) {
        // what is not shown is told below the axis
        rect[3] -= 1.5 * size;
        let count = rows.len() - room(rect[3]).min(rows.len());
        let text = fill(chart.figure.no_room, &[("count", &words.isolate(&count.to_string()))]);
        let rtl = words.direction == Direction::Rtl;
        let (x, anchor) = if rtl { (rect[0] + rect[2], Anchor::Right) } else { (rect[0], Anchor::Left) };
        without.push(Node::Text(pen.line(&text, [x, rect[1] + rect[3] + size], anchor, TICK)));
        rows.truncate(room(rect[3]));
    }
    let count = rows.len() as f64;
    let name = |row: &Row| words.isolate(chart.request.dataset.place(row.place).names.get(words.lang));
    let ticks = rows.iter().enumerate().map(|(i, row)| (count - 0.5 - i as f64, name(row))).collect();
    let y = Scale { from: 0.0, to: count.max(1.0), ticks, has_grid: false };
    let changes_last = |row: &Row| row.stays.len() > 1 && row.stays.last().is_some_and(|s| s.from >= chart.request.to);
    let is_open = rows.iter().any(changes_last);
    let time = Time { from: chart.request.from, to: chart.request.to, offset: chart.request.dataset.offset, is_open };
    // what stands at the last moment stands to the end of the axis
    let until = |stay: &Stay| if stay.until >= time.to { time.end() } else { time.at(stay.until) };
    let rect = [rect[0], rect[1], rect[2], rect[3].min(count * 6.0 * size + 4.0 * size)];
    let axes = time_axes(chart, pen, rect, &time, y);
    let mut nodes = axes.nodes.clone();
    nodes.extend(without);
    for (i, row) in rows.iter().enumerate() {
        let middle = count - 0.5 - i as f64;
        let mut bar = Vec::new();
        for (j, stay) in row.stays.iter().enumerate() {
            let (from, until) = (time.at(stay.from), until(stay));
            let (top, low) = (axes.at(from, middle + 0.36), axes.at(until, middle - 0.36));
            let paint = chart.look.ground(&stay.state.control, false, stay.state.claimed);
            let [x, y, w, h] = [top[0], top[1], low[0] - top[0], low[1] - top[1]];
            bar.push(Node::Path(Path::rect(x, y, w, h).filled(paint.clone())));
            if let (Some((first, last)), Some(before)) = (stay.between.filter(|_| j > 0), j.checked_sub(1)) {
                let old = chart.look.ground(&row.stays[before].state.control, false, row.stays[before].state.claimed);
                let day = |day: Day| axes.at(f64::from(day.0).clamp(time.at(time.from), time.at(time.to)), 0.0)[0];
                bar.extend(blend([day(first), y, day(last) - day(first), h], &old, &paint));
            } else if j > 0 {
                let cut = Path::line(&[[x, y], [x, y + h]]);
                bar.push(Node::Path(cut.stroked(Stroke::solid(theme::INK, 1.3 * pen.unit.max(0.6)))));
            }
        }
        let (top, low) = (axes.at(time.at(time.from), middle + 0.36), axes.at(time.end(), middle - 0.36));
        let edge = Path::rect(top[0], top[1], low[0] - top[0], low[1] - top[1]);
        bar.push(Node::Path(edge.stroked(Stroke::solid(theme::BORDER, 0.9 * pen.unit.max(0.6)))));
        bar.extend(names(chart, pen, &axes, &time, row, middle));
        let title = format!("{}: {}", name(row), row.stays.len());
        let id = format!("spells-{}", chart.request.dataset.place(row.place).id);
        nodes.push(Node::Group(Group { id, title, nodes: bar, clip: None }));
    }
    nodes
}

/// Steps of a blend.
const STEPS: u32 = 16;

/// From one paint to another: a flat colour grows pale over a pattern, or comes over it; from pattern to pattern it
/// goes by way of the paper.
pub(super) fn blend([x, y, w, h]: [f64; 4], old: &Paint, new: &Paint) -> Vec<Node> {
    if w <= 0.0 {
        return Vec::new();
    }
    let rect = |x: f64, w: f64, paint: &Paint| Node::Path(Path::rect(x, y, w, h).filled(paint.clone()));
    match (old.as_solid(), new.as_solid()) {
        (Some(old), _) => [vec![rect(x, w, new)], veil([x, y, w, h], old, true)].concat(),
        (None, Some(color)) => [vec![rect(x, w, old)], veil([x, y, w, h], color, false)].concat(),
        (None, None) => {
            let half = w / 2.0;
            let nodes =
                [vec![rect(x, half, old), rect(x + half, half, new)], veil([x, y, half, h], theme::PAPER, false)];
            [nodes.concat(), veil([x + half, y, half, h], theme::PAPER, true)].concat()
        }
    }
}

/// A colour that wanes to the right, or waxes: rectangles over each other from one side, so that no line shows where
/// one ends.
fn veil([x, y, w, h]: [f64; 4], color: Color, wanes: bool) -> Vec<Node> {
    // what shines through in a step, of which all shines through behind the last
    let through = |k: u32| if k >= STEPS { 1.0 } else { (f64::from(k) + 0.5) / f64::from(STEPS) };
    let piece = |k: u32| {
        let alpha = 1.0 - through(k) / through(k + 1);
        let width = w * f64::from(k + 1) / f64::from(STEPS);
        let left = if wanes { x } else { x + w - width };
        let paint = Paint::solid(color.with_alpha((alpha * 255.0).round() as u8));
        Node::Path(Path::rect(left, y, width, h).filled(paint))
    };
    (0..STEPS).map(piece).collect()
}

/// Short names of holders inside their stays, where those have room.
fn names(chart: &Chart, pen: &mut Pen, axes: &Axes, time: &Time, row: &Row, middle: f64) -> Vec<Node> {
    let mut nodes = Vec::new();
    for (j, stay) in row.stays.iter().enumerate() {
        let Control::Held(actor) = stay.state.control else { continue };
        let words = chart.short(actor);
        let style = Style { size: 12.5, ..LABEL };
        let size = pen.size(style);
        let start = match stay.between.filter(|_| j > 0) {
            Some((_, last)) => f64::from(last.0),
            None => time.at(stay.from),
        };
        let until = row
            .stays
            .get(j + 1)
            .and_then(|next| next.between)
            .map_or(if stay.until >= time.to { time.end() } else { time.at(stay.until) }, |(first, _)| {
                f64::from(first.0)
            });
        let ([x0, y], [x1, _]) = (axes.at(start, middle), axes.at(until, middle));
        if stay.state.claimed || x1 - x0 < pen.width(&words, style) + size {
            continue;
        }
        let text = pen.line(&words, [x0 + 0.5 * size, y + 0.36 * size], Anchor::Left, style);
        nodes.push(Node::Text(inside(text, chart.look.color(actor, false))));
    }
    nodes
}
