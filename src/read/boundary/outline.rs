//! Boundary files as outlines: takes a file, gives its features with everything they say of themselves as it is
//! written, for those who change the outlines only.

use super::coordinates::Position;
use super::feature::Feature;
use super::ring::Raw;
use super::{geojson, is_topology, read_bytes, scan, topojson};
use crate::diag::{Checked, Diagnostic, Location, Spot};
use crate::project::BoundaryInput;
use geo::{Coord, LineString, MultiPolygon, Polygon};
use rayon::prelude::*;

/// A file's features.
#[derive(Debug, Default, PartialEq)]
pub struct Outlines {
    /// Members of the collection besides `type`, `features` and `bbox`: key and JSON.
    pub members: Vec<(String, String)>,
    /// Its features, in the order of the file.
    pub features: Vec<Outline>,
}

/// A feature.
#[derive(Debug, PartialEq)]
pub struct Outline {
    /// Its members besides `type`, `geometry` and `bbox`: key and JSON.
    pub members: Vec<(String, String)>,
    /// Its geometry.
    pub shape: OutlineShape,
}

/// A geometry.
#[derive(Debug, PartialEq)]
pub enum OutlineShape {
    /// Areas: polygons as written, closed.
    Areas {
        /// The polygons, in degrees.
        polygons: MultiPolygon<f64>,
        /// It is written as a `MultiPolygon`.
        is_multi: bool,
    },
    /// Points, lines, collections or nothing: the JSON as written.
    Other(String),
}

/// Reads the outlines of a boundary file.
///
/// # Errors
/// Diagnostics as of any boundary file, but none for features without an id.
pub fn outlines(name: &str, bytes: &[u8]) -> Checked<Outlines> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    // what is wrong with a file as a whole, the reader of boundaries says
    let careful = || {
        let diagnostics = read_bytes(&BoundaryInput::new(name), bytes).diagnostics;
        Checked { value: Outlines::default(), diagnostics }
    };
    let Ok(text) = std::str::from_utf8(bytes) else { return careful() };
    if !is_topology(text)
        && let Some(found) = scan::scan(text)
    {
        return checked(name, of_scanned(found));
    }
    let read = if is_topology(text) { topojson::read(text) } else { geojson::read(text) };
    let Ok(file) = read else { return careful() };
    let mut diagnostics = Vec::new();
    let mut features = Vec::with_capacity(file.features.len());
    for Feature { index, id, properties, shape } in file.features {
        let mut members = Vec::new();
        if !id.is_null() {
            members.push(("id".to_owned(), id.to_string()));
        }
        members.push(("properties".to_owned(), serde_json::Value::Object(properties).to_string()));
        match shape {
            Ok(raw) if raw.is_empty() => {
                features.push(Outline { members, shape: OutlineShape::Other("null".into()) });
            }
            Ok(raw) => {
                let is_multi = raw.len() > 1;
                features.push(Outline { members, shape: OutlineShape::Areas { polygons: polygons(raw), is_multi } });
            }
            Err(fault) => {
                let spot = Spot::Feature { index, id: None, ring: fault.ring, vertex: fault.vertex };
                let message = format!("feature {index}: {}", fault.message);
                diagnostics.push(Diagnostic::new("bad-geometry", message).at(Location { file: name.to_owned(), spot }));
            }
        }
    }
    let mut all = checked(name, Outlines { members: Vec::new(), features });
    all.diagnostics.extend(diagnostics);
    all
}

fn of_scanned(found: scan::Collection) -> Outlines {
    let own = |(key, json): scan::Member| (key.to_owned(), json.to_owned());
    let feature = |from: scan::Scanned| {
        let first = [("id", from.id), ("properties", from.properties)];
        let members = first.into_iter().filter_map(|(key, json)| Some((key, json?)));
        let members = members.chain(from.others).filter(|(key, _)| *key != "bbox").map(own).collect();
        let shape = match from.shape {
            scan::Shape::Areas { polygons: raw, is_multi } => OutlineShape::Areas { polygons: polygons(raw), is_multi },
            scan::Shape::Missing => OutlineShape::Other("null".into()),
            scan::Shape::Other(json) => OutlineShape::Other(json.to_owned()),
        };
        Outline { members, shape }
    };
    let members = found.others.into_iter().filter(|(key, _)| *key != "bbox").map(own).collect();
    Outlines { members, features: found.features.into_par_iter().map(feature).collect() }
}

fn polygons(raw: Raw) -> MultiPolygon<f64> {
    let ring = |points: Vec<Position>| -> LineString<f64> {
        let mut ring: LineString<f64> = points.into_iter().map(|[x, y]| Coord { x, y }).collect();
        ring.close();
        ring
    };
    let polygon = |rings: Vec<Vec<Position>>| {
        let mut rings = rings.into_iter().map(ring);
        let exterior = rings.next().unwrap_or_else(|| LineString::new(Vec::new()));
        Polygon::new(exterior, rings.collect())
    };
    MultiPolygon(raw.into_iter().map(polygon).collect())
}

/// Refuses coordinates that are not in degrees.
fn checked(name: &str, value: Outlines) -> Checked<Outlines> {
    let off = |feature: &Outline| {
        let OutlineShape::Areas { polygons, .. } = &feature.shape else { return None };
        let rings = polygons.0.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
        let fits = |c: &&Coord<f64>| (-180.0..=360.0).contains(&c.x) && (-90.0..=90.0).contains(&c.y);
        rings.flat_map(|r| &r.0).find(|c| !fits(c)).copied()
    };
    let found: Vec<Option<Coord<f64>>> = value.features.par_iter().map(off).collect();
    let diagnostic = |(index, at): (usize, Option<Coord<f64>>)| {
        let at = at?;
        let message = format!("feature {index} has the position {}, {}, which is off the globe", at.x, at.y);
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        let spot = Spot::Feature { index, id: None, ring: None, vertex: None };
        let hint = "coordinates must be longitude and latitude in degrees on WGS 84; reproject the file to EPSG:4326";
        let all = Diagnostic::new("bad-geometry", message).value(format!("{}, {}", at.x, at.y)).hint(hint);
        Some(all.at(Location { file: name.to_owned(), spot }))
    };
    let diagnostics = found.into_iter().enumerate().filter_map(diagnostic).collect();
    Checked { value, diagnostics }
}

#[cfg(test)]
mod tests {
    use super::{OutlineShape, outlines};

    #[test]
    fn what_a_feature_says_of_itself_stays_as_written() {
        let text = r#"{"type":"FeatureCollection","name":"x","bbox":[0,0,1,1],"features":[
            {"type":"Feature","properties":{"b":1.50,"a":"\u00e9"},"id":7,"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1]]]}},
            {"type":"Feature","properties":null,"geometry":{"type":"Point","coordinates":[1,2]}}]}"#;
        let found = outlines("x", text.as_bytes());
        assert!(found.diagnostics.is_empty(), "{:?}", found.diagnostics);
        assert_eq!(found.value.members, [("name".to_owned(), "\"x\"".to_owned())]);
        let first = &found.value.features[0];
        assert_eq!(first.members[1].1, r#"{"b":1.50,"a":"\u00e9"}"#);
        assert!(matches!(&first.shape, OutlineShape::Areas { is_multi: false, .. }));
        let point = r#"{"type":"Point","coordinates":[1,2]}"#;
        assert_eq!(found.value.features[1].shape, OutlineShape::Other(point.into()));
    }

    #[test]
    fn coordinates_in_metres_and_text_that_is_no_json_are_refused() {
        let metres = r#"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[500000,4000000],[1,0],[1,1]]]}}]}"#;
        assert!(outlines("x", metres.as_bytes()).has_errors());
        assert!(outlines("x", b"{\"type\":\"FeatureCollection\",\"features\":[").has_errors());
        assert!(outlines("x", b"\xff").has_errors());
    }
}
