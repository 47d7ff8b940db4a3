//! Scenes to files
pub mod raster;
