//! Control: the state of a place, as derived from events.

use super::{ActorIndex, Day, EventIndex, Share};

/// Who holds a place, or that nobody is known to.
///
/// Lists of actors are sorted and without repeats.
#[derive(Debug, Clone, PartialEq)]
pub enum Control {
    /// One actor holds all of it.
    Held(ActorIndex),
    /// Parts of it are held; where inside is not known. Sorted by actors, the rest among them.
    Partial(Vec<Part>),
    /// Two or more fight over it.
    Contested(Vec<ActorIndex>),
    /// Two or more hold it together, by truce or agreement.
    Shared(Vec<ActorIndex>),
    /// These no longer hold it, and who does is not said.
    Lost(Vec<ActorIndex>),
    /// Nobody holds it.
    Vacant,
    /// Nobody has said.
    Unknown,
    /// Not the subject of the map.
    OutOfScope,
}

/// A part of a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Who holds it; several hold it together, each between nothing and all of the share.
    pub actors: Vec<ActorIndex>,
    /// How much of the place; `None` where no figure was given.
    pub share: Option<Share>,
    /// Derived as what the stated shares leave, rather than stated.
    pub rest: bool,
}

/// Something that lies over the control and displaces nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Overlay {
    /// What it is.
    pub kind: OverlayKind,
    /// Whose it is.
    pub actor: ActorIndex,
    /// Only a party with a stake says so.
    pub claimed: bool,
    /// The day on which the earliest of the words that it rests on showed.
    pub since: Day,
    /// The events that it rests on; sorted by id.
    pub evidence: Vec<EventIndex>,
}

/// What may lie over control.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OverlayKind {
    /// Infiltration or insurgents.
    Presence,
    /// A siege.
    Besieged,
}

impl OverlayKind {
    /// The word in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Presence => "presence",
            Self::Besieged => "besieged",
        }
    }
}

impl Control {
    /// The word in tables.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Held(_) => "held",
            Self::Partial(_) => "partial",
            Self::Contested(_) => "contested",
            Self::Shared(_) => "shared",
            Self::Lost(_) => "lost",
            Self::Vacant => "vacant",
            Self::Unknown => "unknown",
            Self::OutOfScope => "out-of-scope",
        }
    }

    /// Everybody who holds some of it, sorted.
    pub fn actors(&self) -> Vec<ActorIndex> {
        let mut all = match self {
            Self::Held(actor) => vec![*actor],
            Self::Partial(parts) => parts.iter().flat_map(|p| p.actors.iter().copied()).collect(),
            Self::Contested(actors) | Self::Shared(actors) => actors.clone(),
            Self::Lost(_) | Self::Vacant | Self::Unknown | Self::OutOfScope => Vec::new(),
        };
        all.sort_unstable();
        all.dedup();
        all
    }
}
