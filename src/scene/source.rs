//! Which part of a line each glyph shows: takes a layout, gives ranges of bytes.

use parley::{Layout, PositionedLayoutItem};
use std::ops::Range;

/// A glyph and what it shows.
pub(super) struct Shown {
    /// The font's file in the collection.
    pub file: u64,
    /// The glyph.
    pub id: u32,
    /// How far it moves the pen.
    pub advance: f32,
    /// The bytes of the line that it shows; all glyphs of a cluster show the whole of it.
    pub range: Range<usize>,
}

/// Every glyph of a line from left to right.
pub(super) fn sources(layout: &Layout<()>) -> Vec<Shown> {
    let mut all: Vec<Shown> = Vec::new();
    for item in layout.lines().flat_map(|line| line.items()) {
        let PositionedLayoutItem::GlyphRun(line) = item else { continue };
        let run = line.run();
        let file = run.font().data.id();
        // what a ligature goes on with has no glyphs: it comes after its start, or before where the line runs
        // to the left
        let (mut pending, first) = (None, all.len());
        for cluster in run.visual_clusters() {
            let mut range = cluster.text_range();
            if cluster.is_ligature_continuation() {
                if run.is_rtl() {
                    pending = pending.max(Some(range.end));
                } else if let Some(start) = all[first..].last().map(|shown| shown.range.start) {
                    let of_start = all[first..].iter_mut().rev().take_while(|shown| shown.range.start == start);
                    of_start.for_each(|shown| shown.range.end = shown.range.end.max(range.end));
                }
                continue;
            }
            range.end = pending.take().map_or(range.end, |end: usize| end.max(range.end));
            let glyphs = cluster.glyphs();
            all.extend(glyphs.map(|g| Shown { file, id: g.id, advance: g.advance, range: range.clone() }));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use crate::scene::{Direction, Shaper};

    fn pieces(text: &str, direction: Direction) -> Vec<String> {
        let (words, ranges) = Shaper::new().sources(text, 20.0, 400, direction);
        ranges.into_iter().map(|range| words[range].to_owned()).collect()
    }

    #[test]
    fn each_glyph_shows_its_letters_from_left_to_right() {
        assert_eq!(pieces("ab c", Direction::Ltr), ["a", "b", " ", "c"]);
        assert_eq!(pieces("حلب 12", Direction::Rtl), ["1", "2", " ", "ب", "ل", "ح"]);
        // the two letters of lam-alef are one shape
        let ligature = pieces("لاب", Direction::Rtl);
        assert_eq!(ligature.last().map(String::as_str), Some("لا"), "{ligature:?}");
    }

    #[test]
    fn there_is_a_range_for_every_glyph_that_is_drawn() {
        let words =
            ["", "Aleppo حلب", "حلب \u{2068}2024-12-07\u{2069} الأردن لا", "a\nb\u{2029}c", "ffi é e\u{301}", "\u{200f}‎"];
        let mut shaper = Shaper::new();
        for text in words {
            for direction in [Direction::Ltr, Direction::Rtl] {
                let shaped = shaper.shape(text, 20.0, 400, direction);
                let glyphs: usize = shaped.runs.iter().map(|run| run.glyphs.len()).sum();
                let (source, ranges) = shaper.sources(text, 20.0, 400, direction);
                assert_eq!(ranges.len(), glyphs, "{text:?}");
                assert!(ranges.iter().all(|range| source.get(range.clone()).is_some()), "{text:?}");
            }
        }
    }
}
