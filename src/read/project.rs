//! The project file: takes `controlmap.toml`, gives a [`Project`] and everything wrong in it.

use super::folder::Folder;
use super::section::{Section, Source};
use super::text::owned_text;
use super::{date::read_offset, section};
use crate::diag::{self, CODES, Checked, Diagnostic, Severity, did_you_mean, quote};
use crate::error::{Error, Result};
use crate::model::Level;
use crate::project::{Accepted, BoundaryInput, Figure, Inputs, KINDS, MapOptions, Period, PolicyOptions, Project};
use crate::project::{
    ChartOptions, DateOptions, DatesOptions, FilmOptions, FrameOptions, KnownOptions, MotionOptions, SpanOptions,
    StepOptions, WithOptions,
};
use std::path::Path;

/// The name of the project file in its folder.
pub const PROJECT_FILE: &str = "controlmap.toml";

const TOP: &[&str] = &[
    "title",
    "boundaries",
    "events",
    "actors",
    "sources",
    "places",
    "names",
    "period",
    "policy",
    "map",
    "figure",
    "accepted",
];
const BOUNDARIES: &[&str] = &["file", "level", "id", "name", "names", "parent", "area", "edition", "licence", "credit"];
const PERIOD: &[&str] = &["from", "to", "timezone"];
const ACCEPTED: &[&str] = &["code", "about", "why"];
const FIGURE: &[&str] = &["kind", "file", "caption-file", "policy"];

/// Reads the project file of a folder, or the file itself.
///
/// # Errors
/// Where there is no such file, or it cannot be read. What is wrong in it are diagnostics.
pub fn project(path: &Path) -> Result<Checked<Project>> {
    let file = if path.is_dir() { path.join(PROJECT_FILE) } else { path.to_owned() };
    let folder = file.parent().unwrap_or(Path::new("")).to_owned();
    let name = file.file_name().and_then(|n| n.to_str()).unwrap_or(PROJECT_FILE);
    if path.is_dir() && !file.exists() {
        let message = format!("there is no {PROJECT_FILE} in {}; `controlmap new DIR` makes a project", path.display());
        return Err(Error::new(message));
    }
    let mut read = project_in(&Folder::disk(folder.clone()), name, &file.display().to_string())?;
    read.value.folder = folder;
    Ok(read)
}

/// Reads a project file of a folder, which may be one inside the binary.
///
/// `shown` is what diagnostics call the file.
///
/// # Errors
/// Where there is no such file, or it cannot be read.
pub fn project_in(folder: &Folder, name: &str, shown: &str) -> Result<Checked<Project>> {
    let bytes = folder.read(name).map_err(|wrong| Error::new(wrong.message))?;
    Ok(understand(bytes.into_owned(), shown))
}

/// Understands the bytes of a project file.
pub(super) fn understand(bytes: Vec<u8>, file: &str) -> Checked<Project> {
    let mut project = Project::default();
    let text = match owned_text(bytes, file) {
        Ok(text) => text,
        Err(wrong) => return Checked { value: project, diagnostics: vec![wrong] },
    };
    let mut source = Source::new(file, &text);
    let (root, faults) = toml::de::DeTable::parse_recoverable(&text);
    for fault in faults {
        source.syntax(&fault);
    }
    let top = Section::new("the project file", &root, root.get_ref());
    top.check_keys(&mut source, &[TOP]);
    project.title = top.get(&mut source, "title").unwrap_or_default();
    project.inputs = inputs(&top, &mut source);
    if let Some(section) = top.section(&mut source, "period") {
        project.period = period(&section, &mut source);
    }
    if let Some(section) = top.section(&mut source, "policy") {
        section.check_keys(&mut source, &[PolicyOptions::KEYS]);
        project.policy = PolicyOptions::gather(|key| section.alone(&mut source, key));
    }
    if let Some(section) = top.section(&mut source, "map") {
        section.check_keys(&mut source, &[MapOptions::KEYS]);
        project.map = MapOptions::gather(|key| section.alone(&mut source, key));
    }
    for section in top.sections(&mut source, "figure") {
        project.figures.extend(figure(&section, &mut source));
    }
    for section in top.sections(&mut source, "accepted") {
        project.accepted.extend(accepted(&section, &mut source));
    }
    Checked { value: project, diagnostics: source.finish() }
}

fn inputs(top: &Section<'_, '_>, source: &mut Source<'_>) -> Inputs {
    let mut boundaries = Vec::new();
    for section in top.sections(source, "boundaries") {
        boundaries.extend(boundary(&section, source));
    }
    Inputs {
        boundaries,
        events: top.texts(source, "events"),
        actors: top.get(source, "actors"),
        sources: top.get(source, "sources"),
        places: top.get(source, "places"),
        names: top.get(source, "names"),
    }
}

fn boundary(section: &Section<'_, '_>, source: &mut Source<'_>) -> Option<BoundaryInput> {
    section.check_keys(source, &[BOUNDARIES]);
    let mut input = BoundaryInput::new(section.needed::<String>(source, "file").unwrap_or_default());
    if let Some(word) = section.get::<String>(source, "level") {
        match Level::parse_admin(&word) {
            Ok(level) => input.level = level,
            Err(why) => section.fault(source, "level", Diagnostic::new("bad-level", why).value(word)),
        }
    }
    if let Some(names) = section.section(source, "names") {
        input.names = names.keys().filter_map(|tag| Some((tag.to_owned(), names.get(source, tag)?))).collect();
        input.names.sort();
    }
    input.id = section.get(source, "id");
    input.name = section.get(source, "name");
    input.parent = section.get(source, "parent");
    input.area = section.get(source, "area");
    input.edition = section.get(source, "edition");
    input.licence = section.get(source, "licence");
    input.credit = section.get(source, "credit");
    (!input.file.is_empty()).then_some(input)
}

/// A warning that the project stands by: which, about what, and why.
fn accepted(section: &Section<'_, '_>, source: &mut Source<'_>) -> Option<Accepted> {
    section.check_keys(source, &[ACCEPTED]);
    let code: Option<String> = section.needed(source, "code");
    let about = section.needed(source, "about");
    let why = section.needed(source, "why");
    let warnings = || CODES.iter().filter(|c| c.severity == Severity::Warning).map(|c| c.name);
    if let Some(code) = code.as_ref().filter(|code| !warnings().any(|name| name == code.as_str())) {
        let wrong = Diagnostic::new("bad-word", format!("`code` {} is no warning", quote(code))).value(code);
        let hint = match (diag::code(code), did_you_mean(code, warnings())) {
            (Some(_), _) => "it is an error, which stops the run: mend it".to_owned(),
            (None, Some(near)) => near,
            (None, None) => section::one_of(&warnings().collect::<Vec<_>>()),
        };
        section.fault(source, "code", wrong.hint(hint));
        return None;
    }
    Some(Accepted { code: code?, about: about?, why: why? })
}

fn period(section: &Section<'_, '_>, source: &mut Source<'_>) -> Period {
    section.check_keys(source, &[PERIOD]);
    let mut period = Period { from: section.get(source, "from"), to: section.get(source, "to"), ..Period::default() };
    if let Some(text) = section.get::<String>(source, "timezone") {
        match read_offset(&text) {
            Some(offset) => period.timezone = offset,
            None => {
                let wrong = Diagnostic::new("bad-toml", format!("`timezone` {} is no offset from UTC", quote(&text)))
                    .value(text);
                section.fault(source, "timezone", wrong.hint("write `\"+03:00\"`, `\"-04:30\"` or `\"Z\"`"));
            }
        }
    }
    if let Some((from, to)) = period.from.zip(period.to)
        && to.moment(period.timezone) < from.moment(period.timezone)
    {
        section.fault(source, "to", Diagnostic::new("bad-toml", "the period ends before it starts"));
    }
    period
}

fn figure(section: &Section<'_, '_>, source: &mut Source<'_>) -> Option<Figure> {
    let name = section.get::<String>(source, "kind").unwrap_or_else(|| "map".into());
    let Some(kind) = KINDS.iter().find(|kind| kind.name == name) else {
        let names: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
        let wrong = Diagnostic::new("bad-word", format!("`kind` {} is no kind of figure", quote(&name))).value(&name);
        let wrong = match did_you_mean(&name, names.iter().copied()) {
            Some(hint) => wrong.hint(hint),
            None => wrong,
        };
        section.fault(source, "kind", wrong.hint(section::one_of(&names)));
        return None;
    };
    let known: Vec<&[&str]> = [FIGURE].iter().chain(kind.keys).copied().chain([MapOptions::KEYS]).collect();
    section.check_keys(source, &known);
    // options key by key, so that one wrong value does not hide another
    macro_rules! gather {
        ($type:ident) => {
            $type::gather(|key| section.alone(source, key))
        };
    }
    let file: Option<String> = section.needed(source, "file");
    let mut figure = Figure {
        kind: name,
        file: file.clone().unwrap_or_default(),
        caption_file: section.get(source, "caption-file"),
        date: gather!(DateOptions),
        dates: gather!(DatesOptions),
        span: gather!(SpanOptions),
        step: gather!(StepOptions),
        known: gather!(KnownOptions),
        chart: gather!(ChartOptions),
        with: gather!(WithOptions),
        film: gather!(FilmOptions),
        frames: gather!(FrameOptions),
        motion: gather!(MotionOptions),
        map: gather!(MapOptions),
        policy: PolicyOptions::default(),
    };
    if let Some(section) = section.section(source, "policy") {
        section.check_keys(source, &[PolicyOptions::KEYS]);
        figure.policy = PolicyOptions::gather(|key| section.alone(source, key));
    }
    file.map(|_| figure)
}

#[cfg(test)]
mod tests {
    use super::{project, understand};
    use crate::model::{Day, Level, Moment, Offset};
    use crate::project::{Days, Size, Uncertain, When};
    use proptest::prelude::*;
    use std::path::Path;

    const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/tables");

    /// Code, line and column, message of every diagnostic.
    fn report(text: &str) -> Vec<String> {
        let read = understand(text.as_bytes().to_vec(), "c");
        let place = |d: &crate::diag::Diagnostic| d.location.as_ref().unwrap().to_string();
        read.diagnostics.iter().map(|d| format!("{} {}: {}", d.code.name, place(d), d.message)).collect()
    }

    #[test]
    fn a_project_is_what_its_file_says() {
        let read = project(Path::new(FIXTURES)).unwrap();
        assert_eq!(read.diagnostics, []);
        assert_eq!(project(&Path::new(FIXTURES).join("controlmap.toml")).unwrap().value, read.value);
        let project = read.value;
        assert_eq!((project.title.get(None), project.folder.as_path()), ("Southern Syria", Path::new(FIXTURES)));
        let boundary = &project.inputs.boundaries[0];
        assert_eq!(
            (boundary.level, boundary.id.as_deref(), boundary.name.as_deref()),
            (Level::Adm1, Some("pcode"), None)
        );
        assert_eq!(boundary.names, [("ar".into(), "name_ar".into()), ("uk".into(), "name_uk".into())]);
        assert_eq!(project.inputs.events, ["events.csv", "events.geojson"]);
        assert_eq!(project.inputs.names.as_deref(), Some("names.csv"));
        let noon = When::Local(Day::of(2024, 12, 8).unwrap(), 43_200);
        assert_eq!((project.period.from, project.period.to), (Day::of(2024, 11, 27).map(When::Day), Some(noon)));
        assert_eq!(project.period.timezone, Offset(10_800));
        assert_eq!((project.policy.name(), project.policy.priority()), ("priority", &["sohr".to_owned()][..]));
        assert_eq!((project.policy.uncertain(), project.policy.stale_after), (Uncertain::Midpoint, Some(Days(30))));
        assert_eq!((project.map.size, project.map.context), (Some(Size { width: 1600, height: 1200 }), Some(false)));
        assert_eq!((project.map.level, project.map.scale), (Some(Level::Adm1), None));
        let figure = &project.figures[0];
        assert_eq!((figure.file.as_str(), figure.map.lang.as_deref()), ("output/deraa.svg", Some("ar")));
        assert_eq!(
            (figure.date.date, figure.known.as_of),
            (Day::of(2024, 12, 7).map(When::Day), Some(When::Moment(Moment(1_733_562_000))))
        );
        assert_eq!((project.figures[1].kind.as_str(), project.figures.len()), ("map", 2));
    }

    #[test]
    fn a_folder_without_a_project_file_stops_the_run() {
        let error = project(&Path::new(FIXTURES).join("..")).unwrap_err().to_string();
        assert!(error.starts_with("there is no controlmap.toml in "), "{error}");
        assert!(project(Path::new("no-such-folder")).is_err());
    }

    #[test]
    fn every_wrong_key_and_value_is_reported_at_its_place() {
        let text = "titel = \"x\"\nevents = 5\nactors = [\"a\"]\nboundaries = \"b.json\"\n\
            [period]\nfrom = 2024-12-08\nto = \"2024-12-32\"\ntimezone = \"Asia/Damascus\"\n\
            [policy]\nuncertain = \"soon\"\nstale-after = 30\nprio = []\n\
            [map]\nsize = [0, 5]\nlevel = \"site\"\nscale = \"é\"\n\
            [[figure]]\nkind = \"mop\"\nevery = \"day\"\n[[figure]]\nsiez = 1\ndate = true\n";
        let found = report(text);
        let starts = [
            "unknown-key c:1:1: the project file has no key \"titel\"",
            "bad-toml c:4:14: `boundaries` is a string, not a table",
            "bad-toml c:2:10: `events` cannot be read",
            "bad-toml c:3:10: `actors` cannot be read",
            "bad-toml c:7:6: `to` cannot be read",
            "bad-toml c:8:12: `timezone` \"Asia/Damascus\" is no offset",
            "unknown-key c:12:1: `[policy]` has no key \"prio\"",
            "bad-toml c:10:13: `uncertain` cannot be read",
            "bad-toml c:11:15: `stale-after` cannot be read",
            "bad-toml c:14:8: `size` cannot be read",
            "bad-toml c:16:9: `scale` cannot be read",
            "bad-toml c:15:9: `level` cannot be read",
            "bad-word c:18:8: `kind` \"mop\" is no kind of figure",
            "unknown-key c:21:1: `[[figure]]` has no key \"siez\"",
            "bad-toml c:20:1: `[[figure]]` has no `file`",
            "bad-toml c:22:8: `date` cannot be read",
        ];
        for (i, start) in starts.iter().enumerate() {
            assert!(found.get(i).is_some_and(|f| f.starts_with(start)), "{start}\n{found:#?}");
        }
        assert_eq!(found.len(), starts.len(), "{found:#?}");
    }

    #[test]
    fn an_unknown_key_comes_with_the_nearest_and_all_of_the_section() {
        let read = understand(b"[period]\nform = 2024-12-08\n".to_vec(), "c");
        assert_eq!(read.diagnostics[0].hints, ["did you mean `from`? known are `from`, `to`, `timezone`"]);
    }

    #[test]
    fn a_text_that_is_not_toml_is_named_by_line_and_character() {
        assert!(report("title = \"x\"\nevents = = 5\n")[0].starts_with("bad-toml c:2:"));
        assert!(report("title = \"a\"\ntitle = \"b\"\n")[0].starts_with("bad-toml c:2:1"));
        assert!(report("é = \"\n")[0].starts_with("bad-toml c:1:"));
        assert_eq!(
            report("[period]\nfrom = 2024-12-08\nto = 2024-12-07\n"),
            ["bad-toml c:3:6: the period ends before it starts"]
        );
        assert_eq!(report("[boundaries]\nlevel = \"site\"\n").len(), 2);
        let bytes = understand(b"title = \"\xE9\"".to_vec(), "c");
        assert_eq!((bytes.diagnostics[0].code.name, bytes.diagnostics.len()), ("bad-bytes", 1));
        assert_eq!(report(""), [""; 0]);
    }

    proptest! {
        #[test]
        fn any_bytes_as_a_project_file_are_read_without_a_panic(
            bytes in proptest::collection::vec(any::<u8>(), 0..200),
            text in "(title|events|boundaries|period|map|figure|policy|size|from|é|[\\[\\]{}=\"',.\n 0-9:-]){0,60}",
        ) {
            understand(bytes, "c");
            understand(text.into_bytes(), "c");
        }
    }
}
