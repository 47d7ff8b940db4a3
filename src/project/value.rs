//! Values that options take: a size, a moment, a number of days.

use crate::diag::quote;
use crate::model::{Day, Moment, Offset};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// Width and height of an image in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Width, at least 1.
    pub width: u32,
    /// Height, at least 1.
    pub height: u32,
}

impl Size {
    /// The most pixels that an image may have, scale included.
    pub const MOST_PIXELS: f64 = 400e6;
}

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{} is no size; write width x height in pixels: `1600x1200`", quote(text));
        let (width, height) = text.split_once(['x', '×']).ok_or_else(wrong)?;
        let side = |t: &str| t.trim().parse::<u32>().ok().filter(|n| *n > 0).ok_or_else(wrong);
        Ok(Self { width: side(width)?, height: side(height)? })
    }
}

impl<'de> Deserialize<'de> for Size {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let [width, height] = <[u32; 2]>::deserialize(from)?;
        if width == 0 || height == 0 {
            return Err(D::Error::custom("a side of an image has at least one pixel"));
        }
        Ok(Self { width, height })
    }
}

/// A point in time that a figure is drawn for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// The end of a day in the project's time zone.
    Day(Day),
    /// A second of a day in the project's time zone.
    Local(Day, u32),
    /// An instant.
    Moment(Moment),
}

impl When {
    /// The instant, the last second of the day where a day was given.
    pub fn moment(self, offset: Offset) -> Moment {
        match self {
            Self::Day(day) => offset.end_of(day),
            Self::Local(day, second) => Moment(offset.start_of(day).0 + i64::from(second)),
            Self::Moment(moment) => moment,
        }
    }

    /// The day on the project's calendar.
    pub fn day(self, offset: Offset) -> Day {
        match self {
            Self::Day(day) | Self::Local(day, _) => day,
            Self::Moment(moment) => offset.day_of(moment),
        }
    }
}

impl FromStr for When {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong =
            || format!("{} is neither a day nor an instant; write `2024-12-07` or `2024-12-07T20:00Z`", quote(text));
        if let Ok(date) = text.parse::<jiff::civil::Date>()
            && !text.contains(['T', 't', ' '])
        {
            return Day::of(date.year(), date.month(), date.day()).map(Self::Day).ok_or_else(wrong);
        }
        if let Ok(moment) = text.parse::<jiff::Timestamp>() {
            return Ok(Self::Moment(Moment(moment.as_second())));
        }
        let local = text.parse::<jiff::civil::DateTime>().map_err(|_| wrong())?;
        let day = Day::of(local.year(), local.month(), local.day()).ok_or_else(wrong)?;
        let [hour, minute, second] = [local.hour(), local.minute(), local.second()].map(i8::unsigned_abs);
        Ok(Self::Local(day, u32::from(hour) * 3600 + u32::from(minute) * 60 + u32::from(second)))
    }
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Date(toml::value::Datetime),
            Text(String),
        }
        let text = match Written::deserialize(from)? {
            Written::Date(date) => date.to_string(),
            Written::Text(text) => text,
        };
        text.parse().map_err(D::Error::custom)
    }
}

/// How far it is from one frame of a film to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Every {
    /// Each day.
    #[default]
    Day,
    /// Each seventh day.
    Week,
    /// The same day of each month, or its last where it is shorter.
    Month,
    /// So many hours, written `6h`.
    Hours(u32),
    /// Wherever something changes.
    Change,
}

impl FromStr for Every {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let hours = |text: &str| text.strip_suffix('h')?.parse().ok().filter(|hours| (1..=8784).contains(hours));
        match text {
            "day" => Ok(Self::Day),
            "week" => Ok(Self::Week),
            "month" => Ok(Self::Month),
            "change" => Ok(Self::Change),
            _ => hours(text)
                .map(Self::Hours)
                .ok_or_else(|| format!("{} is no step; write `day`, `week`, `month`, `6h` or `change`", quote(text))),
        }
    }
}

impl<'de> Deserialize<'de> for Every {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

/// How one frame of a film gives way to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TransitionKind {
    /// At once.
    #[default]
    None,
    /// What changes fades over.
    Fade,
    /// What changes is wiped over from the left.
    Wipe,
}

/// The kind of file of a film's frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FrameFormat {
    /// Pixels, without loss.
    #[default]
    Png,
    /// Vectors and text.
    Svg,
}

impl FrameFormat {
    /// Its name, and the ending of its files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
        }
    }
}

/// What a chart shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChartKind {
    /// Shares of ground over time.
    #[default]
    Area,
    /// Who held what, a bar a place.
    Spells,
    /// Shares of ground on one date.
    Bars,
}

/// A number of days, written `30d`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days(pub i32);

impl FromStr for Days {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let digits = text.strip_suffix('d').unwrap_or("");
        let days = digits.parse::<u16>().map_err(|_| format!("{} is no number of days; write `30d`", quote(text)))?;
        Ok(Self(i32::from(days)))
    }
}

impl<'de> Deserialize<'de> for Days {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

/// From when on a change is new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// A day.
    Day(Day),
    /// So many days before the figure's own.
    Days(Days),
}

impl Since {
    /// The first day, for a figure of a day.
    pub fn day(self, figure: Day) -> Day {
        match self {
            Self::Day(day) => day,
            Self::Days(Days(days)) => figure.plus(1).plus(-days),
        }
    }
}

impl FromStr for Since {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is neither a day nor a number of days; write `2024-12-01` or `7d`");
        if let Ok(days) = text.parse() {
            return Ok(Self::Days(days));
        }
        match text.parse::<When>() {
            Ok(When::Day(day)) => Ok(Self::Day(day)),
            _ => Err(wrong()),
        }
    }
}

impl<'de> Deserialize<'de> for Since {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Date(toml::value::Datetime),
            Text(String),
        }
        let text = match Written::deserialize(from)? {
            Written::Date(date) => date.to_string(),
            Written::Text(text) => text,
        };
        text.parse().map_err(D::Error::custom)
    }
}

impl Serialize for Size {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        [self.width, self.height].serialize(to)
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Local(day, s) => write!(f, "{day}T{:02}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60),
            Self::Moment(Moment(seconds)) => match jiff::Timestamp::from_second(seconds) {
                Ok(instant) => write!(f, "{instant}"),
                Err(_) => write!(f, "{seconds} s"),
            },
        }
    }
}

impl fmt::Display for Every {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day => f.write_str("day"),
            Self::Week => f.write_str("week"),
            Self::Month => f.write_str("month"),
            Self::Hours(hours) => write!(f, "{hours}h"),
            Self::Change => f.write_str("change"),
        }
    }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}d", self.0)
    }
}

impl fmt::Display for Since {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Days(days) => write!(f, "{days}"),
        }
    }
}

/// Writes values as the texts that they are read from.
macro_rules! as_text {
    ($($name:ident)+) => {
        $(impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        })+
    };
}

as_text!(When Every Days Since);

#[cfg(test)]
mod tests {
    use super::{Days, Since, Size, When};
    use crate::model::{Day, Moment};

    #[test]
    fn reads_sizes_days_and_instants() {
        assert_eq!("1600x1200".parse(), Ok(Size { width: 1600, height: 1200 }));
        assert!("0x5".parse::<Size>().is_err());
        assert_eq!("1970-01-02".parse(), Ok(When::Day(Day(1))));
        assert_eq!("1970-01-01T01:00Z".parse(), Ok(When::Moment(Moment(3600))));
        assert_eq!("1970-01-01T01:00+01:00".parse(), Ok(When::Moment(Moment(0))));
        assert_eq!("1970-01-01T01:00".parse(), Ok(When::Local(Day(0), 3600)));
        assert!("1970-02-31".parse::<When>().is_err());
        assert!("07/12/2024".parse::<When>().is_err());
        assert_eq!("7d".parse(), Ok(Since::Days(Days(7))));
        assert_eq!("7d".parse::<Since>().map(|s| s.day(Day(10))), Ok(Day(4)));
        assert_eq!("1970-01-02".parse(), Ok(Since::Day(Day(1))));
        assert!("yesterday".parse::<Since>().is_err());
    }
}
