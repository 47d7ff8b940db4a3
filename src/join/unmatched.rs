//! Names that fit no place, or several: what a report and its hints say of them.

use super::actor::TOLD;
use super::report::{JoinReport, Suggestion, Unmatched};
use super::spelling::{Found, Spellings};
use super::{called, either, locate};
use crate::diag::{Diagnostic, quote};
use crate::model::{Level, Origin, Place, Table};

/// How many unknown names are compared with every spelling.
const COMPARED: usize = 500;

/// Tells of a name that fits no place, or several.
pub fn tell(
    written: &str,
    level: Option<Level>,
    at: &[Origin],
    tables: &[Table],
    spellings: &Spellings,
    report: &mut JoinReport,
    found: &mut Vec<Diagnostic>,
) {
    let candidates = match spellings.find(written, level) {
        Found::Several(places) => places.into_iter().map(|p| spellings.place(p)).collect(),
        Found::One(..) | Found::Nothing => Vec::new(),
    };
    let (code, message, hints) = if candidates.is_empty() {
        let what = level.map_or("region or place".to_owned(), |l| format!("place of level `{l}`"));
        let hints = hints(written, level, spellings, report);
        ("unknown-place", format!("place {} matches no {what}", quote(written)), hints)
    } else {
        let message = format!("place {} fits {} places", quote(written), candidates.len());
        ("ambiguous-place", message, vec![choices(&candidates)])
    };
    for (i, origin) in at.iter().take(TOLD).enumerate() {
        let mut d = Diagnostic::new(code, message.clone()).value(written);
        d.location = locate(tables, *origin, "place");
        d.hints.clone_from(&hints);
        if i == 0 && at.len() > 1 {
            d.hints.push(format!("it stands in {} rows", at.len()));
        }
        found.push(d);
    }
    report.unmatched.push(Unmatched {
        written: written.to_owned(),
        level,
        candidates: candidates.iter().map(|p| p.id.clone()).collect(),
        rows: at.len(),
        samples: at.iter().take(3).filter_map(|o| locate(tables, *o, "place")).collect(),
    });
}

/// How to tell several places of one name apart.
fn choices(candidates: &[&Place]) -> String {
    let distinct = candidates.windows(2).all(|p| p[0].level != p[1].level);
    let more = candidates.len().saturating_sub(8);
    let mut words: Vec<String> = match distinct {
        true => candidates.iter().map(|p| called(p)).collect(),
        false => candidates.iter().take(8).map(|p| format!("{} ({})", quote(&p.id), p.level)).collect(),
    };
    if distinct {
        return format!("write `level` = {}", either(&words));
    }
    if more > 0 {
        words.push(format!("one of {more} more"));
    }
    format!("write the id in `place`: {}", either(&words))
}

/// What to do about a name that fits no place.
fn hints(written: &str, level: Option<Level>, spellings: &Spellings, report: &mut JoinReport) -> Vec<String> {
    let one = |found: Found| match found {
        Found::One(place, _) => vec![spellings.place(place)],
        Found::Several(places) => places.into_iter().map(|p| spellings.place(p)).collect(),
        Found::Nothing => Vec::new(),
    };
    let trimmed = written.trim();
    if trimmed != written {
        let fitting = one(spellings.find(trimmed, level));
        if let [place, ..] = fitting[..] {
            let end = if written.starts_with(trimmed) { "end" } else { "start" };
            let id = if place.id == trimmed { String::new() } else { format!(" ({})", place.id) };
            return vec![format!("a blank stands at the {end}; write {}{id}", quote(trimmed))];
        }
    }
    if level.is_some() {
        let elsewhere = one(spellings.find(written, None));
        if !elsewhere.is_empty() {
            let words: Vec<String> = elsewhere.iter().map(|p| called(p)).collect();
            return vec![format!("there is {}; mend `level`", either(&words))];
        }
    }
    if report.unmatched.len() >= COMPARED {
        return vec![format!("mend the others first: only {COMPARED} unknown names are compared with those there are")];
    }
    let Some((name, lang, places)) = spellings.near(written, level) else {
        return vec!["write the code of a region, or add a row to the places table".to_owned()];
    };
    let ids: Vec<String> = places.iter().take(8).map(|p| spellings.place(*p).id.clone()).collect();
    if let [place] = places[..] {
        let id = spellings.place(place).id.clone();
        report.suggestions.push(Suggestion { written: written.to_owned(), id, lang: lang.to_owned() });
    }
    vec![format!("did you mean {} ({})? add it to names.csv", quote(name), either(&ids))]
}
