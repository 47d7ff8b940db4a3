//! Scenes to pixels.
mod cell;
mod chunk;
pub mod planar;
pub mod runs;
mod sweep;
