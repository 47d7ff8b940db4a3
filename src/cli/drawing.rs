//! One figure: from joined data to a map.

use super::input::Joined;
use super::session::{Halt, Session};
use controlmap::map::{self, Drawn};
use controlmap::model::Moment;
use controlmap::project::{Figure, MapOptions, PolicyOptions, When};
use controlmap::read::world;
use controlmap::timeline;

/// What is asked of a figure; where it says nothing, the project decides.
pub struct Request {
    /// When; else the end of the project's period, else the last event.
    pub date: Option<When>,
    /// Known by then.
    pub as_of: Option<When>,
    /// Under which policy.
    pub policy: PolicyOptions,
    /// How it looks.
    pub options: MapOptions,
}

impl From<&Figure> for Request {
    fn from(figure: &Figure) -> Self {
        let options = figure.map.clone();
        Self { date: figure.date, as_of: figure.as_of, policy: PolicyOptions::default(), options }
    }
}

impl Request {
    /// How it looks, the project's options included.
    pub fn look(&self, joined: &Joined) -> MapOptions {
        self.options.clone().or(&joined.project.map)
    }

    fn moment(&self, joined: &Joined) -> Result<Moment, Halt> {
        let period = &joined.project.period;
        let date = self.date.or(period.to).or(joined.last_day().map(When::Day));
        match date {
            Some(date) => Ok(date.moment(period.timezone)),
            None => Err(super::dates::unknown("--date").into()),
        }
    }
}

/// Draws a figure.
///
/// # Errors
/// Faults where the data or an option forbids to draw it; of usage where there is no date.
pub fn figure(joined: &Joined, request: &Request, session: &mut Session) -> Result<Drawn, Halt> {
    let Joined { project, dataset, .. } = joined;
    let moment = request.moment(joined)?;
    let known_by = request.as_of.map(|when| when.moment(project.period.timezone));
    let policy = request.policy.clone().or(&project.policy);
    let timeline = session.take(timeline::resolve(dataset, &policy, known_by));
    session.require_sound()?;
    let snapshot = timeline.snapshot(dataset, moment);
    let drawn = session.take(map::draw(&map::Request {
        dataset,
        snapshot: &snapshot,
        options: &request.look(joined),
        policy: &policy,
        title: &project.title,
        neighbours: Some(world::countries),
    }));
    session.require_sound()?;
    drawn.ok_or(Halt::Faults)
}
