//! Files inside the binary: what `new` writes and `demo` draws.

use controlmap::read::BuiltFile;

/// A file of a folder under `data/`, by its own name.
macro_rules! files {
    ($folder:literal: $($name:literal)+) => {
        &[$(($name, include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/", $folder, "/", $name)))),+]
    };
}

/// A small project to start from: an invented island.
pub const TEMPLATE: &[BuiltFile] = files!("template":
    "controlmap.toml" "boundaries.geojson" "events.csv" "actors.csv" "sources.csv" "places.csv" "names.csv");

/// The example: who was said to hold which place in Syria, 26 November to 12 December 2024.
pub const SYRIA: &[BuiltFile] = files!("syria-2024":
    "controlmap.toml" "boundaries.topojson" "events.csv" "actors.csv" "sources.csv" "places.csv" "names.csv");
