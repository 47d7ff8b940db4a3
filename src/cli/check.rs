//! `check`: reads and joins everything and reports all faults at once.

use super::fix;
use super::input::{Input, World};
use super::output;
use super::report;
use super::session::{Halt, Session};
use controlmap::diag::{self, CODES, Severity, nearest, quote};
use controlmap::error::{Error, Result};
use controlmap::timeline;

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
    let world = match args.input.world(session) {
        Ok(world) => Some(world),
        Err(Halt::Faults) => None,
        Err(halt) => return Err(halt),
    };
    if let Some(world) = &world {
        let checked = timeline::resolve(&world.dataset, &world.project.policy, None);
        session.take(checked);
    }
    let verdict = session.require_sound();
    let mut found = std::mem::take(&mut session.found);
    diag::sort(&mut found);
    if session.quiet && !session.strict {
        found.retain(|d| d.severity() == Severity::Error);
    }
    let text = match args.format {
        ReportFormat::Json => report::json(&found),
        ReportFormat::Text => {
            let faults = report::text(&found, session.verbose, output::stdout_has_colour());
            let counts = world.as_ref().map(counts).unwrap_or_default();
            format!("{faults}{counts}{}\n", report::summary(&found))
        }
    };
    output::to_stdout(text.as_bytes())?;
    if args.fix {
        match &world {
            Some(world) => fix::write(world)?,
            None => output::to_stderr("nothing was suggested: what was read could not be joined\n"),
        }
    }
    verdict
}

/// What there is, and how joining went.
fn counts(world: &World) -> String {
    let data = &world.dataset;
    let points = data.places.len() - data.regions.regions.len();
    let parts = [
        report::number(data.events.len(), "event"),
        report::number(data.regions.regions.len(), "region"),
        report::number(points, "settlement or site"),
        report::number(data.actors.len(), "actor"),
        report::number(data.sources.len(), "source"),
    ];
    format!("{}\n", parts.join(", "))
}

fn explain(name: &str) -> Result<String> {
    if let Some(code) = diag::code(name) {
        return Ok(format!("{} ({}): {}\n\n{}\n", code.name, code.severity.word(), code.doc, code.explain));
    }
    let near = nearest(name, CODES.iter().map(|c| c.name)).map(|c| format!("; did you mean `{c}`?"));
    Err(Error::usage(format!("there is no code {}{}", quote(name), near.unwrap_or_default())))
}
