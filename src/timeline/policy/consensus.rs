//! `consensus`: where every source agrees, that; where they do not, the place is contested.

use super::vote::{Poll, poll};
use super::{Group, Question};

pub(super) fn decide(question: &Question<'_>, group: &mut Group) {
    if let Some(poll) = poll(question, group) {
        agree(&poll, group);
    }
}

fn agree(poll: &Poll, group: &mut Group) {
    let mut views: Vec<usize> = (0..poll.votes.len()).collect();
    poll.ignore_unknown(&mut views);
    if views.is_empty() {
        return group.words.extend(poll.losses.iter().flat_map(|l| &l.words));
    }
    let holds = |actor: &_| views.iter().any(|i| poll.votes[*i].holders.contains(actor));
    let against: Vec<_> = poll.losses.iter().filter(|l| l.actors.iter().any(holds)).collect();
    group.tied = views.len() > 1 || !against.is_empty();
    group.words.extend(views.iter().flat_map(|i| &poll.votes[*i].words));
    group.words.extend(against.iter().flat_map(|l| &l.words));
}
