//! Joining: takes [`Tables`] of rows, gives a [`Dataset`] with every reference resolved, and a report.
//!
//! A name is looked up by code, then exactly, then normalised, then in the names table; it is never
//! guessed. Every fault of every row is told in one run. No order of rows changes the dataset but for
//! where its events say that they came from.

mod actor;
mod correction;
mod event;
mod identity;
mod normal;
mod order;
mod place;
mod report;
mod shares;
mod source;
mod spelling;
#[cfg(test)]
mod tests;
mod unmatched;

pub use normal::normalised;
pub use report::{JoinReport, Suggestion, Unmatched};

use crate::diag::{Checked, Location};
use crate::model::{Dataset, Events, Offset, Origin, Place, PlaceIndex, Site, Table, Tables};

/// Joins rows to the places, actors and sources that they name.
///
/// What a [`Dataset`]'s events look like after this:
/// - `status` is never left open: `lost` for a withdrawal, `besieged` for a siege, `partial` with a
///   share, else `held`;
/// - `held` has one actor and no share. Where one actor has the whole share, it is `held`; where several
///   hold a place, or `held` comes with a lesser share, it is `partial`, with the whole or that share;
/// - rows without a source have the one source of empty id;
/// - identical rows are one event, which keeps the first origin;
/// - an event without an id has twelve hexadecimal digits that depend on its row's values alone.
pub fn join(tables: Tables, offset: Offset) -> Checked<(Dataset, JoinReport)> {
    let mut found = Vec::new();
    let Tables { tables, texts, regions, events: mut rows, actors, sources, places: place_rows, names, mut faulty } =
        tables;
    faulty.sort_unstable();
    let mut places = place::places(&tables, &regions, place_rows, &mut found);
    let named = places.len();
    let points = place::points(&rows, &tables, &regions, &mut places, &mut found);
    let spellings =
        spelling::Spellings::new(&places[..named], &tables, &names, !regions.regions.is_empty(), &mut found);
    let mut report = JoinReport::default();
    let of_spots = event::join_places((&rows, &faulty), &tables, &texts, &spellings, &points, &mut report, &mut found);
    let spellings = spellings.further();
    let cast = actor::Cast::new(&rows, actors, &texts, &tables, &mut found);
    let press = source::Press::new(&rows, sources, &texts, &tables, &mut found);
    event::check_actors(&rows, &faulty, &cast, &tables, &mut found);
    event::check_dates(&rows, &tables, offset, &mut found);
    let hashes = identity::Hashes::new(&rows, &texts);
    let repeated = identity::repeated(&rows, &faulty, &texts, &tables, &mut found);
    let order = order::Order {
        rows: &rows,
        of_spots: &of_spots,
        hashes: &hashes,
        faulty: &faulty,
        texts: &texts,
        tables: &tables,
    };
    let entries = order.sorted(places.len(), &repeated, &mut found);
    let corrected = correction::corrections(&order, &entries, &press, &mut found);

    let sites = of_spots.iter().zip(&hashes.spots);
    // A spot without a place has no events.
    let sites = sites.map(|(place, hash)| Site { place: place.unwrap_or(PlaceIndex(0)), hash: *hash }).collect();
    let said = event::said(&rows.sayings, &cast, &press, &hashes.sayings);
    rows.pieces.clear();
    let beside = event::beside(rows.rests, &texts, &corrected, &hashes.rests);
    let events = Events::new(entries, places.len(), sites, said, beside);
    shares::check_shares(&events, &places, &press.sources, &tables, &mut found);
    report.gaps(&places, regions.regions.len(), &events);
    let (actors, sources) = (cast.actors, press.sources);
    let dataset = Dataset { regions, places, spellings, actors, sources, events, texts, tables, offset };
    Checked { value: (dataset, report), diagnostics: found }
}

/// Points at a column of the row that something came from.
fn locate(tables: &[Table], origin: Origin, column: &str) -> Option<Location> {
    tables.get(usize::from(origin.table)).map(|t| t.locate(origin.row, column))
}

/// What a message calls a place.
fn called(place: &Place) -> String {
    format!("`{}` ({})", place.level, place.id)
}

/// The pieces of a cell that holds several values, blanks around each cut and empty ones left out.
fn pieces(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';').map(str::trim).filter(|p| !p.is_empty())
}

/// Joins alternatives as a sentence does: `a, b or c`.
fn either(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}
