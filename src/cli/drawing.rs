//! One map: from joined data to a drawing.

use super::dates::unknown;
use super::input::Joined;
use super::session::Session;
use controlmap::diag::Checked;
use controlmap::error::Result;
use controlmap::figure::{WithChart, with_chart};
use controlmap::map::{self, Drawn};
use controlmap::model::{Moment, PlaceIndex};
use controlmap::palette::Tints;
use controlmap::project::{ChartKind, Figure, FontUse, MapOptions, When};
use controlmap::read::world;
use controlmap::receipt;
use controlmap::timeline::{self, Timeline};
use controlmap::write::{Fonts, Options};

/// The project's title in a figure's language.
pub fn title<'a>(joined: &'a Joined, figure: &Figure) -> &'a str {
    joined.project.title.get(look(joined, figure).lang.as_deref())
}

/// How a figure looks, the project's options included.
pub fn look(joined: &Joined, figure: &Figure) -> MapOptions {
    let mut base = joined.project.map.clone();
    // a style asked for brings its own page
    if figure.map.style.is_some() {
        (base.size, base.scale) = (None, None);
    }
    figure.map.clone().or(&base)
}

/// The date of a figure of one date: its own, else the end of the project's period, else the last event.
pub fn moment(joined: &Joined, figure: &Figure) -> Result<Moment> {
    let period = &joined.project.period;
    let date = figure.date.date.or(period.to).or(joined.last_day().map(When::Day));
    date.map(|date| date.moment(period.timezone)).ok_or_else(|| unknown("--date"))
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
    if !drawn.boxed.is_empty() {
        let (gain, names) = (drawn.boxed_gain, names(&drawn.boxed));
        session.tell(&format!(
            "{title}: far from the rest, in boxes of their own: {names}: the map is {gain:.1} times as large for that\n"
        ));
    }
    if !drawn.dropped.is_empty() {
        session.tell(&format!("{title}: no room for the names of {}\n", names(&drawn.dropped)));
    }
}

/// Draws a map; nothing where the data or an option forbids it.
///
/// # Errors
/// Of usage where no date is known.
pub fn map(joined: &Joined, figure: &Figure) -> Result<Checked<Option<Drawn>>> {
    with(joined, figure, |request, timeline| with_evidence(joined, figure, request, timeline))
}

/// Draws a map that names the events it rests on, and a chart below it where one is asked for.
fn with_evidence(
    joined: &Joined,
    figure: &Figure,
    request: &map::Request,
    timeline: &Timeline,
) -> Checked<Option<Drawn>> {
    let mut drawn = match figure.with.with_chart {
        None => map::draw(request),
        Some(kind) => {
            let to = request.snapshot.moment;
            let first = joined.project.period.from.map(|from| from.moment(joined.project.period.timezone));
            // a chart of time needs some before the map's date
            let from = first.filter(|from| *from < to).unwrap_or(Moment(to.0 - 30 * 86_400));
            let from = if kind == ChartKind::Bars { to } else { from };
            with_chart(request, &WithChart { timeline, kind, from, to })
        }
    };
    if let Some(drawn) = &mut drawn.value {
        let evidence = receipt::evidence(request.dataset, &[request.snapshot], &drawn.places);
        drawn.scene.metadata.extend(evidence);
    }
    drawn
}

/// Lists the fills of a map.
///
/// # Errors
/// Of usage where no date is known.
pub fn tints(joined: &Joined, figure: &Figure) -> Result<Checked<Option<Tints>>> {
    with(joined, figure, |request, _| map::tints(request))
}

/// Does something with what a figure is drawn from; nothing where the data forbids it.
fn with<T>(
    joined: &Joined,
    figure: &Figure,
    make: impl Fn(&map::Request, &Timeline) -> Checked<Option<T>>,
) -> Result<Checked<Option<T>>> {
    let Joined { project, dataset, .. } = joined;
    let moment = moment(joined, figure)?;
    let known_by = figure.known.as_of.map(|when| when.moment(project.period.timezone));
    let policy = figure.policy.clone().or(&project.policy);
    let resolved = timeline::resolve(dataset, &policy, known_by);
    if resolved.has_errors() {
        return Ok(Checked { value: None, diagnostics: resolved.diagnostics });
    }
    let mut diagnostics = Vec::new();
    let timeline = resolved.take(&mut diagnostics);
    let snapshot = timeline.snapshot(dataset, moment);
    let request = map::Request {
        dataset,
        snapshot: &snapshot,
        options: &look(joined, figure),
        policy: &policy,
        title: title(joined, figure),
        neighbours: Some(world::around),
    };
    let made = make(&request, &timeline);
    let value = made.take(&mut diagnostics);
    Ok(Checked { value, diagnostics })
}

/// How a figure is written, by how it looks.
pub fn options(look: &MapOptions) -> Options {
    let fonts = match look.fonts.unwrap_or_default() {
        FontUse::Embed => Fonts::Embed,
        FontUse::Outline => Fonts::Outline,
        FontUse::Name => Fonts::Name,
    };
    Options { fonts }
}
