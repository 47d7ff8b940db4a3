//! Shapes lines of text with the fonts that ship: takes words, gives glyphs at positions.

use super::source;
#[cfg(test)]
use super::{Anchor, Color, Text};
use super::{Direction, FONTS, FontIndex, Glyph, Run, ShapedText};
use parley::fontique::{Blob, Collection, CollectionOptions, SourceCache};
use parley::style::{FontFamily, FontFamilyName, FontWeight, TextStyle, TextWrapMode};
use parley::{BaseDirection, FontContext, Layout, LayoutContext, PositionedLayoutItem};
use skrifa::{FontRef, MetadataProvider};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// Turns words into glyphs; keeps what it has learnt about the fonts from line to line.
pub struct Shaper {
    fonts: FontContext,
    layouts: LayoutContext<()>,
    layout: Layout<()>,
    /// In the order of [`FONTS`].
    known: Vec<Known>,
    /// The families in the order asked, so that each script finds its own.
    families: Vec<FontFamilyName<'static>>,
    missing: BTreeSet<char>,
    /// The same as a slice.
    missing_sorted: Vec<char>,
}

/// What the shaper knows about a font.
struct Known {
    /// The file's id in the collection, by which a run tells its font.
    file: u64,
    /// Glyph of the blank, which also stands for characters that do not show.
    blank: u16,
}

impl std::fmt::Debug for Shaper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shaper").field("missing", &self.missing_sorted).finish_non_exhaustive()
    }
}

impl Default for Shaper {
    fn default() -> Self {
        Self::new()
    }
}

impl Shaper {
    /// Makes one that knows the fonts that ship and no other.
    pub fn new() -> Self {
        let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
        let mut known = Vec::with_capacity(FONTS.len());
        let mut families: Vec<FontFamilyName<'static>> = Vec::new();
        for font in FONTS {
            let blob = Blob::new(Arc::new(font.bytes));
            let blank = FontRef::new(font.bytes).ok().and_then(|f| f.charmap().map(' '));
            known.push(Known { file: blob.id(), blank: blank.map_or(0, |g| g.to_u32() as u16) });
            collection.register_fonts(blob, None);
            let name = FontFamilyName::named(font.family);
            if !families.contains(&name) {
                families.push(name);
            }
        }
        Self {
            fonts: FontContext { collection, source_cache: SourceCache::default() },
            layouts: LayoutContext::new(),
            layout: Layout::new(),
            known,
            families,
            missing: BTreeSet::new(),
            missing_sorted: Vec::new(),
        }
    }

    /// Shapes one line: joined, kerned and in the order of the page, from left to right.
    ///
    /// Line ends, tabs and other control characters become blanks. A character that no font has stays
    /// visible as the font's empty box and is counted in [`Self::missing`].
    ///
    /// # Units
    /// `size` in pixels; `weight` is 400 or 700.
    pub fn shape(&mut self, text: &str, size: f64, weight: u16, direction: Direction) -> ShapedText {
        if text.is_empty() {
            // the height of a line, without a line
            return ShapedText { runs: Vec::new(), width: 0.0, ..self.shape(" ", size, weight, direction) };
        }
        let text = one_line(text);
        self.lay_out(&text, size, weight, direction);
        let known = self.missing.len();
        let shaped = collect(&self.layout, &text, &self.known, &mut self.missing);
        if self.missing.len() != known {
            self.missing_sorted = self.missing.iter().copied().collect();
        }
        shaped
    }

    /// Gives the words as they are shaped, and for each glyph of [`Self::shape`] which bytes of them it shows,
    /// run after run.
    pub fn sources<'t>(
        &mut self,
        text: &'t str,
        size: f64,
        weight: u16,
        direction: Direction,
    ) -> (Cow<'t, str>, Vec<Range<usize>>) {
        let text = one_line(text);
        if text.is_empty() {
            return (text, Vec::new());
        }
        self.lay_out(&text, size, weight, direction);
        let shown = source::sources(&self.layout);
        let shows = |file: u64, id: u32, advance: f32| {
            let known = self.known.iter().find(|font| font.file == file);
            known.is_some_and(|font| is_shown(u16::try_from(id).unwrap_or(0), advance, font))
        };
        let ranges = shown.into_iter().filter(|s| shows(s.file, s.id, s.advance)).map(|s| s.range).collect();
        (text, ranges)
    }

    /// Puts a line into the layout.
    fn lay_out(&mut self, text: &str, size: f64, weight: u16, direction: Direction) {
        let size = if size.is_finite() { size.clamp(0.0, 1e5) } else { 0.0 };
        let style = TextStyle {
            font_family: FontFamily::List(Cow::Borrowed(&self.families)),
            font_size: size as f32,
            font_weight: FontWeight::new(f32::from(weight)),
            text_wrap_mode: TextWrapMode::NoWrap,
            brush: (),
            ..TextStyle::default()
        };
        let mut builder = self.layouts.style_run_builder(&mut self.fonts, text, 1.0, false);
        let style = builder.push_style(style);
        builder.push_style_run(style, ..);
        builder.set_base_direction(match direction {
            Direction::Ltr => BaseDirection::Ltr,
            Direction::Rtl => BaseDirection::Rtl,
        });
        builder.build_into(&mut self.layout, text);
        self.layout.break_all_lines(None);
    }

    /// Gives the characters so far that no font has, sorted.
    pub fn missing(&self) -> &[char] {
        &self.missing_sorted
    }
}

impl Direction {
    /// Gives the direction that a language is written in, by its BCP 47 tag.
    pub fn of_language(tag: &str) -> Self {
        let mut parts = tag.split(['-', '_']);
        let language = parts.next().unwrap_or_default().to_ascii_lowercase();
        // a script, if one is named, decides
        let script = parts.find(|p| p.len() == 4 && p.bytes().all(|b| b.is_ascii_alphabetic()));
        let rtl = match script {
            Some(script) => ["arab", "hebr", "syrc", "thaa", "nkoo"].iter().any(|s| script.eq_ignore_ascii_case(s)),
            None => ["ar", "fa", "he", "ur", "ckb", "ps", "yi", "sd", "ug", "dv", "syr", "arc"].contains(&&*language),
        };
        if rtl { Self::Rtl } else { Self::Ltr }
    }
}

/// Copies the line out of a layout; adds to `missing` what its fonts lack.
fn collect(layout: &Layout<()>, text: &str, fonts: &[Known], missing: &mut BTreeSet<char>) -> ShapedText {
    let mut shaped = ShapedText::default();
    // one line: the text has no line ends and nothing wraps
    for item in layout.lines().flat_map(|line| line.items()) {
        let PositionedLayoutItem::GlyphRun(line) = item else { continue };
        let metrics = line.run().font_metrics();
        shaped.ascent = shaped.ascent.max(f64::from(metrics.ascent));
        shaped.descent = shaped.descent.max(f64::from(metrics.descent));
        let file = line.run().font().data.id();
        let Some(index) = fonts.iter().position(|f| f.file == file) else { continue };
        let mut glyphs = Vec::new();
        for glyph in line.glyphs() {
            let id = u16::try_from(glyph.id).unwrap_or(0);
            if is_shown(id, glyph.advance, &fonts[index]) {
                glyphs.push(Glyph { id, x: shaped.width as f32 + glyph.x, y: glyph.y });
            }
            shaped.width += f64::from(glyph.advance);
        }
        if glyphs.iter().any(|g| g.id == 0) {
            note_missing(text.get(line.run().text_range()).unwrap_or(text), index, missing);
        }
        let font = FontIndex(index as u8);
        match shaped.runs.last_mut() {
            Some(last) if last.font == font => last.glyphs.append(&mut glyphs),
            _ if glyphs.is_empty() => {}
            _ => shaped.runs.push(Run { font, glyphs }),
        }
    }
    shaped
}

/// Tells whether a glyph is drawn: a mark of direction comes as a blank without width.
fn is_shown(glyph: u16, advance: f32, font: &Known) -> bool {
    glyph != font.blank || advance != 0.0
}

/// Notes what characters the font at `index` lacks.
fn note_missing(text: &str, index: usize, missing: &mut BTreeSet<char>) {
    let Ok(font) = FontRef::new(FONTS[index].bytes) else { return };
    let map = font.charmap();
    missing.extend(text.chars().filter(|c| map.map(*c).is_none()));
}

/// Replaces what would end the line or has no shape by blanks.
fn one_line(text: &str) -> Cow<'_, str> {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    if text.contains(breaks) { Cow::Owned(text.replace(breaks, " ")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
impl Shaper {
    /// Shapes a line and puts it on the page, for tests of what draws it.
    ///
    /// The direction is that of the language; see [`Direction::of_language`].
    ///
    /// # Units
    /// `at` and `size` in pixels.
    #[expect(clippy::too_many_arguments, reason = "a text has that many properties")]
    pub fn text(
        &mut self,
        words: &str,
        at: [f64; 2],
        anchor: Anchor,
        size: f64,
        weight: u16,
        color: Color,
        lang: &str,
    ) -> Text {
        let direction = Direction::of_language(lang);
        let shaped = self.shape(words, size, weight, direction);
        Text {
            id: String::new(),
            text: words.to_owned(),
            at,
            anchor,
            size,
            weight,
            slant: false,
            color,
            halo: None,
            lang: lang.to_owned(),
            direction,
            shaped,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(shaped: &ShapedText) -> Vec<(u8, u16)> {
        shaped.runs.iter().flat_map(|r| r.glyphs.iter().map(|g| (r.font.0, g.id))).collect()
    }

    fn glyph_of(font: u8, c: char) -> u16 {
        let font = FontRef::new(FONTS[usize::from(font)].bytes).expect("a font that ships");
        font.charmap().map(c).map_or(0, |g| g.to_u32() as u16)
    }

    #[test]
    fn kerning_brings_letters_closer() {
        let mut shaper = Shaper::new();
        let mut width = |t: &str| shaper.shape(t, 100.0, 400, Direction::Ltr).width;
        assert!(width("A") > 50.0);
        assert!(width("AV") < width("A") + width("V") - 1.0);
    }

    #[test]
    fn arabic_letters_are_joined_and_run_from_right_to_left() {
        let mut shaper = Shaper::new();
        let joined = shaper.shape("حلب", 20.0, 400, Direction::Rtl);
        assert_eq!(joined.runs.len(), 1);
        assert_eq!(joined.runs[0].font, FontIndex(2));
        let glyphs = &joined.runs[0].glyphs;
        for c in "حلب".chars() {
            assert!(glyphs.iter().all(|g| g.id != glyph_of(2, c)), "{c} is isolated");
        }
        assert!(glyphs.windows(2).all(|w| w[0].x <= w[1].x));
        // the first letter stands last: the rightmost glyph is that of a lone initial
        let reversed = shaper.shape("حـ", 20.0, 400, Direction::Rtl);
        let first = reversed.runs[0].glyphs.last().expect("two glyphs").id;
        assert_eq!(glyphs.last().map(|g| g.id), Some(first));
    }

    #[test]
    fn an_isolated_date_keeps_its_order_in_arabic_and_the_isolates_take_no_room() {
        let mut shaper = Shaper::new();
        let date = "2024-12-07";
        let alone = shaper.shape(date, 20.0, 400, Direction::Ltr);
        let mixed = shaper.shape(&format!("حلب \u{2068}{date}\u{2069} حلب"), 20.0, 400, Direction::Rtl);
        let plain = shaper.shape("حلب حلب", 20.0, 400, Direction::Rtl);
        let space = shaper.shape(" ", 20.0, 400, Direction::Rtl).width;
        assert!((mixed.width - plain.width - alone.width - space).abs() < 0.01);
        let wanted: Vec<(u8, u16)> = date.chars().map(|c| (0, glyph_of(0, c))).collect();
        let all = ids(&mixed);
        assert!(all.windows(wanted.len()).any(|w| w == wanted), "{all:?}");
        // without isolates the parts of the date change places
        let bare = ids(&shaper.shape(&format!("حلب {date} حلب"), 20.0, 400, Direction::Rtl));
        assert!(!bare.windows(wanted.len()).any(|w| w == wanted));
        assert_eq!(all.len(), ids(&plain).len() + wanted.len() + 1);
    }

    #[test]
    fn the_base_direction_orders_the_runs() {
        let mut shaper = Shaper::new();
        let fonts = |s: ShapedText| s.runs.iter().map(|r| r.font.0).collect::<Vec<_>>();
        assert_eq!(fonts(shaper.shape("Aleppo حلب", 20.0, 400, Direction::Ltr)), [0, 2]);
        assert_eq!(fonts(shaper.shape("Aleppo حلب", 20.0, 400, Direction::Rtl)), [2, 0]);
        assert_eq!(fonts(shaper.shape("Aleppo حلب", 20.0, 700, Direction::Rtl)), [3, 1]);
    }

    #[test]
    fn every_letter_of_the_languages_that_ship_has_a_glyph() {
        let words = [
            "Şırnak, Kurdî, Ḥalab, Dayr az-Zawr",
            "Київ, Харків, Ґ ґ Є є Ї ї",
            "Αθήνα",
            "دير الزور، إدلب، ؟ ٠١٢٣",
            "“80 %” · 1 000 km² – 5 − 3 ≈ 2 → ± € № ©",
            "\u{2068}2024-12-07\u{2069} \u{200f}\u{200e}",
            "",
        ];
        let mut shaper = Shaper::new();
        for word in words {
            for weight in [400, 700] {
                for direction in [Direction::Ltr, Direction::Rtl] {
                    let shaped = shaper.shape(word, 12.0, weight, direction);
                    assert!(ids(&shaped).iter().all(|g| g.1 != 0), "{word}");
                    assert!(shaped.ascent > 10.0 && shaped.descent > 2.0, "{word}");
                }
            }
        }
        assert!(shaper.missing().is_empty(), "{:?}", shaper.missing());
        let greek = shaper.shape("Αθήνα Київ", 12.0, 400, Direction::Ltr);
        assert_eq!(greek.runs.iter().map(|r| r.font.0).collect::<Vec<_>>(), [0]);
    }

    #[test]
    fn a_character_that_no_font_has_shows_as_a_box_and_is_counted() {
        let mut shaper = Shaper::new();
        let shaped = shaper.shape("a漢b字", 12.0, 400, Direction::Ltr);
        assert_eq!(ids(&shaped).iter().filter(|g| g.1 == 0).count(), 2);
        assert_eq!(shaper.missing(), ['字', '漢']);
    }

    #[test]
    fn line_ends_become_blanks_and_odd_sizes_do_no_harm() {
        let mut shaper = Shaper::new();
        let one = shaper.shape("a\nb\u{2029}c", 12.0, 400, Direction::Ltr);
        assert_eq!(one, shaper.shape("a b c", 12.0, 400, Direction::Ltr));
        for size in [0.0, -1.0, 1e300, f64::NAN, f64::INFINITY] {
            assert!(shaper.shape("a", size, 400, Direction::Ltr).width.is_finite());
        }
        assert_eq!(shaper.shape("", 12.0, 400, Direction::Ltr).width, 0.0);
    }

    #[test]
    fn the_same_words_give_the_same_glyphs_whatever_came_before() {
        let mut used = Shaper::new();
        used.shape("حلب 123 Київ", 33.0, 700, Direction::Rtl);
        let words = "دير الزور Deir 5";
        assert_eq!(used.shape(words, 12.0, 400, Direction::Rtl), Shaper::new().shape(words, 12.0, 400, Direction::Rtl));
    }

    #[test]
    fn a_language_tells_its_direction() {
        for tag in ["ar", "ar-SY", "fa", "he", "ur", "ckb", "AR", "az-Arab"] {
            assert_eq!(Direction::of_language(tag), Direction::Rtl, "{tag}");
        }
        for tag in ["en", "uk", "", "arn", "ku-Latn", "ar-Latn"] {
            assert_eq!(Direction::of_language(tag), Direction::Ltr, "{tag}");
        }
    }
}
