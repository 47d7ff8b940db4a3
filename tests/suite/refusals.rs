//! Slips that people make: each is told with file, row, column, value and hint, ends with 1, and leaves no file.

use super::harness::{Test, output};
use serde_json::Value;
use std::path::Path;

/// A slip: the file and what it holds, and where and what the report must say.
struct Slip {
    file: &'static str,
    content: &'static [u8],
    code: &'static str,
    spot: Spot,
    value: Option<&'static str>,
    hint: &'static str,
}

enum Spot {
    Cell(u32, u32),
    Text(u32),
    File,
}

const SLIPS: &[Slip] = &[
    Slip {
        file: "events.csv",
        content: b"date,place,actor\n2024-12-05,Hama,hts\n",
        code: "ambiguous-place",
        spot: Spot::Cell(2, 2),
        value: Some("Hama"),
        hint: "level",
    },
    Slip {
        file: "events.csv",
        content: b"date,place,actor\n2024-12-05,SY04,army\n2024-12-05,Deraa ,south\n",
        code: "unknown-place",
        spot: Spot::Cell(3, 2),
        value: Some("Deraa "),
        hint: "Deraa",
    },
    Slip {
        file: "events.csv",
        content: b"date,place,actor\n2024-02-31,SY05,hts\n",
        code: "bad-date",
        spot: Spot::Cell(2, 1),
        value: Some("2024-02-31"),
        hint: "29",
    },
    Slip {
        file: "events.csv",
        content: b"actor,place,date\nhts,SY05,07/12/2024\n",
        code: "bad-date",
        spot: Spot::Cell(2, 3),
        value: Some("07/12/2024"),
        hint: "2024-12-07",
    },
    Slip {
        file: "events.csv",
        content: b"date,place,actor,share\n2024-12-05,SY05,hts,80\n",
        code: "bad-share",
        spot: Spot::Cell(2, 4),
        value: Some("80"),
        hint: "80%",
    },
    Slip {
        file: "events.csv",
        content: b"date,place,actor,share\n2024-12-05,SY05,hts,1e999\n",
        code: "bad-share",
        spot: Spot::Cell(2, 4),
        value: Some("1e999"),
        hint: "80%",
    },
    Slip {
        file: "places.csv",
        content: b"id,name,lat,lon,level\nnawa,Nawa,136.5,33.5,settlement\n",
        code: "coordinates-off-globe",
        spot: Spot::Cell(2, 3),
        value: Some("136.5"),
        hint: "swap",
    },
    Slip {
        file: "events.csv",
        content: b"date,place,actor,staus\n2024-12-05,SY05,hts,held\n",
        code: "unknown-column",
        spot: Spot::Cell(1, 4),
        value: Some("staus"),
        hint: "status",
    },
    Slip {
        file: "boundaries.geojson",
        content: b"{\"type\":\"FeatureCollection\",\"features\":[\n{\"type\":\"Feature\",\"prop",
        code: "bad-json",
        spot: Spot::Text(2),
        value: None,
        hint: "",
    },
    Slip {
        file: "events.csv",
        content: b"date,place,actor,note\n2024-12-05,SY05,hts,caf\xe9\n",
        code: "bad-bytes",
        spot: Spot::Cell(2, 4),
        value: None,
        hint: "UTF-8",
    },
    Slip {
        file: "controlmap.toml",
        content: b"boundaries = { file = \"boundaries.geojson\", id = \"code\" }\nevents = \"folder.csv\"\n",
        code: "cannot-read",
        spot: Spot::File,
        value: Some("folder.csv"),
        hint: "name the file in it",
    },
    Slip {
        file: "boundaries.geojson",
        content:
            b"{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"code\":\"SY05\"},\
                   \"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[36,35],[37,36]]]}}]}",
        code: "ring-too-short",
        spot: Spot::File,
        value: None,
        hint: "",
    },
];

/// The project without a fault, beside a folder that is called like a table.
fn tidy() -> Test {
    let test = Test::new().copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tidy"));
    std::fs::create_dir(test.folder.path().join("folder.csv")).unwrap();
    test
}

#[test]
fn each_slip_is_told_with_its_place_value_and_hint() {
    for slip in SLIPS {
        let test = tidy().file(slip.file, slip.content);
        let out = output(test.folder.path(), &["check", "--format", "json"]);
        let report = String::from_utf8(out.stdout).unwrap();
        assert_eq!(out.status.code(), Some(1), "{}: {report}", slip.code);
        let report: Vec<Value> = serde_json::from_str(&report).unwrap();
        let told = report.iter().find(|d| d["code"] == slip.code);
        let told = told.unwrap_or_else(|| panic!("no {} in {report:#?}", slip.code));
        let file = if slip.file == "controlmap.toml" { "folder.csv" } else { slip.file };
        assert_eq!(told["file"], file, "{told:#}");
        match slip.spot {
            Spot::Cell(row, column) => {
                assert_eq!((&told["row"], &told["column"]), (&row.into(), &column.into()), "{told:#}")
            }
            Spot::Text(line) => assert_eq!(told["line"], line, "{told:#}"),
            Spot::File => {}
        }
        if let Some(value) = slip.value {
            assert_eq!(told["value"], value, "{told:#}");
        }
        assert!(told["hints"].to_string().contains(slip.hint), "the hint lacks {:?}: {told:#}", slip.hint);
    }
}

#[test]
fn no_slip_leaves_a_file() {
    for slip in SLIPS {
        for (command, file) in
            [("table --date 2024-12-05 -o out.csv", "out.csv"), ("map --date 2024-12-05 -o out.svg", "out.svg")]
        {
            let test = tidy().file(slip.file, slip.content).args(command).status(1).stdout("");
            let folder = test.stderr_has(format!("error[{}]: ", slip.code)).run();
            assert!(!folder.path().join(file).exists(), "{}: {command} left {file}", slip.code);
            assert!(folder.files().iter().all(|name| !name.contains("partial")));
        }
    }
}

#[test]
fn a_million_columns_are_refused_at_once() {
    let header = "date,place,actor".to_owned() + &",x-more".repeat(1_000_000);
    let test = tidy().file("events.csv", header + "\n").args("check").status(1);
    test.stdout_has("error[too-large]: ").run();
}

#[test]
fn an_image_of_a_billion_pixels_is_refused_at_once() {
    let test = tidy().args("map --date 2024-12-05 --size 40000x25000 -o out.png").status(1).stdout("");
    let folder = test.stderr_has("error[too-large]: ").run();
    assert!(!folder.path().join("out.png").exists());
    let test = tidy().args("map --date 2024-12-05 --size 1600x1200 --scale 1e999 -o out.png").status(1).stdout("");
    test.stderr_has("error[too-large]: ").run();
}
