//! Policies: take the words that stand at a place, give those that decide. One function in one file each.
//!
//! What the deciding words add up to (shares, contests, losses) is the same for all: see `settle`.

mod against_interest;
mod consensus;
mod latest;
mod majority;
mod priority;
mod vote;

pub(crate) use against_interest::counts as speaks_against_interest;
pub(crate) use priority::ranks;

use super::standing::Standing;
use std::collections::BTreeSet;

/// How sources that differ are weighed.
pub struct Policy {
    /// Its name in options.
    pub name: &'static str,
    /// What it does, in one line.
    pub doc: &'static str,
    /// The same for somebody who never read of policies.
    pub rule: &'static str,
    /// Finds the words that decide and puts them into an empty group.
    pub(crate) decide: fn(&Question<'_>, &mut Group),
    /// What that comes to among plain words.
    pub(crate) plain: Plain,
}

/// What a policy comes to among words that say no more than that one actor holds the place from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Plain {
    /// Those of the newest day and the strongest stance decide.
    Newest,
    /// The same among sources of one rank.
    Ranked,
    /// The same among sources that serve no side.
    Disinterested,
    /// Those of most sources decide.
    Most,
    /// All decide.
    All,
}

/// Every policy, sorted by name.
pub const POLICIES: &[Policy] = &[
    Policy {
        name: "against-interest",
        doc: "a source tied to a side counts only where it gives that side no ground; among what counts, as `latest`",
        rule: "a source that belongs to a side counts only where it speaks against that side; of what counts, the most \
               recent report; of equally recent ones, assessed before reported before claimed",
        decide: against_interest::decide,
        plain: Plain::Disinterested,
    },
    Policy {
        name: "consensus",
        doc: "unless all sources that speak agree, the place is contested",
        rule: "what all sources agree on; where they do not, the place is contested",
        decide: consensus::decide,
        plain: Plain::All,
    },
    Policy {
        name: "latest",
        doc: "the most recently observed word wins, then the stronger stance, then both: contested",
        rule: "the most recent report counts; of equally recent ones, assessed before reported before claimed; what is \
               then still equal counts together",
        decide: latest::decide,
        plain: Plain::Newest,
    },
    Policy {
        name: "majority",
        doc: "one vote a source; a tie is contested",
        rule: "each source has one vote, and what most say counts; a tie is contested",
        decide: majority::decide,
        plain: Plain::Most,
    },
    Policy {
        name: "priority",
        doc: "the first source of `priority` that speaks decides; those not in it come last, as `latest`",
        rule: "the first source of a given list that speaks of the place; sources not in the list come last, the most \
               recent report first",
        decide: priority::decide,
        plain: Plain::Ranked,
    },
];

/// What a policy is asked: which of these words decide, leaving out those that are taken.
///
/// It is asked again, with one group more taken, while a group holds nothing but losses: those take their
/// actors out of what stands without them.
pub(crate) struct Question<'a> {
    /// What stands.
    pub standing: &'a Standing<'a>,
    /// The groups given before.
    pub taken: &'a BTreeSet<u32>,
    /// For each source its rank in the option `priority`.
    pub ranks: &'a [u32],
}

impl Question<'_> {
    /// Tells whether a word may decide: it is not taken, nor hidden by a later loss of its own source.
    pub fn is_open(&self, index: u32) -> bool {
        !self.taken.contains(&index) && !self.standing.is_beneath(index, self.taken)
    }
}

/// Words of equal standing that decide together; none where there is nothing left.
#[derive(Debug, Default)]
pub(crate) struct Group {
    /// Indices of the words.
    pub words: Vec<u32>,
    /// The place is contested by all whom they give ground, whatever they say: a tie of votes.
    pub tied: bool,
}

/// The policy that is used where none is named.
pub(crate) const USUAL: &str = "latest";

/// Finds a policy by name.
pub(crate) fn policy(name: &str) -> Option<&'static Policy> {
    POLICIES.iter().find(|p| p.name == name)
}
