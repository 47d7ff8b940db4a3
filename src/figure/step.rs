//! The moments of a film: steps of a period, or wherever something changes.

use crate::error::{Error, Result};
use crate::model::{Day, Moment, Offset};
use crate::project::{Every, When};

/// The most frames of one film.
pub const MOST_FRAMES: usize = 100_000;

/// Lists the moments from a first to a last: with days each at its end, with hours from the first day's start.
/// `breaks` are the moments at which something may change, sorted.
///
/// # Errors
/// Of usage: the last is before the first, or there are more than [`MOST_FRAMES`].
pub fn moments(from: When, to: When, every: Every, offset: Offset, breaks: &[Moment]) -> Result<Vec<Moment>> {
    let (first, last) = (from.day(offset), to.day(offset));
    if to.moment(offset) < from.moment(offset) {
        return Err(Error::usage(format!("`--to` {last} is before `--from` {first}")));
    }
    let all: Vec<Moment> = match every {
        Every::Hours(hours) => {
            let start = if matches!(from, When::Day(_)) { offset.start_of(first) } else { from.moment(offset) };
            let end = to.moment(offset);
            let step = i64::from(hours) * 3600;
            (0..=MOST_FRAMES as i64).map(|i| Moment(start.0 + i * step)).take_while(|m| *m <= end).collect()
        }
        Every::Change => changes(from.moment(offset), to.moment(offset), offset, breaks),
        _ => {
            let day = |count: usize| after(first, every, i32::try_from(count).ok()?).filter(|day| *day <= last);
            (0..=MOST_FRAMES).map_while(day).map(|day| offset.end_of(day)).collect()
        }
    };
    if all.len() > MOST_FRAMES {
        let message = format!("more than {MOST_FRAMES} frames between {first} and {last}; take larger steps");
        return Err(Error::usage(message));
    }
    Ok(all)
}

/// The first moment and those of changes after it; a day with one change, at its start, is drawn at its end.
fn changes(from: Moment, to: Moment, offset: Offset, breaks: &[Moment]) -> Vec<Moment> {
    let within = breaks.iter().filter(|m| **m > from && **m <= to);
    let mut all = vec![from];
    all.extend(within.map(|m| {
        let day = offset.day_of(*m);
        let of_day = |other: &&Moment| offset.day_of(**other) == day;
        let alone =
            breaks[breaks.partition_point(|b| *b < offset.start_of(day))..].iter().take_while(of_day).count() == 1;
        if alone && *m == offset.start_of(day) { offset.end_of(day).min(to) } else { *m }
    }));
    all
}

/// The day that many steps later; counted from the first, so that a short month does not shorten the next.
fn after(first: Day, every: Every, count: i32) -> Option<Day> {
    match every {
        Every::Week => Some(first.plus(count.saturating_mul(7))),
        Every::Month => {
            let (year, month, day) = first.civil()?;
            let months = i32::from(year) * 12 + i32::from(month) - 1 + count;
            let year = i16::try_from(months.div_euclid(12)).ok()?;
            let month = i8::try_from(months.rem_euclid(12) + 1).ok()?;
            (day.min(28)..=day).rev().find_map(|day| Day::of(year, month, day))
        }
        _ => Some(first.plus(count)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZONE: Offset = Offset(3600);

    fn days(from: &str, to: &str, every: &str, breaks: &[Moment]) -> Vec<String> {
        let (from, to) = (from.parse().unwrap(), to.parse().unwrap());
        let all = moments(from, to, every.parse().unwrap(), ZONE, breaks).unwrap();
        let told = |m: Moment| {
            let day = ZONE.day_of(m);
            format!("{day}+{}h", (m.0 + 1 - ZONE.start_of(day).0) / 3600)
        };
        all.into_iter().map(told).collect()
    }

    #[test]
    fn steps_go_to_the_last_day_and_not_beyond() {
        assert_eq!(
            days("2024-02-28", "2024-03-01", "day", &[]),
            ["2024-02-28+24h", "2024-02-29+24h", "2024-03-01+24h"]
        );
        assert_eq!(days("2024-11-27", "2024-12-08", "week", &[]), ["2024-11-27+24h", "2024-12-04+24h"]);
        assert_eq!(days("2023-12-31", "2024-02-29", "month", &[]).last().unwrap(), "2024-02-29+24h");
        assert_eq!(days("2024-11-27", "2024-11-27", "12h", &[]), ["2024-11-27+0h", "2024-11-27+12h"]);
    }

    #[test]
    fn changes_are_drawn_at_the_end_of_their_day_unless_a_time_tells_them_apart() {
        let day = |d: i8| ZONE.start_of(Day::of(2024, 12, d).unwrap());
        let breaks = [day(1), day(5), day(6), Moment(day(6).0 + 7199), day(9)];
        let expected = ["2024-12-03+24h", "2024-12-05+24h", "2024-12-06+0h", "2024-12-06+2h"];
        assert_eq!(days("2024-12-03", "2024-12-08", "change", &breaks), expected);
    }

    #[test]
    fn what_cannot_be_is_wrong_usage() {
        let when = |text: &str| text.parse::<When>().unwrap();
        assert!(moments(when("2024-01-02"), when("2024-01-01"), Every::Day, ZONE, &[]).unwrap_err().is_usage());
        assert!(moments(when("0001-01-01"), when("9999-12-31"), Every::Day, ZONE, &[]).unwrap_err().is_usage());
        assert!("5m".parse::<Every>().is_err() && "0h".parse::<Every>().is_err());
    }
}
