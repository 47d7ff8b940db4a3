//! The words of a page that tells a film, in each language. `{…}` stands for what is put in.

/// The words of one language, by what they are for.
#[derive(Debug)]
pub struct StoryWords {
    /// Language tag.
    pub lang: &'static str,
    /// What buttons, headings and columns say.
    pub page: &'static [(&'static str, &'static str)],
    /// Headings of the places: regions, settlements and sites.
    pub groups: [&'static str; 2],
    /// How sources stand to their words, in the order of the stances.
    pub stances: [&'static str; 5],
    /// `{date}`: on that day or before.
    pub by_day: &'static str,
    /// `{stance}`, `{actor}`
    pub stance_by: &'static str,
}

/// The words of every language, English first, with the same keys.
pub const STORY_WORDS: &[StoryWords] = &[
    StoryWords {
        lang: "en",
        page: &[
            ("play", "Play"),
            ("pause", "Pause"),
            ("previous", "Previous date"),
            ("next", "Next date"),
            ("date", "Date"),
            ("situation", "Situation at the end of"),
            ("moment", "Situation on"),
            ("changed", "What changed"),
            ("unchanged", "No change on the map."),
            ("first", "Where the map begins."),
            ("places", "Who holds what"),
            ("place", "Place"),
            ("holder", "Held by"),
            ("since", "Since"),
            ("since-day", "Since {date}"),
            ("sources", "Said by"),
            ("no-sources", "Nobody has said."),
            ("ground", "Share of the ground"),
            ("share", "Share"),
            ("area", "Area in km²"),
            ("actor", "Held by"),
            ("uncertain", "Contested, lost or not known"),
            ("bands", "Bands show what is certain; the figures go from the least to the most that was said."),
            ("legend", "How to read the map"),
            ("map-name", "The map and its dates"),
            ("map", "Map. Arrow keys go from place to place, Enter to the sources."),
            ("theme", "Colours"),
            ("light", "Light"),
            ("dark", "Dark"),
            ("close", "Close"),
            (
                "hint",
                "Point at a place, or choose it in the table, to see who says so. ← and → change the date, the space bar plays.",
            ),
            ("method", "Method and boundaries"),
            ("no-script", "This page needs scripts to move. The map shows the last date."),
        ],
        groups: ["Regions", "Towns and sites"],
        stances: ["assessed", "reported", "claimed", "denied", "retracted"],
        by_day: "by {date}",
        stance_by: "{stance} by {actor}",
    },
    StoryWords {
        lang: "ar",
        page: &[
            ("play", "تشغيل"),
            ("pause", "إيقاف"),
            ("previous", "التاريخ السابق"),
            ("next", "التاريخ التالي"),
            ("date", "التاريخ"),
            ("situation", "الوضع في نهاية يوم"),
            ("moment", "الوضع في"),
            ("changed", "ما الذي تغيّر"),
            ("unchanged", "لا تغيير على الخريطة."),
            ("first", "هنا تبدأ الخريطة."),
            ("places", "من يسيطر على ماذا"),
            ("place", "المكان"),
            ("holder", "تحت سيطرة"),
            ("since", "منذ"),
            ("since-day", "منذ {date}"),
            ("sources", "بحسب"),
            ("no-sources", "لم يقل أحد شيئا."),
            ("ground", "نسبة الأرض"),
            ("share", "النسبة"),
            ("area", "المساحة بالكيلومتر المربع"),
            ("actor", "تحت سيطرة"),
            ("uncertain", "متنازع عليه أو مفقود أو غير معروف"),
            ("bands", "الأشرطة تبيّن المؤكد، والأرقام من أقل ما قيل إلى أكثره."),
            ("legend", "كيف تُقرأ الخريطة"),
            ("map-name", "الخريطة وتواريخها"),
            ("map", "خريطة. مفاتيح الأسهم للانتقال بين الأماكن، ومفتاح الإدخال للمصادر."),
            ("theme", "الألوان"),
            ("light", "فاتح"),
            ("dark", "داكن"),
            ("close", "إغلاق"),
            (
                "hint",
                "أشر إلى مكان أو اختره من الجدول لترى من يقول ذلك. السهمان يغيّران التاريخ، ومفتاح المسافة للتشغيل.",
            ),
            ("method", "المنهج والحدود"),
            ("no-script", "تحتاج هذه الصفحة إلى البرمجة النصية لتتحرك. الخريطة تبيّن آخر تاريخ."),
        ],
        groups: ["المناطق", "البلدات والمواقع"],
        stances: ["تقييم", "خبر", "ادعاء", "نفي", "تراجع"],
        by_day: "حتى {date}",
        stance_by: "{stance} من {actor}",
    },
];

/// The words of a language, English where there are none.
pub fn story_words(lang: &str) -> &'static StoryWords {
    STORY_WORDS.iter().find(|words| words.lang == lang).unwrap_or(&STORY_WORDS[0])
}

#[cfg(test)]
mod tests {
    use super::{STORY_WORDS, story_words};

    #[test]
    fn every_language_says_the_same_things() {
        let keys = |i: usize| STORY_WORDS[i].page.iter().map(|(key, _)| *key).collect::<Vec<_>>();
        for (i, words) in STORY_WORDS.iter().enumerate() {
            assert_eq!(keys(i), keys(0), "{}", words.lang);
            assert!(words.page.iter().all(|(_, text)| !text.is_empty()));
            assert_eq!(story_words(words.lang).lang, words.lang);
        }
        assert_eq!(story_words("fr").lang, "en");
    }
}
