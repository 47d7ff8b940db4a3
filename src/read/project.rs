//! The project file: takes `controlmap.toml`, gives a [`Project`] and everything wrong in it.

use super::folder::Folder;
use super::section::{Section, Source};
use super::text::owned_text;
use super::{date::read_offset, section};
use crate::diag::{Checked, Diagnostic};
use crate::error::{Error, Result};
use crate::model::Level;
use crate::project::{BoundaryInput, Figure, Inputs, MapOptions, Period, PolicyOptions, Project};
use std::path::Path;

/// The name of the project file in its folder.
pub const PROJECT_FILE: &str = "controlmap.toml";

const TOP: &[&str] =
    &["title", "boundaries", "events", "actors", "sources", "places", "names", "period", "policy", "map", "figure"];
const BOUNDARIES: &[&str] = &["file", "level", "id", "name", "names", "parent", "area", "edition", "licence", "credit"];
const PERIOD: &[&str] = &["from", "to", "timezone"];
const FIGURE: &[&str] = &["kind", "date", "as-of", "file"];

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
        project.policy = policy(&section, &mut source);
    }
    if let Some(section) = top.section(&mut source, "map") {
        section.check_keys(&mut source, &[MapOptions::KEYS]);
        project.map = map(&section, &mut source);
    }
    for section in top.sections(&mut source, "figure") {
        project.figures.extend(figure(&section, &mut source));
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
        match Level::parse(&word).filter(|l| !l.is_point()) {
            Some(level) => input.level = level,
            None => {
                let wrong = Diagnostic::new("bad-level", format!("`level` {word:?} is no admin level")).value(word);
                section.fault(source, "level", wrong.hint("write `adm0`, `adm1`, `adm2`, `adm3` or `adm4`"));
            }
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

fn period(section: &Section<'_, '_>, source: &mut Source<'_>) -> Period {
    section.check_keys(source, &[PERIOD]);
    let mut period = Period { from: section.get(source, "from"), to: section.get(source, "to"), ..Period::default() };
    if let Some(text) = section.get::<String>(source, "timezone") {
        match read_offset(&text) {
            Some(offset) => period.timezone = offset,
            None => {
                let wrong =
                    Diagnostic::new("bad-toml", format!("`timezone` {text:?} is no offset from UTC")).value(text);
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

/// Options key by key, so that one wrong value does not hide another.
fn policy(section: &Section<'_, '_>, source: &mut Source<'_>) -> PolicyOptions {
    let alone = |key: &&str| section.alone::<PolicyOptions>(source, key);
    PolicyOptions::KEYS.iter().filter_map(alone).fold(PolicyOptions::default(), |all, one| one.or(&all))
}

fn map(section: &Section<'_, '_>, source: &mut Source<'_>) -> MapOptions {
    let alone = |key: &&str| section.alone::<MapOptions>(source, key);
    MapOptions::KEYS.iter().filter_map(alone).fold(MapOptions::default(), |all, one| one.or(&all))
}

fn figure(section: &Section<'_, '_>, source: &mut Source<'_>) -> Option<Figure> {
    let kind = section.get::<String>(source, "kind").unwrap_or_else(|| "map".into());
    if kind != "map" {
        let wrong = Diagnostic::new("bad-toml", format!("`kind` {kind:?} is no kind of figure")).value(kind);
        section.fault(source, "kind", wrong.hint(section::one_of(&["map"])));
        return None;
    }
    section.check_keys(source, &[FIGURE, MapOptions::KEYS]);
    let file = section.needed(source, "file");
    let date = section.get(source, "date");
    let as_of = section.get(source, "as-of");
    let map = map(section, source);
    Some(Figure { kind, date, as_of, file: file?, map })
}
