//! A scale bar in round numbers, or none where it would lie.

use super::label::Rect;
use super::pen::{Pen, Style};
use super::theme;
use crate::projection::View;
use crate::scene::{Anchor, Color, Direction, Group, Halo, Node, Path, Stroke};

/// How far the scale may differ over the panel before a bar would lie.
const TOLERANCE: f64 = 0.05;

const LABEL: Style = Style { size: 13.0, weight: 400, color: theme::INK };

/// A scale bar before it has a place.
#[derive(Debug, Clone, Copy)]
pub struct ScaleBar {
    /// Length in km.
    pub km: f64,
    /// Length in pixels.
    pub pixels: f64,
}

/// Finds the round length that is nearest to a fifth of the panel; `None` where the scale differs too
/// much over the panel.
pub fn scale_bar(view: &View) -> Option<ScaleBar> {
    let [x, y, width, height] = view.panel;
    let local = |tx: f64, ty: f64| -> Option<[f64; 2]> {
        let at = [x + width * tx, y + height * ty];
        let (a, b) = (view.inverse(at)?, view.inverse([at[0] + 1.0, at[1]])?);
        Some([1.0 / distance_km(a, b), 1.0 / distance_km(a, view.inverse([at[0], at[1] + 1.0])?)])
    };
    let [middle, _] = local(0.5, 0.5)?;
    // a bar is laid along any line, so the scale must be one in every direction too
    for [tx, ty] in [[0.5, 0.5], [0.1, 0.1], [0.9, 0.1], [0.1, 0.9], [0.9, 0.9]] {
        if local(tx, ty)?.into_iter().any(|scale| (scale / middle - 1.0).abs() > TOLERANCE) {
            return None;
        }
    }
    let wanted = width.min(height) * 0.22 / middle;
    let power = libm::pow(10.0, libm::floor(libm::log10(wanted)));
    let km = [1.0, 2.0, 5.0, 10.0].into_iter().map(|n| n * power).filter(|n| *n <= wanted).fold(power, f64::max);
    Some(ScaleBar { km, pixels: km * middle })
}

/// Where a bar of a size may stand: the corner where reading starts, along the foot, the corners above.
pub fn spots([x, y, w, h]: Rect, [width, height]: [f64; 2], pen: &Pen) -> Vec<Rect> {
    const STEPS: u32 = 8;
    let gap = 12.0 * pen.unit;
    let rtl = pen.words.direction == Direction::Rtl;
    let (left, right) = (x + gap, x + w - width - gap);
    let (first, last) = if rtl { (right, left) } else { (left, right) };
    let along = |i: u32| first + (last - first) * f64::from(i) / f64::from(STEPS);
    let foot = [0, STEPS].into_iter().chain(1..STEPS).map(|i| [along(i), y + h - height - gap]);
    let head = [0, STEPS].into_iter().map(|i| [along(i), y + gap]);
    foot.chain(head).map(|[x, y]| [x, y, width, height]).collect()
}

/// Great-circle distance.
fn distance_km([a, b]: [f64; 2], [c, d]: [f64; 2]) -> f64 {
    let half = |x: f64| {
        let s = libm::sin(x.to_radians() / 2.0);
        s * s
    };
    let h = half(d - b) + libm::cos(b.to_radians()) * libm::cos(d.to_radians()) * half(c - a);
    2.0 * crate::projection::RADIUS_KM * libm::asin(h.sqrt().min(1.0))
}

impl ScaleBar {
    /// Width and height that it needs; on a small page the label is longer than the bar.
    pub fn size(&self, pen: &mut Pen) -> [f64; 2] {
        let label = pen.width(&self.words(pen), LABEL);
        [self.pixels.max(label) + 28.0 * pen.unit, 9.0 * pen.unit + pen.size(LABEL) * 1.6]
    }

    fn words(&self, pen: &Pen) -> String {
        let decimals = if self.km < 1.0 { 1 } else { 0 };
        format!("{} {}", pen.words.isolate(&format!("{:.decimals$}", self.km)), pen.words.km)
    }

    /// Draws it into a rectangle of its size.
    pub fn draw(&self, pen: &mut Pen, rect: Rect) -> Node {
        let u = pen.unit;
        let [x, y, width, height] = rect;
        let (left, base) = (x + (width - self.pixels) / 2.0, y + height - 9.0 * u);
        let tick = 6.0 * u;
        let line = [[left, base - tick], [left, base], [left + self.pixels, base], [left + self.pixels, base - tick]];
        let words = self.words(pen);
        // Arabic letters reach below their line
        let below = if pen.words.direction == Direction::Rtl { 0.2 * pen.size(LABEL) } else { 0.0 };
        let at = [left + self.pixels / 2.0, base - 6.0 * u - below];
        let mut label = pen.line(&words, at, Anchor::Middle, LABEL);
        label.halo = Some(Halo { color: Color::WHITE.with_alpha(215), width: 2.2 * u });
        let rim = Stroke::solid(Color::WHITE.with_alpha(190), 4.6 * u);
        Node::Group(Group {
            id: "scale-bar".into(),
            nodes: vec![
                Node::Path(Path::line(&line).stroked(rim)),
                Node::Path(Path::line(&line).stroked(Stroke::solid(theme::INK, 1.4 * u))),
                Node::Text(label),
            ],
            ..Group::default()
        })
    }
}
