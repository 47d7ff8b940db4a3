//! The timeline: takes the tracks of all places, gives spells, breakpoints and the state at any moment.

use super::snapshot::{Basis, Snapshot, State};
use super::track::Track;
use super::word::{EVER, NEVER};
use crate::model::{Control, Dataset, Day, EventIndex, Moment, Offset, Overlay, PlaceIndex};
use crate::project::Days;
use std::sync::Arc;

/// Who held what at every moment, under one policy.
#[derive(Debug)]
pub struct Timeline {
    /// One for each place of the dataset, in its order; places that nobody speaks of have one in common.
    pub(crate) tracks: Vec<Arc<Track>>,
    pub(crate) offset: Offset,
    pub(crate) known_by: Option<Moment>,
    pub(crate) policy: String,
    pub(crate) stale_after: Option<Days>,
}

/// A time through which nothing changed at a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spell<'a> {
    /// First moment; [`EVER`] for the first spell of a place.
    pub from: Moment,
    /// First moment after it; [`NEVER`] for the last spell of a place.
    pub until: Moment,
    /// Who holds the place.
    pub control: &'a Control,
    /// What lies over the control; sorted.
    pub overlays: &'a [Overlay],
    /// The deciding events; sorted by id.
    pub evidence: &'a [EventIndex],
    /// Whether those speak of this very place.
    pub basis: Basis,
    /// Day on which this control first showed; `None` where it was so from ever.
    pub since: Option<Day>,
    /// Every deciding event is `claimed`.
    pub claimed: bool,
    /// Words of equal standing do not agree: the place is contested, or unknown, for that.
    pub tied: bool,
}

impl Timeline {
    /// The spells of a place, in the order of time: they follow on each other from ever to never.
    pub fn spells(&self, place: PlaceIndex) -> impl Iterator<Item = Spell<'_>> {
        let track = &self.tracks[place.0 as usize];
        track.stand_of_each().map(move |(row, stand)| Spell {
            from: track.from[row],
            until: track.from.get(row + 1).copied().unwrap_or(NEVER),
            control: &stand.control,
            overlays: track.overlays(row),
            evidence: track.evidence(row),
            basis: stand.basis,
            since: Some(stand.since).filter(|day| *day != Day::EVER),
            claimed: stand.claimed,
            tied: stand.tied,
        })
    }

    /// The control of a place through time, each with the first moment after it.
    pub fn controls(&self, place: PlaceIndex) -> impl Iterator<Item = (Moment, &Control)> {
        let mut stands = self.tracks[place.0 as usize].stands().peekable();
        std::iter::from_fn(move || {
            let (_, stand) = stands.next()?;
            Some((stands.peek().map_or(NEVER, |(from, _)| *from), &stand.control))
        })
    }

    /// The control of a place at a moment.
    pub fn control(&self, place: PlaceIndex, moment: Moment) -> &Control {
        let track = &self.tracks[place.0 as usize];
        &track.stand(track.row(moment)).control
    }

    /// Every moment at which the state of any place changes: its spell, its closure, whether a change is
    /// coming, whether its word is stale. Sorted, without repeats.
    pub fn breakpoints(&self) -> Vec<Moment> {
        let mut all = Vec::new();
        for track in &self.tracks {
            all.extend(&track.from);
            all.extend(track.closures.iter().map(|(from, _)| from));
            all.extend(track.changing.iter().flat_map(|(from, until)| [from, until]));
            if let Some(Days(days)) = self.stale_after {
                all.extend((0..track.from.len()).filter_map(|row| {
                    let newest = track.newest[row];
                    let stale = self.offset.start_of(newest.plus(days).plus(1));
                    let until = track.from.get(row + 1).copied().unwrap_or(NEVER);
                    (newest != Day::EVER && stale > track.from[row] && stale < until).then_some(stale)
                }));
            }
        }
        all.sort_unstable();
        all.dedup();
        all.retain(|moment| *moment != EVER && *moment != NEVER);
        all
    }

    /// The state of every place at a moment; on a day, that is its last second.
    pub fn snapshot(&self, dataset: &Dataset, moment: Moment) -> Snapshot {
        let day = dataset.offset.day_of(moment);
        Snapshot {
            moment,
            day,
            known_by: self.known_by,
            policy: self.policy.clone(),
            states: self.tracks.iter().map(|track| self.state(track, moment, day)).collect(),
        }
    }

    pub(crate) fn state(&self, track: &Track, moment: Moment, day: Day) -> State {
        let row = track.row(moment);
        let (newest, stand) = (track.newest[row], track.stand(row));
        State {
            control: stand.control.clone(),
            overlays: track.overlays(row).to_vec(),
            evidence: track.evidence(row).to_vec(),
            basis: stand.basis,
            since: Some(stand.since).filter(|day| *day != Day::EVER),
            claimed: stand.claimed,
            // Older than so many days: on the day after them.
            stale: self.stale_after.is_some_and(|Days(days)| newest != Day::EVER && day > newest.plus(days)),
            closed: track.closed(moment),
            changing: track.is_changing(moment),
        }
    }
}
