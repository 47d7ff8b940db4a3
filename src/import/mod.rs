//! Other people's data → events: takes files of a dataset, writes a table of events, tells what was not understood.
//!
//! A dataset is one file here and one line in [`IMPORTERS`]. Nothing is guessed: a row says what its columns say and
//! the dataset's documentation means by it, or it is left out and counted with the reason.

mod acled;
mod assertion;
mod day;
mod gathered;
mod record;
mod run;
mod tally;
mod ucdp_ged;
mod viina;

pub use gathered::Gathered;
pub use run::{Imported, import};

use assertion::Understood;
use record::Record;
use viina::Standing;

/// A dataset that can be imported.
#[derive(Debug)]
pub struct Importer {
    /// Kebab-case name.
    pub name: &'static str,
    /// What it is, in one line.
    pub doc: &'static str,
    /// Columns that are taken, in lower case.
    pub columns: &'static [&'static str],
    /// Columns that a file cannot do without; of each entry one.
    pub needs: &'static [&'static [&'static str]],
    /// What its events carry besides, as columns that start with `x-`.
    pub own: &'static [&'static str],
    /// Whether its rows have coordinates, so that there is a table of places.
    pub has_points: bool,
    /// Who says what it says.
    pub sources: &'static [Voice],
    /// Understands a row; what a row says may depend on those before it.
    understand: fn(&Record<'_>, &mut Standing) -> Understood,
}

/// A row of the table of sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Voice {
    /// Id.
    pub id: &'static str,
    /// Title.
    pub title: &'static str,
    /// Who publishes it.
    pub publisher: &'static str,
    /// Address.
    pub url: &'static str,
    /// Licence; empty where its terms are its own.
    pub licence: &'static str,
}

/// Every dataset, sorted by name.
pub const IMPORTERS: &[Importer] = &[acled::ACLED, ucdp_ged::UCDP_GED, viina::VIINA];

/// Finds a dataset by its name.
pub fn importer(name: &str) -> Option<&'static Importer> {
    IMPORTERS.iter().find(|i| i.name == name)
}

/// Declares the columns of a dataset: an enum to name a slot, and the list of names.
macro_rules! columns {
    ($($slot:ident = $name:literal),+ $(,)?) => {
        #[derive(Clone, Copy)]
        enum Column { $($slot),+ }

        const COLUMNS: &[&str] = &[$($name),+];
    };
}
use columns;
