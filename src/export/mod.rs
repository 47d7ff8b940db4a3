//! States for a GIS: takes a dataset with the state of a date or with all spells, gives the bytes of one of
//! [`EXPORTS`]. Geometry is that of the boundary file, point for point.

mod feature;
mod geojson;
mod kml;
mod topojson;

pub use feature::{Feature, Layer, Property, Request, Shape, spells, state};

/// A format that a GIS reads.
#[derive(Debug)]
pub struct Export {
    /// Name, and the ending of its files.
    pub name: &'static str,
    /// What it is, in one line.
    pub doc: &'static str,
    /// Makes the file's bytes.
    pub write: fn(&Layer) -> Vec<u8>,
}

/// The formats, sorted by name.
pub const EXPORTS: &[Export] = &[
    Export { name: "geojson", doc: "features for any GIS (RFC 7946)", write: geojson::write },
    Export { name: "kml", doc: "placemarks with time spans, for Google Earth", write: kml::write },
    Export { name: "topojson", doc: "features with each border once, for the web", write: topojson::write },
];
