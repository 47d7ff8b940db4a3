//! The table of places: takes a row, gives a [`PlaceRow`].

use super::column::columns;
use super::table::{Kind, Reading, Row};
use super::value;
use crate::model::{Level, PlaceRow};

columns! {
    Id = "id",
    Name = "name",
    Lat = "lat",
    Lon = "lon",
    Level = "level",
    Region = "region",
    Population = "population",
    Kind = "kind",
}

/// The table of places.
pub(super) const PLACES: Kind = Kind {
    name: "places",
    columns: COLUMNS,
    needs: &[&[&["id"]], &[&["lat", "lon"]]],
    has_languages: true,
    lists: &[],
    row,
};

fn row(row: &Row<'_>, to: &mut Reading<'_>) {
    let (lat, lon) = (Column::Lat as usize, Column::Lon as usize);
    let point = to.point(row, lat, lon);
    if point.is_none() {
        to.missing(row, lat);
    }
    let Some(id) = to.id(row, Column::Id as usize) else { return };
    let cell = |column: Column| row.cell(column as usize);
    let point_levels = [Level::Settlement, Level::Site];
    let place = PlaceRow {
        names: to.names(row, cell(Column::Name), &id),
        // A wrong point is reported; the place is kept so that its events are not unknown as well.
        at: point.and_then(Result::ok).unwrap_or_default(),
        level: to
            .value(row, Column::Level as usize, |column, text| value::level(column, text, &point_levels))
            .unwrap_or(Level::Settlement),
        region: cell(Column::Region).to_owned(),
        population: to.value(row, Column::Population as usize, value::count),
        kind: cell(Column::Kind).to_owned(),
        origin: to.origin(row),
        id,
    };
    to.out.places.push(place);
}
