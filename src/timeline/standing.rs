//! What stands at a place: takes its words as they show and end, keeps those that still stand.
//!
//! Kept sorted while it changes, so that a word costs the logarithm of what stands, not all of it.

use super::word::{Role, Word, meet};
use crate::model::{ActorIndex, Dataset, Day, EventIndex, Moment, OverlayKind, SourceIndex, Status};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The words of one place, and which of them stand.
pub(crate) struct Standing<'a> {
    dataset: &'a Dataset,
    words: &'a [Word],
    /// Holds and losses, the most recently observed day first.
    by_day: BTreeSet<(Reverse<Day>, u32)>,
    /// The same by source.
    by_source: BTreeSet<(SourceIndex, u32)>,
    /// How many of them are losses.
    losses: usize,
    denials: Vec<u32>,
    overlays: BTreeSet<(SourceIndex, u32)>,
    /// How many overlay words say the same, and how many of those are more than claims.
    layers: BTreeMap<(OverlayKind, ActorIndex), (u32, u32)>,
}

impl<'a> Standing<'a> {
    pub fn new(dataset: &'a Dataset, words: &'a [Word]) -> Self {
        Self {
            dataset,
            words,
            by_day: BTreeSet::new(),
            by_source: BTreeSet::new(),
            losses: 0,
            denials: Vec::new(),
            overlays: BTreeSet::new(),
            layers: BTreeMap::new(),
        }
    }

    pub fn word(&self, index: u32) -> &'a Word {
        &self.words[index as usize]
    }

    /// Holds and losses with their days, the most recently observed day first.
    pub fn by_day(&self) -> impl Iterator<Item = (Day, u32)> {
        self.by_day.iter().map(|(Reverse(day), index)| (*day, *index))
    }

    /// Whose overlays lie over the place, and whether somebody without a stake says so.
    pub fn layers(&self) -> impl Iterator<Item = (OverlayKind, ActorIndex, bool)> {
        self.layers.iter().map(|(&(kind, actor), &(_, firm))| (kind, actor, firm > 0))
    }

    /// Steps that denials set a word down: one for each other source that denies one of its actors, unless
    /// the word is later than the denial.
    pub fn lowered(&self, index: u32) -> u8 {
        if self.denials.is_empty() {
            return 0;
        }
        let word = self.word(index);
        let actors = self.actors(word.event);
        let against = |d: &&u32| {
            let denial = self.word(**d);
            denial.source != word.source
                && !word.seen.is_after(denial.seen)
                && meet(&self.dataset.event(denial.event).actors, actors)
        };
        let deniers: BTreeSet<SourceIndex> =
            self.denials.iter().filter(against).map(|d| self.word(*d).source).collect();
        u8::try_from(deniers.len()).unwrap_or(u8::MAX)
    }

    /// Tells whether a later loss by the word's own source hides it until that loss is `taken`.
    ///
    /// A loss does nothing but take its actor out, so that what its source said before stands beneath
    /// it; but `observed` decides only between sources, so that it never outranks that loss.
    pub fn is_beneath(&self, index: u32, taken: &BTreeSet<u32>) -> bool {
        if self.losses == 0 {
            return false;
        }
        let word = self.word(index);
        self.of_source(&self.by_source, word.source).any(|other| {
            let loss = self.word(other);
            loss.role == Role::Loss && loss.shown.is_after(word.shown) && !taken.contains(&other)
        })
    }

    /// A word shows: it replaces what its source said before, each according to its role.
    pub fn show(&mut self, index: u32) {
        let word = *self.word(index);
        let earlier: Vec<u32> = self
            .of_source(&self.overlays, word.source)
            .chain(self.of_source(&self.by_source, word.source))
            .filter(|other| word.shown.is_after(self.word(*other).shown))
            .collect();
        let denied = self.actors(word.event);
        for other in earlier {
            let ends = match (word.role, self.word(other).role) {
                (Role::Denial, _) => meet(self.actors(self.word(other).event), denied),
                (_, Role::Overlay) | (Role::Hold, _) => true,
                // An overlay displaces no word, and a loss takes out its actor and does nothing else.
                (Role::Overlay | Role::Loss, _) => false,
            };
            if ends {
                self.remove(other);
            }
        }
        if matches!(word.role, Role::Hold | Role::Loss) {
            // A denial stands until its source has another word on who holds the place.
            let words = self.words;
            self.denials.retain(|d| {
                let denial = &words[*d as usize];
                denial.source != word.source || !word.shown.is_after(denial.shown)
            });
        }
        if word.ends > word.shows { self.insert(index) } else { self.fall_silent(index) }
    }

    /// A word ends: where it still stood, its source falls silent.
    pub fn end(&mut self, index: u32) {
        let word = self.word(index);
        let stood = match word.role {
            Role::Hold | Role::Loss => self.by_source.contains(&(word.source, index)),
            Role::Overlay => self.overlays.contains(&(word.source, index)),
            Role::Denial => self.denials.contains(&index),
        };
        if stood {
            self.remove(index);
            self.fall_silent(index);
        }
    }

    /// What a source said before a loss does not return when the loss ends.
    fn fall_silent(&mut self, index: u32) {
        let word = self.word(index);
        if word.role == Role::Loss {
            let beneath: Vec<u32> = self
                .of_source(&self.by_source, word.source)
                .filter(|other| word.shown.is_after(self.word(*other).shown))
                .collect();
            beneath.into_iter().for_each(|other| self.remove(other));
        }
    }

    /// A word about the whole unit that contains the place: words of days before `day` no longer count,
    /// for a loss only those that name one of the `losers`.
    pub fn kill(&mut self, day: Day, losers: Option<&[ActorIndex]>) -> bool {
        let older: Vec<u32> = self
            .by_source
            .iter()
            .chain(&self.overlays)
            .map(|(_, index)| *index)
            .filter(|index| {
                let word = self.word(*index);
                word.shown.day < day && losers.is_none_or(|losers| meet(self.actors(word.event), losers))
            })
            .collect();
        older.iter().for_each(|index| self.remove(*index));
        !older.is_empty()
    }

    /// The controllers changed: overlays that showed before that end.
    pub fn lift_overlays(&mut self, before: Moment) {
        let over: Vec<u32> =
            self.overlays.iter().map(|(_, index)| *index).filter(|i| self.word(*i).shows < before).collect();
        over.into_iter().for_each(|index| self.remove(index));
    }

    fn insert(&mut self, index: u32) {
        let word = self.word(index);
        match word.role {
            Role::Denial => self.denials.push(index),
            Role::Overlay => {
                if self.overlays.insert((word.source, index)) {
                    self.count_layers(index, true);
                }
            }
            Role::Hold | Role::Loss => {
                self.by_source.insert((word.source, index));
                self.by_day.insert((Reverse(word.seen.day), index));
                self.losses += usize::from(word.role == Role::Loss);
            }
        }
    }

    fn remove(&mut self, index: u32) {
        let word = self.word(index);
        match word.role {
            Role::Denial => self.denials.retain(|d| *d != index),
            Role::Overlay => {
                if self.overlays.remove(&(word.source, index)) {
                    self.count_layers(index, false);
                }
            }
            Role::Hold | Role::Loss => {
                if self.by_source.remove(&(word.source, index)) {
                    self.by_day.remove(&(Reverse(word.seen.day), index));
                    self.losses -= usize::from(word.role == Role::Loss);
                }
            }
        }
    }

    fn count_layers(&mut self, index: u32, more: bool) {
        let word = self.word(index);
        let event = self.dataset.event(word.event);
        let kind = if event.status == Status::Besieged { OverlayKind::Besieged } else { OverlayKind::Presence };
        let firm = u32::from(word.stance != crate::model::Stance::Claimed);
        for actor in event.actors.iter() {
            let (all, firmly) = self.layers.entry((kind, *actor)).or_default();
            if more {
                (*all, *firmly) = (*all + 1, *firmly + firm);
            } else {
                (*all, *firmly) = (*all - 1, *firmly - firm);
                if *all == 0 {
                    self.layers.remove(&(kind, *actor));
                }
            }
        }
    }

    fn actors(&self, event: EventIndex) -> &'a [ActorIndex] {
        &self.dataset.event(event).actors
    }

    fn of_source<'s>(
        &self,
        set: &'s BTreeSet<(SourceIndex, u32)>,
        source: SourceIndex,
    ) -> impl Iterator<Item = u32> + use<'s> {
        set.range((source, 0)..=(source, u32::MAX)).map(|(_, index)| *index)
    }
}
