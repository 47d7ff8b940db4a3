//! Ground: takes a snapshot and a level, gives how much of it each actor holds.

use super::Snapshot;
use crate::model::{ActorIndex, Control, Dataset, Level, Part, PlaceIndex, Share};

/// How much an actor holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ground {
    /// Who.
    pub actor: ActorIndex,
    /// The least that it may be.
    ///
    /// # Units
    /// km², geodesic on WGS 84.
    pub low: f64,
    /// The most that it may be: contested, shared and unstated parts may be all of what others leave.
    ///
    /// # Units
    /// km², geodesic on WGS 84.
    pub high: f64,
    /// Regions of which it holds all.
    pub held: u32,
    /// Regions of which it holds, shares or contests some.
    pub partly: u32,
}

/// Sums up what each actor holds of the regions of a level; actors in their order, those with nothing left out.
pub fn ground(dataset: &Dataset, snapshot: &Snapshot, level: Level) -> Vec<Ground> {
    let of_level = |index: &PlaceIndex| dataset.place(*index).level == level;
    let all = (0..dataset.places.len()).map(|i| PlaceIndex(u32::try_from(i).expect("fewer than 2^32 places")));
    ground_of(dataset, snapshot, all.filter(of_level))
}

/// Sums up what each actor holds of some regions; actors in their order, those with nothing left out.
pub fn ground_of(dataset: &Dataset, snapshot: &Snapshot, places: impl Iterator<Item = PlaceIndex>) -> Vec<Ground> {
    ground_under(dataset, places.map(|place| (place, &snapshot.states[place.0 as usize].control)))
}

/// Sums up what each actor holds of some regions under their controls; as [`ground_of`].
pub fn ground_under<'a>(dataset: &Dataset, states: impl Iterator<Item = (PlaceIndex, &'a Control)>) -> Vec<Ground> {
    let mut all: Vec<Ground> = (0..dataset.actors.len())
        .map(|i| Ground {
            actor: ActorIndex(u32::try_from(i).expect("fewer than 2^32 actors")),
            low: 0.0,
            high: 0.0,
            held: 0,
            partly: 0,
        })
        .collect();
    for (place, control) in states {
        let Some(region) = dataset.place(place).region else { continue };
        let km2 = dataset.regions.get(region).km2;
        for actor in control.actors() {
            let (low, high) = bounds(control, actor);
            let ground = &mut all[actor.0 as usize];
            ground.low += low * km2;
            ground.high += high * km2;
            let whole = low >= 1.0;
            ground.held += u32::from(whole);
            ground.partly += u32::from(!whole);
        }
    }
    all.retain(|g| g.held + g.partly > 0);
    all
}

/// An actor's share of a place: 1 and 1 where it holds all, `None` where there is no figure for it.
///
/// Of a part that several hold together each has between nothing and all.
pub fn share_of(control: &Control, actor: ActorIndex) -> Option<Share> {
    match control {
        Control::Held(holder) => (*holder == actor).then_some(Share::WHOLE),
        Control::Partial(parts) => {
            let mut sum: Option<(f64, f64, bool)> = None;
            for part in parts.iter().filter(|p| p.actors.contains(&actor)) {
                let share = part.share?;
                let low = if part.actors.len() > 1 { 0.0 } else { share.low() };
                let (all_low, all_high, approximate) = sum.unwrap_or((0.0, 0.0, false));
                sum = Some((all_low + low, all_high + share.high(), approximate || share.is_approximate()));
            }
            let (low, high, approximate) = sum?;
            let share = Share::new(low.min(1.0), high.min(1.0))?;
            Some(if approximate { share.approximately() } else { share })
        }
        _ => None,
    }
}

/// The least and the most of a place that one of its actors may have.
fn bounds(control: &Control, actor: ActorIndex) -> (f64, f64) {
    // the stated parts and the rest are its own: all of it is
    if let Control::Partial(parts) = control
        && parts.iter().any(|p| p.rest)
        && parts.iter().all(|p| p.actors == [actor])
    {
        return (1.0, 1.0);
    }
    if let Some(share) = share_of(control, actor) {
        return (share.low(), share.high());
    }
    let Control::Partial(parts) = control else { return (0.0, 1.0) };
    // Without a figure: what those with one leave, and what it has for certain beside.
    let own = |p: &&Part| p.actors.contains(&actor);
    let low = |p: &Part| p.share.map_or(0.0, Share::low);
    let others: f64 = parts.iter().filter(|p| !own(p)).map(low).sum();
    let mine: f64 = parts.iter().filter(own).filter(|p| p.actors.len() == 1).map(low).sum();
    (mine, (1.0 - others).max(mine))
}
