//! The join report: how many rows found their place, and what is missing on either side.

use super::spelling::Stage;
use crate::diag::{Location, quote};
use crate::model::{Events, Level, Place, PlaceIndex};
use std::fmt;

/// What joining found, as figures and lists; its text is for people.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct JoinReport {
    /// Rows of events.
    pub rows: usize,
    /// Of these, rows that found their place.
    pub joined: usize,
    /// Distinct spellings that were codes or ids.
    pub by_code: usize,
    /// Distinct spellings that were names, to the letter.
    pub by_exact: usize,
    /// Distinct spellings that were names but for case, accents, article and the like.
    pub by_normalised: usize,
    /// Distinct spellings found in the names table.
    pub by_table: usize,
    /// Distinct points that no table names.
    pub points: usize,
    /// Ids of regions without an event, in the order of the dataset.
    pub regions_without_events: Vec<String>,
    /// How many regions there are.
    pub regions: usize,
    /// Ids of settlements and sites without an event, sorted.
    pub places_without_events: Vec<String>,
    /// How many settlements and sites there are, bare points included.
    pub places: usize,
    /// Spellings that found no place or several, sorted.
    pub unmatched: Vec<Unmatched>,
    /// Spellings to add to the names table, for the user to confirm; sorted by spelling.
    pub suggestions: Vec<Suggestion>,
}

/// A spelling that found no place, or several.
#[derive(Debug, Clone, PartialEq)]
pub struct Unmatched {
    /// As written.
    pub written: String,
    /// The level that was asked for.
    pub level: Option<Level>,
    /// Ids of the places that it fits; none where it fits none.
    pub candidates: Vec<String>,
    /// In how many rows it stands.
    pub rows: usize,
    /// The first of these, at most three.
    pub samples: Vec<Location>,
}

/// A row that would make a spelling join, for `check --fix`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The spelling as written.
    pub written: String,
    /// Id of the place that it probably means.
    pub id: String,
    /// Language tag of the spelling that it resembles; may be empty.
    pub lang: String,
}

impl JoinReport {
    /// Fills in which places have no event; the first so many places are regions.
    pub(super) fn gaps(&mut self, places: &[Place], regions: usize, events: &Events) {
        let is_silent = |i: &usize| events.of(PlaceIndex(*i as u32)).is_empty();
        let silent = |range: std::ops::Range<usize>| -> Vec<String> {
            range.filter(is_silent).map(|i| places[i].id.clone()).collect()
        };
        self.regions_without_events = silent(0..regions);
        self.places_without_events = silent(regions..places.len());
        (self.regions, self.places) = (regions, places.len() - regions);
        self.suggestions.sort_by(|a, b| (&a.written, &a.id).cmp(&(&b.written, &b.id)));
        self.suggestions.dedup();
    }
}

/// How many of a list are shown.
const SHOWN: usize = 8;

impl JoinReport {
    /// The counter of a stage.
    pub(super) fn names_of(&mut self, stage: Stage) -> &mut usize {
        match stage {
            Stage::Code => &mut self.by_code,
            Stage::Exact => &mut self.by_exact,
            Stage::Normalised => &mut self.by_normalised,
            Stage::Table => &mut self.by_table,
        }
    }
}

impl fmt::Display for JoinReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "joined {} of {} rows", self.joined, self.rows)?;
        let stages = [
            (self.by_code, "by code"),
            (self.by_exact, "by name"),
            (self.by_normalised, "by normalised name"),
            (self.by_table, "by the names table"),
            (self.points, "by coordinates"),
        ];
        let used: Vec<String> = stages.iter().filter(|(n, _)| *n > 0).map(|(n, how)| format!("{n} {how}")).collect();
        if !used.is_empty() {
            write!(f, "; spellings: {}", used.join(", "))?;
        }
        for (silent, all, what) in [
            (&self.regions_without_events, self.regions, "regions"),
            (&self.places_without_events, self.places, "settlements and sites"),
        ] {
            if !silent.is_empty() {
                let have = if silent.len() == 1 { "has" } else { "have" };
                write!(f, "\n{} of {all} {what} {have} no event: {}", silent.len(), samples(silent))?;
            }
        }
        if !self.unmatched.is_empty() {
            let rows: usize = self.unmatched.iter().map(|u| u.rows).sum();
            let (names, of) = (self.unmatched.len(), if rows == 1 { "row" } else { "rows" });
            let spellings = if names == 1 { "spelling finds" } else { "spellings find" };
            write!(f, "\n{names} {spellings} no single place, in {rows} {of}:")?;
            for one in self.unmatched.iter().take(SHOWN) {
                write!(f, "\n  {}", quote(&one.written))?;
                if let Some(level) = one.level {
                    write!(f, " ({level})")?;
                }
                write!(f, " × {}", one.rows)?;
                if let Some(first) = one.samples.first() {
                    write!(f, ", first at {first}")?;
                }
            }
            if names > SHOWN {
                write!(f, "\n  … and {} more", names - SHOWN)?;
            }
        }
        Ok(())
    }
}

fn samples(ids: &[String]) -> String {
    let shown: Vec<String> = ids.iter().take(SHOWN).map(|id| quote(id)).collect();
    let more = ids.len().saturating_sub(SHOWN);
    shown.join(", ") + &if more > 0 { format!(" … and {more} more") } else { String::new() }
}
