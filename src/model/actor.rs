//! Actors: who may hold ground.

use super::{Day, Names};

/// Index of an actor in [`crate::model::Dataset::actors`], which is sorted by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActorIndex(pub u32);

/// Somebody who may hold ground, through all of its periods.
#[derive(Debug, Clone, PartialEq)]
pub struct Actor {
    /// Id in the actors table, or as written where there is no such table.
    pub id: String,
    /// What it is called and whose side it is on, period by period; at least one, by `from`.
    pub periods: Vec<ActorPeriod>,
}

/// What is true of an actor for a time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ActorPeriod {
    /// First day; `None` from ever.
    pub from: Option<Day>,
    /// First day on which it is no longer true; `None` for ever.
    pub until: Option<Day>,
    /// Full names.
    pub names: Names,
    /// Short names for labels and keys; may be empty.
    pub short: Names,
    /// Side that it belongs to; may be empty.
    pub side: String,
    /// Colour that the user asks for.
    pub color: Option<[u8; 3]>,
    /// Hatch that the user asks for; may be empty.
    pub pattern: String,
}

impl Actor {
    /// Makes an actor known by its id alone.
    pub fn bare(id: impl Into<String>) -> Self {
        let id = id.into();
        Self { periods: vec![ActorPeriod { names: Names::new(id.clone()), ..ActorPeriod::default() }], id }
    }

    /// What is true of the actor on a day: the period that holds it, else the nearest one.
    pub fn on(&self, day: Day) -> &ActorPeriod {
        let started = self.periods.iter().rev().find(|p| p.from.is_none_or(|from| from <= day));
        started.unwrap_or(&self.periods[0])
    }
}

impl ActorPeriod {
    /// The name to put into a label: the short one in a language, else the full one in it, else the short one.
    pub fn label(&self, language: &str) -> &str {
        let is_translated = |names: &Names| names.by_language.iter().any(|(tag, _)| tag == language);
        let is_short = !self.short.get(language).is_empty();
        let names = if is_short && (is_translated(&self.short) || !is_translated(&self.names)) {
            &self.short
        } else {
            &self.names
        };
        names.get(language)
    }
}

#[cfg(test)]
mod tests {
    use super::ActorPeriod;
    use crate::model::Names;

    #[test]
    fn a_label_is_short_in_the_language_of_the_figure_where_there_is_such_a_name() {
        let in_two = |default: &str, arabic: &[&str]| Names {
            default: default.to_owned(),
            by_language: arabic.iter().map(|name| ("ar".to_owned(), (*name).to_owned())).collect(),
        };
        let label = |short: Names| {
            let actor = ActorPeriod {
                names: in_two("Syrian Democratic Forces", &["قوات سوريا"]),
                short,
                ..ActorPeriod::default()
            };
            ["en", "ar"].map(|language| actor.label(language).to_owned())
        };
        assert_eq!(label(in_two("SDF", &["قسد"])), ["SDF", "قسد"]);
        assert_eq!(label(in_two("SDF", &[])), ["SDF", "قوات سوريا"]);
        assert_eq!(label(Names::default()), ["Syrian Democratic Forces", "قوات سوريا"]);
    }
}
