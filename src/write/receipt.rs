//! The facts of a figure's making, as they stand in a file: takes bytes, gives what the writers put in.

use serde_json::{Map, Value};
use std::io::Cursor;

/// The first key of a receipt as JSON, by which it is found.
const MARK: &str = "controlmap-receipt";

/// The element that holds a receipt in an SVG.
pub(super) const ELEMENT: &str = "<receipt xmlns=\"urn:controlmap:receipt\">";

/// Gives facts as one JSON object, in order, that [`receipt`] reads again.
pub fn json(facts: &[(String, String)]) -> String {
    let quoted = |text: &str| Value::from(text).to_string();
    let facts = facts.iter().map(|(key, value)| format!(",\n{}:{}", quoted(key), quoted(value)));
    format!("{{\"{MARK}\":1{}}}\n", facts.collect::<String>())
}

/// Finds the facts in the bytes of a file that this program wrote; nothing where there are none.
///
/// They come in the order written, but for PNG, where plain ones come before those with other letters.
pub fn receipt(bytes: &[u8]) -> Option<Vec<(String, String)>> {
    let facts = match bytes {
        [0x89, b'P', b'N', b'G', ..] => of_png(bytes)?,
        [b'G', b'I', b'F', ..] => of_json(&comment(bytes)?)?,
        _ => of_svg(bytes).or_else(|| of_json(bytes))?,
    };
    (!facts.is_empty()).then_some(facts)
}

fn of_png(bytes: &[u8]) -> Option<Vec<(String, String)>> {
    let reader = png::Decoder::new(Cursor::new(bytes)).read_info().ok()?;
    let info = reader.info();
    let plain = info.uncompressed_latin1_text.iter().map(|text| Some((text.keyword.clone(), text.text.clone())));
    let others = info.utf8_text.iter().map(|text| Some((text.keyword.clone(), text.get_text().ok()?)));
    plain.chain(others).collect()
}

/// The comment of a GIF, which stands in blocks of at most 255 bytes.
fn comment(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut rest = &bytes[find(bytes, &[0x21, 0xfe, 255])? + 2..];
    let mut text = Vec::new();
    while let Some((length, after)) = rest.split_first().filter(|(length, _)| **length > 0) {
        let (block, after) = after.split_at_checked(usize::from(*length))?;
        text.extend_from_slice(block);
        rest = after;
    }
    Some(text)
}

fn of_svg(bytes: &[u8]) -> Option<Vec<(String, String)>> {
    let from = find(bytes, ELEMENT.as_bytes())? + ELEMENT.len();
    let length = find(&bytes[from..], b"</receipt>")?;
    let text = std::str::from_utf8(&bytes[from..from + length]).ok()?;
    text.split("<fact key=\"").skip(1).map(fact).collect()
}

/// A fact from behind the quote of its key.
fn fact(text: &str) -> Option<(String, String)> {
    let (key, rest) = text.split_once("\">")?;
    let (value, _) = rest.split_once("</fact>")?;
    Some((plain(key), plain(value)))
}

/// Undoes what XML needs.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let known = [("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&apos;", '\''), ("&amp;", '&')];
        let found = known.into_iter().find(|(name, _)| rest.starts_with(name));
        let numbered = || {
            let (digits, _) = rest.strip_prefix("&#")?.split_once(';')?;
            Some((digits.len() + 3, char::from_u32(digits.parse().ok()?)?))
        };
        match found.map(|(name, c)| (name.len(), c)).or_else(numbered) {
            Some((length, c)) => {
                out.push(c);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn of_json(bytes: &[u8]) -> Option<Vec<(String, String)>> {
    let from = find(bytes, format!("{{\"{MARK}\":").as_bytes())?;
    let mut values = serde_json::Deserializer::from_slice(&bytes[from..]).into_iter::<Map<String, Value>>();
    let facts = values.next()?.ok()?;
    Some(facts.into_iter().filter_map(|(key, value)| Some((key, value.as_str()?.to_owned()))).collect())
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::{Color, Paint, Scene};
    use crate::write::{FORMATS, Options};
    use proptest::prelude::*;

    #[test]
    fn every_format_gives_its_facts_back() {
        let facts = [("generator", "controlmap 1"), ("boundaries", "Ḥalab & \"حلب\" <1>\nsecond line"), ("k", "&amp;")];
        let metadata: Vec<_> = facts.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        let page =
            Scene { width: 9.0, height: 4.0, background: Paint::solid(Color::WHITE), metadata, ..Scene::default() };
        for format in FORMATS {
            let bytes = (format.write)(&page, &Options::default()).unwrap();
            let found = receipt(&bytes).unwrap_or_else(|| panic!("no receipt in {}", format.name));
            for (key, value) in &page.metadata {
                assert!(found.contains(&(key.clone(), value.clone())), "{}: {key}: {found:?}", format.name);
            }
        }
        assert!(receipt(b"<svg></svg>").is_none() && receipt(b"").is_none());
    }

    proptest! {
        #[test]
        fn any_bytes_are_searched_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), cut in 0usize..120) {
            receipt(&bytes);
            let text = format!("{ELEMENT}<fact key=\"a\">b &#12; &#99999999999; &lt</fact><fact key=</receipt>");
            receipt(&text.as_bytes()[..cut.min(text.len())]);
            receipt(&[b"\x89PNG\r\n\x1a\n", &bytes[..]].concat());
        }
    }
}
