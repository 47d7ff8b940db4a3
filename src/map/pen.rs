//! What every element of a map writes with: the shaper, the unit of length and the language.

use super::words::Words;
use crate::model::Names;
use crate::project::Digits;
use crate::scene::{Anchor, Color, Direction, Shaper, Text};
use std::borrow::Cow;

/// What elements write with.
pub struct Pen {
    /// Shapes texts.
    pub shaper: Shaper,
    /// Pixels for a unit of the design, which is 1600 × 1200 units.
    pub unit: f64,
    /// The words of the figure's language.
    pub words: &'static Words,
    /// Digits of Arabic texts.
    pub digits: Digits,
    /// The second language of names; may be empty.
    pub second: String,
}

/// How a text looks.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Size in units of the design; never drawn below 11 pixels.
    pub size: f64,
    /// 400 or 700.
    pub weight: u16,
    /// Colour.
    pub color: Color,
}

impl Pen {
    /// A name in the figure's language, and in the second one where there is one that differs.
    pub fn names(&self, names: &Names) -> (String, Option<String>) {
        let first = names.get(self.words.lang).to_owned();
        let second = Some(names.get(&self.second)).filter(|s| !self.second.is_empty() && **s != first);
        (first, second.map(str::to_owned))
    }

    /// Size in pixels of a style.
    pub fn size(&self, style: Style) -> f64 {
        (style.size * self.unit).max(11.0)
    }

    /// Makes a line of text whose anchor stands at a point of the baseline.
    pub fn line(&mut self, words: &str, at: [f64; 2], anchor: Anchor, style: Style) -> Text {
        let size = self.size(style);
        let words = &*self.digits(words);
        let direction = direction_of(words, self.words.direction);
        let shaped = self.shaper.shape(words, size, style.weight, direction);
        Text {
            id: String::new(),
            text: words.to_owned(),
            at,
            anchor,
            size,
            weight: style.weight,
            slant: false,
            color: style.color,
            halo: None,
            lang: self.words.lang.to_owned(),
            direction,
            shaped,
        }
    }

    /// A line with other words.
    pub fn again(&mut self, line: &Text, words: &str) -> Text {
        let words = &*self.digits(words);
        let direction = direction_of(words, self.words.direction);
        let shaped = self.shaper.shape(words, line.size, line.weight, direction);
        Text { text: words.to_owned(), direction, shaped, ..line.clone() }
    }

    /// Width of a line in pixels.
    pub fn width(&mut self, words: &str, style: Style) -> f64 {
        let size = self.size(style);
        let words = &*self.digits(words);
        let direction = direction_of(words, self.words.direction);
        self.shaper.shape(words, size, style.weight, direction).width
    }

    fn digits<'a>(&self, words: &'a str) -> Cow<'a, str> {
        match (self.digits, self.words.direction) {
            (Digits::Arabic, Direction::Rtl) => Cow::Owned(arabic_digits(words)),
            _ => Cow::Borrowed(words),
        }
    }
}

/// The direction of a text: that of its first letter outside isolated runs, else the one given.
pub fn direction_of(words: &str, otherwise: Direction) -> Direction {
    let mut isolated = 0_usize;
    for letter in words.chars() {
        match letter {
            '\u{2066}'..='\u{2068}' => isolated += 1,
            '\u{2069}' => isolated = isolated.saturating_sub(1),
            _ if isolated > 0 || !letter.is_alphabetic() => {}
            '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' => return Direction::Rtl,
            _ => return Direction::Ltr,
        }
    }
    otherwise
}

/// Writes numbers with the digits of Arabic; a run of isolated Latin words keeps its own.
///
/// A code or a name such as `T4` stays as it is: digits beside a Latin letter are no number of the text.
pub fn arabic_digits(words: &str) -> String {
    let is_latin = |part: &str| part.chars().any(|c| c.is_ascii_alphabetic());
    let digit = |c: char| c.to_digit(10).and_then(|d| char::from_u32(0x0660 + d)).unwrap_or(c);
    let mut out = String::with_capacity(words.len() * 2);
    for part in words.split_inclusive('\u{2069}') {
        let (before, inside) = part.split_at(part.find('\u{2068}').unwrap_or(part.len()));
        for run in [before, inside] {
            if is_latin(run) { out.push_str(run) } else { out.extend(run.chars().map(digit)) }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{arabic_digits, direction_of};
    use crate::scene::Direction;

    #[test]
    fn an_isolated_name_does_not_turn_a_line() {
        let (ltr, rtl) = (Direction::Ltr, Direction::Rtl);
        assert_eq!(direction_of("\u{2068}SOHR\u{2069}، حلب", ltr), rtl);
        assert_eq!(direction_of("\u{2068}SOHR\u{2069}.", rtl), rtl);
        assert_eq!(direction_of("SOHR، حلب", rtl), ltr);
    }

    #[test]
    fn numbers_take_arabic_digits_and_names_keep_theirs() {
        assert_eq!(
            arabic_digits("يوم \u{2068}7\u{2069}، \u{2068}Daraa 24\u{2069} و 6"),
            "يوم \u{2068}٧\u{2069}، \u{2068}Daraa 24\u{2069} و ٦"
        );
    }
}
