//! Boundaries: takes a file of areas (GeoJSON, TopoJSON), gives regions.
//!
//! Tolerant of what real files have: rings unclosed or wound either way, heights, a byte-order mark,
//! missing geometries, numbers as codes. Coordinates stay as they are, to the bit.

mod coordinates;
mod feature;
mod geojson;
mod outline;
mod property;
mod region;
mod ring;
mod scan;
mod swapped;
#[cfg(test)]
mod tests;
mod topojson;

pub use outline::{Outline, OutlineShape, Outlines, outlines};
pub use property::{USUAL_IDS, USUAL_NAMES, USUAL_PARENTS};

use super::Folder;
use crate::diag::{Checked, Diagnostic, Location, quote};
use crate::model::{Edition, Region, RegionSet};
use crate::project::BoundaryInput;

/// A format of boundary files.
pub struct BoundaryFormat {
    /// Its name in lower case.
    pub name: &'static str,
    /// What it is, in one line.
    pub doc: &'static str,
    /// Endings of its files.
    pub endings: &'static [&'static str],
    read: fn(&str) -> Result<feature::File, serde_json::Error>,
}

/// Every format, sorted by name. Which one a file has goes by its content, so that `.json` may be either.
pub const BOUNDARY_FORMATS: &[BoundaryFormat] = &[
    BoundaryFormat {
        name: "geojson",
        doc: "GeoJSON (RFC 7946): a feature collection, a feature or a geometry",
        endings: &["geojson", "json"],
        read: geojson::read,
    },
    BoundaryFormat {
        name: "topojson",
        doc: "TopoJSON: the first collection of a topology, quantised or not",
        endings: &["topojson", "json"],
        read: topojson::read,
    },
];

/// Reads a boundary file.
pub fn read(input: &BoundaryInput, folder: &Folder) -> Checked<RegionSet> {
    match folder.read(&input.file) {
        Ok(bytes) => read_bytes(input, &bytes),
        Err(diagnostic) => Checked { value: RegionSet::default(), diagnostics: vec![diagnostic] },
    }
}

/// Reads the bytes of a boundary file.
pub fn read_bytes(input: &BoundaryInput, bytes: &[u8]) -> Checked<RegionSet> {
    let failed = |d: Diagnostic| Checked { value: RegionSet::default(), diagnostics: vec![d.value(&input.file)] };
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.valid_up_to();
            let message =
                format!("{} is not UTF-8 text: byte {} is not part of any character", quote(&input.file), at + 1);
            let (line, column) = position(&bytes[..at]);
            return failed(Diagnostic::new("bad-bytes", message).at(Location::text(&input.file, line, column)));
        }
    };
    let format = if is_topology(text) { &BOUNDARY_FORMATS[1] } else { &BOUNDARY_FORMATS[0] };
    match (format.read)(text) {
        Ok(file) => region::regions(input, file),
        Err(error) => {
            let message =
                format!("{} is no {}: {}", quote(&input.file), format.name, geojson::without_position(&error));
            let at = match error.line() {
                0 => Location::file(&input.file),
                line => Location::text(&input.file, line as u32, error.column().max(1) as u32),
            };
            let d = Diagnostic::new("bad-json", message).at(at);
            failed(d.hint(match error.classify() {
                _ if !text.trim_start().starts_with(['{', '[']) => {
                    "boundaries are GeoJSON or TopoJSON; other formats can be turned into GeoJSON with `ogr2ogr`"
                }
                serde_json::error::Category::Eof => "the text ends in the middle: fetch or save the file again, whole",
                serde_json::error::Category::Syntax => "mend the JSON there, or save the file again",
                _ => "boundaries are a FeatureCollection, a Feature or a geometry of GeoJSON, or a Topology",
            }))
        }
    }
}

/// Tells whether the text's outermost object is of type `Topology`.
fn is_topology(text: &str) -> bool {
    #[derive(serde::Deserialize)]
    struct Kind {
        #[serde(rename = "type")]
        kind: Option<serde_json::Value>,
    }
    // Most files say so at once; only where it stands late must all be read.
    let start: String = text.chars().take(200).filter(|c| !c.is_whitespace()).collect();
    if start.starts_with("{\"type\":\"") {
        return start.starts_with("{\"type\":\"Topology\"");
    }
    serde_json::from_str::<Kind>(text).is_ok_and(|k| k.kind.is_some_and(|k| k == "Topology"))
}

/// Line and character after a text.
fn position(before: &[u8]) -> (u32, u32) {
    let line = before.iter().filter(|b| **b == b'\n').count() + 1;
    let start = before.iter().rposition(|b| *b == b'\n').map_or(0, |i| i + 1);
    let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
    (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
}

/// Combines the regions of several files into one set.
///
/// The edition names each distinct edition, licence and source once, in the order of the files.
pub fn combine(sets: Vec<RegionSet>) -> Checked<RegionSet> {
    let mut edition = Edition::default();
    let mut regions: Vec<Region> = Vec::new();
    for set in sets {
        add(&mut edition.name, &set.edition.name);
        add(&mut edition.date, &set.edition.date);
        add(&mut edition.licence, &set.edition.licence);
        add(&mut edition.source, &set.edition.source);
        regions.extend(set.regions);
    }
    regions.sort_by(|a, b| (a.level, &a.id).cmp(&(b.level, &b.id)));
    let mut diagnostics = Vec::new();
    regions.dedup_by(|b, a| {
        let same = (a.level, &a.id) == (b.level, &b.id);
        if same {
            let message = format!("two boundary files have the region {} at level `{}`", quote(&b.id), b.level);
            let hint = "leave one of the files out, or give each its own `level`";
            diagnostics.push(Diagnostic::new("duplicate-id", message).value(&b.id).hint(hint));
        }
        same
    });
    Checked { value: RegionSet { regions, edition }, diagnostics }
}

fn add(all: &mut String, one: &str) {
    if one.is_empty() || all.split("; ").any(|part| part == one) {
        return;
    }
    if !all.is_empty() {
        all.push_str("; ");
    }
    all.push_str(one);
}
