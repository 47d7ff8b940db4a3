//! The words of a map in each language. `{…}` stands for what is put in.

use crate::model::{Day, Moment, Offset};
use crate::scene::Direction;

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
    /// Key of the pale band.
    pub interval: &'static str,
    /// Key of broken stripes.
    pub unstated: &'static str,
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
    /// Key of what is between the earliest and the latest day of a change.
    pub changing: &'static str,
    /// `{date}`
    pub changed: &'static str,
    /// Key of the bar in place of a hatch.
    pub narrow: &'static str,
    /// Strike, clash: `{dates}`
    pub fights: [&'static str; 2],
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
    /// `{count}`
    pub dropped: &'static str,
    /// Before the settlements and sites of the description.
    pub points: &'static str,
    /// Where only a party with a stake says so.
    pub only_claimed: &'static str,
    /// Where the word is old.
    pub old_word: &'static str,
    /// Square kilometres.
    pub square_km: &'static str,
    /// Said of what is between the earliest and the latest day of a change.
    pub in_change: &'static str,
}

/// Every language, English first.
pub const WORDS: &[Words] = &[
    Words {
        lang: "en",
        direction: Direction::Ltr,
        months: [
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
        ],
        situation: "Situation at the end of {date}",
        known_by: "as known by {date}",
        control: "Held by",
        signs: "Signs",
        partial: "Parts held: width shows the share; where inside is not known",
        partial_brief: "Parts held: width is share, not place",
        interval: "Pale band: between the least and the most said",
        unstated: "Parts held, how much is not said",
        contested: "Contested: {actors}",
        contested_any: "Contested: stripes of all sides’ colours",
        shared: "Held together: {actors}",
        shared_any: "Held together: upright bands of all colours",
        lost: "No longer held by {actors}; by whom is not said",
        lost_any: "Lost by that colour’s side; holder not said",
        claimed: "Thin lines: only claimed, by {sources}",
        presence: "Presence of {actor}",
        besieged: "Besieged by {actor}",
        vacant: "Held by nobody",
        unknown: "Not known",
        out_of_scope: "Not part of this map",
        stale: "Faded: not confirmed since {date}",
        changing: "Dark lines or broken ring: is changing, the day is not known",
        changed: "Heavy outline: changed since {date}",
        narrow: "Bar: region too narrow for stripes",
        fights: ["Strike, {dates}", "Clash, {dates}"],
        closed: "Crossing closed",
        settlement: "Town or city, larger with population",
        sites: [
            ("airport", "Airport"),
            ("airbase", "Air base"),
            ("crossing", "Border crossing"),
            ("dam", "Dam"),
            ("base", "Base"),
            ("prison", "Prison"),
            ("", "Other site"),
        ],
        sources: "Said by: {sources}.",
        more_sources: "{count} more sources",
        method: "What was said is not proof. Policy “{policy}” decides between sources.",
        boundaries: "Boundaries: {edition}.",
        no_source: "Unnamed source",
        and: " and ",
        comma: ", ",
        km: "km",
        quarters: ["N", "S", "E", "W"],
        north: "N",
        held_sentence: "{place}: {actors}.",
        dropped: "{count} places have no room for their name.",
        points: "Settlements and sites:",
        only_claimed: "only claimed",
        old_word: "no recent word",
        square_km: "km²",
        in_change: "changing",
    },
    Words {
        lang: "ar",
        direction: Direction::Rtl,
        months: [
            "كانون الثاني",
            "شباط",
            "آذار",
            "نيسان",
            "أيار",
            "حزيران",
            "تموز",
            "آب",
            "أيلول",
            "تشرين الأول",
            "تشرين الثاني",
            "كانون الأول",
        ],
        situation: "الوضع في نهاية يوم {date}",
        known_by: "بحسب ما عُرف حتى {date}",
        control: "تحت سيطرة",
        signs: "الرموز",
        partial: "سيطرة جزئية: العرض بحسب النسبة، والمواقع غير معروفة",
        partial_brief: "سيطرة جزئية: العرض نسبة لا موقع",
        interval: "الشريط الفاتح: بين أقل ما قيل وأكثره",
        unstated: "سيطرة جزئية لم تُذكر نسبتها",
        contested: "متنازع عليها: {actors}",
        contested_any: "متنازع عليها: خطوط بألوان الأطراف كلها",
        shared: "سيطرة مشتركة: {actors}",
        shared_any: "سيطرة مشتركة: أشرطة عمودية بألوان الأطراف كلها",
        lost: "لم تعد بيد {actors}، ولم يُذكر من يسيطر عليها",
        lost_any: "لم تعد بيد صاحب اللون، ولم يُذكر من يسيطر عليها",
        claimed: "خطوط رفيعة: ادعاء فقط من {sources}",
        presence: "وجود {actor}",
        besieged: "محاصرة من {actor}",
        vacant: "لا يسيطر عليها أحد",
        unknown: "غير معروف",
        out_of_scope: "خارج نطاق الخريطة",
        stale: "باهت: لم يتأكد منذ {date}",
        changing: "خطوط داكنة أو حلقة متقطعة: قيد التغيّر، واليوم غير معروف",
        changed: "حدود سميكة: تغيّر منذ {date}",
        narrow: "شريط: منطقة أضيق من أن تُخطَّط",
        fights: ["قصف، {dates}", "اشتباك، {dates}"],
        closed: "معبر مغلق",
        settlement: "بلدة أو مدينة، أكبر بحسب السكان",
        sites: [
            ("airport", "مطار"),
            ("airbase", "قاعدة جوية"),
            ("crossing", "معبر حدودي"),
            ("dam", "سد"),
            ("base", "قاعدة"),
            ("prison", "سجن"),
            ("", "موقع آخر"),
        ],
        sources: "المصادر: {sources}.",
        more_sources: "{count} غيرها",
        method: "ما قيل ليس دليلا. الترجيح بين المصادر بحسب «{policy}».",
        boundaries: "الحدود: {edition}.",
        no_source: "مصدر غير مسمى",
        and: " و",
        comma: "، ",
        km: "كم",
        quarters: [" شمالا", " جنوبا", " شرقا", " غربا"],
        north: "شمال",
        held_sentence: "{place}: {actors}.",
        dropped: "{count} من الأماكن بلا اسم لضيق المكان.",
        points: "البلدات والمواقع:",
        only_claimed: "ادعاء فقط",
        old_word: "لا خبر حديثا",
        square_km: "كم²",
        in_change: "قيد التغيّر",
    },
];

/// The words of a language, English where there are none.
pub fn words(lang: &str) -> &'static Words {
    WORDS.iter().find(|w| lang == w.lang || lang.starts_with(&format!("{}-", w.lang))).unwrap_or(&WORDS[0])
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
            _ => self.isolate(&format!("{} – {}", self.day(from), self.day(to))),
        }
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
