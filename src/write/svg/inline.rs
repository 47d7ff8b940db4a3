//! A told film as a part of an HTML page: takes a story and its frames, gives the map with everything that it
//! ever shows, and when each of that shows.

use super::super::Fonts;
use super::super::film::{Done, Frames, Timing};
use super::film::gather;
use super::outline::number;
use super::times::Times;
use super::xml::{Siblings, push_attribute, push_text};
use super::{FAMILIES, Page, push_nodes, reserve};
use crate::error::Result;
use crate::scene::{Color, Film, LOOK, Spot, Story};

/// A film without a page around it.
#[derive(Debug)]
pub struct Inline {
    /// The map, with small drawings named `look-0` and so on.
    pub svg: String,
    /// When each numbered thing shows: first steps, and those after the last.
    pub spans: Vec<Vec<(usize, usize)>>,
    /// Style rules with the letters that the page needs.
    pub fonts: String,
}

/// Writes the map; `letters` are those of the rest of the page.
pub fn inline(story: &Story, timing: &Timing, frames: Frames, done: Done, letters: &str) -> Result<Inline> {
    let Film { page: scene, .. } = &story.film;
    let moving = gather(&story.film, timing, frames, done)?;
    let fonts = timing.options.fonts;
    let mut page = Page { fonts, lang: scene.lang.clone(), direction: scene.direction, ..Page::default() };
    reserve(&mut page.ids, &scene.nodes);
    page.moving = moving;
    page.times = Some(Times::scripted(timing));
    page.outlines = Some(Vec::new());
    page.tones = story.tones.clone();
    let mut body = Siblings::default();
    push_nodes(&mut page, &mut body, &scene.nodes);
    let spans = page.times.take().map(|times| times.spans()).unwrap_or_default();
    let body = body.finish();
    let mut looks = String::new();
    for (i, nodes) in story.looks.iter().enumerate() {
        let mut drawing = Siblings::default();
        push_nodes(&mut page, &mut drawing, nodes);
        looks.push_str(&format!("<symbol id=\"look-{i}\" viewBox=\"0 0 {} {}\">\n", LOOK[0], LOOK[1]));
        looks.push_str(&drawing.finish());
        looks.push_str("</symbol>\n");
    }
    let mut svg = String::from("<svg id=\"drawing\"");
    let [width, height] = [number(scene.width), number(scene.height)];
    push_attribute(&mut svg, "viewBox", &format!("0 0 {width} {height}"));
    push_attribute(&mut svg, "direction", super::text::direction(scene.direction));
    push_attribute(&mut svg, "font-family", FAMILIES);
    svg.push_str(
        " role=\"group\" text-rendering=\"geometricPrecision\" stroke-linecap=\"round\" stroke-linejoin=\"round\">\n",
    );
    svg.push_str(&format!("<defs>\n{}{looks}</defs>\n<g aria-hidden=\"true\">\n{body}</g>\n", page.defs));
    push_spots(&mut svg, story, page.outlines.as_deref().unwrap_or_default());
    svg.push_str("</svg>\n");
    let mut rules = String::from(".faces path{vector-effect:non-scaling-stroke}\n");
    if fonts == Fonts::Embed {
        page.used.add_letters(letters, 400);
        page.used.add_letters(letters, 700);
        rules.push_str(&page.used.rules());
    }
    Ok(Inline { svg, spans, fonts: rules })
}

/// Writes what is pointed at: invisible, above everything, in the order of the places. Symbols lie above areas.
fn push_spots(svg: &mut String, story: &Story, outlines: &[String]) {
    svg.push_str("<g id=\"spots\" fill=\"none\" pointer-events=\"all\">\n");
    for (i, row) in story.rows.iter().enumerate() {
        let shape = match row.spot {
            Spot::None => continue,
            Spot::Face(face) => match outlines.get(face as usize) {
                Some(id) => format!("use href=\"#{id}\""),
                None => continue,
            },
            Spot::Circle([x, y], radius) => {
                format!("circle cx=\"{}\" cy=\"{}\" r=\"{}\"", number(x), number(y), number(radius.max(7.0)))
            }
        };
        svg.push_str(&format!("<{shape} class=\"spot\" data-row=\"{i}\" role=\"button\" tabindex=\"-1\""));
        push_attribute(svg, "aria-label", &row.name);
        svg.push_str("/>\n");
    }
    svg.push_str("</g>\n");
}

/// A text as it stands in HTML, in an element or an attribute.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_text(&mut out, text);
    out.replace('"', "&quot;").replace('\'', "&#39;")
}

/// A colour as it stands in a style sheet and in the drawing.
pub fn hex(color: Color) -> String {
    super::paint::hex(color)
}
