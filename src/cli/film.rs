//! Films of joined data: which moments, which look, and the film itself.

use super::dates::unknown;
use super::input::Joined;
use super::session::{Halt, Session};
use controlmap::diag::Checked;
use controlmap::error::{Error, Result};
use controlmap::figure::{self, Film};
use controlmap::model::Moment;
use controlmap::project::{Every, Figure, MapOptions, PolicyOptions, When};
use controlmap::read::world;
use controlmap::timeline::{self, Timeline};

/// The dates of a film.
#[derive(clap::Args, Debug, Default)]
pub struct Span {
    /// From frame to frame: `day`, `week`, `month`, `6h` or another number of hours, or `change` [default: day]
    #[arg(help_heading = "Dates", long, value_name = "STEP")]
    pub every: Option<Every>,
    /// First date [default: the start of the project's period]
    #[arg(help_heading = "Dates", long, value_name = "DATE")]
    pub from: Option<When>,
    /// Last date [default: the end of the project's period]
    #[arg(help_heading = "Dates", long, value_name = "DATE")]
    pub to: Option<When>,
    /// Only what was reported by then counts
    #[arg(help_heading = "Dates", long, value_name = "DATE")]
    pub as_of: Option<When>,
}

/// What is asked of a film; where it says nothing, the project decides.
pub struct Request {
    /// Its dates.
    pub span: Span,
    /// Under which policy.
    pub policy: PolicyOptions,
    /// How it looks.
    pub options: MapOptions,
}

impl From<&Figure> for Request {
    fn from(figure: &Figure) -> Self {
        let Figure { every, from, to, as_of, .. } = *figure;
        Self { span: Span { every, from, to, as_of }, policy: PolicyOptions::default(), options: figure.map.clone() }
    }
}

/// All that a film is made from.
pub struct Stock<'j> {
    joined: &'j Joined,
    timeline: Timeline,
    moments: Vec<Moment>,
    only_changes: bool,
    policy: PolicyOptions,
    /// How it looks, the project's options included.
    pub options: MapOptions,
}

impl<'j> Stock<'j> {
    /// Resolves the timeline and lists the moments.
    ///
    /// # Errors
    /// Of usage where no date is known or the dates do not fit; diagnostics of the policy.
    pub fn new(joined: &'j Joined, request: Request) -> Result<Checked<Self>> {
        let Joined { project, dataset, .. } = joined;
        let offset = project.period.timezone;
        let Span { every, from, to, as_of } = request.span;
        let policy = request.policy.or(&project.policy);
        let known_by = as_of.map(|when| when.moment(offset));
        let Checked { value: timeline, diagnostics } = timeline::resolve(dataset, &policy, known_by);
        let from = from.or(project.period.from).ok_or_else(|| unknown("--from"))?;
        let to = to.or(project.period.to).or(joined.last_day().map(When::Day)).ok_or_else(|| unknown("--to"))?;
        let every = every.unwrap_or_default();
        let moments = figure::moments(from, to, every, offset, &timeline.breakpoints())?;
        let options = request.options.or(&project.map);
        let only_changes = every == Every::Change;
        let value = Self { joined, timeline, moments, only_changes, policy, options };
        Ok(Checked { value, diagnostics })
    }

    /// The film; nothing where the data or an option forbids it.
    pub fn film(&self) -> Checked<Option<Film<'_>>> {
        Film::new(&figure::Request {
            dataset: &self.joined.dataset,
            timeline: &self.timeline,
            moments: &self.moments,
            only_changes: self.only_changes,
            options: &self.options,
            policy: &self.policy,
            title: &self.joined.project.title,
            neighbours: Some(world::around),
        })
    }

    /// The film, or what forbids it.
    ///
    /// # Errors
    /// Faults, which are in the session.
    pub fn sound_film(&self, session: &mut Session) -> std::result::Result<Film<'_>, Halt> {
        session.require_sound()?;
        let film = session.take(self.film());
        session.require_sound()?;
        film.ok_or_else(|| Error::usage("there is no moment to draw").into())
    }
}

/// What is wrong with a figure that is a film.
///
/// # Errors
/// Of usage where no date is known or the dates do not fit.
pub fn faults(joined: &Joined, figure: &Figure) -> Result<Checked<()>> {
    let Checked { value: stock, mut diagnostics } = Stock::new(joined, Request::from(figure))?;
    diagnostics.extend(stock.film().diagnostics);
    Ok(Checked { value: (), diagnostics })
}
