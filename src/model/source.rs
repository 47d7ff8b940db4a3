//! Sources: who spoke, where it was published, and whose interest it serves.

/// Index of a source in [`crate::model::Dataset::sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceIndex(pub u32);

/// Somebody who says who holds what.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// Id in the sources table, or the free text of an event's `source`; empty for rows without one.
    pub id: String,
    /// Title of the page or statement.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// Address.
    pub url: String,
    /// When it was published, as written.
    pub published: String,
    /// When it was read, as written.
    pub accessed: String,
    /// Licence of what was taken from it.
    pub licence: String,
    /// Language tag.
    pub lang: String,
    /// The side whose interest it serves; empty if none is known.
    pub side: String,
}

impl Source {
    /// What a credit line calls it: publisher, else title, else id.
    pub fn label(&self) -> &str {
        [&self.publisher, &self.title, &self.id].into_iter().find(|t| !t.is_empty()).map_or("", |t| t.as_str())
    }
}
