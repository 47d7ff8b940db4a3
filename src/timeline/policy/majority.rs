//! `majority`: one vote a source; what has the most votes decides, and a tie is contested.

use super::vote::{Poll, poll};
use super::{Group, Question};

pub(super) fn decide(question: &Question<'_>, group: &mut Group) {
    if let Some(poll) = poll(question, group) {
        count(&poll, group);
    }
}

fn count(poll: &Poll, group: &mut Group) {
    let most = poll.votes.iter().map(|v| v.sources).max().unwrap_or(0);
    let mut won: Vec<usize> = (0..poll.votes.len()).filter(|i| poll.votes[*i].sources == most).collect();
    poll.ignore_unknown(&mut won);
    // A loss competes only with what gives its actor ground: against anything else it changes nothing.
    let against = |actor| poll.losses.iter().filter(|l| l.actors.contains(&actor)).count();
    let mut holders: Vec<_> = won.iter().flat_map(|i| poll.votes[*i].holders.iter().copied()).collect();
    holders.sort_unstable();
    holders.dedup();
    let strongest = holders.iter().map(|actor| against(*actor)).max().unwrap_or(0);
    if won.is_empty() || strongest > most {
        let out: Vec<_> = holders.into_iter().filter(|actor| against(*actor) > most).collect();
        let counts = poll.losses.iter().filter(|l| won.is_empty() || l.actors.iter().any(|a| out.contains(a)));
        return group.words.extend(counts.flat_map(|l| &l.words));
    }
    let even = strongest > 0 && strongest == most;
    group.tied = won.len() > 1 || even;
    group.words.extend(won.iter().flat_map(|i| &poll.votes[*i].words));
    if even {
        let tied = |actor: &_| holders.contains(actor) && against(*actor) == most;
        group.words.extend(poll.losses.iter().filter(|l| l.actors.iter().any(tied)).flat_map(|l| &l.words));
    }
}
