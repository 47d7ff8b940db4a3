//! Rows of events → events: their places, what they assert, their order, and checks between them.

use super::actor::{Cast, TOLD};
use super::identity::Ids;
use super::place::bits;
use super::report::{JoinReport, Suggestion, Unmatched};
use super::source::Press;
use super::spelling::{Found, Spellings, Stage};
use super::{called, either, locate};
use crate::diag::{Diagnostic, quote};
use crate::model::{
    ActorIndex, Day, Event, EventDate, EventIndex, EventRow, EventText, Interner, Kind, Level, Offset, Origin, Place,
    PlaceIndex, Share, Source, SourceIndex, Stance, Status, Symbol, Table,
};
use foldhash::fast::FixedState;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Finds the place of each row; each spelling is looked up once. A row in which something is wrong already may fit
/// several places for that alone.
pub fn join_places(
    (rows, faulty): (&[EventRow], &[Origin]),
    tables: &[Table],
    texts: &Interner,
    spellings: &Spellings,
    points: &BTreeMap<[u64; 2], PlaceIndex>,
    report: &mut JoinReport,
    found: &mut Vec<Diagnostic>,
) -> Vec<Option<PlaceIndex>> {
    let kinds = Level::ALL.len() + 1;
    // By spelling and level: 0 for not yet looked up, 1 for no place, else the place and 2.
    let mut cache = vec![0_u32; texts.len() * kinds];
    let mut missing: BTreeMap<(Symbol, Option<Level>), Vec<Origin>> = BTreeMap::new();
    let mut place_of = Vec::with_capacity(rows.len());
    for row in rows {
        if row.place.is_empty() {
            place_of.push(row.point.and_then(|at| points.get(&bits(at)).copied()));
            continue;
        }
        let slot = &mut cache[row.place.0 as usize * kinds + row.level.map_or(0, |l| l as usize + 1)];
        if *slot == 0 {
            *slot = match spellings.find(texts.text(row.place), row.level) {
                Found::One(place, stage) => {
                    *report.names_of(stage) += 1;
                    place.0 + 2
                }
                Found::Several(_) | Found::Nothing => 1,
            };
        }
        place_of.push(slot.checked_sub(2).map(PlaceIndex));
        if *slot == 1 {
            missing.entry((row.place, row.level)).or_default().push(row.origin);
        }
    }
    report.points = points.len();
    report.rows = rows.len();
    report.joined = place_of.iter().filter(|p| p.is_some()).count();
    let mut missing: Vec<_> = missing.into_iter().map(|((text, level), at)| (texts.text(text), level, at)).collect();
    missing.sort();
    for (written, level, mut at) in missing {
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

/// How many unknown names are compared with every spelling.
const COMPARED: usize = 500;

/// Tells of a name that fits no place, or several.
fn tell(
    written: &str,
    level: Option<Level>,
    at: &[Origin],
    tables: &[Table],
    spellings: &Spellings,
    report: &mut JoinReport,
    found: &mut Vec<Diagnostic>,
) {
    let candidates = match spellings.find(written, level) {
        Found::Several(places) => places.into_iter().map(|p| spellings.place(p)).collect(),
        Found::One(..) | Found::Nothing => Vec::new(),
    };
    let (code, message, hints) = if candidates.is_empty() {
        let what = level.map_or("region or place".to_owned(), |l| format!("place of level `{l}`"));
        let hints = hints(written, level, spellings, report);
        ("unknown-place", format!("place {} matches no {what}", quote(written)), hints)
    } else {
        let message = format!("place {} fits {} places", quote(written), candidates.len());
        ("ambiguous-place", message, vec![choices(&candidates)])
    };
    for (i, origin) in at.iter().take(TOLD).enumerate() {
        let mut d = Diagnostic::new(code, message.clone()).value(written);
        d.location = locate(tables, *origin, "place");
        d.hints.clone_from(&hints);
        if i == 0 && at.len() > 1 {
            d.hints.push(format!("it stands in {} rows", at.len()));
        }
        found.push(d);
    }
    report.unmatched.push(Unmatched {
        written: written.to_owned(),
        level,
        candidates: candidates.iter().map(|p| p.id.clone()).collect(),
        rows: at.len(),
        samples: at.iter().take(3).filter_map(|o| locate(tables, *o, "place")).collect(),
    });
}

/// How to tell several places of one name apart.
fn choices(candidates: &[&Place]) -> String {
    let distinct = candidates.windows(2).all(|p| p[0].level != p[1].level);
    let more = candidates.len().saturating_sub(8);
    let mut words: Vec<String> = match distinct {
        true => candidates.iter().map(|p| called(p)).collect(),
        false => candidates.iter().take(8).map(|p| format!("{} ({})", quote(&p.id), p.level)).collect(),
    };
    if distinct {
        return format!("write `level` = {}", either(&words));
    }
    if more > 0 {
        words.push(format!("one of {more} more"));
    }
    format!("write the id in `place`: {}", either(&words))
}

/// What to do about a name that fits no place.
fn hints(written: &str, level: Option<Level>, spellings: &Spellings, report: &mut JoinReport) -> Vec<String> {
    let one = |found: Found| match found {
        Found::One(place, _) => vec![spellings.place(place)],
        Found::Several(places) => places.into_iter().map(|p| spellings.place(p)).collect(),
        Found::Nothing => Vec::new(),
    };
    let trimmed = written.trim();
    if trimmed != written {
        let fitting = one(spellings.find(trimmed, level));
        if let [place, ..] = fitting[..] {
            let end = if written.starts_with(trimmed) { "end" } else { "start" };
            let id = if place.id == trimmed { String::new() } else { format!(" ({})", place.id) };
            return vec![format!("a blank stands at the {end}; write {}{id}", quote(trimmed))];
        }
    }
    if level.is_some() {
        let elsewhere = one(spellings.find(written, None));
        if !elsewhere.is_empty() {
            let words: Vec<String> = elsewhere.iter().map(|p| called(p)).collect();
            return vec![format!("there is {}; mend `level`", either(&words))];
        }
    }
    if report.unmatched.len() >= COMPARED {
        return vec![format!("mend the others first: only {COMPARED} unknown names are compared with those there are")];
    }
    let Some((name, lang, places)) = spellings.near(written, level) else {
        return vec!["write the code of a region, or add a row to the places table".to_owned()];
    };
    let ids: Vec<String> = places.iter().take(8).map(|p| spellings.place(*p).id.clone()).collect();
    if let [place] = places[..] {
        let id = spellings.place(place).id.clone();
        report.suggestions.push(Suggestion { written: written.to_owned(), id, lang: lang.to_owned() });
    }
    vec![format!("did you mean {} ({})? add it to names.csv", quote(name), either(&ids))]
}

/// Tells of rows that name fewer actors than their status needs; not of those in which something is wrong already.
pub fn check_actors(rows: &[EventRow], faulty: &[Origin], cast: &Cast, tables: &[Table], found: &mut Vec<Diagnostic>) {
    let check = |row: &EventRow| {
        let (status, _) = assertion(row, cast.list(row.actors).len());
        let needed = needed(row, status).filter(|n| *n > parties(row, status, cast))?;
        let is_told = cast.is_faulty(row.actors)
            || (status == Status::Contested && cast.is_faulty(row.opponents))
            || faulty.binary_search(&row.origin).is_ok();
        (!is_told).then(|| missing_actor(row, status, needed, tables))
    };
    found.par_extend(rows.par_iter().filter_map(check));
}

/// What a row asserts: its status and share with every default filled in.
fn assertion(row: &EventRow, actors: usize) -> (Status, Option<Share>) {
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
fn needed(row: &EventRow, status: Status) -> Option<usize> {
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
fn parties(row: &EventRow, status: Status, cast: &Cast) -> usize {
    let actors = cast.list(row.actors);
    let others = cast.list(row.opponents).iter().filter(|a| status == Status::Contested && !actors.contains(a));
    actors.len() + others.count()
}

fn missing_actor(row: &EventRow, status: Status, needed: usize, tables: &[Table]) -> Diagnostic {
    let count = if needed == 1 { "an actor" } else { "two actors" };
    let mut d = Diagnostic::new("missing-actor", format!("`{}` names {count}", status.word()));
    d.location = locate(tables, row.origin, "actor");
    match (needed, row.status) {
        (1, None) => d.hint("fill in `actor`; or give a `status` that needs none, or a `kind` such as `closure`"),
        (1, _) => d.hint("fill in `actor`; where nobody holds it write `vacant`, where it is not known `unknown`"),
        _ => d.hint("write two ids in `actor` with `;` between"),
    }
}

/// Tells of events that were seen before they were so.
pub fn check_dates(rows: &[EventRow], tables: &[Table], offset: Offset, found: &mut Vec<Diagnostic>) {
    let check = |row: &EventRow| {
        let observed = row.observed?;
        let earlier = match (observed.moment(offset), row.date.moment(offset)) {
            (Some(seen), Some(so)) => seen < so,
            _ => observed.latest < row.date.earliest,
        };
        earlier.then(|| {
            let message = format!("observed on {}, before its date {} begins", observed.latest, row.date.earliest);
            let mut d = Diagnostic::new("observed-before-date", message).value(observed.latest.to_string());
            d.location = locate(tables, row.origin, "observed");
            d.hint("check `observed` and `date`; when it was published goes into `reported`")
        })
    };
    found.par_extend(rows.par_iter().filter_map(check));
}

/// The rows that become events, by place, date and id.
pub fn order(rows: &[EventRow], place_of: &[Option<PlaceIndex>], ids: &Ids) -> Vec<u32> {
    let mut order: Vec<([u64; 2], u32)> = rows
        .par_iter()
        .enumerate()
        .filter(|(i, _)| ids.is_kept(*i))
        .filter_map(|(i, row)| Some((key(place_of[i]?, row.date), u32::try_from(i).expect("fewer than 2^32 rows"))))
        .collect();
    order.par_sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| ids.compare(a.1 as usize, b.1 as usize)));
    order.into_iter().map(|(_, row)| row).collect()
}

/// Place, earliest and latest day, and second, none being before the first: as numbers that sort as these do.
fn key(place: PlaceIndex, date: EventDate) -> [u64; 2] {
    let unsigned = |day: Day| u64::from(day.0.cast_unsigned() ^ 0x8000_0000);
    let second = date.second.map_or(0, |second| u64::from(second) + 1);
    [u64::from(place.0) << 32 | unsigned(date.earliest), unsigned(date.latest) << 32 | second]
}

/// Lists of actors and sources for one thread: clones of one list by several threads would wait for each other.
pub struct Lists<'a> {
    cast: &'a Cast,
    press: &'a Press,
    actors: HashMap<Symbol, Arc<[ActorIndex]>, FixedState>,
    sources: HashMap<Symbol, Arc<[SourceIndex]>, FixedState>,
}

impl<'a> Lists<'a> {
    /// Starts without any list of its own.
    pub fn new(cast: &'a Cast, press: &'a Press) -> Self {
        let (actors, sources) =
            (HashMap::with_hasher(FixedState::default()), HashMap::with_hasher(FixedState::default()));
        Self { cast, press, actors, sources }
    }

    fn actors(&mut self, cell: Symbol) -> Arc<[ActorIndex]> {
        let own = self.actors.entry(cell).or_insert_with(|| self.cast.list(cell).to_vec().into());
        Arc::clone(own)
    }

    fn sources(&mut self, cell: Symbol) -> Arc<[SourceIndex]> {
        let own = self.sources.entry(cell).or_insert_with(|| self.press.list(cell).to_vec().into());
        Arc::clone(own)
    }
}

/// Takes the texts out of the rows, in order.
pub fn take_texts(rows: &mut [EventRow], order: &[u32]) -> Vec<Option<Box<EventText>>> {
    if rows.par_iter().all(|r| r.text.is_none()) {
        return order.iter().map(|_| None).collect();
    }
    order.iter().map(|row| rows[*row as usize].text.take()).collect()
}

/// Makes the event of a row.
pub fn event(
    row: &EventRow,
    place: PlaceIndex,
    id: Box<str>,
    lists: &mut Lists<'_>,
    supersedes: Option<EventIndex>,
    text: Option<Box<EventText>>,
) -> Event {
    let actors = lists.actors(row.actors);
    let (status, share) = assertion(row, actors.len());
    Event {
        id,
        place,
        actors,
        status,
        share,
        opponents: lists.actors(row.opponents),
        kind: row.kind,
        sources: lists.sources(row.sources),
        stance: row.stance,
        claimant: lists.cast.list(row.claimant).first().copied(),
        date: row.date,
        until: row.until,
        observed: row.observed,
        reported: row.reported,
        supersedes,
        confidence: row.confidence,
        text,
        origin: row.origin,
    }
}

/// Tells of sources whose shares of a place on one day exceed the whole.
///
/// Several figures for the same actors are one thing told twice; the least counts.
pub fn check_shares(
    events: &[Event],
    places: &[Place],
    sources: &[Source],
    tables: &[Table],
    found: &mut Vec<Diagnostic>,
) {
    let asserts = |e: &Event| e.status == Status::Partial && !e.kind.is_some_and(Kind::is_annotation);
    if !events.par_iter().any(|e| asserts(e) && e.share.is_some()) {
        return;
    }
    let mut gone = vec![false; events.len()];
    for (i, event) in events.iter().enumerate() {
        gone[i] |= matches!(event.stance, Stance::Denied | Stance::Retracted);
        if let Some(target) = event.supersedes {
            gone[target.0 as usize] = true;
        }
    }
    type Said<'a> = BTreeMap<&'a [ActorIndex], (f64, Origin)>;
    let mut sums: BTreeMap<(PlaceIndex, i32, u32), Said> = BTreeMap::new();
    for (event, _) in events.iter().zip(&gone).filter(|(e, gone)| !**gone && asserts(e)) {
        let Some(share) = event.share else { continue };
        for source in event.sources.iter() {
            let said = sums.entry((event.place, event.date.latest.0, source.0)).or_default();
            let one = said.entry(&event.actors).or_insert((share.low(), event.origin));
            *one = (one.0.min(share.low()), one.1.max(event.origin));
        }
    }
    for ((place, _, source), said) in sums {
        let sum: f64 = said.values().map(|(low, _)| low).sum();
        if sum > 1.0 + 1e-9 {
            let origin = said.values().map(|(_, o)| *o).max().expect("a sum has parts");
            let who = &sources[source as usize].id;
            let by = if who.is_empty() { "the rows without a source".to_owned() } else { quote(who) };
            let id = quote(&places[place.0 as usize].id);
            let message = format!("shares of {id} by {by} on one day come to {:.0} %", sum * 100.0);
            let mut d = Diagnostic::new("share-over-one", message);
            d.location = locate(tables, origin, "share");
            found.push(d.hint("check the shares; a correction names the earlier event in `supersedes`"));
        }
    }
}

impl JoinReport {
    /// The counter of a stage.
    fn names_of(&mut self, stage: Stage) -> &mut usize {
        match stage {
            Stage::Code => &mut self.by_code,
            Stage::Exact => &mut self.by_exact,
            Stage::Normalised => &mut self.by_normalised,
            Stage::Table => &mut self.by_table,
        }
    }
}
