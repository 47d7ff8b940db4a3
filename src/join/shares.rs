//! Shares that cannot be: takes joined events, tells of sources that give more than there is.

use super::locate;
use crate::diag::{Diagnostic, quote};
use crate::model::{ActorIndex, Event, Events, Kind, Origin, Place, PlaceIndex, Source, Stance, Status, Table};
use std::collections::BTreeMap;

/// Tells of sources whose shares of a place on one day exceed the whole.
///
/// Several figures for the same actors are one thing told twice; the least counts.
pub fn check_shares(
    events: &Events,
    places: &[Place],
    sources: &[Source],
    tables: &[Table],
    found: &mut Vec<Diagnostic>,
) {
    let asserts = |e: &Event<'_>| e.status == Status::Partial && !e.kind.is_some_and(Kind::is_annotation);
    if !events.said().iter().any(|s| s.status == Status::Partial && s.share.is_some()) {
        return;
    }
    let mut gone = vec![false; events.len()];
    for (i, event) in events.iter().enumerate() {
        gone[i] |= matches!(event.stance, Stance::Denied | Stance::Retracted);
        if let Some(target) = event.supersedes {
            gone[target.0 as usize] = true;
        }
    }
    type Said<'a> = BTreeMap<&'a [ActorIndex], (f64, Origin)>;
    let mut sums: BTreeMap<(PlaceIndex, i32, u32), Said> = BTreeMap::new();
    for (event, _) in events.iter().zip(&gone).filter(|(e, gone)| !**gone && asserts(e)) {
        let Some(share) = event.share else { continue };
        for source in event.sources.iter() {
            let said = sums.entry((event.place, event.date.latest.0, source.0)).or_default();
            let one = said.entry(event.actors).or_insert((share.low(), event.origin));
            *one = (one.0.min(share.low()), one.1.max(event.origin));
        }
    }
    for ((place, _, source), said) in sums {
        let sum: f64 = said.values().map(|(low, _)| low).sum();
        if sum > 1.0 + 1e-9 {
            let origin = said.values().map(|(_, o)| *o).max().expect("a sum has parts");
            let who = &sources[source as usize].id;
            let by = if who.is_empty() { "the rows without a source".to_owned() } else { quote(who) };
            let id = quote(&places[place.0 as usize].id);
            let message = format!("shares of {id} by {by} on one day come to {:.0} %", sum * 100.0);
            let mut d = Diagnostic::new("share-over-one", message);
            d.location = locate(tables, origin, "share");
            found.push(d.hint("check the shares; a correction names the earlier event in `supersedes`"));
        }
    }
}
