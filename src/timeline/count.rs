//! Which events count: takes the events, what was known by when and what is excluded; gives a mask.

use crate::diag::{Diagnostic, nearest, quote};
use crate::model::{Dataset, Event, Moment, SourceIndex, Stance};
use crate::project::PolicyOptions;
use rayon::prelude::*;

/// What does not count.
#[derive(Debug, Default)]
pub(crate) struct Exclusion {
    stances: Vec<Stance>,
    /// One for each source; empty where none is excluded.
    sources: Vec<bool>,
}

impl Exclusion {
    /// Reads the words of `exclude`.
    pub fn new(dataset: &Dataset, options: &PolicyOptions, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut new = Self::default();
        for word in options.exclude() {
            let found = if let Some(id) = word.strip_prefix("source:") {
                new.sources.resize(dataset.sources.len(), false);
                dataset.sources.iter().position(|s| s.id == id).map(|i| new.sources[i] = true)
            } else {
                Stance::ALL.iter().find(|s| s.word() == word).map(|s| new.stances.push(*s))
            };
            if found.is_none() {
                diagnostics.push(unknown(dataset, word));
            }
        }
        new
    }

    /// Tells whether the words of a source count.
    pub fn hears(&self, source: SourceIndex) -> bool {
        !self.sources.get(source.0 as usize).copied().unwrap_or(false)
    }
}

fn unknown(dataset: &Dataset, word: &str) -> Diagnostic {
    let (message, hint) = if let Some(id) = word.strip_prefix("source:") {
        let near = nearest(id, dataset.sources.iter().map(|s| s.id.as_str()));
        let hint = near.map_or_else(
            || "write the id of a source of the events after `source:`".to_owned(),
            |near| format!("did you mean `source:{near}`?"),
        );
        (format!("source {} of `exclude` says nothing here", quote(id)), hint)
    } else {
        let words: Vec<String> = Stance::ALL.iter().map(|s| format!("`{}`", s.word())).collect();
        (
            format!("`exclude` does not know {}", quote(word)),
            format!("write one of {}, or `source:ID`", words.join(", ")),
        )
    };
    Diagnostic::new("bad-word", message).value(word).hint(hint)
}

/// Tells for each event whether it counts.
///
/// What was not known yet, and the words of excluded sources, are as if never said. Of the rest, what
/// another event supersedes drops out, even where that event is itself replaced, taken back or of an
/// excluded stance; then retracted rows and excluded stances do.
pub(crate) fn counting(dataset: &Dataset, exclusion: &Exclusion, known_by: Option<Moment>) -> Counts {
    let said = |event: &Event<'_>| {
        known_by.is_none_or(|by| known_from(dataset, event) <= by) && event.sources.iter().any(|s| exclusion.hears(*s))
    };
    let retracts = dataset.events.said().iter().any(|s| s.stance == Stance::Retracted);
    let corrects = dataset.events.beside().iter().any(|b| b.supersedes.is_some());
    if known_by.is_none() && !retracts && !corrects && exclusion.stances.is_empty() && exclusion.sources.is_empty() {
        return Counts(None);
    }
    let lasting = |e: &Event<'_>| e.stance != Stance::Retracted && !exclusion.stances.contains(&e.stance);
    let events = (0..dataset.events.len()).into_par_iter().map(|i| dataset.events.get(i));
    let mut counts: Vec<bool> = events.map(|e| said(&e) && lasting(&e)).collect();
    for event in dataset.events.iter().filter(|_| corrects) {
        if let Some(target) = event.supersedes
            && said(&event)
        {
            counts[target.0 as usize] = false;
        }
    }
    Counts(Some(counts))
}

/// Which events count.
#[derive(Debug)]
pub(crate) struct Counts(Option<Vec<bool>>);

impl Counts {
    /// Tells whether an event counts.
    pub fn has(&self, event: usize) -> bool {
        self.0.as_ref().is_none_or(|counts| counts[event])
    }
}

/// When an event was known: its `reported`, else its `observed`, else its date, each at the latest.
///
/// A day without a time is over before what was said on it is certainly known.
pub(crate) fn known_from(dataset: &Dataset, event: &Event<'_>) -> Moment {
    let date = event.reported.or(event.observed).unwrap_or(event.date);
    date.moment(dataset.offset).unwrap_or_else(|| dataset.offset.end_of(date.latest))
}
