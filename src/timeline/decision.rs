//! Whether and when each event decided: takes the timeline, gives for every event its fate over all time.

use super::Timeline;
use super::count::{Exclusion, counting, known_from};
use super::snapshot::Basis;
use super::word::{Clock, EVER, NEVER, Role};
use crate::model::{Dataset, Day, Event, EventIndex, Kind, Moment, Offset, PlaceIndex, Stance};
use crate::project::PolicyOptions;

/// An event and what became of it over all time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    /// Which.
    pub event: EventIndex,
    /// What became of it.
    pub fate: Fate,
    /// The first day at whose end it decides, or lies over the control; `None` where it does neither, or did from ever.
    pub first: Option<Day>,
    /// The last such day; `None` where it does neither, or nothing has ended it.
    pub last: Option<Day>,
}

/// What became of an event over all time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// At some time it is one of those that decide who holds its place.
    Decided,
    /// A presence or a siege, which at some time lies over the control.
    LiesOver,
    /// It stands at no time, or others decide whenever it does.
    Lost,
    /// It denies: it asserts nothing and lowers what it denies.
    Denies,
    /// It is drawn and listed, and never changes control.
    Annotates,
    /// It names nobody.
    NamesNobody,
    /// There is no day by which it must have happened.
    NeverShows,
    /// It was not reported by then.
    NotKnown,
    /// Its source corrects it.
    Superseded,
    /// It was taken back.
    Retracted,
    /// Its stance, or each of its sources, is excluded.
    Excluded,
}

impl Fate {
    /// The word in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Decided => "decided",
            Self::LiesOver => "lies-over",
            Self::Lost => "lost",
            Self::Denies => "denies",
            Self::Annotates => "annotates",
            Self::NamesNobody => "names-nobody",
            Self::NeverShows => "never-shows",
            Self::NotKnown => "not-known",
            Self::Superseded => "superseded",
            Self::Retracted => "retracted",
            Self::Excluded => "excluded",
        }
    }
}

/// Tells what became of every event, in the dataset's order, under the options that the timeline was resolved with.
///
/// A day is decided by what decides at its end; what does so only within a day has that day as its first and last.
/// Only the place that an event speaks of counts, not what that place contains.
pub fn decisions(dataset: &Dataset, options: &PolicyOptions, timeline: &Timeline) -> Vec<Decision> {
    // what is wrong with the options was told by `resolve`
    let exclusion = Exclusion::new(dataset, options, &mut Vec::new());
    let inquiry = Inquiry {
        dataset,
        clock: Clock { mode: options.uncertain(), offset: dataset.offset },
        known_by: timeline.known_by,
        superseded: superseded(dataset, &exclusion, timeline.known_by),
        counts: counting(dataset, &exclusion, timeline.known_by),
        exclusion,
    };
    let mut times: Vec<Option<(Moment, Moment)>> = vec![None; dataset.events.len()];
    for place in dataset.spoken_of() {
        mark(dataset, timeline, place, &mut times);
    }
    let decide = |(event, time): (Event<'_>, Option<(Moment, Moment)>)| {
        let fate = inquiry.fate(&event, time.is_some());
        let [first, last] = time.map_or([None; 2], |(from, until)| days(from, until, dataset.offset));
        Decision { event: event.index, fate, first, last }
    };
    dataset.events.iter().zip(times).map(decide).collect()
}

/// Notes from when until when each event of a place decides, or lies over the control there.
fn mark(dataset: &Dataset, timeline: &Timeline, place: PlaceIndex, times: &mut [Option<(Moment, Moment)>]) {
    let own = dataset.events.of(place);
    for spell in timeline.spells(place) {
        let deciding = if spell.basis == Basis::Direct { spell.evidence } else { &[] };
        let over = spell.overlays.iter().flat_map(|overlay| &overlay.evidence);
        for event in deciding.iter().chain(over).map(|e| e.0 as usize).filter(|e| own.contains(e)) {
            let from = times[event].map_or(spell.from, |(from, _)| from);
            times[event] = Some((from, spell.until));
        }
    }
}

/// The first and the last day at whose end it was so, of a half-open time.
fn days(from: Moment, until: Moment, offset: Offset) -> [Option<Day>; 2] {
    let first = (from != EVER).then(|| offset.day_of(from));
    let last = (until != NEVER).then(|| offset.day_of(until).plus(-1));
    [first, last.map(|last| first.map_or(last, |first| last.max(first)))]
}

/// Which events another corrects that was said.
fn superseded(dataset: &Dataset, exclusion: &Exclusion, known_by: Option<Moment>) -> Vec<bool> {
    let mut all = vec![false; dataset.events.len()];
    if dataset.events.beside().iter().all(|beside| beside.supersedes.is_none()) {
        return all;
    }
    for event in dataset.events.iter() {
        let is_known = || known_by.is_none_or(|by| known_from(dataset, &event) <= by);
        if let Some(target) = event.supersedes
            && is_known()
            && event.sources.iter().any(|s| exclusion.hears(*s))
        {
            all[target.0 as usize] = true;
        }
    }
    all
}

/// What is asked of every event alike.
struct Inquiry<'a> {
    dataset: &'a Dataset,
    clock: Clock,
    known_by: Option<Moment>,
    superseded: Vec<bool>,
    counts: super::count::Counts,
    exclusion: Exclusion,
}

impl Inquiry<'_> {
    /// The first that holds, in the order in which `why` tells it.
    fn fate(&self, event: &Event<'_>, in_force: bool) -> Fate {
        let index = event.index.0 as usize;
        if self.known_by.is_some_and(|by| known_from(self.dataset, event) > by) {
            return Fate::NotKnown;
        }
        if !event.sources.iter().any(|s| self.exclusion.hears(*s)) {
            return Fate::Excluded;
        }
        if self.superseded[index] {
            return Fate::Superseded;
        }
        if event.stance == Stance::Retracted {
            return Fate::Retracted;
        }
        if !self.counts.has(index) {
            return Fate::Excluded;
        }
        if event.kind.is_some_and(Kind::is_annotation) {
            return Fate::Annotates;
        }
        match Role::of(event) {
            None => Fate::NamesNobody,
            _ if self.clock.stamp(event.date).day == Day::NEVER => Fate::NeverShows,
            Some(Role::Denial) => Fate::Denies,
            Some(Role::Overlay) if in_force => Fate::LiesOver,
            Some(_) if in_force => Fate::Decided,
            Some(_) => Fate::Lost,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::days;
    use crate::model::{Day, Moment, Offset};
    use crate::timeline::{EVER, NEVER};

    #[test]
    fn a_day_is_decided_by_what_stands_at_its_end() {
        let damascus = Offset(3 * 3600);
        let end = |day: i32| damascus.end_of(Day(day));
        assert_eq!(days(end(10), end(12), damascus), [Some(Day(10)), Some(Day(11))]);
        assert_eq!(days(end(10), damascus.start_of(Day(12)), damascus), [Some(Day(10)), Some(Day(11))]);
        assert_eq!(days(EVER, end(12), damascus), [None, Some(Day(11))]);
        assert_eq!(days(end(10), NEVER, damascus), [Some(Day(10)), None]);
        let noon = Moment(damascus.start_of(Day(10)).0 + 43_200);
        assert_eq!(days(noon, end(10), damascus), [Some(Day(10)); 2], "within a day, it is that day's");
    }
}
