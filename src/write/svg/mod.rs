//! SVG: takes a scene, gives a document that stands for itself.
//!
//! Numbers have at most two decimals and attributes a fixed order, so that two files can be compared line by line.

mod face;
pub(super) mod film;
mod font;
pub(super) mod inline;
pub(super) mod outline;
mod paint;
mod shape;
mod text;
mod times;
mod xml;

pub(super) use face::{collect, dissolved, thin};

use super::Fonts;
use crate::scene::{Color, Direction, FontIndex, Group, Layer, Node, Scene};
use outline::number;
use shape::{Shape, push_shape, rect};
use std::collections::BTreeMap;
use xml::{Attribute, Element, Ids, Siblings, push_attribute, push_leaf, push_text};

/// The families in the order in which the scene's texts were shaped.
const FAMILIES: &str = "'Noto Sans','Noto Sans Arabic',sans-serif";

/// What is known of the page while it is written.
#[derive(Debug, Default)]
struct Page {
    ids: Ids,
    /// Definitions, as XML.
    defs: String,
    /// Those that are patterns.
    patterns: Vec<(Layer, String)>,
    /// Those that are glyphs, by font, glyph and size.
    glyphs: BTreeMap<(FontIndex, u16, u64), Option<String>>,
    used: font::Used,
    fonts: Fonts,
    lang: String,
    direction: Direction,
    /// A partition has been written.
    partitioned: bool,
    /// Groups that change in the course of a film, by id.
    moving: BTreeMap<String, film::Moving>,
    times: Option<times::Times>,
    /// From colours of the light scheme to those of the dark one, where the reader chooses.
    tones: Vec<[Color; 2]>,
    /// Ids of the outlines of faces, where those are wanted.
    outlines: Option<Vec<String>>,
}

/// Writes a scene.
pub fn write(scene: &Scene, fonts: Fonts) -> Vec<u8> {
    let (mut page, head) = start(scene, fonts);
    let mut body = Siblings::default();
    push_nodes(&mut page, &mut body, &scene.nodes);
    finish(page, scene, head, body.finish(), "")
}

/// What stands before the drawing.
#[derive(Debug)]
struct Head {
    /// Title and description, as XML.
    words: String,
    /// The paper, as XML.
    paper: String,
    /// Ids of title and description.
    labels: Vec<String>,
}

/// Begins a page.
fn start(scene: &Scene, fonts: Fonts) -> (Page, Head) {
    let mut page = Page { fonts, lang: scene.lang.clone(), direction: scene.direction, ..Page::default() };
    reserve(&mut page.ids, &scene.nodes);
    let mut labels: Vec<String> = Vec::new();
    let mut head = String::new();
    for (name, text) in [("title", &scene.title), ("desc", &scene.description)] {
        if !text.is_empty() {
            let id = page.ids.take(name).expect("a name is not empty");
            let mut tag = format!("<{name}");
            push_attribute(&mut tag, "id", &id);
            head.push_str(&tag);
            head.push('>');
            push_text(&mut head, text);
            head.push_str(&format!("</{name}>\n"));
            labels.push(id);
        }
    }
    let mut body = Siblings::default();
    if !scene.background.layers.is_empty() {
        let geometry = vec![("width", number(scene.width)), ("height", number(scene.height))];
        let paper = Shape { tag: "rect", id: None, geometry, rule: None, swollen: false, inner: String::new() };
        push_shape(&mut page, &mut body, paper, &scene.background.layers, Vec::new());
    }
    (page, Head { words: head, paper: body.finish(), labels })
}

/// Puts the parts of a page together.
fn finish(page: Page, scene: &Scene, head: Head, body: String, rules: &str) -> Vec<u8> {
    let Head { words, paper, labels } = head;
    let mut out = String::with_capacity(body.len() + page.defs.len() + 4096);
    out.push_str("<svg");
    for (name, value) in root(scene, &labels) {
        push_attribute(&mut out, name, &value);
    }
    out.push_str(">\n");
    out.push_str(&words);
    push_metadata(&mut out, &scene.metadata);
    let mut style = String::new();
    if page.partitioned {
        style.push_str(".faces path{vector-effect:non-scaling-stroke}\n");
    }
    style.push_str(rules);
    if page.fonts == Fonts::Embed {
        style.push_str(&page.used.rules());
    }
    for (tag, content) in [("style", &style), ("defs", &page.defs)] {
        if !content.is_empty() {
            out.push_str(&format!("<{tag}>\n"));
            out.push_str(content);
            out.push_str(&format!("</{tag}>\n"));
        }
    }
    out.push_str(&paper);
    out.push_str(&body);
    out.push_str("</svg>\n");
    out.into_bytes()
}

fn root(scene: &Scene, labels: &[String]) -> Vec<Attribute> {
    let [width, height] = [number(scene.width), number(scene.height)];
    let mut all = vec![
        ("xmlns", "http://www.w3.org/2000/svg".to_owned()),
        ("width", width.clone()),
        ("height", height.clone()),
        ("viewBox", format!("0 0 {width} {height}")),
        ("role", "img".to_owned()),
    ];
    if !scene.lang.is_empty() {
        all.extend([("lang", scene.lang.clone()), ("xml:lang", scene.lang.clone())]);
    }
    all.push(("direction", text::direction(scene.direction).to_owned()));
    if !labels.is_empty() {
        all.push(("aria-labelledby", labels.join(" ")));
    }
    all.extend([
        ("font-family", FAMILIES.to_owned()),
        // letters as wide as they were measured, whatever the zoom
        ("text-rendering", "geometricPrecision".to_owned()),
        ("stroke-linecap", "round".to_owned()),
        ("stroke-linejoin", "round".to_owned()),
    ]);
    all
}

fn push_metadata(out: &mut String, facts: &[(String, String)]) {
    if facts.is_empty() {
        return;
    }
    out.push_str("<metadata>");
    out.push_str(super::receipt::ELEMENT);
    out.push('\n');
    for (key, value) in facts {
        out.push_str("<fact");
        push_attribute(out, "key", key);
        out.push('>');
        push_text(out, value);
        out.push_str("</fact>\n");
    }
    out.push_str("</receipt></metadata>\n");
}

/// Takes note of all ids of the scene.
fn reserve(ids: &mut Ids, nodes: &[Node]) {
    for node in nodes {
        match node {
            Node::Group(group) => {
                ids.reserve(&group.id);
                reserve(ids, &group.nodes);
            }
            Node::Partition(partition) => {
                partition.faces.iter().for_each(|f| ids.reserve(&f.id));
                partition.strokes.iter().for_each(|s| ids.reserve(&s.id));
            }
            Node::Path(path) => ids.reserve(&path.id),
            Node::Text(text) => ids.reserve(&text.id),
            Node::Use(_) => {}
        }
    }
}

fn push_nodes(page: &mut Page, siblings: &mut Siblings, nodes: &[Node]) {
    for node in nodes {
        match node {
            Node::Group(group) => push_group(page, siblings, group),
            Node::Partition(partition) => face::push_partition(page, siblings, partition),
            Node::Path(path) => shape::push_path(page, siblings, path),
            Node::Text(words) if page.fonts == Fonts::Outline => text::push_outlines(page, siblings, words),
            Node::Text(words) => text::push_words(page, siblings, words),
            Node::Use(again) => {
                // a group that does not stand earlier shows nothing
                if let Some(id) = page.ids.written(&again.group) {
                    let mut own = vec![("href", format!("#{id}"))];
                    own.extend([("x", number(again.by[0])), ("y", number(again.by[1]))]);
                    siblings.push(Element { tag: "use", own, style: Vec::new(), inner: String::new() });
                }
            }
        }
    }
}

fn push_group(page: &mut Page, siblings: &mut Siblings, group: &Group) {
    let mut xml = String::from("<g");
    if let Some(id) = page.ids.take(&group.id) {
        push_attribute(&mut xml, "id", &id);
    }
    if let Some([x, y, width, height]) = group.clip {
        let id = page.ids.fresh("clip");
        page.defs.push_str("<clipPath");
        push_attribute(&mut page.defs, "id", &id);
        page.defs.push_str("><rect");
        for (name, value) in rect(x, y, width, height) {
            push_attribute(&mut page.defs, name, &value);
        }
        page.defs.push_str("/></clipPath>\n");
        push_attribute(&mut xml, "clip-path", &format!("url(#{id})"));
    }
    xml.push_str(">\n");
    if !group.title.is_empty() {
        push_leaf(&mut xml, "title", &group.title);
        xml.push('\n');
    }
    siblings.push_xml(&xml);
    match (page.moving.remove(&group.id), page.times.take()) {
        (Some(moving), Some(mut times)) => {
            moving.push(page, siblings, &mut times);
            page.times = Some(times);
        }
        (_, times) => {
            page.times = times;
            push_nodes(page, siblings, &group.nodes);
        }
    }
    siblings.push_xml("</g>\n");
}

#[cfg(test)]
mod tests;
