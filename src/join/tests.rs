use super::{JoinReport, join};
use crate::diag::{Checked, Location};
use crate::model::{
    ActorRow, Dataset, Day, EventDate, EventRow, Kind, Level, NameRow, Names, Offset, Origin, PlaceRow, Qualifier,
    Region, RegionSet, Share, Source, SourceRow, Stance, Status, Symbol, Table, TableLayout, Tables,
};
use geo::{LineString, MultiPolygon, Polygon};
use proptest::prelude::*;

const COLUMNS: &[&str] = &[
    "id",
    "date",
    "place",
    "level",
    "actor",
    "status",
    "share",
    "opponent",
    "kind",
    "source",
    "observed",
    "supersedes",
];

fn names(default: &str, arabic: &str) -> Names {
    let by_language = if arabic.is_empty() { vec![] } else { vec![("ar".to_owned(), arabic.to_owned())] };
    Names { default: default.to_owned(), by_language }
}

/// A square degree that starts at a corner.
fn region(id: &str, name: &str, arabic: &str, level: Level, parent: &str, [x, y]: [f64; 2], side: f64) -> Region {
    let ring = vec![(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)];
    Region {
        id: id.into(),
        names: names(name, arabic),
        level,
        parent: parent.into(),
        geometry: MultiPolygon::new(vec![Polygon::new(LineString::from(ring), vec![])]),
        km2: 1.0,
        official_km2: None,
    }
}

fn place(row: u32, id: &str, name: &str, region: &str, at: [f64; 2]) -> PlaceRow {
    PlaceRow {
        id: id.into(),
        names: names(name, ""),
        at,
        level: Level::Settlement,
        region: region.into(),
        population: None,
        kind: String::new(),
        origin: Origin { table: 1, row },
    }
}

fn csv(file: &str, columns: &[&str]) -> Table {
    Table { file: file.into(), layout: TableLayout::Csv { columns: columns.iter().map(|c| (*c).into()).collect() } }
}

/// Three governorates of an invented country, a district, three towns and some spellings.
fn country() -> Tables {
    let regions = vec![
        region("X", "Land", "", Level::Adm0, "", [36.0, 34.0], 3.0),
        region("X-DI", "Damascus", "دمشق", Level::Adm1, "X", [36.0, 34.0], 1.0),
        region("X-HM", "Hama Governorate", "محافظة حماة", Level::Adm1, "X", [37.0, 34.0], 1.0),
        region("X-RD", "Rural Damascus", "", Level::Adm1, "X", [38.0, 34.0], 1.0),
        region("X-HM-1", "Salamiyah", "", Level::Adm2, "X-HM", [37.0, 34.0], 0.5),
    ];
    let name = |row, id: &str, name: &str| NameRow {
        id: id.into(),
        name: name.into(),
        lang: "en".into(),
        origin: Origin { table: 2, row },
    };
    Tables {
        tables: vec![
            csv("events.csv", COLUMNS),
            csv("places.csv", &["id", "name", "lat", "lon", "region"]),
            csv("names.csv", &["id", "name", "lang"]),
            csv("actors.csv", &["id", "name"]),
        ],
        regions: RegionSet { regions, ..RegionSet::default() },
        places: vec![
            place(2, "hama", "Hama", "X-HM", [37.2, 34.2]),
            place(3, "nawa", "Nawa", "", [37.3, 34.3]),
            place(4, "dayr", "Dayr ez-Zawr", "X-RD", [38.5, 34.5]),
        ],
        names: vec![name(2, "X-DI", "Dimashq"), name(3, "dayr", "Deir ez-Zor"), name(4, "X-HM", "Hamath")],
        ..Tables::default()
    }
}

fn day(tables: &mut Tables, text: &str) -> EventDate {
    let part = |range: std::ops::Range<usize>| text[range].parse::<i16>().unwrap();
    let month = i8::try_from(part(5..7)).unwrap();
    let day = Day::of(part(0..4), month, i8::try_from(part(8..10)).unwrap()).unwrap();
    EventDate { earliest: day, latest: day, second: None, qualifier: Qualifier::Plain, text: tables.texts.add(text) }
}

/// A row in the order of [`COLUMNS`] from `date` on, commas between; missing cells are empty.
fn say(tables: &mut Tables, id: &str, line: &str) {
    let cells: Vec<&str> = line.split(',').collect();
    let cell = |i: usize| cells.get(i).copied().unwrap_or("");
    let date = day(tables, cell(0));
    let observed = (!cell(9).is_empty()).then(|| day(tables, cell(9)));
    let row = u32::try_from(tables.events.len() + 2).unwrap();
    let point = cell(1).split_once('/').map(|(lat, lon)| [lon.parse().unwrap(), lat.parse().unwrap()]);
    let mut text = |t: &str| tables.texts.add(t);
    let event = EventRow {
        id: text(id),
        place: if point.is_some() { Symbol::EMPTY } else { text(cell(1)) },
        level: Level::parse(cell(2)),
        point,
        actors: text(cell(3)),
        status: Status::parse(cell(4)),
        share: cell(5).parse::<f64>().ok().and_then(|s| Share::new(s, s)),
        opponents: text(cell(6)),
        kind: Kind::parse(cell(7)),
        sources: text(cell(8)),
        stance: Stance::Reported,
        claimant: Symbol::EMPTY,
        date,
        until: None,
        observed,
        reported: None,
        supersedes: text(cell(10)),
        confidence: None,
        text: None,
        origin: Origin { table: 0, row },
    };
    tables.events.push(event);
}

type Joined = Checked<(Dataset, JoinReport)>;

fn joined(lines: &[&str]) -> Joined {
    let mut tables = country();
    lines.iter().for_each(|line| say(&mut tables, "", line));
    join(tables, Offset::default())
}

fn codes(joined: &Joined) -> Vec<&'static str> {
    joined.diagnostics.iter().map(|d| d.code.name).collect()
}

/// The ids of the places that one-word events join, `?` where the name is not resolved.
fn places_of(words: &[(&str, &str)]) -> Vec<String> {
    let find = |(name, level): &(&str, &str)| {
        let joined = joined(&[&format!("2024-12-07,{name},{level},army")]);
        let (data, _) = &joined.value;
        match data.events.iter().next() {
            Some(event) => data.place(event.place).id.clone(),
            None => joined.diagnostics[0].code.name.to_owned(),
        }
    };
    words.iter().map(find).collect()
}

#[test]
fn names_join_by_code_then_exactly_then_normalised_then_by_the_table() {
    let words = [
        ("X-DI", ""),
        ("hama", ""),
        ("Damascus", ""),
        ("دمشق", ""),
        ("DAMASCUS", ""),
        ("Dimashq", ""),
        ("dimashq", "adm1"),
        ("Deir-ez Zor", ""),
        ("Damascus Governorate", ""),
        ("Hama Governorate", ""),
        ("Hama", "adm1"),
        ("Hama", "settlement"),
        ("حماه", "adm1"),
        ("Hama Province", ""),
        ("Rural Damascus", ""),
    ];
    let expected = [
        "X-DI", "hama", "X-DI", "X-DI", "X-DI", "X-DI", "X-DI", "dayr", "X-DI", "X-HM", "X-HM", "hama", "X-HM", "X-HM",
        "X-RD",
    ];
    assert_eq!(places_of(&words), expected);
}

#[test]
fn names_are_never_guessed() {
    let words = [
        ("Hama", ""),
        ("Damasku", ""),
        ("Rif Damascus", ""),
        ("Hama", "site"),
        ("Hama ", "adm1"),
        ("Hama District", ""),
    ];
    let expected =
        ["ambiguous-place", "unknown-place", "unknown-place", "unknown-place", "unknown-place", "unknown-place"];
    assert_eq!(places_of(&words), expected);
}

#[test]
fn faulty_names_come_with_what_to_do() {
    let hint = |line: &str| joined(&[line]).diagnostics.remove(0).hints.remove(0);
    assert_eq!(hint("2024-12-07,Hama,,army"), "write `level` = `adm1` (X-HM) or `settlement` (hama)");
    assert_eq!(hint("2024-12-07,Hama ,adm1,army"), "a blank stands at the end; write \"Hama\" (X-HM)");
    assert_eq!(hint("2024-12-07,Hama,site,army"), "there is `adm1` (X-HM) or `settlement` (hama); mend `level`");
    assert_eq!(hint("2024-12-07,Nawwa,,army"), "did you mean \"Nawa\" (nawa)? add it to names.csv");
    assert_eq!(hint("2024-12-07,Tokyo,,army"), "write the code of a region, or add a row to the places table");
    let told = joined(&["2024-12-07,Nawwa,,army", "2024-12-08,Nawwa,,army"]);
    let (_, report) = &told.value;
    assert_eq!((codes(&told), report.joined, report.rows), (vec!["unknown-place"; 2], 0, 2));
    assert_eq!(told.diagnostics[1].location, Some(Location::cell("events.csv", 3, 3)));
    assert_eq!(told.diagnostics[1].message, "place \"Nawwa\" matches no region or place");
    assert_eq!((report.suggestions[0].written.as_str(), report.suggestions[0].id.as_str()), ("Nawwa", "nawa"));
    assert_eq!((report.unmatched[0].rows, report.unmatched[0].samples.len()), (2, 2));
}

#[test]
fn places_stand_in_order_with_what_contains_them() {
    let joined = joined(&["2024-12-07,34.1/36.5,,army", "2024-12-07,33/30,,army", "2024-12-08,34.10/36.50,,army"]);
    let (data, report) = &joined.value;
    let ids: Vec<&str> = data.places.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(ids, ["X", "X-DI", "X-HM", "X-RD", "X-HM-1", "dayr", "hama", "nawa", "33,30", "34.1,36.5"]);
    let containers: Vec<Option<u32>> = data.places.iter().map(|p| p.container.map(|c| c.0)).collect();
    let expected = [None, Some(0), Some(0), Some(0), Some(2), Some(3), Some(2), Some(4), None, Some(1)];
    assert_eq!(containers, expected);
    assert!(data.places.iter().enumerate().take(5).all(|(i, p)| p.region.map(|r| r.0 as usize) == Some(i)));
    assert_eq!((report.points, data.events.len(), report.regions_without_events.len()), (2, 3, 5));
    assert_eq!(report.places_without_events, ["dayr", "hama", "nawa"]);
}

#[test]
fn a_place_far_outside_its_region_is_told_and_one_at_the_shore_is_not() {
    let mut tables = country();
    tables.places.push(place(5, "port", "Port", "X-DI", [35.995, 34.5]));
    tables.places.push(place(6, "ship", "Ship", "X-DI", [35.9, 34.5]));
    tables.places.push(place(7, "wrong", "Wrong", "X-DI", [38.5, 34.5]));
    tables.places.push(place(8, "lost", "Lost", "X-DJ", [38.5, 34.5]));
    tables.places.push(place(9, "hama", "Other", "", [38.5, 34.5]));
    tables.names.push(NameRow {
        id: "x".into(),
        name: "N".into(),
        lang: String::new(),
        origin: Origin { table: 2, row: 9 },
    });
    let joined = join(tables, Offset::default());
    let found: Vec<_> = joined.diagnostics.iter().map(|d| (d.code.name, d.location.clone())).collect();
    let at = |row, column| Some(Location::cell("places.csv", row, column));
    let expected = [
        ("duplicate-id", at(9, 1)),
        ("unknown-region", at(8, 5)),
        ("point-outside-region", at(6, 5)),
        ("point-outside-region", at(7, 5)),
        ("unknown-region", Some(Location::cell("names.csv", 9, 1))),
    ];
    assert_eq!(found, expected);
    assert_eq!(joined.diagnostics[2].message, "place \"ship\" lies 9.2 km outside of its region \"X-DI\"");
    assert_eq!(joined.diagnostics[3].hints, ["the point lies in \"X\", \"X-RD\"; check `lat`, `lon` and `region`"]);
}

#[test]
fn status_and_share_are_filled_in_as_ruled() {
    let of = |cells: &str| {
        let joined = joined(&[&format!("2024-12-07,X-DI,,{cells}")]);
        assert_eq!(codes(&joined), [""; 0], "{cells}");
        let event = joined.value.0.events.get(0);
        (event.status, event.share.map(Share::low), event.actors.len())
    };
    assert_eq!(of("a"), (Status::Held, None, 1));
    assert_eq!(of("a,,,,withdrawal"), (Status::Lost, None, 1));
    assert_eq!(of("a,,,,siege"), (Status::Besieged, None, 1));
    assert_eq!(of("a,,0.8"), (Status::Partial, Some(0.8), 1));
    assert_eq!(of("a,held,0.8"), (Status::Partial, Some(0.8), 1));
    assert_eq!(of("a,,1"), (Status::Held, None, 1));
    assert_eq!(of("a,partial,1"), (Status::Held, None, 1));
    assert_eq!(of("a,held,1"), (Status::Held, None, 1));
    assert_eq!(of("a,partial"), (Status::Partial, None, 1));
    assert_eq!(of("b; a;b,held"), (Status::Partial, Some(1.0), 2));
    assert_eq!(of("a;b,,1"), (Status::Partial, Some(1.0), 2));
    assert_eq!(of("a,contested,,b"), (Status::Contested, None, 1));
    assert_eq!(of(",vacant"), (Status::Vacant, None, 0));
    assert_eq!(of(",,,,closure"), (Status::Held, None, 0));
}

#[test]
fn a_status_that_needs_actors_is_told_without_them() {
    for cells in ["", ",lost", "a,contested", "a,contested,,a", "a,shared,,b", ",,,,siege", ",,0.5"] {
        let joined = joined(&[&format!("2024-12-07,X-DI,,{cells}")]);
        assert_eq!(codes(&joined), ["missing-actor"], "{cells}");
        assert_eq!(joined.diagnostics[0].location, Some(Location::cell("events.csv", 2, 5)));
    }
}

fn actor(row: u32, id: &str, from: Option<i32>, until: Option<i32>) -> ActorRow {
    ActorRow {
        id: id.into(),
        names: Names::new(id),
        short: Names::default(),
        side: String::new(),
        color: None,
        pattern: String::new(),
        from: from.map(Day),
        until: until.map(Day),
        origin: Origin { table: 3, row },
    }
}

#[test]
fn actors_are_the_tables_or_whoever_is_named() {
    let bare = joined(&["2024-12-07,X-DI,,b;a,,,c"]);
    assert_eq!(bare.value.0.actors.iter().map(|a| a.id.as_str()).collect::<Vec<_>>(), ["a", "b", "c"]);
    let mut tables = country();
    tables.actors = Some(vec![actor(2, "b", Some(5), None), actor(3, "a", None, None), actor(4, "b", None, Some(5))]);
    say(&mut tables, "", "2024-12-07,X-DI,,a;bb,,,b");
    let known = join(tables.clone(), Offset::default());
    assert_eq!(codes(&known), ["unknown-actor"]);
    assert_eq!(known.diagnostics[0].hints, ["did you mean \"b\"?"]);
    assert_eq!(known.diagnostics[0].location, Some(Location::cell("events.csv", 2, 5)));
    let periods: Vec<_> = known.value.0.actors[1].periods.iter().map(|p| p.from).collect();
    assert_eq!(periods, [None, Some(Day(5))]);
    tables.actors.as_mut().unwrap().push(actor(5, "b", Some(4), Some(9)));
    assert!(codes(&join(tables, Offset::default())).contains(&"duplicate-id"));
}

#[test]
fn sources_are_the_tables_free_texts_or_the_unnamed_one() {
    let mut tables = country();
    let source = Source { id: "wire".into(), title: "Wire".into(), ..Source::default() };
    tables.sources = Some(vec![SourceRow { source, origin: Origin { table: 0, row: 2 } }]);
    say(&mut tables, "", "2024-12-07,X-DI,,a,,,,,wire ; a neighbour;wire");
    say(&mut tables, "", "2024-12-08,X-DI,,a");
    let joined = join(tables, Offset::default());
    let data = &joined.value.0;
    let sources: Vec<_> = data.sources.iter().map(|s| (s.id.as_str(), s.title.as_str())).collect();
    assert_eq!(sources, [("", ""), ("a neighbour", ""), ("wire", "Wire")]);
    let of: Vec<Vec<u32>> = data.events.iter().map(|e| e.sources.iter().map(|s| s.0).collect()).collect();
    assert_eq!(of, [vec![1, 2], vec![0]]);
}

#[test]
fn identical_rows_are_one_event_and_ids_are_hashes_of_what_rows_say() {
    let told = joined(&["2024-12-07,X-DI,,a", "2024-12-08,X-DI,,a", "2024-12-07,X-DI,,a", "2024-12-07,X-DI,,a"]);
    assert_eq!((codes(&told), told.value.0.events.len()), (vec!["duplicate-row"; 2], 2));
    assert_eq!(told.diagnostics[0].location, Some(Location::cell("events.csv", 4, 2)));
    let id = told.value.0.events.get(0).id.text();
    assert!(id.len() == 12 && id.bytes().all(|b| b.is_ascii_hexdigit()), "{id}");
    assert_ne!(id, told.value.0.events.get(1).id.text());
    assert_eq!(id, joined(&["2024-12-07,X-DI,,a"]).value.0.events.get(0).id.text());
    assert_eq!(told.value.0.events.get(0).origin.row, 2);
}

#[test]
fn ids_stand_once_and_corrections_are_of_the_same_source() {
    let mut tables = country();
    for (id, line) in [
        ("e1", "2024-12-07,X-DI,,a,,,,,wire"),
        ("e2", "2024-12-08,X-DI,,a,,,,,wire,,e1"),
        ("e3", "2024-12-09,X-DI,,a,,,,,other,,e1"),
        ("e4", "2024-12-10,X-DI,,a,,,,,wire,,e11"),
        ("e5", "2024-12-11,X-DI,,a,,,,,wire,,e5"),
        ("e1", "2024-12-12,X-DI,,a,,,,,wire"),
        ("e2", "2024-12-08,X-DI,,a,,,,,wire,,e1"),
    ] {
        say(&mut tables, id, line);
    }
    let joined = join(tables, Offset::default());
    let expected = ["duplicate-id", "duplicate-row", "foreign-supersedes", "unknown-supersedes", "unknown-supersedes"];
    assert_eq!(codes(&joined), expected);
    assert_eq!(joined.diagnostics[0].location, Some(Location::cell("events.csv", 7, 1)));
    assert_eq!(joined.diagnostics[3].hints, ["did you mean \"e1\"?"]);
    let data = &joined.value.0;
    let corrected = data.events.get(1).supersedes.map(|e| data.event(e).id.to_string());
    assert_eq!(corrected.as_deref(), Some("e1"));
}

#[test]
fn a_hash_may_be_superseded_too() {
    let hash = joined(&["2024-12-07,X-DI,,a"]).value.0.events.get(0).id.to_string();
    let joined = joined(&["2024-12-07,X-DI,,a", &format!("2024-12-08,X-DI,,b,,,,,,,{hash}")]);
    assert_eq!(codes(&joined), [""; 0]);
    assert_eq!(joined.value.0.events.get(1).supersedes.map(|e| e.0), Some(0));
}

#[test]
fn early_sight_and_shares_over_the_whole_are_warnings() {
    let early = joined(&["2024-12-07,X-DI,,a,,,,,wire,2024-12-06"]);
    assert_eq!(codes(&early), ["observed-before-date"]);
    let over = joined(&["2024-12-07,X-DI,,a,,0.6,,,w", "2024-12-07,X-DI,,b,,0.5,,,w"]);
    assert_eq!(codes(&over), ["share-over-one"]);
    assert_eq!(over.diagnostics[0].message, "shares of \"X-DI\" by \"w\" on one day come to 110 %");
    assert_eq!(over.diagnostics[0].location, Some(Location::cell("events.csv", 3, 7)));
    let twice_told = joined(&["2024-12-07,X-DI,,a,,0.9,,,w", "2024-12-07,X-DI,,a,,0.8,,,w"]);
    let two_sources = joined(&["2024-12-07,X-DI,,a,,0.6,,,w", "2024-12-07,X-DI,,b,,0.5,,,v"]);
    let two_days = joined(&["2024-12-07,X-DI,,a,,0.6,,,w", "2024-12-08,X-DI,,b,,0.5,,,w"]);
    assert_eq!([codes(&twice_told), codes(&two_sources), codes(&two_days)], [[""; 0]; 3]);
}

#[test]
fn the_report_says_what_joined_how_and_what_is_missing() {
    let lines = [
        "2024-12-07,X-DI,,a",
        "2024-12-07,nawa,,a",
        "2024-12-07,Dimashq,,b",
        "2024-12-07,NAWA,,b",
        "2024-12-07,Nwaa ,,b",
    ];
    let text = joined(&lines).value.1.to_string();
    let expected = "joined 4 of 5 rows; spellings: 2 by code, 1 by normalised name, 1 by the names table\n\
        4 of 5 regions have no event: \"X\", \"X-HM\", \"X-RD\", \"X-HM-1\"\n\
        2 of 3 settlements and sites have no event: \"dayr\", \"hama\"\n\
        1 spelling finds no single place, in 1 row:\n  \"Nwaa \" × 1, first at events.csv:6:3";
    assert_eq!(text, expected);
}

/// What must not depend on the order of rows.
fn essence(mut tables: Tables) -> String {
    let mut joined = {
        for (i, row) in tables.events.pieces.iter_mut().flatten().enumerate() {
            row.row = u32::try_from(i).unwrap() + 2;
        }
        join(tables, Offset::default())
    };
    let (data, report) = &mut joined.value;
    let mut text = format!("{:?} {:?} {:?}", data.places, data.actors, data.sources);
    for mut event in data.events.iter() {
        event.origin = Origin { table: 0, row: 0 };
        event.date.text = Symbol::EMPTY;
        if let Some(observed) = &mut event.observed {
            observed.text = Symbol::EMPTY;
        }
        text += &format!("\n{event:?}");
    }
    let mut codes: Vec<_> = joined.diagnostics.iter().map(|d| format!("{} {}", d.code.name, d.message)).collect();
    codes.retain(|c| !c.starts_with("duplicate-row"));
    codes.sort();
    report.unmatched.iter_mut().for_each(|u| u.samples.clear());
    format!("{text}\n{codes:?}\n{report:?}")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn the_order_of_rows_changes_nothing(
        rows in proptest::collection::vec((0..8_usize, 0..5_u8, 0..4_usize, 0..3_usize), 1..24),
        keys in proptest::collection::vec(any::<u32>(), 40),
    ) {
        let places = ["X-DI", "Hama", "hama", "Nawa", "34.1/36.5", "nowhere", "Deir-ez-Zor", "34/37"];
        let (actors, sources) = (["a", "b;a", "", "c"], ["", "w;v", "v"]);
        let build = |order: &[usize]| {
            let mut tables = country();
            for i in order {
                let (place, day, actor, source) = rows[*i];
                let id = if i % 3 == 0 { format!("e{i}") } else { String::new() };
                say(&mut tables, &id, &format!("2024-12-0{},{},,{},,,,,{}", day + 1, places[place], actors[actor], sources[source]));
            }
            tables
        };
        let plain: Vec<usize> = (0..rows.len()).collect();
        let mut shuffled = plain.clone();
        shuffled.sort_by_key(|i| keys[*i]);
        let first = build(&plain);
        let mut second = build(&shuffled);
        second.places.sort_by_key(|p| keys[p.origin.row as usize]);
        second.names.sort_by_key(|n| keys[n.origin.row as usize + 10]);
        prop_assert_eq!(essence(first), essence(second));
    }
}
