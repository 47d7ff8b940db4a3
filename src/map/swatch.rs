//! What a key of the legend looks like.

use super::annotation::mark;
use super::front::{Front, widths};
use super::key::Sample;
use super::label::Rect;
use super::look::Look;
use super::symbol::{Shape, outline, symbol};
use super::theme;
use crate::scene::{Color, Layer, Node, Paint, Path, Stroke};
use crate::timeline::State;

/// What a key looks like.
#[derive(Debug, Clone)]
pub enum Swatch {
    /// Two halves, or one colour twice.
    Colors(Color, Color),
    /// A state as area, as symbol or as both.
    Sample(Box<Sample>),
    /// A state as area, with the edge that regions of it have.
    Dashed(Box<Sample>),
    /// A line between holders.
    Line(Front),
    /// Thin lines of no actor's colour, at an angle.
    Thin(f64),
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
    /// From one colour to another.
    Blend(Color, Color),
    /// A symbol with another behind it.
    Behind,
    /// A surface.
    Surface(Paint),
    /// A surface inside a rim: the rim's paint, the surface's.
    Rim(Box<[Paint; 2]>),
    /// The outline of a surface.
    Edge(Stroke),
    /// A line, the lowest stroke first.
    Strokes(Vec<Stroke>),
}

/// Part of a swatch's height that its rim is wide.
const RIM: f64 = 0.27;

/// The second half of a rectangle that two looks share.
fn half([x, y, w, h]: Rect) -> Path {
    Path::polygon(&[[x + w * 0.62, y], [x + w, y], [x + w, y + h], [x + w * 0.38, y + h]])
}

/// Draws one into a rectangle.
pub fn swatch(swatch: &Swatch, look: &Look, [x, y, w, h]: Rect, nodes: &mut Vec<Node>) {
    let edge = Stroke::solid(theme::BORDER, 0.8 * look.unit);
    let middle = [x + w / 2.0, y + h / 2.0];
    let radius = h * 0.33;
    match swatch {
        Swatch::Colors(first, second) => {
            nodes.push(Node::Path(Path::rect(x, y, w, h).filled(Paint::solid(*first))));
            if second != first {
                nodes.push(Node::Path(half([x, y, w, h]).filled(Paint::solid(*second))));
            }
            nodes.push(Node::Path(Path::rect(x, y, w, h).stroked(edge)));
        }
        Swatch::Line(front) => {
            let line = Path::line(&[[x, middle[1]], [x + w, middle[1]]]);
            nodes.push(Node::Path(line.stroked(Stroke::solid(theme::INK, widths(*front)[1] * look.unit))));
        }
        Swatch::Thin(angle) => {
            let lines = Layer::Lines {
                angle: *angle,
                spacing: 8.0 * look.pitch(),
                width: 2.0 * look.pitch(),
                color: theme::MUTED,
            };
            let paint = Paint::solid(Color::WHITE).over(lines);
            nodes.push(Node::Path(Path::rect(x, y, w, h).filled(paint).stroked(edge)));
        }
        Swatch::Sample(sample) | Swatch::Dashed(sample) => {
            let Sample { area, other, point } = sample.as_ref();
            let edge = match swatch {
                Swatch::Dashed(_) => {
                    Stroke { dash: vec![5.0 * look.unit, 3.0 * look.unit], width: edge.width * 1.6, ..edge }
                }
                _ => edge,
            };
            if let Some(state) = area {
                let filled = Path::rect(x, y, w, h).filled(look.paint(state));
                if let Some(other) = other {
                    nodes.push(Node::Path(filled));
                    nodes.push(Node::Path(half([x, y, w, h]).filled(look.paint(other))));
                    nodes.push(Node::Path(Path::rect(x, y, w, h).stroked(edge)));
                } else {
                    nodes.push(Node::Path(filled.stroked(edge)));
                }
            }
            if let Some(state) = point {
                let at = if area.is_some() { [x + w - radius * 0.9, middle[1]] } else { middle };
                if area.is_some() {
                    // a rim of paper tells the symbol from the area behind it
                    let rim = outline(Shape::Circle, at, radius + 1.8 * look.unit.max(0.6));
                    nodes.push(Node::Path(rim.filled(Paint::solid(theme::PAPER))));
                }
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
        Swatch::Blend(from, to) => {
            for k in 0..8 {
                let part = f64::from(k) / 8.0;
                let rest = Path::rect(x + w * part, y, w * (1.0 - part), h);
                nodes.push(Node::Path(rest.filled(Paint::solid(from.mix(*to, part + 1.0 / 16.0)))));
            }
            nodes.push(Node::Path(Path::rect(x, y, w, h).stroked(edge)));
        }
        Swatch::Behind => {
            let back = [middle[0] - 0.8 * radius, middle[1] - 0.35 * radius];
            for (at, part, fill) in [(back, 0.86, theme::RULE), (middle, 1.0, Color::WHITE)] {
                let circle = outline(Shape::Circle, at, radius * part);
                nodes.push(Node::Path(circle.filled(Paint::solid(fill)).stroked(edge.clone())));
            }
        }
        Swatch::Surface(paint) => nodes.push(Node::Path(Path::rect(x, y, w, h).filled(paint.clone()).stroked(edge))),
        Swatch::Rim(paints) => {
            let [rim, inside] = paints.as_ref();
            let by = RIM * h;
            nodes.push(Node::Path(Path::rect(x, y, w, h).filled(rim.clone()).stroked(edge)));
            let within = Path::rect(x + by, y + by, w - 2.0 * by, h - 2.0 * by);
            nodes.push(Node::Path(within.filled(inside.clone())));
        }
        Swatch::Edge(stroke) => {
            let inset = stroke.width / 2.0;
            let path = Path::rect(x + inset, y + inset, w - 2.0 * inset, h - 2.0 * inset);
            nodes.push(Node::Path(path.filled(Paint::solid(Color::WHITE)).stroked(stroke.clone())));
        }
        Swatch::Strokes(strokes) => {
            // the ends of a line are round
            let inset = strokes.iter().map(|s| s.width / 2.0).fold(0.0, f64::max);
            let path = Path::line(&[[x + inset, middle[1]], [x + w - inset, middle[1]]]);
            nodes.extend(strokes.iter().map(|stroke| Node::Path(path.clone().stroked(stroke.clone()))));
        }
        Swatch::Mark(is_strike) => nodes.extend(mark(*is_strike, middle, h * 0.42)),
        Swatch::Sizes => {
            // side by side, as large as there is width for
            let (parts, gap) = ([0.55, 0.78, 1.0], 0.4);
            let total = 2.0 * parts.iter().sum::<f64>() + 2.0 * gap;
            let radius = radius.min((w - edge.width) / total);
            let mut left = middle[0] - total / 2.0 * radius;
            for part in parts {
                let circle = outline(Shape::Circle, [left + radius * part, middle[1]], radius * part);
                left += (2.0 * part + gap) * radius;
                nodes.push(Node::Path(circle.filled(Paint::solid(Color::WHITE)).stroked(edge.clone())));
            }
        }
    }
}
