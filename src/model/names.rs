//! The names of a thing in several languages.

/// A name to fall back on, and names by language tag.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Names {
    /// The name of the `name` column, in whatever language that is.
    pub default: String,
    /// Names by BCP 47 tag, sorted by tag.
    pub by_language: Vec<(String, String)>,
}

impl Names {
    /// Makes names of one text.
    pub fn new(default: impl Into<String>) -> Self {
        Self { default: default.into(), by_language: Vec::new() }
    }

    /// The name in a language, else the default one.
    pub fn get(&self, language: &str) -> &str {
        self.by_language.iter().find(|(tag, _)| tag == language).map_or(&self.default, |(_, name)| name)
    }

    /// Every distinct spelling there is, the default one first.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.default.as_str()).chain(self.by_language.iter().map(|(_, n)| n.as_str()))
    }
}
