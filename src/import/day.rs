//! Days as datasets write them, and the uncertain dates that they stand for.

use crate::model::{Day, MONTHS};

/// Reads `2024-12-07`, with or without midnight behind it.
pub(super) fn iso(text: &str) -> Option<Day> {
    let (day, time) = text.split_at_checked(10).unwrap_or((text, ""));
    if !matches!(time, "" | " 00:00:00" | " 00:00:00.000" | "T00:00:00" | "T00:00:00.000") {
        return None;
    }
    let mut parts = day.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || (year.len(), month.len(), day.len()) != (4, 2, 2) {
        return None;
    }
    of(digits(year)?, digits(month)?, digits(day)?)
}

/// Reads `7 December 2024`.
pub(super) fn long(text: &str) -> Option<Day> {
    let mut parts = text.split(' ');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 || day.len() > 2 {
        return None;
    }
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    of(digits(year)?, i16::try_from(month).ok()?, digits(day)?)
}

/// Reads `20241207`.
pub(super) fn plain(text: &str) -> Option<Day> {
    if text.len() != 8 || !text.is_ascii() {
        return None;
    }
    let part = |from: usize, to: usize| digits(&text[from..to]);
    of(part(0, 4)?, part(4, 6)?, part(6, 8)?)
}

/// Some day from one to another, as events have it.
pub(super) fn between(first: Day, last: Day) -> String {
    if first >= last { last.to_string() } else { format!("[{first}..{last}]") }
}

/// Some day of a month, as events have it.
pub(super) fn month_of(day: Day) -> String {
    day.civil().map_or_else(String::new, |(year, month, _)| format!("{year:04}-{month:02}"))
}

/// A day of a year of four digits, with room for a week on either side.
fn of(year: i16, month: i16, day: i16) -> Option<Day> {
    let known = (1000..=9998).contains(&year);
    known.then(|| Day::of(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?))?
}

fn digits(text: &str) -> Option<i16> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::{between, iso, long, month_of, plain};
    use crate::model::Day;

    #[test]
    fn a_day_is_read_as_its_dataset_writes_it_and_in_no_other_way() {
        let day = Day::of(2024, 12, 7);
        for text in ["2024-12-07", "2024-12-07 00:00:00.000", "2024-12-07T00:00:00"] {
            assert_eq!(iso(text), day, "{text}");
        }
        assert_eq!([long("7 December 2024"), long("07 December 2024"), plain("20241207")], [day; 3]);
        for text in [
            "",
            "2024-12-7",
            "2024-02-31",
            "2024-12-07 12:00:00",
            "07-12-2024",
            "9999-12-31",
            "2024-12-0é",
            "+024-12-07",
        ] {
            assert_eq!(iso(text), None, "{text}");
        }
        for text in ["", "December 7 2024", "7 december 2024", "31 February 2024", "7 December 24", "7 December 2024 "]
        {
            assert_eq!(long(text), None, "{text}");
        }
        for text in ["", "2024120", "20241307", "2024-2-7", "2024120é"] {
            assert_eq!(plain(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_not_exact_is_a_set_of_days() {
        let day = Day::of(2024, 12, 7).unwrap();
        assert_eq!(between(day, day), "2024-12-07");
        assert_eq!(between(day.plus(-3), day.plus(3)), "[2024-12-04..2024-12-10]");
        assert_eq!(month_of(day), "2024-12");
    }
}
