//! Figures made of more than one moment: takes a dataset and its timeline, gives drawings.

mod film;
mod step;

pub use film::{Film, Request, Shot};
pub use step::{MOST_FRAMES, moments};
