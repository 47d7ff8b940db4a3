//! The words of figures of more than one date, in each language. `{…}` stands for what is put in.

use super::words::{Words, fill};

/// The words of one language.
#[derive(Debug)]
pub struct FigureWords {
    /// Language tag.
    pub lang: &'static str,
    /// Months for the ticks of a chart.
    pub short_months: [&'static str; 12],
    /// A tick: `{day}`, `{month}`
    pub tick_day: &'static str,
    /// A tick: `{month}`, `{year}`
    pub tick_month: &'static str,
    /// `{km2}`
    pub km2: &'static str,
    /// Between a least and a most.
    pub to: &'static str,
    /// `{low}`: where there is no upper bound worth a name.
    pub up_to: &'static str,
    /// Subtitle of a chart of shares: `{dates}`, `{km2}`
    pub area: &'static str,
    /// Subtitle of a chart of spells: `{dates}`
    pub spells: &'static str,
    /// Subtitle of a chart of one date: `{date}`, `{km2}`
    pub bars: &'static str,
    /// Key of what is not certain in a chart of shares.
    pub pale: &'static str,
    /// Key of the ends that are not certain in a chart of spells.
    pub faded: &'static str,
    /// Ground that is nobody's, by the word of its status.
    pub nobody: [(&'static str, &'static str); 5],
    /// The same in few words.
    pub nobody_brief: [(&'static str, &'static str); 2],
    /// Those who hold parts: `{actors}`
    pub in_parts: &'static str,
    /// Those who fight over it: `{actors}`
    pub contested_by: &'static str,
    /// Those who hold it together: `{actors}`
    pub shared_by: &'static str,
    /// Key of the outline in small multiples.
    pub outline_panel: &'static str,
    /// Between parts of a list that have commas themselves.
    pub semicolon: &'static str,
    /// One sentence of a description: `{actor}`, `{first}`, `{last}`
    pub share_sentence: &'static str,
    /// One sentence of a description: `{actor}`, `{share}`, `{km2}`
    pub bar_sentence: &'static str,
    /// One sentence of a description: `{place}`, `{spells}`
    pub spell_sentence: &'static str,
    /// One spell of a description: `{state}`, `{date}`
    pub spell_from: &'static str,
    /// One spell of a description whose date is not certain: `{state}`, `{dates}`
    pub spell_between: &'static str,
    /// What did not change: `{places}`
    pub unchanged: &'static str,
    /// Subtitle of a figure of change: `{from}`, `{to}`
    pub change: &'static str,
    /// Heading of the keys of change.
    pub changes: &'static str,
    /// Key: `{from}`, `{to}`, `{km2}`
    pub transition: &'static str,
    /// Key of the rim.
    pub rim: &'static str,
    /// Key of the outline.
    pub outline: &'static str,
    /// Key of the broken outline.
    pub loose: &'static str,
    /// Key of the dotted outline.
    pub possible: &'static str,
    /// Key of what is faded in a figure of change.
    pub same: &'static str,
    /// Key of a settlement that changed.
    pub point_changed: &'static str,
    /// Where a chart has no room for all places: `{count}`
    pub no_room: &'static str,
    /// Where nothing changed.
    pub no_change: &'static str,
    /// One of a description: `{place}`, `{from}`, `{to}`
    pub change_sentence: &'static str,
    /// After a change whose date may lie outside.
    pub loose_note: &'static str,
    /// Before those that may have changed besides: `{places}`
    pub possible_sentence: &'static str,
    /// Key of an earlier front line: `{date}`, `{km}`
    pub front_before: &'static str,
    /// Key of the band of the front line: `{km}`
    pub front_band: &'static str,
    /// Of a description: `{km}`
    pub front_sentence: &'static str,
    /// Of a description, where some of it is not certain: `{km}`
    pub front_band_sentence: &'static str,
    /// Subtitle of small multiples: `{dates}`
    pub grid: &'static str,
    /// Before the changes of a panel: `{date}`
    pub grid_sentence: &'static str,
    /// Subtitle of a figure of policies: `{situation}`
    pub policies: &'static str,
    /// What each policy does, by its name; that of `priority` has `{sources}`.
    pub readings: [(&'static str, &'static str); 5],
    /// The same of `priority` where no order is given.
    pub priority_none: &'static str,
    /// The reading of the policy that the project's other figures have: `{reading}`
    pub in_use: &'static str,
    /// Title of the panel, and heading of the keys, of where policies disagree.
    pub disagree: &'static str,
    /// Of the credits: how sources are weighed.
    pub policies_method: &'static str,
    /// On how much they do: `{count}`, `{all}`, `{km2}`
    pub disagree_extent: &'static str,
    /// Where they agree on everything.
    pub agree_all: &'static str,
    /// Key of a region on which they agree.
    pub agree: &'static str,
    /// Key of a region on which they do not: `{count}`
    pub answers: &'static str,
    /// Key of the outline of those.
    pub outline_disagree: &'static str,
    /// Heading of the keys of those who hold ground.
    pub ground_of_all: &'static str,
    /// One of these keys: `{actor}`, `{km2}`
    pub actor_ground: &'static str,
    /// One of a description: `{actor}`, `{km2}`
    pub ground_sentence: &'static str,
    /// Before the areas of the credits.
    pub official_areas: &'static str,
    /// `{count}`
    pub official_more: &'static str,
    /// Of the credits: `{place}`, `{official}`, `{measured}`
    pub official: &'static str,
}

/// Every language, English first.
pub const FIGURE_WORDS: &[FigureWords] = &[
    FigureWords {
        lang: "en",
        short_months: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
        tick_day: "{day} {month}",
        tick_month: "{month} {year}",
        km2: "{km2}\u{a0}km²",
        to: "\u{a0}– ",
        up_to: "up to {km2}",
        area: "Share of the ground held, {dates}; all is {km2}",
        spells: "Who held what, {dates}",
        bars: "Ground held at the end of {date}; all is {km2}",
        pale: "Pale: may be another’s; contested, held together or in parts without a figure",
        faded: "Blended: the date of the change is not certain",
        nobody: [
            ("lost", "No longer held, and by whom is not said"),
            ("vacant", "Held by nobody"),
            ("unknown", "Not known"),
            ("partial", "Not known"),
            ("out-of-scope", "Not part of this figure"),
        ],
        nobody_brief: [("lost", "holder not said"), ("vacant", "nobody")],
        in_parts: "{actors} in parts",
        contested_by: "contested by {actors}",
        shared_by: "{actors} together",
        outline_panel: "Outline: changed since the map before",
        semicolon: "; ",
        share_sentence: "{actor}: {first} at first, {last} at the end.",
        bar_sentence: "{actor}: {share}, {km2}.",
        spell_sentence: "{place}: {spells}.",
        spell_from: "{state} from {date}",
        spell_between: "{state} from a day within {dates}",
        unchanged: "No change: {places}.",
        change: "What changed hands from the end of {from} to the end of {to}",
        changes: "Changed",
        transition: "{from} → {to}: {km2}",
        rim: "Rim: who held it before; inside: who holds it now",
        outline: "Outline: changed",
        loose: "Broken outline: changed, but perhaps before or after these dates",
        possible: "Dotted outline: not counted, but may have changed",
        same: "Faded: no change",
        point_changed: "Town or site that changed; behind it the former holder",
        no_room: "Places without room here: {count}",
        no_change: "Nothing changed.",
        change_sentence: "{place}: {from} → {to}",
        loose_note: "date not certain",
        possible_sentence: "May have changed besides: {places}.",
        front_before: "Front line on {date}: {km}",
        front_band: "Band: border of ground whose holder is not certain: {km}",
        front_sentence: "The front line is {km} long.",
        front_band_sentence: "A further {km} of borders touch ground whose holder is not certain.",
        grid: "Situation at the end of each day, {dates}",
        grid_sentence: "Changed by {date}:",
        policies: "{situation}: the same events, weighed by each policy",
        readings: [
            ("against-interest", "A source counts only where it speaks against its own side"),
            ("consensus", "Contested, unless all sources agree"),
            ("latest", "The most recently observed word wins"),
            ("majority", "One vote a source; a tie is contested"),
            ("priority", "The first of these sources that speaks: {sources}"),
        ],
        priority_none: "Sources in a given order; none is given, so as latest",
        in_use: "{reading} (in use here)",
        disagree: "Where the policies disagree",
        policies_method: "What was said is not proof. Each map weighs the same sources by the policy above it.",
        disagree_extent: "{count} of {all} regions, {km2}",
        agree_all: "The policies agree on every region",
        agree: "All policies agree",
        answers: "{count} different answers",
        outline_disagree: "Outline: the policies disagree inside",
        ground_of_all: "Held by: least to most, any policy",
        actor_ground: "{actor}: {km2}",
        ground_sentence: "{actor}: {km2}, from least to most under any policy.",
        official_areas: "Areas: ",
        official_more: "{count} more regions differ",
        official: "{place}: {measured} measured, {official} by the boundary file",
    },
    FigureWords {
        lang: "ar",
        short_months: [
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
        tick_day: "{day} {month}",
        tick_month: "{month} {year}",
        km2: "{km2}\u{a0}كم²",
        to: "\u{a0}– ",
        up_to: "حتى {km2}",
        area: "نسبة الأرض المسيطر عليها، {dates}؛ المجموع {km2}",
        spells: "من سيطر على ماذا، {dates}",
        bars: "الأرض المسيطر عليها في نهاية يوم {date}؛ المجموع {km2}",
        pale: "فاتح: قد تكون لغيره؛ متنازع عليها أو مشتركة أو أجزاء بلا نسبة",
        faded: "لون متدرج: تاريخ التغيّر غير مؤكد",
        nobody: [
            ("lost", "لم تعد بيد من كان فيها، ولم يُذكر من يسيطر عليها"),
            ("vacant", "لا يسيطر عليها أحد"),
            ("unknown", "غير معروف"),
            ("partial", "غير معروف"),
            ("out-of-scope", "خارج نطاق الشكل"),
        ],
        nobody_brief: [("lost", "جهة لم تُذكر"), ("vacant", "لا أحد")],
        in_parts: "{actors} جزئيا",
        contested_by: "متنازع عليها بين {actors}",
        shared_by: "{actors} معا",
        outline_panel: "إطار: تغيّر منذ الخريطة السابقة",
        semicolon: "؛ ",
        share_sentence: "{actor}: {first} في البداية، {last} في النهاية.",
        bar_sentence: "{actor}: {share}، {km2}.",
        spell_sentence: "{place}: {spells}.",
        spell_from: "{state} منذ {date}",
        spell_between: "{state} منذ يوم غير مؤكد ضمن {dates}",
        unchanged: "بلا تغيير: {places}.",
        change: "ما انتقلت السيطرة عليه من نهاية {from} إلى نهاية {to}",
        changes: "تغيّر",
        transition: "من {from} إلى {to}: {km2}",
        rim: "الحافة: من كان يسيطر؛ الداخل: من يسيطر الآن",
        outline: "إطار: تغيّر",
        loose: "إطار متقطع: تغيّر، وربما قبل هذه المدة أو بعدها",
        possible: "إطار منقّط: لم يُحتسب، وربما تغيّر",
        same: "باهت: بلا تغيير",
        point_changed: "بلدة أو موقع تغيّر؛ خلفه لون من كان يسيطر",
        no_room: "أماكن لم يتسع لها الشكل: {count}",
        no_change: "لم يتغيّر شيء.",
        change_sentence: "{place}: سابقا {from}، والآن {to}",
        loose_note: "التاريخ غير مؤكد",
        possible_sentence: "ربما تغيّر أيضا: {places}.",
        front_before: "خط الجبهة في {date}: {km}",
        front_band: "شريط: حدود أرض لا يُعرف من يسيطر عليها يقينا: {km}",
        front_sentence: "طول خط الجبهة {km}.",
        front_band_sentence: "و{km} أخرى من الحدود تلامس أرضا لا يُعرف من يسيطر عليها يقينا.",
        grid: "الوضع في نهاية كل يوم، {dates}",
        grid_sentence: "تغيّر حتى {date}:",
        policies: "{situation}: الأحداث نفسها مرجَّحة بحسب كل قاعدة",
        readings: [
            ("against-interest", "لا يُحتسب قول المصدر إلا حيث يخالف مصلحة طرفه"),
            ("consensus", "متنازع عليها ما لم تتفق المصادر كلها"),
            ("latest", "يُؤخذ بأحدث ما رُصد"),
            ("majority", "لكل مصدر صوت؛ والتعادل يعني متنازع عليها"),
            ("priority", "يُؤخذ بأول من تكلم من هذه المصادر: {sources}"),
        ],
        priority_none: "مصادر بترتيب معين؛ ولم يُحدد ترتيب، فيُؤخذ بالأحدث",
        in_use: "{reading} (المعتمدة هنا)",
        disagree: "حيث تختلف القواعد",
        policies_method: "ما قيل ليس دليلا. ترجّح كل خريطة بين المصادر نفسها بالقاعدة المذكورة فوقها.",
        disagree_extent: "{count} من {all} مناطق، {km2}",
        agree_all: "تتفق القواعد على كل المناطق",
        agree: "تتفق كل القواعد",
        answers: "أجوبة مختلفة: {count}",
        outline_disagree: "إطار: تختلف القواعد في داخله",
        ground_of_all: "من الأقل إلى الأكثر، بأي قاعدة",
        actor_ground: "{actor}: {km2}",
        ground_sentence: "{actor}: {km2}، من الأقل إلى الأكثر بحسب أي قاعدة.",
        official_areas: "المساحات: ",
        official_more: "و{count} مناطق أخرى",
        official: "{place}: {measured} بالقياس، {official} بحسب ملف الحدود",
    },
];

/// The words of a language, English where there are none.
pub fn figure_words(lang: &str) -> &'static FigureWords {
    FIGURE_WORDS.iter().find(|w| w.lang == lang).unwrap_or(&FIGURE_WORDS[0])
}

/// A length in km, in words.
pub fn km(words: &Words, km: f64) -> String {
    format!("{}\u{a0}{}", words.isolate(&grouped(km)), words.km)
}

/// The front line in sentences, by the lengths of its line and its band in km.
pub fn front(words: &Words, line: f64, band: f64) -> String {
    let figure = figure_words(words.lang);
    let mut text = fill(figure.front_sentence, &[("km", &km(words, line))]);
    if band > 0.0 {
        text.push(' ');
        text += &fill(figure.front_band_sentence, &[("km", &km(words, band))]);
    }
    text
}

/// A number with a narrow blank after each three digits, as in `1 234 567`.
pub fn grouped(number: f64) -> String {
    let digits = format!("{:.0}", number.abs().round());
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    if number <= -0.5 { format!("−{out}") } else { out }
}

#[cfg(test)]
mod tests {
    use super::{FIGURE_WORDS, grouped};
    use crate::map::words::WORDS;

    #[test]
    fn every_language_of_maps_has_words_for_figures() {
        assert_eq!(
            WORDS.iter().map(|w| w.lang).collect::<Vec<_>>(),
            FIGURE_WORDS.iter().map(|w| w.lang).collect::<Vec<_>>()
        );
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(
            [0.4, 999.5, 1_234_567.0, -1000.0].map(grouped),
            ["0", "1\u{202f}000", "1\u{202f}234\u{202f}567", "−1\u{202f}000"]
        );
    }
}
