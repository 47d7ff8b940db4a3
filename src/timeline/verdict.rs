//! What became of words, as plain data: the answer to why a place is as it is.

use super::policy::POLICIES;
use super::snapshot::State;
use crate::model::{Control, Day, EventIndex, Moment, PlaceIndex, SourceIndex};

/// The state of a place, and what became of every word on it.
#[derive(Debug, Clone, PartialEq)]
pub struct Why {
    /// When.
    pub moment: Moment,
    /// Only events reported by then count; `None` counts all.
    pub known_by: Option<Moment>,
    /// Under which policy.
    pub policy: &'static str,
    /// What the place is.
    pub state: State,
    /// Words of equal standing do not agree: the place is contested, or unknown, for that.
    pub tied: bool,
    /// What it was at the end of the day before the first of the deciding words shows.
    pub before: Option<Control>,
    /// The place, then what contains it, innermost first.
    pub units: Vec<Unit>,
}

impl Why {
    /// What the policy does, for somebody who never read of policies.
    pub fn rule(&self) -> &'static str {
        POLICIES.iter().find(|policy| policy.name == self.policy).map_or("", |policy| policy.rule)
    }
}

/// A place and everything that was said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// Which.
    pub place: PlaceIndex,
    /// What was said, by the day that it shows, then by id.
    pub told: Vec<Told>,
}

/// An event and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// Which.
    pub event: EventIndex,
    /// The day on which it shows; [`Day::NEVER`] where it never does.
    pub shows: Day,
    /// What became of it by the word of each of its sources.
    pub verdicts: Vec<(SourceIndex, Verdict)>,
}

/// What became of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is one of those that decide who holds the place.
    Decides,
    /// A presence or a siege: it lies over the control.
    LiesOver,
    /// It denies: it asserts nothing and lowers what it denies.
    Denies,
    /// It is drawn and listed, and never changes control.
    Annotates,
    /// It names nobody.
    NamesNobody,
    /// It was not reported by then.
    NotKnown,
    /// It shows later.
    NotYet,
    /// That event of its source corrects it.
    Superseded(EventIndex),
    /// It was taken back.
    Retracted,
    /// Its stance is excluded.
    StanceExcluded,
    /// Its source is excluded.
    SourceExcluded,
    /// Its source said otherwise later.
    Replaced(EventIndex),
    /// Its `until` is over.
    Ended,
    /// Its source fell silent when that later loss ended.
    Silenced(EventIndex),
    /// That later word about the whole unit around the place ended it.
    Swept(EventIndex),
    /// It lay over the control, and the controllers changed.
    Lifted,
    /// Its source said later who no longer holds the place.
    Beneath(EventIndex),
    /// Those whom it names are out: that event says so.
    Out(EventIndex),
    /// A loss of somebody who had no ground, or who was out already.
    ChangesNothing,
    /// That deciding word was observed later.
    Older(EventIndex),
    /// That deciding word is of a stronger stance.
    Weaker(EventIndex),
    /// That deciding word is of a source that comes first.
    Outranked(EventIndex),
    /// It gives ground to the side that its source serves.
    OwnInterest,
    /// More sources say otherwise.
    Outvoted,
    /// It says `unknown` where others name a holder.
    Ignored,
}

impl Told {
    /// Tells whether the event ever shows.
    pub fn ever_shows(&self) -> bool {
        self.shows != Day::NEVER
    }

    /// Tells whether any of its sources' words decides.
    pub fn decides(&self) -> bool {
        self.verdicts.iter().any(|(_, verdict)| *verdict == Verdict::Decides)
    }
}
