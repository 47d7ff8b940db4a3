//! The same moment under every policy: takes a snapshot for each, gives a page with a map for each, one more that shows
//! where they disagree, and the least and the most ground of each actor in the legend.

use super::diff::wanted;
use super::multiples::{Entries, Multiples, Panel, evidence, outline, outlined};
use crate::diag::Checked;
use crate::map::describe::{Describer, square_km};
use crate::map::key::Keys;
use crate::map::look::Look;
use crate::map::marginalia::{credits, situation};
use crate::map::setup::Setup;
use crate::map::swatch::Swatch;
use crate::map::theme::{self, ANSWERS};
use crate::map::words::fill;
use crate::map::words_figure::{FigureWords, figure_words};
use crate::map::{self, Drawn, Neighbours, Request};
use crate::model::{Control, Dataset, PlaceIndex};
use crate::project::{MapOptions, PolicyOptions, Shown};
use crate::scene::{Color, Paint};
use crate::timeline::{Ground, Snapshot, State, answers, ground_of_all};
use std::collections::BTreeMap;

/// What a figure of policies is drawn from.
#[derive(Debug, Clone, Copy)]
pub struct PoliciesRequest<'a> {
    /// Regions, places, actors, sources, events.
    pub dataset: &'a Dataset,
    /// The same moment under each policy; the project's own comes first.
    pub snapshots: &'a [Snapshot],
    /// How it looks.
    pub options: &'a MapOptions,
    /// What the policies have in common; by its name the project's own.
    pub policy: &'a PolicyOptions,
    /// Title, where the options have none.
    pub title: &'a str,
    /// Where neighbouring countries and waters come from.
    pub neighbours: Option<Neighbours>,
}

/// Sources that the credits name.
const SOURCES: usize = 8;

/// Draws a map for each policy, and one of where they disagree.
///
/// # Errors
/// As for [`crate::map::draw`]; `no-room` where the page is too small for so many panels.
pub fn policies(request: &PoliciesRequest) -> Checked<Option<Drawn>> {
    let PoliciesRequest { dataset, snapshots, options, policy, title, neighbours } = *request;
    let Some(own) = snapshots.first() else { return Checked::clean(None) };
    let of_own = Request { dataset, snapshot: own, options, policy, title, neighbours };
    let mut faults = Vec::new();
    let Some(mut setup) = Setup::new(&of_own).take(&mut faults) else {
        return Checked { value: None, diagnostics: faults };
    };
    setup.marks.clear();
    setup.changed_since = None;
    setup.shown = [options.graticule.unwrap_or_default(), Shown::Never, Shown::Never];
    let figure = figure_words(setup.words.lang);
    let pen = map::pen(&setup);
    let evidence = evidence(&setup, snapshots.iter());
    let describer = Describer { dataset, words: setup.words, day: own.day };
    let seen = wanted(&setup);
    let disputes = Disputes {
        ground: ground_of_all(dataset, snapshots, &seen),
        answers: setup.regions.places.iter().map(|place| (*place, answers(snapshots, *place))).collect(),
        drawn: setup.regions.places.clone(),
        seen,
        snapshots,
        describer,
        figure,
    };
    let nowhere = Snapshot { states: own.states.iter().map(nothing).collect(), ..own.clone() };
    let lines = outlined(&setup, |place| disputes.of(place).len() > 1);
    let panel = |snapshot| {
        let snapshot: &Snapshot = snapshot;
        let reading = disputes.reading(snapshot, policy);
        Panel { snapshot, title: snapshot.policy.clone(), reading, lines: lines.clone(), covers: Vec::new() }
    };
    let mut panels: Vec<Panel> = snapshots.iter().map(panel).collect();
    panels.push(Panel {
        snapshot: &nowhere,
        title: figure.disagree.to_owned(),
        reading: disputes.extent(),
        lines: lines.clone(),
        covers: disputes.covers(),
    });
    let entries = |entries, keys: &Keys, look: &Look| disputes.entries(entries, keys, look, !lines.is_empty());
    // each map names its own way of weighing them
    let said_by = |most| {
        let text = credits(dataset, own, &evidence, setup.has_context, &pen, (most, false));
        format!("{} {text}", figure.policies_method)
    };
    let names: Vec<&str> = snapshots.iter().map(|s| s.policy.as_str()).collect();
    let multiples = Multiples {
        request: of_own,
        panels,
        subtitle: fill(figure.policies, &[("situation", &situation(dataset, own, &pen))]),
        credits: said_by(SOURCES),
        all_credits: said_by(usize::from(u16::MAX)),
        entries: &entries,
        lasting: None,
        description: disputes.describe(),
        facts: vec![("policies", names.join(", "))],
        hint: "use a larger `--size`",
        setup,
    };
    let value = multiples.draw().map_err(|fault| faults.push(fault)).ok();
    Checked { value, diagnostics: faults }
}

/// A state of which nothing is drawn but its cover.
fn nothing(state: &State) -> State {
    State {
        control: Control::Unknown,
        overlays: Vec::new(),
        evidence: Vec::new(),
        claimed: false,
        stale: false,
        closed: None,
        changing: false,
        ..state.clone()
    }
}

/// What the policies say of the regions drawn.
struct Disputes<'a> {
    snapshots: &'a [Snapshot],
    describer: Describer<'a>,
    figure: &'static FigureWords,
    /// The regions drawn.
    drawn: Vec<PlaceIndex>,
    /// For each of them the policies, those that agree together.
    answers: BTreeMap<PlaceIndex, Vec<Vec<usize>>>,
    /// The regions of which the map shows a part.
    seen: Vec<PlaceIndex>,
    /// The least and the most of each actor.
    ground: Vec<Ground>,
}

impl Disputes<'_> {
    /// Who agrees on a region drawn.
    fn of(&self, place: PlaceIndex) -> &[Vec<usize>] {
        self.answers.get(&place).map_or(&[], Vec::as_slice)
    }

    /// The regions seen on which the policies agree, else those on which they do not.
    fn regions(&self, agreed: bool) -> Vec<PlaceIndex> {
        self.seen.iter().copied().filter(|place| (self.of(*place).len() < 2) == agreed).collect()
    }

    /// What a policy does, in few words.
    fn reading(&self, snapshot: &Snapshot, policy: &PolicyOptions) -> String {
        let words = self.describer.words;
        let first = std::ptr::eq(snapshot, &self.snapshots[0]);
        let known = self.figure.readings.iter().find(|(name, _)| *name == snapshot.policy);
        let listed: Vec<String> = policy.priority.iter().flatten().map(|source| words.isolate(source)).collect();
        let reading = match known {
            Some(("priority", _)) if listed.is_empty() => self.figure.priority_none.to_owned(),
            Some((_, reading)) => fill(reading, &[("sources", &listed.join(words.comma))]),
            None => String::new(),
        };
        if first { fill(self.figure.in_use, &[("reading", &reading)]) } else { reading }
    }

    /// On how much they disagree.
    fn extent(&self) -> String {
        let disputed = self.regions(false);
        if disputed.is_empty() {
            return self.figure.agree_all.to_owned();
        }
        let regions = &self.describer.dataset.regions;
        let area = |place: &PlaceIndex| self.describer.dataset.place(*place).region.map(|r| regions.get(r).km2);
        let km2: f64 = disputed.iter().filter_map(area).sum();
        let words = self.describer.words;
        let number = |count: usize| words.isolate(&count.to_string());
        let (count, all) = (number(disputed.len()), number(self.seen.len()));
        let km2 = words.isolate(&square_km(km2, km2, words));
        fill(self.figure.disagree_extent, &[("count", &count), ("all", &all), ("km2", &km2)])
    }

    /// What each region is in the panel of disagreement, and what is said of it.
    fn covers(&self) -> Vec<(Paint, String)> {
        let cover = |place: &PlaceIndex| {
            let groups = self.of(*place);
            (Paint::solid(color(groups.len())), self.answer(*place, groups))
        };
        self.drawn.iter().map(cover).collect()
    }

    /// What the policies say of a region: `Crown (latest, majority); contested: Crown and League (consensus)`.
    fn answer(&self, place: PlaceIndex, groups: &[Vec<usize>]) -> String {
        let words = self.describer.words;
        let one = |group: &Vec<usize>| {
            let state = self.describer.state(place, &self.snapshots[group[0]].states[place.0 as usize]);
            let names: Vec<String> = group.iter().map(|i| words.isolate(&self.snapshots[*i].policy)).collect();
            if groups.len() < 2 { state } else { format!("{state} ({})", names.join(words.comma)) }
        };
        groups.iter().map(one).collect::<Vec<_>>().join(self.figure.semicolon)
    }

    /// The keys of the figure: those who hold ground with how much, and how many answers there are.
    fn entries(&self, entries: Entries, keys: &Keys, look: &Look, has_lines: bool) -> Entries {
        let words = self.describer.words;
        // after a heading those who hold ground come first, in their order
        let holders = keys.holders.keys();
        let amount = |actor| {
            let own = self.ground.iter().find(|ground| ground.actor == actor)?;
            // in one piece, on a line of its own where the name is long
            Some(words.isolate(&square_km(own.low, own.high, words).replace(' ', "\u{a0}")))
        };
        let headed = usize::from(entries.first().is_some_and(|(swatch, _)| swatch.is_none()));
        let mut entries = entries;
        for ((_, text), actor) in entries.iter_mut().skip(headed).zip(holders) {
            if let Some(amount) = amount(*actor) {
                *text = fill(self.figure.actor_ground, &[("actor", text), ("km2", &amount)]);
            }
        }
        if let (1, Some((_, text))) = (headed, entries.first_mut()) {
            *text = self.figure.ground_of_all.to_owned();
        }
        let mut counts: Vec<usize> = self.seen.iter().map(|place| self.of(*place).len()).collect();
        counts.sort_unstable();
        counts.dedup();
        entries.push((None, self.figure.disagree.to_owned()));
        for count in counts {
            let text = if count < 2 {
                self.figure.agree.to_owned()
            } else {
                fill(self.figure.answers, &[("count", &words.isolate(&count.to_string()))])
            };
            entries.push((Some(Swatch::Surface(Paint::solid(color(count)))), text));
        }
        if has_lines {
            entries.push((Some(Swatch::Edge(outline(look.unit))), self.figure.outline_disagree.to_owned()));
        }
        entries
    }

    /// Where they disagree and how, how much ground each actor has, and what they agree on.
    fn describe(&self) -> String {
        let words = self.describer.words;
        let disputed = self.regions(false);
        let mut sentences = Vec::new();
        if disputed.is_empty() {
            sentences.push(format!("{}.", self.figure.agree_all));
        } else {
            sentences.push(format!("{}: {}.", self.figure.disagree, self.extent()));
        }
        for place in &disputed {
            let answer = self.answer(*place, self.of(*place));
            let name = self.describer.place(*place);
            sentences.push(fill(words.held_sentence, &[("place", &name), ("actors", &answer)]));
        }
        for ground in &self.ground {
            let km2 = words.isolate(&square_km(ground.low, ground.high, words));
            let actor = self.describer.actor(ground.actor);
            sentences.push(fill(self.figure.ground_sentence, &[("actor", &actor), ("km2", &km2)]));
        }
        let agreed = self.regions(true);
        if !agreed.is_empty() && !disputed.is_empty() {
            sentences.push(format!("{}:", self.figure.agree));
        }
        if !agreed.is_empty() {
            sentences.push(self.describer.snapshot(&self.snapshots[0], &agreed));
        }
        sentences.join(" ")
    }
}

/// The colour of a region of which there are so many answers.
fn color(answers: usize) -> Color {
    match answers {
        0 | 1 => theme::PAPER,
        many => ANSWERS[(many - 2).min(ANSWERS.len() - 1)],
    }
}

#[cfg(test)]
mod tests {
    use crate::map::words_figure::FIGURE_WORDS;
    use crate::timeline::POLICIES;

    #[test]
    fn every_policy_has_a_reading_in_every_language() {
        let names: Vec<&str> = POLICIES.iter().map(|policy| policy.name).collect();
        for words in FIGURE_WORDS {
            assert_eq!(words.readings.map(|(name, _)| name).to_vec(), names);
            assert!(words.readings.iter().all(|(_, reading)| !reading.is_empty()));
        }
    }
}
