//! `bars`: the ground that each holds at one date; from the least to the most is pale.

use super::chart::{Chart, LABEL, Told};
use super::chart_area::{INKS, inside, nobodys, nobodys_key, percent, percent_scale};
use super::chart_axes::{Scale, axes};
use super::share::{Owner, shares};
use crate::map::pen::{Pen, Style};
use crate::map::swatch::Swatch;
use crate::map::theme;
use crate::map::words::fill;
use crate::model::ActorIndex;
use crate::scene::{Anchor, Direction, Group, Halo, Node, Paint, Path, Stroke};
use crate::timeline::ground;

/// What one holds.
struct Bar {
    owner: Owner,
    low: f64,
    high: f64,
}

fn bars(chart: &Chart) -> (Vec<Bar>, f64) {
    let all = shares(chart.request.dataset, chart.last, chart.level);
    let of = |actor: ActorIndex, low: f64, high: f64| Bar { owner: Owner::Actor(actor), low, high };
    let mut bars: Vec<Bar> = ground(chart.request.dataset, chart.last, chart.level)
        .into_iter()
        .map(|g| of(g.actor, g.low, g.high))
        .filter(|b| b.high > 0.0)
        .collect();
    bars.sort_by(|a, b| (b.low + b.high).total_cmp(&(a.low + a.high)).then(a.owner.cmp(&b.owner)));
    let nobodys = all.amounts.iter().filter(|(owner, _)| matches!(owner, Owner::Nobody(_)));
    bars.extend(nobodys.map(|(owner, a)| Bar { owner: *owner, low: a.all(), high: a.all() }));
    (bars, all.total)
}

fn amount(chart: &Chart, bar: &Bar, total: f64) -> (String, String) {
    let total = total.max(1e-9);
    let share = chart.words.isolate(&percent(bar.low / total, bar.high / total));
    let [low, high] = [bar.low, bar.high].map(crate::map::words_figure::grouped);
    let km2 = if low == high { low } else { format!("{low}{}{high}", chart.figure.to) };
    (share, fill(chart.figure.km2, &[("km2", &chart.words.isolate(&km2))]))
}

/// The texts: subtitle, keys, description.
pub fn tell(chart: &Chart) -> Told {
    let (bars, total) = bars(chart);
    let (mut keys, mut others) = (Vec::new(), Vec::new());
    let mut sentences = Vec::new();
    for bar in &bars {
        let (share, km2) = amount(chart, bar, total);
        let name = match bar.owner {
            Owner::Actor(actor) => {
                let color = chart.look.color(actor, false);
                let sure = if bar.low > 0.0 { color } else { theme::pale(color) };
                let open = if bar.high > bar.low { theme::pale(color) } else { color };
                keys.push((Some(Swatch::Colors(sure, open)), chart.full(actor)));
                chart.short(actor)
            }
            Owner::Nobody(status) => {
                let key = nobodys_key(chart, status);
                let name = key.1.clone();
                others.push(key);
                name
            }
        };
        sentences.push(fill(chart.figure.bar_sentence, &[("actor", &name), ("share", &share), ("km2", &km2)]));
    }
    if bars.iter().any(|b| b.high > b.low) {
        others.push((Some(Swatch::Surface(Paint::solid(theme::pale(theme::MUTED)))), chart.figure.pale.to_owned()));
        sentences.push(format!("{}.", chart.figure.pale));
    }
    let keys = chart.headed(keys, others);
    let date = chart.words.moment(chart.request.to, chart.request.dataset.offset);
    let values = [("date", date), ("km2", chart.km2(total))];
    let values = values.each_ref().map(|(key, value)| (*key, value.as_str()));
    let places = chart.request.dataset.places.iter().zip(&chart.last.states);
    let mut evidence: Vec<_> =
        places.filter(|(p, _)| p.level == chart.level).flat_map(|(_, s)| s.evidence.iter().copied()).collect();
    evidence.sort_unstable();
    evidence.dedup();
    let note = if bars.iter().any(|b| b.high > b.low) { chart.figure.pale } else { "" };
    Told { subtitle: fill(chart.figure.bars, &values), keys, description: sentences.join(" "), note, evidence }
}

/// Two lines and a gap for each.
pub fn height(chart: &Chart, pen: &Pen) -> f64 {
    (bars(chart).0.len() as f64 * 3.7 + 4.0) * pen.size(LABEL)
}

/// One line for each.
pub fn least(chart: &Chart, pen: &Pen) -> f64 {
    (bars(chart).0.len() as f64 * 1.5 + 3.0) * pen.size(LABEL)
}

/// A bar for each, with its name before it and its amount behind.
pub fn draw(chart: &Chart, pen: &mut Pen, rect: [f64; 4]) -> Vec<Node> {
    let (bars, total) = bars(chart);
    let count = bars.len() as f64;
    let name = |bar: &Bar| match bar.owner {
        Owner::Actor(actor) => chart.short(actor),
        Owner::Nobody(status) => {
            let words = chart.words;
            match status {
                "lost" => chart.figure.nobody[0].1.split(['،', ',']).next().unwrap_or_default().to_owned(),
                "vacant" => words.vacant.to_owned(),
                _ => words.unknown.to_owned(),
            }
        }
    };
    let ticks = bars.iter().enumerate().map(|(i, bar)| (count - 0.5 - i as f64, name(bar))).collect();
    let y = Scale { from: 0.0, to: count.max(1.0), ticks, has_grid: false };
    let x = percent_scale(chart);
    // bars as thick as reads well, from the top
    let size = pen.size(LABEL);
    let most = count * 7.0 * size + 4.0 * size;
    let rect = [rect[0], rect[1], rect[2], rect[3].min(most)];
    let axes = axes(pen, rect, &x, &y, super::chart_axes::Inks { text: LABEL, ..INKS });
    let mut nodes = axes.nodes.clone();
    for (i, bar) in bars.iter().enumerate() {
        let middle = count - 0.5 - i as f64;
        let total = total.max(1e-9);
        let piece = |from: f64, to: f64, paint: Paint| {
            let ([x0, y0], [x1, y1]) = (axes.at(from / total, middle + 0.32), axes.at(to / total, middle - 0.32));
            Node::Path(Path::rect(x0, y0, x1 - x0, y1 - y0).filled(paint))
        };
        let (sure, open) = match bar.owner {
            Owner::Actor(actor) => {
                let color = chart.look.color(actor, false);
                (Paint::solid(color), Paint::solid(theme::pale(color)))
            }
            Owner::Nobody(status) => (nobodys(chart, status), nobodys(chart, status)),
        };
        if bar.high > bar.low {
            nodes.push(piece(0.0, bar.high, open));
        }
        if bar.low > 0.0 {
            nodes.push(piece(0.0, bar.low, sure));
        }
        let Node::Path(edge) = piece(0.0, bar.high, Paint::default()) else { continue };
        let edge = Path { fill: None, ..edge };
        nodes.push(Node::Path(edge.stroked(Stroke::solid(theme::BORDER, 0.9 * pen.unit.max(0.6)))));
        let (share, km2) = amount(chart, bar, total);
        let bold = Style { weight: 700, ..LABEL };
        let row = axes.plot[3] / count.max(1.0);
        // two lines where a bar has the height, else one, without km² where there is no room for them either
        let [end, y] = axes.at(bar.high / total, middle);
        let gap = 0.6 * size;
        let mut words = vec![(share, bold, [0.0, 0.36]), (km2, LABEL, [0.0, 0.36])];
        let free = rect[0] + rect[2] - end - gap;
        let widths: Vec<f64> = words.iter().map(|(words, style, _)| pen.width(words, *style)).collect();
        let two = widths[0].max(widths[1]);
        // inside a bar both lines need its height
        let high = if two > free { 0.64 * row } else { row };
        let widest = if high >= 2.5 * size {
            (words[0].2[1], words[1].2[1]) = (-0.12, 1.02);
            two
        } else if widths[0] + gap + widths[1] <= free && chart.words.direction != Direction::Rtl {
            words[1].2[0] = widths[0] + gap;
            widths[0] + gap + widths[1]
        } else {
            words.truncate(1);
            widths[0]
        };
        // behind the bar, or inside where the page ends
        let within = widest > free;
        let (x, anchor) = if within { (end - gap, Anchor::Right) } else { (end + gap, Anchor::Left) };
        let ground = match (within, bar.owner) {
            (true, Owner::Actor(actor)) if bar.high > bar.low => theme::pale(chart.look.color(actor, false)),
            (true, Owner::Actor(actor)) => chart.look.color(actor, false),
            _ => theme::PAPER,
        };
        let lines = words.iter().map(|(words, style, [right, down])| {
            let mut text = inside(pen.line(words, [x + right, y + down * size], anchor, *style), ground);
            text.halo = Some(Halo { color: ground, width: 2.0 * pen.unit.max(0.6) });
            Node::Text(text)
        });
        nodes.push(Node::Group(Group { nodes: lines.collect(), ..Group::default() }));
    }
    nodes
}
