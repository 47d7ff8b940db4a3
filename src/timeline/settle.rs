//! Who holds a place at a moment: takes what stands and a policy, gives the control and what it rests on.

use super::combine::{combine, take_out};
use super::policy::{Group, Policy, Question};
use super::standing::Standing;
use super::word::{Role, meet};
use crate::model::{ActorIndex, Control, Dataset, Day, Event, EventIndex, Share, Stance, Status};
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
    /// Words of equal standing do not agree.
    pub tied: bool,
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
            tied: false,
        }
    }
}

/// How to settle: the same for every place.
#[derive(Clone, Copy)]
pub(crate) struct Court<'a> {
    pub dataset: &'a Dataset,
    pub policy: &'static Policy,
    /// For each source its rank in the option `priority`.
    pub ranks: &'a [u32],
}

/// Settles who holds a place.
///
/// `base` is what stands without any word on this very place; `previous` gives the control at the end of
/// the day before a day; every word that was in force is added to `forces`; `group` is room to work in.
pub(crate) fn settle(
    court: Court<'_>,
    standing: &Standing<'_>,
    base: impl FnOnce() -> Settled,
    previous: impl FnOnce(Day) -> Control,
    group: &mut Group,
    forces: &mut Vec<u32>,
) -> Settled {
    let dataset = court.dataset;
    let mut taken = BTreeSet::new();
    let mut losses: Vec<Vec<u32>> = Vec::new();
    let mut settled = loop {
        group.words.clear();
        group.tied = false;
        (court.policy.decide)(&Question { standing, taken: &taken, ranks: court.ranks }, group);
        forces.extend(&group.words);
        if group.words.is_empty() {
            break base();
        }
        if let [only] = group.words[..]
            && let word = standing.word(only)
            && let Some(actor) = word.holder
            && !group.tied
        {
            break Settled {
                control: Control::Held(actor),
                evidence: vec![word.event],
                basis: Basis::Direct,
                claimed: word.stance == Stance::Claimed,
                newest: word.seen.day,
                tied: false,
            };
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
        let told: Vec<Event<'_>> = events.iter().map(|e| dataset.event(*e)).collect();
        let control = combine(&told, group.tied, || previous(first));
        let tied = group.tied || differ(&told, &control);
        let mut settled = Settled { control, basis: Basis::Direct, tied, ..Settled::nothing() };
        rest_on(&mut settled, dataset, standing, &holds);
        if !lost.is_empty() {
            // A loss told with a hold is the same change told twice: the state rests on both. In a tie of
            // votes it stands against the hold, and neither goes by the other.
            if !group.tied {
                apply(&mut settled, dataset, standing, &lost);
            }
            rest_on(&mut settled, dataset, standing, &lost);
        }
        break settled;
    };
    if !losses.is_empty() {
        lose(&mut settled, dataset, standing, &losses);
    }
    settled
}

/// Tells whether words of equal standing gave a contest, or nothing known, that not each of them speaks of.
fn differ(told: &[Event<'_>], control: &Control) -> bool {
    let open = matches!(control, Control::Contested(_) | Control::Unknown);
    open && told.len() > 1 && !told.iter().all(|e| matches!(e.status, Status::Contested | Status::Unknown))
}

/// Takes the actors of groups of losses, the first in force first, out of what stands without them.
fn lose(settled: &mut Settled, dataset: &Dataset, standing: &Standing<'_>, losses: &[Vec<u32>]) {
    let before = settled.control.clone();
    losses.iter().rev().for_each(|lost| apply(settled, dataset, standing, lost));
    if settled.control == before {
        return;
    }
    // Those who are out, each by the first group that says so: what only repeats it decides nothing.
    let mut out = match (&before, &settled.control) {
        (Control::Lost(already), Control::Lost(all)) => all.iter().filter(|a| !already.contains(a)).copied().collect(),
        (_, Control::Lost(all)) => all.clone(),
        (_, after) => {
            let left = after.actors();
            before.actors().into_iter().filter(|a| !left.contains(a)).collect()
        }
    };
    // Where nobody is left, who held it before decides nothing either.
    let basis = Basis::Direct;
    let emptied = matches!(settled.control, Control::Lost(_)) && !matches!(before, Control::Lost(_));
    let control = std::mem::replace(&mut settled.control, Control::Unknown);
    *settled = if emptied {
        Settled { control, basis, ..Settled::nothing() }
    } else {
        Settled { control, basis, ..std::mem::replace(settled, Settled::nothing()) }
    };
    for lost in losses {
        let actors = |i: &u32| dataset.event(standing.word(*i).event).actors;
        let mut decides = lost.clone();
        decides.retain(|i| meet(&out, actors(i)));
        if !decides.is_empty() {
            rest_on(settled, dataset, standing, &decides);
            out.retain(|a| !decides.iter().any(|i| actors(i).contains(a)));
        }
    }
}

/// Takes the actors of losses of equal standing out.
fn apply(settled: &mut Settled, dataset: &Dataset, standing: &Standing<'_>, lost: &[u32]) {
    let mut losers: Vec<ActorIndex> =
        lost.iter().flat_map(|i| dataset.event(standing.word(*i).event).actors.iter().copied()).collect();
    losers.sort_unstable();
    losers.dedup();
    let control = std::mem::replace(&mut settled.control, Control::Unknown);
    settled.control = take_out(control, &losers);
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
        let id = |e: &EventIndex| (dataset.event(*e).id, *e);
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
pub(crate) fn sweeps(event: Event<'_>) -> Option<Sweep<'_>> {
    let whole = event.share.map(|s| s.low() >= Share::WHOLE.low());
    match event.status {
        Status::Held if whole != Some(false) => Some(Sweep::All),
        // All of it, in other words: held.
        Status::Partial if whole == Some(true) => Some(Sweep::All),
        Status::Vacant => Some(Sweep::All),
        Status::Lost => Some(Sweep::Naming(event.actors)),
        _ => None,
    }
}
