//! Reading: a project's files → rows of the model, with everything wrong in them.
//!
//! A table is a [`Reader`]'s records, understood by the code of its kind (`events`, `actors` …) whatever the format.

// A diagnostic is made once for a fault and handed up; boxing each would buy nothing where there is none.
#![allow(clippy::result_large_err)]

mod actors;
pub mod boundary;
mod column;
mod csv;
mod date;
mod date_guess;
mod dictionary;
mod events;
mod fault;
mod folder;
mod gather;
mod geojson;
mod json;
mod names;
mod pieces;
mod places;
mod project;
mod reader;
mod section;
mod share;
mod sources;
mod split;
mod table;
mod tables;
mod text;
mod value;
mod worker;
pub mod world;

pub use date::{read_date, read_offset};
pub use folder::{BuiltFile, Folder};
pub use project::{PROJECT_FILE, project, project_in};
pub use reader::{READERS, Reader};
pub use share::read_share;
pub use tables::tables;
