//! Guesses what a date in another form may mean, for hints only: takes a text, gives proposals.

use super::date::days_of;
use crate::model::MONTHS;

/// What a text may mean.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Guess {
    /// A date in one other form.
    Date(String),
    /// Day and month cannot be told apart.
    Either(String, String),
    /// A day and month that no year has.
    NoSuchDay(&'static str, i16),
    /// A date with a blank at an end.
    Blank(String),
    /// A number that a spreadsheet keeps for a day.
    Serial(String),
}

impl Guess {
    /// What is the matter, after the value.
    pub fn message(&self) -> String {
        match self {
            Self::NoSuchDay(month, most) => format!("names a day that {month} does not have: it has {most}"),
            Self::Blank(_) => "has a blank at an end".into(),
            _ => "is not written as ISO 8601 has it".into(),
        }
    }

    /// What to do.
    pub fn hint(&self) -> String {
        match self {
            Self::Date(date) => format!("did you mean `{date}`?"),
            Self::Either(date, other) => {
                format!("did you mean `{date}`? that takes the day to come first, a guess; else it is `{other}`")
            }
            Self::NoSuchDay(..) => "write year, month and day: `2024-12-07`".into(),
            Self::Blank(date) => format!("remove the blank: `{date}`"),
            Self::Serial(date) => {
                format!("it looks like the number that a spreadsheet keeps for `{date}`; store the column as text")
            }
        }
    }
}

/// Guesses at `07/12/2024`, `7.12.2024`, `2024/12/7`, `12/2024`, `20241207`, `7 December 2024`, `45633`.
pub(super) fn guess(text: &str) -> Option<Guess> {
    if text.len() > 40 {
        return None;
    }
    if text.trim() != text {
        let cut = text.trim();
        return super::date::understand(cut, crate::model::Offset(0)).is_ok().then(|| Guess::Blank(cut.to_owned()));
    }
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    if words.iter().any(|w| w.bytes().any(|b| b.is_ascii_alphabetic())) {
        return named(&words);
    }
    let numbers: Option<Vec<(i16, usize)>> = words.iter().map(|w| Some((w.parse().ok()?, w.len()))).collect();
    match (numbers.as_deref(), words.as_slice()) {
        (Some(&[(y, 4), (m, ..=2), (d, ..=2)]), _) => date(y, m, d),
        (Some(&[(a, ..=2), (b, ..=2), (y, 4)]), _) => match (date(y, b, a), date(y, a, b)) {
            (Some(Guess::Date(day_first)), Some(Guess::Date(month_first))) if a != b => {
                Some(Guess::Either(day_first, month_first))
            }
            (first, second) => first.or(second),
        },
        (Some(&[(m, ..=2), (y, 4)] | &[(y, 4), (m, ..=2)]), _) if (1..=12).contains(&m) => {
            Some(Guess::Date(format!("{y:04}-{m:02}")))
        }
        (_, [all]) if all.len() == 8 => {
            date(all.get(..4)?.parse().ok()?, all.get(4..6)?.parse().ok()?, all.get(6..)?.parse().ok()?)
        }
        (_, [serial]) if serial.len() == 5 => {
            // Day 25569 of a spreadsheet is 1970-01-01; these span the years 1954 to 2064.
            let day = serial.parse::<i32>().ok().filter(|n| (20_000..60_000).contains(n))?;
            Some(Guess::Serial(crate::model::Day(day - 25_569).to_string()))
        }
        _ => None,
    }
}

/// A date with a month's name in it.
fn named(words: &[&str]) -> Option<Guess> {
    let is_month = |w: &str| {
        let starts = |m: &str| w.len() >= 3 && m.get(..w.len()).is_some_and(|s| s.eq_ignore_ascii_case(w));
        MONTHS.iter().position(|m| starts(m))
    };
    let month = i16::try_from(words.iter().find_map(|w| is_month(w))?).ok()? + 1;
    let year = words.iter().find(|w| w.len() == 4).and_then(|w| w.parse::<i16>().ok());
    let day = words.iter().find_map(|w| {
        let digits = w.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        (digits.len() <= 2).then(|| digits.parse::<i16>().ok())?
    });
    // A leap year where none is named, so that only a day of no year at all is refused.
    let most = days_of(year.unwrap_or(2024), month)?;
    match (year, day) {
        (_, Some(day)) if day > most => Some(Guess::NoSuchDay(MONTHS[usize::try_from(month - 1).ok()?], most)),
        (Some(year), Some(day)) => date(year, month, day),
        (Some(year), None) => Some(Guess::Date(format!("{year:04}-{month:02}"))),
        (None, _) => None,
    }
}

fn date(year: i16, month: i16, day: i16) -> Option<Guess> {
    let most = days_of(year, month)?;
    (1..=most).contains(&day).then(|| Guess::Date(format!("{year:04}-{month:02}-{day:02}")))
}
