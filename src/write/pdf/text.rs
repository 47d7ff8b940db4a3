//! Texts: takes shaped glyphs, draws them so that the words can be found and copied, above an outlined halo.

use super::line::{color, round_stroke};
use super::node::Sheet;
use crate::scene::{FONTS, FontIndex, Run, Shaper, Text};
use krilla::geom::Point;
use krilla::paint::{Fill, FillRule};
use krilla::tagging::{ContentTag, SpanTag};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use std::ops::Range;

/// The fonts of a document, and what tells which glyph shows which letters.
pub(super) struct Letters {
    /// In the order of [`FONTS`].
    fonts: Vec<Option<Font>>,
    shaper: Shaper,
}

impl Letters {
    /// Knows the fonts that ship.
    pub fn new() -> Self {
        Self { fonts: FONTS.iter().map(|font| Font::new(font.bytes.into(), 0)).collect(), shaper: Shaper::new() }
    }

    fn font(&self, index: FontIndex) -> Option<Font> {
        self.fonts.get(usize::from(index.0)).cloned().flatten()
    }

    /// The words as shaped, and the bytes that each glyph shows; of a text whose glyphs are not those of its
    /// words the first glyph shows them all.
    fn sources(&mut self, text: &Text) -> (String, Vec<Range<usize>>) {
        let (words, ranges) = self.shaper.sources(&text.text, text.size, text.weight, text.direction);
        let count: usize = text.shaped.runs.iter().map(|run| run.glyphs.len()).sum();
        let words = words.into_owned();
        if ranges.len() == count {
            return (words, ranges);
        }
        let whole = 0..words.len();
        (words, vec![whole; count])
    }
}

impl Sheet<'_, '_, '_> {
    /// Draws a line of text.
    pub(super) fn text(&mut self, text: &Text) {
        let sound = text.size.is_finite() && text.size > 0.0 && text.at.iter().all(|v| v.is_finite());
        if !sound || text.shaped.runs.is_empty() {
            return;
        }
        self.rest();
        let (words, sources) = self.letters.sources(text);
        let lang = (!text.lang.is_empty() && text.lang != self.lang).then_some(text.lang.as_str());
        let id = self.surface.start_tagged(ContentTag::Span(SpanTag::empty().with_lang(lang)));
        self.content.texts.push(id.into());
        if let Some(halo) = text.halo.filter(|halo| halo.width > 0.0) {
            let (rgb, opacity) = color(halo.color);
            self.surface.set_fill(None);
            self.surface.set_stroke(Some(round_stroke(rgb.into(), opacity, 2.0 * halo.width as f32)));
            // all rims first, or that of a letter would cover the one before it
            self.runs(text, &words, &sources, true);
        }
        let (rgb, opacity) = color(text.color);
        self.surface.set_stroke(None);
        self.surface.set_fill(Some(Fill { paint: rgb.into(), opacity, rule: FillRule::NonZero }));
        self.runs(text, &words, &sources, false);
        self.surface.set_fill(None);
        self.surface.end_tagged();
    }

    fn runs(&mut self, text: &Text, words: &str, sources: &[Range<usize>], outlined: bool) {
        let mut rest = sources;
        for (i, run) in text.shaped.runs.iter().enumerate() {
            let (own, others) = rest.split_at(run.glyphs.len());
            rest = others;
            let Some(font) = self.letters.font(run.font) else { continue };
            let next = text.shaped.runs.get(i + 1).and_then(|run| run.glyphs.first());
            let end = next.map_or(text.shaped.width as f32, |glyph| glyph.x);
            for piece in pieces(own) {
                let (start, glyphs) = placed(run, piece.clone(), own, end, text.size as f32);
                let at = Point::from_xy(text.left() as f32 + start, text.at[1] as f32);
                self.surface.draw_glyphs(at, &glyphs, font.clone(), words, text.size as f32, outlined);
            }
        }
    }
}

/// Parts of a run whose letters all go one way.
fn pieces(sources: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = Vec::new();
    let mut way = 0;
    for i in 0..sources.len() {
        let step = if i == 0 { 0 } else { sources[i].start.cmp(&sources[i - 1].start) as i32 };
        match all.last_mut() {
            Some(last) if step == 0 || way == 0 || step == way => {
                last.end = i + 1;
                if step != 0 {
                    way = step;
                }
            }
            _ => {
                all.push(i..i + 1);
                way = 0;
            }
        }
    }
    all
}

/// Glyphs of a run as PDF places them: from pen to pen. `end` is where the run ends.
fn placed(run: &Run, piece: Range<usize>, sources: &[Range<usize>], end: f32, size: f32) -> (f32, Vec<KrillaGlyph>) {
    let glyphs = &run.glyphs;
    let start = glyphs[piece.start].x;
    let place = |i: usize| {
        let x = glyphs[i].x;
        let next = glyphs.get(i + 1).map_or(end, |glyph| glyph.x);
        let id = GlyphId::new(u32::from(glyphs[i].id));
        let y = -glyphs[i].y / size;
        KrillaGlyph::new(id, (next - x) / size, 0.0, y, 0.0, sources[i].clone(), None)
    };
    (start, piece.map(place).collect())
}
