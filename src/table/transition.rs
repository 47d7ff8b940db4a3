//! `--by transition`: what went from whom to whom between two dates.

use super::{Cell, Table};
use crate::model::{ActorIndex, Dataset, Level, PlaceIndex};
use crate::timeline::{Dating, Flow, Holder, Window, flows, passages, transitions};

const COLUMNS: &[&str] = &["from", "to", "status_from", "status_to", "km2_low", "km2_high", "places"];

/// Lists what changed hands or status in a window of time among the regions of a level.
///
/// Several actors are those between whom it is open or who hold it together; nobody's ground has an empty field. A
/// place whose change may lie outside the window for want of an exact date has `?` behind it; what is not counted as
/// changed but may have has no least area.
///
/// # Units
/// Areas in km².
pub fn by_transition(dataset: &Dataset, window: &Window, level: Level) -> Table {
    let flows = flows(dataset, &window.before, &window.after, level);
    let maybe: Vec<Flow> = window
        .possible
        .iter()
        .flat_map(|(place, from, to)| passages(dataset, *place, from, to, level))
        .filter(Flow::is_change)
        .map(|flow| Flow { km2: 0.0, low: 0.0, ..flow })
        .collect();
    let all: Vec<&Flow> = flows.iter().chain(&maybe).collect();
    let mut table = Table { columns: COLUMNS, rows: Vec::new() };
    for transition in transitions(all) {
        let place = |place: &PlaceIndex| {
            let doubt = if window.dating[place.0 as usize] == Dating::Sure { "" } else { "?" };
            format!("{}{doubt}", dataset.place(*place).id)
        };
        let places: Vec<String> = transition.places.iter().map(place).collect();
        table.rows.push(vec![
            actors(dataset, &transition.from),
            actors(dataset, &transition.to),
            Cell::text(transition.from.status),
            Cell::text(transition.to.status),
            Cell::km2(Some(transition.low)),
            Cell::km2(Some(transition.high)),
            Cell::text(places.join(";")),
        ]);
    }
    table
}

fn actors(dataset: &Dataset, holder: &Holder) -> Cell {
    let id = |actor: &ActorIndex| dataset.actor(*actor).id.as_str();
    Cell::text(holder.actors.iter().map(id).collect::<Vec<_>>().join(";"))
}
