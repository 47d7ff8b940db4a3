//! The spells of one place, in columns: takes settled states in the order of time, gives them back by moment.
//!
//! Spells that differ only in the events that they rest on share a stand: a source that says the same every day
//! makes many spells and one stand.

use super::settle::Settled;
use super::snapshot::Basis;
use super::word::EVER;
use crate::model::{ActorIndex, Control, Day, EventIndex, Moment, Offset, Overlay};

/// Words about a whole unit end older words on finer units inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Kill {
    /// From then on.
    pub at: Moment,
    /// Words that show on earlier days.
    pub day: Day,
    /// The event that says so.
    pub event: EventIndex,
}

/// What neighbouring spells have in common.
#[derive(Debug)]
pub(crate) struct Stand {
    /// Its first spell.
    first: u32,
    pub control: Control,
    /// Day on which the control first showed.
    pub since: Day,
    pub basis: Basis,
    pub claimed: bool,
    /// Words of equal standing do not agree.
    pub tied: bool,
    /// Where its overlays end.
    overlays_end: u32,
}

/// The spells of one place; each ends where the next starts.
#[derive(Debug, Default)]
pub(crate) struct Track {
    pub from: Vec<Moment>,
    /// The newest day on which a deciding word was observed.
    pub newest: Vec<Day>,
    evidence: Vec<EventIndex>,
    /// Where the spell's evidence ends.
    evidence_end: Vec<u32>,
    stands: Vec<Stand>,
    overlays: Vec<Overlay>,
    /// By moment; only where the place contains others.
    pub kills: Vec<Kill>,
    /// From when on which closure stands, or none.
    pub closures: Vec<(Moment, Option<EventIndex>)>,
    /// Half-open times at which a change is coming, apart from each other; only where those are drawn.
    pub changing: Vec<(Moment, Moment)>,
}

impl Track {
    /// A track with room for so many spells.
    pub fn with_room(spells: usize) -> Self {
        Self {
            from: Vec::with_capacity(spells),
            newest: Vec::with_capacity(spells),
            evidence: Vec::with_capacity(spells),
            evidence_end: Vec::with_capacity(spells),
            ..Self::default()
        }
    }

    /// The spell that holds at a moment.
    pub fn row(&self, moment: Moment) -> usize {
        self.from.partition_point(|from| *from <= moment).saturating_sub(1)
    }

    /// What a spell has in common with its neighbours.
    pub fn stand(&self, row: usize) -> &Stand {
        &self.stands[self.number(row)]
    }

    fn number(&self, row: usize) -> usize {
        self.stands.partition_point(|s| s.first as usize <= row).saturating_sub(1)
    }

    /// The stands, each with the moment from which it holds.
    pub fn stands(&self) -> impl Iterator<Item = (Moment, &Stand)> {
        self.stands.iter().map(|s| (self.from[s.first as usize], s))
    }

    /// The stand of each spell.
    pub fn stand_of_each(&self) -> impl Iterator<Item = (usize, &Stand)> {
        let end = |i: usize| self.stands.get(i + 1).map_or(self.from.len(), |next| next.first as usize);
        self.stands.iter().enumerate().flat_map(move |(i, s)| (s.first as usize..end(i)).map(move |row| (row, s)))
    }

    /// The control of the last spell.
    pub fn last_control(&self) -> Option<&Control> {
        self.stands.last().map(|s| &s.control)
    }

    /// The control at a moment that is not later than the last spell's end.
    pub fn control_at(&self, moment: Moment) -> Control {
        if self.stands.is_empty() { Control::Unknown } else { self.stand(self.row(moment)).control.clone() }
    }

    pub fn evidence(&self, row: usize) -> &[EventIndex] {
        let start = row.checked_sub(1).map_or(0, |before| self.evidence_end[before] as usize);
        &self.evidence[start..self.evidence_end[row] as usize]
    }

    pub fn overlays(&self, row: usize) -> &[Overlay] {
        self.overlays_of(self.number(row))
    }

    fn overlays_of(&self, stand: usize) -> &[Overlay] {
        let start = stand.checked_sub(1).map_or(0, |before| self.stands[before].overlays_end as usize);
        &self.overlays[start..self.stands[stand].overlays_end as usize]
    }

    /// Adds what holds from a moment on, unless it is what held before.
    pub fn push(&mut self, from: Moment, settled: Settled, overlays: &[Overlay], offset: Offset) {
        let mut since = if from == EVER { Day::EVER } else { offset.day_of(from) };
        let mut is_new = true;
        if let Some(last) = self.stands.last() {
            let same_control = last.control == settled.control;
            if same_control {
                since = last.since;
            }
            let same =
                same_control && last.basis == settled.basis && self.overlays_of(self.stands.len() - 1) == overlays;
            if same && self.evidence(self.from.len() - 1) == settled.evidence {
                return;
            }
            is_new = !same || (last.claimed, last.tied) != (settled.claimed, settled.tied);
        }
        if is_new {
            self.overlays.extend_from_slice(overlays);
            self.stands.push(Stand {
                first: count(self.from.len()),
                control: settled.control,
                since,
                basis: settled.basis,
                claimed: settled.claimed,
                tied: settled.tied,
                overlays_end: count(self.overlays.len()),
            });
        }
        self.from.push(from);
        self.newest.push(settled.newest);
        self.evidence.extend(settled.evidence);
        self.evidence_end.push(count(self.evidence.len()));
    }

    /// Adds that an actor holds all of a place from the end of a day on, by the word of one event of that day.
    #[inline]
    pub fn push_held(&mut self, actor: ActorIndex, event: EventIndex, day: Day, claimed: bool, offset: Offset) {
        let mut since = day;
        let mut is_new = true;
        if let Some(last) = self.stands.last()
            && last.control == Control::Held(actor)
        {
            since = last.since;
            is_new = last.basis != Basis::Direct
                || (last.claimed, last.tied) != (claimed, false)
                || !self.overlays_of(self.stands.len() - 1).is_empty();
        }
        if is_new {
            self.stands.push(Stand {
                first: count(self.from.len()),
                control: Control::Held(actor),
                since,
                basis: Basis::Direct,
                claimed,
                tied: false,
                overlays_end: count(self.overlays.len()),
            });
        }
        self.from.push(offset.end_of(day));
        self.newest.push(day);
        self.evidence.push(event);
        self.evidence_end.push(count(self.evidence.len()));
    }

    /// What a place inside has where nobody has a word on it: the control where that is held, lost or
    /// vacant, else unknown.
    ///
    /// A unit out of scope has everything inside out of scope: there is no map of a part of it.
    pub fn carried(&self, moment: Moment) -> Settled {
        if self.stands.is_empty() {
            return Settled::nothing();
        }
        let row = self.row(moment);
        let stand = self.stand(row);
        match &stand.control {
            control @ (Control::Held(_) | Control::Lost(_) | Control::Vacant | Control::OutOfScope) => Settled {
                control: control.clone(),
                evidence: self.evidence(row).to_vec(),
                basis: Basis::Carried,
                claimed: stand.claimed,
                newest: self.newest[row],
                tied: stand.tied,
            },
            _ => Settled::nothing(),
        }
    }

    /// The closure that stands at a moment.
    pub fn closed(&self, moment: Moment) -> Option<EventIndex> {
        let after = self.closures.partition_point(|(from, _)| *from <= moment);
        self.closures[..after].last().and_then(|(_, event)| *event)
    }

    /// Tells whether a change is coming at a moment.
    pub fn is_changing(&self, moment: Moment) -> bool {
        let after = self.changing.partition_point(|(from, _)| *from <= moment);
        self.changing[..after].last().is_some_and(|(_, until)| moment < *until)
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).expect("fewer than 2^32 of a place")
}
