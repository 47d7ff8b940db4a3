//! Texts as outlines: takes shaped glyphs, gives the outlines of their letters and of their halo.

use super::line::Lines;
use super::planar::ToPixel;
use crate::scene::{FONTS, FontIndex, SLANT, Text};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlineGlyphCollection, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::collections::HashMap;
use tiny_skia::{Path, PathBuilder, Transform};

/// Outlines that were needed once.
#[derive(Default)]
pub(super) struct Glyphs {
    fonts: HashMap<FontIndex, Option<(OutlineGlyphCollection<'static>, f32)>>,
    /// In font units, y upwards.
    outlines: HashMap<(FontIndex, u16), Option<Path>>,
}

/// The outlines of a text in pixels: of its halo and of its letters.
pub(super) struct Outlines {
    pub(super) halo: Option<Lines>,
    pub(super) letters: Option<Path>,
}

struct Pen(PathBuilder);

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }
    fn quad_to(&mut self, x0: f32, y0: f32, x: f32, y: f32) {
        self.0.quad_to(x0, y0, x, y);
    }
    fn curve_to(&mut self, x0: f32, y0: f32, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.cubic_to(x0, y0, x1, y1, x, y);
    }
    fn close(&mut self) {
        self.0.close();
    }
}

impl Glyphs {
    /// The outlines of a text. All letters are one path and all lines of the halo one item, so that what
    /// overlaps is drawn once.
    pub(super) fn outlines(&mut self, text: &Text, to_pixel: ToPixel) -> Outlines {
        let size = text.size * to_pixel.scale;
        let halo = text.halo.filter(|h| h.width > 0.0);
        let origin = to_pixel.map([text.left(), text.at[1]]);
        let lean = if text.slant { SLANT as f32 } else { 0.0 };
        let mut letters = PathBuilder::new();
        let mut halo = halo.map(|h| Lines::new(h.color, h.width * to_pixel.scale * 2.0));
        for run in &text.shaped.runs {
            let Some(units) = self.font(run.font).as_ref().map(|f| f.1) else { continue };
            let em = size as f32 / units;
            for glyph in &run.glyphs {
                let x = (origin[0] + f64::from(glyph.x) * to_pixel.scale) as f32;
                let y = (origin[1] + f64::from(glyph.y) * to_pixel.scale) as f32;
                let by = Transform::from_row(em, 0.0, lean * em, -em, x, y);
                if let Some(path) = self.outline(run.font, glyph.id).and_then(|p| p.clone().transform(by)) {
                    if let Some(halo) = &mut halo {
                        halo.add_path(&path);
                    }
                    letters.push_path(&path);
                }
            }
        }
        Outlines { halo, letters: letters.finish() }
    }

    fn font(&mut self, font: FontIndex) -> &Option<(OutlineGlyphCollection<'static>, f32)> {
        self.fonts.entry(font).or_insert_with(|| {
            let font = FontRef::new(FONTS.get(usize::from(font.0))?.bytes).ok()?;
            let units = font.metrics(Size::unscaled(), LocationRef::default()).units_per_em;
            Some((font.outline_glyphs(), f32::from(units.max(1))))
        })
    }

    fn outline(&mut self, font: FontIndex, glyph: u16) -> Option<&Path> {
        if !self.outlines.contains_key(&(font, glyph)) {
            let path = self.font(font).as_ref().and_then(|(outlines, _)| {
                let mut pen = Pen(PathBuilder::new());
                let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
                outlines.get(GlyphId::from(glyph))?.draw(settings, &mut pen).ok()?;
                pen.0.finish()
            });
            self.outlines.insert((font, glyph), path);
        }
        self.outlines.get(&(font, glyph))?.as_ref()
    }
}
