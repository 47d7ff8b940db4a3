//! Events: what somebody said about who holds a place. An assertion, never a fact, never edited.

use super::{ActorIndex, EventDate, EventId, Origin, PlaceIndex, Share, SourceIndex, Symbol};

/// Index of an event in [`crate::model::Dataset::events`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventIndex(pub u32);

/// An assertion, joined to the place, actors and sources that it names: one of [`super::Events`], as a view that costs
/// nothing to make.
#[derive(Debug, Clone, Copy)]
pub struct Event<'a> {
    /// Which of the events it is.
    pub index: EventIndex,
    /// As given, else a hash of the row.
    pub id: EventId<'a>,
    /// Where.
    pub place: PlaceIndex,
    /// Who holds, lost, contests, attacks; sorted, may be empty for annotations.
    pub actors: &'a [ActorIndex],
    /// The state asserted.
    pub status: Status,
    /// How much of the place.
    pub share: Option<Share>,
    /// The other side; sorted.
    pub opponents: &'a [ActorIndex],
    /// What happened.
    pub kind: Option<Kind>,
    /// Who says so; sorted, at least one (that of empty id where none was given).
    pub sources: &'a [SourceIndex],
    /// How the sources stand to it.
    pub stance: Stance,
    /// Which party says so.
    pub claimant: Option<ActorIndex>,
    /// When it took effect.
    pub date: EventDate,
    /// First day on which it is no longer true.
    pub until: Option<EventDate>,
    /// When the source saw it.
    pub observed: Option<EventDate>,
    /// When it was published.
    pub reported: Option<EventDate>,
    /// The event that it corrects.
    pub supersedes: Option<EventIndex>,
    /// How sure the source is.
    pub confidence: Option<Confidence>,
    /// Note, quotation, address and the user's own columns.
    pub text: Option<&'a EventText>,
    /// The row that it came from.
    pub origin: Origin,
}

/// The texts that an event carries along.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct EventText {
    /// A remark.
    pub note: String,
    /// The words of the source.
    pub quote: String,
    /// Address.
    pub url: String,
    /// Language tag of the quotation.
    pub lang: String,
    /// Columns that start with `x-`, with their values, in the order of the table.
    pub own: Vec<(Symbol, String)>,
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$variant_doc])* $variant),+ }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word in tables.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// Reads the word in tables.
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

words! {
    /// What is asserted of the place.
    Status {
        /// One actor holds it.
        Held = "held",
        /// A part of it is held.
        Partial = "partial",
        /// Two or more hold ground inside.
        Contested = "contested",
        /// Held together by truce or agreement.
        Shared = "shared",
        /// Infiltration or insurgents; the controller stays.
        Presence = "presence",
        /// Under siege; the controller stays.
        Besieged = "besieged",
        /// The actor is out; who holds it is not said.
        Lost = "lost",
        /// Nobody holds it.
        Vacant = "vacant",
        /// Not known.
        Unknown = "unknown",
        /// Not the subject of the map.
        OutOfScope = "out-of-scope",
    }
}

words! {
    /// What happened.
    Kind {
        /// Taken by force.
        Capture = "capture",
        /// Left.
        Withdrawal = "withdrawal",
        /// Given over.
        Handover = "handover",
        /// By agreement.
        Agreement = "agreement",
        /// Annotation: a fight.
        Clash = "clash",
        /// Surrounded.
        Siege = "siege",
        /// Annotation: fire from afar or from the air.
        Strike = "strike",
        /// Annotation: a road or crossing closed.
        Closure = "closure",
        /// Annotation: a road or crossing opened again.
        Reopening = "reopening",
        /// Annotation: words without control.
        Declaration = "declaration",
    }
}

impl Kind {
    /// Tells whether events of this kind are drawn and listed but never change control.
    pub fn is_annotation(self) -> bool {
        matches!(self, Self::Clash | Self::Strike | Self::Closure | Self::Reopening | Self::Declaration)
    }
}

words! {
    /// How a source stands to what it says, strongest first.
    Stance {
        /// Found by the source itself.
        Assessed = "assessed",
        /// Passed on.
        Reported = "reported",
        /// Said by a party with a stake.
        Claimed = "claimed",
        /// Contradicted: lowers other words, asserts nothing.
        Denied = "denied",
        /// Taken back.
        Retracted = "retracted",
    }
}

/// How sure a source is, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Confidence {
    /// `low`
    Low,
    /// `medium`
    Medium,
    /// `high`
    High,
    /// A number within 0…1.
    Number(f64),
}
