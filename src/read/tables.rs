//! All tables of a project: takes their names, gives everything that they say.

use super::actors::ACTORS;
use super::boundary;
use super::events::EVENTS;
use super::folder::Folder;
use super::names::NAMES;
use super::places::PLACES;
use super::reader::read;
use super::sources::SOURCES;
use crate::diag::Checked;
use crate::model::{Offset, Tables};
use crate::project::Inputs;

/// Reads every table of a project, and reports all that is wrong in any of them.
///
/// # Errors
/// None of its own: what cannot be read is a diagnostic, and the rest is read all the same.
pub fn tables(inputs: &Inputs, folder: &Folder, offset: Offset) -> Checked<Tables> {
    let mut all = Checked::clean(Tables::default());
    let sets = inputs.boundaries.iter().map(|input| boundary::read(input, folder).take(&mut all.diagnostics)).collect();
    all.value.regions = boundary::combine(sets).take(&mut all.diagnostics);
    for file in &inputs.events {
        all.diagnostics.extend(read(&EVENTS, file, folder, offset, &mut all.value));
    }
    let others =
        [(&ACTORS, &inputs.actors), (&SOURCES, &inputs.sources), (&PLACES, &inputs.places), (&NAMES, &inputs.names)];
    for (kind, file) in others {
        if let Some(file) = file {
            let found = read(kind, file, folder, offset, &mut all.value);
            // A table without rows knows nobody, which differs from no table and from one that could not be read.
            if found.is_empty() && kind.name == ACTORS.name {
                all.value.actors.get_or_insert_default();
            }
            if found.is_empty() && kind.name == SOURCES.name {
                all.value.sources.get_or_insert_default();
            }
            all.diagnostics.extend(found);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::super::Folder;
    use super::tables;
    use crate::diag::{Checked, Diagnostic};
    use crate::model::{Confidence, Day, EventRow, Kind, Level, Offset, Status, Tables};
    use crate::project::Inputs;
    use proptest::prelude::*;

    fn fixtures() -> Folder {
        Folder::disk(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/tables"))
    }

    fn built(name: &'static str, bytes: Vec<u8>) -> Folder {
        Folder::Built(Vec::leak(vec![(name, &*Vec::leak(bytes))]))
    }

    fn events(name: &'static str, bytes: impl Into<Vec<u8>>) -> Checked<Tables> {
        let inputs = Inputs { events: vec![name.into()], ..Inputs::default() };
        tables(&inputs, &built(name, bytes.into()), Offset(0))
    }

    /// Code, place and first hint of every diagnostic.
    fn report(found: &[Diagnostic]) -> Vec<(&'static str, String, String)> {
        let place = |d: &Diagnostic| d.location.as_ref().map(ToString::to_string).unwrap_or_default();
        found.iter().map(|d| (d.code.name, place(d), d.hints.join("; "))).collect()
    }

    fn codes(found: &[Diagnostic]) -> Vec<String> {
        report(found).into_iter().map(|(code, place, _)| format!("{code} {place}")).collect()
    }

    fn fixture_events(name: &str) -> Tables {
        let inputs = Inputs { events: vec![name.into()], ..Inputs::default() };
        let read = tables(&inputs, &fixtures(), Offset(3 * 3600));
        assert_eq!(codes(&read.diagnostics), [""; 0], "{name}");
        read.value
    }

    #[test]
    fn an_event_is_what_its_row_says() {
        let all = fixture_events("events.csv");
        let text = |s| all.texts.text(s);
        let rows = all.events.all();
        let [d1, d2, d4, d5] = rows.as_slice() else { panic!("four events") };
        assert_eq!(
            (text(d1.id), text(d1.place), d1.level, text(d1.actors)),
            ("d1", "Deraa", Some(Level::Adm1), "south")
        );
        assert_eq!(d1.share.map(|s| (s.low(), s.high())), Some((0.9, 1.0)));
        assert_eq!(d1.observed.and_then(|d| d.second), Some(9 * 3600));
        assert_eq!((d1.status, d1.text.as_ref().map(|t| t.note.as_str())), (None, Some("with the city")));
        assert_eq!(text(d2.actors), "south;druze;army");
        assert_eq!((d2.date.earliest, d2.date.latest), (Day::of(2024, 12, 6).unwrap(), Day::of(2024, 12, 7).unwrap()));
        assert_eq!(text(d2.date.text), "[2024-12-06..2024-12-07]");
        let own = &d2.text.as_ref().unwrap().own;
        assert_eq!((text(own[0].0), own[0].1.as_str(), own.len()), ("x-part", "seed", 1));
        assert_eq!(
            (d4.status, d4.kind, d4.confidence),
            (Some(Status::Lost), Some(Kind::Withdrawal), Some(Confidence::Number(0.5)))
        );
        assert_eq!(d4.text.as_ref().unwrap().note, "withdrawal, \"positioning\"\nin two lines");
        assert_eq!((text(d5.place), d5.origin.row, d5.text.is_none()), ("Nawa ", 5, true));
        assert_eq!(d5.date.latest, Day::of(2018, 12, 31).unwrap());
        assert_eq!(all.tables[0].locate(5, "place").to_string(), "events.csv:5:3");
    }

    #[test]
    fn every_format_says_the_same() {
        let plain = |name: &str| -> Vec<String> {
            let all = fixture_events(name);
            let show = |e: &EventRow| {
                let own =
                    e.text.as_ref().map(|t| (t.note.clone(), t.own.iter().map(|o| o.1.clone()).collect::<Vec<_>>()));
                let words = [e.id, e.place, e.actors, e.opponents, e.sources, e.claimant, e.date.text];
                format!(
                    "{:?} {:?} {:?} {:?} {:?} {:?} {:?} {own:?}",
                    words.map(|s| all.texts.text(s).to_owned()),
                    (e.level, e.status, e.kind, e.stance),
                    (e.share, e.confidence, e.point),
                    (e.date.earliest, e.date.latest),
                    e.observed.map(|d| (d.earliest, d.second)),
                    e.reported.map(|d| (d.earliest, d.second)),
                    e.until.is_some(),
                )
            };
            all.events.all().iter().map(show).collect()
        };
        assert_eq!(plain("events.json"), plain("events.csv"));
        assert_eq!(plain("events.jsonl"), plain("events.csv"));
    }

    #[test]
    fn a_point_feature_is_an_event_at_its_coordinates() {
        let all = fixture_events("events.geojson");
        assert_eq!(all.events.all()[0].point, Some([36.10, 32.62]));
        assert_eq!(all.texts.text(all.events.all()[0].id), "p1");
        assert_eq!((all.events.all()[1].point, all.texts.text(all.events.all()[1].actors)), (None, "south"));
        assert_eq!(all.tables[0].locate(2, "place").to_string(), "events.geojson:4:87");
    }

    #[test]
    fn the_other_tables_are_read_with_names_in_every_language() {
        let file = |name: &str| Some(name.to_owned());
        let inputs = Inputs {
            actors: file("actors.csv"),
            sources: file("sources.csv"),
            places: file("places.csv"),
            names: file("names.csv"),
            ..Inputs::default()
        };
        let read = tables(&inputs, &fixtures(), Offset(0));
        assert_eq!(codes(&read.diagnostics), [""; 0]);
        let all = read.value;
        let actors = all.actors.unwrap();
        assert_eq!(
            (actors[0].names.get("ar"), actors[1].names.get("uk"), actors[1].names.get("ar")),
            ("جيش", "Армія", "Army")
        );
        assert_eq!((actors[0].until, actors[1].from), (Day::of(2020, 1, 1), Day::of(2020, 1, 1)));
        assert_eq!((actors[0].color, actors[1].color), (Some([0xcc, 0, 0]), Some([0, 255, 0x88])));
        assert_eq!(actors[2].names.default, "south");
        assert_eq!(all.sources.unwrap()[0].source.side, "opposition");
        assert_eq!((all.places[0].level, all.places[1].level), (Level::Settlement, Level::Site));
        assert_eq!((all.places[0].at, all.places[0].population), ([36.0411, 32.8886], Some(57404)));
        assert_eq!((all.names[1].name.as_str(), all.names[1].lang.as_str()), ("درعا", ""));
    }

    #[test]
    fn all_faults_of_a_table_are_reported_in_one_run() {
        let text = "date,place,actor,level,status,kind,stance,share,lat,lon,confidence,until,id\n\
            2024-02-31,A,a,adm5,Held,captured,claim,80,x,0,often,2024/2025,a;b\n\
            ,,a,,,,,,,,,,\n\
            2024,,a,,,,,,136.3,33.5,,,\n\
            2024,A,a;;b,,,,,,33.5,,,,\n\
            2024,A\n";
        let read = events("e.csv", text);
        assert_eq!(
            codes(&read.diagnostics),
            [
                "bad-date e.csv:2:1",
                "bad-coordinate e.csv:2:9",
                "missing-value e.csv:3:1",
                "missing-value e.csv:3:2",
                "coordinates-off-globe e.csv:4:9",
                "missing-value e.csv:5:10",
                "bad-csv e.csv:6:2",
            ]
        );
        let text = "date,place,actor,level,status,kind,stance,share,confidence,until,id\n\
            2024-02-31,A,a;;b,adm5,Held,captured,claim,80,often,2024/2025,a;b\n";
        let read = events("e.csv", text);
        assert_eq!(
            codes(&read.diagnostics),
            [
                "bad-date e.csv:2:1",
                "bad-level e.csv:2:4",
                "bad-id e.csv:2:3",
                "bad-word e.csv:2:5",
                "bad-share e.csv:2:8",
                "bad-word e.csv:2:6",
                "bad-word e.csv:2:7",
                "bad-confidence e.csv:2:9",
                "bad-id e.csv:2:11",
                "date-interval e.csv:2:10",
            ]
        );
        assert_eq!(read.value.events.len(), 1, "its place is still to be looked up");
    }

    #[test]
    fn a_header_is_checked_against_the_columns_that_are_known() {
        let read = events("e.csv", "dat,place,actor,x-own,actor,,name:ar\n");
        assert_eq!(
            report(&read.diagnostics),
            [
                (
                    "unknown-column",
                    "e.csv:1:1".into(),
                    "did you mean `date`? a column of your own starts with `x-`".into()
                ),
                ("duplicate-column", "e.csv:1:5".into(), "remove one, or rename it to `x-…`".into()),
                ("unknown-column", "e.csv:1:6".into(), "name it, `x-…` if it is your own, or remove it".into()),
                ("unknown-column", "e.csv:1:7".into(), report(&read.diagnostics)[3].2.clone()),
                ("missing-column", "e.csv".into(), "the first record names the columns; events needs `date`".into()),
            ]
        );
        assert_eq!(codes(&events("e.csv", "date,lat\n").diagnostics), ["missing-column e.csv"]);
        assert_eq!(codes(&events("e.csv", "").diagnostics), ["missing-column e.csv"]);
        assert_eq!(codes(&events("e.csv", "date,place\n").diagnostics), [""; 0]);
        let semicolons = events("e.csv", "date;place;actor\n2024;A;a\n").diagnostics;
        assert_eq!(semicolons[0].hints, ["fields are separated by commas: save the table again"]);
    }

    #[test]
    fn bytes_that_are_no_text_are_found() {
        let latin = b"date,place\n2024,A\n2024,Alcal\xE1 \n2024,B\n".to_vec();
        let read = events("e.csv", latin);
        assert_eq!(codes(&read.diagnostics), ["bad-bytes e.csv:3:2"]);
        assert_eq!(read.diagnostics[0].message, "byte 0xE1 is not UTF-8");
        assert_eq!(codes(&events("e.csv", b"\xFF\xFEd\0".to_vec()).diagnostics), ["bad-bytes e.csv"]);
        assert_eq!(codes(&events("e.csv", b"dat\xE9\n".to_vec()).diagnostics), ["bad-bytes e.csv:1:1"]);
        assert_eq!(codes(&events("e.csv", b"\xEF\xBB\xBFdate,place\r\n2024,A\r\n".to_vec()).diagnostics), [""; 0]);
        assert_eq!(codes(&events("e.json", b"[\n\"\xE9\"]".to_vec()).diagnostics), ["bad-bytes e.json:2:2"]);
    }

    #[test]
    fn what_would_fill_the_memory_is_refused() {
        let wide = "x,".repeat(1_000_000);
        assert_eq!(codes(&events("e.csv", wide.as_bytes()).diagnostics), ["too-large e.csv"]);
        let broad = format!("date,place\n{wide}\n2024,A\n");
        let read = events("e.csv", broad);
        assert_eq!((codes(&read.diagnostics), read.value.events.len()), (vec!["too-large e.csv:2:3".to_owned()], 1));
        let long = format!("date,place,note\n2024,A,{}\n2024,B,\n", "n".repeat((1 << 20) + 1));
        assert_eq!(codes(&events("e.csv", long).diagnostics), ["too-large e.csv:2:3"]);
        let keys: Vec<String> = (0..5_000).map(|i| format!("\"x-{i}\":1")).collect();
        assert_eq!(codes(&events("e.json", format!("[{{{}}}]", keys.join(","))).diagnostics), ["too-large e.json"]);
        let faults = format!("date,place\n{}", "x,A\n".repeat(100_200));
        let found = events("e.csv", faults).diagnostics;
        assert_eq!(codes(&found[100_000..]), ["bad-date e.csv:100002:1"]);
    }

    #[test]
    fn a_quote_left_open_swallows_no_rows_in_silence() {
        let read = events("e.csv", "date,place,note\n2024,A,\"open\n2024,B,\"shut\"\n2024,C,\n");
        assert_eq!(codes(&read.diagnostics), ["bad-csv e.csv:2:3"]);
        let read = events("e.csv", "date,place,note\n2024,A,\"open\n2024,B,\n");
        assert_eq!(codes(&read.diagnostics), ["bad-csv e.csv:2:3"]);
    }

    #[test]
    fn json_that_is_none_is_named_by_line_and_character() {
        let at = |name, text: &str| codes(&events(name, text).diagnostics);
        assert_eq!(at("e.json", "[{\"date\": \"2024\", \"place\": \"A\"},\n {\"date\":"), ["bad-json e.json:2:9"]);
        assert_eq!(at("e.json", ""), ["bad-json e.json:1:1"]);
        assert_eq!(at("e.json", "{}"), ["bad-json e.json:1:1"]);
        assert_eq!(at("e.json", "[]"), [""; 0]);
        assert_eq!(at("e.jsonl", ""), [""; 0]);
        assert_eq!(at("e.json", "[{\"date\":\"2024\",\"place\":\"A\"},\n 5]"), ["bad-json e.json:2:2"]);
        assert_eq!(
            at("e.jsonl", "{\"date\":\"2024\",\"place\":\"A\"}\n{\"date\"\n{\"date\":\"x\",\"place\":\"A\"}\n"),
            ["bad-json e.jsonl:2:7", "bad-date e.jsonl:3:9"]
        );
        let nested = "[{\"date\":\"2024\",\"place\":[\"A\"],\"note\":{}, \"actor\":[\"a\",[]],\"place\":1}]";
        assert_eq!(
            at("e.json", nested),
            [
                "bad-json e.json:1:25",
                "bad-json e.json:1:38",
                "bad-json e.json:1:50",
                "duplicate-column e.json:1:25",
                "missing-value e.json:1:25"
            ]
        );
        assert_eq!(at("e.json", "[{\"date\":\"2024\",\"place\":\"\\ud800\"}]")[0], "bad-json e.json:1:25");
        assert_eq!(
            at("e.json", "[{\"plaec\":\"A\"}]"),
            ["unknown-column e.json:1:11", "missing-column e.json", "missing-column e.json"]
        );
        assert!(at("e.json", &"[".repeat(100_000))[0].starts_with("bad-json"));
    }

    #[test]
    fn a_feature_that_is_no_point_is_refused() {
        let text = "{\"type\":\"FeatureCollection\",\"features\":[\n\
            {\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[]},\"properties\":{\"date\":\"2024\"}},\n\
            {\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[1]},\"properties\":null},\n\
            {\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[1,200]},\"properties\":{\"date\":\"2024\"}},\n\
            7]}";
        assert_eq!(
            codes(&events("e.geojson", text).diagnostics),
            [
                "bad-geometry e.geojson:2:1",
                "bad-geometry e.geojson:3:1",
                "bad-json e.geojson:5:1",
                "coordinates-off-globe e.geojson:4:82"
            ]
        );
        assert_eq!(codes(&events("e.geojson", "{\"type\":\"Topology\"}").diagnostics), ["bad-json e.geojson"]);
    }

    #[test]
    fn what_cannot_be_read_leaves_the_rest_readable() {
        let inputs = Inputs {
            events: vec!["missing.csv".into(), "events.csv".into(), "events.xlsx".into()],
            actors: Some("..".into()),
            places: Some("missing.csv".into()),
            ..Inputs::default()
        };
        let read = tables(&inputs, &fixtures(), Offset(0));
        assert_eq!(
            codes(&read.diagnostics),
            ["cannot-read missing.csv", "cannot-read events.xlsx", "cannot-read ..", "cannot-read missing.csv"]
        );
        assert_eq!((read.value.events.len(), read.value.actors), (4, None));
    }

    #[test]
    fn faults_of_the_other_tables_stand_at_their_cells() {
        let one = |inputs: Inputs, name, text: &str| {
            codes(&tables(&inputs, &built(name, text.into()), Offset(0)).diagnostics)
        };
        let actors = Inputs { actors: Some("a.csv".into()), ..Inputs::default() };
        let text = "id,color,from,until\na,red,2024,2023\n,,,\nb;c,,x,\n";
        assert_eq!(
            one(actors.clone(), "a.csv", text),
            ["bad-date a.csv:2:4", "bad-color a.csv:2:2", "missing-value a.csv:3:1", "bad-id a.csv:4:1"]
        );
        assert_eq!(one(actors, "a.csv", "name\n"), ["missing-column a.csv"]);
        let places = Inputs { places: Some("p.csv".into()), ..Inputs::default() };
        let text = "id,lat,lon,level,population\np,,,adm1,many\nq,1,2,site,5\n";
        assert_eq!(
            one(places, "p.csv", text),
            ["missing-value p.csv:2:2", "bad-level p.csv:2:4", "bad-number p.csv:2:5"]
        );
        let names = Inputs { names: Some("n.csv".into()), ..Inputs::default() };
        assert_eq!(one(names, "n.csv", "id,name\n,\n"), ["missing-value n.csv:2:1", "missing-value n.csv:2:2"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn any_bytes_into_any_table_are_read_without_a_panic(
            bytes in proptest::collection::vec(any::<u8>(), 0..200),
            text in "[\\[\\]{}\":,;\na-e0-9.~%/?X-]{0,80}",
            cell in "\\PC{0,30}",
        ) {
            let csv = format!("date,place,lat,lon,share,confidence\n{cell},{cell},{text},{cell},{cell},{cell}\n{text}");
            let json = format!("[{{\"date\":{text}, \"place\":{cell:?}}}]");
            let feature = format!("{{\"type\":\"FeatureCollection\",\"features\":[{text}]}}");
            for file in ["a.csv", "a.json", "a.jsonl", "a.geojson"] {
                for bytes in [&bytes[..], csv.as_bytes(), json.as_bytes(), feature.as_bytes(), text.as_bytes()] {
                    // Files inside the binary live for ever, so these go through the disk's side of the same code.
                    let input = |kind| super::super::reader::Input {
                        kind, file, bytes: bytes.to_vec().into(), offset: Offset(0),
                    };
                    for kind in [&super::EVENTS, &super::ACTORS, &super::SOURCES, &super::PLACES, &super::NAMES] {
                        let reader = super::super::READERS.iter().find(|r| file.ends_with(r.endings[0])).unwrap();
                        reader.read(input(kind), &mut Tables::default());
                    }
                }
            }
            super::super::read_date("date", &text, Offset(0), Default::default()).ok();
            super::super::read_date("date", &cell, Offset(0), Default::default()).ok();
            super::super::read_share(&text).ok();
        }
    }
}
