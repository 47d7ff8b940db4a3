//! VIINA: takes a day of a place, gives what each of its maps says anew.
//!
//! A map says every day who holds a place; what is written is the day on which it first says otherwise. The column
//! `status`, a vote of the others, is left out: the policy `majority` votes among the same maps.
//!
//! # Source
//! Zhukov and Ayers: VIINA 2.0, <https://github.com/zhukovyuri/VIINA>, "Territorial Control Data" (ODbL 1.0): files
//! `control_latest_YEAR` with `geonameid`, `kontrol_latest_YEAR` with `kod`, then `date` (YYYYMMDD), `status_wiki`,
//! `status_boost`, `status_dsm`, `status_isw`, `status`, each `UA`, `RU` or `CONTESTED`. Places have their ground in
//! `gn_UA_tess.geojson` and `katotth_UA_tess.geojson`, under the same ids.

use super::assertion::{Assertion, Spot, Unclear, Understood};
use super::record::Record;
use super::{Importer, Voice, columns, day};
use crate::model::Day;
use std::collections::BTreeMap;

columns! {
    GeoName = "geonameid",
    Kod = "kod",
    Date = "date",
    Wiki = "status_wiki",
    Boost = "status_boost",
    DeepState = "status_dsm",
    Isw = "status_isw",
}

const LICENCE: &str = "ODbL 1.0";
const URL: &str = "https://github.com/zhukovyuri/VIINA";
const PUBLISHER: &str = "VIINA 2.0 (Zhukov and Ayers)";

/// VIINA 2.0, territorial control.
pub(super) const VIINA: Importer = Importer {
    name: "viina",
    doc: "VIINA 2.0: who holds each place of Ukraine day by day, by four maps, as CSV",
    columns: COLUMNS,
    needs: &[&["geonameid", "kod"], &["date"], &["status_wiki"], &["status_boost"], &["status_dsm"], &["status_isw"]],
    own: &[],
    has_points: false,
    sources: &[
        voice("viina-wiki", "Maps of control that Wikipedia has"),
        voice("viina-boost", "Maps of control that Wikipedia has, with reports of events"),
        voice("viina-dsm", "DeepStateMap"),
        voice("viina-isw", "Institute for the Study of War"),
    ],
    understand,
};

const fn voice(id: &'static str, title: &'static str) -> Voice {
    Voice { id, title, publisher: PUBLISHER, url: URL, licence: LICENCE }
}

/// The maps, in the order of the sources.
const MAPS: [Column; 4] = [Column::Wiki, Column::Boost, Column::DeepState, Column::Isw];

/// What each map said last of each place; as large as there are places.
#[derive(Debug, Default)]
pub(super) struct Standing {
    places: BTreeMap<Box<str>, [Option<(Control, Day)>; MAPS.len()]>,
}

/// What a map says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Control {
    Ukraine,
    Russia,
    Contested,
}

fn understand(record: &Record<'_>, standing: &mut Standing) -> Understood {
    tell(record, standing).unwrap_or_else(Understood::from)
}

fn tell(record: &Record<'_>, standing: &mut Standing) -> Result<Understood, Unclear> {
    let unclear = |why, hint, column: Column| Unclear { why, hint, column: column as usize };
    let place = Some(record.cell(Column::GeoName as usize)).filter(|id| !id.is_empty());
    let place = place.unwrap_or_else(|| record.cell(Column::Kod as usize));
    if place.is_empty() {
        return Err(unclear("it names no place", "look the row up", Column::GeoName));
    }
    let today = day::plain(record.cell(Column::Date as usize));
    let hint = "VIINA writes days as `20241207`; a spreadsheet may have changed that";
    let today = today.ok_or(unclear("the date is not written as VIINA does", hint, Column::Date))?;
    let mut said = [None; MAPS.len()];
    let mut understood = Understood::default();
    for (said, map) in said.iter_mut().zip(MAPS) {
        *said = match record.cell(map as usize) {
            "" | "NA" => None,
            "UA" => Some(Control::Ukraine),
            "RU" => Some(Control::Russia),
            "CONTESTED" => Some(Control::Contested),
            _ => {
                let hint = "VIINA writes `UA`, `RU` or `CONTESTED`; what the other maps say is taken";
                let why = "who holds the place is in no word of the codebook";
                understood.unclear = Some(unclear(why, hint, map));
                None
            }
        };
    }
    if !standing.places.contains_key(place) {
        standing.places.insert(place.into(), Default::default());
    }
    let before = standing.places.get_mut(place).expect("it was put there");
    if before.iter().flatten().any(|(_, last)| *last > today) {
        let hint = "sort the rows of each place by day, and give files in the order of their years";
        return Err(unclear("its day comes before that of a row above, of the same place", hint, Column::Date));
    }
    for ((map, before), now) in VIINA.sources.iter().zip(before).zip(said) {
        let Some(now) = now else { continue };
        let last = before.replace((now, today));
        if last.is_some_and(|(then, _)| then == now) {
            continue;
        }
        let date = match last {
            None => format!("[..{today}]"),
            // some day after the last on which it still said otherwise
            Some((_, last)) => day::between(last.plus(1), today),
        };
        let (actors, status): (&[&str], _) = match now {
            Control::Ukraine => (&["UA"], "held"),
            Control::Russia => (&["RU"], "held"),
            Control::Contested => (&["RU", "UA"], "contested"),
        };
        understood.events.push(Assertion {
            id: format!("{}-{place}-{}", map.id, record.cell(Column::Date as usize)),
            date,
            spot: Spot::Code(place.to_owned()),
            actors: actors.iter().map(|actor| (*actor).to_owned()).collect(),
            status,
            source: map.id,
            observed: today.to_string(),
            ..Assertion::default()
        });
    }
    if said.iter().all(Option::is_none) && understood.unclear.is_none() {
        return Ok(Understood::aside("no map says who holds the place"));
    }
    understood.repeats = understood.events.is_empty() && said.iter().any(Option::is_some);
    Ok(understood)
}
