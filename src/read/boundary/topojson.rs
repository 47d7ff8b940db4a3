//! TopoJSON: takes text, gives features whose neighbours share the coordinates of their arcs to the bit.
//!
//! # Source
//! The TopoJSON format specification, version 1. Of several objects the first collection is read.

use super::coordinates::{self, Fault, Position};
use super::feature::{Feature, File, edition};
use super::geojson::without_position;
use super::ring::Raw;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::fmt;

/// The deepest that geometry collections may be nested.
const DEEPEST: usize = 16;
/// How often the arcs of a file may be used on average before it counts as hostile.
const MOST_USES: usize = 64;

#[derive(serde::Deserialize)]
struct Topology<'a> {
    #[serde(borrow)]
    objects: Option<Objects<'a>>,
    #[serde(borrow)]
    arcs: Option<&'a RawValue>,
    transform: Option<Transform>,
    edition: Option<Value>,
}

#[derive(serde::Deserialize)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

/// Objects in the order of the file, which a map would lose.
struct Objects<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Objects<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Objects<'de>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object of geometry objects")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Objects<'de>, A::Error> {
                let mut all = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    all.push(entry);
                }
                Ok(Objects(all))
            }
        }
        from.deserialize_map(InOrder)
    }
}

#[derive(serde::Deserialize)]
struct Object<'a> {
    #[serde(rename = "type")]
    kind: Option<Value>,
    #[serde(default)]
    id: Value,
    properties: Option<Map<String, Value>>,
    #[serde(borrow)]
    arcs: Option<&'a RawValue>,
    #[serde(borrow)]
    geometries: Option<Vec<&'a RawValue>>,
}

impl Object<'_> {
    fn kind(&self) -> &str {
        self.kind.as_ref().and_then(Value::as_str).unwrap_or("")
    }
}

/// The arcs of a file, and how many of their points may yet be used.
struct Arcs {
    arcs: Vec<Vec<Position>>,
    left: usize,
}

/// Reads a text.
///
/// # Errors
/// Where it is not JSON, or not of the form of a topology.
pub fn read(text: &str) -> Result<File, serde_json::Error> {
    let topology: Topology = serde_json::from_str(text)?;
    let about = topology.edition.as_ref().map(edition).unwrap_or_default();
    let wrong = |message: String| <serde_json::Error as serde::de::Error>::custom(message);
    let mut arcs = coordinates::rings(topology.arcs.map_or("[]", RawValue::get))
        .map_err(|f| wrong(format!("in arc {}: {}", f.ring.unwrap_or(0), f.message)))?;
    if let Some(transform) = &topology.transform {
        arcs.iter_mut().for_each(|arc| unpack(arc, transform));
    }
    let left = arcs.iter().map(Vec::len).sum::<usize>().saturating_mul(MOST_USES);
    let mut arcs = Arcs { arcs, left };
    let mut objects = Vec::new();
    for (name, raw) in topology.objects.map(|o| o.0).unwrap_or_default() {
        let object: Object = serde_json::from_str(raw.get())
            .map_err(|e| wrong(format!("object `{name}` is none: {}", without_position(&e))))?;
        objects.push(object);
    }
    let first = objects.iter().position(|o| o.kind() == "GeometryCollection").unwrap_or(0);
    let mut features = Vec::new();
    if first < objects.len() {
        collect(objects.swap_remove(first), &mut arcs, 0, &mut features);
    }
    Ok(File { features, edition: about })
}

/// Undoes quantisation: sums up differences, then scales and shifts.
fn unpack(arc: &mut [Position], by: &Transform) {
    let mut sum = [0.0; 2];
    for point in arc {
        for axis in 0..2 {
            sum[axis] += point[axis];
            point[axis] = sum[axis] * by.scale[axis] + by.translate[axis];
        }
    }
}

/// Adds the features of an object: members of a collection that has no id and properties of its own.
fn collect(object: Object, arcs: &mut Arcs, depth: usize, features: &mut Vec<Feature>) {
    let plain = object.id.is_null() && object.properties.is_none();
    let index = u32::try_from(features.len()).unwrap_or(u32::MAX);
    if object.kind() == "GeometryCollection" && (plain || depth == 0) && depth < DEEPEST {
        for raw in object.geometries.unwrap_or_default() {
            match serde_json::from_str::<Object>(raw.get()) {
                Ok(member) => collect(member, arcs, depth + 1, features),
                Err(error) => {
                    let fault = Fault::new(format!("this is no geometry: {}", without_position(&error)));
                    let index = u32::try_from(features.len()).unwrap_or(u32::MAX);
                    features.push(Feature { index, id: Value::Null, properties: Map::new(), shape: Err(fault) });
                }
            }
        }
        return;
    }
    let shape = arcs.shape(&object, depth);
    features.push(Feature { index, id: object.id, properties: object.properties.unwrap_or_default(), shape });
}

impl Arcs {
    fn shape(&mut self, object: &Object, depth: usize) -> Result<Raw, Fault> {
        if depth > DEEPEST {
            return Err(Fault::new(format!("geometry collections are nested more than {DEEPEST} deep")));
        }
        let text = || object.arcs.map(RawValue::get).ok_or_else(|| Fault::new("the geometry has no `arcs`"));
        let wrong =
            |e: serde_json::Error| Fault::new(format!("its arcs are no lists of numbers: {}", without_position(&e)));
        match object.kind() {
            "Polygon" => {
                let rings: Vec<Vec<i64>> = serde_json::from_str(text()?).map_err(wrong)?;
                self.polygons(&[rings])
            }
            "MultiPolygon" => {
                let polygons: Vec<Vec<Vec<i64>>> = serde_json::from_str(text()?).map_err(wrong)?;
                self.polygons(&polygons)
            }
            "GeometryCollection" => {
                let mut all = Raw::new();
                for raw in object.geometries.iter().flatten() {
                    let member: Object = serde_json::from_str(raw.get())
                        .map_err(|e| Fault::new(format!("this is no geometry: {}", without_position(&e))))?;
                    all.extend(self.shape(&member, depth + 1)?);
                }
                Ok(all)
            }
            "" if object.kind.as_ref().is_none_or(Value::is_null) => Ok(Raw::new()),
            "Point" | "MultiPoint" | "LineString" | "MultiLineString" => Ok(Raw::new()),
            other => {
                Err(Fault { value: Some(other.into()), ..Fault::new(format!("`{other}` is no kind of geometry")) })
            }
        }
    }

    fn polygons(&mut self, polygons: &[Vec<Vec<i64>>]) -> Result<Raw, Fault> {
        let mut number = 0;
        let mut all = Raw::new();
        for rings in polygons {
            let mut polygon = Vec::new();
            for ring in rings {
                polygon.push(self.ring(ring).map_err(|f| Fault { ring: Some(number), ..f })?);
                number += 1;
            }
            all.push(polygon);
        }
        Ok(all)
    }

    /// Chains arcs to a ring; `!i` is arc `i` backwards.
    fn ring(&mut self, indices: &[i64]) -> Result<Vec<Position>, Fault> {
        let mut ring: Vec<Position> = Vec::new();
        for index in indices {
            let backwards = *index < 0;
            let forward = if backwards { !index } else { *index };
            let arc = usize::try_from(forward).ok().and_then(|i| self.arcs.get(i)).ok_or_else(|| Fault {
                value: Some(index.to_string()),
                ..Fault::new(format!("arc {index} does not exist, there are {} arcs", self.arcs.len()))
            })?;
            self.left = self
                .left
                .checked_sub(arc.len())
                .ok_or_else(|| Fault::new(format!("the arcs are used more than {MOST_USES} times each")))?;
            // An arc starts where the one before ends.
            let shared = usize::from(!ring.is_empty());
            if backwards {
                ring.extend(arc.iter().rev().skip(shared));
            } else {
                ring.extend(arc.iter().skip(shared));
            }
        }
        Ok(ring)
    }
}
