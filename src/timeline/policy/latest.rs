//! `latest`: the most recently observed word wins, then the stronger stance, then all of them together.

use super::{Group, Question};

pub(super) fn decide(question: &Question<'_>, group: &mut Group) {
    among(question, group, |_| true);
}

/// Decides among the words that count, as if there were no others.
pub(super) fn among(question: &Question<'_>, group: &mut Group, counts: impl Fn(u32) -> bool) {
    let standing = question.standing;
    let words = &mut group.words;
    let mut newest = None;
    for (day, index) in standing.by_day() {
        if newest.is_some_and(|newest| day < newest) {
            break;
        }
        if question.is_open(index) && counts(index) {
            newest = Some(day);
            words.push(index);
        }
    }
    if words.len() < 2 {
        return;
    }
    // A word without a time ties with all of its day; those with one, only with the last of them.
    let last = words.iter().filter_map(|i| standing.word(*i).seen.second).max();
    words.retain(|i| standing.word(*i).seen.second.is_none_or(|second| Some(second) == last));
    let weight = |i: &u32| standing.word(*i).stance as u8 + standing.lowered(*i);
    let strongest = words.iter().map(weight).min();
    words.retain(|i| Some(weight(i)) == strongest);
}
