//! What every element of a map writes with: the shaper, the unit of length and the language.

use super::words::Words;
use crate::model::Names;
use crate::scene::{Anchor, Color, Direction, Shaper, Text};

/// What elements write with.
pub struct Pen {
    /// Shapes texts.
    pub shaper: Shaper,
    /// Pixels for a unit of the design, which is 1600 × 1200 units.
    pub unit: f64,
    /// The words of the figure's language.
    pub words: &'static Words,
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
        let direction = direction_of(words, self.words.direction);
        let shaped = self.shaper.shape(words, size, style.weight, direction);
        Text {
            id: String::new(),
            text: words.to_owned(),
            at,
            anchor,
            size,
            weight: style.weight,
            color: style.color,
            halo: None,
            lang: self.words.lang.to_owned(),
            direction,
            shaped,
        }
    }

    /// Width of a line in pixels.
    pub fn width(&mut self, words: &str, style: Style) -> f64 {
        let size = self.size(style);
        let direction = direction_of(words, self.words.direction);
        self.shaper.shape(words, size, style.weight, direction).width
    }

    /// Breaks a text at blanks into lines of at most a width in pixels; a longer word stands alone.
    pub fn wrap(&mut self, text: &str, style: Style, width: f64) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split(' ') {
            match lines.last_mut() {
                Some(line) => {
                    let longer = format!("{line} {word}");
                    if self.width(&longer, style) <= width {
                        *line = longer;
                    } else {
                        lines.push(word.to_owned());
                    }
                }
                None => lines.push(word.to_owned()),
            }
        }
        lines
    }
}

/// The direction of a text: that of its first letter, else the one given.
pub fn direction_of(words: &str, otherwise: Direction) -> Direction {
    let first = words.chars().find(|c| c.is_alphabetic());
    match first {
        Some('\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}') => Direction::Rtl,
        Some(_) => Direction::Ltr,
        None => otherwise,
    }
}
