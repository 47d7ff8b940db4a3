//! Meridians and parallels at a sensible step, with their degrees at the panel's edge.

use super::label::{Rect, Room, tight};
use super::pen::{Pen, Style};
use super::theme;
use crate::projection::View;
use crate::scene::{Anchor, Color, Direction, Group, Halo, Node, Path, Segment, Stroke, Text};

/// Steps in minutes of arc.
const STEPS: [u32; 14] = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1200, 1800, 2700];

/// The most lines wanted across the longer side of the panel, and pixels that each has at least.
const LINES: f64 = 6.0;
const APART: f64 = 110.0;

/// Points of a line.
const POINTS: u32 = 96;

const LABEL: Style = Style { size: 11.5, weight: 400, color: theme::LAND_NAME };

/// A graticule in two parts, since regions lie between them.
pub struct Graticule {
    /// The lines.
    pub lines: Node,
    /// Their degrees.
    pub labels: Node,
    /// Where those stand.
    pub taken: Vec<Rect>,
}

/// The step, in minutes of arc, that gives about a number of lines over some degrees.
fn step(degrees: f64, lines: f64) -> u32 {
    let wanted = degrees * 60.0 / lines;
    STEPS.into_iter().find(|s| f64::from(*s) >= wanted * 0.75).unwrap_or(STEPS[STEPS.len() - 1])
}

impl Graticule {
    /// Draws the lines that a view shows and labels those that find room at the edge.
    pub fn new(view: &View, pen: &mut Pen, room: &mut Room) -> Self {
        let shown = view.shown();
        let (wide, high) = (shown.east - shown.west, shown.north - shown.south);
        let step = step(wide.min(360.0).max(high), (view.panel[2].max(view.panel[3]) / APART).clamp(2.0, LINES));
        let size = f64::from(step) / 60.0;
        let multiples = |from: f64, to: f64| ((from / size).ceil() as i64)..=((to / size).floor() as i64);
        let mut segments = Vec::new();
        let mut labels = Vec::new();
        let along =
            |from: f64, to: f64| (0..=POINTS).map(move |i| from + (to - from) * f64::from(i) / f64::from(POINTS));
        for i in multiples(shown.west, (shown.west + 360.0).min(shown.east)) {
            let degrees = i as f64 * size;
            let line = polyline(view, along(shown.south.max(-89.9), shown.north.min(89.9)).map(|y| [degrees, y]));
            let name = name(i * i64::from(step), pen, true);
            labels.extend(label(view, pen, room, &line, &name, true));
            segments.extend(line.into_iter().flatten());
        }
        for i in multiples(shown.south, shown.north).filter(|i| (*i as f64 * size).abs() < 90.0) {
            let degrees = i as f64 * size;
            let line = polyline(view, along(shown.west, shown.east).map(|x| [x, degrees]));
            let name = name(i * i64::from(step), pen, false);
            labels.extend(label(view, pen, room, &line, &name, false));
            segments.extend(line.into_iter().flatten());
        }
        let stroke = Stroke::solid(theme::LAND_NAME.with_alpha(95), (0.7 * pen.unit).max(0.5));
        let lines = Path { id: "graticule".into(), segments, ..Path::default() }.stroked(stroke);
        let taken = labels.iter().map(tight).collect();
        let nodes = labels.into_iter().map(Node::Text).collect();
        let labels = Group { id: "degrees".into(), nodes, ..Group::default() };
        Self { lines: Node::Path(lines), labels: Node::Group(labels), taken }
    }
}

/// A line on the page in pieces: it is broken where the projection tears it.
fn polyline(view: &View, degrees: impl Iterator<Item = [f64; 2]>) -> Vec<Vec<Segment>> {
    let [x, y, w, h] = view.panel;
    let mut pieces: Vec<Vec<Segment>> = Vec::new();
    let mut last: Option<[f64; 2]> = None;
    for point in degrees.map(|d| view.forward(d)) {
        // far off the panel nothing is seen, and a jump as wide as that is a tear
        let near = |p: [f64; 2]| p[0] > x - w && p[0] < x + 2.0 * w && p[1] > y - h && p[1] < y + 2.0 * h;
        if !near(point) {
            last = None;
            continue;
        }
        let torn = last.is_none_or(|[a, b]| (point[0] - a).abs() > w * 0.5 || (point[1] - b).abs() > h * 0.5);
        match pieces.last_mut() {
            Some(piece) if !torn => piece.push(Segment::Line(point)),
            _ => pieces.push(vec![Segment::Move(point)]),
        }
        last = Some(point);
    }
    pieces
}

/// The degrees of a line where it first meets the panel's lower or upper edge, for a parallel its side edges.
fn label(
    view: &View,
    pen: &mut Pen,
    room: &mut Room,
    line: &[Vec<Segment>],
    name: &str,
    is_meridian: bool,
) -> Option<Text> {
    let [x, y, w, h] = view.panel;
    let size = pen.size(LABEL);
    let pad = (4.0 * pen.unit).max(3.0);
    let rtl = pen.words.direction == Direction::Rtl;
    let (left, right) = ((x, Anchor::Left, pad), (x + w, Anchor::Right, -pad));
    let edges = match (is_meridian, rtl) {
        (true, _) => [(y + h, Anchor::Middle, -pad - 0.25 * size), (y, Anchor::Middle, pad + 0.85 * size)],
        (false, false) => [left, right],
        (false, true) => [right, left],
    };
    for (edge, anchor, shift) in edges {
        let Some([px, py]) = crossing(line, edge, usize::from(is_meridian)) else { continue };
        let at = if is_meridian { [px, edge + shift] } else { [edge + shift, py - 0.3 * size] };
        let mut text = pen.line(name, at, anchor, LABEL);
        let around = tight(&text);
        if room.is_free(around) {
            room.take(around);
            text.halo = Some(Halo { color: Color::WHITE.with_alpha(215), width: 2.0 * pen.unit });
            return Some(text);
        }
    }
    None
}

/// Where a line crosses a horizontal (`axis` 1) or vertical (0) edge.
fn crossing(line: &[Vec<Segment>], edge: f64, axis: usize) -> Option<[f64; 2]> {
    let point = |s: &Segment| match s {
        Segment::Move(p) | Segment::Line(p) => *p,
        Segment::Cubic(_, _, p) => *p,
        Segment::Close => [f64::NAN; 2],
    };
    line.iter().flat_map(|piece| piece.windows(2)).find_map(|ends| {
        let (a, b) = (point(&ends[0]), point(&ends[1]));
        let t = (edge - a[axis]) / (b[axis] - a[axis]);
        (0.0..=1.0).contains(&t).then(|| [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t])
    })
}

/// Degrees and minutes as maps write them: `36°E`, `35°30′N`.
fn name(minutes: i64, pen: &Pen, is_meridian: bool) -> String {
    // east of the date line longitudes count down again
    let minutes = if is_meridian { (minutes + 180 * 60).rem_euclid(360 * 60) - 180 * 60 } else { minutes };
    let [north, south, east, west] = pen.words.quarters;
    let side = match (minutes, is_meridian) {
        (0, _) => "",
        // east and west at once
        (_, true) if minutes.abs() == 180 * 60 => "",
        (1.., true) => east,
        (_, true) => west,
        (1.., false) => north,
        (_, false) => south,
    };
    let (degrees, rest) = (minutes.abs() / 60, minutes.abs() % 60);
    let number = if rest == 0 { format!("{degrees}°") } else { format!("{degrees}°{rest:02}′") };
    format!("{}{side}", pen.words.isolate(&number))
}

#[cfg(test)]
mod tests {
    use super::{Graticule, name, step};
    use crate::map::label::Room;
    use crate::map::pen::Pen;
    use crate::map::words::words;
    use crate::projection::{Extent, Projection, fit};
    use crate::scene::{Node, Segment, Shaper};

    fn pen() -> Pen {
        Pen {
            shaper: Shaper::new(),
            unit: 1.0,
            words: words("en"),
            digits: crate::project::Digits::Latin,
            second: String::new(),
        }
    }

    #[test]
    fn the_step_suits_the_extent() {
        assert_eq!([0.5, 7.0, 12.0, 60.0, 360.0].map(|d| step(d, 6.0)), [5, 60, 120, 600, 2700]);
    }

    #[test]
    fn degrees_are_written_as_maps_do() {
        let pen = pen();
        assert_eq!(name(36 * 60, &pen, true), "36°E");
        assert_eq!(name(-35 * 60 - 30, &pen, false), "35°30′S");
        assert_eq!(name(190 * 60, &pen, true), "170°W");
        assert_eq!(name(180 * 60, &pen, true), "180°");
        assert_eq!(name(0, &pen, false), "0°");
    }

    #[test]
    fn lines_are_labelled_inside_the_panel() {
        let extent = Extent { west: 30.0, south: 30.0, east: 42.0, north: 38.0 };
        let projection = Projection::new("laea", &extent).expect("listed");
        let panel = [50.0, 60.0, 600.0, 400.0];
        let view = fit(projection.clone(), extent.outline().map(|p| projection.forward(p)), panel);
        let mut room = Room::new(panel);
        let graticule = Graticule::new(&view, &mut pen(), &mut room);
        let Node::Group(labels) = graticule.labels else { panic!("labels are a group") };
        assert!(labels.nodes.len() >= 4, "{}", labels.nodes.len());
        for node in &labels.nodes {
            let Node::Text(text) = node else { panic!("labels are texts") };
            let [x, y, w, h] = text.bounds();
            assert!(x >= 50.0 && x + w <= 650.0 && y >= 56.0 && y + h <= 464.0, "{:?}", text.bounds());
        }
        let Node::Path(lines) = graticule.lines else { panic!("lines are a path") };
        assert!(lines.segments.iter().filter(|s| matches!(s, Segment::Move(_))).count() >= 4);
    }
}
