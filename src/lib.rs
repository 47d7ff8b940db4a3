//! Maps of who held what, when, and by whose word.
//!
//! ```text
//! read | import  →  join  →  timeline  →  map | figure  →  scene  →  write
//!   files             who is      who held    what it       the drawing,   svg png
//!   to events         where       what when   looks like    as plain data
//! ```
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod diag;
pub mod error;
pub mod geometry;
pub mod join;
pub mod map;
pub mod model;
pub mod palette;
pub mod project;
pub mod projection;
pub mod read;
pub mod scene;
pub mod table;
pub mod timeline;
pub mod write;
