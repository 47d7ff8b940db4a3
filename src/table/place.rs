//! `--by place`: who holds each place, a row for each date, place and actor.

use super::{Cell, Table, label};
use crate::model::{ActorIndex, Control, Dataset, EventIndex, Overlay, Place, Region, Share};
use crate::timeline::{Basis, Snapshot, State, share_of};

const COLUMNS: &[&str] = &[
    "date",
    "place",
    "name",
    "level",
    "status",
    "actor",
    "share_low",
    "share_high",
    "km2_low",
    "km2_high",
    "events",
    "basis",
    "since",
    "stale",
];

/// The same where a boundary file states areas that are far off those measured.
const COLUMNS_OFFICIAL: &[&str] = &[
    "date",
    "place",
    "name",
    "level",
    "status",
    "actor",
    "share_low",
    "share_high",
    "km2_low",
    "km2_high",
    "events",
    "basis",
    "since",
    "stale",
    "km2_measured",
    "km2_official",
];

/// A stated area that differs by more than this part of the measured one is far off.
const OFF: f64 = 0.05;

/// Lists every place of each snapshot, in the dataset's order, its holders by id and then its overlays.
///
/// # Units
/// Shares from 0 to 1; areas in km², of the place as its boundary has it. Empty is unknown. Where a boundary file states
/// an area more than 5 % off, both stand behind.
pub fn by_place(dataset: &Dataset, snapshots: &[Snapshot]) -> Table {
    let far_off = |region: &Region| region.official_km2.is_some_and(|s| (s - region.km2).abs() > OFF * region.km2);
    let has_official = dataset.regions.regions.iter().any(far_off);
    let columns = if has_official { COLUMNS_OFFICIAL } else { COLUMNS };
    let mut table = Table { columns, rows: Vec::new() };
    for snapshot in snapshots {
        let date = label(snapshot.moment, dataset.offset);
        for (place, state) in dataset.places.iter().zip(&snapshot.states) {
            let region = place.region.map(|region| dataset.regions.get(region));
            let km2 = region.map(|region| region.km2);
            let row = |status: &str, actor: Option<ActorIndex>, share: Option<Share>, on: &[Cell; 4]| {
                let area = |end: fn(Share) -> f64| Cell::km2(share.and_then(|s| km2.map(|km2| km2 * end(s))));
                let [date, place, name, level] = place_cells(&date, place);
                let [events, basis, since, stale] = on.clone();
                let actor = actor.map_or(Cell::Empty, |a| Cell::text(&dataset.actor(a).id));
                let (low, high) = (Cell::share(share.map(Share::low)), Cell::share(share.map(Share::high)));
                let (km2_low, km2_high) = (area(Share::low), area(Share::high));
                let status = Cell::text(status);
                let mut row = vec![
                    date, place, name, level, status, actor, low, high, km2_low, km2_high, events, basis, since, stale,
                ];
                if has_official {
                    let stated = region.filter(|r| far_off(r)).and_then(|r| r.official_km2);
                    row.extend([Cell::km2(km2), Cell::km2(stated)]);
                }
                row
            };
            let word = state.control.word();
            let holders = holders(&state.control);
            let on = basis_cells(dataset, state);
            if holders.is_empty() {
                table.rows.push(row(word, None, None, &on));
            }
            table.rows.extend(holders.into_iter().map(|(actor, share)| row(word, Some(actor), share, &on)));
            for overlay in &state.overlays {
                table.rows.push(row(overlay.kind.word(), Some(overlay.actor), None, &overlay_cells(dataset, overlay)));
            }
        }
    }
    table
}

fn place_cells(date: &str, place: &Place) -> [Cell; 4] {
    [Cell::text(date), Cell::text(&place.id), Cell::text(&place.names.default), Cell::text(place.level.word())]
}

/// What an overlay rests on: words about the place itself, which are never carried.
fn overlay_cells(dataset: &Dataset, overlay: &Overlay) -> [Cell; 4] {
    let since = Cell::text(overlay.since.to_string());
    [events(dataset, &overlay.evidence), Cell::text(Basis::Direct.word()), since, Cell::Flag(false)]
}

fn events(dataset: &Dataset, evidence: &[EventIndex]) -> Cell {
    Cell::text(evidence.iter().map(|e| dataset.event(*e).id.text()).collect::<Vec<_>>().join(";"))
}

fn basis_cells(dataset: &Dataset, state: &State) -> [Cell; 4] {
    let since = state.since.map_or(Cell::Empty, |day| Cell::text(day.to_string()));
    [events(dataset, &state.evidence), Cell::text(state.basis.word()), since, Cell::Flag(state.stale)]
}

/// Everybody who holds some of the place, by id, with the share where there is a figure.
fn holders(control: &Control) -> Vec<(ActorIndex, Option<Share>)> {
    control.actors().into_iter().map(|actor| (actor, share_of(control, actor))).collect()
}

#[cfg(test)]
mod tests {
    use super::holders;
    use crate::model::{ActorIndex, Control, Part, Share};

    const A: ActorIndex = ActorIndex(0);
    const B: ActorIndex = ActorIndex(1);
    const C: ActorIndex = ActorIndex(2);

    fn part(actors: &[ActorIndex], share: Option<(f64, f64)>) -> Part {
        Part { actors: actors.to_vec(), share: share.map(|(l, h)| Share::new(l, h).unwrap()), rest: false }
    }

    #[test]
    fn who_holds_all_has_a_share_of_one_and_who_contests_has_none_stated() {
        assert_eq!(holders(&Control::Held(A)), [(A, Some(Share::WHOLE))]);
        assert_eq!(holders(&Control::Contested(vec![A, B])), [(A, None), (B, None)]);
        assert!(holders(&Control::Lost(vec![A])).is_empty());
        assert!(holders(&Control::Unknown).is_empty());
    }

    #[test]
    fn what_several_hold_together_is_each_ones_from_nothing_to_all_of_it() {
        let control = Control::Partial(vec![part(&[A], Some((0.2, 0.3))), part(&[B, C], Some((0.7, 0.8)))]);
        let expected = [(A, (0.2, 0.3)), (B, (0.0, 0.8)), (C, (0.0, 0.8))];
        assert_eq!(holders(&control), expected.map(|(actor, (l, h))| (actor, Share::new(l, h))));
    }

    #[test]
    fn without_a_figure_the_share_is_unknown() {
        let control = Control::Partial(vec![part(&[A], None), part(&[B], None)]);
        assert_eq!(holders(&control), [(A, None), (B, None)]);
    }
}
