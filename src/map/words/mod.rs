//! The words of a map in each language. `{…}` stands for what is put in.

mod arabic;
mod english;

use crate::model::{Day, Moment, Offset};
use crate::scene::Direction;

/// Keys where there is room for hardly a word. What is in `{…}` is as in the full ones.
#[derive(Debug)]
pub struct Terse {
    /// Stripes in ratio.
    pub partial: &'static str,
    /// The pale band.
    pub interval: &'static str,
    /// Pale stripes.
    pub unstated: &'static str,
    /// What nobody is said to hold.
    pub remainder: &'static str,
    /// Stripes of equal width.
    pub contested: &'static str,
    /// Upright bands.
    pub shared: &'static str,
    /// Cross-hatched.
    pub lost: &'static str,
    /// Thin lines.
    pub claimed: &'static str,
    /// `{actor}`
    pub presence: &'static str,
    /// `{actor}`
    pub besieged: &'static str,
    /// Nobody's.
    pub vacant: &'static str,
    /// Faded.
    pub stale: &'static str,
    /// What is changing.
    pub changing: &'static str,
    /// Heavy outline.
    pub changed: &'static str,
    /// The line between holders.
    pub front: &'static str,
    /// The same of an earlier day.
    pub baseline: &'static str,
    /// The bar.
    pub narrow: &'static str,
    /// Strike, clash.
    pub fights: [&'static str; 2],
    /// A barred crossing.
    pub closed: &'static str,
    /// Settlements.
    pub settlement: &'static str,
}

/// The words of one language.
#[derive(Debug)]
pub struct Words {
    /// Language tag.
    pub lang: &'static str,
    /// Reading direction.
    pub direction: Direction,
    /// Names of the months.
    pub months: [&'static str; 12],
    /// `{date}`
    pub situation: &'static str,
    /// `{date}`
    pub known_by: &'static str,
    /// Heading of the holders' keys.
    pub control: &'static str,
    /// Heading of the other keys.
    pub signs: &'static str,
    /// Key of stripes in ratio.
    pub partial: &'static str,
    /// The same in few words.
    pub partial_brief: &'static str,
    /// Keys of one or two words, for the smallest pages.
    pub terse: Terse,
    /// Key of the pale band.
    pub interval: &'static str,
    /// Key of broken stripes.
    pub unstated: &'static str,
    /// Key of what is left of a place held in part.
    pub remainder: &'static str,
    /// `{actors}`
    pub contested: &'static str,
    /// Key of all that is contested, where there are many.
    pub contested_any: &'static str,
    /// `{actors}`
    pub shared: &'static str,
    /// Key of all that is held together, where there are many.
    pub shared_any: &'static str,
    /// `{actors}`
    pub lost: &'static str,
    /// Key of all that is lost, where there are many.
    pub lost_any: &'static str,
    /// `{actors}`, `{sources}`
    pub claimed: &'static str,
    /// `{actor}`
    pub presence: &'static str,
    /// `{actor}`
    pub besieged: &'static str,
    /// Key.
    pub vacant: &'static str,
    /// Key.
    pub unknown: &'static str,
    /// Key.
    pub out_of_scope: &'static str,
    /// `{date}`
    pub stale: &'static str,
    /// `{days}`
    pub stale_days: &'static str,
    /// Key of what is between the earliest and the latest day of a change.
    pub changing: &'static str,
    /// `{date}`
    pub changed: &'static str,
    /// `{days}`
    pub changed_days: &'static str,
    /// Key of the line between holders.
    pub front: &'static str,
    /// The same of an earlier day: `{date}`
    pub baseline: &'static str,
    /// Key of the bar in place of a hatch.
    pub narrow: &'static str,
    /// Strike, clash: `{dates}`
    pub fights: [&'static str; 2],
    /// Strike, clash: `{days}`
    pub fights_days: [&'static str; 2],
    /// Key of a closed crossing.
    pub closed: &'static str,
    /// Key of settlements.
    pub settlement: &'static str,
    /// Keys of sites by kind; the last is any other.
    pub sites: [(&'static str, &'static str); 7],
    /// `{sources}`
    pub sources: &'static str,
    /// `{count}`
    pub more_sources: &'static str,
    /// `{count}`
    pub more_changes: &'static str,
    /// `{policy}`
    pub method: &'static str,
    /// `{edition}`
    pub boundaries: &'static str,
    /// Where a figure rests on nothing.
    pub no_source: &'static str,
    /// Between the last two of a list.
    pub and: &'static str,
    /// Between the others.
    pub comma: &'static str,
    /// Unit of the scale bar.
    pub km: &'static str,
    /// Marks of latitude and longitude behind a number: north, south, east, west.
    pub quarters: [&'static str; 4],
    /// Letter of the north arrow.
    pub north: &'static str,
    /// `{place}`, `{actors}`: one sentence of the description.
    pub held_sentence: &'static str,
    /// `{parts}`: who holds how much of the ground shown.
    pub ground: &'static str,
    /// `{date}`, `{places}`
    pub news: &'static str,
    /// `{date}`
    pub no_news: &'static str,
    /// `{parts}`
    pub doubts: &'static str,
    /// Contested, lost, shares between bounds, only claimed, no recent word, not known: one word or two each.
    pub doubt: [&'static str; 6],
    /// Between parts of a list that have commas themselves.
    pub semicolon: &'static str,
    /// `{count}`
    pub dropped: &'static str,
    /// Where far islands are left out: `{places}`
    pub beyond: &'static str,
    /// Where far parts are in boxes of their own: `{places}`
    pub boxed: &'static str,
    /// Of a region of which only a part is meant: `{place}`
    pub part_of: &'static str,
    /// Before the settlements and sites of the description.
    pub points: &'static str,
    /// Where only a party with a stake says so.
    pub only_claimed: &'static str,
    /// Where the word is old.
    pub old_word: &'static str,
    /// Between what was and what is.
    pub becomes: &'static str,
    /// One day, two, up to ten, and more: `{count}`
    pub counted_days: [&'static str; 4],
    /// Square kilometres.
    pub square_km: &'static str,
    /// Said of what is between the earliest and the latest day of a change.
    pub in_change: &'static str,
}

/// Every language, English first.
pub const WORDS: &[Words] = &[english::ENGLISH, arabic::ARABIC];

/// The words of a language, English where there are none.
pub fn words(lang: &str) -> &'static Words {
    words_of(lang).unwrap_or(&WORDS[0])
}

/// The words of a language, where there are any.
pub fn words_of(lang: &str) -> Option<&'static Words> {
    WORDS.iter().find(|w| lang == w.lang || lang.starts_with(&format!("{}-", w.lang)))
}

/// The languages that there are words of.
pub fn languages() -> impl Iterator<Item = &'static str> {
    WORDS.iter().map(|w| w.lang)
}

/// Puts values into the `{…}` of a text.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

impl Words {
    /// Writes a day in full.
    pub fn day(&self, day: Day) -> String {
        match day.civil() {
            Some((year, month, date)) => {
                let month = self.months[usize::try_from(month - 1).expect("months count from 1")];
                self.isolate(&format!("{date} {month} {year}"))
            }
            None => day.to_string(),
        }
    }

    /// Strikes or clashes, and when.
    pub fn fight(&self, is_strike: bool, from: Day, to: Day) -> String {
        fill(self.fights[usize::from(!is_strike)], &[("dates", &self.days(from, to))])
    }

    /// Writes a span of days: `6–7 December 2024`.
    pub fn days(&self, from: Day, to: Day) -> String {
        match (from.civil(), to.civil()) {
            _ if from == to => self.day(to),
            (Some((year, month, first)), Some((other, of, last))) if (year, month) == (other, of) => {
                let month = self.months[usize::try_from(month - 1).expect("months count from 1")];
                self.isolate(&format!("{first}–{last} {month} {year}"))
            }
            // each day is isolated; both together would have no direction of their own
            _ => format!("{} – {}", self.day(from), self.day(to)),
        }
    }

    /// Writes a number of days.
    pub fn number_of_days(&self, days: i32) -> String {
        let [one, two, few, many] = self.counted_days;
        let form = match days {
            1 => one,
            2 => two,
            3..=10 => few,
            _ => many,
        };
        fill(form, &[("count", &self.isolate(&days.to_string()))])
    }

    /// Writes a moment in full: a day where it is the day's end, else with its time.
    pub fn moment(&self, moment: Moment, offset: Offset) -> String {
        let day = offset.day_of(moment);
        if moment == offset.end_of(day) {
            return self.day(day);
        }
        let seconds = moment.0 - offset.start_of(day).0;
        let zone = match offset.0 {
            0 => "UTC".to_owned(),
            s => format!("UTC{}{:02}:{:02}", if s < 0 { '-' } else { '+' }, s.abs() / 3600, s.abs() / 60 % 60),
        };
        format!(
            "{}, {}",
            self.day(day),
            self.isolate(&format!("{:02}:{:02} {zone}", seconds / 3600, seconds / 60 % 60))
        )
    }

    /// Lists in the manner of the language: a, b and c.
    pub fn list(&self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [most @ .., last] => format!("{}{}{last}", most.join(self.comma), self.and),
        }
    }

    /// Keeps a run of the other direction together in a right-to-left text.
    pub fn isolate(&self, text: &str) -> String {
        if self.direction == Direction::Rtl { format!("\u{2068}{text}\u{2069}") } else { text.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::{WORDS, fill, words};
    use crate::model::{Day, Offset};

    #[test]
    fn a_day_is_written_out() {
        let day = Day::of(2024, 12, 7).expect("a day");
        assert_eq!(WORDS[0].day(day), "7 December 2024");
        assert_eq!(WORDS[0].days(day.plus(-1), day), "6–7 December 2024");
        assert_eq!(WORDS[0].days(day.plus(-7), day), "30 November 2024 – 7 December 2024");
        assert_eq!(WORDS[0].moment(Offset(0).end_of(day), Offset(0)), "7 December 2024");
        assert_eq!([1, 30].map(|days| WORDS[0].number_of_days(days)), ["1 day", "30 days"]);
        assert_eq!(WORDS[0].moment(Offset(0).start_of(day), Offset(0)), "7 December 2024, 00:00 UTC");
    }

    #[test]
    fn lists_end_with_and() {
        let three = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(words("en").list(&three), "a, b and c");
        assert_eq!(words("fr").lang, "en");
        assert_eq!(fill("{x} of {x}", &[("x", "y")]), "y of y");
    }
}
