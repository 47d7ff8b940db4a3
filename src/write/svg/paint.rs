//! Paints as SVG: flat colours as attributes, patterns as definitions of their own.
//!
//! Stripes and lines count from the page's origin along the normal of their edges, (sin, cos) of the
//! angle: downwards for horizontal ones, to the right for vertical ones. The first band begins at the
//! origin; a line and a dot have their middle there.

use super::Page;
use super::outline::number;
use super::xml::{Attribute, push_attribute};
use crate::scene::{Band, Color, Layer, Paint, Stroke};
use std::fmt::Write;

/// Gives a colour as `#rgb` or `#rrggbb`.
fn hex(color: Color) -> String {
    let Color { r, g, b, .. } = color;
    if [r, g, b].iter().all(|v| v % 17 == 0) {
        format!("#{:x}{:x}{:x}", r / 17, g / 17, b / 17)
    } else {
        format!("#{r:02x}{g:02x}{b:02x}")
    }
}

/// Gives `fill` or `stroke` with its opacity.
pub fn color(kind: &'static str, color: Color) -> Vec<Attribute> {
    let mut all = vec![(kind, hex(color))];
    if color.a < 255 {
        let opacity = if kind == "fill" { "fill-opacity" } else { "stroke-opacity" };
        all.push((opacity, number(f64::from(color.a) / 255.0)));
    }
    all
}

/// Gives the attributes of a line.
pub fn stroke(stroke: &Stroke) -> Vec<Attribute> {
    let mut all = color("stroke", stroke.color);
    all.push(("stroke-width", number(stroke.width)));
    if !stroke.dash.is_empty() {
        all.push(("stroke-dasharray", stroke.dash.iter().map(|v| number(*v)).collect::<Vec<_>>().join(" ")));
    }
    all
}

/// Gives the attributes of a fill with one layer, and defines its pattern where it is the first to use it.
pub fn fill(page: &mut Page, layer: &Layer) -> Vec<Attribute> {
    if let Layer::Solid(c) = layer {
        return color("fill", *c);
    }
    if let Some((_, id)) = page.patterns.iter().find(|(known, _)| known == layer) {
        return vec![("fill", format!("url(#{id})"))];
    }
    let Some((tile, content)) = pattern(layer) else {
        return vec![("fill", "none".to_owned())];
    };
    let id = page.ids.fresh("pattern");
    page.defs.push_str("<pattern");
    push_attribute(&mut page.defs, "id", &id);
    page.defs.push_str(" patternUnits=\"userSpaceOnUse\"");
    for (name, value) in tile {
        push_attribute(&mut page.defs, name, &value);
    }
    page.defs.push('>');
    page.defs.push_str(&content);
    page.defs.push_str("</pattern>\n");
    let value = format!("url(#{id})");
    page.patterns.push((layer.clone(), id));
    vec![("fill", value)]
}

/// Gives the colour that a paint covers everything with, on average; `None` where the ground shows.
pub fn ground(paint: &Paint) -> Option<Color> {
    let mut ground = None;
    for layer in &paint.layers {
        let cover = match layer {
            Layer::Solid(c) => *c,
            Layer::Stripes { bands, .. } => mean(bands)?,
            Layer::Lines { .. } | Layer::Dots { .. } => continue,
        };
        ground = match (cover.a, ground) {
            (255, _) => Some(cover),
            (a, Some(below)) => Some(Color::mix(below, cover.with_alpha(255), f64::from(a) / 255.0)),
            (_, None) => None,
        };
    }
    ground
}

/// Mixes bands by their widths.
fn mean(bands: &[Band]) -> Option<Color> {
    let [first, rest @ ..] = bands else { return None };
    let (mut mixed, mut sum) = (first.color, first.width);
    for band in rest {
        sum += band.width;
        mixed = mixed.mix(band.color, if sum > 0.0 { band.width / sum } else { 0.0 });
    }
    Some(mixed)
}

/// How far along its edges a tile of stripes or lines reaches.
const TILE: f64 = 8.0;

/// Gives the tile's attributes and content; `None` for lengths that make no pattern.
///
/// The tile is cut where its content is uniform, and the content reaches beyond the cut: a viewer
/// that antialiases the edges of tiles has no background to let through.
fn pattern(layer: &Layer) -> Option<(Vec<Attribute>, String)> {
    let mut content = String::new();
    let window = |x: f64, y: f64, w: f64, h: f64| {
        let mut all = Vec::new();
        if x != 0.0 {
            all.push(("x", number(x)));
        }
        if y != 0.0 {
            all.push(("y", number(y)));
        }
        all.extend([("width", number(w)), ("height", number(h))]);
        all
    };
    let turn = |angle: f64| (angle != 0.0).then(|| ("patternTransform", format!("rotate({})", number(-angle))));
    match layer {
        Layer::Solid(_) => return None,
        Layer::Stripes { angle, bands } => {
            let period = length(bands.iter().map(|b| b.width).sum())?;
            let first = bands.first()?;
            let cut = first.width / 2.0;
            let mut tile = window(0.0, cut, TILE, period);
            tile.extend(turn(*angle));
            let opaque = bands.iter().all(|b| b.color.a == 255);
            let end = if opaque { period + cut + 1.0 } else { period };
            let top = if opaque { cut - 1.0 } else { cut };
            band(&mut content, top, if opaque { end } else { first.width }, first.color);
            let mut from = first.width;
            for b in &bands[1..] {
                // an opaque band reaches under the next, so that nothing shows between
                band(&mut content, from, if opaque { end } else { from + b.width }, b.color);
                from += b.width;
            }
            if bands.len() > 1 || !opaque {
                band(&mut content, period, period + cut + if opaque { 1.0 } else { 0.0 }, first.color);
            }
            Some((tile, content))
        }
        Layer::Lines { angle, spacing, width, color } => {
            let spacing = length(*spacing)?;
            let mut tile = window(0.0, -spacing / 2.0, TILE, spacing);
            tile.extend(turn(*angle));
            band(&mut content, -width.min(spacing) / 2.0, width.min(spacing) / 2.0, *color);
            Some((tile, content))
        }
        Layer::Dots { spacing, radius, color } => {
            let s = length(*spacing)?;
            let r = length(*radius)?.min(s);
            content.push_str("<g");
            for (name, value) in super::paint::color("fill", *color) {
                push_attribute(&mut content, name, &value);
            }
            content.push('>');
            // a quarter of the spacing before a dot, so that small dots lie whole within the tile
            let (low, high) = (-s / 4.0, s * 3.0 / 4.0);
            for i in -4..=6 {
                for j in -4..=6 {
                    let [x, y] = [f64::from(i) * s / 2.0, f64::from(j) * s / 2.0];
                    let near = |v: f64| v + r > low && v - r < high;
                    if (i + j) % 2 == 0 && i % 2 == j % 2 && near(x) && near(y) {
                        let _ = write!(
                            content,
                            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\"/>",
                            number(x),
                            number(y),
                            number(r)
                        );
                    }
                }
            }
            content.push_str("</g>");
            Some((window(low, low, s, s), content))
        }
    }
}

/// Appends a band across the tile, and beyond it on both sides.
fn band(out: &mut String, from: f64, to: f64, c: Color) {
    let _ = write!(out, "<path d=\"M-1 {}V{}H{}V{}z\"", number(from), number(to), number(TILE + 1.0), number(from));
    for (name, value) in color("fill", c) {
        push_attribute(out, name, &value);
    }
    out.push_str("/>");
}

/// Gives a length that can be drawn.
fn length(v: f64) -> Option<f64> {
    (v.is_finite() && v >= 0.01).then_some(v)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ground_is_what_covers_everything() {
        let [red, blue] = [Color::hex(0xff_0000), Color::hex(0x00_00ff)];
        let lines = Layer::Lines { angle: 45.0, spacing: 4.0, width: 1.0, color: red };
        assert_eq!(ground(&Paint { layers: vec![lines.clone()] }), None);
        assert_eq!(ground(&Paint::solid(blue).over(lines)), Some(blue));
        let bands = vec![Band { color: red, width: 1.0 }, Band { color: blue, width: 3.0 }];
        assert_eq!(ground(&Paint { layers: vec![Layer::Stripes { angle: 0.0, bands }] }), Some(Color::rgb(64, 0, 191)));
        assert_eq!(ground(&Paint::solid(red.with_alpha(9))), None);
        assert_eq!(ground(&Paint::default()), None);
    }

    #[test]
    fn colours_are_short_and_carry_their_opacity() {
        assert_eq!(color("fill", Color::hex(0x11_22ff)), [("fill", "#12f".to_owned())]);
        let half = Color::hex(0x01_0203).with_alpha(128);
        assert_eq!(color("stroke", half), [("stroke", "#010203".to_owned()), ("stroke-opacity", ".5".to_owned())]);
    }

    #[test]
    fn lengths_that_make_no_pattern_are_refused() {
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            let color = Color::BLACK;
            assert!(pattern(&Layer::Lines { angle: 0.0, spacing: bad, width: 1.0, color }).is_none());
            assert!(pattern(&Layer::Dots { spacing: bad, radius: 1.0, color }).is_none());
            assert!(pattern(&Layer::Stripes { angle: 0.0, bands: vec![Band { color, width: bad }] }).is_none());
        }
        assert!(pattern(&Layer::Stripes { angle: 0.0, bands: vec![] }).is_none());
    }
}
