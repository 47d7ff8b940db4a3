//! Changes in words: takes flows, gives the keys of the legend and the sentences of the description.

use crate::map::describe::Describer;
use crate::map::look::Look;
use crate::map::setup::Setup;
use crate::map::theme;
use crate::map::words::fill;
use crate::map::words_figure::{self, FigureWords, grouped};
use crate::model::{ActorIndex, Control, Offset, Part, PlaceIndex};
use crate::scene::Paint;
use crate::timeline::{Dating, Flow, Holder, Snapshot, Window};
use std::collections::BTreeMap;

/// Writes changes in one language.
pub struct Teller<'a> {
    /// States in words.
    pub describer: Describer<'a>,
    /// The words of the language.
    pub figure: &'static FigureWords,
    /// The project's time zone.
    pub offset: Offset,
}

/// What went from whom to whom, as a key.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// Whose it was.
    pub from: Holder,
    /// Whose it is.
    pub to: Holder,
    /// Whether only a party says so, of either.
    pub claimed: [bool; 2],
    /// The least, in km².
    pub low: f64,
    /// The most, in km², for the order.
    pub high: f64,
    /// The key's words.
    pub text: String,
}

/// The most keys of passages; smaller ones are in the table.
const MOST: usize = 9;

impl Teller<'_> {
    /// Whose a piece of ground is.
    pub fn holder(&self, holder: &Holder) -> String {
        let words = self.describer.words;
        let names = |separator: &str| {
            let names: Vec<String> = holder.actors.iter().map(|a| self.describer.actor(*a)).collect();
            names.join(separator)
        };
        let list = || self.describer.actors(&holder.actors);
        match (holder.status, holder.actors.len()) {
            ("contested", _) => fill(self.figure.contested_by, &[("actors", &list())]),
            ("shared", _) => fill(self.figure.shared_by, &[("actors", &list())]),
            (_, 0) => {
                let nobody = self.figure.nobody_brief.iter().find(|(word, _)| *word == holder.status);
                nobody.map_or_else(|| words.unknown.to_owned(), |(_, text)| (*text).to_owned())
            }
            _ if holder.open => fill(self.figure.in_parts, &[("actors", &list())]),
            _ => names(" + "),
        }
    }

    /// A holder's words, with a note where only a party says so.
    fn or_claimed(&self, holder: String, claimed: bool) -> String {
        if claimed { format!("{holder} ({})", self.describer.words.only_claimed) } else { holder }
    }

    /// An area from a least to a most.
    pub fn area(&self, low: f64, high: f64) -> String {
        let [least, most] = [low, high].map(grouped);
        let isolate = |text: &str| self.describer.words.isolate(text);
        let km2 = |text: &str| fill(self.figure.km2, &[("km2", &isolate(text))]);
        match (least == most, least == "0") {
            (true, _) => km2(&most),
            (false, true) => fill(self.figure.up_to, &[("km2", &km2(&most))]),
            _ => km2(&format!("{least}{}{most}", self.figure.to)),
        }
    }

    /// What went from whom to whom, whatever the status of the parts, the greatest first.
    pub fn passages(&self, flows: &[Flow], ends: [&Snapshot; 2]) -> Vec<Passage> {
        let mut sums: BTreeMap<[String; 2], Passage> = BTreeMap::new();
        for flow in flows.iter().filter(|f| f.is_change()) {
            // what may have stayed is told by the least and the most of what went
            let stayed = flow.to.open && flow.from.actors.iter().all(|a| flow.to.actors.contains(a));
            if stayed && flow.to.actors.len() > 1 && !flow.from.actors.is_empty() {
                continue;
            }
            let (from, to) = (self.holder(&flow.from), self.holder(&flow.to));
            if from == to {
                continue;
            }
            let claimed = ends.map(|end| end.states[flow.place.0 as usize].claimed);
            let sum = sums.entry([self.or_claimed(from, claimed[0]), self.or_claimed(to, claimed[1])]);
            let (from, to) = (flow.from.clone(), flow.to.clone());
            let sum = sum.or_insert(Passage { from, to, claimed, low: 0.0, high: 0.0, text: String::new() });
            sum.low += flow.low;
            sum.high += flow.high;
        }
        let passage = |([old, new], sum): ([String; 2], Passage)| {
            let km2 = self.area(sum.low, sum.high);
            let text = fill(self.figure.transition, &[("from", &old), ("to", &new), ("km2", &km2)]);
            Passage { text, ..sum }
        };
        let mut all: Vec<Passage> = sums.into_iter().map(passage).collect();
        all.sort_by(|a, b| b.high.total_cmp(&a.high).then(a.text.cmp(&b.text)));
        all.truncate(MOST);
        all
    }

    /// The paint of a holder in a key; what is nobody's any more shows whose it was.
    pub fn paint(&self, look: &Look, holder: &Holder, claimed: bool, passage: &Passage) -> Paint {
        let actors = holder.actors.clone();
        let part = |actors: Vec<ActorIndex>, open: bool| Part {
            actors,
            share: if open { None } else { crate::model::Share::new(1.0, 1.0) },
            rest: false,
        };
        let control = match (holder.status, actors.as_slice()) {
            ("contested", _) => Control::Contested(actors),
            ("shared", _) => Control::Shared(actors),
            ("lost", _) => Control::Lost(passage.from.actors.clone()),
            ("vacant", _) => Control::Vacant,
            (_, []) => Control::Unknown,
            (_, [one]) if !holder.open => Control::Held(*one),
            // the rest of the ground is in passages of its own
            (_, [one]) => return Paint::solid(theme::pale(look.color(*one, false))),
            _ if holder.open => Control::Partial(actors.iter().map(|a| part(vec![*a], true)).collect()),
            _ => Control::Partial(vec![part(actors, false)]),
        };
        look.ground(&control, false, claimed)
    }

    /// How the front line moved.
    pub fn advance(&self, before: [f64; 2], after: [f64; 2], window: &Window) -> String {
        let words = self.describer.words;
        let date = words.moment(window.before.moment, self.offset);
        let km = |km: f64| words_figure::km(words, km);
        let old = fill(self.figure.front_before, &[("date", &date), ("km", &km(before[0]))]);
        format!("{}. {}", old, words_figure::front(words, after[0], after[1]))
    }
}

/// The description of a figure of change.
pub fn told(
    teller: &Teller,
    window: &Window,
    before: &Snapshot,
    after: &Snapshot,
    seen: &[PlaceIndex],
    setup: &Setup,
    flows: &[Flow],
) -> String {
    let Teller { describer, figure, .. } = teller;
    let words = describer.words;
    let mut sentences = vec![setup.accent.situation.clone().unwrap_or_default() + "."];
    // the sums first: they matter most, and places are many
    let passages: Vec<String> = teller.passages(flows, [before, after]).into_iter().map(|p| p.text).collect();
    if !passages.is_empty() {
        sentences.push(format!("{}.", passages.join(figure.semicolon)));
    }
    let places = seen.iter().copied().chain(setup.accent.points.iter().flat_map(|p| p.keys().copied()));
    let mut same = Vec::new();
    let mut changed = false;
    let mut points = false;
    for place in places {
        let i = place.0 as usize;
        let [old, new] = [before, after].map(|snapshot| &snapshot.states[i]);
        let name = describer.place(place);
        if old.control == new.control {
            // what may have changed is told below
            if window.dating[i] != Dating::Possible {
                same.push(name);
            }
            continue;
        }
        changed = true;
        // towns often have the names of regions
        if describer.dataset.place(place).level.is_point() && !std::mem::replace(&mut points, true) {
            sentences.push(words.points.to_owned());
        }
        let bare = |state: &crate::timeline::State| {
            let state = crate::timeline::State { overlays: Vec::new(), closed: None, ..state.clone() };
            describer.state(place, &state)
        };
        let (from, to) = (bare(old), bare(new));
        let mut text = fill(figure.change_sentence, &[("place", &name), ("from", &from), ("to", &to)]);
        if window.dating[i] == Dating::Loose {
            text += &format!(" ({})", figure.loose_note);
        }
        sentences.push(text + ".");
    }
    if !changed {
        sentences.push(figure.no_change.to_owned());
    }
    let possible = window.possible.iter().filter(|(place, ..)| {
        seen.contains(place) || (describer.dataset.place(*place).at.is_some() && setup.accent.points.is_some())
    });
    let possible: Vec<String> = possible.map(|(place, ..)| describer.place(*place)).collect();
    if !possible.is_empty() {
        sentences.push(fill(figure.possible_sentence, &[("places", &words.list(&possible))]));
    }
    if !same.is_empty() {
        sentences.push(fill(figure.unchanged, &[("places", &words.list(&same))]));
    }
    sentences.join(" ")
}
