//! The table of diagnostic codes.

use super::Severity::{self, Error, Warning};

/// A stable name for a kind of fault.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// Kebab-case name.
    pub name: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// What it is, in one line.
    pub doc: &'static str,
    /// What it means and what to do, for `check --explain`.
    pub explain: &'static str,
}

/// Every code, sorted by name.
pub const CODES: &[Code] = &[
    Code {
        name: "ambiguous-place",
        severity: Error,
        doc: "a name that fits several places",
        explain: "A name such as `Homs` may be a governorate, a city or both. Give the `level` column (`adm1`, `settlement`, `site`), or write the code. The program never chooses.",
    },
    Code {
        name: "bad-bearing",
        severity: Error,
        doc: "an `x-bearing` that is neither degrees nor a wind",
        explain: "`x-bearing` tells the side from which a place is besieged: degrees clockwise from north (`90`), one of the sixteen winds (`NE`), from one to another clockwise (`300-60`), or several of these with `;` between.",
    },
    Code {
        name: "bad-bytes",
        severity: Error,
        doc: "a file that is not UTF-8 text",
        explain: "Tables and the project file are UTF-8. Save the file again with that encoding; a file from a spreadsheet is often Latin-1 or Windows-1252.",
    },
    Code {
        name: "bad-color",
        severity: Error,
        doc: "a colour that is not `#rrggbb`",
        explain: "Colours are written as `#rgb` or `#rrggbb`.",
    },
    Code {
        name: "bad-confidence",
        severity: Error,
        doc: "a confidence that is neither a word nor 0…1",
        explain: "`confidence` is `low`, `medium`, `high` or a number from 0 to 1.",
    },
    Code {
        name: "bad-coordinate",
        severity: Error,
        doc: "a coordinate that is no number",
        explain: "`lat` and `lon` are decimal degrees on WGS 84, with a point: `33.5`.",
    },
    Code {
        name: "bad-csv",
        severity: Error,
        doc: "a record that does not have as many fields as the header",
        explain: "Every record has as many fields as the header. A text with a comma or a line break stands in double quotes.",
    },
    Code {
        name: "bad-date",
        severity: Error,
        doc: "a date that no calendar has or that is written in another form",
        explain: "Dates are written as in ISO 8601-2 (EDTF): `2024-12-07`, `2024-12`, `2024-12-07T20:00Z`, `2024-12-07?`, `[2024-12-05..2024-12-07]`, `[..2024-12-08]`.",
    },
    Code {
        name: "bad-geometry",
        severity: Error,
        doc: "a geometry that cannot be read",
        explain: "A boundary is a Polygon, a MultiPolygon or a GeometryCollection of those, with positions of at least two finite numbers.",
    },
    Code {
        name: "bad-id",
        severity: Error,
        doc: "an id with a `;`, a blank at an end, or nothing in it",
        explain: "Ids are looked up as written and joined with `;` in other columns, so they hold neither.",
    },
    Code {
        name: "bad-json",
        severity: Error,
        doc: "a text that is not JSON, or not of the shape asked",
        explain: "JSON tables are a list of objects, JSON Lines an object a line, boundaries a FeatureCollection or a Topology.",
    },
    Code {
        name: "bad-level",
        severity: Error,
        doc: "a level that is none of the known ones",
        explain: "`level` is `adm0`, `adm1`, `adm2`, `adm3`, `adm4`, `settlement` or `site`; that of a map or a table is one that the boundaries have.",
    },
    Code {
        name: "bad-number",
        severity: Error,
        doc: "a number that is none, or out of range",
        explain: "Numbers are written with a point and without thousands' separators.",
    },
    Code {
        name: "bad-share",
        severity: Error,
        doc: "a share that is no part of a whole",
        explain: "Write a share as `0.8`, `80%`, `>90%`, `>=0.5`, `~0.6` or `0.6..0.8`. `80` alone is refused: it could mean 80 % or a slip. 0 % is `lost`.",
    },
    Code {
        name: "bad-toml",
        severity: Error,
        doc: "a project file that is not TOML, or a value of the wrong kind",
        explain: "See the comments in the project file that `controlmap new` writes.",
    },
    Code {
        name: "bad-word",
        severity: Error,
        doc: "a word that the column or key does not know",
        explain: "`status`, `kind` and `stance` take one of a short list of words each, and so does `kind` of a `[[figure]]`; the hint lists them.",
    },
    Code {
        name: "cannot-read",
        severity: Error,
        doc: "a file that is missing, a folder, or not to be read",
        explain: "Check the path; paths in the project file count from the project's folder.",
    },
    Code {
        name: "close-colors",
        severity: Warning,
        doc: "two fills that look alike, at least to some eyes",
        explain: "Fills without a pattern, or with the same one, should lie at least 10 apart in CAM02-UCS, as painted: faded colours, and stripes by their mean. That is measured for normal, deutan, protan and tritan sight.",
    },
    Code {
        name: "close-lightness",
        severity: Warning,
        doc: "two flat fills that touch and are of one lightness",
        explain: "Where regions touch, their lightness (J' of CAM02-UCS) should differ by at least 8, so that a print in grey keeps them apart.",
    },
    Code {
        name: "coordinates-off-globe",
        severity: Error,
        doc: "a point that is not on Earth",
        explain: "Latitude lies within -90…90 and longitude within -180…180 degrees. Where the two look swapped, the hint says so.",
    },
    Code {
        name: "correction-before-event",
        severity: Warning,
        doc: "a correction that was known before what it corrects",
        explain: "A source corrects what it said earlier: the event that has `supersedes` is known (by `reported`, else `observed`, else `date`) no earlier than the one that it names. Perhaps the two ids are swapped.",
    },
    Code {
        name: "date-interval",
        severity: Error,
        doc: "an interval in place of a date",
        explain: "`a/b` can mean \"throughout\" or \"some day in\". For one unknown day write `[a..b]`; for a state with an end put the first day into `date` and the first day on which it no longer holds into `until`.",
    },
    Code {
        name: "duplicate-column",
        severity: Error,
        doc: "a column that stands twice",
        explain: "Each column has one place in the header.",
    },
    Code {
        name: "duplicate-id",
        severity: Error,
        doc: "an id that stands twice",
        explain: "Ids are unique in a table; for actors, rows of one id must not overlap in time.",
    },
    Code {
        name: "duplicate-row",
        severity: Warning,
        doc: "two rows that are the same",
        explain: "Identical rows are one event. Remove one, or tell them apart by `id`.",
    },
    Code {
        name: "empty-geometry",
        severity: Warning,
        doc: "a boundary feature without an area",
        explain: "The region is kept in tables, with no area, and is not drawn.",
    },
    Code {
        name: "foreign-supersedes",
        severity: Error,
        doc: "a correction of another source's event",
        explain: "A source corrects itself: `supersedes` names an earlier event of the same source. What another source says stands beside it.",
    },
    Code {
        name: "method-change",
        severity: Warning,
        doc: "a share that jumps as its source changes how it counts",
        explain: "A source's share of a place moves by a fifth or more, and by more than ten times the median of its other steps, and on the way there the source declares (`kind` = `declaration`) a method in `x-method`. Figures before and after do not compare.",
    },
    Code {
        name: "missing-actor",
        severity: Error,
        doc: "a status that needs an actor, without one",
        explain: "`held`, `partial`, `presence`, `besieged` and `lost` name at least one actor, `contested` and `shared` at least two.",
    },
    Code {
        name: "missing-column",
        severity: Error,
        doc: "a table without a column that it needs",
        explain: "Events need `date`, and `place` or `lat` and `lon`. Actors, sources and places need `id`.",
    },
    Code {
        name: "missing-id",
        severity: Error,
        doc: "a region without an id",
        explain: "Name the property that holds the code with `boundaries = { id = \"…\" }`.",
    },
    Code {
        name: "missing-letters",
        severity: Warning,
        doc: "letters that no font has",
        explain: "The fonts of the program have Latin, Cyrillic, Greek and Arabic letters. What they lack is drawn as an empty box: write the name in one of these, as with a `name:xx` column and `--lang`.",
    },
    Code {
        name: "missing-value",
        severity: Error,
        doc: "an empty cell in a column that is required",
        explain: "Fill it in, or remove the row.",
    },
    Code {
        name: "no-regions",
        severity: Error,
        doc: "a boundary file, or an extent, without a region",
        explain: "The boundary file has no feature with an area; or no region that is drawn meets the box of `extent`, which is west, south, east, north in degrees.",
    },
    Code {
        name: "no-room",
        severity: Error,
        doc: "a page too small for the map and its keys",
        explain: "Every class that is drawn has a key, in letters that can be read. Where those leave no room for the map, use a larger page, fewer places, or a close-up.",
    },
    Code {
        name: "not-understood",
        severity: Warning,
        doc: "rows of another dataset that are not understood, or in part",
        explain: "`controlmap import` writes what a row says for certain and nothing else. Rows that say it in a form or a word that the dataset's documentation does not have, or that leave open who gained a place or where it is, are counted with the reason; the report names the first. Where a row matters, write its event by hand.",
    },
    Code {
        name: "observed-before-date",
        severity: Warning,
        doc: "a source that saw it before it was so",
        explain: "`observed` is earlier than the earliest day of `date`.",
    },
    Code {
        name: "off-coordinates",
        severity: Warning,
        doc: "projected coordinates where degrees are asked",
        explain: "Boundary coordinates are longitude and latitude on WGS 84.",
    },
    Code {
        name: "overlapping-regions",
        severity: Warning,
        doc: "regions that overlap",
        explain: "Two regions of one level claim the same ground, by 0.01 km² or more, or the same side of a border. The one that sorts last is drawn above the other, and tables count the ground twice. The file should be mended.",
    },
    Code {
        name: "point-outside-region",
        severity: Warning,
        doc: "a place that lies outside the region it names",
        explain: "Check `lat`, `lon` and `region` of the place.",
    },
    Code {
        name: "ring-too-short",
        severity: Error,
        doc: "a ring of fewer than three different points",
        explain: "A ring without an area cannot be a border.",
    },
    Code {
        name: "share-contradicted",
        severity: Warning,
        doc: "a stated share that the regions inside already exceed",
        explain: "A word about a region says that an actor holds at most so much of it, while words about the regions inside give that actor more. Both stand: the map shows each in its own ground.",
    },
    Code {
        name: "share-jump",
        severity: Warning,
        doc: "a share that moves much farther than its series does otherwise",
        explain: "A source's share of a place moves by a fifth or more, and by more than ten times the median of its other steps, of which there are at least five. Check the figure. Where the source counts in another way since, say so with a row of `kind` = `declaration` and the method in `x-method`.",
    },
    Code {
        name: "share-over-one",
        severity: Warning,
        doc: "a source whose shares of a place exceed the whole",
        explain: "The low ends of one source's shares of one day are more than 100 % together.",
    },
    Code {
        name: "source-turns-back",
        severity: Warning,
        doc: "a source that goes from one holder to another and back within three days",
        explain: "Places do change hands and back. But a slip in a table looks the same: if one of the events was a mistake, let the source's later event name it in `supersedes`.",
    },
    Code {
        name: "swapped-coordinates",
        severity: Error,
        doc: "a point, or a boundary file, whose latitude and longitude look swapped",
        explain: "No region holds the point as written, but one holds it with `lat` and `lon` the other way round. `lat` is north (positive) or south, `lon` east (positive) or west. A boundary file is told where its latitudes are none as written, or where every region whose code or name is of a country lies in that country only the other way round: GeoJSON and TopoJSON write longitude first.",
    },
    Code {
        name: "too-large",
        severity: Error,
        doc: "more than the program takes in",
        explain: "Tables have at most 4,096 columns, texts at most 1 MiB a cell, images at most 400 megapixels.",
    },
    Code {
        name: "too-many-actors",
        severity: Error,
        doc: "more actors than the palette has colours",
        explain: "Give `color` in the actors table, group by `side`, or name a palette.",
    },
    Code {
        name: "unknown-actor",
        severity: Error,
        doc: "an actor that the actors table does not have",
        explain: "Add a row to the actors table, or mend the id.",
    },
    Code {
        name: "unknown-column",
        severity: Error,
        doc: "a column that the table does not know",
        explain: "The hint names the nearest one. A column of your own starts with `x-`.",
    },
    Code {
        name: "unknown-key",
        severity: Error,
        doc: "a key that the project file does not know",
        explain: "The hint lists the keys of that section.",
    },
    Code {
        name: "unknown-place",
        severity: Error,
        doc: "a place that no region and no row of `places` has",
        explain: "Joining tries the code, the exact name, the normalised name and the names table, and never guesses. `controlmap check --fix` writes the suggestions to the names table for you to confirm.",
    },
    Code {
        name: "unknown-policy",
        severity: Error,
        doc: "a policy that does not exist",
        explain: "The hint lists the policies.",
    },
    Code {
        name: "unknown-region",
        severity: Error,
        doc: "a region that the boundaries do not have",
        explain: "`region` of a place, and `id` of a name, are codes of the boundary file or ids of the places table.",
    },
    Code {
        name: "unknown-supersedes",
        severity: Error,
        doc: "a correction of an event that is not there",
        explain: "`supersedes` holds the `id` of an event.",
    },
    Code {
        name: "weak-contrast",
        severity: Warning,
        doc: "a fill on which its border does not show",
        explain: "Border lines should have a contrast of at least 3 with the fills that they part, as WCAG 2.2 asks of graphics.",
    },
];

/// Finds a code by its name.
pub fn code(name: &str) -> Option<&'static Code> {
    CODES.binary_search_by(|c| c.name.cmp(name)).ok().map(|i| &CODES[i])
}
