//! Spellings that count as the same name: takes a name, gives a key without what writers differ in.
//!
//! Left out: case, accents, vowel signs of Arabic and Hebrew, apostrophes, hyphens, blanks, and a leading
//! Arabic article in Arabic or Latin letters. Alike: أ إ آ ٱ and ا, ى and ي, ة and ه. Kept: everything
//! else, so that `Rural Damascus` stays apart from `Damascus`. Words for a level (`governorate`) are
//! left out only for regions of that level.

use crate::model::Level;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// Words that say which level a name is of, as normalised.
const LEVEL_WORDS: &[(&str, &[Level])] = &[
    ("governorate", &[Level::Adm1]),
    ("muhafaza", &[Level::Adm1]),
    ("muhafazah", &[Level::Adm1]),
    ("muhafazat", &[Level::Adm1]),
    ("mohafaza", &[Level::Adm1]),
    ("mohafazat", &[Level::Adm1]),
    ("محافظه", &[Level::Adm1]),
    ("oblast", &[Level::Adm1]),
    ("область", &[Level::Adm1]),
    ("province", &[Level::Adm1, Level::Adm2]),
    ("district", &[Level::Adm2, Level::Adm3]),
    ("raion", &[Level::Adm2]),
    ("район", &[Level::Adm2]),
    ("mintaqah", &[Level::Adm2]),
    ("منطقه", &[Level::Adm2]),
    ("subdistrict", &[Level::Adm3]),
    ("nahiyah", &[Level::Adm3]),
    ("ناحيه", &[Level::Adm3]),
];

/// A name as normalised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// All of it.
    pub whole: String,
    /// Without a word for a level at its start or end, and the levels that this word is for.
    pub bare: Option<(String, &'static [Level])>,
}

/// Normalises a name; two names with one result count as the same.
pub fn normalised(name: &str) -> String {
    key(name).whole
}

/// Normalises a name, with and without its word for a level.
pub fn key(name: &str) -> Key {
    let folded = fold(name);
    let words: Vec<&str> = folded.split(' ').filter(|w| !w.is_empty()).collect();
    Key { whole: joined(&words), bare: bare(&words).map(|(words, levels)| (joined(words), levels)) }
}

/// Lower case without marks and apostrophes, every separator a blank.
fn fold(name: &str) -> String {
    if name.is_ascii() {
        return name.chars().filter(|c| !is_apostrophe(*c)).map(|c| plain(c.to_ascii_lowercase())).collect();
    }
    let lower = name.chars().filter(|c| !is_apostrophe(*c) && !is_invisible(*c)).flat_map(char::to_lowercase);
    let mut folded = String::with_capacity(name.len());
    for c in lower.nfkd() {
        match c {
            // Marks of classes below 10 are letters' parts in Indic scripts and Japanese.
            c if canonical_combining_class(c) >= 10 => {}
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            c => folded.push(plain(c)),
        }
    }
    folded
}

/// The plain letter for one that no decomposition makes plain; a blank for a separator.
fn plain(c: char) -> char {
    match c {
        'ı' => 'i',
        'ł' => 'l',
        'ø' => 'o',
        'đ' | 'ð' => 'd',
        'ħ' => 'h',
        'ى' | 'ی' => 'ي',
        'ک' => 'ك',
        'ة' => 'ه',
        'ٱ' => 'ا',
        '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => ' ',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '`' | '´' | '‘' | '’' | '‛' | '′' | '＇' | 'ʹ' | 'ʻ' | 'ʼ' | 'ʽ' | 'ʾ' | 'ʿ')
}

/// The line that stretches Arabic words, and marks of direction and of no width.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{640}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The words without a first or last one that names a level.
fn bare<'a, 'b>(words: &'a [&'b str]) -> Option<(&'a [&'b str], &'static [Level])> {
    let levels = |word: &str| {
        let word = word.strip_prefix("ال").unwrap_or(word);
        LEVEL_WORDS.iter().find(|(w, _)| *w == word).map(|(_, levels)| *levels)
    };
    match words {
        [rest @ .., last] if !rest.is_empty() && levels(last).is_some() => Some((rest, levels(last)?)),
        [first, "of", rest @ ..] if !rest.is_empty() => Some((rest, levels(first)?)),
        [first, rest @ ..] if !rest.is_empty() => Some((rest, levels(first)?)),
        _ => None,
    }
}

/// Words as one, without a leading article.
fn joined(words: &[&str]) -> String {
    match words {
        [article, rest @ ..] if rest.first().is_some_and(|next| is_article(article, next)) => rest.concat(),
        [first, rest @ ..] => {
            let stem = first.strip_prefix("ال").filter(|stem| stem.chars().count() >= 2);
            stem.unwrap_or(first).to_owned() + &rest.concat()
        }
        [] => String::new(),
    }
}

/// Tells whether a word is the Arabic article, as written before the next one: `al`, or `ash` before `shaykh`.
fn is_article(word: &str, next: &str) -> bool {
    match word {
        "al" | "el" => true,
        "ad" | "adh" | "an" | "ar" | "as" | "ash" | "at" | "ath" | "az" => next.starts_with(&word[1..]),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{key, normalised};

    #[test]
    fn spellings_of_one_name_are_one() {
        for same in [
            &["Al-Hasakah", "al Ḩasakah", "HASAKAH", "Al\u{2011}Hasakah", "hasakah"][..],
            &["Dar'a", "Dar`a", "Dar‘ā", "Darʿā", "Dar´a", "DARA"],
            &["As-Suwayda", "Aş Şuwaydā’", "as suwaydāʾ", "suwayda"],
            &["Ar-Raqqah", "Raqqah"],
            &["Ash Shaykh Maskin", "Shaykh-Maskin"],
            &["الحسكة", "حسكه", "الحـسكة", "الحَسَكَة"],
            &["إدلب", "ادلب", "أدلب"],
            &["Köln", "Ko\u{308}ln", "koln"],
            &["Łódź", "Lodz"],
            &["Straße", "STRASSE"],
        ] {
            for spelling in same {
                assert_eq!(normalised(spelling), normalised(same[0]), "{spelling}");
            }
        }
    }

    #[test]
    fn different_names_stay_apart() {
        for (a, b) in [
            ("Rural Damascus", "Damascus"),
            ("Asad", "Ad"),
            ("Alnus", "Nus"),
            ("Tall Abyad", "Abyad"),
            ("North Kordofan", "Kordofan"),
        ] {
            assert_ne!(normalised(a), normalised(b));
        }
        assert_eq!(normalised("Al"), "al");
        assert_eq!(normalised("' -"), "");
    }

    #[test]
    fn words_for_a_level_are_known_at_both_ends() {
        for name in ["Homs Governorate", "Governorate of Homs", "muhafazat Homs"] {
            assert_eq!(key(name).bare.unwrap().0, "homs", "{name}");
        }
        assert_eq!(key("محافظة الحسكة").bare.unwrap().0, normalised("الحسكة"));
        assert_eq!(key("Governorate").bare, None);
        assert_eq!(key("Homs").bare, None);
    }
}
