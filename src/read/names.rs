//! The table of further spellings: takes a row, gives a [`NameRow`].

use super::column::columns;
use super::table::{Kind, Reading, Row};
use crate::model::NameRow;

columns! {
    Id = "id",
    Name = "name",
    Lang = "lang",
}

/// The table of further spellings.
pub(super) const NAMES: Kind =
    Kind { name: "names", columns: COLUMNS, needs: &[&[&["id"]], &[&["name"]]], has_languages: false, lists: &[], row };

fn row(row: &Row<'_>, to: &mut Reading<'_>) {
    let cell = |column: Column| row.cell(column as usize);
    for column in [Column::Id, Column::Name] {
        if cell(column).is_empty() {
            to.missing(row, column as usize);
        }
    }
    if cell(Column::Id).is_empty() || cell(Column::Name).is_empty() {
        return;
    }
    let [id, name, lang] = [Column::Id, Column::Name, Column::Lang].map(|column| cell(column).to_owned());
    let origin = to.origin(row);
    to.out.names.push(NameRow { id, name, lang, origin });
}
