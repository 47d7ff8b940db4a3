//! Policies: take the words that stand at a place, give those that decide. One function in one file each.
//!
//! What the deciding words add up to (shares, contests, losses) is the same for all: see `settle`.

mod latest;

use super::standing::Standing;
use crate::project::PolicyOptions;
use std::collections::BTreeSet;

/// How sources that differ are weighed.
pub struct Policy {
    /// Its name in options.
    pub name: &'static str,
    /// What it does, in one line.
    pub doc: &'static str,
    /// Finds the words that decide and puts them into an empty group.
    pub(crate) decide: fn(&Question<'_>, &mut Group),
}

/// Every policy, sorted by name.
pub const POLICIES: &[Policy] = &[Policy {
    name: "latest",
    doc: "the most recently observed word wins, then the stronger stance, then both: contested",
    decide: latest::decide,
}];

/// What a policy is asked: which of these words decide, leaving out those that are taken.
///
/// It is asked again, with one group more taken, while a group holds nothing but losses: those take their
/// actors out of what stands without them.
pub(crate) struct Question<'a> {
    /// What stands.
    pub standing: &'a Standing<'a>,
    /// The groups given before.
    pub taken: &'a BTreeSet<u32>,
    /// For policies that take parameters.
    #[expect(dead_code, reason = "`priority` reads its order of sources here; `latest` needs nothing")]
    pub options: &'a PolicyOptions,
}

/// Words of equal standing that decide together; none where there is nothing left.
#[derive(Debug, Default)]
pub(crate) struct Group {
    /// Indices of the words.
    pub words: Vec<u32>,
    /// The place is contested by all that they name, whatever they say: a tie of votes.
    pub tied: bool,
}

/// Finds a policy by name.
pub(crate) fn policy(name: &str) -> Option<&'static Policy> {
    POLICIES.iter().find(|p| p.name == name)
}
