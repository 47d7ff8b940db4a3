//! The table of sources: takes a row, gives a [`SourceRow`].

use super::column::columns;
use super::table::{Kind, Reading, Row};
use crate::model::{Source, SourceRow};

columns! {
    Id = "id",
    Title = "title",
    Publisher = "publisher",
    Url = "url",
    Published = "published",
    Accessed = "accessed",
    Licence = "licence",
    Lang = "lang",
    Side = "side",
}

/// The table of sources.
pub(super) const SOURCES: Kind =
    Kind { name: "sources", columns: COLUMNS, needs: &[&[&["id"]]], has_languages: false, lists: &[], row };

fn row(row: &Row<'_>, to: &mut Reading<'_>) {
    let Some(id) = to.id(row, Column::Id as usize) else { return };
    let cell = |column: Column| row.cell(column as usize).to_owned();
    let source = Source {
        id,
        title: cell(Column::Title),
        publisher: cell(Column::Publisher),
        url: cell(Column::Url),
        published: cell(Column::Published),
        accessed: cell(Column::Accessed),
        licence: cell(Column::Licence),
        lang: cell(Column::Lang),
        side: cell(Column::Side),
    };
    let origin = to.origin(row);
    to.out.sources.get_or_insert_default().push(SourceRow { source, origin });
}
