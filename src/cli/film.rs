//! Films of joined data: which moments, which look, how they run.

use super::dates::unknown;
use super::drawing::{look, options, title};
use super::input::Joined;
use super::progress::Progress;
use controlmap::diag::Checked;
use controlmap::error::{Error, Result};
use controlmap::figure::{self, Film};
use controlmap::project::{Every, Figure, MapOptions, Since, TransitionKind, When};
use controlmap::read::world;
use controlmap::receipt;
use controlmap::timeline;
use controlmap::write::{ANIMATIONS, Sink, Timing, Transition, html};

/// Draws a film; nothing where the data or an option forbids it.
///
/// # Errors
/// Of usage where no date is known or the dates do not fit.
pub fn film<'j>(joined: &'j Joined, wanted: &Figure) -> Result<Checked<Option<Film<'j>>>> {
    let Joined { project, dataset, .. } = joined;
    let offset = project.period.timezone;
    let policy = wanted.policy.clone().or(&project.policy);
    let known_by = wanted.known.as_of.map(|when| when.moment(offset));
    let resolved = timeline::resolve(dataset, &policy, known_by);
    if resolved.has_errors() {
        return Ok(Checked { value: None, diagnostics: resolved.diagnostics });
    }
    let mut diagnostics = Vec::new();
    let timeline = resolved.take(&mut diagnostics);
    let from = wanted.span.from.or(project.period.from).ok_or_else(|| unknown("--from"))?;
    let to =
        wanted.span.to.or(project.period.to).or(joined.last_day().map(When::Day)).ok_or_else(|| unknown("--to"))?;
    let every = wanted.step.every.unwrap_or_default();
    let moments = figure::moments(from, to, every, offset, &timeline.breakpoints())?;
    let mut options = look(joined, wanted);
    options.changed_since = wanted.film.outline_changes.map(Since::Days).or(options.changed_since);
    let made = Film::new(figure::Request {
        dataset,
        timeline,
        moments,
        only_changes: every == Every::Change,
        options,
        policy,
        title: title(joined, wanted).to_owned(),
        neighbours: Some(world::around),
        caption: wanted.film.caption.unwrap_or_default(),
    });
    let mut value = made.take(&mut diagnostics);
    if let Some(film) = &mut value {
        let evidence = receipt::evidence(dataset, &[film.all()], film.drawn());
        film.metadata().extend(evidence);
    }
    Ok(Checked { value, diagnostics })
}

/// Name of the page with controls, and ending of its files.
pub const PAGE: &str = "html";

/// How a film runs.
pub fn timing(film: &Film, wanted: &Figure, look: &MapOptions) -> Timing {
    let count = film.moments().len();
    let motion = &wanted.motion;
    let fps = motion.fps.unwrap_or((count as f64 / 20.0).clamp(2.0, 25.0));
    let hundredths = |seconds: f64| (seconds * 100.0).round().clamp(2.0, 65_535.0) as u16;
    let delay = hundredths(1.0 / fps);
    Timing {
        count,
        delay,
        hold: hundredths(motion.hold.unwrap_or(2.0)).max(delay),
        loops: motion.loops.unwrap_or(0),
        transition: match motion.transition.unwrap_or_default() {
            TransitionKind::None => Transition::None,
            TransitionKind::Fade => Transition::Fade,
            TransitionKind::Wipe => Transition::Wipe,
        },
        options: options(look),
    }
}

/// Writes a film in a format, by its name.
///
/// # Errors
/// When the format cannot hold it.
pub fn write(
    film: &Film,
    wanted: &Figure,
    look: &MapOptions,
    format: &str,
    progress: &Progress,
    sink: Sink,
) -> Result<()> {
    let still = |kind: TransitionKind| kind == TransitionKind::None;
    if [PAGE, "pdf", "svg"].contains(&format) && !wanted.motion.transition.is_none_or(still) {
        return Err(Error::usage(format!(
            "`transition` is for moving pixels; `{format}` changes at once: leave it out"
        )));
    }
    if format == PAGE {
        let page = figure::Page::new(film).value.ok_or_else(|| Error::new("the film has no room on a page"))?;
        let frames = |range| page.frames(range);
        return html::write(page.story(), &timing(film, wanted, look), &frames, &|count| progress.done(count), sink);
    }
    let none = || Error::usage(format!("a film has no format `{format}`"));
    let format = ANIMATIONS.iter().find(|known| known.name == format).ok_or_else(none)?;
    let frames = |range| film.shots(range).into_iter().map(|shot| shot.frame).collect();
    (format.write)(film.page(), &timing(film, wanted, look), &frames, &|count| progress.done(count), sink)
}
