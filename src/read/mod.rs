//! Reading: a project's files → rows of the model, with everything wrong in them.

pub mod boundary;
mod date;
mod date_guess;
mod folder;
mod share;
mod value;
pub mod world;

pub use date::{read_date, read_offset};
pub use folder::{BuiltFile, Folder};
pub use share::read_share;
