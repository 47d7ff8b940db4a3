//! Where north is, and an arrow to it where it is one direction and not up.

use super::label::Rect;
use super::pen::{Pen, Style};
use super::theme;
use crate::project::Shown;
use crate::projection::View;
use crate::scene::{Anchor, Color, Group, Halo, Node, Paint, Path, Stroke};

/// Degrees within which north counts as up.
const UP: f64 = 3.0;

const LABEL: Style = Style { size: 13.0, weight: 700, color: theme::INK };

/// Where north is over a panel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum North {
    /// Up, everywhere within a few degrees.
    Up,
    /// In one direction: degrees clockwise from up.
    Aside(f64),
    /// In no single direction, so that no arrow can tell.
    Turning,
}

impl North {
    /// Degrees clockwise from up.
    pub fn angle(self) -> f64 {
        if let Self::Aside(angle) = self { angle } else { 0.0 }
    }
}

/// Finds where north is over the panel of a view.
pub fn north(view: &View) -> North {
    let [x, y, w, h] = view.panel;
    let steps = || (0..5).map(|i| 0.04 + 0.23 * f64::from(i));
    let found: Option<Vec<f64>> =
        steps().flat_map(|i| steps().map(move |j| [x + w * i, y + h * j])).map(|p| angle(view, p)).collect();
    let Some(angles) = found else { return North::Turning };
    let low = angles.iter().copied().fold(f64::INFINITY, f64::min);
    let high = angles.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if low.abs().max(high.abs()) <= UP {
        North::Up
    } else if high - low <= 2.0 * UP && (low + high).abs() > 2.0 * UP {
        North::Aside(f64::midpoint(low, high))
    } else {
        North::Turning
    }
}

/// Degrees clockwise from up to north at a pixel; `None` off the map.
fn angle(view: &View, at: [f64; 2]) -> Option<f64> {
    let [longitude, latitude] = view.inverse(at)?;
    let ahead = (latitude + 0.01).min(90.0);
    let ([a, b], [c, d]) = (view.forward([longitude, ahead - 0.01]), view.forward([longitude, ahead]));
    Some(libm::atan2(c - a, b - d).to_degrees())
}

/// What is to be known where an arrow was asked for and none can be right.
pub fn note(view: &View, wanted: Shown) -> Option<String> {
    let turns = wanted == Shown::Always && north(view) == North::Turning;
    turns.then(|| {
        "no arrow to north is drawn: north turns over this map; its meridians show it with `--graticule always`".into()
    })
}

/// Width and height that the arrow needs.
pub fn size(pen: &Pen) -> [f64; 2] {
    [44.0 * pen.unit, 44.0 * pen.unit + pen.size(LABEL)]
}

/// Draws the arrow into a rectangle of its size.
pub fn draw(pen: &mut Pen, angle: f64, [x, y, width, height]: Rect) -> Node {
    let u = pen.unit;
    let letter = pen.size(LABEL);
    let middle = [x + width / 2.0, y + letter + (height - letter) / 2.0];
    let (sin, cos) = (libm::sin(angle.to_radians()), libm::cos(angle.to_radians()));
    // from right and up as seen along the arrow
    let turned = |[r, f]: [f64; 2]| [middle[0] + (r * cos + f * sin) * u, middle[1] + (r * sin - f * cos) * u];
    let half = |side: f64| Path::polygon(&[[0.0, 19.0], [9.0 * side, -17.0], [0.0, -10.0]].map(turned));
    let edge = Stroke::solid(theme::INK, 1.1 * u);
    let rim = Stroke::solid(Color::WHITE.with_alpha(190), 4.0 * u);
    let whole = Path::polygon(&[[0.0, 19.0], [9.0, -17.0], [0.0, -10.0], [-9.0, -17.0]].map(turned));
    let tip = turned([0.0, 19.0]);
    let word = pen.words.north.to_owned();
    let mut label = pen.line(&word, [tip[0], tip[1] - 5.0 * u], Anchor::Middle, LABEL);
    label.halo = Some(Halo { color: Color::WHITE.with_alpha(215), width: 2.2 * u });
    Node::Group(Group {
        id: "north-arrow".into(),
        nodes: vec![
            Node::Path(whole.stroked(rim)),
            Node::Path(half(-1.0).filled(Paint::solid(theme::INK)).stroked(edge.clone())),
            Node::Path(half(1.0).filled(Paint::solid(Color::WHITE)).stroked(edge)),
            Node::Text(label),
        ],
        ..Group::default()
    })
}

#[cfg(test)]
mod tests {
    use super::{North, north, note};
    use crate::project::Shown;
    use crate::projection::{Extent, Projection, View, fit};

    fn view(name: &str, of: Extent, shown: Extent) -> View {
        let projection = Projection::new(name, &of).expect("listed");
        fit(projection.clone(), shown.outline().map(|p| projection.forward(p)), [0.0, 0.0, 400.0, 400.0])
    }

    const SYRIA: Extent = Extent { west: 35.6, south: 32.3, east: 42.4, north: 37.4 };

    #[test]
    fn north_is_up_for_a_country_and_turns_over_a_continent() {
        assert_eq!(north(&view("auto", SYRIA, SYRIA)), North::Up);
        let russia = Extent { west: 27.0, south: 42.0, east: 180.0, north: 80.0 };
        assert_eq!(north(&view("auto", russia, russia)), North::Turning);
    }

    #[test]
    fn an_arrow_that_was_asked_for_and_cannot_be_right_is_told() {
        let russia = Extent { west: 27.0, south: 42.0, east: 180.0, north: 80.0 };
        assert!(note(&view("auto", russia, russia), Shown::Always).is_some_and(|n| n.contains("north turns")));
        assert_eq!(note(&view("auto", russia, russia), Shown::Auto), None);
        assert_eq!(note(&view("auto", SYRIA, SYRIA), Shown::Always), None);
    }

    #[test]
    fn north_lies_aside_at_the_edge_of_a_conic_map() {
        let wide = Extent { west: 27.0, south: 42.0, east: 180.0, north: 72.0 };
        let west = Extent { west: 38.0, south: 50.0, east: 39.0, north: 51.0 };
        let North::Aside(angle) = north(&view("albers", wide, west)) else { panic!("not aside") };
        // west of the central meridian north lies to the right
        assert!(angle > 20.0, "{angle}");
    }
}
