//! The table of actors: takes a row, gives an [`ActorRow`].

use super::column::columns;
use super::table::{Kind, Reading, Row};
use super::value;
use crate::diag::{Diagnostic, quote};
use crate::model::{ActorRow, Day, Names};

columns! {
    Id = "id",
    Name = "name",
    Short = "short",
    Side = "side",
    Color = "color",
    Pattern = "pattern",
    From = "from",
    Until = "until",
}

/// The table of actors.
pub(super) const ACTORS: Kind =
    Kind { name: "actors", columns: COLUMNS, needs: &[&[&["id"]]], has_languages: true, lists: &[], row };

fn row(row: &Row<'_>, to: &mut Reading<'_>) {
    let Some(id) = to.id(row, Column::Id as usize) else { return };
    let cell = |column: Column| row.cell(column as usize);
    // A year or a month starts the period with its first day.
    let day = |date: crate::model::EventDate| Some(date.earliest).filter(|d| *d != Day::EVER);
    let from = to.date(row, Column::From as usize).and_then(day);
    let until = to.date(row, Column::Until as usize).and_then(day);
    if let Some((from, until)) = from.zip(until)
        && until <= from
    {
        let text = cell(Column::Until);
        let message = format!("`until` {} is not after `from`, {from}", quote(text));
        let wrong = Diagnostic::new("bad-date", message).value(text);
        to.fault(row, Column::Until as usize, wrong.hint("`until` is the first day on which it is no longer so"));
    }
    let actor = ActorRow {
        names: to.names(row, cell(Column::Name), &id),
        short: Names { default: cell(Column::Short).to_owned(), by_language: row.translated("short") },
        side: cell(Column::Side).to_owned(),
        color: to.value(row, Column::Color as usize, value::color),
        pattern: cell(Column::Pattern).to_owned(),
        from,
        until,
        origin: to.origin(row),
        id,
    };
    to.out.actors.get_or_insert_default().push(actor);
}
