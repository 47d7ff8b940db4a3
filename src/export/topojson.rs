//! TopoJSON: each border once, however many regions and spells it belongs to.

use super::geojson::{properties, quoted};
use super::{Layer, Shape};
use crate::geometry::topology::topology_and_rings;
use geo::MultiPolygon;
use std::fmt::Write;

/// Writes a layer.
pub(super) fn write(layer: &Layer) -> Vec<u8> {
    let mut areas: Vec<&MultiPolygon<f64>> = Vec::new();
    // the spells of a place follow on each other and have one geometry
    let faces: Vec<Option<usize>> = layer
        .features
        .iter()
        .map(|feature| match feature.shape {
            Shape::Point(_) => None,
            Shape::Area(area) => {
                if !areas.last().is_some_and(|last| std::ptr::eq(*last, area)) {
                    areas.push(area);
                }
                Some(areas.len() - 1)
            }
        })
        .collect();
    let (topology, rings) = topology_and_rings(&areas);
    let mut rings = rings.into_iter();
    let geometries: Vec<String> = areas.iter().map(|area| arcs(area, &mut rings)).collect();

    let mut out = String::from(
        "{\"type\":\"Topology\",\"objects\":{\"states\":{\"type\":\"GeometryCollection\",\"geometries\":[",
    );
    for (i, (feature, face)) in layer.features.iter().zip(&faces).enumerate() {
        out.push_str(if i == 0 { "\n{" } else { ",\n{" });
        match (feature.shape, face) {
            (Shape::Point([x, y]), _) => {
                let _ = write!(out, "\"type\":\"Point\",\"coordinates\":[{x},{y}]");
            }
            (Shape::Area(_), face) => {
                let arcs = face.and_then(|face| geometries.get(face)).map_or("[]", String::as_str);
                let _ = write!(out, "\"type\":\"MultiPolygon\",\"arcs\":{arcs}");
            }
        }
        out.push_str(",\"properties\":{");
        properties(&mut out, &feature.properties);
        out.push_str("}}");
    }
    out.push_str("\n]}},\n\"arcs\":[");
    for (i, arc) in topology.arcs.iter().enumerate() {
        out.push_str(if i == 0 { "\n[" } else { ",\n[" });
        for (j, [x, y]) in arc.points.iter().enumerate() {
            let _ = write!(out, "{}[{x},{y}]", if j == 0 { "" } else { "," });
        }
        out.push(']');
    }
    out.push(']');
    let _ = write!(out, ",\n\"name\":{}", quoted(&layer.title));
    for (key, value) in &layer.facts {
        let _ = write!(out, ",\"{key}\":{}", quoted(value));
    }
    out.push_str("}\n");
    out.into_bytes()
}

/// The rings of a region as lists of arcs, polygon by polygon; those that bound nothing are left out.
fn arcs(area: &MultiPolygon<f64>, rings: &mut impl Iterator<Item = Vec<i32>>) -> String {
    let mut polygons: Vec<Vec<Vec<i32>>> = Vec::new();
    for polygon in &area.0 {
        let outer = rings.next().unwrap_or_default();
        let holes: Vec<Vec<i32>> = polygon.interiors().iter().map(|_| rings.next().unwrap_or_default()).collect();
        if !outer.is_empty() {
            polygons.push([outer].into_iter().chain(holes.into_iter().filter(|hole| !hole.is_empty())).collect());
        }
    }
    serde_json::to_string(&polygons).expect("numbers are JSON")
}
