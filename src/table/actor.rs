//! `--by actor`: how much each actor, or each side, holds.

use super::{Cell, Table, label};
use crate::model::{ActorIndex, Control, Dataset, Day, Level, Moment, Place, PlaceIndex};
use crate::timeline::{Timeline, ground_under};
use rayon::prelude::*;

const COLUMNS: &[&str] =
    &["date", "actor", "km2_low", "km2_high", "share_low", "share_high", "regions", "settlements", "population"];

/// Sums up what each actor holds at each moment, in order; those with nothing have no row.
///
/// With `side`, actors are one with others of their side, under its name; one without a side stays itself.
///
/// # Units
/// Areas in km², shares from 0 to 1 of the regions of the level that are in scope. `regions` and
/// `settlements` are those held whole; `population` is that of those settlements whose number is known,
/// empty where none is.
pub fn by_actor(dataset: &Dataset, timeline: &Timeline, moments: &[Moment], level: Level, side: bool) -> Table {
    let mut table = Table { columns: COLUMNS, rows: Vec::new() };
    let day = |moment: &Moment| dataset.offset.day_of(*moment);
    // As long as nobody changes sides, a place is counted once for each of its spells, whatever the number of days.
    for moments in moments.chunk_by(|a, b| groups(dataset, day(a), side) == groups(dataset, day(b), side)) {
        let groups = groups(dataset, day(&moments[0]), side);
        let settlements = settlements(dataset, timeline, moments, &groups);
        let regions: Vec<PlaceIndex> = (0..dataset.places.len())
            .filter(|i| dataset.places[*i].level == level && dataset.places[*i].region.is_some())
            .map(|i| PlaceIndex(u32::try_from(i).expect("fewer than 2^32 places")))
            .collect();
        for (moment, settlements) in moments.iter().zip(settlements) {
            let day = day(moment);
            let states: Vec<(PlaceIndex, Control)> =
                regions.iter().map(|p| (*p, roll_up(timeline.control(*p, *moment), &groups))).collect();
            let date = label(*moment, dataset.offset);
            let total = in_scope(dataset, &states);
            let areas = ground_under(dataset, states.iter().map(|(place, control)| (*place, control)));
            for (index, (actor, count)) in dataset.actors.iter().zip(settlements).enumerate() {
                let area = areas.iter().find(|g| g.actor.0 as usize == index);
                if area.is_none() && count.held == 0 {
                    continue;
                }
                let (low, high) = area.map_or((0.0, 0.0), |g| (g.low, g.high));
                let share = |km2: f64| Cell::share((total > 0.0).then_some(km2 / total));
                let side_name = &actor.on(day).side;
                let name = if side && !side_name.is_empty() { side_name } else { &actor.id };
                table.rows.push(vec![
                    Cell::text(&date),
                    Cell::text(name),
                    Cell::km2(Some(low)),
                    Cell::km2(Some(high)),
                    share(low),
                    share(high),
                    Cell::count(area.map_or(0, |g| u64::from(g.held))),
                    Cell::count(count.held),
                    if count.known > 0 { Cell::count(count.people) } else { Cell::Empty },
                ]);
            }
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

/// The area of the regions that are the subject of the map, in km².
fn in_scope(dataset: &Dataset, states: &[(PlaceIndex, Control)]) -> f64 {
    let shown = states.iter().filter(|(_, control)| *control != Control::OutOfScope);
    shown.filter_map(|(place, _)| dataset.place(*place).region.map(|region| dataset.regions.get(region).km2)).sum()
}

/// Settlements that an actor holds whole.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Count {
    held: u64,
    /// How many of them have a number of people.
    known: u64,
    /// How many people live in those.
    people: u64,
}

impl Count {
    fn plus(self, other: Self) -> Self {
        Self {
            held: self.held.wrapping_add(other.held),
            known: self.known.wrapping_add(other.known),
            people: self.people.wrapping_add(other.people),
        }
    }

    fn minus(self) -> Self {
        let less = |n: u64| n.wrapping_neg();
        Self { held: less(self.held), known: less(self.known), people: less(self.people) }
    }
}

/// How many settlements each actor holds whole at each moment, and how many people live there.
fn settlements(dataset: &Dataset, timeline: &Timeline, moments: &[Moment], groups: &[ActorIndex]) -> Vec<Vec<Count>> {
    let actors = dataset.actors.len();
    let nothing = || vec![Count::default(); actors * (moments.len() + 1)];
    let count = |mut steps: Vec<Count>, (i, place): (usize, &Place)| {
        if place.level == Level::Settlement {
            let one =
                Count { held: 1, known: u64::from(place.population.is_some()), people: place.population.unwrap_or(0) };
            let mut after = 0;
            for (until, control) in timeline.controls(PlaceIndex(i as u32)) {
                let first = after;
                after += first_not_before(&moments[first..], until);
                if after > first
                    && let Control::Held(actor) = roll_up(control, groups)
                {
                    // From this moment on, and no longer from that one on.
                    let at = |moment: usize| moment * actors + actor.0 as usize;
                    steps[at(first)] = steps[at(first)].plus(one);
                    steps[at(after)] = steps[at(after)].plus(one.minus());
                }
            }
        }
        steps
    };
    let both = |a: Vec<Count>, b: Vec<Count>| a.into_iter().zip(b).map(|(a, b)| a.plus(b)).collect();
    let places = dataset.places.par_iter().enumerate().with_min_len(1_000);
    let steps: Vec<Count> = places.fold(nothing, count).reduce(nothing, both);
    let mut now = vec![Count::default(); actors];
    let next = |step: &[Count]| {
        now.iter_mut().zip(step).for_each(|(now, step)| *now = now.plus(*step));
        now.clone()
    };
    steps.chunks(actors.max(1)).take(moments.len()).map(next).collect()
}

/// How many moments come before another, found by steps that double: it is mostly near.
fn first_not_before(moments: &[Moment], until: Moment) -> usize {
    let mut reach = 1;
    while reach < moments.len() && moments[reach] < until {
        reach *= 2;
    }
    let from = reach / 2;
    from + moments[from..].partition_point(|m| *m < until)
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
