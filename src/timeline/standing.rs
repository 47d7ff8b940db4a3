//! What stands at a place: takes its words as they show and end, keeps those that still stand.
//!
//! Kept sorted while it changes, so that a word costs the logarithm of what stands, not all of it.

use super::layer::Layers;
use super::ranks::Ranks;
use super::word::{Role, Word, meet};
use crate::model::{ActorIndex, Dataset, Day, Event, EventIndex, Moment, Overlay, SourceIndex};
use std::collections::BTreeSet;

/// Why a word that has shown does not stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gone {
    /// Its source said otherwise later.
    Replaced(EventIndex),
    /// Its `until` is over.
    Ended,
    /// Its source fell silent when this later loss ended.
    Silenced(EventIndex),
    /// A later word about the whole unit that contains the place.
    Swept(EventIndex),
    /// It lay over the control, and the controllers changed.
    Lifted,
}

/// The words of one place, and which of them stand.
pub(crate) struct Standing<'a> {
    dataset: &'a Dataset,
    words: &'a [Word],
    /// The words in the order of the day on which each was observed.
    order: Vec<u32>,
    /// Where a word is in that order.
    rank: Vec<u32>,
    /// The ranks of holds and losses that stand.
    ranks: Ranks,
    /// How many of them are losses.
    losses: usize,
    denials: Vec<u32>,
    /// The overlays that stand.
    layers: Layers,
    /// The number of a word's source among those that speak of the place.
    source: Vec<u32>,
    /// The first of a source's holds, losses and overlays that stand, and the next after each.
    first: Vec<Option<u32>>,
    next: Vec<Option<u32>>,
    /// Kept between calls for its memory.
    going: Vec<u32>,
    /// Why words went, for those who ask; else empty.
    gone: Vec<Option<Gone>>,
}

impl<'a> Standing<'a> {
    pub fn new(dataset: &'a Dataset, words: &'a [Word]) -> Self {
        let count = u32::try_from(words.len()).expect("fewer than 2^32 words on a place");
        let mut order: Vec<u32> = (0..count).collect();
        order.sort_by_key(|i| words[*i as usize].seen.day);
        let mut rank = vec![0; words.len()];
        (0..count).zip(&order).for_each(|(place, word)| rank[*word as usize] = place);
        let mut sources: Vec<SourceIndex> = words.iter().map(|w| w.source).collect();
        sources.sort_unstable();
        sources.dedup();
        let number = |w: &Word| sources.binary_search(&w.source).expect("every source is among them");
        Self {
            dataset,
            words,
            ranks: Ranks::new(words.len()),
            order,
            rank,
            losses: 0,
            denials: Vec::new(),
            layers: Layers::default(),
            source: words.iter().map(|w| u32::try_from(number(w)).expect("no more sources than words")).collect(),
            first: vec![None; sources.len()],
            next: vec![None; words.len()],
            going: Vec::new(),
            gone: Vec::new(),
        }
    }

    /// Keeps from now on why words go.
    pub fn remember(&mut self) {
        self.gone = vec![None; self.words.len()];
    }

    /// Why words that have shown do not stand; empty unless kept.
    pub fn gone(&self) -> &[Option<Gone>] {
        &self.gone
    }

    pub fn word(&self, index: u32) -> &'a Word {
        &self.words[index as usize]
    }

    pub fn event(&self, index: u32) -> Event<'a> {
        self.dataset.event(self.word(index).event)
    }

    pub fn dataset(&self) -> &'a Dataset {
        self.dataset
    }

    /// Holds and losses with their days, the most recently observed day first.
    pub fn by_day(&self) -> impl Iterator<Item = (Day, u32)> {
        self.ranks.descending().map(|rank| {
            let index = self.order[rank];
            (self.word(index).seen.day, index)
        })
    }

    /// Tells whether anything lies over the control.
    pub fn has_overlays(&self) -> bool {
        !self.layers.is_empty()
    }

    /// What lies over the place: whose, on which words, and whether somebody without a stake says so.
    pub fn layers(&self) -> impl Iterator<Item = Overlay> {
        self.layers.all(self.dataset, self.words)
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
                && meet(self.dataset.event(denial.event).actors, actors)
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
        self.of_source(index).any(|other| {
            let loss = self.word(other);
            loss.role == Role::Loss && loss.shown.is_after(word.shown) && !taken.contains(&other)
        })
    }

    /// A word shows: it replaces what its source said before, each according to its role.
    pub fn show(&mut self, index: u32) {
        let word = *self.word(index);
        let mut going = std::mem::take(&mut self.going);
        let named = self.actors(word.event);
        let ends = |other: &u32| {
            let earlier = self.word(*other);
            word.shown.is_after(earlier.shown)
                && match (word.role, earlier.role) {
                    (Role::Denial, _) => meet(self.actors(earlier.event), named),
                    (_, Role::Overlay) | (Role::Hold, _) => true,
                    // A loss told again: the earlier one decides nothing any more.
                    (Role::Loss, Role::Loss) => self.actors(earlier.event).iter().all(|a| named.contains(a)),
                    // An overlay displaces no word, and a loss takes out its actor and does nothing else.
                    (Role::Overlay | Role::Loss, _) => false,
                }
        };
        going.extend(self.of_source(index).filter(ends));
        going.drain(..).for_each(|other| self.remove(other, Gone::Replaced(word.event)));
        self.going = going;
        if matches!(word.role, Role::Hold | Role::Loss) && !self.denials.is_empty() {
            // A denial stands until its source has another word on who holds the place.
            let words = self.words;
            let gone = &mut self.gone;
            self.denials.retain(|d| {
                let denial = &words[*d as usize];
                let stays = denial.source != word.source || !word.shown.is_after(denial.shown);
                if !stays && let Some(gone) = gone.get_mut(*d as usize) {
                    *gone = Some(Gone::Replaced(word.event));
                }
                stays
            });
        }
        if word.ends > word.shows {
            self.insert(index);
        } else {
            self.note(index, Gone::Ended);
            self.fall_silent(index);
        }
    }

    /// A word ends: where it still stood, its source falls silent.
    pub fn end(&mut self, index: u32) {
        let word = self.word(index);
        let stood = match word.role {
            Role::Hold | Role::Loss => self.ranks.contains(self.rank[index as usize] as usize),
            Role::Overlay => self.layers.contains(index),
            Role::Denial => self.denials.contains(&index),
        };
        if stood {
            self.remove(index, Gone::Ended);
            self.fall_silent(index);
        }
    }

    /// What a source said before a loss does not return when the loss ends.
    fn fall_silent(&mut self, index: u32) {
        let word = self.word(index);
        if word.role == Role::Loss {
            let beneath: Vec<u32> = self
                .of_source(index)
                .filter(|other| self.word(*other).role != Role::Overlay)
                .filter(|other| word.shown.is_after(self.word(*other).shown))
                .collect();
            beneath.into_iter().for_each(|other| self.remove(other, Gone::Silenced(word.event)));
        }
    }

    /// A word about the whole unit that contains the place: words of days before `day` no longer count,
    /// for a loss only those that name one of the `losers`; `by` is that word's event.
    pub fn kill(&mut self, by: EventIndex, day: Day, losers: Option<&[ActorIndex]>) -> bool {
        let older: Vec<u32> = self
            .by_day()
            .map(|(_, index)| index)
            .chain(self.layers.words())
            .filter(|index| {
                let word = self.word(*index);
                word.shown.day < day && losers.is_none_or(|losers| meet(self.actors(word.event), losers))
            })
            .collect();
        older.iter().for_each(|index| self.remove(*index, Gone::Swept(by)));
        !older.is_empty()
    }

    /// The controllers changed: overlays that showed before that end.
    pub fn lift_overlays(&mut self, before: Moment) {
        let over: Vec<u32> = self.layers.words().filter(|i| self.word(*i).shows < before).collect();
        over.into_iter().for_each(|index| self.remove(index, Gone::Lifted));
    }

    fn insert(&mut self, index: u32) {
        let word = self.word(index);
        match word.role {
            Role::Denial => return self.denials.push(index),
            Role::Overlay => self.layers.count(index, self.dataset, word, true),
            Role::Hold | Role::Loss => {
                self.ranks.add(self.rank[index as usize] as usize);
                self.losses += usize::from(word.role == Role::Loss);
            }
        }
        let source = self.source[index as usize] as usize;
        self.next[index as usize] = self.first[source].replace(index);
    }

    fn note(&mut self, index: u32, why: Gone) {
        if let Some(gone) = self.gone.get_mut(index as usize) {
            *gone = Some(why);
        }
    }

    /// Takes out a word that stands.
    fn remove(&mut self, index: u32, why: Gone) {
        self.note(index, why);
        let word = self.word(index);
        match word.role {
            Role::Denial => return self.denials.retain(|d| *d != index),
            Role::Overlay => self.layers.count(index, self.dataset, word, false),
            Role::Hold | Role::Loss => {
                self.ranks.remove(self.rank[index as usize] as usize);
                self.losses -= usize::from(word.role == Role::Loss);
            }
        }
        let source = self.source[index as usize] as usize;
        let after = self.next[index as usize].take();
        let before = self.of_source(index).find(|other| self.next[*other as usize] == Some(index));
        match before {
            Some(before) => self.next[before as usize] = after,
            None => self.first[source] = after,
        }
    }

    fn actors(&self, event: EventIndex) -> &'a [ActorIndex] {
        self.dataset.event(event).actors
    }

    /// The holds, losses and overlays that stand of the source of a word.
    fn of_source(&self, index: u32) -> impl Iterator<Item = u32> {
        let first = self.first[self.source[index as usize] as usize];
        std::iter::successors(first, |other| self.next[*other as usize])
    }
}
