//! One figure: from joined data to a scene, and that to bytes.

use super::dates::unknown;
use super::input::Joined;
use super::session::Session;
use controlmap::diag::Checked;
use controlmap::error::Result;
use controlmap::map::{self, Drawn};
use controlmap::model::{Moment, PlaceIndex};
use controlmap::palette::Tints;
use controlmap::project::{Figure, FontUse, MapOptions, PolicyOptions, When};
use controlmap::read::world;
use controlmap::scene::Scene;
use controlmap::timeline;
use controlmap::write::{Fonts, Format, Options};

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
        let mut base = joined.project.map.clone();
        // a style asked for brings its own page
        if self.options.style.is_some() {
            (base.size, base.scale) = (None, None);
        }
        self.options.clone().or(&base)
    }

    fn moment(&self, joined: &Joined) -> Result<Moment> {
        let period = &joined.project.period;
        let date = self.date.or(period.to).or(joined.last_day().map(When::Day));
        date.map(|date| date.moment(period.timezone)).ok_or_else(|| unknown("--date"))
    }
}

/// Tells what is to be known of a map; and, where every detail is wanted, what was chosen and left out: the projection
/// and why, far islands, the places that found no room for their name.
pub fn tell_dropped(joined: &Joined, drawn: &Drawn, session: &Session) {
    for note in &drawn.notes {
        session.tell(&format!("note: {note}\n"));
    }
    if !session.verbose {
        return;
    }
    let names = |places: &[PlaceIndex]| {
        let name = |p: &PlaceIndex| {
            let place = joined.dataset.place(*p);
            format!("{} ({})", place.names.default, place.id)
        };
        places.iter().map(name).collect::<Vec<String>>().join(", ")
    };
    let title = &drawn.scene.title;
    session.tell(&format!("{title}: projection `{}`: {}\n", drawn.projection, drawn.projection_reason));
    if !drawn.beyond.is_empty() {
        session.tell(&format!("{title}: far islands are not shown of {}\n", names(&drawn.beyond)));
    }
    if !drawn.dropped.is_empty() {
        session.tell(&format!("{title}: no room for the names of {}\n", names(&drawn.dropped)));
    }
}

/// Draws a figure; nothing where the data or an option forbids it.
///
/// # Errors
/// Of usage where no date is known.
pub fn figure(joined: &Joined, request: &Request) -> Result<Checked<Option<Drawn>>> {
    with(joined, request, map::draw)
}

/// Lists the fills of a figure.
///
/// # Errors
/// Of usage where no date is known.
pub fn tints(joined: &Joined, request: &Request) -> Result<Checked<Option<Tints>>> {
    with(joined, request, map::tints)
}

/// Does something with what a figure is drawn from; nothing where the data forbids it.
fn with<T>(
    joined: &Joined,
    request: &Request,
    make: fn(&map::Request) -> Checked<Option<T>>,
) -> Result<Checked<Option<T>>> {
    let Joined { project, dataset, .. } = joined;
    let moment = request.moment(joined)?;
    let known_by = request.as_of.map(|when| when.moment(project.period.timezone));
    let policy = request.policy.clone().or(&project.policy);
    let timeline = timeline::resolve(dataset, &policy, known_by);
    if timeline.has_errors() {
        return Ok(Checked { value: None, diagnostics: timeline.diagnostics });
    }
    let mut diagnostics = Vec::new();
    let snapshot = timeline.take(&mut diagnostics).snapshot(dataset, moment);
    let made = make(&map::Request {
        dataset,
        snapshot: &snapshot,
        options: &request.look(joined),
        policy: &policy,
        title: &project.title,
        neighbours: Some(world::around),
    });
    let value = made.take(&mut diagnostics);
    Ok(Checked { value, diagnostics })
}

/// Makes a scene the bytes of a format.
///
/// # Errors
/// When the format cannot hold it.
pub fn bytes(format: &Format, scene: &Scene, look: &MapOptions) -> Result<Vec<u8>> {
    let fonts = match look.fonts.unwrap_or_default() {
        FontUse::Embed => Fonts::Embed,
        FontUse::Outline => Fonts::Outline,
        FontUse::Name => Fonts::Name,
    };
    (format.write)(scene, &Options { fonts })
}
