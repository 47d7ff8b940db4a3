//! ACLED: takes a row of its export, gives who gained a place where the row says so, else a clash or a strike.
//!
//! # Source
//! Armed Conflict Location & Event Data, codebook <https://acleddata.com/knowledge-base/codebook/> (event types, `inter`
//! codes, spatial and time precision) and <https://acleddata.com/knowledge-base/guide-to-2023-acled-column-changes>;
//! the header as of 2023, `event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,…`.

use super::assertion::{Assertion, Unclear, Understood, actors, point};
use super::record::Record;
use super::viina::Standing;
use super::{Importer, Voice, columns, day};

columns! {
    Id = "event_id_cnty",
    Date = "event_date",
    TimePrecision = "time_precision",
    Type = "sub_event_type",
    Actor1 = "actor1",
    Inter1 = "inter1",
    Actor2 = "actor2",
    Inter2 = "inter2",
    Location = "location",
    Latitude = "latitude",
    Longitude = "longitude",
    GeoPrecision = "geo_precision",
    Source = "source",
    Notes = "notes",
    Fatalities = "fatalities",
}

/// Armed Conflict Location & Event Data.
pub(super) const ACLED: Importer = Importer {
    name: "acled",
    doc: "Armed Conflict Location & Event Data: the export as CSV",
    columns: COLUMNS,
    needs: &[
        &["event_id_cnty"],
        &["event_date"],
        &["time_precision"],
        &["sub_event_type"],
        &["actor1"],
        &["inter1"],
        &["actor2"],
        &["inter2"],
        &["location"],
        &["latitude"],
        &["longitude"],
        &["geo_precision"],
    ],
    own: &["x-type", "x-location", "x-parties", "x-sources", "x-fatalities"],
    has_points: true,
    sources: &[Voice {
        id: "acled",
        title: "Armed Conflict Location & Event Data",
        publisher: "ACLED",
        url: "https://acleddata.com",
        licence: "",
    }],
    understand,
};

/// What a kind of event tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tells {
    /// State forces have the place again, by fighting.
    StateGains,
    /// Others than state forces have it now, by fighting.
    OthersGain,
    /// Somebody has it now, without fighting.
    Transfer,
    /// Two sides fought, and the place changed hands for no longer than a day.
    Clash,
    /// Fire from afar or from the air.
    Strike,
    /// Nothing about who holds a place.
    Aside,
}

/// Every sub-event type of the codebook.
const TYPES: &[(&str, Tells)] = &[
    ("Government regains territory", Tells::StateGains),
    ("Non-state actor overtakes territory", Tells::OthersGain),
    ("Non-violent transfer of territory", Tells::Transfer),
    ("Armed clash", Tells::Clash),
    ("Air/drone strike", Tells::Strike),
    ("Shelling/artillery/missile attack", Tells::Strike),
    ("Chemical weapon", Tells::Aside),
    ("Grenade", Tells::Aside),
    ("Remote explosive/landmine/IED", Tells::Aside),
    ("Suicide bomb", Tells::Aside),
    ("Abduction/forced disappearance", Tells::Aside),
    ("Attack", Tells::Aside),
    ("Sexual violence", Tells::Aside),
    ("Excessive force against protesters", Tells::Aside),
    ("Peaceful protest", Tells::Aside),
    ("Protest with intervention", Tells::Aside),
    ("Mob violence", Tells::Aside),
    ("Violent demonstration", Tells::Aside),
    ("Agreement", Tells::Aside),
    ("Arrests", Tells::Aside),
    ("Change to group/activity", Tells::Aside),
    ("Disrupted weapons use", Tells::Aside),
    ("Headquarters or base established", Tells::Aside),
    ("Looting/property destruction", Tells::Aside),
    ("Other", Tells::Aside),
];

const BY_HAND: &str = "read its notes, and write that event by hand";

fn unclear(why: &'static str, hint: &'static str, column: Column) -> Unclear {
    Unclear { why, hint, column: column as usize }
}

fn understand(record: &Record<'_>, _: &mut Standing) -> Understood {
    tell(record).unwrap_or_else(Understood::from)
}

fn tell(record: &Record<'_>) -> Result<Understood, Unclear> {
    let cell = |column: Column| record.cell(column as usize);
    let known = TYPES.iter().find(|(name, _)| *name == cell(Column::Type));
    let Some((name, tells)) = known else {
        let hint = "this is a kind of event that the codebook of 2024 does not have";
        return Err(unclear("what happened is in no word of the codebook", hint, Column::Type));
    };
    if *tells == Tells::Aside {
        return Ok(Understood::aside(name));
    }
    let precision = cell(Column::GeoPrecision);
    let is_exact = match precision {
        "1" => true,
        "2" => false,
        _ => {
            let why = "the point stands for a region, or how exact it is is not told";
            return Err(unclear(why, BY_HAND, Column::GeoPrecision));
        }
    };
    let event = Assertion {
        id: cell(Column::Id).to_owned(),
        date: date(record)?,
        spot: point(record, [Column::Location, Column::Latitude, Column::Longitude].map(|c| c as usize))?,
        source: "acled",
        note: cell(Column::Notes).to_owned(),
        own: vec![
            cell(Column::Type).to_owned(),
            cell(Column::Location).to_owned(),
            [cell(Column::Actor1), cell(Column::Actor2)].join(";").trim_matches(';').to_owned(),
            cell(Column::Source).to_owned(),
            cell(Column::Fatalities).to_owned(),
        ],
        ..Assertion::default()
    };
    let both = || actors(record, &[Column::Actor1 as usize, Column::Actor2 as usize]);
    let clash = || Ok(Understood::event(Assertion { kind: "clash", actors: both()?, ..event.clone() }));
    match tells {
        Tells::Strike => Ok(Understood::event(Assertion { kind: "strike", actors: striker(record)?, ..event })),
        Tells::Clash => clash(),
        Tells::StateGains | Tells::OthersGain | Tells::Transfer => match gain(record, *tells, is_exact) {
            Ok((winner, loser)) => {
                let kind = if *tells == Tells::Transfer { "" } else { "capture" };
                let (actors, opponents) = (actors(record, &[winner])?, actors(record, &loser)?);
                Ok(Understood::event(Assertion { kind, status: "held", actors, opponents, ..event }))
            }
            // that they fought is certain
            Err(why) if *tells != Tells::Transfer => Ok(Understood { unclear: Some(why), ..clash()? }),
            Err(why) => Err(why),
        },
        Tells::Aside => Ok(Understood::aside(name)),
    }
}

/// The columns of who gained the place, and of who lost it.
fn gain(record: &Record<'_>, tells: Tells, is_exact: bool) -> Result<(usize, Vec<usize>), Unclear> {
    if !is_exact {
        return Err(unclear("the point stands for an area around it", BY_HAND, Column::GeoPrecision));
    }
    let slots = [Column::Actor1 as usize, Column::Actor2 as usize];
    let is_named = slots.map(|slot| !record.cell(slot).is_empty());
    if tells == Tells::Transfer {
        return match is_named {
            [true, false] => Ok((slots[0], Vec::new())),
            // which of the two had it before is in the notes only
            _ => Err(unclear(
                "who gained the place is not told: the order of actors means nothing",
                BY_HAND,
                Column::Actor1,
            )),
        };
    }
    let is_state = [Column::Inter1, Column::Inter2].map(|inter| {
        let inter = record.cell(inter as usize);
        inter == "1" || inter.eq_ignore_ascii_case("state forces")
    });
    // Affiliates of a government that regain a place from competing state forces alone would be read the wrong way
    // round; the codebook allows it, in a land with two governments. There, read the notes.
    let winner = match (is_state, tells) {
        ([true, false], Tells::StateGains) | ([false, true], Tells::OthersGain) => 0,
        ([false, true], Tells::StateGains) | ([true, false], Tells::OthersGain) => 1,
        _ => {
            let why = "who gained the place is not told: not just one of the two is of state forces";
            return Err(unclear(why, BY_HAND, Column::Inter1));
        }
    };
    if !is_named[winner] {
        return Err(unclear("who gained the place is not named", BY_HAND, slots_of(winner)));
    }
    Ok((slots[winner], vec![slots[1 - winner]]))
}

fn slots_of(which: usize) -> Column {
    if which == 0 { Column::Actor1 } else { Column::Actor2 }
}

/// Who struck: the one who is named alone, or beside civilians.
fn striker(record: &Record<'_>) -> Result<Vec<String>, Unclear> {
    let is_civil = |inter: Column| {
        let inter = record.cell(inter as usize);
        inter == "7" || inter.eq_ignore_ascii_case("civilians")
    };
    let (one, two) = (Column::Actor1 as usize, Column::Actor2 as usize);
    match [one, two].map(|slot| record.cell(slot).is_empty()) {
        [false, true] => actors(record, &[one]),
        [false, false] if is_civil(Column::Inter2) && !is_civil(Column::Inter1) => actors(record, &[one]),
        [false, false] if is_civil(Column::Inter1) && !is_civil(Column::Inter2) => actors(record, &[two]),
        // both are in `x-parties`
        _ => Ok(Vec::new()),
    }
}

/// The date: its day, the week around it, or its month.
fn date(record: &Record<'_>) -> Result<String, Unclear> {
    let text = record.cell(Column::Date as usize);
    let hint = "ACLED writes days as `2024-12-07` or `7 December 2024`; a spreadsheet may have changed that";
    let known = day::iso(text).or_else(|| day::long(text));
    let known = known.ok_or(unclear("the date is not written as ACLED does", hint, Column::Date))?;
    match record.cell(Column::TimePrecision as usize) {
        "1" => Ok(known.to_string()),
        // the middle of the week is given
        "2" => Ok(day::between(known.plus(-3), known.plus(3))),
        "3" => Ok(day::month_of(known)),
        _ => {
            let hint = "ACLED writes 1 for a day, 2 for a week, 3 for a month";
            Err(unclear("how exact the date is is not told", hint, Column::TimePrecision))
        }
    }
}
