//! The spells of one place, in columns: takes settled states in the order of time, gives them back by moment.

use super::settle::Settled;
use super::snapshot::Basis;
use super::word::EVER;
use crate::model::{Control, Day, EventIndex, Moment, Offset, Overlay};

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

/// The spells of one place; row `i` ends where row `i + 1` starts.
#[derive(Debug, Default)]
pub(crate) struct Track {
    pub from: Vec<Moment>,
    pub control: Vec<Control>,
    /// Day on which the control of the row first showed.
    pub since: Vec<Day>,
    pub newest: Vec<Day>,
    pub basis: Vec<Basis>,
    pub claimed: Vec<bool>,
    /// Words of equal standing do not agree.
    pub tied: Vec<bool>,
    evidence: Vec<EventIndex>,
    /// Where the row's evidence ends.
    evidence_end: Vec<u32>,
    overlays: Vec<Overlay>,
    /// Where the row's overlays end.
    overlays_end: Vec<u32>,
    /// By moment; only where the place contains others.
    pub kills: Vec<Kill>,
    /// From when on which closure stands, or none.
    pub closures: Vec<(Moment, Option<EventIndex>)>,
    /// Half-open times at which a change is coming, apart from each other; only where those are drawn.
    pub changing: Vec<(Moment, Moment)>,
}

impl Track {
    /// The row that holds at a moment.
    pub fn row(&self, moment: Moment) -> usize {
        self.from.partition_point(|from| *from <= moment).saturating_sub(1)
    }

    /// The control at a moment that is not later than the last row's end.
    pub fn control_at(&self, moment: Moment) -> Control {
        self.control.get(self.row(moment)).cloned().unwrap_or(Control::Unknown)
    }

    pub fn evidence(&self, row: usize) -> &[EventIndex] {
        &self.evidence[range(&self.evidence_end, row)]
    }

    pub fn overlays(&self, row: usize) -> &[Overlay] {
        &self.overlays[range(&self.overlays_end, row)]
    }

    /// Adds what holds from a moment on, unless it is what held before.
    pub fn push(&mut self, from: Moment, settled: Settled, overlays: &[Overlay], offset: Offset) {
        let mut since = if from == EVER { Day::EVER } else { offset.day_of(from) };
        if let Some(last) = self.from.len().checked_sub(1) {
            let same = self.control[last] == settled.control;
            if same {
                since = self.since[last];
            }
            if same
                && self.basis[last] == settled.basis
                && self.evidence(last) == settled.evidence
                && self.overlays(last) == overlays
            {
                return;
            }
        }
        self.from.push(from);
        self.control.push(settled.control);
        self.since.push(since);
        self.newest.push(settled.newest);
        self.basis.push(settled.basis);
        self.claimed.push(settled.claimed);
        self.tied.push(settled.tied);
        self.evidence.extend(settled.evidence);
        self.evidence_end.push(u32::try_from(self.evidence.len()).expect("fewer than 2^32 events"));
        self.overlays.extend_from_slice(overlays);
        self.overlays_end.push(u32::try_from(self.overlays.len()).expect("fewer than 2^32 overlays"));
    }

    /// What a place inside has where nobody has a word on it: the control where that is held, lost or
    /// vacant, else unknown.
    ///
    /// A unit out of scope has everything inside out of scope: there is no map of a part of it.
    pub fn carried(&self, moment: Moment) -> Settled {
        let row = self.row(moment);
        match self.control.get(row) {
            Some(control @ (Control::Held(_) | Control::Lost(_) | Control::Vacant | Control::OutOfScope)) => Settled {
                control: control.clone(),
                evidence: self.evidence(row).to_vec(),
                basis: Basis::Carried,
                claimed: self.claimed[row],
                newest: self.newest[row],
                tied: self.tied[row],
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

fn range(ends: &[u32], row: usize) -> std::ops::Range<usize> {
    let start = row.checked_sub(1).map_or(0, |before| ends[before] as usize);
    start..ends[row] as usize
}
