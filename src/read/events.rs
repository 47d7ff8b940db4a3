//! The table of events: takes a row, gives an [`EventRow`].

use super::column::columns;
use super::table::{Kind, Reading, Row};
use super::{share, value};
use crate::model::{
    BEARING, Day, EventDate, EventRow, EventText, Level, Qualifier, Rest, Saying, Spot, Stance, Symbol,
};

columns! {
    Date = "date",
    Until = "until",
    Place = "place",
    Level = "level",
    Lat = "lat",
    Lon = "lon",
    Actor = "actor",
    Status = "status",
    Share = "share",
    Opponent = "opponent",
    Kind = "kind",
    Source = "source",
    Stance = "stance",
    Claimant = "claimant",
    Observed = "observed",
    Reported = "reported",
    Supersedes = "supersedes",
    Confidence = "confidence",
    Id = "id",
    Note = "note",
    Quote = "quote",
    Url = "url",
    Lang = "lang",
}

/// The table of events.
pub(super) const EVENTS: Kind = Kind {
    name: "events",
    columns: COLUMNS,
    needs: &[&[&["date"]], &[&["place"], &["lat", "lon"]]],
    has_languages: false,
    lists: &["actor", "opponent", "source"],
    row,
};

/// In place of a date that is wrong, so that the rest of its row is still checked.
const ANY_DAY: EventDate = EventDate {
    earliest: Day::EVER,
    latest: Day::NEVER,
    second: None,
    qualifier: Qualifier::Plain,
    text: Symbol::EMPTY,
};

fn row(row: &Row<'_>, to: &mut Reading<'_>) {
    let before = to.fault_count();
    let date = date(row, to);
    let Some(spot) = spot(row, to) else { return };
    let saying = saying(row, to);
    let rest = rest(row, to);
    let event = EventRow {
        id: rest.id,
        place: spot.place,
        level: spot.level,
        point: spot.point,
        actors: saying.actors,
        status: saying.status,
        share: saying.share,
        opponents: saying.opponents,
        kind: saying.kind,
        sources: saying.sources,
        stance: saying.stance,
        claimant: saying.claimant,
        date,
        until: rest.until,
        observed: rest.observed,
        reported: rest.reported,
        supersedes: rest.supersedes,
        confidence: saying.confidence,
        text: rest.text,
        origin: to.origin(row),
    };
    if to.fault_count() > before {
        to.out.faulty.push(event.origin);
    }
    to.out.events.push(event);
}

/// When it took effect.
pub(super) fn date(row: &Row<'_>, to: &mut Reading<'_>) -> EventDate {
    if row.cell(Column::Date as usize).is_empty() {
        to.missing(row, Column::Date as usize);
    }
    to.date(row, Column::Date as usize).unwrap_or(ANY_DAY)
}

/// Columns that say where.
pub(super) const WHERE: &[usize] =
    &[Column::Place as usize, Column::Level as usize, Column::Lat as usize, Column::Lon as usize];

/// Where it is; `None` where that cannot be told.
pub(super) fn spot(row: &Row<'_>, to: &mut Reading<'_>) -> Option<Spot> {
    let slot = |column: Column| column as usize;
    let place = to.symbol(row, slot(Column::Place));
    let point = to.point(row, slot(Column::Lat), slot(Column::Lon));
    if place.is_empty() && point.is_none() {
        to.missing(row, slot(Column::Place));
        return None;
    }
    let point = point.map_or(Some(None), |point| point.ok().map(Some))?;
    let level = to.value(row, slot(Column::Level), |column, text| value::level(column, text, &Level::ALL));
    Some(Spot { place, level, point })
}

/// Columns that say what, and by whom.
pub(super) const WHAT: &[usize] = &[
    Column::Actor as usize,
    Column::Status as usize,
    Column::Share as usize,
    Column::Opponent as usize,
    Column::Kind as usize,
    Column::Source as usize,
    Column::Stance as usize,
    Column::Claimant as usize,
    Column::Confidence as usize,
];

/// What it says, and who says so.
pub(super) fn saying(row: &Row<'_>, to: &mut Reading<'_>) -> Saying {
    let slot = |column: Column| column as usize;
    Saying {
        actors: to.list(row, slot(Column::Actor)),
        status: to.value(row, slot(Column::Status), value::status),
        share: to.value(row, slot(Column::Share), |_, text| share::read_share(text)),
        opponents: to.list(row, slot(Column::Opponent)),
        kind: to.value(row, slot(Column::Kind), value::kind),
        sources: to.list(row, slot(Column::Source)),
        stance: to.value(row, slot(Column::Stance), value::stance).unwrap_or(Stance::Reported),
        claimant: to.symbol(row, slot(Column::Claimant)),
        confidence: to.value(row, slot(Column::Confidence), value::confidence),
    }
}

/// Columns of all else but the date.
pub(super) const ELSE: &[usize] = &[
    Column::Until as usize,
    Column::Observed as usize,
    Column::Reported as usize,
    Column::Supersedes as usize,
    Column::Id as usize,
    Column::Note as usize,
    Column::Quote as usize,
    Column::Url as usize,
    Column::Lang as usize,
];

/// The column of the date.
pub(super) const DATE: usize = Column::Date as usize;

/// All else that it says, its date left out.
pub(super) fn rest(row: &Row<'_>, to: &mut Reading<'_>) -> Rest {
    let slot = |column: Column| column as usize;
    let id = to.symbol(row, slot(Column::Id));
    if !id.is_empty()
        && let Some(wrong) = value::bad_id("id", row.cell(slot(Column::Id)))
    {
        to.fault(row, slot(Column::Id), wrong);
    }
    Rest {
        table: to.origin(row).table,
        date: None,
        until: to.date(row, slot(Column::Until)),
        observed: to.date(row, slot(Column::Observed)),
        reported: to.date(row, slot(Column::Reported)),
        id,
        supersedes: to.symbol(row, slot(Column::Supersedes)),
        text: text(row, to),
    }
}

/// The texts that the event carries along, where it has any.
fn text(row: &Row<'_>, to: &mut Reading<'_>) -> Option<Box<EventText>> {
    let said = [Column::Note, Column::Quote, Column::Url, Column::Lang].map(|column| row.cell(column as usize));
    let mut own = row.columns.own.iter().filter(|(field, _)| !row.field(*field).is_empty()).peekable();
    if said.iter().all(|text| text.is_empty()) && own.peek().is_none() {
        return None;
    }
    let bearings = row.columns.own.iter().filter(|(field, name)| name == BEARING && !row.field(*field).is_empty());
    for wrong in bearings.filter_map(|(field, _)| value::bad_bearing(row.field(*field))) {
        to.fault_of_own(row, BEARING, wrong);
    }
    let [note, quote, url, lang] = said.map(str::to_owned);
    let own = own.map(|(field, name)| (to.out.texts.add(name), row.field(*field).to_owned())).collect();
    Some(Box::new(EventText { note, quote, url, lang, own }))
}
