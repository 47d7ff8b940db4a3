//! A title in one language or several.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::str::FromStr;

/// A title: one text for every language, or a text for each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Title {
    /// Where there is none in a figure's language.
    pub default: String,
    /// Titles by BCP 47 tag, sorted by tag.
    pub by_language: Vec<(String, String)>,
}

impl Title {
    /// The title in a language: the first of an option `--lang`, such as `ar,en`.
    pub fn get(&self, lang: Option<&str>) -> &str {
        let lang = lang.and_then(|lang| lang.split(',').next()).unwrap_or("en").trim();
        let base = lang.split('-').next().unwrap_or(lang);
        let of = |wanted: &str| self.by_language.iter().find(|(tag, _)| tag == wanted).map(|(_, text)| text.as_str());
        of(lang).or_else(|| of(base)).unwrap_or(&self.default)
    }
}

impl FromStr for Title {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(text.into())
    }
}

impl From<&str> for Title {
    fn from(text: &str) -> Self {
        Self { default: text.to_owned(), by_language: Vec::new() }
    }
}

/// As it is written: a text, or a table of a text for each language.
#[derive(Deserialize, Serialize)]
#[serde(untagged, expecting = "a text, or a table of one for each language: `{ en = \"…\", ar = \"…\" }`")]
enum Written {
    Text(String),
    Table(BTreeMap<String, String>),
}

impl<'de> Deserialize<'de> for Title {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(match Written::deserialize(from)? {
            Written::Text(text) => text.as_str().into(),
            Written::Table(table) => {
                let first = table.get("en").or_else(|| table.values().next());
                Self { default: first.cloned().unwrap_or_default(), by_language: table.into_iter().collect() }
            }
        })
    }
}

impl Serialize for Title {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let written = if self.by_language.is_empty() {
            Written::Text(self.default.clone())
        } else {
            Written::Table(self.by_language.iter().cloned().collect())
        };
        written.serialize(to)
    }
}

#[cfg(test)]
mod tests {
    use super::Title;

    #[derive(serde::Deserialize, serde::Serialize, PartialEq, Debug)]
    struct Figure {
        title: Title,
    }

    #[test]
    fn a_title_is_one_text_or_one_for_each_language() {
        let read = |text: &str| toml::from_str::<Figure>(text);
        let both = read("title = { en = \"Syria\", ar = \"سوريا\" }").expect("a table").title;
        assert_eq!(
            [None, Some("ar"), Some("ar-SY"), Some("ar,en"), Some("fr")].map(|lang| both.get(lang)),
            ["Syria", "سوريا", "سوريا", "سوريا", "Syria"]
        );
        let one = read("title = \"Syria\"").expect("a text").title;
        assert_eq!((one.get(Some("ar")), one == "Syria".into()), ("Syria", true));
        assert!(read("title = 5").expect_err("a number").to_string().contains("a text, or a table"));
        for title in [both, one] {
            let figure = Figure { title };
            assert_eq!(read(&toml::to_string(&figure).expect("plain data")).expect("as written"), figure);
        }
    }
}
