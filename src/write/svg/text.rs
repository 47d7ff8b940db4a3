//! Texts as SVG: words that viewers shape again, or outlines of the glyphs.

use super::outline::{Data, number, round};
use super::xml::{Attribute, Element, Siblings, push_attribute, push_text};
use super::{Page, paint};
use crate::scene::{Anchor, Color, Direction, FONTS, FontIndex, SLANT, Text};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::fmt::Write;

/// Writes a text as words.
pub fn push_words(page: &mut Page, siblings: &mut Siblings, text: &Text) {
    page.used.add(text);
    let mut own: Vec<Attribute> = Vec::new();
    own.extend(page.ids.take(&text.id).map(|id| ("id", id)));
    own.extend([("x", number(text.at[0])), ("y", number(text.at[1]))]);
    own.extend(lean(text).map(|lean| ("transform", lean)));
    own.extend(keeps_ink(&page.tones, text).then(|| ("style", format!("fill:{}", paint::hex(text.color)))));
    let mut style = vec![("font-size", number(text.size))];
    if text.weight != 400 {
        style.push(("font-weight", text.weight.to_string()));
    }
    style.extend(paint::color("fill", text.color));
    if let Some(halo) = &text.halo {
        style.push(("paint-order", "stroke".to_owned()));
        style.extend(paint::color("stroke", halo.color));
        style.push(("stroke-width", number(halo.width * 2.0)));
    }
    // start and end are those of the reading direction
    let anchor = match (text.anchor, text.direction) {
        (Anchor::Middle, _) => Some("middle"),
        (Anchor::Left, Direction::Ltr) | (Anchor::Right, Direction::Rtl) => None,
        (Anchor::Right, Direction::Ltr) | (Anchor::Left, Direction::Rtl) => Some("end"),
    };
    style.extend(anchor.map(|a| ("text-anchor", a.to_owned())));
    if text.direction != page.direction {
        style.push(("direction", direction(text.direction).to_owned()));
    }
    if !text.lang.is_empty() && text.lang != page.lang {
        style.push(("xml:lang", text.lang.clone()));
    }
    // a line end would be a blank to some viewers and nothing to others
    let words = text.text.replace(['\n', '\r', '\t'], " ");
    if words.contains("  ") || words.trim() != words {
        own.push(("xml:space", "preserve".to_owned()));
    }
    let mut inner = String::new();
    push_text(&mut inner, &words);
    siblings.push(Element { tag: "text", own, style, inner });
}

/// Leans letters forward around their baseline, which no viewer needs an italic font for.
fn lean(text: &Text) -> Option<String> {
    let by = |v: f64| number(SLANT * v);
    text.slant.then(|| format!("matrix(1 0 {} 1 {} 0)", by(-1.0), by(text.at[1])))
}

/// Tells whether a text would be lost on its ground in the dark scheme: on one that stays light the ink stays dark.
fn keeps_ink(tones: &[[Color; 2]], text: &Text) -> bool {
    let toned =
        |color: Color| tones.iter().find(|[from, _]| *from == color.with_alpha(255)).map_or(color, |[_, to]| *to);
    let light = |Color { r, g, b, .. }: Color| (299 * u32::from(r) + 587 * u32::from(g) + 114 * u32::from(b)) / 1000;
    let apart = |ink: Color, ground: Color| light(ink).abs_diff(light(ground));
    let Some(halo) = text.halo else { return false };
    let ground = toned(halo.color);
    apart(text.color, ground) > apart(toned(text.color), ground)
}

/// Gives a reading direction's name.
pub fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Ltr => "ltr",
        Direction::Rtl => "rtl",
    }
}

/// Writes a text as outlines, each glyph defined once for each size.
pub fn push_outlines(page: &mut Page, siblings: &mut Siblings, text: &Text) {
    let mut glyphs = String::new();
    let [left, baseline] = [text.left(), text.at[1]];
    for run in &text.shaped.runs {
        for glyph in &run.glyphs {
            let Some(id) = define(page, run.font, glyph.id, text.size) else { continue };
            let [x, y] = [left + f64::from(glyph.x), baseline + f64::from(glyph.y)];
            let _ = writeln!(glyphs, "<use href=\"#{id}\" x=\"{}\" y=\"{}\"/>", number(x), number(y));
        }
    }
    let mut xml = String::from("<g");
    if let Some(id) = page.ids.take(&text.id) {
        push_attribute(&mut xml, "id", &id);
    }
    if let Some(lean) = lean(text) {
        push_attribute(&mut xml, "transform", &lean);
    }
    push_attribute(&mut xml, "role", "img");
    push_attribute(&mut xml, "aria-label", &text.text);
    for (name, value) in paint::color("fill", text.color) {
        push_attribute(&mut xml, name, &value);
    }
    xml.push_str(">\n");
    match &text.halo {
        // all rims first, or that of a letter would cover the one before it
        Some(halo) => {
            let id = page.ids.fresh("line");
            xml.push_str("<g");
            for (name, value) in paint::color("stroke", halo.color) {
                push_attribute(&mut xml, name, &value);
            }
            push_attribute(&mut xml, "stroke-width", &number(halo.width * 2.0));
            let _ = write!(xml, "><g id=\"{id}\">\n{glyphs}</g></g>\n<use href=\"#{id}\"/>\n");
        }
        None => xml.push_str(&glyphs),
    }
    xml.push_str("</g>\n");
    siblings.push_xml(&xml);
}

/// Gives the id of a glyph's outline; `None` where it has none.
fn define(page: &mut Page, font: FontIndex, glyph: u16, size: f64) -> Option<String> {
    let key = (font, glyph, size.to_bits());
    if let Some(known) = page.glyphs.get(&key) {
        return known.clone();
    }
    let file = FontRef::new(FONTS.get(usize::from(font.0))?.bytes).ok()?;
    let mut pen = Pen(Data::default());
    let settings = DrawSettings::unhinted(Size::new(size as f32), LocationRef::default());
    let drawn = file.outline_glyphs().get(GlyphId::from(glyph)).is_some_and(|g| g.draw(settings, &mut pen).is_ok());
    let id = (drawn && !pen.0.is_empty()).then(|| {
        let id = page.ids.fresh("glyph");
        let _ = writeln!(page.defs, "<path id=\"{id}\" d=\"{}\"/>", pen.0.finish());
        id
    });
    page.glyphs.insert(key, id.clone());
    id
}

/// Takes a glyph, y upwards, as path data, y downwards.
struct Pen(Data);

fn flipped(x: f32, y: f32) -> super::outline::Point {
    round([f64::from(x), -f64::from(y)])
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.start(flipped(x, y));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line(flipped(x, y));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.0.quadratic(flipped(cx, cy), flipped(x, y));
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.0.cubic(flipped(ax, ay), flipped(bx, by), flipped(x, y));
    }

    fn close(&mut self) {
        self.0.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::{Color, Halo, Shaper};

    fn text(words: &str, anchor: Anchor, lang: &str) -> Text {
        Shaper::new().text(words, [50.0, 20.0], anchor, 12.0, 400, Color::BLACK, lang)
    }

    fn words(text: &Text) -> String {
        let mut siblings = Siblings::default();
        push_words(&mut Page::default(), &mut siblings, text);
        siblings.finish()
    }

    #[test]
    fn left_and_right_mean_the_page_in_either_direction() {
        let end = "text-anchor=\"end\"";
        assert!(!words(&text("a", Anchor::Left, "en")).contains(end));
        assert!(words(&text("a", Anchor::Right, "en")).contains(end));
        assert!(words(&text("ح", Anchor::Left, "ar")).contains(end));
        assert!(!words(&text("ح", Anchor::Right, "ar")).contains(end));
        assert!(words(&text("ح", Anchor::Right, "ar")).contains("direction=\"rtl\" xml:lang=\"ar\""));
        assert!(words(&text("ح", Anchor::Middle, "ar")).contains("text-anchor=\"middle\""));
    }

    #[test]
    fn words_are_escaped_and_blanks_kept() {
        let svg = words(&text("a < b & c", Anchor::Left, ""));
        assert_eq!(svg, "<text x=\"50\" y=\"20\" font-size=\"12\" fill=\"#000\">a &lt; b &amp; c</text>\n");
        assert!(words(&text("a\n b", Anchor::Left, "")).contains(" xml:space=\"preserve\""));
    }

    #[test]
    fn a_rim_is_twice_its_width_and_under_the_letters() {
        let mut text = text("a", Anchor::Left, "");
        text.halo = Some(Halo { color: Color::WHITE, width: 1.25 });
        assert!(words(&text).contains("paint-order=\"stroke\" stroke=\"#fff\" stroke-width=\"2.5\""));
    }

    #[test]
    fn outlines_define_a_glyph_once_and_keep_the_words() {
        let mut page = Page::default();
        let mut siblings = Siblings::default();
        let mut one = text("anna", Anchor::Left, "en");
        push_outlines(&mut page, &mut siblings, &one);
        one.halo = Some(Halo { color: Color::WHITE, width: 1.0 });
        push_outlines(&mut page, &mut siblings, &one);
        let svg = siblings.finish();
        assert_eq!(page.defs.matches("<path").count(), 2);
        assert_eq!(svg.matches("<use href=\"#glyph").count(), 8);
        assert!(svg.contains("aria-label=\"anna\"") && svg.contains("<use href=\"#line1\"/>"));
        assert!(!page.defs.contains("NaN"));
    }
}
