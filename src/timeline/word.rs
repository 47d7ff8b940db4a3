//! Words: takes an event and one of its sources, gives when that word shows, ends and was observed.

use crate::model::{ActorIndex, Day, Event, EventDate, EventIndex, Moment, Offset, SourceIndex, Stance, Status};
use crate::project::Uncertain;

/// Before every moment: where the first spell starts.
pub const EVER: Moment = Moment(i64::MIN);
/// After every moment: where the last spell ends.
pub const NEVER: Moment = Moment(i64::MAX);

/// A day, and the second of it where one is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stamp {
    pub day: Day,
    pub second: Option<u32>,
}

impl Stamp {
    /// Tells whether this certainly comes after another: a word without a time ties with all of its day.
    pub fn is_after(self, other: Self) -> bool {
        self.day > other.day
            || (self.day == other.day && matches!((self.second, other.second), (Some(a), Some(b)) if a > b))
    }
}

/// How uncertain dates show, and in which time zone.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    pub mode: Uncertain,
    pub offset: Offset,
}

impl Clock {
    /// The day on which an uncertain date shows.
    pub fn stamp(self, date: EventDate) -> Stamp {
        let day = match self.mode {
            Uncertain::Latest | Uncertain::Draw => date.latest,
            Uncertain::Earliest => date.earliest,
            // An open end has no middle either: like `latest`, it never shows.
            Uncertain::Midpoint if date.earliest == Day::EVER || date.latest == Day::NEVER => date.latest,
            Uncertain::Midpoint => {
                let (first, last) = (i64::from(date.earliest.0), i64::from(date.latest.0));
                Day(i32::try_from((first + last).div_euclid(2)).expect("it lies between two days"))
            }
        };
        Stamp { day, second: date.second }
    }

    /// The moment at which a stamp shows: its own second, else the last second of its day.
    ///
    /// An `until` shows in the same way: at the end of its day it is no longer true, and the word that
    /// follows on that day shows at the same moment, so that no gap opens in between.
    pub fn moment(self, stamp: Stamp) -> Moment {
        match (stamp.day, stamp.second) {
            (Day::EVER, _) => EVER,
            (Day::NEVER, _) => NEVER,
            (day, Some(second)) => Moment(self.offset.start_of(day).0 + i64::from(second)),
            (day, None) => self.offset.end_of(day),
        }
    }
}

/// What a word does to control.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// It says who holds the place, or that nobody does.
    Hold,
    /// It says who no longer does.
    Loss,
    /// It lies over the control.
    Overlay,
    /// It lowers other words.
    Denial,
}

impl Role {
    /// The role of an event; `None` where it says nothing on control.
    ///
    /// A row that lacks the actor which its status needs names nobody: it is no word (reading has
    /// reported it). A contest of nobody known is one: its place is unknown.
    pub fn of(event: &Event<'_>) -> Option<Self> {
        if event.kind.is_some_and(crate::model::Kind::is_annotation) {
            return None;
        }
        let nobody = event.actors.is_empty();
        match (event.stance, event.status) {
            (Stance::Retracted, _) => None,
            (Stance::Denied, _) => (!nobody).then_some(Self::Denial),
            (_, Status::Presence | Status::Besieged) => (!nobody).then_some(Self::Overlay),
            (_, Status::Lost) => (!nobody).then_some(Self::Loss),
            (_, Status::Held | Status::Partial) => (!nobody).then_some(Self::Hold),
            (_, Status::Contested | Status::Shared | Status::Vacant | Status::Unknown | Status::OutOfScope) => {
                Some(Self::Hold)
            }
        }
    }
}

/// An event as said by one of its sources.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    pub event: EventIndex,
    pub source: SourceIndex,
    pub role: Role,
    /// The commonest word, ready to use: one actor holds all of the place.
    pub holder: Option<ActorIndex>,
    /// As written, before denials lower it.
    pub stance: Stance,
    /// When it shows, and the stamp of that: what orders the words of one source.
    pub shows: Moment,
    pub shown: Stamp,
    /// When it ends; [`NEVER`] where it stands until replaced.
    pub ends: Moment,
    /// When it was observed, else shown: what orders the words of different sources.
    pub seen: Stamp,
}

impl Word {
    /// Reads a word; `None` where it never shows.
    pub fn new(index: EventIndex, event: &Event<'_>, source: SourceIndex, role: Role, clock: Clock) -> Option<Self> {
        let shown = clock.stamp(event.date);
        let shows = clock.moment(shown);
        if shows == NEVER {
            return None;
        }
        let ends = event.until.map_or(NEVER, |until| clock.moment(clock.stamp(until)));
        // An observation whose end is open was made at no day in particular: the day on which the word shows.
        let seen = event.observed.map(|observed| clock.stamp(observed)).filter(|s| s.day != Day::NEVER);
        let seen = seen.unwrap_or(shown);
        let holder = match (event.status, event.actors, event.share) {
            (Status::Held, [actor], None) if role == Role::Hold => Some(*actor),
            _ => None,
        };
        Some(Self { event: index, source, role, holder, stance: event.stance, shows, shown, ends, seen })
    }
}

/// Tells whether two sorted lists have an element in common.
pub(crate) fn meet<T: Ord>(a: &[T], b: &[T]) -> bool {
    a.iter().any(|x| b.binary_search(x).is_ok())
}
