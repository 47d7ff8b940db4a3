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
pub enum Swatch {
    /// Two halves, or one colour twice.
    Colors(Color, Color),
    /// A state as area, as symbol or as both.
    Sample(Box<Sample>),
    /// A state as area, with the edge that regions of it have.
    Dashed(Box<Sample>),
    /// A line between holders.
    Line(Front),
    /// Thin lines of no actor's colour.
    Thin,
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

/// Draws one into a rectangle.
pub fn swatch(swatch: &Swatch, look: &Look, [x, y, w, h]: Rect, nodes: &mut Vec<Node>) {
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
        Swatch::Line(front) => {
            let line = Path::line(&[[x, middle[1]], [x + w, middle[1]]]);
            nodes.push(Node::Path(line.stroked(Stroke::solid(theme::INK, widths(*front)[1] * look.unit))));
        }
        Swatch::Thin => {
            let lines = Layer::Lines {
                angle: 45.0,
                spacing: 8.0 * look.pitch(),
                width: 2.0 * look.pitch(),
                color: theme::MUTED,
            };
            let paint = Paint::solid(Color::WHITE).over(lines);
            nodes.push(Node::Path(Path::rect(x, y, w, h).filled(paint).stroked(edge)));
        }
        Swatch::Sample(sample) | Swatch::Dashed(sample) => {
            let Sample { area, point } = sample.as_ref();
            let edge = match swatch {
                Swatch::Dashed(_) => {
                    Stroke { dash: vec![5.0 * look.unit, 3.0 * look.unit], width: edge.width * 1.6, ..edge }
                }
                _ => edge,
            };
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
