//! What both formats give: features with their properties and polygons.

use super::coordinates::Fault;
use super::ring::Raw;
use crate::model::Edition;
use serde_json::{Map, Value};

/// A feature as read.
#[derive(Debug)]
pub struct Feature {
    /// Its place in the file's list, from 0.
    pub index: u32,
    /// Its own `id`; JSON's null where it has none.
    pub id: Value,
    /// Its properties.
    pub properties: Map<String, Value>,
    /// Its polygons; none where it has no geometry or one without area.
    pub shape: Result<Raw, Fault>,
}

/// What a file holds.
#[derive(Debug, Default)]
pub struct File {
    /// Features in the order of the file.
    pub features: Vec<Feature>,
    /// What the file says of itself.
    pub edition: Edition,
}

/// The text of an id, name or code: strings as written but for blanks around, numbers in digits.
///
/// Shapefiles turn codes into numbers; `12.0` is the code `12`.
pub fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => {
            let text = number.to_string();
            text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
        }
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// Reads the `edition` member of a file: a name, or an object with `name`, `date`, `licence` and `source`.
pub fn edition(value: &Value) -> Edition {
    let member = |keys: &[&str]| keys.iter().find_map(|k| text(value.get(k)?)).unwrap_or_default();
    match text(value) {
        Some(name) => Edition { name, ..Edition::default() },
        None => Edition {
            name: member(&["name", "title"]),
            date: member(&["date", "version"]),
            licence: member(&["licence", "license"]),
            source: member(&["source", "credit", "attribution"]),
        },
    }
}
