//! What the page's script reads: takes a story, gives it as JSON that can stand in a `script` element.

use super::super::svg::inline::hex;
use super::in_script;
use crate::scene::{Amount, Layered, Link, Row, Story, Told};
use serde_json::{Value, json};

/// A story as JSON, but for when the drawing's parts show.
pub struct Data(Value, String);

/// Gives all of a story that the script needs; a step stands for `delay` hundredths of a second.
pub fn told(story: &Story, delay: u16) -> Data {
    let mut sources: Vec<&Link> = Vec::new();
    let rows: Vec<Value> = story.rows.iter().map(|row| row_of(row, &mut sources)).collect();
    let steps: Vec<Value> = story.steps.iter().map(|step| json!([step.id, step.label, step.changes])).collect();
    let layers: Vec<Value> = story.layers.iter().map(layer_of).collect();
    let words: serde_json::Map<String, Value> =
        story.words.iter().map(|(key, text)| ((*key).to_owned(), Value::from(text.as_str()))).collect();
    let sources: Vec<Value> = sources.into_iter().map(source_of).collect();
    let value = json!({
        // digits as the rest of the page has them
        "locale": story.locale,
        "delay": u32::from(delay) * 10,
        "words": words,
        "steps": steps,
        "groups": story.groups,
        "rows": rows,
        "sources": sources,
        "layers": layers,
    });
    let text = value.to_string();
    Data(value, text)
}

impl Data {
    /// The JSON.
    pub fn text(&self) -> &str {
        &self.1
    }

    /// The JSON with when each part of the drawing shows, in which no element can end.
    pub fn with(&self, spans: &[Vec<(usize, usize)>]) -> String {
        let mut value = self.0.clone();
        if let Some(all) = value.as_object_mut() {
            all.insert("spans".to_owned(), json!(spans));
        }
        in_script(&value.to_string())
    }
}

fn row_of<'s>(row: &'s Row, sources: &mut Vec<&'s Link>) -> Value {
    let told: Vec<Value> = row
        .told
        .iter()
        .map(|(step, told)| {
            let Told { look, text, since, since_key, sources: said } = told;
            let said: Vec<usize> = said.iter().map(|link| number(link, sources)).collect();
            json!([step, look.map_or(-1, |look| look as i64), text, since, since_key, said])
        })
        .collect();
    json!({ "id": row.id, "name": row.name, "group": row.group, "told": told })
}

fn number<'s>(link: &'s Link, known: &mut Vec<&'s Link>) -> usize {
    known.iter().position(|other| *other == link).unwrap_or_else(|| {
        known.push(link);
        known.len() - 1
    })
}

fn source_of(link: &Link) -> Value {
    let Link { label, url, detail, note } = link;
    if is_web(url) {
        json!([label, url, detail, note])
    } else if url.is_empty() || label.contains(url.as_str()) {
        json!([label, "", detail, note])
    } else {
        json!([format!("{label} ({url})"), "", detail, note])
    }
}

/// Only these are made links: an address of another kind might do something when it is followed.
fn is_web(url: &str) -> bool {
    let starts = |scheme: &str| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    (starts("http://") || starts("https://")) && !url.chars().any(|c| c.is_control() || c.is_whitespace())
}

fn layer_of(layer: &Layered) -> Value {
    let [color, ink] = layer.colors.map(hex);
    // as many decimals as tables have
    let rounded = |value: f64, by: f64| (value * by).round() / by;
    let at: Vec<Value> = layer
        .amounts
        .iter()
        .map(|(step, Amount { share, size })| {
            let [low, high] = share.map(|share| rounded(share, 1e6));
            let [least, most] = size.map(|km2| rounded(km2, 10.0));
            json!([step, low, high, least, most])
        })
        .collect();
    json!({ "id": layer.id, "name": layer.name, "look": layer.look, "color": color, "ink": ink, "at": at })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Step;

    #[test]
    fn only_web_addresses_are_links() {
        for url in ["http://a.b/c?d=e&f", "https://x", "HTTPS://x"] {
            assert!(is_web(url), "{url}");
        }
        for url in
            ["javascript:alert(1)", "data:text/html,x", "//x", "ftp://x", "http", " https://x", "java\nscript:x", "é"]
        {
            assert!(!is_web(url), "{url}");
        }
        let link = |url: &str| source_of(&Link { label: "A".into(), url: url.into(), ..Link::default() });
        assert_eq!(link("javascript:x"), json!(["A (javascript:x)", "", "", ""]));
        assert_eq!(link("https://x"), json!(["A", "https://x", "", ""]));
    }

    #[test]
    fn no_text_ends_the_element_that_it_stands_in() {
        let step = Step { label: "</script><!--\u{2028}".into(), ..Step::default() };
        let json = told(&Story { steps: vec![step], ..Story::default() }, 50).with(&[vec![(0, 1)]]);
        assert!(!json.contains('<') && !json.contains('\u{2028}'), "{json}");
        let value: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(value["steps"][0][1], "</script><!--\u{2028}");
        assert_eq!(value["spans"], json!([[[0, 1]]]));
    }
}
