//! Reading: a project's files → rows of the model, with everything wrong in them.

pub mod boundary;
mod folder;

pub use folder::{BuiltFile, Folder};
