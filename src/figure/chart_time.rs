//! The time axis of a chart: takes two moments, gives where each moment stands and which days have a tick.

use super::chart_axes::Scale;
use crate::map::words::{Words, fill};
use crate::map::words_figure::FigureWords;
use crate::model::{Day, Moment, Offset};

/// From where to where a time axis runs.
#[derive(Debug, Clone, Copy)]
pub struct Time {
    /// Its first moment.
    pub from: Moment,
    /// Its last.
    pub to: Moment,
    /// The project's time zone.
    pub offset: Offset,
    /// Something changes at the last moment: behind it is room that shows what it is from then on.
    pub is_open: bool,
}

/// How much of the axis is behind the last moment, where something changes then.
const TAIL: f64 = 0.03;

impl Time {
    /// Where the axis ends, in days.
    pub fn end(&self) -> f64 {
        let (from, to) = (self.at(self.from), self.at(self.to));
        if self.is_open { to + (to - from) * TAIL } else { to }
    }

    /// Where a moment stands, in days: the end of a day is that day's number, since "on that day" is at its end.
    pub fn at(&self, moment: Moment) -> f64 {
        let moment = moment.clamp(self.from, self.to);
        ((moment.0 + i64::from(self.offset.0) + 1) as f64) / 86_400.0 - 1.0
    }

    /// The axis with at most so many ticks.
    pub fn scale(&self, most: usize, words: &Words, figure: &FigureWords) -> Scale {
        let (from, to) = (self.at(self.from), self.at(self.to));
        let (first, last) = (Day(from.ceil() as i32), Day(to.floor() as i32));
        let ticks = STEPS.iter().map(|step| step.ticks(first, last)).find(|days| days.len() <= most.max(2));
        let days = ticks.unwrap_or_default();
        let by_day = days.windows(2).all(|d| d[1].0 - d[0].0 < 28);
        let label = |day: &Day| {
            let Some((year, month, date)) = day.civil() else { return String::new() };
            let name = figure.short_months[usize::try_from(month - 1).unwrap_or(0)];
            let values = [("day", date.to_string()), ("month", name.to_owned()), ("year", year.to_string())];
            let values = values.each_ref().map(|(key, value)| (*key, value.as_str()));
            let years = days.iter().all(|d| d.civil().is_some_and(|(_, m, d)| (m, d) == (1, 1))) && days.len() > 1;
            let text = match (by_day, years) {
                (true, _) => fill(figure.tick_day, &values),
                (false, true) => year.to_string(),
                (false, false) => fill(figure.tick_month, &values),
            };
            words.isolate(&text)
        };
        let ticks = days.iter().map(|day| (f64::from(day.0), label(day))).collect();
        Scale { from, to: self.end(), ticks, has_grid: false }
    }
}

/// How far it is from one tick to the next.
enum Step {
    Days(i32),
    Months(i32),
}

const STEPS: [Step; 16] = [
    Step::Days(1),
    Step::Days(2),
    Step::Days(4),
    Step::Days(7),
    Step::Days(14),
    Step::Months(1),
    Step::Months(2),
    Step::Months(3),
    Step::Months(6),
    Step::Months(12),
    Step::Months(24),
    Step::Months(60),
    Step::Months(120),
    Step::Months(240),
    Step::Months(600),
    Step::Months(1200),
];

impl Step {
    /// The days within two, both included: in days from the first, in months on the first of each.
    fn ticks(&self, first: Day, last: Day) -> Vec<Day> {
        // more would not be read, and a long period has very many
        const MOST: usize = 400;
        match self {
            Self::Days(step) => (0..).map(|i| first.plus(i * step)).take_while(|day| *day <= last).take(MOST).collect(),
            Self::Months(step) => {
                let Some((year, month, date)) = first.civil() else { return Vec::new() };
                let count = i32::from(year) * 12 + i32::from(month) - 1 + i32::from(date > 1);
                let start = count + (step - count.rem_euclid(*step)) % step;
                let of = |months: i32| {
                    let year = i16::try_from(months.div_euclid(12)).ok()?;
                    Day::of(year, i8::try_from(months.rem_euclid(12)).ok()? + 1, 1)
                };
                (0..).map_while(|i| of(start + i * step)).take_while(|day| *day <= last).take(MOST).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Time;
    use crate::map::words::words;
    use crate::map::words_figure::figure_words;
    use crate::model::{Day, Offset};

    fn ticks(from: (i16, i8, i8), to: (i16, i8, i8), most: usize) -> Vec<String> {
        let offset = Offset(3 * 3600);
        let [from, to] = [from, to].map(|(y, m, d)| offset.end_of(Day::of(y, m, d).unwrap()));
        let scale = Time { from, to, offset, is_open: false }.scale(most, words("en"), figure_words("en"));
        assert!(scale.ticks.iter().all(|(at, _)| *at >= scale.from && *at <= scale.to));
        scale.ticks.into_iter().map(|(_, words)| words).collect()
    }

    #[test]
    fn ticks_are_as_many_as_fit() {
        assert_eq!(ticks((2024, 11, 26), (2024, 11, 29), 9), ["26 Nov", "27 Nov", "28 Nov", "29 Nov"]);
        assert_eq!(ticks((2024, 11, 26), (2024, 12, 12), 5), ["26 Nov", "30 Nov", "4 Dec", "8 Dec", "12 Dec"]);
        assert_eq!(ticks((2023, 12, 26), (2024, 4, 12), 5), ["Jan 2024", "Feb 2024", "Mar 2024", "Apr 2024"]);
        assert_eq!(ticks((2011, 3, 15), (2024, 12, 12), 8), ["2012", "2014", "2016", "2018", "2020", "2022", "2024"]);
    }

    #[test]
    fn the_end_of_a_day_stands_on_its_tick() {
        let offset = Offset(0);
        let day = Day::of(2024, 12, 7).unwrap();
        let time = Time { from: offset.end_of(day.plus(-2)), to: offset.end_of(day.plus(2)), offset, is_open: false };
        assert_eq!(time.at(offset.end_of(day)), f64::from(day.0));
        assert_eq!(time.at(offset.end_of(day.plus(9))), f64::from(day.0 + 2), "what lies outside stands at the end");
    }

    #[test]
    fn what_changes_on_the_last_day_has_room_behind_it() {
        let offset = Offset(0);
        let day = Day::of(2024, 12, 7).unwrap();
        let time = Time { from: offset.end_of(day.plus(-10)), to: offset.end_of(day), offset, is_open: true };
        let scale = time.scale(20, words("en"), figure_words("en"));
        assert!(scale.to > f64::from(day.0) + 0.2 && scale.to < f64::from(day.0) + 0.5, "{}", scale.to);
        assert_eq!(scale.ticks.last().unwrap().1, "7 Dec", "no tick for a day that was not asked for");
    }
}
