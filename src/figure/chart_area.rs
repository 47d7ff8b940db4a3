//! `area`: the share of the ground that each holds over time, stacked; what is not certain is pale.

use super::chart::{Chart, LABEL, TICK, Told};
use super::chart_axes::{Axes, Inks, Scale, axes};
use super::chart_time::Time;
use super::share::{Amount, Owner, Shares, shares};
use crate::map::pen::{Pen, Style};
use crate::map::swatch::Swatch;
use crate::map::theme;
use crate::map::words::fill;
use crate::model::Moment;
use crate::palette::contrast;
use crate::scene::{Anchor, Color, Group, Halo, Node, Paint, Path, Stroke, Text};
use std::collections::BTreeMap;

/// More moments than this are not told apart on a page.
const MOST: usize = 2000;

/// From a moment on, the shares are these.
struct Row {
    from: Moment,
    shares: Shares,
}

fn rows(chart: &Chart) -> Vec<Row> {
    let request = &chart.request;
    let breaks = request.timeline.breakpoints();
    let inside: Vec<Moment> = breaks.into_iter().filter(|m| *m > request.from && *m < request.to).collect();
    let every = inside.len().div_ceil(MOST).max(1);
    let moments = std::iter::once(request.from).chain(inside.into_iter().step_by(every)).chain([request.to]);
    let mut rows: Vec<Row> = Vec::new();
    for from in moments {
        let snapshot = request.timeline.snapshot(request.dataset, from);
        let shares = shares(request.dataset, &snapshot, chart.level);
        if rows.last().is_none_or(|last| last.shares != shares) {
            rows.push(Row { from, shares });
        }
    }
    rows
}

/// From the bottom to the top: actors by what they hold throughout, then nobody's.
fn order(rows: &[Row], end: Moment) -> Vec<Owner> {
    let mut sums: BTreeMap<Owner, f64> = BTreeMap::new();
    for (i, row) in rows.iter().enumerate() {
        let until = rows.get(i + 1).map_or(end, |next| next.from);
        let seconds = (until.0 - row.from.0).max(1) as f64;
        for (owner, amount) in &row.shares.amounts {
            *sums.entry(*owner).or_default() += amount.all() * seconds;
        }
    }
    let mut all: Vec<(Owner, f64)> = sums.into_iter().filter(|(_, sum)| *sum > 0.0).collect();
    let nobody = |owner: &Owner| matches!(owner, Owner::Nobody(_));
    all.sort_by(|a, b| nobody(&a.0).cmp(&nobody(&b.0)).then(b.1.total_cmp(&a.1)).then(a.0.cmp(&b.0)));
    all.into_iter().map(|(owner, _)| owner).collect()
}

fn amount(row: &Row, owner: Owner) -> Amount {
    let amount = row.shares.amounts.get(&owner).copied().unwrap_or_default();
    let total = row.shares.total.max(1e-9);
    Amount { sure: amount.sure / total, open: amount.open / total }
}

/// The paint of ground that is nobody's.
pub(super) fn nobodys(chart: &Chart, status: &str) -> Paint {
    use crate::model::Control;
    let control = match status {
        "lost" => Control::Lost(Vec::new()),
        "vacant" => Control::Vacant,
        _ => Control::Unknown,
    };
    chart.look.ground(&control, false, false)
}

/// The key of a status that is nobody's.
pub(super) fn nobodys_key(chart: &Chart, status: &str) -> (Option<Swatch>, String) {
    let words = chart.figure.nobody.iter().find(|(word, _)| *word == status).map_or("", |(_, text)| text);
    (Some(Swatch::Surface(nobodys(chart, status))), words.to_owned())
}

/// The texts: subtitle, keys, description.
pub fn tell(chart: &Chart) -> Told {
    let rows = rows(chart);
    let order = order(&rows, chart.request.to);
    let total = rows.first().map_or(0.0, |r| r.shares.total);
    let (mut keys, mut others) = (Vec::new(), Vec::new());
    let mut sentences = Vec::new();
    let mut is_pale = false;
    for owner in order.iter().rev() {
        match owner {
            Owner::Actor(actor) => {
                let color = chart.look.color(*actor, false);
                let [sure, open] = [|a: Amount| a.sure, |a: Amount| a.open]
                    .map(|of| rows.iter().any(|row| of(amount(row, *owner)) > 1e-9));
                is_pale |= open;
                let first = if sure { color } else { theme::pale(color) };
                let second = if open { theme::pale(color) } else { color };
                keys.push((Some(Swatch::Colors(first, second)), chart.full(*actor)));
            }
            Owner::Nobody(status) => others.push(nobodys_key(chart, status)),
        }
    }
    if is_pale {
        others.push((Some(Swatch::Surface(Paint::solid(theme::pale(theme::MUTED)))), chart.figure.pale.to_owned()));
    }
    let keys = chart.headed(keys, others);
    for owner in &order {
        if let (Owner::Actor(actor), Some(first), Some(last)) = (owner, rows.first(), rows.last()) {
            let share = |row: &Row| {
                let Amount { sure, open } = amount(row, *owner);
                chart.words.isolate(&percent(sure, sure + open))
            };
            let values = [("actor", chart.short(*actor)), ("first", share(first)), ("last", share(last))];
            let values = values.each_ref().map(|(key, value)| (*key, value.as_str()));
            sentences.push(fill(chart.figure.share_sentence, &values));
        }
    }
    if is_pale {
        sentences.push(format!("{}.", chart.figure.pale));
    }
    let values = [("dates", chart.days()), ("km2", chart.km2(total))];
    let values = values.each_ref().map(|(key, value)| (*key, value.as_str()));
    let evidence = evidence(chart, &rows);
    let note = if is_pale { chart.figure.pale } else { "" };
    Told { subtitle: fill(chart.figure.area, &values), keys, description: sentences.join(" "), note, evidence }
}

/// The events that regions rest on at the moments shown.
fn evidence(chart: &Chart, rows: &[Row]) -> Vec<crate::model::EventIndex> {
    let request = &chart.request;
    let mut all: Vec<_> = rows
        .iter()
        .flat_map(|row| request.timeline.snapshot(request.dataset, row.from).states)
        .zip(request.dataset.places.iter().cycle())
        .filter(|(_, place)| place.level == chart.level)
        .flat_map(|(state, _)| state.evidence)
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// A share from a least to a most: `12 %`, `12–30 %`, `2.8–39.0 %`.
pub(super) fn percent(low: f64, high: f64) -> String {
    let tenths = [low, high].map(|part| (part * 1000.0).round());
    // both with a decimal or neither
    let decimals = usize::from(tenths.iter().any(|t| t % 10.0 != 0.0));
    let number = |part: f64, tenths: f64| match part > 0.0 && tenths == 0.0 {
        true => "<0.1".to_owned(),
        false if tenths == 0.0 => "0".to_owned(),
        false => format!("{:.decimals$}", tenths / 10.0),
    };
    let (low, high) = (number(low, tenths[0]), number(high, tenths[1]));
    if low == high || high == "<0.1" { format!("{high}\u{a0}%") } else { format!("{low}–{high}\u{a0}%") }
}

/// Somewhat lower than wide.
pub fn height(chart: &Chart, _: &Pen) -> f64 {
    chart.setup.page[0] * 0.46
}

/// The least height: a stack whose thin bands are seen.
pub fn least(_: &Chart, pen: &Pen) -> f64 {
    pen.size(LABEL) * 13.0
}

/// The stack, under it the grid.
pub fn draw(chart: &Chart, pen: &mut Pen, rect: [f64; 4]) -> Vec<Node> {
    let rows = rows(chart);
    let order = order(&rows, chart.request.to);
    let is_open = rows.len() > 1 && rows.last().is_some_and(|row| row.from >= chart.request.to);
    let time = Time { from: chart.request.from, to: chart.request.to, offset: chart.request.dataset.offset, is_open };
    let axes = time_axes(chart, pen, rect, &time, percent_scale(chart));
    let mut nodes = axes.nodes.clone();
    let starts: Vec<f64> = rows.iter().map(|row| time.at(row.from)).collect();
    let end = time.end();
    let tops = |part: fn(Amount) -> f64, upto: usize| -> Vec<f64> {
        let top = |row: &Row| {
            let below: f64 = order[..upto].iter().map(|owner| amount(row, *owner).all()).sum();
            below + part(amount(row, order[upto]))
        };
        rows.iter().map(top).collect()
    };
    // from the top down, each to the ground, so that no hairline shows between them
    let mut stack = Vec::new();
    let mut lines = Vec::new();
    for (i, owner) in order.iter().enumerate().rev() {
        let all = tops(Amount::all, i);
        let has = |part: fn(Amount) -> f64| rows.iter().any(|row| part(amount(row, *owner)) > 1e-9);
        let mut band = |heights: &[f64], paint: Paint| {
            stack.push(Node::Path(Path::polygon(&steps(&axes, &starts, end, heights, true)).filled(paint)));
        };
        match owner {
            Owner::Actor(actor) => {
                let color = chart.look.color(*actor, false);
                if has(|a| a.open) {
                    band(&all, Paint::solid(theme::pale(color)));
                }
                if has(|a| a.sure) {
                    band(&tops(|a| a.sure, i), Paint::solid(color));
                }
            }
            Owner::Nobody(status) => band(&all, nobodys(chart, status)),
        }
        if i + 1 < order.len() {
            let line = Path::line(&steps(&axes, &starts, end, &all, false));
            lines.push(Node::Path(line.stroked(Stroke::solid(theme::PAPER, 1.2 * pen.unit.max(0.6)))));
        }
    }
    nodes.push(Node::Group(Group { id: "stack".into(), nodes: stack, ..Group::default() }));
    nodes.extend(lines);
    nodes.extend(labels(chart, pen, &axes, &rows, &order, &starts, end));
    nodes
}

/// Axes whose horizontal one is time, with as many ticks as have room.
pub(super) fn time_axes(chart: &Chart, pen: &mut Pen, rect: [f64; 4], time: &Time, y: Scale) -> Axes {
    let widest = chart.figure.short_months.iter().map(|m| pen.width(&format!("28 {m}"), TICK)).fold(0.0, f64::max);
    let most = (rect[2] * 0.9 / (widest * 1.5).max(1.0)) as usize;
    axes(pen, rect, &time.scale(most, chart.words, chart.figure), &y, INKS)
}

/// The colours of axes.
pub(super) const INKS: Inks = Inks { text: TICK, axis: theme::NOTHING_MARK, grid: theme::RULE };

/// From nothing to all.
pub(super) fn percent_scale(chart: &Chart) -> Scale {
    let tick = |part: u32| (f64::from(part) / 100.0, chart.words.isolate(&format!("{part}\u{a0}%")));
    Scale { from: 0.0, to: 1.0, ticks: [0, 25, 50, 75, 100].map(tick).into(), has_grid: true }
}

/// Steps of heights, closed along the ground where asked.
fn steps(axes: &Axes, starts: &[f64], end: f64, heights: &[f64], closed: bool) -> Vec<[f64; 2]> {
    let mut points: Vec<[f64; 2]> = Vec::new();
    for (i, height) in heights.iter().enumerate() {
        let until = starts.get(i + 1).copied().unwrap_or(end);
        points.extend([axes.at(starts[i], *height), axes.at(until, *height)]);
    }
    points.dedup();
    if closed {
        points.extend([axes.at(end, 0.0), axes.at(starts.first().copied().unwrap_or(end), 0.0)]);
    }
    points
}

/// A text that stands on a surface of a colour, in an ink that shows there: its rim is of that colour, so that a theme
/// that changes the colour knows what the text stands on.
pub(super) fn inside(mut text: Text, ground: Color) -> Text {
    text.color = if contrast(theme::INK, ground) >= 4.5 { theme::INK } else { Color::WHITE };
    text.halo = Some(Halo { color: ground, width: 1.0 });
    text
}

/// Short names inside the bands, where those have room.
fn labels(
    chart: &Chart,
    pen: &mut Pen,
    axes: &Axes,
    rows: &[Row],
    order: &[Owner],
    starts: &[f64],
    end: f64,
) -> Vec<Node> {
    let mut nodes = Vec::new();
    let style = Style { weight: 700, ..LABEL };
    let size = pen.size(style);
    for (i, owner) in order.iter().enumerate() {
        let Owner::Actor(actor) = owner else { continue };
        let words = chart.short(*actor);
        let width = pen.width(&words, style);
        let [_, _, _, high] = axes.plot;
        let band = |row: usize| {
            let below: f64 = order[..i].iter().map(|o| amount(&rows[row], *o).all()).sum();
            let own = amount(&rows[row], *owner);
            (below, below + own.all(), own.sure > own.open)
        };
        // the stretch of rows where the band stays thick enough at one height
        let mut best: Option<(f64, [f64; 2], bool)> = None;
        for first in 0..rows.len() {
            let (mut low, mut top, sure) = band(first);
            for last in first..rows.len() {
                let (l, t, s) = band(last);
                (low, top) = (low.max(l), top.min(t));
                if (top - low) * high < 1.5 * size || s != sure {
                    break;
                }
                let until = starts.get(last + 1).copied().unwrap_or(end);
                let [[x0, y], [x1, _]] = [axes.at(starts[first], (low + top) / 2.0), axes.at(until, 0.0)];
                let room = x1 - x0;
                if room > width + size && best.as_ref().is_none_or(|(most, ..)| room * (top - low) > *most) {
                    best = Some((room * (top - low), [(x0 + x1) / 2.0, y], sure));
                }
            }
        }
        if let Some((_, [x, y], sure)) = best {
            let color = chart.look.color(*actor, false);
            let ground = if sure { color } else { theme::pale(color) };
            let text = pen.line(&words, [x, y + 0.36 * size], Anchor::Middle, style);
            nodes.push(Node::Text(inside(text, ground)));
        }
    }
    vec![Node::Group(Group { id: "labels".into(), nodes, ..Group::default() })]
}
