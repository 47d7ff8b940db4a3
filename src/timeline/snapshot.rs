//! The state of every place at one moment.

use crate::model::{Control, Day, EventIndex, Moment, Overlay};

/// What is known of a place at a moment, and what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// Who holds it.
    pub control: Control,
    /// What lies over the control; sorted.
    pub overlays: Vec<Overlay>,
    /// The deciding events; sorted by id.
    pub evidence: Vec<EventIndex>,
    /// Whether those speak of this very place.
    pub basis: Basis,
    /// Day on which this control first showed.
    pub since: Option<Day>,
    /// Only parties with a stake say so: every deciding event is `claimed`.
    pub claimed: bool,
    /// The word is older than `stale-after`.
    pub stale: bool,
    /// The closure that stands, where the last closure or reopening is a closure.
    pub closed: Option<EventIndex>,
    /// Under `uncertain = "draw"`: between the earliest and latest day of a change that is coming.
    pub changing: bool,
}

/// What a state rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// Words about the place itself.
    Direct,
    /// Words about the place that contains it.
    Carried,
    /// No word at all.
    Nothing,
}

impl Basis {
    /// The word in tables; empty where there is nothing.
    pub fn word(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Carried => "carried",
            Self::Nothing => "",
        }
    }
}

/// The state of every place at one moment, under one policy.
#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot {
    /// The moment.
    pub moment: Moment,
    /// Its day in the project's time zone.
    pub day: Day,
    /// Only events reported by then count; `None` counts all.
    pub known_by: Option<Moment>,
    /// The policy's name.
    pub policy: String,
    /// One for each place of the dataset, in its order.
    pub states: Vec<State>,
}
