//! Dates of the tables: takes a cell, gives the days between which the date lies.
//!
//! ISO 8601-2 (EDTF) level 1 without intervals, and one-of sets of level 2. Qualifiers are kept and widen nothing.

use super::date_guess;
use crate::diag::{Diagnostic, quote};
use crate::model::{Day, EventDate, Offset, Qualifier, Symbol};

/// A date understood, before its text is interned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub earliest: Day,
    pub latest: Day,
    pub second: Option<u32>,
    pub qualifier: Qualifier,
}

/// Why a text is no date.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// Another way of writing, or no date at all.
    Form,
    /// Well written, but refused for a reason that the text gives.
    Refused(&'static str),
    /// Well written, but no calendar has it: what is missing, and a hint.
    NoSuch(String, String),
}

/// Reads a date; an instant's day is counted in the project's zone.
///
/// # Errors
/// `bad-date`, `date-interval`, without a location.
///
/// # Source
/// ISO 8601-2:2019, as <https://www.loc.gov/standards/datetime/>. Seasons are the three-month ones of the
/// northern hemisphere, as the standard leaves them open; winter starts in December of its year.
pub fn read_date(column: &str, text: &str, offset: Offset, symbol: Symbol) -> Result<EventDate, Diagnostic> {
    let span = understand(text, offset).map_err(|wrong| complain(column, text, offset, wrong))?;
    let Span { earliest, latest, second, qualifier } = span;
    Ok(EventDate { earliest, latest, second, qualifier, text: symbol })
}

pub(super) fn understand(text: &str, offset: Offset) -> Result<Span, Wrong> {
    if let Some(day) = plain(text.as_bytes()) {
        return Ok(Span { earliest: day, latest: day, second: None, qualifier: Qualifier::Plain });
    }
    match text.strip_prefix('[') {
        Some(rest) => set(rest.strip_suffix(']').ok_or(Wrong::Refused("a set ends with `]`"))?, offset),
        None if text.starts_with('{') => {
            Err(Wrong::Refused("`{…}` means all of these: write an event for each, or `[…]` for one of these"))
        }
        None => single(text, offset),
    }
}

/// The common case, `YYYY-MM-DD`, without a detour.
pub(super) fn plain(text: &[u8]) -> Option<Day> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else { return None };
    let mut digits = [y1, y2, y3, y4, m1, m2, d1, d2];
    for digit in &mut digits {
        *digit = digit.wrapping_sub(b'0');
        if *digit > 9 {
            return None;
        }
    }
    let [y1, y2, y3, y4, m1, m2, d1, d2] = digits.map(i16::from);
    let part = |a: i16, b: i16| i8::try_from(a * 10 + b).expect("two digits");
    Day::of(y1 * 1000 + y2 * 100 + y3 * 10 + y4, part(m1, m2), part(d1, d2))
}

/// One of several days: `a..b`, `..b`, `a..`, and lists of these and of dates.
fn set(inside: &str, offset: Offset) -> Result<Span, Wrong> {
    if inside.is_empty() || inside == ".." {
        return Err(Wrong::Refused("a set names at least one date"));
    }
    let mut hull: Option<Span> = None;
    for member in inside.split(',') {
        let next = match member.split_once("..") {
            Some(("", "")) => return Err(Wrong::Refused("a set names at least one date")),
            Some(("", end)) => Span { earliest: Day::EVER, ..single(end, offset)? },
            Some((start, "")) => Span { latest: Day::NEVER, ..single(start, offset)? },
            Some((start, end)) => {
                let (start, end) = (single(start, offset)?, single(end, offset)?);
                if start.earliest > end.latest {
                    return Err(Wrong::NoSuch("ends before it starts".into(), "put the earlier date first".into()));
                }
                Span { latest: end.latest, qualifier: both(start.qualifier, end.qualifier), ..start }
            }
            None => single(member, offset)?,
        };
        hull = Some(match hull {
            None => next,
            Some(hull) => Span {
                earliest: hull.earliest.min(next.earliest),
                latest: hull.latest.max(next.latest),
                second: if hull == next { next.second } else { None },
                qualifier: both(hull.qualifier, next.qualifier),
            },
        });
    }
    let hull = hull.expect("splitting gives at least one member");
    // A time says something only where the day is known.
    Ok(Span { second: hull.second.filter(|_| !inside.contains("..")), ..hull })
}

fn both(a: Qualifier, b: Qualifier) -> Qualifier {
    match (a, b) {
        (Qualifier::Plain, other) | (other, Qualifier::Plain) => other,
        (a, b) if a == b => a,
        _ => Qualifier::Both,
    }
}

fn single(text: &str, offset: Offset) -> Result<Span, Wrong> {
    let (rest, qualifier) = match text.as_bytes().last() {
        Some(b'?') => (&text[..text.len() - 1], Qualifier::Uncertain),
        Some(b'~') => (&text[..text.len() - 1], Qualifier::Approximate),
        Some(b'%') => (&text[..text.len() - 1], Qualifier::Both),
        _ => (text, Qualifier::Plain),
    };
    if rest.contains(['?', '~', '%']) {
        return Err(Wrong::Refused("`?`, `~` and `%` stand once, at the end, and speak of the whole date"));
    }
    if rest.starts_with(['Y', 'y']) {
        return Err(Wrong::Refused("years have four digits, from -9999 to 9999"));
    }
    if let Some((date, time)) = rest.split_once(['T', 't'])
        && let Some(day) = whole_day(date)?
    {
        let (day, second) = instant(day, time, offset)?;
        return Ok(Span { earliest: day, latest: day, second: Some(second), qualifier });
    }
    let (earliest, latest) = calendar(rest)?;
    Ok(Span { earliest, latest, second: None, qualifier })
}

/// A date of exactly one day, `None` where it is of another form.
fn whole_day(text: &str) -> Result<Option<Day>, Wrong> {
    let looks = text.trim_start_matches('-').len() == 10;
    let (earliest, latest) = if looks { calendar(text)? } else { return Ok(None) };
    Ok((earliest == latest).then_some(earliest))
}

/// The days of `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, and of these with `X` for digits not said.
fn calendar(text: &str) -> Result<(Day, Day), Wrong> {
    let (before_christ, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let mut parts = digits.split('-');
    let year = parts.next().unwrap_or("");
    let (month, day, more) = (parts.next(), parts.next(), parts.next());
    if year.len() != 4 || more.is_some() {
        return Err(Wrong::Form);
    }
    let unsaid = year.len() - year.trim_end_matches('X').len();
    if unsaid > 0 {
        let said = number(&year[..4 - unsaid]).filter(|_| unsaid <= 2).ok_or(Wrong::Form)?;
        if month.is_some() {
            return Err(Wrong::Form);
        }
        let width = if unsaid == 1 { 10 } else { 100 };
        let (first, last) = (said * width, said * width + width - 1);
        return if before_christ { years(-last, -first) } else { years(first, last) };
    }
    let year = number(year).ok_or(Wrong::Form)?;
    if before_christ && year == 0 {
        return Err(Wrong::Refused("the year before 0001 is `0000`, without a sign"));
    }
    let year = if before_christ { -year } else { year };
    match (month, day) {
        (None | Some("XX"), None) | (Some("XX"), Some("XX")) => years(year, year),
        (Some(month), day) if month.len() == 2 && day.is_none_or(|d| d.len() == 2) => {
            let month = number(month).ok_or(Wrong::Form)?;
            match day {
                None if (21..=24).contains(&month) => season(year, month),
                None if (25..=41).contains(&month) => {
                    Err(Wrong::Refused("of the parts of a year only the seasons `21` to `24` are known"))
                }
                None | Some("XX") => months(year, month),
                Some(day) => one_day(year, month, number(day).ok_or(Wrong::Form)?).map(|d| (d, d)),
            }
        }
        _ => Err(Wrong::Form),
    }
}

/// Digits and nothing else, at most four.
fn number(text: &str) -> Option<i16> {
    (!text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

fn years(first: i16, last: i16) -> Result<(Day, Day), Wrong> {
    Day::of(first, 1, 1).zip(Day::of(last, 12, 31)).ok_or(Wrong::Form)
}

fn months(year: i16, month: i16) -> Result<(Day, Day), Wrong> {
    let days = days_of(year, month).ok_or_else(|| no_month(year, month, None))?;
    Ok((one_day(year, month, 1)?, one_day(year, month, days)?))
}

fn season(year: i16, season: i16) -> Result<(Day, Day), Wrong> {
    if season == 24 {
        let end = if year == 9999 { months(year, 12)? } else { months(year + 1, 2)? };
        return Ok((one_day(year, 12, 1)?, end.1));
    }
    let first = (season - 20) * 3;
    Ok((one_day(year, first, 1)?, months(year, first + 2)?.1))
}

fn one_day(year: i16, month: i16, day: i16) -> Result<Day, Wrong> {
    let days = days_of(year, month).ok_or_else(|| no_month(year, month, Some(day)))?;
    let found = if (1..=days).contains(&day) { of(year, month, day) } else { None };
    let missing = || {
        let name = crate::model::MONTHS[usize::try_from(month - 1).unwrap_or(0)];
        Wrong::NoSuch(format!("names a day that {name} {year} does not have"), format!("{name} {year} has {days} days"))
    };
    found.ok_or_else(missing)
}

fn of(year: i16, month: i16, day: i16) -> Option<Day> {
    Day::of(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

pub(super) fn days_of(year: i16, month: i16) -> Option<i16> {
    (28..=31).rev().find(|d| of(year, month, *d).is_some())
}

fn no_month(year: i16, month: i16, day: Option<i16>) -> Wrong {
    let swapped = day.filter(|d| of(year, *d, month).is_some());
    let hint = match swapped {
        Some(day) => format!("year, month, day: did you mean `{year:04}-{day:02}-{month:02}`?"),
        None => "months are `01` to `12`".into(),
    };
    Wrong::NoSuch(format!("has no month {month:02}"), hint)
}

/// The day and its second in the project's zone, of a day and a time with or without a zone of its own.
fn instant(day: Day, time: &str, offset: Offset) -> Result<(Day, u32), Wrong> {
    let zone_at = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
    let (clock, zone) = time.split_at(zone_at);
    let mut parts = clock.split(':');
    let two = |text: Option<&str>, most: i16| {
        text.filter(|t| t.len() == 2).and_then(number).filter(|n| *n <= most).map(i64::from)
    };
    let wrong = || Wrong::Refused("a time is written `20:00`, `20:00:30`, `20:00Z` or `20:00+03:00`");
    let (hour, minute) = two(parts.next(), 23).zip(two(parts.next(), 59)).ok_or_else(wrong)?;
    let second = match parts.next() {
        None => 0,
        Some(text) => {
            let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
            if fraction.is_empty() || !fraction.bytes().all(|b| b.is_ascii_digit()) {
                return Err(wrong());
            }
            // A leap second counts with the one before it.
            two(Some(whole), 60).ok_or_else(wrong)?.min(59)
        }
    };
    if parts.next().is_some() {
        return Err(wrong());
    }
    let clock = hour * 3600 + minute * 60 + second;
    if zone.is_empty() {
        return Ok((day, u32::try_from(clock).expect("less than a day")));
    }
    let east = read_offset(zone).ok_or_else(wrong)?;
    let utc = crate::model::Moment(east.start_of(day).0 + clock);
    let there = offset.day_of(utc);
    Ok((there, u32::try_from(utc.0 - offset.start_of(there).0).expect("the second lies within its day")))
}

/// Reads `Z`, `+03:00` or `-03`.
pub fn read_offset(text: &str) -> Option<Offset> {
    if matches!(text, "Z" | "z") {
        return Some(Offset(0));
    }
    let (sign, rest) = match text.as_bytes().first()? {
        b'+' => (1, &text[1..]),
        b'-' => (-1, &text[1..]),
        _ => return None,
    };
    let (hours, minutes) = rest.split_once(':').unwrap_or((rest, "00"));
    if hours.len() != 2 || minutes.len() != 2 {
        return None;
    }
    let (hours, minutes) = number(hours).filter(|h| *h < 24).zip(number(minutes).filter(|m| *m < 60))?;
    Some(Offset(sign * (i32::from(hours) * 3600 + i32::from(minutes) * 60)))
}

const FORMS: &str = "write `2024-12-07`, `2024-12`, `2024-12-07T20:00Z` or `[2024-12-05..2024-12-07]`";

fn complain(column: &str, text: &str, offset: Offset, wrong: Wrong) -> Diagnostic {
    let quoted = quote(text);
    if let Some((start, end)) = interval(text, offset) {
        let set = format!("[{start}..{end}]");
        let mut hint = format!("for one unknown day write `{set}`");
        if column == "date" && !start.is_empty() && !end.is_empty() {
            hint += &format!("; for a state with an end put `{start}` into `date` and its end into `until`");
        }
        return Diagnostic::new("date-interval", format!("`{column}` {quoted} is an interval")).value(text).hint(hint);
    }
    let (message, hint) = match wrong {
        Wrong::NoSuch(what, hint) => (format!("`{column}` {quoted} {what}"), hint),
        Wrong::Refused(hint) => (format!("`{column}` {quoted} is no date that can be read"), hint.to_owned()),
        Wrong::Form => match date_guess::guess(text) {
            Some(guess) => (format!("`{column}` {quoted} {}", guess.message()), guess.hint()),
            None => (format!("`{column}` {quoted} is not written as ISO 8601 has it"), FORMS.to_owned()),
        },
    };
    Diagnostic::new("bad-date", message).value(text).hint(hint)
}

/// The two ends of `a/b`, `a/..`, `../b`, `a/`, `/b`, open ones empty.
fn interval(text: &str, offset: Offset) -> Option<(&str, &str)> {
    let (start, end) = text.split_once('/')?;
    let [start, end] = [start, end].map(|t| if t == ".." { "" } else { t });
    let known = |t: &str| single(t, offset).is_ok();
    let fits = match (start, end) {
        ("", "") => false,
        ("", t) | (t, "") => known(t),
        (a, b) => known(a) && known(b),
    };
    fits.then_some((start, end))
}

#[cfg(test)]
mod tests {
    use super::{Wrong, read_date, read_offset, understand};
    use crate::model::{Day, Offset, Qualifier, Symbol};

    fn days(text: &str) -> (String, String) {
        let span = understand(text, Offset(0)).unwrap_or_else(|e| panic!("{text}: {e:?}"));
        (span.earliest.to_string(), span.latest.to_string())
    }

    #[track_caller]
    fn lies_between(text: &str, earliest: &str, latest: &str) {
        assert_eq!(days(text), (earliest.into(), latest.into()), "{text}");
    }

    #[test]
    fn a_date_is_the_days_that_it_may_be() {
        lies_between("2024-12-07", "2024-12-07", "2024-12-07");
        lies_between("2024-12", "2024-12-01", "2024-12-31");
        lies_between("2024-02", "2024-02-01", "2024-02-29");
        lies_between("2018", "2018-01-01", "2018-12-31");
        lies_between("-0044-03-15", "-0044-03-15", "-0044-03-15");
        lies_between("0000", "0000-01-01", "0000-12-31");
        assert_eq!(understand("9999-12-31", Offset(0)).map(|s| s.latest), Ok(Day::of(9999, 12, 31).unwrap()));
    }

    #[test]
    fn digits_not_said_widen() {
        lies_between("201X", "2010-01-01", "2019-12-31");
        lies_between("20XX", "2000-01-01", "2099-12-31");
        lies_between("-201X", "-2019-01-01", "-2010-12-31");
        lies_between("2004-XX", "2004-01-01", "2004-12-31");
        lies_between("1985-04-XX", "1985-04-01", "1985-04-30");
        lies_between("1985-XX-XX", "1985-01-01", "1985-12-31");
        for text in ["2XXX", "XXXX", "1985-XX-04", "201X-04", "2004-1X", "2004-12-0X", "201x"] {
            assert!(understand(text, Offset(0)).is_err(), "{text}");
        }
    }

    #[test]
    fn seasons_are_three_months() {
        lies_between("2001-21", "2001-03-01", "2001-05-31");
        lies_between("2001-22", "2001-06-01", "2001-08-31");
        lies_between("2001-23", "2001-09-01", "2001-11-30");
        lies_between("2001-24", "2001-12-01", "2002-02-28");
        assert!(matches!(understand("2001-33", Offset(0)), Err(Wrong::Refused(_))));
    }

    #[test]
    fn qualifiers_are_kept_and_widen_nothing() {
        for (text, qualifier) in [
            ("2024-12-07?", Qualifier::Uncertain),
            ("2024-12-07~", Qualifier::Approximate),
            ("2024-12-07%", Qualifier::Both),
            ("[2024-12-07?..2024-12-07~]", Qualifier::Both),
            ("2024-12-07T20:00Z?", Qualifier::Uncertain),
        ] {
            assert_eq!(understand(text, Offset(0)).map(|s| s.qualifier), Ok(qualifier), "{text}");
            assert_eq!(days(text).0, days(text).1, "{text}");
        }
        assert!(understand("2004-06~-11", Offset(0)).is_err());
        assert!(understand("2004-06-11??", Offset(0)).is_err());
    }

    #[test]
    fn one_of_a_set_lies_between_its_ends() {
        lies_between("[2024-12-05..2024-12-07]", "2024-12-05", "2024-12-07");
        lies_between("[2024-11..2024-12]", "2024-11-01", "2024-12-31");
        lies_between("[2024-12-05,2024-12-01,2024-12-07..2024-12-08]", "2024-12-01", "2024-12-08");
        lies_between("[2024-12-07]", "2024-12-07", "2024-12-07");
        assert_eq!(understand("[..2024-12-08]", Offset(0)).map(|s| s.earliest), Ok(Day::EVER));
        assert_eq!(understand("[2024-12-08..]", Offset(0)).map(|s| s.latest), Ok(Day::NEVER));
        for text in ["[]", "[..]", "[,2024]", "[2024", "2024]", "{2024,2025}", "[[2024]]", "[2024-12-07..2024-12-05]"] {
            assert!(understand(text, Offset(0)).is_err(), "{text}");
        }
    }

    #[test]
    fn a_time_counts_in_the_zone_of_the_project() {
        let damascus = Offset(3 * 3600);
        let at = |text: &str| understand(text, damascus).map(|s| (s.earliest.to_string(), s.second.unwrap()));
        assert_eq!(at("2024-12-07T20:00Z"), Ok(("2024-12-07".into(), 23 * 3600)));
        assert_eq!(at("2024-12-07T22:30:15Z"), Ok(("2024-12-08".into(), 3600 + 1800 + 15)));
        assert_eq!(at("2024-12-07T20:00:00+03:00"), Ok(("2024-12-07".into(), 20 * 3600)));
        assert_eq!(at("2024-12-07T20:00"), Ok(("2024-12-07".into(), 20 * 3600)));
        assert_eq!(at("2024-12-07t20:00:00.25z"), Ok(("2024-12-07".into(), 23 * 3600)));
        assert_eq!(at("2016-12-31T23:59:60Z"), Ok(("2017-01-01".into(), 2 * 3600 + 59 * 60 + 59)));
        assert_eq!(understand("[2024-12-07T20:00..2024-12-07T22:00]", damascus).map(|s| s.second), Ok(None));
        for text in ["T24:00", "T20", "T20:60", "T20:00:61", "T20:00+3", "T20:00 ", "T", "T20:00.5", "T20:00:00:00"] {
            assert!(understand(&format!("2024-12-07{text}"), damascus).is_err(), "{text}");
        }
        assert!(understand("2024-12T20:00", damascus).is_err());
    }

    #[test]
    fn offsets_are_hours_and_minutes() {
        assert_eq!(read_offset("Z"), Some(Offset(0)));
        assert_eq!(read_offset("+03:00"), Some(Offset(10_800)));
        assert_eq!(read_offset("-03:30"), Some(Offset(-12_600)));
        assert_eq!(read_offset("+05"), Some(Offset(18_000)));
        for text in ["", "3", "+3", "+24:00", "+03:60", "Asia/Damascus", "+é", "+03:000"] {
            assert_eq!(read_offset(text), None, "{text}");
        }
    }

    #[track_caller]
    fn refused(text: &str, code: &str, message: &str, hint: &str) {
        let found = read_date("date", text, Offset(0), Symbol::EMPTY).expect_err(text);
        assert_eq!(
            (found.code.name, found.message.as_str(), found.hints.join("; ").as_str(), found.value.as_deref()),
            (code, message, hint, Some(text))
        );
    }

    #[test]
    fn an_interval_is_refused_with_both_readings() {
        refused(
            "2024-12-05/2024-12-07",
            "date-interval",
            "`date` \"2024-12-05/2024-12-07\" is an interval",
            "for one unknown day write `[2024-12-05..2024-12-07]`; for a state with an end put `2024-12-05` into `date` and its end into `until`",
        );
        for text in ["2024/2025", "2024-12-05/..", "../2024", "2024-12-05/"] {
            let found = read_date("until", text, Offset(0), Symbol::EMPTY).unwrap_err();
            assert_eq!(found.code.name, "date-interval", "{text}");
        }
        assert_eq!(read_date("date", "/", Offset(0), Symbol::EMPTY).unwrap_err().code.name, "bad-date");
    }

    #[test]
    fn a_day_that_no_calendar_has_is_named() {
        let message = "`date` \"2024-02-31\" names a day that February 2024 does not have";
        refused("2024-02-31", "bad-date", message, "February 2024 has 29 days");
        let message = "`date` \"31 February\" names a day that February does not have: it has 29";
        refused("31 February", "bad-date", message, "write year, month and day: `2024-12-07`");
        let message = "`date` \"2024-13-01\" has no month 13";
        refused("2024-13-01", "bad-date", message, "year, month, day: did you mean `2024-01-13`?");
        refused("2024-00", "bad-date", "`date` \"2024-00\" has no month 00", "months are `01` to `12`");
    }

    #[test]
    fn another_form_is_refused_with_a_proposal() {
        let proposal = |text: &str| {
            let found = read_date("date", text, Offset(0), Symbol::EMPTY).expect_err(text);
            assert_eq!(found.code.name, "bad-date", "{text}");
            found.hints.join("; ")
        };
        let guess = "did you mean `2024-12-07`? that takes the day to come first, a guess; else it is `2024-07-12`";
        assert_eq!(proposal("07/12/2024"), guess);
        assert_eq!(proposal("07.12.2024"), guess);
        for text in
            ["2024/12/17", "17/12/2024", "12/17/2024", "17.12.2024", "20241217", "17 December 2024", "Dec 17, 2024"]
        {
            assert_eq!(proposal(text), "did you mean `2024-12-17`?", "{text}");
        }
        assert_eq!(proposal("2024-12-7"), "did you mean `2024-12-07`?");
        assert_eq!(proposal("12/2024"), "did you mean `2024-12`?");
        assert_eq!(proposal("December 2024"), "did you mean `2024-12`?");
        assert_eq!(proposal("2024-12-07 "), "remove the blank: `2024-12-07`");
        assert!(proposal("45633").contains("`2024-12-07`"));
        for text in ["yesterday", "??", "T", "-", "2024-12-07T", "é", "Y170000002", "99999-01-01", "１２"] {
            assert!(!proposal(text).is_empty(), "{text}");
        }
    }
}
