//! `export`: the state of a date, or all spells, for a GIS.

use super::dates::unknown;
use super::input::Input;
use super::output::Target;
use super::session::{Halt, Session};
use controlmap::error::Error;
use controlmap::export::{self, EXPORTS, Request};
use controlmap::map;
use controlmap::model::Level;
use controlmap::palette::colors;
use controlmap::project::{DateOptions, KnownOptions, PolicyOptions, SpanOptions, When};
use controlmap::timeline::{self, EVER, NEVER};

/// Write states for a GIS: GeoJSON, KML or TopoJSON, of a date or of all time
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: Input,
    #[command(flatten, next_help_heading = "Dates")]
    date: DateOptions,
    /// Every spell with `valid_from` and `valid_to`, which QGIS and Google Earth play: from the first day that it holds to
    /// the first that it does not (in QGIS "include start, exclude end")
    #[arg(help_heading = "Dates", long, conflicts_with = "date")]
    spells: bool,
    #[command(flatten, next_help_heading = "Dates")]
    span: SpanOptions,
    #[command(flatten, next_help_heading = "Dates")]
    known: KnownOptions,
    /// Admin level of the regions [default: the outermost that events speak of]
    #[arg(long, value_name = "LEVEL", value_parser = Level::parse_admin)]
    level: Option<Level>,
    #[command(flatten)]
    target: Target,
    #[command(flatten, next_help_heading = "Policy")]
    policy: PolicyOptions,
}

/// Writes the states.
pub fn run(args: Args, session: &mut Session) -> Result<(), Halt> {
    let Args { input, date, spells, span, known, level, target, policy } = args;
    let names: Vec<&str> = EXPORTS.iter().map(|export| export.name).collect();
    let name = target.format(&names, None)?;
    let format = EXPORTS.iter().find(|export| export.name == name).expect("it is one of the known ones");
    target.require_folder()?;
    if !spells && (span.from.is_some() || span.to.is_some()) {
        return Err(Error::usage("`--from` and `--to` go with `--spells`; one date is `--date`").into());
    }
    let joined = input.joined(session)?;
    let (project, data) = (&joined.project, &joined.dataset);
    let offset = project.period.timezone;
    let policy = policy.or(&project.policy);
    let known_by = known.as_of.map(|when| when.moment(offset));
    let timeline = session.take(timeline::resolve(data, &policy, known_by));
    let last = date.date.or(project.period.to).or(joined.last_day().map(When::Day));
    let day = last.map(|date| date.day(offset)).ok_or_else(|| unknown("--date"))?;
    let palette = project.map.palette.as_deref().unwrap_or("auto");
    // colours help a GIS along, and are no reason to refuse
    let colors = colors(palette, &data.actors, &map::holders(&data.events), day).value;
    let colors: Vec<String> = (0..data.actors.len() as u32)
        .map(|i| colors.of(controlmap::model::ActorIndex(i)))
        .map(|c| format!("#{:02x}{:02x}{:02x}", c.r, c.g, c.b))
        .collect();
    session.require_sound()?;
    session.found.extend(level.and_then(|level| data.require_level(level).err()));
    session.require_sound()?;
    let level = level.or(data.outermost_level()).unwrap_or(Level::Adm1);
    let title = match project.title.get(project.map.lang.as_deref()) {
        "" => "Control",
        title => title,
    };
    let request = Request { dataset: data, level, colors: &colors, title };
    let layer = if spells {
        let from = span.from.map_or(EVER, |from| from.moment(offset));
        let until = span.to.map_or(NEVER, |to| to.moment(offset));
        export::spells(&request, &timeline, from, until, policy.name())
    } else {
        let moment = last.ok_or_else(|| unknown("--date"))?.moment(offset);
        export::state(&request, &timeline.snapshot(data, moment))
    };
    Ok(target.put(&(format.write)(&layer))?)
}
