//! What a period shows: takes its snapshots one by one, gives the states that a page for all of them needs room for.

use super::describe::Describer;
use super::pen::{Pen, Style};
use super::theme;
use crate::model::{Control, Dataset, Day, Moment, Place, PlaceIndex};
use crate::project::{MapOptions, PlaceChoice};
use crate::timeline::{Basis, Snapshot, State};

/// The states of a period, gathered moment by moment.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The first day that an event on each place may speak of; ever where it is drawn from the start.
    spoken: Vec<Day>,
    /// For each place the states that show, each once, as they came.
    states: Vec<Vec<State>>,
    /// Places whose look changed, by moment; the first moment has none.
    changes: Vec<(Moment, Vec<PlaceIndex>)>,
    first: Option<Snapshot>,
    last: Option<Snapshot>,
}

/// Tells whether two states look the same.
pub fn alike(a: &State, b: &State) -> bool {
    (&a.control, a.claimed, a.stale, a.closed.is_some()) == (&b.control, b.claimed, b.stale, b.closed.is_some())
        && a.overlays.len() == b.overlays.len()
        && a.overlays.iter().zip(&b.overlays).all(|(a, b)| (a.kind, a.actor, a.claimed) == (b.kind, b.actor, b.claimed))
}

impl Seen {
    /// Has seen nothing yet.
    pub fn new(dataset: &Dataset, options: &MapOptions) -> Self {
        let all = options.places == Some(PlaceChoice::All);
        let first = |place: &Place| if all || place.region.is_some() { Day::EVER } else { Day::NEVER };
        let mut spoken: Vec<Day> = dataset.places.iter().map(first).collect();
        for event in dataset.events.iter() {
            let first = &mut spoken[event.place.0 as usize];
            *first = (*first).min(event.date.earliest);
        }
        Self { spoken, states: vec![Vec::new(); dataset.places.len()], changes: Vec::new(), first: None, last: None }
    }

    /// Adds the next moment.
    pub fn add(&mut self, snapshot: Snapshot) {
        let mut changed = Vec::new();
        for (i, state) in snapshot.states.iter().enumerate() {
            let before = self.last.as_ref().map(|last| &last.states[i]);
            if before.is_some_and(|before| before == state) {
                continue;
            }
            if before.is_some_and(|before| !alike(before, state)) {
                changed.push(PlaceIndex(i as u32));
            }
            // a place that nobody has spoken of yet is not drawn
            if self.spoken[i] <= snapshot.day {
                match self.states[i].iter_mut().find(|known| alike(known, state)) {
                    Some(known) => {
                        known.since = known.since.max(state.since);
                        known.evidence.extend(&state.evidence);
                        known.evidence.sort_unstable();
                        known.evidence.dedup();
                    }
                    None => self.states[i].push(state.clone()),
                }
            }
        }
        self.changes.push((snapshot.moment, changed));
        if self.first.is_none() {
            self.first = Some(snapshot.clone());
        }
        self.last = Some(snapshot);
    }

    /// Adds a moment at which all is as before.
    pub fn same(&mut self, moment: Moment, day: Day) {
        self.changes.push((moment, Vec::new()));
        if let Some(last) = &mut self.last {
            (last.moment, last.day) = (moment, day);
        }
    }

    /// The first and the last snapshot.
    pub fn ends(&self) -> Option<(&Snapshot, &Snapshot)> {
        self.first.as_ref().zip(self.last.as_ref())
    }

    /// The first and the last moment.
    pub fn period(&self) -> [Moment; 2] {
        let end = |change: Option<&(Moment, Vec<PlaceIndex>)>| change.map_or(Moment(0), |c| c.0);
        [end(self.changes.first()), end(self.changes.last())]
    }

    /// The moments at which one of some places changed.
    pub fn ticks(&self, places: &[PlaceIndex]) -> Vec<Moment> {
        let mut shown = vec![false; self.spoken.len()];
        places.iter().for_each(|place| shown[place.0 as usize] = true);
        let shows = |changed: &[PlaceIndex]| changed.iter().any(|place| shown[place.0 as usize]);
        self.changes.iter().filter(|(_, changed)| shows(changed)).map(|(moment, _)| *moment).collect()
    }

    /// For each place the states that show.
    pub fn states(&self) -> &[Vec<State>] {
        &self.states
    }

    /// The first day that an event on each place may speak of.
    pub fn spoken(&self) -> &[Day] {
        &self.spoken
    }

    /// One state for each place with all that ever lies over it and all that it ever rests on.
    pub fn all(&self, last: &Snapshot) -> Snapshot {
        let join = |(states, last): (&Vec<State>, &State)| {
            let known = states.iter().find(|s| s.control != Control::Unknown);
            let mut all = known.unwrap_or(last).clone();
            all.overlays = states.iter().flat_map(|s| s.overlays.iter().cloned()).collect();
            all.overlays.sort();
            all.overlays.dedup_by(|b, a| (b.kind, b.actor) == (a.kind, a.actor));
            all.evidence = states.iter().flat_map(|s| s.evidence.iter().copied()).collect();
            all.evidence.sort_unstable();
            all.evidence.dedup();
            all.since = states.iter().filter_map(|s| s.since).max();
            all.closed = states.iter().find_map(|s| s.closed);
            all.stale = false;
            all.basis = if all.evidence.is_empty() { Basis::Nothing } else { all.basis };
            all
        };
        let states = self.states.iter().zip(&last.states).map(join).collect();
        Snapshot { states, ..last.clone() }
    }

    /// For each region the longest of each line that ever stands below its name.
    pub fn shares(&self, regions: &[PlaceIndex], describer: &Describer, pen: &mut Pen) -> Vec<Vec<String>> {
        let style = Style { size: 14.0, weight: 400, color: theme::INK };
        let mut longest = |place: &PlaceIndex| {
            let mut lines: Vec<(f64, String)> = Vec::new();
            for state in &self.states[place.0 as usize] {
                for (i, line) in describer.label_lines(state).into_iter().enumerate() {
                    let width = pen.width(&line, style);
                    match lines.get_mut(i) {
                        Some(known) if known.0 >= width => {}
                        Some(known) => *known = (width, line),
                        None => lines.push((width, line)),
                    }
                }
            }
            lines.into_iter().map(|(_, line)| line).collect()
        };
        regions.iter().map(&mut longest).collect()
    }
}
