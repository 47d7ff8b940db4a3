//! `check`: reads and joins everything and reports all faults at once.

use super::compare::compare;
use super::input::{Input, Joined};
use super::lint::{self, Depth};
use super::output;
use super::report;
use super::session::{Halt, Session};
use super::suggest;
use controlmap::diag::{self, CODES, Severity, did_you_mean, quote};
use controlmap::error::Error;
use controlmap::model::PlaceIndex;
use controlmap::project::{Accepted, Days, When};
use controlmap::timeline::{self, Basis, Timeline};

/// Read everything, join it, and report all faults at once
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: Input,
    /// How the report is written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: ReportFormat,
    /// Add suggested spellings to the names table, for you to confirm
    #[arg(long)]
    fix: bool,
    /// Compare what every policy makes of the events: km² of each actor, and places on which they disagree
    #[arg(long)]
    policies: bool,
    /// The date of that comparison [default: the end of the project's period]
    #[arg(long, value_name = "DATE", requires = "policies")]
    date: Option<When>,
    /// Explain a code of the report, such as `unknown-place`, and check nothing
    #[arg(long, value_name = "CODE", exclusive = true)]
    explain: Option<String>,
}

/// How a report is written.
#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq)]
enum ReportFormat {
    /// For people
    Text,
    /// For programs: an array of objects
    Json,
}

/// Checks a project.
pub fn run(args: Args, session: &mut Session) -> Result<(), Halt> {
    if let Some(code) = &args.explain {
        return Ok(output::to_stdout(explain(code)?.as_bytes())?);
    }
    let joined = match args.input.joined_to(Depth::Whole, session) {
        Ok(joined) => Some(joined),
        Err(Halt::Faults) => None,
        Err(halt) => return Err(halt),
    };
    let mut ties = String::new();
    if let Some(joined) = &joined {
        let timeline = session.take(timeline::resolve(&joined.dataset, &joined.project.policy, None));
        ties = tied(joined, &timeline) + &stale(joined, &timeline);
        session.add(timeline::lints(&joined.dataset));
        if session.require_no_errors().is_ok() {
            let mut drawn: Vec<_> = lint::figures(joined)?;
            drawn.extend(lint::colors(joined)?);
            // figures find the same again and again
            let mut new: Vec<_> = Vec::new();
            for diagnostic in drawn {
                if !session.found.contains(&diagnostic) && !new.contains(&diagnostic) {
                    new.push(diagnostic);
                }
            }
            session.add(new);
        }
    }
    let verdict = session.require_sound();
    let found = session.report();
    let sound = !found.iter().any(|d| d.severity() == Severity::Error);
    let comparison = match &joined {
        Some(joined) if args.policies && sound => Some(compare(joined, args.date)?),
        _ => None,
    };
    let text = match (args.format, comparison) {
        (ReportFormat::Json, Some(comparison)) => {
            let faults: serde_json::Value = serde_json::from_str(&report::json(&found)).expect("it is JSON");
            let both = serde_json::json!({ "faults": faults, "policies": comparison.json() });
            format!("{}\n", serde_json::to_string_pretty(&both).expect("texts and numbers are JSON"))
        }
        (ReportFormat::Json, None) => report::json(&found),
        (ReportFormat::Text, comparison) => {
            let compared = comparison.map(|c| c.text()).unwrap_or_default();
            let faults = report::text(&found, session.verbose, output::stdout_has_colour());
            if session.quiet {
                format!("{faults}{compared}")
            } else {
                let counts = joined.as_ref().map(counts).unwrap_or_default();
                let accepted = accepted(&session.accepted);
                format!("{faults}{counts}{ties}{compared}{accepted}{}\n", report::summary(&found))
            }
        }
    };
    output::to_stdout(text.as_bytes())?;
    if args.fix {
        match &joined {
            Some(joined) => suggest::add(joined)?,
            None => output::to_stderr("nothing was suggested: what was read could not be joined\n"),
        }
    }
    verdict
}

/// How many warnings the project stands by, and which of those there are no more.
fn accepted(accepted: &[(Accepted, usize)]) -> String {
    let mut text = String::new();
    let count: usize = accepted.iter().map(|(_, count)| count).sum();
    if count > 0 {
        text = format!("{} that the project stands by (`[[accepted]]`)\n", report::number(count, "warning"));
    }
    for (Accepted { code, about, .. }, _) in accepted.iter().filter(|(_, count)| *count == 0) {
        text += &format!("there is no `{code}` about {} any more: remove it from `[[accepted]]`\n", quote(about));
    }
    text
}

/// What there is, and how joining went.
fn counts(joined: &Joined) -> String {
    let data = &joined.dataset;
    let parts = [
        report::number(data.events.len(), "event"),
        report::number(data.regions.regions.len(), "region"),
        report::number(data.places.len() - data.regions.regions.len(), "point"),
        report::number(data.actors.len(), "actor"),
        report::number(data.sources.iter().filter(|s| !s.id.is_empty()).count(), "source"),
    ];
    format!("{}\n{}\n", parts.join(", "), joined.report)
}

/// How many places are contested, or unknown, for a time because words of equal standing do not agree.
fn tied(joined: &Joined, timeline: &Timeline) -> String {
    let count = u32::try_from(joined.dataset.places.len()).expect("fewer than 2^32 places");
    let ties: Vec<usize> = (0..count)
        .map(|i| timeline.spells(PlaceIndex(i)).filter(|s| s.tied && s.basis == Basis::Direct).count())
        .collect();
    let places = ties.iter().filter(|n| **n > 0).count();
    if places == 0 {
        return String::new();
    }
    let (ties, places) = (report::number(ties.iter().sum(), "tie"), report::number(places, "place"));
    let name = joined.project.policy.name();
    format!("{ties} between words of equal standing on {places} under policy `{name}`; `why` explains a place\n")
}

/// How many places rest on words that nobody has confirmed for long, at the end of the period.
fn stale(joined: &Joined, timeline: &Timeline) -> String {
    let Joined { project, dataset, .. } = joined;
    let date = project.period.to.or(joined.last_day().map(When::Day));
    let (Some(Days(days)), Some(date)) = (project.policy.stale_after, date) else { return String::new() };
    let snapshot = timeline.snapshot(dataset, date.moment(project.period.timezone));
    let spoken = snapshot.states.iter().filter(|s| s.basis == Basis::Direct).count();
    match snapshot.states.iter().filter(|s| s.basis == Basis::Direct && s.stale).count() {
        0 => String::new(),
        old => format!(
            "{old} of {spoken} places with a word of their own rest on words older than {days} days on {}\n",
            snapshot.day
        ),
    }
}

fn explain(name: &str) -> Result<String, Error> {
    if let Some(code) = diag::code(name) {
        return Ok(format!("{} ({}): {}\n\n{}\n", code.name, code.severity.word(), code.doc, code.explain));
    }
    let near = did_you_mean(name, CODES.iter().map(|c| c.name)).map(|near| format!("; {near}"));
    Err(Error::usage(format!("there is no code {}{}", quote(name), near.unwrap_or_default())))
}
