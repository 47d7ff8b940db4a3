//! What an explanation says in words: assertions, states and what became of a word.

use controlmap::model::{ActorIndex, Control, Dataset, Day, Event, EventIndex, Share, SourceIndex, Stance, Status};
use controlmap::timeline::{Told, Unit, Verdict, Why};

/// Lists as a sentence does: a, b and c.
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// The names of actors on a day.
pub fn names(dataset: &Dataset, actors: &[ActorIndex], day: Day) -> String {
    let name = |a: &ActorIndex| dataset.actor(*a).on(day).names.default.clone();
    list(&actors.iter().map(name).collect::<Vec<_>>())
}

/// Ids of events, each in backticks.
pub fn ids(dataset: &Dataset, events: &[EventIndex]) -> String {
    list(&events.iter().map(|e| format!("`{}`", dataset.event(*e).id)).collect::<Vec<_>>())
}

/// A share: `80 %`, `80…100 %`, `about 60 %`, `all of it`.
pub fn share(share: Share) -> String {
    let about = if share.is_approximate() { "about " } else { "" };
    let number = |x: f64| format!("{}", (x * 1000.0).round() / 10.0);
    match (number(share.low()), number(share.high())) {
        (low, high) if low == high && low == "100" => "all of it".to_owned(),
        (low, high) if low == high => format!("{about}{low} %"),
        (low, high) => format!("{about}{low}…{high} %"),
    }
}

/// What an event says.
pub fn says(dataset: &Dataset, event: &Event<'_>) -> String {
    let day = event.date.latest;
    let who = names(dataset, event.actors, day);
    let against = names(dataset, event.opponents, day);
    if let Some(kind) = event.kind.filter(|k| k.is_annotation()) {
        let by = if who.is_empty() { String::new() } else { format!(" by {who}") };
        return format!("{}{by}", kind.word());
    }
    let part = event.share.map_or("a part of it".to_owned(), share);
    let said = match event.status {
        Status::Held => format!("held by {who}"),
        Status::Partial if event.actors.len() > 1 => format!("{part} held by {who} together"),
        Status::Partial => format!("{part} held by {who}"),
        Status::Contested if against.is_empty() => format!("contested by {who}"),
        Status::Contested => format!("contested by {who} and {against}"),
        Status::Shared => format!("held together by {who}"),
        Status::Presence => format!("{who} present"),
        Status::Besieged => format!("besieged by {who}"),
        Status::Lost => format!("no longer held by {who}"),
        Status::Vacant => "held by nobody".to_owned(),
        Status::Unknown => "not known who holds it".to_owned(),
        Status::OutOfScope => "not part of the map".to_owned(),
    };
    let taken = event.status == Status::Partial && !against.is_empty();
    let from = if taken { format!(", taken from {against}") } else { String::new() };
    let denied = if event.stance == Stance::Denied { "not so: " } else { "" };
    format!("{denied}{said}{from}")
}

/// A state in a sentence.
pub fn state(dataset: &Dataset, control: &Control, day: Day) -> String {
    let who = |actors: &[ActorIndex]| names(dataset, actors, day);
    match control {
        Control::Held(actor) => format!("held by {}", who(&[*actor])),
        Control::Partial(parts) => {
            let part = |p: &controlmap::model::Part| {
                let how_much = p.share.map_or("a part, how much is not said".to_owned(), share);
                format!("{} ({how_much})", who(&p.actors))
            };
            format!("held in parts by {}", list(&parts.iter().map(part).collect::<Vec<_>>()))
        }
        Control::Contested(actors) => format!("contested by {}", who(actors)),
        Control::Shared(actors) => format!("held together by {}", who(actors)),
        Control::Lost(actors) => format!("no longer held by {}; who holds it is not said", who(actors)),
        Control::Vacant => "held by nobody".to_owned(),
        Control::Unknown => "not known who holds it".to_owned(),
        Control::OutOfScope => "not part of the map".to_owned(),
    }
}

/// What a stance weighs, in words.
fn weight(stance: Stance) -> &'static str {
    match stance {
        Stance::Assessed => "assessed",
        Stance::Reported => "reported",
        Stance::Claimed => "only claimed, by a party with a stake",
        Stance::Denied => "denied",
        Stance::Retracted => "taken back",
    }
}

/// How a source stands to what it says.
pub fn stands(stance: Stance) -> &'static str {
    match stance {
        Stance::Assessed => "assessed by",
        Stance::Reported => "reported by",
        Stance::Claimed => "claimed by",
        Stance::Denied => "denied by",
        Stance::Retracted => "taken back by",
    }
}

/// The word of a verdict for programs.
pub fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Decides => "decides",
        Verdict::LiesOver => "lies-over",
        Verdict::Denies => "denies",
        Verdict::Annotates => "annotates",
        Verdict::NamesNobody => "names-nobody",
        Verdict::NotKnown => "not-known",
        Verdict::NotYet => "not-yet",
        Verdict::Superseded(_) => "superseded",
        Verdict::Retracted => "retracted",
        Verdict::StanceExcluded => "stance-excluded",
        Verdict::SourceExcluded => "source-excluded",
        Verdict::Replaced(_) => "replaced",
        Verdict::Ended => "ended",
        Verdict::Silenced(_) => "silenced",
        Verdict::Swept(_) => "swept",
        Verdict::Lifted => "lifted",
        Verdict::Beneath(_) => "beneath",
        Verdict::Out(_) => "out",
        Verdict::ChangesNothing => "changes-nothing",
        Verdict::Older(_) => "older",
        Verdict::Weaker(_) => "weaker",
        Verdict::Outranked(_) => "outranked",
        Verdict::OwnInterest => "own-interest",
        Verdict::Outvoted => "outvoted",
        Verdict::Ignored => "ignored",
    }
}

/// The event that a verdict goes back to.
pub fn other(verdict: Verdict) -> Option<EventIndex> {
    match verdict {
        Verdict::Superseded(e) | Verdict::Replaced(e) | Verdict::Silenced(e) | Verdict::Swept(e) => Some(e),
        Verdict::Beneath(e) | Verdict::Out(e) | Verdict::Older(e) | Verdict::Weaker(e) => Some(e),
        Verdict::Outranked(e) => Some(e),
        _ => None,
    }
}

/// What became of a word, in a sentence.
pub fn fate(dataset: &Dataset, why: &Why, unit: &Unit, told: &Told, source: SourceIndex, verdict: Verdict) -> String {
    let event = dataset.event(told.event);
    let id = |e: EventIndex| format!("`{}`", dataset.event(e).id);
    let shown = |e: EventIndex| {
        let all = why.units.iter().flat_map(|u| &u.told);
        all.into_iter().find(|t| t.event == e).map_or(dataset.event(e).date.latest, |t| t.shows)
    };
    let seen = |e: EventIndex| dataset.event(e).observed.map_or(shown(e), |o| o.latest);
    let of_place = unit.place == why.units[0].place;
    match verdict {
        Verdict::Decides if of_place => "decides".to_owned(),
        Verdict::Decides => "decides there".to_owned(),
        Verdict::LiesOver => "lies over the control: it does not say who holds the place".to_owned(),
        Verdict::Denies => "says only what is not so: it sets such words of others one stance lower".to_owned(),
        Verdict::Annotates => "drawn and listed; it never changes who holds the place".to_owned(),
        Verdict::NamesNobody => "names nobody, so it says nothing on who holds the place".to_owned(),
        Verdict::NotKnown => "not known by then: it was reported later".to_owned(),
        Verdict::NotYet if told.ever_shows() => format!("not yet: it shows on {}", told.shows),
        Verdict::NotYet => "never shows: there is no day by which it must have happened".to_owned(),
        Verdict::Superseded(by) => format!("corrected by its own source in {}", id(by)),
        Verdict::Retracted => "taken back: it counts as never said".to_owned(),
        Verdict::StanceExcluded => format!("does not count: `{}` is excluded", event.stance.word()),
        Verdict::SourceExcluded => format!("does not count: source `{}` is excluded", dataset.source(source).id),
        Verdict::Replaced(by) => format!("over: the same source spoke again on {} ({})", shown(by), id(by)),
        Verdict::Ended => {
            let until = event.until.map_or(String::new(), |until| format!(" {}", until.written(&dataset.texts)));
            format!("over: it was true until{until}")
        }
        Verdict::Silenced(by) => format!("over: its source fell silent when its later loss {} ended", id(by)),
        Verdict::Swept(by) => {
            let place = &dataset.place(dataset.event(by).place).names.default;
            format!("over: on {} {} spoke of all of {place}", shown(by), id(by))
        }
        Verdict::Lifted => "over: the place changed hands".to_owned(),
        Verdict::Beneath(by) => format!("over: the same source says since {} who is out ({})", shown(by), id(by)),
        Verdict::Out(by) => format!("over: {} says that they are out", id(by)),
        Verdict::ChangesNothing => "changes nothing: whom it names had no ground there".to_owned(),
        Verdict::Older(by) if seen(told.event) == seen(by) => {
            format!("does not count: {} was observed later that day", id(by))
        }
        Verdict::Older(by) => {
            format!("does not count: it is of {}, and {} of {} is newer", seen(told.event), id(by), seen(by))
        }
        Verdict::Weaker(by) => {
            let (own, stronger) = (event.stance, dataset.event(by).stance);
            if own > stronger {
                format!("does not count: {}, while {}, just as recent, is {}", weight(own), id(by), weight(stronger))
            } else {
                format!("does not count: others deny it, and nobody denies {}, which is just as recent", id(by))
            }
        }
        Verdict::Outranked(by) => format!("does not decide: its source comes after that of {} in `priority`", id(by)),
        Verdict::OwnInterest => {
            let side = &dataset.source(source).side;
            format!("does not count: its source serves the side `{side}`, and it gives that side ground")
        }
        Verdict::Outvoted => "outvoted: more sources say otherwise".to_owned(),
        Verdict::Ignored => "names no holder, and others do".to_owned(),
    }
}
