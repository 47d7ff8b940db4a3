//! GeoJSON (RFC 7946): longitude first, outer rings counter-clockwise.

use super::{Layer, Property, Shape};
use geo::orient::Direction;
use geo::{LineString, MultiPolygon, Orient, Polygon};
use serde_json::Value;
use std::fmt::Write;

/// Writes a layer.
pub(super) fn write(layer: &Layer) -> Vec<u8> {
    let mut out = format!("{{\"type\":\"FeatureCollection\",\"name\":{}", quoted(&layer.title));
    for (key, value) in &layer.facts {
        let _ = write!(out, ",\"{key}\":{}", quoted(value));
    }
    out.push_str(",\"features\":[");
    for (i, feature) in layer.features.iter().enumerate() {
        out.push_str(if i == 0 { "\n" } else { ",\n" });
        out.push_str("{\"type\":\"Feature\",\"properties\":{");
        properties(&mut out, &feature.properties);
        out.push_str("},\"geometry\":");
        match feature.shape {
            Shape::Point([x, y]) => {
                let _ = write!(out, "{{\"type\":\"Point\",\"coordinates\":[{x},{y}]}}");
            }
            Shape::Area(area) => push_area(&mut out, area),
        }
        out.push('}');
    }
    out.push_str("\n]}\n");
    out.into_bytes()
}

/// Appends the members of an object of properties.
pub(super) fn properties(out: &mut String, all: &[(&'static str, Property)]) {
    for (i, (name, value)) in all.iter().enumerate() {
        let value = match value {
            Property::Empty => "null".to_owned(),
            Property::Text(words) => quoted(words),
            Property::Number(number) => number.to_string(),
            Property::Flag(flag) => flag.to_string(),
        };
        let _ = write!(out, "{}\"{name}\":{value}", if i == 0 { "" } else { "," });
    }
}

/// A text as JSON.
pub(super) fn quoted(words: &str) -> String {
    Value::from(words).to_string()
}

fn push_area(out: &mut String, area: &MultiPolygon<f64>) {
    let area = area.orient(Direction::Default);
    match area.0.as_slice() {
        [one] => {
            out.push_str("{\"type\":\"Polygon\",\"coordinates\":");
            push_polygon(out, one);
        }
        all => {
            out.push_str("{\"type\":\"MultiPolygon\",\"coordinates\":[");
            for (i, polygon) in all.iter().enumerate() {
                out.push_str(if i == 0 { "" } else { "," });
                push_polygon(out, polygon);
            }
            out.push(']');
        }
    }
    out.push('}');
}

fn push_polygon(out: &mut String, polygon: &Polygon<f64>) {
    out.push('[');
    push_ring(out, polygon.exterior());
    for hole in polygon.interiors() {
        out.push(',');
        push_ring(out, hole);
    }
    out.push(']');
}

fn push_ring(out: &mut String, ring: &LineString<f64>) {
    for (i, point) in ring.0.iter().enumerate() {
        let _ = write!(out, "{}[{},{}]", if i == 0 { "[" } else { "," }, point.x, point.y);
    }
    out.push_str(if ring.0.is_empty() { "[]" } else { "]" });
}
