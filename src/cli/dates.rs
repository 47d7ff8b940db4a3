//! The dates that a table is made for: one, a list, or steps of a period.

use controlmap::error::{Error, Result};
use controlmap::model::{Day, Moment, Offset};
use controlmap::project::{Period, When};

/// The most dates of one run: more would not end within a day.
const MOST: usize = 100_000;

/// Which dates.
#[derive(clap::Args, Debug)]
pub struct Dates {
    /// The end of a day, or an instant [default: the end of the project's period]
    #[arg(help_heading = "Dates", long, value_name = "DATE", conflicts_with_all = ["dates", "every"])]
    date: Option<When>,
    /// Several of them, with commas between
    #[arg(help_heading = "Dates", long, value_name = "DATE,DATE", value_delimiter = ',', conflicts_with = "every")]
    dates: Vec<When>,
    /// First day of steps, or of a change [default: the start of the project's period]
    #[arg(help_heading = "Dates", long, value_name = "DATE")]
    from: Option<When>,
    /// Last day of steps, or of a change [default: the end of the project's period]
    #[arg(help_heading = "Dates", long, value_name = "DATE")]
    to: Option<When>,
    /// A date for each step between `--from` and `--to`
    #[arg(help_heading = "Dates", long, value_name = "STEP")]
    every: Option<Step>,
}

/// How far it is from one date to the next.
#[derive(clap::ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Each day
    Day,
    /// Each seventh day
    Week,
    /// The same day of each month, or its last where it is shorter
    Month,
}

impl Dates {
    /// The moments asked for, in order and without repeats.
    ///
    /// # Errors
    /// Of usage: no date is known, the steps end before they start, or there are too many.
    pub fn moments(&self, period: &Period, last: Option<Day>) -> Result<Vec<Moment>> {
        let offset = period.timezone;
        let end = || period.to.or(last.map(When::Day));
        if self.every.is_none() && (self.from.is_some() || self.to.is_some()) {
            return Err(Error::usage("`--from` and `--to` need `--every`, or `--by transition`"));
        }
        let mut moments: Vec<Moment> = match (self.every, self.date) {
            (Some(step), _) => {
                let from = self.from.or(period.from).ok_or_else(|| unknown("--from"))?;
                let to = self.to.or_else(end).ok_or_else(|| unknown("--to"))?;
                steps(from, to, step, offset)?
            }
            (None, Some(date)) => vec![date.moment(offset)],
            (None, None) if !self.dates.is_empty() => self.dates.iter().map(|date| date.moment(offset)).collect(),
            (None, None) => vec![end().ok_or_else(|| unknown("--date"))?.moment(offset)],
        };
        moments.sort_unstable();
        moments.dedup();
        Ok(moments)
    }

    /// Tells whether any date is given.
    pub fn are_given(&self) -> bool {
        let any = self.date.or(self.from).or(self.to).is_some();
        any || !self.dates.is_empty() || self.every.is_some()
    }

    /// The two ends of a change.
    ///
    /// # Errors
    /// Of usage: a date is missing, there are others, or the last is not after the first.
    pub fn ends(&self, period: &Period, last: Option<Day>) -> Result<[Moment; 2]> {
        if self.date.is_some() || !self.dates.is_empty() || self.every.is_some() {
            return Err(Error::usage(
                "a change is between `--from` and `--to`, without `--date`, `--dates`, `--every`",
            ));
        }
        ends(self.from, self.to, period, last)
    }
}

/// The two ends of a change, by default those of the project's period.
///
/// # Errors
/// Of usage: a date is missing, or the last is not after the first.
pub fn ends(from: Option<When>, to: Option<When>, period: &Period, last: Option<Day>) -> Result<[Moment; 2]> {
    let offset = period.timezone;
    let from = from.or(period.from).ok_or_else(|| unknown("--from"))?;
    let to = to.or(period.to).or(last.map(When::Day)).ok_or_else(|| unknown("--to"))?;
    if to.moment(offset) <= from.moment(offset) {
        let [from, to] = [from, to].map(|when| when.day(offset));
        return Err(Error::usage(format!("`--to` {to} is not after `--from` {from}")));
    }
    Ok([from, to].map(|when| when.moment(offset)))
}

/// No date is known.
pub fn unknown(flag: &str) -> Error {
    Error::usage(format!("no date is given and the project has no period; give `{flag}`"))
}

fn steps(from: When, to: When, step: Step, offset: Offset) -> Result<Vec<Moment>> {
    let (first, last) = (from.day(offset), to.day(offset));
    if last < first {
        return Err(Error::usage(format!("`--to` {last} is before `--from` {first}")));
    }
    let mut days = Vec::new();
    for count in 0.. {
        let Some(day) = after(first, step, count).filter(|day| *day <= last) else { break };
        if days.len() == MOST {
            return Err(Error::usage(format!("more than {MOST} dates between {first} and {last}; take larger steps")));
        }
        days.push(offset.end_of(day));
    }
    Ok(days)
}

/// The day that many steps later; counted from the first, so that a short month does not shorten the next.
fn after(first: Day, step: Step, count: i32) -> Option<Day> {
    match step {
        Step::Day => Some(first.plus(count)),
        Step::Week => Some(first.plus(count.saturating_mul(7))),
        Step::Month => {
            let (year, month, day) = first.civil()?;
            let months = i32::from(year) * 12 + i32::from(month) - 1 + count;
            let year = i16::try_from(months.div_euclid(12)).ok()?;
            let month = i8::try_from(months.rem_euclid(12) + 1).ok()?;
            (28..=day).rev().chain(std::iter::once(day.min(28))).find_map(|day| Day::of(year, month, day))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Dates, Step, steps};
    use controlmap::model::{Day, Offset};
    use controlmap::project::{Period, When};

    fn days(from: &str, to: &str, step: Step) -> Vec<String> {
        let moments = steps(from.parse().unwrap(), to.parse().unwrap(), step, Offset(3600)).unwrap();
        moments.into_iter().map(|m| Offset(3600).day_of(m).to_string()).collect()
    }

    #[test]
    fn steps_go_to_the_last_day_and_not_beyond() {
        assert_eq!(days("2024-02-28", "2024-03-01", Step::Day), ["2024-02-28", "2024-02-29", "2024-03-01"]);
        assert_eq!(days("2024-11-27", "2024-12-08", Step::Week), ["2024-11-27", "2024-12-04"]);
        assert_eq!(days("2024-11-27", "2024-11-27", Step::Month), ["2024-11-27"]);
    }

    #[test]
    fn a_short_month_does_not_shorten_the_next() {
        let expected = ["2023-12-31", "2024-01-31", "2024-02-29", "2024-03-31"];
        assert_eq!(days("2023-12-31", "2024-04-15", Step::Month), expected);
    }

    #[test]
    fn what_cannot_be_is_wrong_usage() {
        let when = |text: &str| text.parse::<When>().unwrap();
        assert!(steps(when("2024-01-02"), when("2024-01-01"), Step::Day, Offset(0)).unwrap_err().is_usage());
        assert!(steps(when("0001-01-01"), when("9999-12-31"), Step::Day, Offset(0)).unwrap_err().is_usage());
        let nothing = Dates { date: None, dates: vec![], from: None, to: None, every: None };
        assert!(nothing.moments(&Period::default(), None).unwrap_err().is_usage());
        assert_eq!(nothing.moments(&Period::default(), Some(Day(0))).unwrap(), [Offset(0).end_of(Day(0))]);
    }
}
