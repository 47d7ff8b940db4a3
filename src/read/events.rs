//! The table of events: takes a row, gives an [`EventRow`].

use super::column::columns;
use super::table::{Kind, Reading, Row};
use super::{share, value};
use crate::model::{Day, EventDate, EventRow, EventText, Level, Qualifier, Stance, Symbol};

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
    let slot = |column: Column| column as usize;
    let before = to.fault_count();
    if row.cell(slot(Column::Date)).is_empty() {
        to.missing(row, slot(Column::Date));
    }
    let date = to.date(row, slot(Column::Date)).unwrap_or(ANY_DAY);
    let place = to.symbol(row, slot(Column::Place));
    let point = to.point(row, slot(Column::Lat), slot(Column::Lon));
    if place.is_empty() && point.is_none() {
        to.missing(row, slot(Column::Place));
        return;
    }
    let Some(point) = point.map_or(Some(None), |point| point.ok().map(Some)) else { return };
    let id = to.symbol(row, slot(Column::Id));
    if !id.is_empty()
        && let Some(wrong) = value::bad_id("id", row.cell(slot(Column::Id)))
    {
        to.fault(row, slot(Column::Id), wrong);
    }
    let event = EventRow {
        id,
        place,
        level: to.value(row, slot(Column::Level), |column, text| value::level(column, text, &Level::ALL)),
        point,
        actors: to.list(row, slot(Column::Actor)),
        status: to.value(row, slot(Column::Status), value::status),
        share: to.value(row, slot(Column::Share), |_, text| share::read_share(text)),
        opponents: to.list(row, slot(Column::Opponent)),
        kind: to.value(row, slot(Column::Kind), value::kind),
        sources: to.list(row, slot(Column::Source)),
        stance: to.value(row, slot(Column::Stance), value::stance).unwrap_or(Stance::Reported),
        claimant: to.symbol(row, slot(Column::Claimant)),
        date,
        until: to.date(row, slot(Column::Until)),
        observed: to.date(row, slot(Column::Observed)),
        reported: to.date(row, slot(Column::Reported)),
        supersedes: to.symbol(row, slot(Column::Supersedes)),
        confidence: to.value(row, slot(Column::Confidence), value::confidence),
        text: text(row, to),
        origin: to.origin(row),
    };
    if to.fault_count() > before {
        to.out.faulty.push(event.origin);
    }
    to.out.events.push(event);
}

/// The texts that the event carries along, where it has any.
fn text(row: &Row<'_>, to: &mut Reading<'_>) -> Option<Box<EventText>> {
    let said = [Column::Note, Column::Quote, Column::Url, Column::Lang].map(|column| row.cell(column as usize));
    let mut own = row.columns.own.iter().filter(|(field, _)| !row.field(*field).is_empty()).peekable();
    if said.iter().all(|text| text.is_empty()) && own.peek().is_none() {
        return None;
    }
    let [note, quote, url, lang] = said.map(str::to_owned);
    let own = own.map(|(field, name)| (to.out.texts.add(name), row.field(*field).to_owned())).collect();
    Some(Box::new(EventText { note, quote, url, lang, own }))
}
