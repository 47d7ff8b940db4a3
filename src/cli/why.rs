//! `why`: every event on a place and what became of it.

use super::dates::unknown;
use super::input::{Input, Joined};
use super::session::{Halt, Session};
use super::{output, why_json, why_text};
use controlmap::diag::{Diagnostic, did_you_mean_text, quote};
use controlmap::join::normalised;
use controlmap::model::{Dataset, Level, PlaceIndex};
use controlmap::project::{PolicyOptions, When};
use controlmap::timeline;

/// Explain who holds a place: every event on it, which decide, which do not, and why
#[derive(clap::Args)]
pub struct Args {
    /// Code or name of a region, settlement or site
    #[arg(value_name = "PLACE")]
    place: String,
    #[command(flatten)]
    input: Input,
    /// Level of the place, where several have that name: `adm1`, `settlement`, `site`
    #[arg(long, value_name = "LEVEL", value_parser = level)]
    level: Option<Level>,
    /// The end of a day, or an instant [default: the end of the project's period]
    #[arg(long, value_name = "DATE")]
    date: Option<When>,
    /// Only what was reported by then counts
    #[arg(long, value_name = "DATE")]
    as_of: Option<When>,
    /// How the explanation is written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Form,
    #[command(flatten, next_help_heading = "Policy")]
    policy: PolicyOptions,
}

/// How an explanation is written.
#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// For people
    Text,
    /// For programs: an object
    Json,
}

/// Explains a place.
pub fn run(args: Args, session: &mut Session) -> Result<(), Halt> {
    let joined = args.input.joined(session)?;
    let Joined { project, dataset, .. } = &joined;
    let offset = project.period.timezone;
    let date = args.date.or(project.period.to).or(joined.last_day().map(When::Day));
    let moment = date.map(|date| date.moment(offset)).ok_or_else(|| unknown("--date"))?;
    let known_by = args.as_of.map(|when| when.moment(offset));
    let policy = args.policy.or(&project.policy);
    let place = match find(dataset, &args.place, args.level) {
        Ok(place) => place,
        Err(fault) => {
            session.found.push(*fault);
            return Err(Halt::Faults);
        }
    };
    let why = session.take(timeline::why(dataset, &policy, known_by, place, moment));
    session.require_sound()?;
    let text = match args.format {
        Form::Text => why_text::text(dataset, &policy, &why, output::stdout_has_colour()),
        Form::Json => why_json::json(dataset, &why),
    };
    Ok(output::to_stdout(text.as_bytes())?)
}

fn level(word: &str) -> Result<Level, String> {
    let words: Vec<&str> = Level::ALL.iter().map(|l| l.word()).collect();
    Level::parse(word).ok_or_else(|| format!("{} is no level; write one of {}", quote(word), words.join(", ")))
}

/// Finds a place by its code, else by its name, else by its normalised name, else in the names table; never guesses
/// between several.
fn find(dataset: &Dataset, text: &str, level: Option<Level>) -> Result<PlaceIndex, Box<Diagnostic>> {
    let key = normalised(text);
    let fits = |i: &usize| level.is_none_or(|level| dataset.places[*i].level == level);
    let all = || (0..dataset.places.len()).filter(fits);
    let names = |i: usize| dataset.places[i].names.all();
    let mut found: Vec<usize> = all().filter(|i| dataset.places[*i].id == text).collect();
    if found.is_empty() {
        found = all().filter(|i| names(*i).any(|name| name == text)).collect();
    }
    if found.is_empty() {
        found = all().filter(|i| names(*i).any(|name| normalised(name) == key)).collect();
    }
    // as for events: what the names table says comes last, to the letter first
    for same in [|a: &str, b: &str| a == b, |a: &str, b: &str| normalised(a) == normalised(b)] {
        if found.is_empty() {
            let further = dataset.spellings.iter().filter(|(name, _)| same(name, text));
            found = further.map(|(_, place)| place.0 as usize).filter(fits).collect();
            found.sort_unstable();
            found.dedup();
        }
    }
    match found[..] {
        [one] => Ok(PlaceIndex(u32::try_from(one).expect("fewer than 2^32 places"))),
        [] => {
            let spellings = || all().flat_map(|i| std::iter::once(dataset.places[i].id.as_str()).chain(names(i)));
            let what = level.map_or("region or place".to_owned(), |l| format!("place of level `{l}`"));
            let fault = Diagnostic::new("unknown-place", format!("{} is no {what}", quote(text))).value(text);
            let else_hint = || "write a code or a name of the boundaries or the places table".to_owned();
            Err(Box::new(fault.hint(did_you_mean_text(text, spellings()).unwrap_or_else(else_hint))))
        }
        _ => {
            let message = format!("{} fits {} places", quote(text), found.len());
            let mut fault = Diagnostic::new("ambiguous-place", message).value(text);
            for place in found.iter().map(|i| &dataset.places[*i]) {
                let apart = found.iter().filter(|i| dataset.places[**i].level == place.level).count() == 1;
                let way = if apart { format!("`--level {}`", place.level) } else { quote(&place.id) };
                fault = fault.hint(format!("write {way} for {} ({}, {})", place.names.default, place.id, place.level));
            }
            Err(Box::new(fault))
        }
    }
}
