//! Symbols of settlements and sites, filled by their control.

use super::look::{Look, pieces};
use super::{changing, theme};
use crate::model::{ActorIndex, BEARING, Control, Dataset, Level, Overlay, OverlayKind, Place, Sector, read_bearings};
use crate::scene::{Color, Node, Paint, Path, Stroke};
use crate::timeline::State;

/// What a symbol's outline is, by kind of place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// Settlements.
    Circle,
    /// Airports.
    Diamond,
    /// Border crossings.
    Square,
    /// Dams.
    Wedge,
    /// Bases.
    Triangle,
    /// Air bases.
    Arrow,
    /// Prisons.
    Pentagon,
    /// Anything else.
    Hexagon,
    /// Regions too narrow for a hatch.
    Bar,
}

/// The shape for a place.
pub fn shape(place: &Place) -> Shape {
    match (place.level, place.kind.as_str()) {
        (Level::Site, "airport") => Shape::Diamond,
        (Level::Site, "crossing") => Shape::Square,
        (Level::Site, "dam") => Shape::Wedge,
        (Level::Site, "base") => Shape::Triangle,
        (Level::Site, "airbase") => Shape::Arrow,
        (Level::Site, "prison") => Shape::Pentagon,
        (Level::Site, _) => Shape::Hexagon,
        _ => Shape::Circle,
    }
}

/// The least pixels for a unit in symbols: those of small pages stay legible.
pub const SMALLEST: f64 = 0.75;

/// Radius in units of the design: by population, in steps that the eye tells apart.
pub fn radius(place: &Place) -> f64 {
    match (place.level, place.population) {
        (Level::Site, _) => 5.2,
        (_, Some(1_000_000..)) => 8.0,
        (_, Some(200_000..)) => 6.8,
        (_, Some(50_000..)) => 5.6,
        (_, Some(10_000..)) => 4.7,
        _ => 4.0,
    }
}

/// Draws a symbol around a point, with a radius in pixels.
pub fn symbol(shape: Shape, state: &State, look: &Look, [x, y]: [f64; 2], radius: f64) -> Vec<Node> {
    let unit = look.unit.max(SMALLEST);
    let outline = |grow: f64| outline(shape, [x, y], radius + grow);
    let mut nodes = vec![Node::Path(outline(1.6 * unit).filled(Paint::solid(Color::WHITE.with_alpha(200))))];
    let color = |a: ActorIndex| look.color(a, state.stale);
    let heavy = if look.is_changed(state) { 2.6 } else { 1.1 };
    let edge = |color: Color| Stroke::solid(color, heavy * unit);
    match &state.control {
        Control::Held(actor) if state.claimed => {
            let dash = vec![2.4 * unit, 1.8 * unit];
            let dashed = Stroke { dash, ..edge(theme::INK) };
            nodes.push(Node::Path(outline(0.0).filled(Paint::solid(Color::WHITE)).stroked(dashed)));
            nodes.push(Node::Path(Path::circle(x, y, radius * 0.5).filled(Paint::solid(color(*actor)))));
        }
        Control::Held(actor) => {
            nodes.push(Node::Path(outline(0.0).filled(Paint::solid(color(*actor))).stroked(edge(theme::INK))));
        }
        Control::Partial(parts) => {
            let slices = pieces(parts).into_iter().flat_map(|p| {
                let count = p.actors.len().max(1) as f64;
                let tone = move |c: Color| if p.certain { c } else { theme::pale(c) };
                let colors: Vec<Color> = match p.actors.as_slice() {
                    [] => vec![theme::UNKNOWN],
                    actors => actors.iter().map(|a| tone(color(*a))).collect(),
                };
                colors.into_iter().map(move |c| (c, p.width / count))
            });
            nodes.extend(slices_of(shape, [x, y], radius, 0.0, slices.collect()));
            nodes.push(Node::Path(outline(0.0).stroked(edge(theme::INK))));
        }
        Control::Contested(actors) | Control::Shared(actors) => {
            let turn = if matches!(state.control, Control::Contested(_)) { 0.125 } else { 0.0 };
            let share = 1.0 / actors.len().max(1) as f64;
            nodes.extend(slices_of(shape, [x, y], radius, turn, actors.iter().map(|a| (color(*a), share)).collect()));
            let dash = if state.claimed { vec![2.4 * unit, 1.8 * unit] } else { Vec::new() };
            nodes.push(Node::Path(outline(0.0).stroked(Stroke { dash, ..edge(theme::INK) })));
        }
        Control::Lost(actors) => {
            let former = actors.first().map_or(theme::NOTHING_MARK, |a| color(*a));
            let stroke = Stroke::solid(former, 1.8 * unit);
            nodes.push(Node::Path(outline(0.0).filled(Paint::solid(Color::WHITE)).stroked(stroke.clone())));
            let arm = radius * 0.62;
            for [a, b] in [[[-1.0, -1.0], [1.0, 1.0]], [[-1.0, 1.0], [1.0, -1.0]]] {
                let end = |[dx, dy]: [f64; 2]| [x + dx * arm, y + dy * arm];
                nodes.push(Node::Path(Path::line(&[end(a), end(b)]).stroked(stroke.clone())));
            }
        }
        Control::Vacant | Control::Unknown | Control::OutOfScope => {
            let fill = match state.control {
                Control::Vacant => theme::VACANT,
                Control::Unknown => theme::UNKNOWN,
                _ => theme::OUT_OF_SCOPE,
            };
            nodes.push(Node::Path(outline(0.0).filled(Paint::solid(fill)).stroked(edge(theme::MUTED))));
            if state.control == Control::Vacant {
                nodes.push(Node::Path(Path::circle(x, y, radius * 0.25).filled(Paint::solid(theme::MUTED))));
            }
        }
    }
    if state.changing {
        nodes.extend(changing::ring([x, y], radius, unit));
    }
    for overlay in &state.overlays {
        let color = look.colors.of(overlay.actor);
        match overlay.kind {
            OverlayKind::Besieged => {
                let dash = if overlay.claimed { vec![4.2 * unit, 3.4 * unit] } else { Vec::new() };
                let out = radius + 4.4 * unit;
                let arcs = sides(look.dataset, overlay);
                let rings = match arcs.as_slice() {
                    [] => vec![Path::circle(x, y, out)],
                    arcs => arcs.iter().map(|a| arc([x, y], out, *a)).collect(),
                };
                for ring in rings {
                    let rim = Stroke::solid(Color::WHITE.with_alpha(210), 4.8 * unit);
                    nodes.push(Node::Path(ring.clone().stroked(rim)));
                    nodes.push(Node::Path(ring.stroked(Stroke { color, width: 2.6 * unit, dash: dash.clone() })));
                }
            }
            OverlayKind::Presence => {
                let dot = Path::circle(x, y, radius * 0.42).filled(Paint::solid(color));
                nodes.push(Node::Path(dot.stroked(Stroke::solid(Color::WHITE, 0.8 * unit))));
                if overlay.claimed {
                    nodes.push(Node::Path(Path::circle(x, y, radius * 0.2).filled(Paint::solid(Color::WHITE))));
                }
            }
        }
    }
    if state.closed.is_some() {
        let arm = radius + 4.2 * unit;
        let bar = Path::line(&[[x - arm, y], [x + arm, y]]);
        nodes.push(Node::Path(bar.clone().stroked(Stroke::solid(Color::WHITE, 4.6 * unit))));
        nodes.push(Node::Path(bar.stroked(Stroke::solid(theme::INK, 2.2 * unit))));
    }
    nodes
}

/// The arcs of a siege, clockwise from north; none where no event tells a bearing, so that it lies all around.
fn sides(dataset: &Dataset, siege: &Overlay) -> Vec<Sector> {
    let texts = siege.evidence.iter().filter_map(|e| dataset.event(*e).text);
    let own = texts.flat_map(|t| &t.own).filter(|(column, _)| dataset.texts.text(*column) == BEARING);
    let mut all: Vec<Sector> = own.filter_map(|(_, value)| read_bearings(value).ok()).flatten().collect();
    all.sort_by(|a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
    all.dedup();
    all
}

/// A part of a circle, from a bearing clockwise by some degrees.
fn arc([x, y]: [f64; 2], radius: f64, [from, wide]: Sector) -> Path {
    let steps = (wide / 7.5).ceil().max(1.0) as u32;
    let point = |i: u32| {
        let angle = (from + wide * f64::from(i) / f64::from(steps)).to_radians();
        [x + radius * libm::sin(angle), y - radius * libm::cos(angle)]
    };
    Path::line(&(0..=steps).map(point).collect::<Vec<_>>())
}

/// Parts of a symbol by share: slices of a round one, pieces of a bar.
fn slices_of(shape: Shape, at: [f64; 2], radius: f64, turn: f64, slices: Vec<(Color, f64)>) -> Vec<Node> {
    if shape != Shape::Bar {
        return pie(shape, at, radius, turn, slices);
    }
    let (wide, high) = (BAR[0] * radius, BAR[1] * radius);
    let mut left = at[0] - wide;
    let piece = |(color, part): (Color, f64)| {
        let x = left;
        left += part * 2.0 * wide;
        Node::Path(Path::rect(x, at[1] - high, part * 2.0 * wide, 2.0 * high).filled(Paint::solid(color)))
    };
    slices.into_iter().map(piece).collect()
}

/// Half the width and height of a bar, in radii.
pub const BAR: [f64; 2] = [1.7, 0.85];

/// Slices in turn, clockwise from the top and turned by a part of the circle, inside the shape.
fn pie(shape: Shape, [x, y]: [f64; 2], radius: f64, turn: f64, slices: Vec<(Color, f64)>) -> Vec<Node> {
    let mut start = turn;
    let mut nodes = Vec::new();
    let reach = if shape == Shape::Circle { 1.0 } else { 0.8 };
    if shape != Shape::Circle {
        nodes.push(Node::Path(outline(shape, [x, y], radius).filled(Paint::solid(Color::WHITE))));
    }
    for (color, part) in slices {
        let steps = (part * 48.0).ceil().max(1.0);
        let mut points = vec![[x, y]];
        points.extend((0..=steps as u32).map(|i| {
            let angle = (start + part * f64::from(i) / steps) * std::f64::consts::TAU;
            [x + reach * radius * libm::sin(angle), y - reach * radius * libm::cos(angle)]
        }));
        nodes.push(Node::Path(Path::polygon(&points).filled(Paint::solid(color))));
        start += part;
    }
    nodes
}

/// The outline of a shape of about the area of a circle of that radius.
pub fn outline(shape: Shape, [x, y]: [f64; 2], radius: f64) -> Path {
    let corners = |count: u32, turn: f64, size: f64| {
        let points: Vec<[f64; 2]> = (0..count)
            .map(|i| {
                let angle = (f64::from(i) / f64::from(count) + turn) * std::f64::consts::TAU;
                [x + size * radius * libm::sin(angle), y - size * radius * libm::cos(angle)]
            })
            .collect();
        Path::polygon(&points)
    };
    match shape {
        Shape::Circle => Path::circle(x, y, radius),
        Shape::Diamond => corners(4, 0.0, 1.3),
        Shape::Square => corners(4, 0.125, 1.25),
        Shape::Triangle => corners(3, 0.0, 1.35),
        Shape::Arrow => corners(3, 0.25, 1.35),
        Shape::Wedge => corners(3, 0.5, 1.35),
        Shape::Pentagon => corners(5, 0.0, 1.2),
        Shape::Hexagon => corners(6, 0.0, 1.1),
        // grown evenly on all sides, so that a rim is as wide everywhere
        Shape::Bar => {
            let [w, h] = [BAR[0] * radius, BAR[1] * radius];
            Path::rect(x - w, y - h, 2.0 * w, 2.0 * h)
        }
    }
}
