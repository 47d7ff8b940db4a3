//! One place through time: takes its words and what contains it, gives its track.

use super::policy::Group;
use super::settle::{Court, Settled, Sweep, settle, sweeps};
use super::standing::{Gone, Standing};
use super::track::{Kill, Track};
use super::word::{Clock, EVER, NEVER, Stamp, Word};
use crate::model::{Control, Day, EventDate, EventIndex, Kind, Moment};
use crate::project::Uncertain;

/// What is known of a place before its sweep.
pub(crate) struct Site<'a> {
    /// Its words, by the moment at which they show.
    pub words: &'a [Word],
    /// Its closures and reopenings.
    pub closures: &'a [Word],
    /// What contains it, innermost first.
    pub containers: &'a [&'a Track],
    /// Whether it contains other places.
    pub contains: bool,
}

/// How a place stood at a moment, word by word.
pub(crate) struct Trace {
    /// Why words that had shown did not stand.
    pub gone: Vec<Option<Gone>>,
    /// The words that the policy went by.
    pub forces: Vec<u32>,
}

/// Sweeps over the moments at which anything changes for a place.
pub(crate) fn sweep(court: Court<'_>, clock: Clock, site: &Site<'_>) -> Track {
    pass(court, clock, site, None).0
}

/// Sweeps up to a moment, and tells how the words stood then.
pub(crate) fn trace(court: Court<'_>, clock: Clock, site: &Site<'_>, moment: Moment) -> Trace {
    pass(court, clock, site, Some(moment)).1
}

fn pass(court: Court<'_>, clock: Clock, site: &Site<'_>, last: Option<Moment>) -> (Track, Trace) {
    let mut track = Track::default();
    let mut standing = Standing::new(court.dataset, site.words);
    if last.is_some() {
        standing.remember();
    }
    let mut forced = vec![false; if site.contains { site.words.len() } else { 0 }];
    let mut shown = 0; // how many of the words have shown
    let ends = site.words.iter().enumerate().filter(|(_, w)| w.ends != NEVER && w.ends > w.shows);
    let mut ends = Queue::new(ends.map(|(i, w)| (w.ends, index(i))).collect());
    let mut kills = Queue::new(if site.words.is_empty() {
        Vec::new()
    } else {
        site.containers.iter().flat_map(|c| c.kills.iter().map(|k| (k.at, (k.day, k.event)))).collect()
    });
    let container = site.containers.first().copied();
    let mut carried = 0; // how many rows of the container have started
    let mut on_base = true;
    let (mut group, mut forces) = (Group::default(), Vec::new());
    let mut overlays = Vec::new();
    let mut now = EVER;
    loop {
        let mut stirred = false;
        while site.words.get(shown).is_some_and(|word| word.shows <= now) {
            standing.show(index(shown));
            shown += 1;
            stirred = true;
        }
        while let Some(word) = ends.take(now) {
            standing.end(word);
            stirred = true;
        }
        while let Some((day, event)) = kills.take(now) {
            stirred |= match sweeps(court.dataset.event(event)) {
                Some(Sweep::All) => standing.kill(event, day, None),
                Some(Sweep::Naming(losers)) => standing.kill(event, day, Some(losers)),
                None => false,
            };
        }
        let starts = container.map_or(&[][..], |c| &c.from);
        while starts.get(carried).is_some_and(|from| *from <= now) {
            carried += 1;
            stirred |= on_base;
        }
        if stirred || now == EVER {
            on_base = false;
            forces.clear();
            let base = || {
                on_base = true;
                container.map_or_else(Settled::nothing, |c| c.carried(now))
            };
            // No day comes before a word that holds from ever.
            let before = |day: Day| match day {
                Day::EVER => Control::Unknown,
                day => track.control_at(clock.offset.end_of(Day(day.0 - 1))),
            };
            let settled = settle(court, &standing, base, before, &mut group, &mut forces);
            let changed = |last: &Control| last.actors() != settled.control.actors();
            if standing.has_overlays() && track.last_control().is_some_and(changed) {
                standing.lift_overlays(now);
            }
            overlays.clear();
            overlays.extend(standing.layers());
            track.push(now, settled, &overlays, clock.offset);
            if site.contains {
                kill_inside(court, site.words, now, &forces, &mut forced, &mut track.kills);
            }
        }
        let next = [site.words.get(shown).map(|w| w.shows), ends.next(), kills.next(), starts.get(carried).copied()];
        match next.into_iter().flatten().min() {
            Some(next) if last.is_none_or(|last| next <= last) => now = next,
            _ => break,
        }
    }
    track.closures = closures(court, site.closures);
    if clock.mode == Uncertain::Draw {
        track.changing = changing(court, clock, site, &track);
    }
    (track, Trace { gone: standing.gone().to_vec(), forces })
}

fn index(word: usize) -> u32 {
    u32::try_from(word).expect("fewer than 2^32 words on a place")
}

/// What happens when, in the order of time.
struct Queue<T> {
    items: Vec<(Moment, T)>,
    done: usize,
}

impl<T: Copy + Ord> Queue<T> {
    fn new(mut items: Vec<(Moment, T)>) -> Self {
        items.sort_unstable();
        Self { items, done: 0 }
    }

    fn next(&self) -> Option<Moment> {
        self.items.get(self.done).map(|(at, _)| *at)
    }

    fn take(&mut self, now: Moment) -> Option<T> {
        let (_, item) = self.items.get(self.done).filter(|(at, _)| *at <= now)?;
        self.done += 1;
        Some(*item)
    }
}

/// Words about a whole unit end older words inside it from when they are first in force there.
///
/// A word that its own unit never goes by (weaker than another of its day, say) ends nothing inside.
fn kill_inside(
    court: Court<'_>,
    words: &[Word],
    now: Moment,
    forces: &[u32],
    forced: &mut [bool],
    kills: &mut Vec<Kill>,
) {
    for &index in forces {
        if std::mem::replace(&mut forced[index as usize], true) {
            continue;
        }
        let word = &words[index as usize];
        if sweeps(court.dataset.event(word.event)).is_some() {
            kills.push(Kill { at: now, day: word.shown.day, event: word.event });
        }
    }
    kills.sort_unstable();
    kills.dedup();
}

/// From when on which closure stands: the last word on closing or reopening, until it ends.
///
/// Of a closure and a reopening that show at one moment the closure stands, of two closures that of the
/// lesser id.
fn closures(court: Court<'_>, words: &[Word]) -> Vec<(Moment, Option<EventIndex>)> {
    let closes = |w: &Word| court.dataset.event(w.event).kind == Some(Kind::Closure);
    let mut words: Vec<&Word> = words.iter().collect();
    words.sort_unstable_by(|a, b| {
        let id = |w: &Word| court.dataset.event(w.event).id;
        (a.shows, closes(a)).cmp(&(b.shows, closes(b))).then_with(|| id(b).cmp(&id(a)))
    });
    let mut all: Vec<(Moment, Option<EventIndex>)> = Vec::new();
    let mut add = |at: Moment, stands: Option<EventIndex>| {
        if all.last().and_then(|(_, last)| *last) != stands {
            all.push((at, stands));
        }
    };
    for (i, word) in words.iter().enumerate() {
        let next = words.get(i + 1).map_or(NEVER, |w| w.shows);
        if next == word.shows {
            continue;
        }
        let stands = closes(word) && word.ends > word.shows;
        add(word.shows, stands.then_some(word.event));
        if stands && word.ends < next {
            add(word.ends, None);
        }
    }
    all
}

/// When a change is coming: from the earliest to the latest day of a date, where the control of the place
/// does change on the latest. A date whose start is open has no day from which to draw it.
fn changing(court: Court<'_>, clock: Clock, site: &Site<'_>, track: &Track) -> Vec<(Moment, Moment)> {
    let span = |date: EventDate| {
        let uncertain = !date.is_certain() && date.earliest != Day::EVER && date.latest != Day::NEVER;
        let at = |day: Day| clock.moment(Stamp { day, second: None });
        uncertain.then(|| (at(date.earliest), at(date.latest)))
    };
    let own = site.words.iter().flat_map(|w| {
        let event = court.dataset.event(w.event);
        [span(event.date), event.until.and_then(span)].into_iter().flatten()
    });
    let inherited = site.containers.first().into_iter().flat_map(|c| c.changing.iter().copied());
    let mut spans: Vec<(Moment, Moment)> = own
        .chain(inherited)
        .filter(|(_, until)| {
            let row = track.row(*until);
            row > 0 && track.from[row] == *until && track.stand(row).control != track.stand(row - 1).control
        })
        .collect();
    spans.sort_unstable();
    spans.dedup_by(|next, last| {
        let joins = next.0 <= last.1;
        if joins {
            last.1 = last.1.max(next.1);
        }
        joins
    });
    spans
}
