//! Why a place is as it is: takes the events and a moment, gives what became of every word on the place and
//! on what contains it, as plain data.

use super::count::{Counts, Exclusion, counting, known_from};
use super::policy::{policy, ranks, speaks_against_interest};
use super::resolve::{container, containers, events, resolve, words};
use super::settle::Court;
use super::snapshot::Basis;
use super::standing::Gone;
use super::sweep::{Site, Trace, trace};
use super::track::Track;
use super::verdict::{Told, Unit, Verdict, Why};
use super::word::{Clock, Role, Word, meet};
use crate::diag::Checked;
use crate::model::{Control, Dataset, Day, Event, EventIndex, Kind, Moment, PlaceIndex, SourceIndex, Stance, Status};
use crate::project::PolicyOptions;
use std::sync::Arc;

/// Tells what became of every word on a place and on what contains it, as known by a moment.
///
/// # Errors
/// As [`resolve`].
pub fn why(
    dataset: &Dataset,
    options: &PolicyOptions,
    known_by: Option<Moment>,
    place: PlaceIndex,
    moment: Moment,
) -> Checked<Why> {
    let Checked { value: timeline, diagnostics } = resolve(dataset, options, known_by);
    let policy = policy(options.name()).or_else(|| policy(&timeline.policy)).expect("the timeline has a policy");
    // What is wrong with the options was told by `resolve`.
    let exclusion = Exclusion::new(dataset, options, &mut Vec::new());
    let ranks = ranks(dataset, options, &mut Vec::new());
    let inquiry = Inquiry {
        court: Court { dataset, policy, ranks: &ranks },
        clock: Clock { mode: options.uncertain(), offset: dataset.offset },
        counts: counting(dataset, &exclusion, known_by),
        exclusion,
        known_by,
        moment,
    };
    let tracks = &timeline.tracks;
    let units = std::iter::successors(Some(place), |p| container(dataset, p.0 as usize));
    let units = units.map(|place| Unit { place, told: inquiry.unit(place, tracks) }).collect();
    let track = &tracks[place.0 as usize];
    let state = timeline.state(track, moment, dataset.offset.day_of(moment));
    let first = state.evidence.iter().map(|e| inquiry.clock.stamp(dataset.event(*e).date).day).min();
    let first = first.filter(|day| *day != Day::EVER && state.basis == Basis::Direct);
    let before = first.map(|day| track.control_at(dataset.offset.end_of(Day(day.0 - 1))));
    let tied = track.stand(track.row(moment)).tied;
    Checked { value: Why { moment, known_by, policy: policy.name, state, tied, before, units }, diagnostics }
}

/// What is asked of every unit alike.
struct Inquiry<'a> {
    court: Court<'a>,
    clock: Clock,
    exclusion: Exclusion,
    counts: Counts,
    known_by: Option<Moment>,
    moment: Moment,
}

impl Inquiry<'_> {
    fn unit(&self, place: PlaceIndex, tracks: &[Arc<Track>]) -> Vec<Told> {
        let dataset = self.court.dataset;
        let at = place.0 as usize;
        let (words, closures) = words(dataset, at, self.clock, &self.exclusion, &self.counts);
        let containers = containers(dataset, at, tracks);
        let site = Site { words: &words, closures: &closures, containers: &containers, contains: false };
        let trace = trace(self.court, self.clock, &site, self.moment);
        let track = &tracks[at];
        let row = track.row(self.moment);
        let direct = track.stand(row).basis == Basis::Direct;
        let hearing = Hearing {
            inquiry: self,
            words: &words,
            trace: &trace,
            evidence: if direct { track.evidence(row) } else { &[] },
            control: &track.stand(row).control,
        };
        let mut told: Vec<Told> = events(dataset, at)
            .map(|i| {
                let index = EventIndex(u32::try_from(i).expect("fewer than 2^32 events"));
                let event = dataset.event(index);
                let verdicts = event.sources.iter().map(|s| (*s, hearing.verdict(index, &event, *s))).collect();
                Told { event: index, shows: self.clock.stamp(event.date).day, verdicts }
            })
            .collect();
        let order = |t: &Told| (t.shows, dataset.event(t.event).date.second, dataset.event(t.event).id);
        told.sort_by(|a, b| order(a).cmp(&order(b)));
        told
    }

    fn said(&self, event: &Event<'_>) -> bool {
        self.known_by.is_none_or(|by| known_from(self.court.dataset, event) <= by)
            && event.sources.iter().any(|s| self.exclusion.hears(*s))
    }
}

/// What is known of one unit.
struct Hearing<'a> {
    inquiry: &'a Inquiry<'a>,
    words: &'a [Word],
    trace: &'a Trace,
    evidence: &'a [EventIndex],
    control: &'a Control,
}

impl Hearing<'_> {
    fn verdict(&self, index: EventIndex, event: &Event<'_>, source: SourceIndex) -> Verdict {
        let Inquiry { court, exclusion, known_by, moment, .. } = self.inquiry;
        if known_by.is_some_and(|by| known_from(court.dataset, event) > by) {
            return Verdict::NotKnown;
        }
        if !exclusion.hears(source) {
            return Verdict::SourceExcluded;
        }
        let corrects = |e: &Event<'_>| e.supersedes == Some(index) && self.inquiry.said(e);
        if let Some(by) = court.dataset.events.iter().position(|e| corrects(&e)) {
            return Verdict::Superseded(EventIndex(u32::try_from(by).expect("fewer than 2^32 events")));
        }
        if event.stance == Stance::Retracted {
            return Verdict::Retracted;
        }
        if !self.inquiry.counts.has(index.0 as usize) {
            return Verdict::StanceExcluded;
        }
        if event.kind.is_some_and(Kind::is_annotation) {
            return Verdict::Annotates;
        }
        if Role::of(event).is_none() {
            return Verdict::NamesNobody;
        }
        match self.words.iter().position(|w| w.event == index && w.source == source) {
            Some(word) if self.words[word].shows <= *moment => self.shown(word),
            _ => Verdict::NotYet,
        }
    }

    /// What became of a word that has shown.
    fn shown(&self, index: usize) -> Verdict {
        let word = &self.words[index];
        match self.trace.gone[index] {
            Some(Gone::Replaced(by)) => return Verdict::Replaced(by),
            Some(Gone::Ended) => return Verdict::Ended,
            Some(Gone::Silenced(by)) => return Verdict::Silenced(by),
            Some(Gone::Swept(by)) => return Verdict::Swept(by),
            Some(Gone::Lifted) => return Verdict::Lifted,
            None => {}
        }
        match word.role {
            Role::Overlay => Verdict::LiesOver,
            Role::Denial => Verdict::Denies,
            _ if self.evidence.contains(&word.event) => Verdict::Decides,
            _ if self.trace.forces.iter().any(|i| *i as usize == index) => self.without_effect(word),
            _ => self.lost(index),
        }
    }

    fn event(&self, word: &Word) -> Event<'_> {
        self.inquiry.court.dataset.event(word.event)
    }

    /// What the policy went by, and what decides nothing all the same.
    fn without_effect(&self, word: &Word) -> Verdict {
        let is_out = |e: &&EventIndex| self.inquiry.court.dataset.event(**e).status == Status::Lost;
        match (word.role, self.evidence.iter().find(is_out)) {
            (Role::Hold, Some(loss)) => Verdict::Out(*loss),
            _ => Verdict::ChangesNothing,
        }
    }

    /// Why the policy did not go by a word that stands.
    fn lost(&self, index: usize) -> Verdict {
        let word = &self.words[index];
        let court = self.inquiry.court;
        let votes = ["consensus", "majority"].contains(&court.policy.name);
        if votes {
            let names = meet(&self.control.actors(), self.event(word).actors);
            return match word.role {
                Role::Loss if !names => Verdict::ChangesNothing,
                _ if self.event(word).status == Status::Unknown => Verdict::Ignored,
                _ => Verdict::Outvoted,
            };
        }
        let own = |w: &&Word| w.role == Role::Loss && w.source == word.source && w.shown.is_after(word.shown);
        let standing = (0..self.words.len()).filter(|i| self.trace.gone[*i].is_none());
        let mut standing = standing.map(|i| &self.words[i]).filter(|w| w.shows <= self.inquiry.moment);
        if let Some(loss) = standing.find(own) {
            return Verdict::Beneath(loss.event);
        }
        if court.policy.name == "against-interest" && !speaks_against_interest(court.dataset, word) {
            return Verdict::OwnInterest;
        }
        // The last group that the policy went by is the one that this word failed to enter.
        let mut forces = self.trace.forces.iter().map(|i| &self.words[*i as usize]);
        let Some(winner) = forces.next_back() else { return Verdict::ChangesNothing };
        let rank = |w: &Word| court.ranks.get(w.source.0 as usize).copied().unwrap_or(u32::MAX);
        if court.policy.name == "priority" && rank(winner) < rank(word) {
            Verdict::Outranked(winner.event)
        } else if winner.seen.is_after(word.seen) {
            Verdict::Older(winner.event)
        } else {
            Verdict::Weaker(winner.event)
        }
    }
}
