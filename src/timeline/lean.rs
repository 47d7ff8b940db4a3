//! Places of which nothing is said but that one actor holds them from a day on: takes their events, gives the same
//! track as the sweep, without setting up what only other words need.

use super::combine::combine;
use super::count::{Counts, Exclusion};
use super::policy::Plain;
use super::settle::{Court, Settled};
use super::snapshot::Basis;
use super::track::Track;
use super::word::{Clock, EVER};
use crate::model::{ActorIndex, Control, Day, Event, EventIndex, PlaceIndex, SourceIndex, Stance, Status};

/// What plain words there are, and how they decide.
pub(crate) struct Lean<'a> {
    court: Court<'a>,
    clock: Clock,
    counts: &'a Counts,
    /// By what is said: the word, where it is plain.
    said: Vec<Option<Word>>,
    /// By what else is known: whether it leaves a plain word plain.
    beside: Vec<bool>,
}

/// A plain word.
#[derive(Clone, Copy)]
struct Word {
    holder: ActorIndex,
    source: SourceIndex,
    stance: Stance,
    rank: u32,
}

/// The word of a source that stands.
#[derive(Clone, Copy)]
struct Voice {
    word: Word,
    event: EventIndex,
    day: Day,
}

impl<'a> Lean<'a> {
    pub fn new(court: Court<'a>, clock: Clock, exclusion: &Exclusion, counts: &'a Counts) -> Self {
        let events = &court.dataset.events;
        let plain = |said: &crate::model::Said| {
            let (&[holder], &[source]) = (&*said.actors, &*said.sources) else { return None };
            let is_plain = said.status == Status::Held
                && said.share.is_none()
                && !said.kind.is_some_and(crate::model::Kind::is_annotation)
                && said.stance <= Stance::Claimed
                && exclusion.hears(source);
            let serves = !court.dataset.source(source).side.is_empty();
            let rank = match court.policy.plain {
                Plain::Disinterested if serves => return None,
                Plain::Ranked => court.ranks.get(source.0 as usize).copied().unwrap_or(u32::MAX),
                _ => 0,
            };
            is_plain.then_some(Word { holder, source, stance: said.stance, rank })
        };
        Self {
            court,
            clock,
            counts,
            said: events.said().iter().map(plain).collect(),
            beside: events
                .beside()
                .iter()
                .map(|b| b.date.is_none() && b.until.is_none() && b.observed.is_none())
                .collect(),
        }
    }

    /// The track of a place that contains no other; `None` where more is said of it than plain words.
    pub fn track(&self, place: PlaceIndex, containers: &[&Track]) -> Option<Track> {
        let events = &self.court.dataset.events;
        let range = events.of(place);
        let entries = &events.entries()[range.clone()];
        if entries.is_empty() || containers.iter().any(|c| !c.kills.is_empty() || !c.changing.is_empty()) {
            return None;
        }
        let counts = |k: usize| self.counts.has(range.start + k);
        let (mut first, mut last, mut one): (Option<Day>, Day, Option<Word>) = (None, Day::EVER, None);
        let mut several = false;
        for (k, entry) in entries.iter().enumerate() {
            let word = self.said[entry.saying as usize]?;
            if entry.day < last || !self.beside[entry.rest as usize] {
                return None;
            }
            last = entry.day;
            if counts(k) {
                let one = one.get_or_insert(word);
                first.get_or_insert(entry.day);
                if word.rank != one.rank {
                    return None;
                }
                several |= word.source != one.source;
            }
        }
        let mut track = Track::with_room(entries.len() + 1);
        self.base(&mut track, first?, containers);
        let votes = matches!(self.court.policy.plain, Plain::Most | Plain::All);
        let mut voices: Vec<Voice> = Vec::new();
        let mut at = 0;
        while at < entries.len() {
            let day = entries[at].day;
            let end = at + entries[at..].iter().take_while(|e| e.day == day).count();
            let voice = |k: usize| {
                let word = self.said[entries[k].saying as usize].expect("all are plain");
                Voice { word, event: EventIndex((range.start + k) as u32), day }
            };
            let mut of_day = (at..end).filter(|k| counts(*k)).map(voice);
            at = end;
            if votes && several {
                for voice in of_day {
                    match voices.iter_mut().find(|v| v.word.source == voice.word.source) {
                        // Of two words of a source on one day none replaces the other.
                        Some(old) if old.day == day => return None,
                        Some(old) => *old = voice,
                        None => voices.push(voice),
                    }
                }
                self.vote(&mut track, &voices, day);
                continue;
            }
            let Some(one) = of_day.next() else { continue };
            match of_day.next() {
                None => {
                    let claimed = one.word.stance == Stance::Claimed;
                    track.push_held(one.word.holder, one.event, day, claimed, self.clock.offset);
                }
                Some(two) => {
                    let mut all: Vec<Voice> = [one, two].into_iter().chain(of_day).collect();
                    let strongest = all.iter().map(|v| v.word.stance).min();
                    all.retain(|v| votes || Some(v.word.stance) == strongest);
                    self.together(&mut track, &all, false, day);
                }
            }
        }
        Some(track)
    }

    /// What a place has before its first word: nothing, or what contains it.
    fn base(&self, track: &mut Track, first: Day, containers: &[&Track]) {
        let offset = self.clock.offset;
        let Some(container) = containers.first() else {
            return track.push(EVER, Settled::nothing(), &[], offset);
        };
        track.push(EVER, container.carried(EVER), &[], offset);
        for from in container.from.iter().filter(|from| **from > EVER && **from < offset.end_of(first)) {
            track.push(*from, container.carried(*from), &[], offset);
        }
    }

    /// Adds what the sources that speak of a place say together.
    fn vote(&self, track: &mut Track, voices: &[Voice], day: Day) {
        let count = |actor: ActorIndex| voices.iter().filter(|v| v.word.holder == actor).count();
        let most = voices.iter().map(|v| count(v.word.holder)).max().unwrap_or(0);
        let wins = |v: &Voice| self.court.policy.plain == Plain::All || count(v.word.holder) == most;
        let won: Vec<Voice> = voices.iter().filter(|v| wins(v)).copied().collect();
        match won[..] {
            [] => {}
            [only] => self.together(track, &[only], false, day),
            [first, ..] => {
                let tied = won.iter().any(|v| v.word.holder != first.word.holder);
                self.together(track, &won, tied, day);
            }
        }
    }

    /// Adds what words of equal standing come to.
    fn together(&self, track: &mut Track, voices: &[Voice], tied: bool, day: Day) {
        let dataset = self.court.dataset;
        let mut evidence: Vec<EventIndex> = voices.iter().map(|v| v.event).collect();
        evidence.sort_unstable();
        let first = voices[0].word.holder;
        let control = if voices.iter().all(|v| v.word.holder == first) {
            Control::Held(first)
        } else {
            let told: Vec<Event<'_>> = evidence.iter().map(|e| dataset.event(*e)).collect();
            combine(&told, tied, || Control::Unknown)
        };
        // Plain words that differ are a contest that none of them speaks of.
        let differ = !matches!(control, Control::Held(_));
        if evidence.len() > 1 {
            evidence.sort_by_key(|e| (dataset.event(*e).id, *e));
        }
        let settled = Settled {
            control,
            evidence,
            basis: Basis::Direct,
            claimed: voices.iter().all(|v| v.word.stance == Stance::Claimed),
            newest: voices.iter().map(|v| v.day).max().unwrap_or(day),
            tied: tied || differ,
        };
        track.push(self.clock.offset.end_of(day), settled, &[], self.clock.offset);
    }
}
