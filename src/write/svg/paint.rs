//! Paints as SVG: flat colours as attributes, patterns as definitions of their own.
//!
//! Stripes and lines count from the page's origin along the normal of their edges, (sin, cos) of the
//! angle: downwards for horizontal ones, to the right for vertical ones. The first band begins at the
//! origin, a line stands in the middle of its period, and two dots at a quarter and three quarters of
//! their square.

use super::Page;
use super::outline::number;
use super::xml::{Attribute, push_attribute};
use crate::scene::{Color, Layer, Stroke};
use std::fmt::Write;

/// Gives a colour as `#rgb` or `#rrggbb`.
pub fn hex(color: Color) -> String {
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
///
/// A `swollen` fill has a line of its own paint too, so that it reaches a little beyond its outline.
pub fn fill(page: &mut Page, layer: &Layer, swollen: bool) -> Vec<Attribute> {
    let (mut all, opaque) = match layer {
        Layer::Solid(c) => (color("fill", *c), c.a == 255),
        Layer::Stripes { bands, .. } => (reference(page, layer), bands.iter().all(|b| b.color.a == 255)),
        Layer::Lines { color, .. } | Layer::Dots { color, .. } => (reference(page, layer), color.a == 255),
    };
    // twice the same over itself would show where it lets something through
    if swollen && opaque {
        all.push(("stroke", all[0].1.clone()));
    }
    all
}

/// Gives a fill by reference.
fn reference(page: &mut Page, layer: &Layer) -> Vec<Attribute> {
    let known = page.patterns.iter().find(|(known, _)| known == layer).map(|(_, id)| id.clone());
    let value = match known.or_else(|| define(page, layer)) {
        Some(id) => format!("url(#{id})"),
        None => "none".to_owned(),
    };
    vec![("fill", value)]
}

/// Defines a pattern; gives its id.
fn define(page: &mut Page, layer: &Layer) -> Option<String> {
    let pattern = pattern(layer)?;
    let id = page.ids.fresh("pattern");
    page.defs.push_str("<pattern");
    push_attribute(&mut page.defs, "id", &id);
    push_attribute(&mut page.defs, "patternUnits", "userSpaceOnUse");
    push_attribute(&mut page.defs, "width", &number(pattern.size[0]));
    push_attribute(&mut page.defs, "height", &number(pattern.size[1]));
    if !pattern.transform.is_empty() {
        push_attribute(&mut page.defs, "patternTransform", &pattern.transform);
    }
    page.defs.push('>');
    page.defs.push_str(&pattern.content);
    page.defs.push_str("</pattern>\n");
    page.patterns.push((layer.clone(), id.clone()));
    Some(id)
}

/// A tile that repeats.
struct Pattern {
    size: [f64; 2],
    transform: String,
    content: String,
}

/// How far along its edges a tile of stripes or lines reaches.
const TILE: f64 = 8.0;

/// Gives the tile; `None` for lengths that make no pattern.
///
/// It is cut where its content is uniform, and the content reaches beyond the cut: a viewer that
/// antialiases the edges of tiles has no background to let through. The cut is moved by the transform,
/// as viewers do not agree on what a tile's own x and y mean for its content.
fn pattern(layer: &Layer) -> Option<Pattern> {
    let mut content = String::new();
    let moved = |angle: f64, by: f64| {
        let turn = (angle != 0.0).then(|| format!("rotate({})", number(-angle)));
        let shift = (by != 0.0).then(|| format!("translate(0 {})", number(by)));
        turn.into_iter().chain(shift).collect::<Vec<_>>().join(" ")
    };
    match layer {
        Layer::Solid(_) => None,
        Layer::Stripes { angle, bands } => {
            let period = length(bands.iter().map(|b| b.width).sum())?;
            let first = bands.first()?;
            let half = first.width / 2.0;
            let opaque = bands.iter().all(|b| b.color.a == 255);
            // opaque bands reach under those that follow, so that nothing shows between
            let reach = |to: f64| if opaque { period + 1.0 } else { to };
            band(&mut content, if opaque { -1.0 } else { 0.0 }, reach(half), first.color);
            let mut from = half;
            for b in &bands[1..] {
                band(&mut content, from, reach(from + b.width), b.color);
                from += b.width;
            }
            if bands.len() > 1 || !opaque {
                band(&mut content, from, reach(period), first.color);
            }
            Some(Pattern { size: [TILE, period], transform: moved(*angle, half), content })
        }
        Layer::Lines { angle, spacing, width, color } => {
            let spacing = length(*spacing)?;
            let [middle, half] = [spacing / 2.0, width.min(spacing) / 2.0];
            band(&mut content, middle - half, middle + half, *color);
            Some(Pattern { size: [TILE, spacing], transform: moved(*angle, 0.0), content })
        }
        Layer::Dots { spacing, radius, color } => {
            let s = length(*spacing)?;
            let r = number(length(*radius)?.min(s));
            content.push_str("<g");
            for (name, value) in self::color("fill", *color) {
                push_attribute(&mut content, name, &value);
            }
            content.push('>');
            // the two dots lie whole within the tile unless they are large: then their neighbours reach in
            let near = |v: f64| v + radius > 0.0 && v - radius < s;
            for (i, j) in (-3..=7).flat_map(|i| (-3..=7).map(move |j| (i, j))) {
                let [x, y] = [f64::from(i) * s / 4.0, f64::from(j) * s / 4.0];
                // odd quarters, every other of them
                if i % 2 != 0 && (i - j) % 4 == 0 && near(x) && near(y) {
                    let _ = write!(content, "<circle cx=\"{}\" cy=\"{}\" r=\"{r}\"/>", number(x), number(y));
                }
            }
            content.push_str("</g>");
            Some(Pattern { size: [s, s], transform: String::new(), content })
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
    use crate::scene::Band;

    const RED: Color = Color::hex(0xff_0000);
    const BLUE: Color = Color::hex(0x00_00ff);

    #[test]
    fn dots_stand_at_a_quarter_and_three_quarters_of_their_square() {
        let dots = |radius| pattern(&Layer::Dots { spacing: 8.0, radius, color: Color::BLACK }).map(|p| p.content);
        let small = dots(1.5).expect("a pattern");
        assert_eq!(small.matches("<circle").count(), 2);
        assert!(small.contains("cx=\"2\" cy=\"2\"") && small.contains("cx=\"6\" cy=\"6\""), "{small}");
        // those that reach in from outside are there too
        assert!(dots(3.0).expect("a pattern").contains("cx=\"-2\" cy=\"6\""));
    }

    #[test]
    fn stripes_are_cut_within_a_band_and_cover_the_tile() {
        let bands = [(RED, 4.0), (BLUE, 6.0)].map(|(color, width)| Band { color, width }).to_vec();
        let p = pattern(&Layer::Stripes { angle: 45.0, bands }).expect("a pattern");
        assert_eq!((p.size, &*p.transform), ([8.0, 10.0], "rotate(-45) translate(0 2)"));
        let tile = "<path d=\"M-1 -1V11H9V-1z\" fill=\"red\"/><path d=\"M-1 2V11H9V2z\" fill=\"blue\"/>\
                    <path d=\"M-1 8V11H9V8z\" fill=\"red\"/>";
        assert_eq!(p.content.replace("#f00", "red").replace("#00f", "blue"), tile);
    }

    #[test]
    fn a_swollen_fill_has_a_line_unless_it_is_translucent() {
        let mut page = Page::default();
        assert_eq!(fill(&mut page, &Layer::Solid(RED), true)[1], ("stroke", "#f00".to_owned()));
        assert!(fill(&mut page, &Layer::Solid(RED.with_alpha(9)), true).iter().all(|a| a.0 != "stroke"));
        let lines = Layer::Lines { angle: 45.0, spacing: 4.0, width: 1.0, color: RED };
        assert_eq!(fill(&mut page, &lines, true)[1], ("stroke", "url(#pattern1)".to_owned()));
        assert_eq!(fill(&mut page, &lines, false), [("fill", "url(#pattern1)".to_owned())]);
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
