//! `priority`: the first source of a list that speaks decides, then as `latest`; sources not in it come last.

use super::{Group, Question, latest};
use crate::diag::{Diagnostic, did_you_mean_text, quote};
use crate::model::Dataset;
use crate::project::PolicyOptions;

pub(super) fn decide(question: &Question<'_>, group: &mut Group) {
    let standing = question.standing;
    // An event of several sources is a word of each: it ranks with the best of those that still stand by it.
    let rank = |index: u32| question.ranks.get(standing.word(index).source.0 as usize).copied().unwrap_or(u32::MAX);
    let open = standing.by_day().map(|(_, index)| index).filter(|index| question.is_open(*index));
    if let Some(best) = open.map(rank).min() {
        latest::among(question, group, |index| rank(index) == best);
    }
}

/// The rank of each source in the option `priority`; the last for those that it does not name.
pub(crate) fn ranks(dataset: &Dataset, options: &PolicyOptions, diagnostics: &mut Vec<Diagnostic>) -> Vec<u32> {
    let mut ranks = vec![u32::MAX; dataset.sources.len()];
    for (rank, id) in (0..).zip(options.priority()) {
        match dataset.sources.iter().position(|s| s.id == *id) {
            // Named twice, it has the better of its ranks.
            Some(source) => ranks[source] = ranks[source].min(rank),
            None => diagnostics.push(unknown(dataset, id)),
        }
    }
    ranks
}

fn unknown(dataset: &Dataset, id: &str) -> Diagnostic {
    let near = did_you_mean_text(id, dataset.sources.iter().map(|s| s.id.as_str()).filter(|id| !id.is_empty()));
    let hint = near.unwrap_or_else(|| "write ids of sources of the events, the one to trust most first".to_owned());
    Diagnostic::new("bad-word", format!("source {} of `priority` says nothing here", quote(id))).value(id).hint(hint)
}
