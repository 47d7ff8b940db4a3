//! UCDP GED: takes a row, gives a clash; the dataset says nothing of who holds a place.
//!
//! # Source
//! Uppsala Conflict Data Program, Georeferenced Event Dataset, <https://ucdp.uu.se/downloads/index.html#ged_global>:
//! variables as its codebook has them (`date_start` is the earliest day possible, `date_end` the last; `where_prec` 1 the
//! place itself, 2 a small area around it, 3 and more a district or larger), in the header of versions 17.1 and later,
//! `id,relid,year,active_year,code_status,type_of_violence,…`.

use super::assertion::{Assertion, Unclear, Understood, actors, point};
use super::record::Record;
use super::viina::Standing;
use super::{Importer, Voice, columns, day};

columns! {
    Id = "id",
    Type = "type_of_violence",
    SideA = "side_a",
    SideB = "side_b",
    WherePrecision = "where_prec",
    Where = "where_coordinates",
    Latitude = "latitude",
    Longitude = "longitude",
    Start = "date_start",
    End = "date_end",
    Office = "source_office",
    Conflict = "conflict_name",
    Best = "best",
    Low = "low",
    High = "high",
}

/// The UCDP Georeferenced Event Dataset.
pub(super) const UCDP_GED: Importer = Importer {
    name: "ucdp-ged",
    doc: "UCDP Georeferenced Event Dataset: fights with deaths, as CSV",
    columns: COLUMNS,
    needs: &[
        &["id"],
        &["type_of_violence"],
        &["side_a"],
        &["side_b"],
        &["where_prec"],
        &["where_coordinates"],
        &["latitude"],
        &["longitude"],
        &["date_start"],
        &["date_end"],
    ],
    own: &["x-conflict", "x-location", "x-sources", "x-deaths", "x-deaths-low", "x-deaths-high"],
    has_points: true,
    sources: &[Voice {
        id: "ucdp-ged",
        title: "UCDP Georeferenced Event Dataset",
        publisher: "Uppsala Conflict Data Program",
        url: "https://ucdp.uu.se/downloads/index.html#ged_global",
        licence: "",
    }],
    understand,
};

fn understand(record: &Record<'_>, _: &mut Standing) -> Understood {
    tell(record).unwrap_or_else(Understood::from)
}

fn tell(record: &Record<'_>) -> Result<Understood, Unclear> {
    let cell = |column: Column| record.cell(column as usize);
    let unclear = |why, hint, column: Column| Unclear { why, hint, column: column as usize };
    match cell(Column::Type) {
        "1" | "2" => {}
        "3" => return Ok(Understood::aside("one-sided violence")),
        _ => {
            let hint = "UCDP writes 1 for state-based, 2 for non-state, 3 for one-sided violence";
            return Err(unclear("what happened is in no number of the codebook", hint, Column::Type));
        }
    }
    if !matches!(cell(Column::WherePrecision), "1" | "2") {
        let hint = "write that event by hand, with the region as its place";
        return Err(unclear("the point stands for a region", hint, Column::WherePrecision));
    }
    let hint = "UCDP writes days as `2024-12-07`; a spreadsheet may have changed that";
    let read =
        |column: Column| day::iso(cell(column)).ok_or(unclear("the date is not written as UCDP does", hint, column));
    let (start, end) = (read(Column::Start)?, read(Column::End)?);
    if end < start {
        return Err(unclear("it ends before it starts", "look the event up", Column::End));
    }
    let owns = [Column::Conflict, Column::Where, Column::Office, Column::Best, Column::Low, Column::High];
    Ok(Understood::event(Assertion {
        id: Some(cell(Column::Id)).filter(|id| !id.is_empty()).map_or_else(String::new, |id| format!("ged-{id}")),
        date: day::between(start, end),
        spot: point(record, [Column::Where, Column::Latitude, Column::Longitude].map(|c| c as usize))?,
        actors: actors(record, &[Column::SideA as usize, Column::SideB as usize])?,
        kind: "clash",
        source: "ucdp-ged",
        own: owns.map(|column| cell(column).to_owned()).to_vec(),
        ..Assertion::default()
    }))
}
