//! The rules for one place, word for word and at one moment at a time: slow, and what the sweep must equal.

use super::ledger::{place, timeline, words};
use super::properties::{any_dates, ledger, moments, of};
use crate::model::{ActorIndex, Control, Dataset, Day, Event, EventIndex, Moment};
use crate::timeline::combine::{combine, take_out};
use crate::timeline::word::{Clock, Role, Word, meet};
use proptest::prelude::*;

struct Naive<'a> {
    dataset: &'a Dataset,
    clock: Clock,
    /// Every word on the place.
    all: Vec<Word>,
}

impl Naive<'_> {
    fn event(&self, word: &Word) -> Event<'_> {
        self.dataset.event(word.event)
    }

    /// The words of the same source that have shown by a moment and come after another.
    fn later<'s>(&'s self, word: &'s Word, now: Moment) -> impl Iterator<Item = &'s Word> {
        let own = move |w: &&Word| w.source == word.source && w.shows <= now && w.shown.is_after(word.shown);
        self.all.iter().filter(own)
    }

    fn names(&self, a: &Word, b: &Word) -> bool {
        meet(self.event(a).actors, self.event(b).actors)
    }

    /// Tells whether a word names nobody that another does not.
    fn within(&self, a: &Word, b: &Word) -> bool {
        self.event(a).actors.iter().all(|actor| self.event(b).actors.contains(actor))
    }

    fn stands(&self, word: &Word, now: Moment) -> bool {
        let silenced = |w: &&Word| match w.role {
            Role::Hold => true,
            Role::Denial => self.names(w, word),
            // A loss told again takes the place of the earlier one, which does not return when it ends.
            Role::Loss if word.role == Role::Loss && self.within(word, w) => true,
            // A loss that has ended leaves its source silent, unless the source had denied it before.
            Role::Loss => w.ends <= now && !self.later(w, w.ends).any(|d| d.role == Role::Denial && self.names(d, w)),
            Role::Overlay => false,
        };
        word.shows <= now && word.ends > now && !self.later(word, now).any(|w| silenced(&w))
    }

    fn control(&self, now: Moment) -> Control {
        let decides = |w: &&Word| matches!(w.role, Role::Hold | Role::Loss);
        let mut left: Vec<&Word> = self.all.iter().filter(decides).filter(|w| self.stands(w, now)).collect();
        let denials: Vec<&Word> = self
            .all
            .iter()
            .filter(|d| d.role == Role::Denial && d.shows <= now && d.ends > now)
            .filter(|d| !self.later(d, now).any(|w| decides(&w)))
            .collect();
        let weight = |w: &Word| {
            let mut deniers: Vec<_> = denials
                .iter()
                .filter(|d| d.source != w.source && !w.seen.is_after(d.seen) && self.names(d, w))
                .map(|d| d.source)
                .collect();
            deniers.sort();
            deniers.dedup();
            w.stance as usize + deniers.len()
        };
        let mut lost: Vec<Vec<ActorIndex>> = Vec::new();
        let mut control = loop {
            let hidden = |w: &Word| {
                left.iter().any(|l| l.role == Role::Loss && l.source == w.source && l.shown.is_after(w.shown))
            };
            let open: Vec<&Word> = left.iter().copied().filter(|w| !hidden(w)).collect();
            let newest: Vec<&Word> =
                open.iter().copied().filter(|w| !open.iter().any(|other| other.seen.is_after(w.seen))).collect();
            let strongest = newest.iter().map(|w| weight(w)).min();
            let group: Vec<&Word> = newest.into_iter().filter(|w| Some(weight(w)) == strongest).collect();
            let losers: Vec<ActorIndex> = {
                let losses = group.iter().filter(|w| w.role == Role::Loss);
                let mut all: Vec<_> = losses.flat_map(|w| self.event(w).actors.iter().copied()).collect();
                all.sort_unstable();
                all.dedup();
                all
            };
            if group.is_empty() {
                break Control::Unknown;
            }
            if !losers.is_empty() {
                lost.push(losers);
            }
            let holds: Vec<&Word> = group.iter().copied().filter(|w| w.role == Role::Hold).collect();
            let Some(first) = holds.iter().map(|w| w.shown.day).min() else {
                left.retain(|w| !group.iter().any(|g| (g.event, g.source) == (w.event, w.source)));
                continue;
            };
            let mut events: Vec<EventIndex> = holds.iter().map(|w| w.event).collect();
            events.sort_unstable();
            events.dedup();
            let events: Vec<Event<'_>> = events.into_iter().map(|e| self.dataset.event(e)).collect();
            break combine(&events, false, || match first {
                Day::EVER => Control::Unknown,
                day => self.control(self.clock.offset.end_of(Day(day.0 - 1))),
            });
        };
        for losers in lost.iter().rev() {
            control = take_out(control, losers);
        }
        control
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_sweep_gives_what_the_rules_say_moment_by_moment(lines in ledger(), options in any_dates()) {
        // All of them on one place, beside which there is none.
        let on_q = |line: &String| {
            let mut words: Vec<&str> = line.split(' ').collect();
            words[1] = "Q";
            words.join(" ")
        };
        let lines: Vec<String> = lines.iter().map(on_q).collect();
        let dataset = of(&lines);
        let clock = Clock { mode: options.uncertain(), offset: dataset.offset };
        let all = dataset.events.iter().enumerate().flat_map(|(i, e)| {
            let role = Role::of(&e);
            e.sources.iter().filter_map(move |s| Word::new(EventIndex(i as u32), &e, *s, role?, clock))
        });
        let naive = Naive { dataset: &dataset, clock, all: all.collect() };
        let swept = timeline(&dataset, &options);
        for at in moments(&dataset) {
            let state = &swept.snapshot(&dataset, at).states[place("Q").0 as usize];
            prop_assert_eq!(words(&dataset, &state.control), words(&dataset, &naive.control(at)), "at {:?}", at);
        }
    }
}
