//! KML (OGC 12-007): a placemark for each feature, with a time span where it has one.

use super::{Feature, Layer, Property, Shape};
use geo::{LineString, MultiPolygon, Polygon};
use std::collections::BTreeSet;
use std::fmt::Write;

/// How opaque a fill is, as two hexadecimal digits.
const OPACITY: &str = "b0";

/// Writes a layer.
pub(super) fn write(layer: &Layer) -> Vec<u8> {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document>\n",
    );
    push_leaf(&mut out, "name", &layer.title);
    let facts: Vec<String> = layer.facts.iter().map(|(key, value)| format!("{key}: {value}")).collect();
    push_leaf(&mut out, "description", &facts.join("\n"));
    let colors: BTreeSet<&str> = layer.features.iter().map(|feature| feature.color.as_str()).collect();
    for color in colors {
        push_style(&mut out, color);
    }
    for feature in &layer.features {
        push_feature(&mut out, feature);
    }
    out.push_str("</Document>\n</kml>\n");
    out.into_bytes()
}

/// A style's id: its colour's digits.
fn style(color: &str) -> &str {
    color.strip_prefix('#').unwrap_or("none")
}

fn push_style(out: &mut String, color: &str) {
    // KML has opacity, blue, green and red
    let part = |at: usize| color.get(at..at + 2).unwrap_or("a0");
    let digits = format!("{}{}{}", part(5), part(3), part(1));
    let fill = if color.is_empty() { "40ffffff".to_owned() } else { format!("{OPACITY}{digits}") };
    let dot = format!("ff{digits}");
    let _ = writeln!(
        out,
        "<Style id=\"c-{}\"><IconStyle><color>{dot}</color><scale>0.7</scale></IconStyle>\
         <LabelStyle><scale>0.7</scale></LabelStyle>\
         <LineStyle><color>ff333333</color><width>1</width></LineStyle>\
         <PolyStyle><color>{fill}</color></PolyStyle></Style>",
        style(color)
    );
}

fn push_feature(out: &mut String, feature: &Feature) {
    out.push_str("<Placemark>");
    push_leaf(out, "name", &feature.name);
    let [begin, end] = &feature.valid;
    if begin.is_some() || end.is_some() {
        out.push_str("<TimeSpan>");
        push_leaf(out, "begin", begin.as_deref().unwrap_or_default());
        push_leaf(out, "end", end.as_deref().unwrap_or_default());
        out.push_str("</TimeSpan>");
    }
    let _ = write!(out, "<styleUrl>#c-{}</styleUrl><ExtendedData>", style(&feature.color));
    // these a placemark has as elements of its own
    for (name, value) in
        feature.properties.iter().filter(|(name, _)| !["name", "valid_from", "valid_to"].contains(name))
    {
        let value = match value {
            Property::Empty => continue,
            Property::Text(words) => words.clone(),
            Property::Number(number) => number.to_string(),
            Property::Flag(flag) => flag.to_string(),
        };
        let _ = write!(out, "<Data name=\"{name}\">");
        push_leaf(out, "value", &value);
        out.push_str("</Data>");
    }
    out.push_str("</ExtendedData>");
    match feature.shape {
        Shape::Point([x, y]) => {
            let _ = write!(out, "<Point><coordinates>{x},{y}</coordinates></Point>");
        }
        Shape::Area(area) => push_area(out, area),
    }
    out.push_str("</Placemark>\n");
}

fn push_area(out: &mut String, area: &MultiPolygon<f64>) {
    let several = area.0.len() != 1;
    out.push_str(if several { "<MultiGeometry>" } else { "" });
    area.0.iter().for_each(|polygon| push_polygon(out, polygon));
    out.push_str(if several { "</MultiGeometry>" } else { "" });
}

fn push_polygon(out: &mut String, polygon: &Polygon<f64>) {
    out.push_str("<Polygon><tessellate>1</tessellate><outerBoundaryIs>");
    push_ring(out, polygon.exterior());
    out.push_str("</outerBoundaryIs>");
    for hole in polygon.interiors() {
        out.push_str("<innerBoundaryIs>");
        push_ring(out, hole);
        out.push_str("</innerBoundaryIs>");
    }
    out.push_str("</Polygon>");
}

fn push_ring(out: &mut String, ring: &LineString<f64>) {
    out.push_str("<LinearRing><coordinates>");
    for (i, point) in ring.0.iter().enumerate() {
        let _ = write!(out, "{}{},{}", if i == 0 { "" } else { " " }, point.x, point.y);
    }
    out.push_str("</coordinates></LinearRing>");
}

/// Appends an element with a text; nothing where there is none.
fn push_leaf(out: &mut String, name: &str, text: &str) {
    if text.is_empty() {
        return;
    }
    let _ = write!(out, "<{name}>");
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // XML has no way to write these
            c if (c < ' ' && !matches!(c, '\n' | '\t')) || matches!(c, '\u{fffe}' | '\u{ffff}') => {
                out.push('\u{fffd}');
            }
            c => out.push(c),
        }
    }
    let _ = write!(out, "</{name}>");
}
