//! How who held what is derived from what was said.

use super::{Days, options};

options! {
    /// How who held what is derived from what was said.
    pub struct PolicyOptions {
        /// How sources that differ are weighed [default: latest]
        #[arg(long = "policy", value_name = "POLICY")]
        pub name: String, key "name";
        /// Source ids in order, for the policy `priority`
        #[arg(long, value_name = "SOURCE", value_delimiter = ',')]
        pub priority: Vec<String>, key "priority";
        /// Stances that do not count: `claimed`, `reported`, `assessed`, or `source:ID`
        #[arg(long, value_name = "STANCE", value_delimiter = ',')]
        pub exclude: Vec<String>, key "exclude";
        /// When a change with an uncertain date shows [default: latest]
        #[arg(long, value_name = "MODE")]
        pub uncertain: Uncertain, key "uncertain";
        /// How old a word may be before it is marked as not confirmed, such as `30d` [default: never]
        #[arg(long, value_name = "DAYS")]
        pub stale_after: Days, key "stale-after";
    }
}

/// When a change with an uncertain date shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Uncertain {
    /// When it must have happened.
    #[default]
    Latest,
    /// When it may first have happened.
    Earliest,
    /// Half-way between.
    Midpoint,
    /// As changing between the two.
    Draw,
}

impl PolicyOptions {
    /// The policy's name.
    pub fn name(&self) -> &str {
        self.name.as_deref().unwrap_or("latest")
    }

    /// When a change with an uncertain date shows.
    pub fn uncertain(&self) -> Uncertain {
        self.uncertain.unwrap_or_default()
    }

    /// Stances and sources that do not count.
    pub fn exclude(&self) -> &[String] {
        self.exclude.as_deref().unwrap_or_default()
    }

    /// Source ids in order.
    pub fn priority(&self) -> &[String] {
        self.priority.as_deref().unwrap_or_default()
    }
}
