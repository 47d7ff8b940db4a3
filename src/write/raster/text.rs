//! Texts as outlines: takes shaped glyphs, gives the outlines of their letters and of their halo.

use super::line::look;
use super::planar::ToPixel;
use crate::scene::{FONTS, FontIndex, Text};
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
    /// In pixels about the glyph's origin, by size and width.
    halos: HashMap<(FontIndex, u16, u64, u64), Option<Path>>,
}

/// The outlines of a text in pixels: of its halo and of its letters.
pub(super) struct Outlines {
    pub(super) halo: Option<Path>,
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

fn moved(path: &Path, by: Transform, to: &mut PathBuilder) {
    if let Some(path) = path.clone().transform(by) {
        to.push_path(&path);
    }
}

impl Glyphs {
    /// The outlines of a text. Letters are one path and the halo another, so that what overlaps is
    /// drawn once.
    pub(super) fn outlines(&mut self, text: &Text, to_pixel: ToPixel) -> Outlines {
        let size = text.size * to_pixel.scale;
        let halo = text.halo.filter(|h| h.width > 0.0).map(|h| h.width * to_pixel.scale * 2.0);
        let origin = to_pixel.map([text.left(), text.at[1]]);
        let mut letters = PathBuilder::new();
        let mut halos = PathBuilder::new();
        for run in &text.shaped.runs {
            let Some(units) = self.font(run.font).as_ref().map(|f| f.1) else { continue };
            let em = size as f32 / units;
            for glyph in &run.glyphs {
                let x = (origin[0] + f64::from(glyph.x) * to_pixel.scale) as f32;
                let y = (origin[1] + f64::from(glyph.y) * to_pixel.scale) as f32;
                if let Some(path) = self.outline(run.font, glyph.id) {
                    moved(path, Transform::from_row(em, 0.0, 0.0, -em, x, y), &mut letters);
                }
                if let Some(path) = halo.and_then(|width| self.halo(run.font, glyph.id, em, width)) {
                    moved(path, Transform::from_translate(x, y), &mut halos);
                }
            }
        }
        Outlines { halo: halos.finish(), letters: letters.finish() }
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

    fn halo(&mut self, font: FontIndex, glyph: u16, em: f32, width: f64) -> Option<&Path> {
        let key = (font, glyph, u64::from(em.to_bits()), width.to_bits());
        if !self.halos.contains_key(&key) {
            let path = self
                .outline(font, glyph)
                .cloned()
                .and_then(|p| p.transform(Transform::from_scale(em, -em))?.stroke(&look(width as f32), 1.0));
            self.halos.insert(key, path);
        }
        self.halos.get(&key)?.as_ref()
    }
}
