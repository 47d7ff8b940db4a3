//! Shares of the ground: takes a snapshot, gives what each actor holds for certain and perhaps, summing to all.

use crate::model::{ActorIndex, Control, Dataset, Level};
use crate::timeline::{Snapshot, holdings};
use std::collections::BTreeMap;

/// Whose a part of the ground is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// An actor's.
    Actor(ActorIndex),
    /// Nobody's, by the word of its status.
    Nobody(&'static str),
}

/// How much somebody holds.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Amount {
    /// For certain, in km².
    pub sure: f64,
    /// Its part of what is open between several, or what is nobody's, in km².
    pub open: f64,
}

impl Amount {
    /// Both.
    pub fn all(self) -> f64 {
        self.sure + self.open
    }
}

/// The ground of a level, divided.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Shares {
    /// All that is in scope, in km².
    pub total: f64,
    /// What each holds; sums to the total.
    pub amounts: BTreeMap<Owner, Amount>,
}

/// Divides the ground of a level: what is contested, held together or in parts without a figure, evenly among those
/// who may hold it.
pub fn shares(dataset: &Dataset, snapshot: &Snapshot, level: Level) -> Shares {
    let mut all = Shares::default();
    for (place, state) in dataset.places.iter().zip(&snapshot.states) {
        let Some(region) = place.region.filter(|_| place.level == level) else { continue };
        if state.control == Control::OutOfScope {
            continue;
        }
        let km2 = dataset.regions.get(region).km2;
        all.total += km2;
        for holding in holdings(&state.control) {
            let area = holding.share * km2;
            let (holder, count) = (&holding.holder, holding.holder.actors.len());
            if count == 0 {
                all.amounts.entry(Owner::Nobody(holder.status)).or_default().open += area;
            }
            for actor in &holder.actors {
                let amount = all.amounts.entry(Owner::Actor(*actor)).or_default();
                let slot = if count == 1 && !holder.open { &mut amount.sure } else { &mut amount.open };
                *slot += area / count as f64;
            }
        }
    }
    all
}
