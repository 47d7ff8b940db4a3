//! Fonts inside an SVG: takes the characters used, gives `@font-face` rules with cut-down fonts.

use crate::scene::{FONTS, Font, Text};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use skera::{Plan, SubsetFlags, subset_font};
use skrifa::raw::collections::IntSet;
use skrifa::{FontRef, MetadataProvider, Tag};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// What shaping needs; the fonts' other features would only bring unused glyphs.
const FEATURES: [&[u8; 4]; 12] =
    [b"ccmp", b"locl", b"kern", b"mark", b"mkmk", b"isol", b"init", b"medi", b"fina", b"rlig", b"liga", b"calt"];

/// Characters used, by weight.
#[derive(Debug, Default)]
pub struct Used(BTreeMap<u16, BTreeSet<char>>);

impl Used {
    /// Adds the characters of a text that has glyphs.
    pub fn add(&mut self, text: &Text) {
        for run in &text.shaped.runs {
            if let Some(font) = FONTS.get(usize::from(run.font.0)) {
                let all = self.0.entry(font.weight).or_default();
                all.extend(text.text.chars().map(|c| if c.is_control() { ' ' } else { c }));
            }
        }
    }

    /// Adds characters in a weight.
    pub fn add_letters(&mut self, letters: &str, weight: u16) {
        let all = self.0.entry(weight).or_default();
        all.extend(letters.chars().filter(|c| !c.is_control()));
    }

    /// Gives the rules for all fonts used.
    pub fn rules(&self) -> String {
        let mut out = String::new();
        for (weight, all) in &self.0 {
            let mut left = all.clone();
            for font in FONTS.iter().filter(|f| f.weight == *weight) {
                let Ok(file) = FontRef::new(font.bytes) else { continue };
                let map = file.charmap();
                // a character comes from the first family that has it, as a viewer looks them up
                let (mine, others): (BTreeSet<_>, BTreeSet<_>) = left.into_iter().partition(|c| map.map(*c).is_some());
                left = others;
                if !mine.is_empty() {
                    push_rule(&mut out, font, &subset(font, &file, &mine));
                }
            }
        }
        out
    }
}

fn push_rule(out: &mut String, font: &Font, bytes: &[u8]) {
    let _ = write!(
        out,
        "@font-face{{font-family:'{}';font-weight:{};src:url(data:font/ttf;base64,",
        font.family, font.weight
    );
    STANDARD.encode_string(bytes, out);
    out.push_str(") format('truetype')}\n");
}

/// Cuts a font down to some characters and what shaping makes of them.
fn subset(font: &Font, file: &FontRef, characters: &BTreeSet<char>) -> Vec<u8> {
    let unicodes: IntSet<u32> = characters.iter().map(|c| u32::from(*c)).collect();
    let features: IntSet<Tag> = FEATURES.iter().map(|tag| Tag::new(tag)).collect();
    let plan = Plan::new(
        &IntSet::empty(),
        &unicodes,
        file,
        SubsetFlags::SUBSET_FLAGS_NO_HINTING | SubsetFlags::SUBSET_FLAGS_NOTDEF_OUTLINE,
        // nothing but hints to grid fitting
        &[Tag::new(b"gasp")].into_iter().collect(),
        &IntSet::all(),
        &features,
        &IntSet::empty(),
        &IntSet::empty(),
    );
    // a font that resists goes in whole
    subset_font(file, &plan).unwrap_or_else(|_| font.bytes.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::{Anchor, Color, Shaper};

    fn used(texts: &[(&str, u16, &str)]) -> Used {
        let mut shaper = Shaper::new();
        let mut used = Used::default();
        for (words, weight, lang) in texts {
            used.add(&shaper.text(words, [0.0; 2], Anchor::Left, 12.0, *weight, Color::BLACK, lang));
        }
        used
    }

    fn files(rules: &str) -> Vec<Vec<u8>> {
        let data = |line: &str| {
            let (_, rest) = line.split_once("base64,").expect("a data URL");
            let (data, _) = rest.split_once(')').expect("its end");
            STANDARD.decode(data).expect("base64")
        };
        rules.lines().map(data).collect()
    }

    #[test]
    fn only_the_fonts_and_characters_used_are_carried() {
        let rules = used(&[("Aleppo", 400, "en"), ("حلب", 400, "ar"), ("Title", 700, "en")]).rules();
        let heads: Vec<&str> = rules.lines().filter_map(|l| l.split(";src").next()).collect();
        assert_eq!(
            heads,
            [
                "@font-face{font-family:'Noto Sans';font-weight:400",
                "@font-face{font-family:'Noto Sans Arabic';font-weight:400",
                "@font-face{font-family:'Noto Sans';font-weight:700",
            ]
        );
        let files = files(&rules);
        let latin = FontRef::new(&files[0]).expect("a font");
        assert!("Aleppo".chars().all(|c| latin.charmap().map(c).is_some()));
        assert!(latin.charmap().map('T').is_none());
        assert!(files.iter().all(|f| f.len() < 8_000), "{:?}", files.iter().map(Vec::len).collect::<Vec<_>>());
        assert!(used(&[]).rules().is_empty());
    }

    #[test]
    fn a_cut_down_arabic_font_still_joins() {
        use parley::fontique::{Blob, Collection, CollectionOptions, SourceCache};
        use parley::{FontContext, FontFamily, Layout, LayoutContext, PositionedLayoutItem, StyleProperty};
        let advances = |bytes: Vec<u8>| {
            let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
            collection.register_fonts(
                Blob::from(bytes),
                Some(parley::fontique::FontInfoOverride { family_name: Some("x"), ..Default::default() }),
            );
            let mut fonts = FontContext { collection, source_cache: SourceCache::default() };
            let mut layouts: LayoutContext<()> = LayoutContext::new();
            let words = "حلب لا اللاذقية";
            let mut builder = layouts.ranged_builder(&mut fonts, words, 1.0, false);
            builder.push_default(StyleProperty::FontFamily(FontFamily::named("x")));
            builder.push_default(StyleProperty::FontSize(100.0));
            let mut layout: Layout<()> = builder.build(words);
            layout.break_all_lines(None);
            let mut all = Vec::new();
            for item in layout.lines().flat_map(|l| l.items()) {
                if let PositionedLayoutItem::GlyphRun(run) = item {
                    all.extend(run.glyphs().map(|g| (g.id == 0, g.advance, g.x, g.y)));
                }
            }
            all
        };
        let rules = used(&[("حلب لا اللاذقية", 400, "ar")]).rules();
        let whole = advances(FONTS[2].bytes.to_vec());
        let cut = advances(files(&rules)[1].clone());
        assert_eq!(whole.len(), cut.len());
        // the blank is the other family's, so it is a box here
        assert_eq!(cut.iter().filter(|g| g.0).count(), 2);
        for (a, b) in whole.iter().zip(&cut) {
            assert!(b.0 || a == b, "{a:?} {b:?}");
        }
    }

    #[test]
    fn the_same_characters_give_the_same_bytes() {
        let a = used(&[("ab", 400, "en"), ("c", 400, "en")]).rules();
        assert_eq!(a, used(&[("c", 400, "en"), ("ba", 400, "en")]).rules());
    }
}
