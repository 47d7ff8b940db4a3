//! Figures of more than one moment, and charts: takes a dataset and its timeline, gives drawings.

mod chart;
mod chart_area;
mod chart_axes;
mod chart_bars;
mod chart_spells;
mod chart_time;
mod diff;
mod diff_words;
mod film;
mod grid;
mod grid_layout;
mod multiples;
mod page;
mod policies;
mod share;
mod sheet;
mod step;
mod with_chart;

pub use chart::{ChartRequest, chart};
pub use diff::{DiffRequest, diff};
pub use film::{Film, Request, Shot};
pub use grid::{GridRequest, MOST_PANELS, grid};
pub use page::Page;
pub use policies::{PoliciesRequest, policies};
pub use step::{MOST_FRAMES, moments};
pub use with_chart::{WithChart, with_chart};
