//! The numbered rules of the contract: for each the smallest ledger that shows it, and its outcome under each policy.
//!
//! What the tables of policies, rulings, shares and levels show under the usual policy only, stands here under all.

use super::ledger::{control_of, dataset, moment, options, place};
use crate::project::{Days, PolicyOptions, Uncertain};
use crate::timeline::{Basis, POLICIES, Snapshot, resolve};

/// A rule in one ledger.
struct Case<'a> {
    rule: &'a str,
    lines: &'a [&'a str],
    /// The place asked for, and when.
    at: (&'a str, &'a str),
    /// What was known, where not all.
    known_by: Option<&'a str>,
    /// When uncertain dates show.
    mode: Uncertain,
    /// In the order of [`POLICIES`]: against-interest, consensus, latest, majority, priority (no order is given).
    told: [&'a str; 5],
}

const CASES: &[Case<'_>] = &[
    Case {
        rule: "1: only what was reported by then counts",
        lines: &["3 P held C by=s rep=3", "5 P held D by=s rep=8"],
        at: ("P", "9"),
        known_by: Some("7"),
        mode: Uncertain::Latest,
        told: ["held C"; 5],
    },
    Case {
        rule: "1: a correction counts from when it was known",
        lines: &["3 P held C by=s rep=3 id=x", "3 P held D by=s rep=8 sup=x"],
        at: ("P", "9"),
        known_by: Some("8"),
        mode: Uncertain::Latest,
        told: ["held D"; 5],
    },
    Case {
        rule: "2: until its end, or until that source says otherwise; what it said before does not return",
        lines: &["2 P held D by=s", "3 P held C by=s until=5"],
        at: ("P", "6"),
        known_by: None,
        mode: Uncertain::Latest,
        told: ["unknown"; 5],
    },
    Case {
        rule: "2: two events of one source that cannot be ordered are both kept",
        lines: &["5 P partial C share=30% by=s", "5 P partial D share=40% by=s"],
        at: ("P", "6"),
        known_by: None,
        mode: Uncertain::Latest,
        told: ["C 30 + D 40"; 5],
    },
    Case {
        rule: "3: latest shows when it must have happened",
        lines: &["1 P held D by=s", "[4..8] P held C by=s"],
        at: ("P", "7"),
        known_by: None,
        mode: Uncertain::Latest,
        told: ["held D"; 5],
    },
    Case {
        rule: "3: earliest shows when it may have",
        lines: &["1 P held D by=s", "[4..8] P held C by=s"],
        at: ("P", "4"),
        known_by: None,
        mode: Uncertain::Earliest,
        told: ["held C"; 5],
    },
    Case {
        rule: "3: midpoint shows half-way",
        lines: &["1 P held D by=s", "[4..8] P held C by=s"],
        at: ("P", "6"),
        known_by: None,
        mode: Uncertain::Midpoint,
        told: ["held C"; 5],
    },
    Case {
        rule: "4: the most recent, those that agree, those that are most, or all of them",
        lines: &["3 P held C by=s", "4 P held C by=t", "5 P held D by=u"],
        at: ("P", "6"),
        known_by: None,
        mode: Uncertain::Latest,
        told: ["held D", "contested C,D", "held D", "held C", "held D"],
    },
    Case {
        rule: "4: a tie is never broken",
        lines: &["5 P held C by=s", "5 P held D by=t"],
        at: ("P", "6"),
        known_by: None,
        mode: Uncertain::Latest,
        told: ["contested C,D"; 5],
    },
    Case {
        rule: "5: a share takes ground from the opponent",
        lines: &["1 P partial C share=50% by=s", "1 P partial D share=50% by=s", "5 P partial E share=30% opp=D by=s"],
        at: ("P", "6"),
        known_by: None,
        mode: Uncertain::Latest,
        told: ["C 50 rest + D 20 rest + E 30"; 5],
    },
    Case {
        rule: "5: else from the previous holders in proportion",
        lines: &["1 P partial C share=80% by=s", "1 P partial D share=20% by=s", "5 P partial E share=50% by=s"],
        at: ("P", "6"),
        known_by: None,
        mode: Uncertain::Latest,
        told: ["C 40 rest + D 10 rest + E 50"; 5],
    },
    Case {
        rule: "5: words of equal standing combine as the interval that holds them all",
        lines: &["1 P held D by=s", "5 P partial C share=80% by=s", "5 P held C by=s", "5 P partial C share=>90% by=s"],
        at: ("P", "6"),
        known_by: None,
        mode: Uncertain::Latest,
        told: ["C 80..100 + D 0..20 rest"; 5],
    },
    Case {
        rule: "6: a word about a finer unit overrides an earlier one about what contains it",
        lines: &["3 P held C by=s", "5 T held D by=s"],
        at: ("T", "6"),
        known_by: None,
        mode: Uncertain::Latest,
        told: ["held D"; 5],
    },
    Case {
        rule: "6: a later word about the whole replaces it",
        lines: &["3 P held C by=s", "5 T held D by=s", "7 P held C by=s"],
        at: ("T", "8"),
        known_by: None,
        mode: Uncertain::Latest,
        told: ["held C"; 5],
    },
    Case {
        rule: "6: a later share of the whole does not",
        lines: &["3 P held C by=s", "5 T held D by=s", "7 P partial C share=80% by=s"],
        at: ("T", "8"),
        known_by: None,
        mode: Uncertain::Latest,
        told: ["held D"; 5],
    },
    Case {
        rule: "6: a settlement's capture never paints what contains it",
        lines: &["3 P held C by=s", "5 T held D by=s"],
        at: ("P", "6"),
        known_by: None,
        mode: Uncertain::Latest,
        told: ["held C"; 5],
    },
    Case {
        rule: "7: a loss ends a hold and names no new one",
        lines: &["3 P held C by=s", "5 P lost C by=s"],
        at: ("P", "6"),
        known_by: None,
        mode: Uncertain::Latest,
        told: ["lost C"; 5],
    },
    Case {
        rule: "7: a loss and a hold of the same day are one change told twice",
        lines: &["5 P lost C by=s", "5 P held D by=t"],
        at: ("P", "6"),
        known_by: None,
        mode: Uncertain::Latest,
        told: ["held D"; 5],
    },
    Case {
        rule: "a denial never asserts",
        lines: &["5 P held C by=s stance=denied"],
        at: ("P", "6"),
        known_by: None,
        mode: Uncertain::Latest,
        told: ["unknown"; 5],
    },
    Case {
        rule: "unknown, vacant and out of scope are three different things",
        lines: &["3 P vacant - by=s", "5 P out-of-scope - by=s"],
        at: ("P", "6"),
        known_by: None,
        mode: Uncertain::Latest,
        told: ["out-of-scope"; 5],
    },
];

/// The state of every place under a policy.
fn under(policy: &str, case: &Case<'_>, more: impl FnOnce(&mut PolicyOptions)) -> (crate::model::Dataset, Snapshot) {
    let dataset = dataset(case.lines);
    let own = options(|o| {
        o.name = Some(policy.into());
        o.uncertain = Some(case.mode);
        more(o);
    });
    let known_by = case.known_by.map(|when| moment(&dataset, when));
    let snapshot = resolve(&dataset, &own, known_by).value.snapshot(&dataset, moment(&dataset, case.at.1));
    (dataset, snapshot)
}

#[test]
fn each_rule_gives_under_each_policy_what_the_contract_says() {
    let mut wrong = String::new();
    for case in CASES {
        let told = |policy: &str| {
            let (dataset, snapshot) = under(policy, case, |_| {});
            control_of(&dataset, &snapshot, case.at.0)
        };
        let told: Vec<String> = POLICIES.iter().map(|policy| told(policy.name)).collect();
        if told != case.told {
            wrong += &format!("{}: {:#?}\n  is      {told:?}\n  was due {:?}\n", case.rule, case.lines, case.told);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn draw_and_staleness_mark_a_place_under_each_policy() {
    let changing = Case {
        rule: "3: drawn as changing between the two",
        lines: &["1 P held D by=s", "[4..8] P held C by=s"],
        at: ("P", "6"),
        known_by: None,
        mode: Uncertain::Draw,
        told: ["held D"; 5],
    };
    let stale = Case {
        rule: "8: direct or carried, and older than `stale-after`",
        lines: &["1 P held D by=s"],
        at: ("T", "9"),
        known_by: None,
        mode: Uncertain::Latest,
        told: ["held D"; 5],
    };
    for policy in POLICIES {
        let of = |case: &Case<'_>| {
            let (dataset, snapshot) = under(policy.name, case, |o| o.stale_after = Some(Days(5)));
            assert_eq!(control_of(&dataset, &snapshot, case.at.0), case.told[0], "{}: {}", policy.name, case.rule);
            snapshot
        };
        assert!(of(&changing).states[place("P").0 as usize].changing, "{}", policy.name);
        let town = of(&stale).states[place("T").0 as usize].clone();
        assert_eq!((town.stale, town.basis, town.evidence.len()), (true, Basis::Carried, 1), "{}", policy.name);
    }
}
