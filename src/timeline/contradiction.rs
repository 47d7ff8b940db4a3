//! Contradictions between levels: takes resolved tracks, reports stated shares that finer units exceed.

use super::area::share_of;
use super::rest::ROOM;
use super::track::Track;
use crate::diag::Diagnostic;
use crate::model::{ActorIndex, Control, Dataset, Event, EventIndex, Moment, Offset, Part, Place};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Reports where the regions right inside a region, held for certain, exceed a share stated of it.
///
/// Each event that states such a share is reported once, at the first moment.
pub(crate) fn contradictions(dataset: &Dataset, tracks: &[Arc<Track>]) -> Vec<Diagnostic> {
    let mut inside: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, place) in dataset.places.iter().enumerate().filter(|(_, p)| p.region.is_some()) {
        if let Some(container) = place.container {
            inside.entry(container.0 as usize).or_default().push(index);
        }
    }
    let mut all = Vec::new();
    for (unit, finer) in inside {
        let track = &tracks[unit];
        let Some(km2) = area(dataset, &dataset.places[unit]).filter(|km2| *km2 > 0.0) else { continue };
        if !track.stands().any(|(_, s)| bounded(&s.control).next().is_some()) {
            continue;
        }
        let mut steps: Vec<(Moment, ActorIndex, f64)> = Vec::new();
        for index in finer {
            let km2 = area(dataset, &dataset.places[index]).unwrap_or(0.0);
            steps.extend(self::steps(&tracks[index], km2));
        }
        steps.sort_by_key(|(at, actor, _)| (*at, *actor));
        let unit = Unit { dataset, place: &dataset.places[unit], track, km2 };
        unit.compare(&steps, &mut all);
    }
    all
}

fn area(dataset: &Dataset, place: &Place) -> Option<f64> {
    place.region.map(|region| dataset.regions.get(region).km2)
}

/// The parts of a control whose stated share is less than all.
fn bounded(control: &Control) -> impl Iterator<Item = &Part> {
    let parts = if let Control::Partial(parts) = control { &parts[..] } else { &[] };
    parts.iter().filter(|p| !p.rest && p.share.is_some_and(|s| s.high() < 1.0 - ROOM))
}

/// By how many km² each actor's certain ground in a region grows or shrinks, and when.
fn steps(track: &Track, km2: f64) -> Vec<(Moment, ActorIndex, f64)> {
    let mut all = Vec::new();
    let mut before: Vec<(ActorIndex, f64)> = Vec::new();
    for (from, control) in track.stands().map(|(from, s)| (from, &s.control)) {
        let low = |actor: ActorIndex| share_of(control, actor).map_or(0.0, |share| share.low() * km2);
        let now: Vec<(ActorIndex, f64)> = control.actors().into_iter().map(|a| (a, low(a))).collect();
        all.extend(before.iter().map(|(actor, had)| (from, *actor, -had)));
        all.extend(now.iter().map(|(actor, has)| (from, *actor, *has)));
        before = now;
    }
    all
}

struct Unit<'a> {
    dataset: &'a Dataset,
    place: &'a Place,
    track: &'a Track,
    km2: f64,
}

impl Unit<'_> {
    /// Walks through the unit's spells and the steps inside it side by side.
    fn compare(&self, steps: &[(Moment, ActorIndex, f64)], all: &mut Vec<Diagnostic>) {
        let mut ground: BTreeMap<ActorIndex, f64> = BTreeMap::new();
        let mut told: BTreeSet<EventIndex> = BTreeSet::new();
        let mut done = 0;
        for (row, from) in self.track.from.iter().enumerate() {
            let until = self.track.from.get(row + 1);
            let mut now = *from;
            loop {
                while let Some((_, actor, km2)) = steps.get(done).filter(|(at, ..)| *at <= now) {
                    *ground.entry(*actor).or_default() += km2;
                    done += 1;
                }
                self.check(row, now, &ground, &mut told, all);
                match steps.get(done) {
                    Some((at, ..)) if until.is_none_or(|until| at < until) => now = *at,
                    _ => break,
                }
            }
        }
    }

    fn check(
        &self,
        row: usize,
        now: Moment,
        ground: &BTreeMap<ActorIndex, f64>,
        told: &mut BTreeSet<EventIndex>,
        all: &mut Vec<Diagnostic>,
    ) {
        for part in bounded(&self.track.stand(row).control) {
            let has: f64 = part.actors.iter().filter_map(|a| ground.get(a)).sum::<f64>() / self.km2;
            let Some(share) = part.share.filter(|share| has > share.high() + 1e-6) else { continue };
            let events = self.track.evidence(row).iter().map(|e| self.dataset.event(*e));
            for event in events.filter(|e| *e.actors == *part.actors && e.share.is_some()) {
                if told.insert(event.index) {
                    all.push(self.report(&event, now, has, share.high()));
                }
            }
        }
    }

    fn report(&self, event: &Event<'_>, now: Moment, has: f64, stated: f64) -> Diagnostic {
        let who: Vec<&str> = event.actors.iter().map(|a| self.dataset.actor(*a).id.as_str()).collect();
        let offset: Offset = self.dataset.offset;
        let percent = |x: f64| (x * 1000.0).round() / 10.0;
        let message = format!(
            "`{}` has {} % of `{}` in finer units on {}, more than the stated {} %",
            who.join(";"),
            percent(has),
            self.place.id,
            offset.day_of(now),
            percent(stated),
        );
        let new = Diagnostic::new("share-contradicted", message)
            .value(event.id.text())
            .hint("correct the share, or the events on the regions inside");
        match self.dataset.tables.get(event.origin.table as usize) {
            Some(table) => new.at(table.locate(event.origin.row, "share")),
            None => new,
        }
    }
}
