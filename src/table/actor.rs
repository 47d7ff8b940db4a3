//! `--by actor`: how much each actor, or each side, holds.

use super::{Cell, Table, label};
use crate::model::{ActorIndex, Control, Dataset, Day, Level};
use crate::timeline::{Snapshot, ground};

const COLUMNS: &[&str] =
    &["date", "actor", "km2_low", "km2_high", "share_low", "share_high", "regions", "settlements", "population"];

/// Sums up what each actor holds; those with nothing have no row.
///
/// With `side`, actors are one with others of their side, under its name; one without a side stays itself.
///
/// # Units
/// Areas in km², shares from 0 to 1 of the regions of the level that are in scope. `regions` and
/// `settlements` are those held whole; `population` is that of those settlements whose number is known,
/// empty where none is.
pub fn by_actor(dataset: &Dataset, snapshots: &[Snapshot], level: Level, side: bool) -> Table {
    let mut table = Table { columns: COLUMNS, rows: Vec::new() };
    for snapshot in snapshots {
        let groups = groups(dataset, snapshot.day, side);
        let snapshot = &rolled_up(snapshot, &groups);
        let date = label(snapshot.moment, dataset.offset);
        let total = in_scope(dataset, snapshot, level);
        let areas = ground(dataset, snapshot, level);
        for (index, actor) in dataset.actors.iter().enumerate() {
            let index = ActorIndex(u32::try_from(index).expect("fewer than 2^32 actors"));
            let area = areas.iter().find(|g| g.actor == index);
            let (settlements, population) = settlements(dataset, snapshot, index);
            if area.is_none() && settlements == 0 {
                continue;
            }
            let (low, high) = area.map_or((0.0, 0.0), |g| (g.low, g.high));
            let share = |km2: f64| Cell::share((total > 0.0).then_some(km2 / total));
            let side_name = &actor.on(snapshot.day).side;
            let name = if side && !side_name.is_empty() { side_name } else { &actor.id };
            table.rows.push(vec![
                Cell::text(&date),
                Cell::text(name),
                Cell::km2(Some(low)),
                Cell::km2(Some(high)),
                share(low),
                share(high),
                Cell::count(area.map_or(0, |g| u64::from(g.held))),
                Cell::count(settlements),
                population.map_or(Cell::Empty, Cell::count),
            ]);
        }
    }
    table
}

/// For each actor the one that stands for it: itself, or the first of its side.
fn groups(dataset: &Dataset, day: Day, side: bool) -> Vec<ActorIndex> {
    let side_of = |i: usize| Some(&dataset.actors[i].on(day).side).filter(|name| side && !name.is_empty());
    let first = |i: usize| side_of(i).and_then(|name| (0..i).find(|j| side_of(*j) == Some(name))).unwrap_or(i);
    (0..dataset.actors.len()).map(|i| ActorIndex(u32::try_from(first(i)).expect("fewer than 2^32 actors"))).collect()
}

fn rolled_up(snapshot: &Snapshot, groups: &[ActorIndex]) -> Snapshot {
    let mut new = snapshot.clone();
    for state in &mut new.states {
        state.control = roll_up(&state.control, groups);
    }
    new
}

/// The control with each actor's stand-in; what allies dispute or divide among them is theirs.
fn roll_up(control: &Control, groups: &[ActorIndex]) -> Control {
    let group = |actors: &[ActorIndex]| {
        let mut all: Vec<ActorIndex> = actors.iter().map(|a| groups[a.0 as usize]).collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    match control {
        Control::Held(actor) => Control::Held(groups[actor.0 as usize]),
        Control::Contested(actors) => match group(actors).as_slice() {
            [one] => Control::Held(*one),
            several => Control::Contested(several.to_vec()),
        },
        Control::Shared(actors) => match group(actors).as_slice() {
            [one] => Control::Held(*one),
            several => Control::Shared(several.to_vec()),
        },
        Control::Partial(parts) => {
            let mut parts = parts.clone();
            parts.iter_mut().for_each(|part| part.actors = group(&part.actors));
            // with the rest among them, the parts make up the whole
            match parts.as_slice() {
                [first, ..]
                    if first.actors.len() == 1
                        && parts.iter().all(|p| p.actors == first.actors)
                        && parts.iter().any(|p| p.rest) =>
                {
                    Control::Held(first.actors[0])
                }
                _ => Control::Partial(parts),
            }
        }
        other => other.clone(),
    }
}

/// The area of the regions of a level that are the subject of the map, in km².
fn in_scope(dataset: &Dataset, snapshot: &Snapshot, level: Level) -> f64 {
    let places = dataset.places.iter().zip(&snapshot.states);
    places
        .filter(|(place, state)| place.level == level && state.control != Control::OutOfScope)
        .filter_map(|(place, _)| place.region.map(|region| dataset.regions.get(region).km2))
        .sum()
}

/// How many settlements an actor holds whole, and how many people live in those where that is known.
fn settlements(dataset: &Dataset, snapshot: &Snapshot, actor: ActorIndex) -> (u64, Option<u64>) {
    let held = dataset
        .places
        .iter()
        .zip(&snapshot.states)
        .filter(|(place, state)| place.level == Level::Settlement && state.control == Control::Held(actor));
    held.fold((0, None), |(count, people), (place, _)| match place.population {
        Some(more) => (count + 1, Some(people.unwrap_or(0_u64).saturating_add(more))),
        None => (count + 1, people),
    })
}

#[cfg(test)]
mod tests {
    use super::{groups, roll_up};
    use crate::model::{Actor, ActorIndex, Control, Dataset, Day, Part, Share};

    const A: ActorIndex = ActorIndex(0);
    const B: ActorIndex = ActorIndex(1);
    const C: ActorIndex = ActorIndex(2);

    fn allies() -> Vec<ActorIndex> {
        let mut dataset = Dataset { actors: ["a", "b", "c"].map(Actor::bare).to_vec(), ..Dataset::default() };
        assert_eq!(groups(&dataset, Day(0), true), [A, B, C]);
        dataset.actors[0].periods[0].side = "east".into();
        dataset.actors[2].periods[0].side = "east".into();
        assert_eq!(groups(&dataset, Day(0), false), [A, B, C]);
        groups(&dataset, Day(0), true)
    }

    #[test]
    fn what_allies_dispute_or_divide_is_their_sides() {
        let groups = allies();
        assert_eq!(groups, [A, B, A]);
        assert_eq!(roll_up(&Control::Contested(vec![A, C]), &groups), Control::Held(A));
        assert_eq!(roll_up(&Control::Contested(vec![B, C]), &groups), Control::Contested(vec![A, B]));
        let part = |actor, low, high, rest| Part { actors: vec![actor], share: Share::new(low, high), rest };
        let divided = Control::Partial(vec![part(A, 0.8, 1.0, false), part(C, 0.0, 0.2, true)]);
        assert_eq!(roll_up(&divided, &groups), Control::Held(A));
    }

    #[test]
    fn a_part_without_the_rest_is_not_the_whole() {
        let part = Part { actors: vec![A, C], share: Share::new(0.4, 0.4), rest: false };
        let Control::Partial(parts) = roll_up(&Control::Partial(vec![part]), &allies()) else { panic!("it is a part") };
        assert_eq!(parts[0].actors, [A]);
    }
}
