//! Votes: take what stands, give what each source says with all its words together.

use super::{Group, Question};
use crate::model::{ActorIndex, Control, Day, Event, SourceIndex};
use crate::timeline::combine::{combine, take_out};
use crate::timeline::word::{Role, meet};

/// Sources that say the same of who holds the place.
pub(super) struct Vote {
    /// Who has ground, sorted; none where nobody does or nobody knows.
    pub holders: Vec<ActorIndex>,
    /// What is said where nobody has ground; empty else.
    said: &'static str,
    /// How many sources say so.
    pub sources: usize,
    /// Their words, and those of losses that agree.
    pub words: Vec<u32>,
    /// The days on which the holds of those words show.
    days: Vec<Day>,
}

/// A source that says who no longer holds the place, not who does, and agrees with nobody who does.
pub(super) struct Loss {
    /// Who is out, sorted.
    pub actors: Vec<ActorIndex>,
    /// Its words.
    pub words: Vec<u32>,
}

/// What all sources say.
pub(super) struct Poll {
    pub votes: Vec<Vote>,
    pub losses: Vec<Loss>,
}

/// Asks every source; `None` where at most one word stands, which is then in the group.
pub(super) fn poll(question: &Question<'_>, group: &mut Group) -> Option<Poll> {
    let standing = question.standing;
    let open = standing.by_day().map(|(_, index)| index).filter(|index| !question.taken.contains(index));
    group.words.extend(open);
    if group.words.len() < 2 {
        return None;
    }
    let mut open = std::mem::take(&mut group.words);
    open.sort_unstable_by_key(|index| (standing.word(*index).source, *index));
    let mut poll = Poll { votes: Vec::new(), losses: Vec::new() };
    let mut losses = Vec::new();
    let source = |index: &u32| -> SourceIndex { standing.word(*index).source };
    for words in open.chunk_by(|a, b| source(a) == source(b)) {
        match view(question, words) {
            View::Hold(control) => poll.add(question, &control, words),
            View::Loss(actors) => losses.push(Loss { actors, words: words.to_vec() }),
        }
    }
    for loss in losses {
        let days: Vec<Day> = loss.words.iter().map(|i| standing.word(*i).shown.day).collect();
        // A lost it and B holds it, on one day, are one change told twice.
        let agrees = |vote: &&mut Vote| {
            let somebody = !vote.holders.is_empty() && !meet(&vote.holders, &loss.actors);
            (somebody || vote.said == Control::Vacant.word()) && vote.days.iter().any(|day| days.contains(day))
        };
        let mut alone = true;
        for vote in poll.votes.iter_mut().filter(agrees) {
            vote.sources += 1;
            vote.words.extend(&loss.words);
            alone = false;
        }
        if alone {
            poll.losses.push(loss);
        }
    }
    Some(poll)
}

enum View {
    Hold(Control),
    Loss(Vec<ActorIndex>),
}

/// What a source says with all its words that stand.
fn view(question: &Question<'_>, words: &[u32]) -> View {
    let standing = question.standing;
    let of = |role: Role| words.iter().filter(move |i| standing.word(**i).role == role);
    let holds: Vec<Event<'_>> = of(Role::Hold).map(|i| standing.event(*i)).collect();
    let mut losers: Vec<ActorIndex> = of(Role::Loss).flat_map(|i| standing.event(*i).actors.iter().copied()).collect();
    losers.sort_unstable();
    losers.dedup();
    if holds.is_empty() {
        return View::Loss(losers);
    }
    // Who held it before matters for the rest of a share, which is nobody's word.
    let mut control = combine(&holds, false, || Control::Unknown);
    if let Control::Partial(parts) = &mut control {
        parts.retain(|part| !part.rest);
    }
    if losers.is_empty() {
        return View::Hold(control);
    }
    match take_out(control, &losers) {
        Control::Lost(_) => View::Loss(losers),
        control => View::Hold(control),
    }
}

impl Poll {
    fn add(&mut self, question: &Question<'_>, control: &Control, words: &[u32]) {
        let mut holders = match control {
            Control::Partial(parts) => parts.iter().flat_map(|p| p.actors.iter().copied()).collect(),
            other => other.actors(),
        };
        holders.sort_unstable();
        holders.dedup();
        let said = if holders.is_empty() { control.word() } else { "" };
        let holds = words.iter().map(|i| question.standing.word(*i)).filter(|w| w.role == Role::Hold);
        let days: Vec<Day> = holds.map(|w| w.shown.day).collect();
        match self.votes.iter_mut().find(|v| v.holders == holders && v.said == said) {
            Some(vote) => {
                vote.sources += 1;
                vote.words.extend(words);
                vote.days.extend(days);
            }
            None => self.votes.push(Vote { holders, said, sources: 1, words: words.to_vec(), days }),
        }
    }

    /// Leaves out the vote for `unknown` beside an equal one that names a holder.
    pub fn ignore_unknown(&self, equal: &mut Vec<usize>) {
        if equal.iter().any(|i| !self.votes[*i].holders.is_empty()) {
            equal.retain(|i| self.votes[*i].said != Control::Unknown.word());
        }
    }
}
