//! `against-interest`: a source tied to a side counts only where it gives that side no ground; then as `latest`.

use super::{Group, Question, latest};
use crate::model::{Dataset, Status};
use crate::timeline::word::{Role, Word};

pub(super) fn decide(question: &Question<'_>, group: &mut Group) {
    let standing = question.standing;
    latest::among(question, group, |index| counts(standing.dataset(), standing.word(index)));
}

/// Tells whether a word counts: its source serves no side, or it gives no ground to an actor of that side.
///
/// A loss gives nobody ground. Whose side an actor is on goes by the day that the word shows; one without
/// a side is its own.
pub(crate) fn counts(dataset: &Dataset, word: &Word) -> bool {
    let interest = &dataset.source(word.source).side;
    if interest.is_empty() || word.role == Role::Loss {
        return true;
    }
    let event = dataset.event(word.event);
    // Who contests may stand on either side of a contest; the opponent of a share loses it.
    let both = event.status == Status::Contested;
    let named = event.actors.iter().chain(event.opponents.iter().filter(|_| both));
    !named.map(|actor| dataset.actor(*actor)).any(|actor| {
        let side = &actor.on(word.shown.day).side;
        if side.is_empty() { actor.id == *interest } else { side == interest }
    })
}
