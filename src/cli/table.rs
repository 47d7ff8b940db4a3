//! `table`: who held what, in numbers.

use super::dates::Dates;
use super::input::Input;
use super::output::Target;
use super::session::{Halt, Session};
use controlmap::error::Error;
use controlmap::model::Level;
use controlmap::project::{PolicyOptions, When};
use controlmap::table::{self, FORMATS, Table};
use controlmap::timeline::{self, Snapshot};

/// Write who held what as a table: CSV, JSON or Parquet
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: Input,
    /// What a row is about
    #[arg(long, value_name = "WHAT", default_value = "place")]
    by: By,
    /// Admin level of the regions summed up, with `--by actor` and `--by transition` [default: the outermost that
    /// events speak of]
    #[arg(long, value_name = "LEVEL", value_parser = Level::parse_admin)]
    level: Option<Level>,
    /// Roll actors up to their sides, with `--by actor`
    #[arg(long)]
    side: bool,
    #[command(flatten)]
    dates: Dates,
    /// Only what was reported by then counts
    #[arg(long, value_name = "DATE")]
    as_of: Option<When>,
    #[command(flatten)]
    target: Target,
    #[command(flatten, next_help_heading = "Policy")]
    policy: PolicyOptions,
}

/// What a row of a table is about.
#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq)]
enum By {
    /// A place and who holds it
    Place,
    /// An actor and what it holds
    Actor,
    /// What went from whom to whom between `--from` and `--to`
    Transition,
    /// An event as it was understood, and whether and when it decided
    Event,
}

/// Makes the table.
pub fn run(args: Args, session: &mut Session) -> Result<(), Halt> {
    let known: Vec<&str> = FORMATS.iter().map(|f| f.name).collect();
    let name = args.target.format(&known, Some("csv"))?;
    let format = table::format(name).expect("it is one of the known ones");
    args.target.require_folder()?;
    if args.side && args.by != By::Actor {
        return Err(Error::usage("`--side` goes with `--by actor`").into());
    }
    let joined = args.input.joined(session)?;
    let period = &joined.project.period;
    let known_by = args.as_of.map(|when| when.moment(period.timezone));
    let policy = args.policy.or(&joined.project.policy);
    session.found.extend(args.level.and_then(|level| joined.dataset.require_level(level).err()));
    let level = args.level.or_else(|| joined.dataset.outermost_level()).unwrap_or(Level::Adm1);
    let table: Table = if args.by == By::Event {
        if args.dates.are_given() {
            let way = "it lists every event; `--as-of` leaves out what was not known by a day";
            return Err(Error::usage(format!("`--by event` takes no dates: {way}")).into());
        }
        let timeline = session.take(timeline::resolve(&joined.dataset, &policy, known_by));
        session.require_sound()?;
        table::by_event(&joined.dataset, &timeline::decisions(&joined.dataset, &policy, &timeline))
    } else if args.by == By::Transition {
        let [from, to] = args.dates.ends(period, joined.last_day())?;
        let window = session.take(timeline::window(&joined.dataset, &policy, known_by, from, to));
        session.require_sound()?;
        table::by_transition(&joined.dataset, &window, level)
    } else {
        let moments = args.dates.moments(period, joined.last_day())?;
        let timeline = session.take(timeline::resolve(&joined.dataset, &policy, known_by));
        session.require_sound()?;
        if args.by == By::Actor {
            table::by_actor(&joined.dataset, &timeline, &moments, level, args.side)
        } else {
            let snapshots: Vec<Snapshot> = moments.iter().map(|m| timeline.snapshot(&joined.dataset, *m)).collect();
            table::by_place(&joined.dataset, &snapshots)
        }
    };
    args.target.put(&(format.write)(&table))?;
    let edition = &joined.dataset.regions.edition.name;
    // where it is of matter, or asked for
    let is_told = session.verbose || table.columns.contains(&"km2_official");
    if is_told && !edition.is_empty() {
        session.tell(&format!("areas are geodesic, on WGS 84, within the boundaries of {edition}\n"));
    }
    Ok(())
}
