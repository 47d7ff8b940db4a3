//! Told films as HTML: takes a story and its frames, gives one file that needs nothing else. Geometry stands in it
//! once; per date there is only what changed.

mod data;

use super::film::{Done, Frames, Sink, Timing};
use super::receipt;
pub use super::svg::inline::escaped;
use super::svg::inline::{Inline, hex, inline};
use crate::error::{Error, Result};
use crate::scene::{Direction, Story};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::fmt::Write;

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
/// One function, so that the page's names are its own.
const SCRIPT: &str = concat!(
    "'use strict';\n(() => {\n",
    include_str!("drawing.js"),
    include_str!("places.js"),
    include_str!("ground.js"),
    include_str!("page.js"),
    "})();\n"
);

/// Colours of the page in the dark scheme; those of the light one stand in the style sheet.
const DARK: &str = "color-scheme:dark;--paper:#15171a;--ink:#f1efeb;--muted:#b4b1ab;--rule:#46484b;--soft:#212428;\
                    --accent:#8fc1f2;--shade:0 6px 22px #000a";

/// Writes a story.
///
/// # Errors
/// A film without frames, and a sink that takes nothing more.
pub fn write(story: &Story, timing: &Timing, frames: Frames, done: Done, sink: Sink) -> Result<()> {
    let scene = &story.film.page;
    let data = data::told(story, timing.delay);
    let (legend, notes) = (legend(story), notes(story));
    let letters = [data.text(), &legend, &notes, PAGE, SCRIPT, &story.title].concat();
    let Inline { svg, spans, fonts } = inline(story, timing, frames, done, &letters)?;
    let hash = STANDARD.encode(Sha256::digest(SCRIPT.as_bytes()));
    let direction = match scene.direction {
        Direction::Ltr => "ltr",
        Direction::Rtl => "rtl",
    };
    let value = |name: &str| match name {
        "lang" => escaped(&scene.lang),
        "dir" => direction.to_owned(),
        "theme" => if story.dark { " data-theme=\"dark\"" } else { "" }.to_owned(),
        "hash" => hash.clone(),
        "title" => escaped(&story.title),
        "description" => escaped(&scene.description),
        "receipt" => in_script(&receipt::json(&story.film.page.metadata)),
        "fonts" => fonts.clone(),
        "css" => STYLE.to_owned(),
        "tones" => tones(story),
        "svg" => svg.clone(),
        "last" => timing.count.saturating_sub(1).to_string(),
        "legend" => legend.clone(),
        "notes" => notes.clone(),
        "data" => data.with(&spans),
        "js" => SCRIPT.to_owned(),
        _ => name.strip_prefix("word:").map(|key| escaped(word(story, key))).unwrap_or_default(),
    };
    let page = filled(PAGE, value);
    sink.write_all(page.as_bytes()).map_err(|e| Error::new(e.to_string()).context("cannot write the page"))
}

/// Puts values in for the `{{…}}` of a template; what is put in is not looked at again.
fn filled(template: &str, value: impl Fn(&str) -> String) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        out.push_str(before);
        let (name, after) = after.split_once("}}").unwrap_or((after, ""));
        out.push_str(&value(name));
        rest = after;
    }
    out.push_str(rest);
    out
}

fn word<'s>(story: &'s Story, key: &str) -> &'s str {
    story.words.iter().find(|(known, _)| *known == key).map_or("", |(_, text)| text.as_str())
}

/// JSON in which no element can end.
fn in_script(json: &str) -> String {
    json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// The dark scheme: what the reader's system asks for, and what the page's button sets.
fn tones(story: &Story) -> String {
    let (mut light, mut dark, mut rules) = (String::new(), String::from(DARK), String::new());
    for (i, [from, to]) in story.tones.iter().enumerate() {
        let (from, to) = (hex(*from), hex(*to));
        let _ = write!(light, "--t{i}:{from};");
        let _ = write!(dark, ";--t{i}:{to}");
        let _ = writeln!(rules, "[fill=\"{from}\"]{{fill:var(--t{i})}}[stroke=\"{from}\"]{{stroke:var(--t{i})}}");
    }
    format!(
        ":root{{{light}}}\n@media(prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}\n\
         :root[data-theme=dark]{{{dark}}}\n{rules}"
    )
}

fn legend(story: &Story) -> String {
    let mut out = String::from("<div>\n");
    for key in &story.keys {
        let text = escaped(&key.text);
        let _ = match key.look {
            None => writeln!(out, "<h3>{text}</h3>"),
            Some(look) => writeln!(
                out,
                "<p><svg class=\"look\" aria-hidden=\"true\"><use href=\"#look-{look}\"/></svg><span>{text}</span></p>"
            ),
        };
    }
    out + "</div>\n"
}

fn notes(story: &Story) -> String {
    story.notes.iter().map(|note| format!("<p>{}</p>\n", escaped(note))).collect()
}
