//! Small multiples: takes a timeline and some dates, gives a page with a map for each, all of one extent and with one
//! legend.

use super::multiples::{Entries, Multiples, Panel, evidence, outline, outlined};
use super::sheet;
use crate::diag::Checked;
use crate::map::describe::Describer;
use crate::map::key::Keys;
use crate::map::legend::Lasting;
use crate::map::look::Look;
use crate::map::marginalia::credits;
use crate::map::setup::Setup;
use crate::map::swatch::Swatch;
use crate::map::words::fill;
use crate::map::words_figure::figure_words;
use crate::map::{self, Drawn, Neighbours, Request};
use crate::model::{Dataset, Moment, PlaceIndex};
use crate::project::{MapOptions, PolicyOptions, Shown};
use crate::timeline::{Snapshot, Timeline};

/// What small multiples are drawn from.
#[derive(Debug, Clone, Copy)]
pub struct GridRequest<'a> {
    /// Regions, places, actors, sources, events.
    pub dataset: &'a Dataset,
    /// Who held what, when.
    pub timeline: &'a Timeline,
    /// The dates, sorted; a panel for each.
    pub moments: &'a [Moment],
    /// How it looks.
    pub options: &'a MapOptions,
    /// The policy that the timeline was made under.
    pub policy: &'a PolicyOptions,
    /// Title, where the options have none.
    pub title: &'a str,
    /// Where neighbouring countries and waters come from.
    pub neighbours: Option<Neighbours>,
}

/// The most panels of one page.
pub const MOST_PANELS: usize = 60;

/// Sources that the credits name.
const SOURCES: usize = 8;

/// Draws a map for each date.
///
/// # Errors
/// As for [`crate::map::draw`]; `no-room` where the page is too small for so many panels.
pub fn grid(request: &GridRequest) -> Checked<Option<Drawn>> {
    let GridRequest { dataset, timeline, moments, options, policy, title, neighbours } = *request;
    let snapshots: Vec<Snapshot> = moments.iter().map(|m| timeline.snapshot(dataset, *m)).collect();
    let Some(last) = snapshots.last() else { return Checked::clean(None) };
    let of_last = Request { dataset, snapshot: last, options, policy, title, neighbours };
    let mut faults = Vec::new();
    let Some(mut setup) = Setup::new(&of_last).take(&mut faults) else {
        return Checked { value: None, diagnostics: faults };
    };
    setup.marks.clear();
    setup.changed_since = None;
    setup.shown = [options.graticule.unwrap_or_default(), Shown::Never, Shown::Never];
    let words = setup.words;
    let figure = figure_words(words.lang);
    let pen = map::pen(&setup);
    let evidence = evidence(&setup, snapshots.iter());
    let panel = |i: usize| {
        let snapshot = &snapshots[i];
        let before = i.checked_sub(1).map(|before| &snapshots[before]);
        let lines =
            before.map_or_else(Vec::new, |before| outlined(&setup, |place| is_changed(before, snapshot, place)));
        let title = words.moment(snapshot.moment, dataset.offset);
        Panel { snapshot, title, reading: String::new(), lines, covers: Vec::new() }
    };
    let panels: Vec<Panel> = (0..snapshots.len()).map(panel).collect();
    let changes = panels.iter().any(|panel| !panel.lines.is_empty());
    let entries = |mut entries: Entries, _: &Keys, look: &Look| {
        if changes {
            entries.push((Some(Swatch::Edge(outline(look.unit))), figure.outline_panel.to_owned()));
        }
        entries
    };
    let days = words.days(snapshots[0].day, last.day);
    let dates: Vec<String> = snapshots.iter().map(|s| s.day.to_string()).collect();
    let multiples = Multiples {
        request: of_last,
        panels,
        subtitle: fill(figure.grid, &[("dates", &days)]),
        credits: credits(dataset, last, &evidence, setup.has_context, &pen, (SOURCES, true)),
        all_credits: sheet::credits_of(&of_last, &evidence, &setup, &pen),
        entries: &entries,
        // what is old is so by the date of each panel
        lasting: Some(Lasting { changed: None, fights: 0 }),
        description: describe(&setup, dataset, &snapshots),
        facts: vec![("dates", dates.join(", "))],
        hint: "use a larger `--size`, or fewer `--dates`",
        setup,
    };
    let value = multiples.draw().map_err(|fault| faults.push(fault)).ok();
    Checked { value, diagnostics: faults }
}

/// Tells whether a place changed hands from one snapshot to another.
fn is_changed(before: &Snapshot, after: &Snapshot, place: PlaceIndex) -> bool {
    let [before, after] = [before, after].map(|s| &s.states[place.0 as usize].control);
    before != after
}

/// The first date in full, then what changed from each to the next.
fn describe(setup: &Setup, dataset: &Dataset, snapshots: &[Snapshot]) -> String {
    let words = setup.words;
    let figure = figure_words(words.lang);
    let describer = |s: &Snapshot| Describer { dataset, words, day: s.day };
    let places = &setup.regions.places;
    let date = |s: &Snapshot| words.moment(s.moment, dataset.offset);
    let first = &snapshots[0];
    let mut sentences = vec![format!("{}: {}", date(first), describer(first).snapshot(first, places))];
    for pair in snapshots.windows(2) {
        let changed = places.iter().filter(|p| is_changed(&pair[0], &pair[1], **p));
        let changed: Vec<PlaceIndex> = changed.copied().collect();
        let news = describer(&pair[1]).snapshot(&pair[1], &changed);
        let news = if changed.is_empty() { figure.no_change.to_owned() } else { news };
        sentences.push(format!("{} {news}", fill(figure.grid_sentence, &[("date", &date(&pair[1]))])));
    }
    sentences.join(" ")
}
