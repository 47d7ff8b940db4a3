//! Fills: takes an outline and layers, draws flat colours as fills, and stripes, lines and dots as strokes
//! clipped to the outline. They stay lines at any zoom and have no tiles whose edges could show.

use super::line::{Builder, Outline, color, round_stroke};
use crate::scene::{Band, Color, Layer};
use crate::write::svg::outline::round;
use krilla::paint::{Fill, FillRule, LineCap, Stroke};
use krilla::surface::Surface;

/// How thick the line of its own paint is under a face, so that no background shows between neighbours.
const SWELL: f32 = 1.5;

/// The most lines or dots of one layer in one outline; more are no pattern that anybody sees.
const MOST: f64 = 200_000.0;

/// Fills an outline with layers, from bottom to top. A `swollen` one reaches a little beyond its outline.
pub fn layers(surface: &mut Surface<'_>, outline: &Outline, layers: &[Layer], swollen: bool) {
    for layer in layers {
        match layer {
            Layer::Solid(color) => flat(surface, outline, *color, swollen),
            Layer::Stripes { angle, bands } => stripes(surface, outline, *angle, bands, swollen),
            Layer::Lines { angle, spacing, width, color } => {
                let line = [(*spacing / 2.0, width.min(*spacing), *color)];
                clipped(surface, outline, |surface| bands(surface, outline.bounds, *angle, *spacing, &line));
            }
            Layer::Dots { spacing, radius, color } => {
                clipped(surface, outline, |surface| dots(surface, outline.bounds, *spacing, *radius, *color));
            }
        }
    }
}

/// Strokes with a stroke and no fill.
pub fn stroke(surface: &mut Surface<'_>, path: &krilla::geom::Path, stroke: Stroke) {
    surface.set_fill(None);
    surface.set_stroke(Some(stroke));
    surface.draw_path(path);
    surface.set_stroke(None);
}

fn flat(surface: &mut Surface<'_>, outline: &Outline, of: Color, swollen: bool) {
    let (rgb, opacity) = color(of);
    // twice the same over itself would show where it lets something through
    let rim = (swollen && of.a == 255).then(|| round_stroke(rgb.into(), opacity, SWELL));
    surface.set_fill(Some(Fill { paint: rgb.into(), opacity, rule: FillRule::EvenOdd }));
    surface.set_stroke(rim);
    surface.draw_path(&outline.path);
    surface.set_fill(None);
    surface.set_stroke(None);
}

fn clipped(surface: &mut Surface<'_>, outline: &Outline, draw: impl FnOnce(&mut Surface<'_>)) {
    surface.push_clip_path(&outline.path, &FillRule::EvenOdd);
    draw(surface);
    surface.pop();
}

fn stripes(surface: &mut Surface<'_>, outline: &Outline, angle: f64, all: &[Band], swollen: bool) {
    let Some((first, rest)) = all.split_first() else { return };
    let period: f64 = all.iter().map(|band| band.width).sum();
    let opaque = all.iter().all(|band| band.color.a == 255);
    // opaque bands lie on the first one's colour, so that nothing shows between them
    if opaque {
        flat(surface, outline, first.color, swollen);
    }
    let (mut from, mut drawn) = (0.0, Vec::new());
    for band in if opaque { rest } else { all } {
        if drawn.is_empty() && opaque {
            from = first.width;
        }
        drawn.push((from + band.width / 2.0, band.width, band.color));
        from += band.width;
    }
    clipped(surface, outline, |surface| bands(surface, outline.bounds, angle, period, &drawn));
}

/// Draws bands by their middle within the period, their width and colour, across a box.
fn bands(surface: &mut Surface<'_>, bounds: [f64; 4], angle: f64, period: f64, all: &[(f64, f64, Color)]) {
    let (sin, cos) = (libm::sin(angle.to_radians()), libm::cos(angle.to_radians()));
    let [left, top, right, bottom] = bounds;
    let corners = [[left, top], [right, top], [left, bottom], [right, bottom]];
    // across the bands, and along them
    let across = range(corners.map(|[x, y]| x * sin + y * cos));
    let along = range(corners.map(|[x, y]| x * cos - y * sin));
    if !(period.is_finite() && period >= 0.01 && (across[1] - across[0]) / period < MOST) {
        return;
    }
    let at = |n: f64, d: f64| round([n * sin + d * cos, n * cos - d * sin]);
    for (middle, width, of) in all.iter().filter(|(_, width, _)| *width > 0.0) {
        let mut lines = Builder::default();
        let first = ((across[0] - middle) / period).floor() as i64;
        let last = ((across[1] - middle) / period).ceil() as i64;
        for k in first..=last {
            let n = k as f64 * period + middle;
            lines.start(at(n, along[0] - 1.0));
            lines.line(at(n, along[1] + 1.0));
        }
        let (rgb, opacity) = color(*of);
        let look = Stroke { line_cap: LineCap::Butt, ..round_stroke(rgb.into(), opacity, *width as f32) };
        if let Some(lines) = lines.finish() {
            stroke(surface, &lines.path, look);
        }
    }
}

/// Draws dots at a quarter and three quarters of each square, across a box: the ends of lines too short to see.
fn dots(surface: &mut Surface<'_>, bounds: [f64; 4], spacing: f64, radius: f64, of: Color) {
    let [left, top, right, bottom] = bounds;
    let count = (right - left + spacing) * (bottom - top + spacing) / (spacing * spacing) * 2.0;
    if !(spacing.is_finite() && spacing >= 0.01 && radius.is_finite() && radius > 0.0 && count < MOST) {
        return;
    }
    let reach = radius.min(spacing);
    let cells =
        |from: f64, to: f64| ((from - reach) / spacing).floor() as i64..=((to + reach) / spacing).floor() as i64;
    let mut path = Builder::default();
    for j in cells(top, bottom) {
        for i in cells(left, right) {
            for quarter in [0.25, 0.75] {
                let [x, y] = [i, j].map(|v| (v as f64 + quarter) * spacing);
                let [x, y] = round([x, y]);
                path.start([x, y]);
                path.line([x + 1, y]);
            }
        }
    }
    let (rgb, opacity) = color(of);
    if let Some(path) = path.finish() {
        stroke(surface, &path.path, round_stroke(rgb.into(), opacity, 2.0 * reach as f32));
    }
}

fn range(values: [f64; 4]) -> [f64; 2] {
    [values.into_iter().fold(f64::INFINITY, f64::min), values.into_iter().fold(f64::NEG_INFINITY, f64::max)]
}
