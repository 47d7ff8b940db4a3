//! Resolving: takes a dataset and a policy, gives the timeline of every place.

use super::Timeline;
use super::contradiction::contradictions;
use super::count::{Counts, Exclusion, counting};
use super::lean::Lean;
use super::policy::{POLICIES, USUAL, policy, ranks};
use super::settle::Court;
use super::sweep::{Site, sweep};
use super::track::Track;
use super::word::{Clock, Role, Word};
use crate::diag::{Checked, Diagnostic, did_you_mean, quote};
use crate::model::{Dataset, EventIndex, Kind, Level, Moment, PlaceIndex, Stance};
use crate::project::PolicyOptions;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Derives who held what, as known by a moment (`None`: all that is known).
///
/// # Errors
/// `unknown-policy` for a policy that is not in [`POLICIES`], `bad-word` for a word of `exclude` that is
/// neither a stance nor `source:ID` with the id of a source, and for an id of `priority` that no source has. `share-contradicted` warns where finer regions
/// already exceed a stated share.
pub fn resolve(dataset: &Dataset, options: &PolicyOptions, known_by: Option<Moment>) -> Checked<Timeline> {
    resolved(dataset, options, known_by, true)
}

/// Resolves with or without the short way for places of plain words, which gives the same.
pub(super) fn resolved(
    dataset: &Dataset,
    options: &PolicyOptions,
    known_by: Option<Moment>,
    short_way: bool,
) -> Checked<Timeline> {
    let mut diagnostics = Vec::new();
    let policy = policy(options.name()).unwrap_or_else(|| {
        diagnostics.push(unknown_policy(options.name()));
        policy(USUAL).expect("the usual policy is one of them")
    });
    let exclusion = Exclusion::new(dataset, options, &mut diagnostics);
    let counts = counting(dataset, &exclusion, known_by);
    let ranks = ranks(dataset, options, &mut diagnostics);
    let clock = Clock { mode: options.uncertain(), offset: dataset.offset };
    let court = Court { dataset, policy, ranks: &ranks };
    let mut contains = vec![false; dataset.places.len()];
    dataset.places.iter().filter_map(|p| p.container).for_each(|c| contains[c.0 as usize] = true);

    let lean = Lean::new(court, clock, &exclusion, &counts);
    let mut tracks: Vec<Arc<Track>> = vec![Arc::default(); dataset.places.len()];
    // What contains a place is of an outer level, so that its track is there before.
    for level in Level::ALL {
        let at_level = (0..tracks.len()).filter(|i| dataset.places[*i].level == level);
        // Places that nobody speaks of have one track for all that are in the same unit.
        let (spoken, silent): (Vec<usize>, Vec<usize>) = at_level.partition(|i| !events(dataset, *i).is_empty());
        let mut first_in: BTreeMap<Option<PlaceIndex>, usize> = BTreeMap::new();
        silent.iter().for_each(|i| _ = first_in.entry(container(dataset, *i)).or_insert(*i));
        let places: Vec<usize> = spoken.into_iter().chain(first_in.values().copied()).collect();
        let made: Vec<Track> = places
            .par_iter()
            .map(|&place| {
                let containers = containers(dataset, place, &tracks);
                let contains = contains[place];
                if let Some(track) = Some(())
                    .filter(|()| short_way && !contains)
                    .and_then(|()| lean.track(PlaceIndex(place as u32), &containers))
                {
                    return track;
                }
                let (words, closures) = words(dataset, place, clock, &exclusion, &counts);
                sweep(court, clock, &Site { words: &words, closures: &closures, containers: &containers, contains })
            })
            .collect();
        places.into_iter().zip(made).for_each(|(place, track)| tracks[place] = Arc::new(track));
        for place in silent {
            tracks[place] = tracks[first_in[&container(dataset, place)]].clone();
        }
    }
    diagnostics.extend(contradictions(dataset, &tracks));
    let timeline = Timeline {
        tracks,
        offset: dataset.offset,
        known_by,
        policy: policy.name.to_owned(),
        stale_after: options.stale_after,
    };
    Checked { value: timeline, diagnostics }
}

fn unknown_policy(name: &str) -> Diagnostic {
    let names: Vec<String> = POLICIES.iter().map(|p| format!("`{}`", p.name)).collect();
    let near = did_you_mean(name, POLICIES.iter().map(|p| p.name)).map_or(String::new(), |near| near + " ");
    let hint = format!("{near}policies are {}", names.join(", "));
    Diagnostic::new("unknown-policy", format!("there is no policy {}", quote(name))).value(name).hint(hint)
}

/// The words on a place, by the moment at which they show, and those that close or reopen it.
pub(super) fn words(
    dataset: &Dataset,
    place: usize,
    clock: Clock,
    exclusion: &Exclusion,
    counts: &Counts,
) -> (Vec<Word>, Vec<Word>) {
    let events = events(dataset, place);
    let (mut words, mut closures) = (Vec::with_capacity(events.len()), Vec::new());
    for number in events.filter(|i| counts.has(*i)) {
        let event = &dataset.events.get(number);
        let index = EventIndex(u32::try_from(number).expect("fewer than 2^32 events"));
        if let Some(role) = Role::of(event) {
            let sources = event.sources.iter().filter(|s| exclusion.hears(**s));
            words.extend(sources.filter_map(|source| Word::new(index, event, *source, role, clock)));
        } else if matches!(event.kind, Some(Kind::Closure | Kind::Reopening)) && event.stance != Stance::Denied {
            closures.extend(event.sources.first().and_then(|s| Word::new(index, event, *s, Role::Overlay, clock)));
        }
    }
    words.sort_unstable_by_key(|w| (w.shows, w.event, w.source));
    (words, closures)
}

/// Where the events of a place are.
pub(super) fn events(dataset: &Dataset, place: usize) -> std::ops::Range<usize> {
    dataset.events.of(PlaceIndex(place as u32))
}

/// What contains a place. A container that is not of an outer level is none: so this ends, whatever the data.
pub(super) fn container(dataset: &Dataset, place: usize) -> Option<PlaceIndex> {
    let inner = &dataset.places[place];
    inner.container.filter(|c| dataset.place(*c).level < inner.level)
}

/// The tracks of what contains a place, innermost first.
pub(super) fn containers<'a>(dataset: &Dataset, place: usize, tracks: &'a [Arc<Track>]) -> Vec<&'a Track> {
    std::iter::successors(container(dataset, place), |c| container(dataset, c.0 as usize))
        .map(|c| &*tracks[c.0 as usize])
        .collect()
}
