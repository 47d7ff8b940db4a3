//! Dates with the uncertainty that they were given with.

use super::{Interner, Symbol};
use jiff::ToSpan;
use jiff::civil::Date;
use std::fmt;

/// The months' names in English, for messages, guesses and figures.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A calendar day, as days since 1970-01-01 in the project's time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

impl Day {
    /// Before every day: the start of `[..2024-12-08]`.
    pub const EVER: Self = Self(i32::MIN);
    /// After every day: the end of `[2024-12-08..]`.
    pub const NEVER: Self = Self(i32::MAX);

    /// Makes the day of the proleptic Gregorian calendar; `None` where there is no such day.
    pub fn of(year: i16, month: i8, day: i8) -> Option<Self> {
        let date = Date::new(year, month, day).ok()?;
        Some(Self((date - epoch()).get_days()))
    }

    /// Year, month and day; `None` for [`Day::EVER`], [`Day::NEVER`] and years beyond ±9999.
    pub fn civil(self) -> Option<(i16, i8, i8)> {
        if self == Self::EVER || self == Self::NEVER {
            return None;
        }
        let date = epoch().checked_add(i64::from(self.0).days()).ok()?;
        Some((date.year(), date.month(), date.day()))
    }

    /// The day that many days later, short of [`Day::NEVER`].
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }
}

fn epoch() -> Date {
    Date::constant(1970, 1, 1)
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.civil() {
            Some((year, month, day)) if year >= 0 => write!(f, "{year:04}-{month:02}-{day:02}"),
            Some((year, month, day)) => write!(f, "-{:04}-{month:02}-{day:02}", -i32::from(year)),
            None => f.write_str(".."),
        }
    }
}

/// An instant, as seconds since 1970-01-01T00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

/// The project's time zone, as seconds east of UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Offset(pub i32);

impl Offset {
    /// The first second of a day.
    pub fn start_of(self, day: Day) -> Moment {
        Moment(i64::from(day.0) * 86_400 - i64::from(self.0))
    }

    /// The last second of a day: when a map "on that day" is drawn.
    pub fn end_of(self, day: Day) -> Moment {
        Moment(self.start_of(day).0 + 86_399)
    }

    /// The day that an instant falls on.
    pub fn day_of(self, moment: Moment) -> Day {
        let days = (moment.0 + i64::from(self.0)).div_euclid(86_400);
        Day(i32::try_from(days).unwrap_or(if days < 0 { i32::MIN + 1 } else { i32::MAX - 1 }))
    }
}

/// `?` and `~` as written; they are shown and widen nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Qualifier {
    /// Neither.
    #[default]
    Plain,
    /// `?`
    Uncertain,
    /// `~`
    Approximate,
    /// `%`
    Both,
}

/// A date of an event: the days between which it lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventDate {
    /// Earliest day, or [`Day::EVER`].
    pub earliest: Day,
    /// Latest day, not before the earliest, or [`Day::NEVER`].
    pub latest: Day,
    /// Second of the day in the project's time zone, where a time was given; then the two days are one.
    pub second: Option<u32>,
    /// `?` and `~`.
    pub qualifier: Qualifier,
    /// As written; empty where that is the day itself, `2024-12-07`.
    pub text: Symbol,
}

impl EventDate {
    /// Makes the date of one day, written as such.
    pub const fn day(day: Day) -> Self {
        Self { earliest: day, latest: day, second: None, qualifier: Qualifier::Plain, text: Symbol::EMPTY }
    }

    /// The text as written.
    pub fn written(self, texts: &Interner) -> String {
        if self.text.is_empty() { self.earliest.to_string() } else { texts.text(self.text).to_owned() }
    }

    /// The instant, where a time was given.
    pub fn moment(self, offset: Offset) -> Option<Moment> {
        self.second.map(|s| Moment(offset.start_of(self.earliest).0 + i64::from(s)))
    }

    /// Tells whether the day is known.
    pub fn is_certain(self) -> bool {
        self.earliest == self.latest
    }
}

#[cfg(test)]
mod tests {
    use super::{Day, Moment, Offset};

    #[test]
    fn days_follow_the_calendar() {
        assert_eq!(Day::of(1970, 1, 1), Some(Day(0)));
        assert_eq!(Day::of(2024, 12, 7).map(|d| d.to_string()).as_deref(), Some("2024-12-07"));
        assert_eq!(Day::of(2024, 2, 31), None);
        assert_eq!(Day::of(2024, 12, 7).map(|d| d.plus(1)), Day::of(2024, 12, 8));
    }

    #[test]
    fn a_day_ends_earlier_in_utc_east_of_greenwich() {
        let damascus = Offset(3 * 3600);
        assert_eq!(damascus.end_of(Day(0)), Moment(86_399 - 3 * 3600));
        assert_eq!(damascus.day_of(Moment(22 * 3600)), Day(1));
    }
}
