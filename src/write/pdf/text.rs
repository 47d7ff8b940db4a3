//! Texts: takes shaped glyphs, draws them so that the words can be found and copied, above an outlined halo.

use super::line::{color, round_stroke};
use super::node::Sheet;
use crate::scene::{FONTS, FontIndex, Run, SLANT, Shaper, Text};
use krilla::geom::{Point, Transform};
use krilla::paint::{Fill, FillRule};
use krilla::tagging::{ContentTag, SpanTag};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};
use std::ops::Range;

/// The fonts of a document, and what tells which glyph shows which letters.
pub(super) struct Letters {
    /// In the order of [`FONTS`].
    fonts: Vec<Option<Font>>,
    blanks: Blanks,
    shaper: Shaper,
}

impl Letters {
    /// Knows the fonts that ship.
    pub fn new() -> Self {
        Self {
            fonts: FONTS.iter().map(|font| Font::new(font.bytes.into(), 0)).collect(),
            blanks: Blanks::new(),
            shaper: Shaper::new(),
        }
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
        if text.slant {
            let by = Transform::from_row(1.0, 0.0, -SLANT as f32, 1.0, (SLANT * text.at[1]) as f32, 0.0);
            let upright = Text { slant: false, ..text.clone() };
            return self.inside(|s| s.push_transform(&by), |sheet| sheet.text(&upright));
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
                let (mut x, y, size) = (text.left() as f32 + start, text.at[1] as f32, text.size as f32);
                let whole = |glyphs| vec![(Part::Letters, glyphs)];
                let parts = if outlined { whole(glyphs) } else { spelled(glyphs, words, &mut self.letters.blanks) };
                for (part, glyphs) in parts {
                    let blank = (part == Part::Blanks).then(|| self.letters.font(self.letters.blanks.font)).flatten();
                    let font = blank.unwrap_or_else(|| font.clone());
                    let outlined = outlined || part == Part::Shape;
                    self.surface.draw_glyphs(Point::from_xy(x, y), &glyphs, font, words, size, outlined);
                    x += glyphs.iter().map(|glyph| glyph.x_advance * size).sum::<f32>();
                }
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

/// What a part of a piece is drawn as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Letters of its font.
    Letters,
    /// Letters without ink.
    Blanks,
    /// Ink without letters.
    Shape,
}

/// Gives each letter that runs to the left a glyph of its own: readers of PDF turn the line around glyph by
/// glyph, and most leave the letters within one as they are. What a ligature shows besides its first letter
/// goes to blanks at its left edge, and so does a mark off the line, which is drawn as a shape.
fn spelled(glyphs: Vec<KrillaGlyph>, words: &str, blanks: &mut Blanks) -> Vec<(Part, Vec<KrillaGlyph>)> {
    let mut all: Vec<(Part, Vec<KrillaGlyph>)> = Vec::new();
    let mut add = |part: Part, glyph: KrillaGlyph| match all.last_mut() {
        Some((kind, glyphs)) if *kind == part => glyphs.push(glyph),
        _ => all.push((part, vec![glyph])),
    };
    for cluster in glyphs.chunk_by(|a, b| a.text_range == b.text_range) {
        let range = cluster[0].text_range.clone();
        let letters: Vec<(usize, char)> = words[range.clone()].char_indices().collect();
        let rtl = letters
            .iter()
            .all(|(_, c)| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'));
        let spare = letters.len().saturating_sub(cluster.len());
        // a mark has a glyph, sooner than a second letter has
        let is_mark = |k: &usize| matches!(letters[*k].1, '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}');
        let (marks, others): (Vec<usize>, Vec<usize>) = (1..letters.len()).rev().partition(is_mark);
        let hidden: Vec<usize> = others.into_iter().chain(marks).take(spare).collect();
        let found: Option<Vec<GlyphId>> = hidden.iter().map(|k| blanks.of(letters[*k].1)).collect();
        let (true, true, Some(found)) = (rtl, letters.len() > 1 && letters.len() >= cluster.len(), found) else {
            cluster.iter().for_each(|glyph| add(Part::Letters, glyph.clone()));
            continue;
        };
        let mut shown = cluster.iter();
        for (k, (from, letter)) in letters.iter().enumerate().rev() {
            let from = range.start + from;
            let range = from..from + letter.len_utf8();
            if let Some(i) = hidden.iter().position(|h| *h == k) {
                add(Part::Blanks, KrillaGlyph::new(found[i], 0.0, 0.0, 0.0, 0.0, range, None));
            } else if let Some(glyph) = shown.next() {
                let glyph = KrillaGlyph { text_range: range.clone(), ..glyph.clone() };
                // readers take what stands off the line for a word of its own
                let raised = is_mark(&k) && glyph.y_offset.abs() > 1e-4;
                match raised.then(|| blanks.of(*letter)).flatten() {
                    Some(blank) => {
                        add(Part::Blanks, KrillaGlyph::new(blank, 0.0, 0.0, 0.0, 0.0, range, None));
                        add(Part::Shape, glyph);
                    }
                    None => add(Part::Letters, glyph),
                }
            }
        }
    }
    all
}

/// Glyphs without ink and without width, and the letters that they stand for: one that had a width would lie over its
/// neighbour, and readers would tear the word apart.
struct Blanks {
    /// The font that has most of them.
    font: FontIndex,
    free: Vec<GlyphId>,
    taken: Vec<(char, GlyphId)>,
}

impl Blanks {
    fn new() -> Self {
        let of = |bytes: &[u8]| -> Vec<GlyphId> {
            let Ok(font) = FontRef::new(bytes) else { return Vec::new() };
            let widths = font.glyph_metrics(Size::unscaled(), LocationRef::default());
            let wanted =
                ['\u{2069}', '\u{2068}', '\u{2067}', '\u{2066}', '\u{feff}', '\u{200d}', '\u{200c}', '\u{200b}'];
            let glyphs = wanted.iter().filter_map(|c| font.charmap().map(*c));
            let thin = glyphs.filter(|id| widths.advance_width(*id) == Some(0.0));
            thin.map(|id| GlyphId::new(id.to_u32())).collect()
        };
        let mut most = (FontIndex(0), Vec::new());
        for (i, font) in (0u8..).zip(FONTS) {
            let free = of(font.bytes);
            if free.len() > most.1.len() {
                most = (FontIndex(i), free);
            }
        }
        Self { font: most.0, free: most.1, taken: Vec::new() }
    }

    /// A glyph that stands for a letter and no other, as long as there are any.
    fn of(&mut self, letter: char) -> Option<GlyphId> {
        if let Some((_, id)) = self.taken.iter().find(|(c, _)| *c == letter) {
            return Some(*id);
        }
        let id = self.free.pop()?;
        self.taken.push((letter, id));
        Some(id)
    }
}
