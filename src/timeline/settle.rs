//! Who holds a place at a moment: takes what stands and a policy, gives the control and what it rests on.

use super::combine::{combine, take_out};
use super::policy::{Policy, Question};
use super::standing::Standing;
use super::word::Role;
use crate::model::{ActorIndex, Control, Dataset, Day, Event, EventIndex, Share, Stance, Status};
use crate::project::PolicyOptions;
use std::collections::BTreeSet;

use super::snapshot::Basis;

/// The control of a place, and what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Settled {
    pub control: Control,
    /// Sorted by id, without repeats.
    pub evidence: Vec<EventIndex>,
    pub basis: Basis,
    /// Every deciding event is `claimed`.
    pub claimed: bool,
    /// The newest day on which a deciding word was observed, else shown; [`Day::EVER`] for none.
    pub newest: Day,
}

impl Settled {
    /// Nobody has said.
    pub fn nothing() -> Self {
        Self {
            control: Control::Unknown,
            evidence: Vec::new(),
            basis: Basis::Nothing,
            claimed: false,
            newest: Day::EVER,
        }
    }
}

/// How to settle: the same for every place.
#[derive(Clone, Copy)]
pub(crate) struct Court<'a> {
    pub dataset: &'a Dataset,
    pub policy: &'static Policy,
    pub options: &'a PolicyOptions,
}

/// Settles who holds a place.
///
/// `base` is what stands without any word on this very place; `previous` gives the control at the end of
/// the day before a day; every word that was in force is added to `forces`.
pub(crate) fn settle(
    court: Court<'_>,
    standing: &Standing<'_>,
    base: impl FnOnce() -> Settled,
    previous: impl FnOnce(Day) -> Control,
    forces: &mut Vec<u32>,
) -> Settled {
    let dataset = court.dataset;
    let mut taken = BTreeSet::new();
    let mut losses: Vec<Vec<u32>> = Vec::new();
    let mut settled = loop {
        let group = (court.policy.decide)(&Question { standing, taken: &taken, options: court.options });
        forces.extend(&group.words);
        if group.words.is_empty() {
            break base();
        }
        let (holds, lost): (Vec<u32>, Vec<u32>) =
            group.words.iter().partition(|i| standing.word(**i).role == Role::Hold);
        if holds.is_empty() {
            taken.extend(&lost);
            losses.push(lost);
            continue;
        }
        let first = holds.iter().map(|i| standing.word(*i).shown.day).min().expect("a group of holds has one");
        let mut events: Vec<EventIndex> = holds.iter().map(|i| standing.word(*i).event).collect();
        events.sort_unstable();
        events.dedup();
        let told: Vec<&Event> = events.iter().map(|e| dataset.event(*e)).collect();
        let mut settled = Settled {
            control: combine(&told, group.tied, || previous(first)),
            basis: Basis::Direct,
            ..Settled::nothing()
        };
        rest_on(&mut settled, dataset, standing, &holds);
        if !lost.is_empty() {
            // A loss told with a hold is the same change told twice: the state rests on both.
            apply(&mut settled, dataset, standing, &lost);
            rest_on(&mut settled, dataset, standing, &lost);
        }
        break settled;
    };
    // From the oldest loss to the newest: each takes its actors out of what stands without it.
    for lost in losses.iter().rev() {
        if apply(&mut settled, dataset, standing, lost) {
            settled.basis = Basis::Direct;
            rest_on(&mut settled, dataset, standing, lost);
        }
    }
    settled
}

/// Takes the actors of losses out; tells whether that changed anything.
fn apply(settled: &mut Settled, dataset: &Dataset, standing: &Standing<'_>, lost: &[u32]) -> bool {
    let mut losers: Vec<ActorIndex> =
        lost.iter().flat_map(|i| dataset.event(standing.word(*i).event).actors.iter().copied()).collect();
    losers.sort_unstable();
    losers.dedup();
    let control = std::mem::replace(&mut settled.control, Control::Unknown);
    let (control, changed) = take_out(control, &losers);
    settled.control = control;
    changed
}

/// Adds words to what a state rests on.
fn rest_on(settled: &mut Settled, dataset: &Dataset, standing: &Standing<'_>, words: &[u32]) {
    let claimed = words.iter().all(|i| standing.word(*i).stance == Stance::Claimed);
    settled.claimed = claimed && (settled.evidence.is_empty() || settled.claimed);
    for word in words.iter().map(|i| standing.word(*i)) {
        settled.newest = settled.newest.max(word.seen.day);
        settled.evidence.push(word.event);
    }
    if settled.evidence.len() > 1 {
        let id = |e: &EventIndex| (&dataset.event(*e).id, *e);
        settled.evidence.sort_unstable_by(|a, b| id(a).cmp(&id(b)));
        settled.evidence.dedup();
    }
}

/// What an event about a whole unit ends inside it, from the day that it shows.
pub(crate) enum Sweep<'a> {
    /// Every older word.
    All,
    /// Older words that name one of these.
    Naming(&'a [ActorIndex]),
}

/// Tells what an event on a whole unit ends inside it; `None` where it says nothing on all of the unit.
pub(crate) fn sweeps(event: &Event) -> Option<Sweep<'_>> {
    let whole = event.share.map(|s| s.low() >= Share::WHOLE.low());
    match event.status {
        Status::Held if whole != Some(false) => Some(Sweep::All),
        // All of it, in other words: held.
        Status::Partial if whole == Some(true) => Some(Sweep::All),
        Status::Vacant => Some(Sweep::All),
        Status::Lost => Some(Sweep::Naming(&event.actors)),
        _ => None,
    }
}
