//! Rows of events → events: their places and what they assert.

use super::actor::Cast;
use super::locate;
use super::place::bits;
use super::report::JoinReport;
use super::source::Press;
use super::spelling::{Found, Spellings};
use super::unmatched::tell;
use crate::diag::Diagnostic;
use crate::model::{
    Beside, EventDate, EventIndex, EventRows, Interner, Kind, Level, Offset, Origin, PlaceIndex, Rest, Said, Saying,
    Share, Stance, Status, Symbol, Table,
};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Finds the place of each spot; each spelling is looked up once. A row in which something is wrong already may fit
/// several places for that alone.
pub fn join_places(
    (rows, faulty): (&EventRows, &[Origin]),
    tables: &[Table],
    texts: &Interner,
    spellings: &Spellings,
    points: &BTreeMap<[u64; 2], PlaceIndex>,
    report: &mut JoinReport,
    found: &mut Vec<Diagnostic>,
) -> Vec<Option<PlaceIndex>> {
    let mut names: Vec<(Symbol, Option<Level>)> =
        rows.spots.iter().filter(|s| !s.place.is_empty()).map(|s| (s.place, s.level)).collect();
    names.par_sort_unstable();
    names.dedup();
    let found_names: Vec<Found> =
        names.par_iter().map(|(name, level)| spellings.find(texts.text(*name), *level)).collect();
    for one in &found_names {
        if let Found::One(_, stage) = one {
            *report.names_of(*stage) += 1;
        }
    }
    let place_of: Vec<Option<PlaceIndex>> = rows
        .spots
        .par_iter()
        .map(|spot| match (spot.place.is_empty(), names.binary_search(&(spot.place, spot.level))) {
            (false, Ok(name)) => match found_names[name] {
                Found::One(place, _) => Some(place),
                Found::Several(_) | Found::Nothing => None,
            },
            _ => spot.point.and_then(|at| points.get(&bits(at)).copied()),
        })
        .collect();
    report.points = points.len();
    report.rows = rows.len();
    report.joined = report.rows;
    if place_of.iter().all(Option::is_some) {
        return place_of;
    }
    let mut missing: BTreeMap<(&str, Option<Level>), Vec<Origin>> = BTreeMap::new();
    for entry in rows.entries().filter(|e| place_of[e.spot as usize].is_none()) {
        report.joined -= 1;
        let spot = &rows.spots[entry.spot as usize];
        if !spot.place.is_empty() {
            missing.entry((texts.text(spot.place), spot.level)).or_default().push(rows.origin(entry));
        }
    }
    for ((written, level), mut at) in missing {
        if level.is_none() && !faulty.is_empty() && matches!(spellings.find(written, level), Found::Several(_)) {
            at.retain(|origin| faulty.binary_search(origin).is_err());
        }
        if !at.is_empty() {
            at.sort_unstable();
            tell(written, level, &at, tables, spellings, report, found);
        }
    }
    place_of
}

/// Tells of rows that name fewer actors than their status needs; not of those in which something is wrong already.
pub fn check_actors(rows: &EventRows, faulty: &[Origin], cast: &Cast, tables: &[Table], found: &mut Vec<Diagnostic>) {
    let lacks = |said: &Saying| {
        let (status, _) = assertion(said, cast.list(said.actors).len());
        let is_told = cast.is_faulty(said.actors) || (status == Status::Contested && cast.is_faulty(said.opponents));
        let needed = needed(said, status).filter(|n| !is_told && *n > parties(said, status, cast));
        needed.map(|needed| (status, needed))
    };
    let lacking: Vec<Option<(Status, usize)>> = rows.sayings.par_iter().map(lacks).collect();
    if lacking.iter().all(Option::is_none) {
        return;
    }
    for entry in rows.entries() {
        let is_told = || faulty.binary_search(&rows.origin(entry)).is_ok();
        if let Some((status, needed)) = lacking[entry.saying as usize].filter(|_| !is_told()) {
            let said = &rows.sayings[entry.saying as usize];
            found.push(missing_actor(rows.origin(entry), said, status, needed, tables));
        }
    }
}

/// What a row asserts: its status and share with every default filled in.
fn assertion(row: &Saying, actors: usize) -> (Status, Option<Share>) {
    let status = row.status.unwrap_or(match row.kind {
        Some(Kind::Withdrawal) => Status::Lost,
        Some(Kind::Siege) => Status::Besieged,
        _ if row.share.is_some() => Status::Partial,
        _ => Status::Held,
    });
    let whole = row.share.is_none_or(|s| s.low() >= 1.0);
    match status {
        Status::Held if whole && actors > 1 => (Status::Partial, Some(row.share.unwrap_or(Share::WHOLE))),
        Status::Held if whole => (Status::Held, None),
        Status::Held => (Status::Partial, row.share),
        Status::Partial if whole && row.share.is_some() && actors == 1 => (Status::Held, None),
        _ => (status, row.share),
    }
}

/// How many actors a row must name.
fn needed(row: &Saying, status: Status) -> Option<usize> {
    // A row that takes another back asserts nothing of its own.
    if row.kind.is_some_and(Kind::is_annotation) || row.stance == Stance::Retracted {
        return None;
    }
    match status {
        Status::Contested | Status::Shared => Some(2),
        Status::Held | Status::Partial | Status::Presence | Status::Besieged | Status::Lost => Some(1),
        Status::Vacant | Status::Unknown | Status::OutOfScope => None,
    }
}

/// How many actors a row names; who contests may stand in `opponent`.
fn parties(row: &Saying, status: Status, cast: &Cast) -> usize {
    let actors = cast.list(row.actors);
    let others = cast.list(row.opponents).iter().filter(|a| status == Status::Contested && !actors.contains(a));
    actors.len() + others.count()
}

fn missing_actor(origin: Origin, row: &Saying, status: Status, needed: usize, tables: &[Table]) -> Diagnostic {
    let count = if needed == 1 { "an actor" } else { "two actors" };
    let mut d = Diagnostic::new("missing-actor", format!("`{}` names {count}", status.word()));
    d.location = locate(tables, origin, "actor");
    match (needed, row.status) {
        (1, None) => d.hint("fill in `actor`; or give a `status` that needs none, or a `kind` such as `closure`"),
        (1, _) => d.hint("fill in `actor`; where nobody holds it write `vacant`, where it is not known `unknown`"),
        _ => d.hint("write two ids in `actor` with `;` between"),
    }
}

/// Tells of events that were seen before they were so.
pub fn check_dates(rows: &EventRows, tables: &[Table], offset: Offset, found: &mut Vec<Diagnostic>) {
    if rows.rests.iter().all(|rest| rest.observed.is_none()) {
        return;
    }
    for entry in rows.entries() {
        let rest = &rows.rests[entry.rest as usize];
        let Some(observed) = rest.observed else { continue };
        let date = rest.date.unwrap_or(EventDate::day(entry.day));
        let earlier = match (observed.moment(offset), date.moment(offset)) {
            (Some(seen), Some(so)) => seen < so,
            _ => observed.latest < date.earliest,
        };
        if earlier {
            let message = format!("observed on {}, before its date {} begins", observed.latest, date.earliest);
            let mut d = Diagnostic::new("observed-before-date", message).value(observed.latest.to_string());
            d.location = locate(tables, rows.origin(entry), "observed");
            found.push(d.hint("check `observed` and `date`; when it was published goes into `reported`"));
        }
    }
}

/// What each saying asserts, joined.
pub fn said(sayings: &[Saying], cast: &Cast, press: &Press, hashes: &[u64]) -> Vec<Said> {
    let join = |(row, hash): (&Saying, &u64)| {
        let actors = cast.list(row.actors);
        let (status, share) = assertion(row, actors.len());
        Said {
            actors: actors.into(),
            status,
            share,
            opponents: cast.list(row.opponents).into(),
            kind: row.kind,
            sources: press.list(row.sources).into(),
            stance: row.stance,
            claimant: cast.list(row.claimant).first().copied(),
            confidence: row.confidence,
            hash: *hash,
        }
    };
    sayings.iter().zip(hashes).map(join).collect()
}

/// What else is known, joined; `corrected` are the events that `supersedes` names.
pub fn beside(rests: Vec<Rest>, texts: &Interner, corrected: &[Option<EventIndex>], hashes: &[u64]) -> Vec<Beside> {
    let join = |(i, rest): (usize, Rest)| Beside {
        table: rest.table,
        date: rest.date,
        until: rest.until,
        observed: rest.observed,
        reported: rest.reported,
        id: texts.text(rest.id).into(),
        supersedes: corrected.get(i).copied().flatten(),
        text: rest.text,
        hash: hashes[i],
    };
    rests.into_iter().enumerate().map(join).collect()
}
