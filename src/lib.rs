//! Maps of who held what, when, and by whose word.
//!
//! ```text
//! read | import  →  join  →  timeline  →  map | figure  →  scene  →  write
//!   files             who is      who held    what it       the drawing,   svg png pdf
//!   to events         where       what when   looks like    as plain data
//! ```
//!
//! # From tables to a picture
//!
//! ```
//! use controlmap::{join::join, map, model, project, read, timeline, write};
//!
//! const FILES: &[read::BuiltFile] = &[
//!     ("land.geojson", br#"{"type": "FeatureCollection", "features": [
//!         {"type": "Feature", "id": "W", "properties": {"name": "West"}, "geometry":
//!             {"type": "Polygon", "coordinates": [[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]]}},
//!         {"type": "Feature", "id": "E", "properties": {"name": "East"}, "geometry":
//!             {"type": "Polygon", "coordinates": [[[2, 0], [4, 0], [4, 2], [2, 2], [2, 0]]]}}]}"#),
//!     ("events.csv", b"date,place,actor,share\n2030-03-01,West,north,\n2030-03-02,East,south,80%\n"),
//! ];
//! let boundaries = vec![project::BoundaryInput::new("land.geojson")];
//! let inputs = project::Inputs { boundaries, events: vec!["events.csv".into()], ..Default::default() };
//! let utc = model::Offset(0);
//! let rows = read::tables(&inputs, &read::Folder::Built(FILES), utc);
//! assert!(rows.diagnostics.is_empty());
//! let (dataset, _report) = join(rows.value, utc).value;
//! let policy = project::PolicyOptions::default();
//! let day = model::Day::of(2030, 3, 2).expect("a day");
//! let snapshot = timeline::resolve(&dataset, &policy, None).value.snapshot(&dataset, utc.end_of(day));
//! let (options, title, neighbours) = (project::MapOptions::default(), "Two lands", None);
//! let drawn = map::draw(&map::Request { dataset: &dataset, snapshot: &snapshot, options: &options, policy: &policy, title, neighbours });
//! let svg = write::svg::write(&drawn.value.expect("nothing is wrong").scene, write::Fonts::Name);
//! assert!(String::from_utf8_lossy(&svg).contains("Situation at the end of 2 March 2030"));
//! ```
//!
//! # The modules
//!
//! - Files to rows: [`project`] has every option once, [`read`] understands boundaries and tables, [`import`](mod@import)
//!   makes events of other people's data.
//! - Who is where: [`model`] is the world as plain data, [`join`] makes a [`model::Dataset`] of rows.
//! - Who held what, when: [`timeline`] derives spells and snapshots under a policy, [`table`] puts them in numbers,
//!   [`export`] gives them to a GIS.
//! - What it looks like: [`map`] draws a snapshot, with [`projection`], [`palette`] and [`geometry`].
//! - The drawing: [`scene`] is plain data, [`write`](mod@write) makes it the bytes of a format.
//! - What it was made from: [`receipt`] names inputs and deciding events by their hashes, and tells what changed.
//! - What goes wrong: [`diag`] is faults in the data, many a run; [`error`] is why a run cannot go on.
//!
//! Tables of plain structs list what there is, so that a program can show them: [`diag::CODES`],
//! [`export::EXPORTS`], [`import::IMPORTERS`], [`palette::PALETTES`], [`projection::PROJECTIONS`], [`read::READERS`], [`timeline::POLICIES`],
//! [`table::FORMATS`], [`write::FORMATS`].
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod diag;
pub mod error;
pub mod export;
pub mod figure;
pub mod geometry;
pub mod import;
pub mod join;
pub mod map;
pub mod model;
pub mod palette;
pub mod project;
pub mod projection;
pub mod read;
pub mod receipt;
pub mod scene;
pub mod table;
pub mod timeline;
pub mod write;
