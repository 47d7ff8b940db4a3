//! GeoJSON (RFC 7946): takes text, gives features; a collection, one feature or a bare geometry.

use super::coordinates::{self, Fault};
use super::feature::{Feature, File, edition};
use super::ring::Raw;
use super::scan;
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

/// The deepest that geometry collections may be nested.
const DEEPEST: usize = 16;

/// An object of GeoJSON, of whatever type.
#[derive(Deserialize)]
struct Object<'a> {
    #[serde(rename = "type")]
    kind: Option<Value>,
    #[serde(borrow)]
    features: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    geometry: Option<&'a RawValue>,
    #[serde(default)]
    id: Value,
    properties: Option<Map<String, Value>>,
    edition: Option<Value>,
}

#[derive(Deserialize)]
struct Geometry<'a> {
    #[serde(rename = "type")]
    kind: Option<Value>,
    #[serde(borrow)]
    coordinates: Option<&'a RawValue>,
    #[serde(borrow)]
    geometries: Option<Vec<&'a RawValue>>,
}

/// Reads a text.
///
/// # Errors
/// Where it is not JSON, or no object of GeoJSON.
pub fn read(text: &str) -> Result<File, serde_json::Error> {
    // what is small is read at once either way
    if text.len() > LARGE
        && let Some(file) = scan::scan(text).and_then(of_scanned)
    {
        return Ok(file);
    }
    let object: Object = serde_json::from_str(text)?;
    let about = object.edition.as_ref().map(edition).unwrap_or_default();
    let features = match (&object.features, object.kind.as_ref().and_then(Value::as_str)) {
        (Some(features), _) => features.par_iter().enumerate().map(|(i, raw)| feature(i, raw)).collect(),
        (None, Some("FeatureCollection")) => Vec::new(),
        (None, Some("Feature")) => vec![of_object(0, object)],
        (None, Some(_)) => vec![Feature { index: 0, id: object.id, properties: Map::new(), shape: shape(text, 0) }],
        (None, None) => {
            return Err(serde::de::Error::custom("the object has no `type` of GeoJSON or TopoJSON"));
        }
    };
    Ok(File { features, edition: about })
}

/// Bytes of a text that is worth the fast way.
const LARGE: usize = 1 << 18;

/// Makes a file of what the fast way found; `None` where the careful way has more to say.
fn of_scanned(found: scan::Collection) -> Option<File> {
    let about = found.others.iter().find(|(key, _)| *key == "edition");
    let about = about.map(|(_, raw)| serde_json::from_str::<Value>(raw)).transpose().ok()?;
    let feature = |(index, from): (usize, scan::Scanned)| -> Option<Feature> {
        let id = from.id.map_or(Ok(Value::Null), serde_json::from_str).ok()?;
        let properties: Option<Map<String, Value>> =
            from.properties.map(serde_json::from_str::<Option<_>>).transpose().ok()?.flatten();
        let shape = match from.shape {
            scan::Shape::Areas { polygons, .. } => Ok(polygons),
            scan::Shape::Missing => Ok(Raw::new()),
            scan::Shape::Other(raw) => shape(raw, 0),
        };
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        Some(Feature { index, id, properties: properties.unwrap_or_default(), shape })
    };
    let features: Option<Vec<Feature>> = found.features.into_par_iter().enumerate().map(feature).collect();
    Some(File { features: features?, edition: about.as_ref().map(edition).unwrap_or_default() })
}

fn feature(index: usize, raw: &RawValue) -> Feature {
    let index = u32::try_from(index).unwrap_or(u32::MAX);
    match serde_json::from_str::<Object>(raw.get()) {
        Ok(object) => of_object(index, object),
        Err(error) => Feature {
            index,
            id: Value::Null,
            properties: Map::new(),
            shape: Err(Fault::new(format!("this is no feature: {}", without_position(&error)))),
        },
    }
}

fn of_object(index: u32, object: Object) -> Feature {
    let shape = object.geometry.map_or_else(|| Ok(Raw::new()), |raw| shape(raw.get(), 0));
    Feature { index, id: object.id, properties: object.properties.unwrap_or_default(), shape }
}

/// Reads a geometry's polygons; points and lines have none.
fn shape(text: &str, depth: usize) -> Result<Raw, Fault> {
    if depth > DEEPEST {
        return Err(Fault::new(format!("geometry collections are nested more than {DEEPEST} deep")));
    }
    let geometry: Option<Geometry> =
        serde_json::from_str(text).map_err(|e| Fault::new(format!("this is no geometry: {}", without_position(&e))))?;
    let Some(geometry) = geometry else { return Ok(Raw::new()) };
    let coordinates = |kind: &str| {
        geometry.coordinates.map(RawValue::get).ok_or_else(|| Fault::new(format!("the `{kind}` has no `coordinates`")))
    };
    match geometry.kind.as_ref().and_then(Value::as_str) {
        Some(kind @ "Polygon") => Ok(vec![coordinates::rings(coordinates(kind)?)?]),
        Some(kind @ "MultiPolygon") => coordinates::polygons(coordinates(kind)?),
        Some("GeometryCollection") => {
            let mut all = Raw::new();
            for member in geometry.geometries.unwrap_or_default() {
                all.extend(shape(member.get(), depth + 1)?);
            }
            Ok(all)
        }
        Some("Point" | "MultiPoint" | "LineString" | "MultiLineString") => Ok(Raw::new()),
        Some(other) => {
            Err(Fault { value: Some(other.into()), ..Fault::new(format!("`{other}` is no kind of geometry")) })
        }
        None => Err(Fault::new("the geometry has no `type`")),
    }
}

/// The message of an error in a part of the text, whose line and column would mislead.
pub(super) fn without_position(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.rfind(" at line ").map_or(message.clone(), |end| message[..end].to_owned())
}
