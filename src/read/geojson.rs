//! GeoJSON as a table: takes a FeatureCollection, gives a record a feature; a Point is its `lat` and `lon`.

use super::json::{self, Found, Object, range_of, syntax};
use super::reader::Input;
use crate::diag::{Diagnostic, Location};
use crate::model::{RecordStart, Tables};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;

#[derive(Deserialize)]
struct Collection<'t> {
    #[serde(borrow, rename = "type")]
    kind: Cow<'t, str>,
    #[serde(borrow)]
    features: Option<Vec<&'t RawValue>>,
}

#[derive(Deserialize)]
struct Feature<'t> {
    #[serde(borrow)]
    id: Option<&'t RawValue>,
    #[serde(borrow)]
    properties: Option<&'t RawValue>,
    #[serde(borrow)]
    geometry: Option<Geometry<'t>>,
}

#[derive(Deserialize)]
struct Geometry<'t> {
    #[serde(borrow, rename = "type")]
    kind: Cow<'t, str>,
    #[serde(borrow)]
    coordinates: Option<&'t RawValue>,
}

/// Reads the features of a collection.
pub(super) fn read(input: Input<'_>, out: &mut Tables) -> Vec<Diagnostic> {
    json::read(input, out, find)
}

fn find(text: &str, file: &str) -> Result<Found, Diagnostic> {
    let collection: Collection<'_> =
        serde_json::from_str(text).map_err(|error| syntax(text, RecordStart::FIRST, &error, file))?;
    let (Some(features), "FeatureCollection") = (collection.features, &*collection.kind) else {
        let wrong = Diagnostic::new("bad-json", "the text is not a FeatureCollection with a list of features");
        return Err(wrong.at(Location::file(file)));
    };
    let mut found = Found::default();
    let mut start = RecordStart::FIRST;
    for raw in features {
        start = start.onward(text, range_of(text, raw.get()).start);
        let here = Location::text(file, start.line, start.column);
        match record(text, raw.get()) {
            Ok(object) => {
                let first = if object.range.is_empty() { start.byte } else { object.range.start };
                found.add(start.onward(text, first), object);
            }
            Err(wrong) => found.faults.push(wrong.at(here)),
        }
    }
    Ok(found)
}

/// A feature as a record.
fn record(text: &str, raw: &str) -> Result<Object, Diagnostic> {
    let feature: Feature<'_> = serde_json::from_str(raw)
        .map_err(|error| Diagnostic::new("bad-json", "an entry of the list is no feature").hint(error.to_string()))?;
    let mut extra = Vec::new();
    if let Some(id) = feature.id {
        extra.push(("id", json::value("id", id.get(), &[])?.into_owned()));
    }
    if let Some(geometry) = &feature.geometry {
        let [lon, lat] = point(geometry)?;
        extra.extend([("lat", lat), ("lon", lon)]);
    }
    Ok(Object { range: feature.properties.map(|p| range_of(text, p.get())).unwrap_or_default(), extra })
}

/// The numbers of a Point as they are written, longitude first.
fn point(geometry: &Geometry<'_>) -> Result<[String; 2], Diagnostic> {
    if geometry.kind != "Point" {
        let wrong = Diagnostic::new("bad-geometry", format!("an event cannot have a {}", geometry.kind));
        let hint = "give a Point, or `null` and the code or name of the place in `place`";
        return Err(wrong.value(&*geometry.kind).hint(hint));
    }
    let numbers: Option<Vec<&RawValue>> = geometry.coordinates.and_then(|c| serde_json::from_str(c.get()).ok());
    match numbers.as_deref() {
        Some([lon, lat, ..]) => Ok([lon, lat].map(|n| n.get().to_owned())),
        _ => Err(Diagnostic::new("bad-geometry", "a Point has fewer than two numbers")),
    }
}
