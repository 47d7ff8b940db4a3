//! Sections of a TOML text: takes keys, gives values, or says at which line and character they are wrong.

use crate::diag::{Diagnostic, Location, did_you_mean, quote};
use crate::model::RecordStart;
use serde::de::DeserializeOwned;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The most faults of one project file that are kept.
const MOST: usize = 1_000;

/// A TOML text, and what was found wrong in it.
pub(super) struct Source<'t> {
    file: &'t str,
    text: &'t str,
    found: Vec<Diagnostic>,
}

impl<'t> Source<'t> {
    /// A text of which nothing is known yet.
    pub fn new(file: &'t str, text: &'t str) -> Self {
        Self { file, text, found: Vec::new() }
    }

    /// What was found.
    pub fn finish(self) -> Vec<Diagnostic> {
        self.found
    }

    /// Reports a fault at the start of a span.
    fn fault(&mut self, span: Range<usize>, diagnostic: Diagnostic) {
        if self.found.len() < MOST {
            let start = (0..=span.start.min(self.text.len())).rev().find(|i| self.text.is_char_boundary(*i));
            let at = RecordStart::FIRST.onward(self.text, start.unwrap_or(0));
            self.found.push(diagnostic.at(Location::text(self.file, at.line, at.column)));
        }
    }

    /// Reports a text that is not TOML.
    pub fn syntax(&mut self, error: &toml::de::Error) {
        let message = format!("not as TOML has it: {}", error.message().replace('\n', "; "));
        self.fault(error.span().unwrap_or(0..0), Diagnostic::new("bad-toml", message));
    }
}

/// A table of a TOML text.
pub(super) struct Section<'a, 'i> {
    /// What it is called in messages.
    name: &'static str,
    span: Range<usize>,
    table: &'a DeTable<'i>,
}

impl<'a, 'i> Section<'a, 'i> {
    /// A table with its span.
    pub fn new<T>(name: &'static str, spanned: &Spanned<T>, table: &'a DeTable<'i>) -> Self {
        Self { name, span: spanned.span(), table }
    }

    /// Every key, in the order of their texts.
    pub fn keys(&self) -> impl Iterator<Item = &'a str> {
        self.table.keys().map(|key| key.get_ref().as_ref())
    }

    /// Reports every key that is none of those known.
    pub fn check_keys(&self, source: &mut Source<'_>, known: &[&[&str]]) {
        for key in self.table.keys() {
            let name: &str = key.get_ref();
            let all = || known.iter().flat_map(|keys| keys.iter().copied());
            if all().any(|k| k == name) {
                continue;
            }
            let list = one_of(&all().collect::<Vec<_>>());
            let hint = did_you_mean(name, all()).map_or(String::new(), |near| near + " ") + &list;
            let wrong = Diagnostic::new("unknown-key", format!("{} has no key {}", self.name, quote(name)));
            source.fault(key.span(), wrong.value(name).hint(hint));
        }
    }

    /// Reports a fault of a key's value.
    pub fn fault(&self, source: &mut Source<'_>, key: &str, diagnostic: Diagnostic) {
        let span = self.table.get(key).map_or(self.span.clone(), Spanned::span);
        source.fault(span, diagnostic);
    }

    /// The value of a key, `None` where it is missing or wrong.
    pub fn get<T: DeserializeOwned>(&self, source: &mut Source<'_>, key: &str) -> Option<T> {
        #[derive(serde::Deserialize)]
        struct Alone<T> {
            value: T,
        }
        self.read::<Alone<T>>(source, key, "value").map(|alone| alone.value)
    }

    /// The value of a key that must be there.
    pub fn needed<T: DeserializeOwned>(&self, source: &mut Source<'_>, key: &str) -> Option<T> {
        if !self.table.contains_key(key) {
            let message = format!("{} has no `{key}`", self.name);
            source.fault(self.span.clone(), Diagnostic::new("bad-toml", message).hint(format!("add `{key} = \"…\"`")));
        }
        self.get(source, key)
    }

    /// A struct of options with this key alone.
    pub fn alone<T: DeserializeOwned>(&self, source: &mut Source<'_>, key: &str) -> Option<T> {
        self.read(source, key, key)
    }

    fn read<T: DeserializeOwned>(&self, source: &mut Source<'_>, key: &str, field: &str) -> Option<T> {
        let value = self.table.get(key)?;
        let span = value.span();
        let mut alone = DeTable::new();
        alone.insert(Spanned::new(span.clone(), field.to_owned().into()), value.clone());
        match T::deserialize(toml::de::Deserializer::from(Spanned::new(span.clone(), alone))) {
            Ok(value) => Some(value),
            Err(error) => {
                let reason = error.message().replace('\n', "; ");
                let mut wrong = Diagnostic::new("bad-toml", format!("`{key}` cannot be read: {reason}"));
                if let Some(text) = value.get_ref().as_str() {
                    wrong = wrong.value(text);
                }
                source.fault(error.span().unwrap_or(span), wrong);
                None
            }
        }
    }

    /// A text or a list of texts.
    pub fn texts(&self, source: &mut Source<'_>, key: &str) -> Vec<String> {
        match self.table.get(key).map(Spanned::get_ref) {
            Some(DeValue::Array(_)) => self.get(source, key).unwrap_or_default(),
            _ => self.get(source, key).into_iter().collect(),
        }
    }

    /// A table under a key.
    pub fn section(&self, source: &mut Source<'_>, key: &'static str) -> Option<Section<'a, 'i>> {
        let value = self.table.get(key)?;
        self.table_of(source, key, value)
    }

    /// A table, or a list of tables, under a key.
    pub fn sections(&self, source: &mut Source<'_>, key: &'static str) -> Vec<Section<'a, 'i>> {
        match self.table.get(key) {
            None => Vec::new(),
            Some(value) => match value.get_ref() {
                DeValue::Array(list) => list.iter().filter_map(|v| self.table_of(source, key, v)).collect(),
                _ => self.table_of(source, key, value).into_iter().collect(),
            },
        }
    }

    fn table_of(
        &self,
        source: &mut Source<'_>,
        key: &'static str,
        value: &'a Spanned<DeValue<'i>>,
    ) -> Option<Section<'a, 'i>> {
        if let DeValue::Table(table) = value.get_ref() {
            let name = TITLES.iter().find(|(k, _)| *k == key).map_or(key, |(_, title)| title);
            return Some(Section::new(name, value, table));
        }
        let message = format!("`{key}` is a {}, not a table", value.get_ref().type_str());
        let hint = match key {
            "boundaries" => "write `boundaries = { file = \"…\", level = \"adm1\" }`".to_owned(),
            "figure" | "accepted" => format!("write `[[{key}]]` on a line, and its keys below"),
            _ => format!("write `[{key}]` on a line, and its keys below"),
        };
        source.fault(value.span(), Diagnostic::new("bad-toml", message).hint(hint));
        None
    }
}

/// What messages call a section.
const TITLES: &[(&str, &str)] = &[
    ("accepted", "`[[accepted]]`"),
    ("boundaries", "`boundaries`"),
    ("figure", "`[[figure]]`"),
    ("map", "`[map]`"),
    ("names", "`names`"),
    ("period", "`[period]`"),
    ("policy", "`[policy]`"),
];

/// The words that are known, for a hint.
pub(super) fn one_of(words: &[&str]) -> String {
    format!("known are {}", words.iter().map(|w| format!("`{w}`")).collect::<Vec<_>>().join(", "))
}
