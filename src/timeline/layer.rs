//! What lies over a place: takes overlay words as they come and go, gives presences and sieges.

use super::word::Word;
use crate::model::{ActorIndex, Dataset, Day, Event, Overlay, OverlayKind, Stance, Status};
use std::collections::{BTreeMap, BTreeSet};

/// The overlay words of a place that stand.
#[derive(Default)]
pub(crate) struct Layers {
    words: BTreeSet<u32>,
    /// How many of them say the same, and how many of those are more than claims.
    counts: BTreeMap<(OverlayKind, ActorIndex), (u32, u32)>,
}

impl Layers {
    /// Tells whether nothing lies over the place.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Tells whether a word is among them.
    pub fn contains(&self, index: u32) -> bool {
        self.words.contains(&index)
    }

    /// The words.
    pub fn words(&self) -> impl Iterator<Item = u32> {
        self.words.iter().copied()
    }

    /// What lies over the place: whose, on which words, and whether somebody without a stake says so.
    pub fn all(&self, dataset: &Dataset, words: &[Word]) -> impl Iterator<Item = Overlay> {
        self.counts.iter().map(move |(&(kind, actor), &(_, firm))| {
            let words = self.words.iter().map(|i| &words[*i as usize]).filter(|w| {
                let event = dataset.event(w.event);
                overlay_kind(&event) == kind && event.actors.contains(&actor)
            });
            let (mut since, mut evidence) = (Day::NEVER, Vec::new());
            for word in words {
                since = since.min(word.shown.day);
                evidence.push(word.event);
            }
            evidence.sort_unstable_by_key(|e| dataset.event(*e).id);
            evidence.dedup();
            Overlay { kind, actor, claimed: firm == 0, since, evidence }
        })
    }

    /// Adds a word, or takes it out.
    pub fn count(&mut self, index: u32, dataset: &Dataset, word: &Word, more: bool) {
        let event = dataset.event(word.event);
        let kind = overlay_kind(&event);
        let firm = u32::from(word.stance != Stance::Claimed);
        if more {
            self.words.insert(index);
        } else {
            self.words.remove(&index);
        }
        for actor in event.actors {
            let (all, firmly) = self.counts.entry((kind, *actor)).or_default();
            if more {
                (*all, *firmly) = (*all + 1, *firmly + firm);
            } else {
                (*all, *firmly) = (*all - 1, *firmly - firm);
                if *all == 0 {
                    self.counts.remove(&(kind, *actor));
                }
            }
        }
    }
}

/// What an overlay word lays over its place.
fn overlay_kind(event: &Event<'_>) -> OverlayKind {
    if event.status == Status::Besieged { OverlayKind::Besieged } else { OverlayKind::Presence }
}
