//! The figures that can be drawn: a table of their kinds, and what a drawn figure can become.

use super::drawing;
use super::film;
use super::input::Joined;
use super::progress::Progress;
use super::session::Session;
use controlmap::diag::Checked;
use controlmap::error::{Error, Result};
use controlmap::figure::Film;
use controlmap::map::Drawn;
use controlmap::project::{Figure, MapOptions};
use controlmap::write::{ANIMATIONS, FORMATS};

/// How a kind of figure is made.
pub struct FigureKind {
    /// Its name in [`controlmap::project::KINDS`].
    pub name: &'static str,
    /// What it can be written as.
    pub formats: fn() -> Vec<Ending>,
    /// Draws it; nothing where the data or an option forbids it.
    pub make: for<'j> fn(&'j Joined, &Figure) -> Result<Checked<Option<Picture<'j>>>>,
}

/// The kinds of figures, sorted by name.
pub const FIGURES: &[FigureKind] = &[
    FigureKind { name: "animate", formats: film_formats, make: film },
    FigureKind { name: "frames", formats: page_formats, make: film },
    FigureKind { name: "map", formats: page_formats, make: map },
];

/// A format by its name and the ending of its files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ending {
    /// Name of the format.
    pub name: &'static str,
    /// Ending of its files, without the point.
    pub extension: &'static str,
}

/// A figure, drawn.
pub enum Picture<'j> {
    /// One page.
    Page(Box<Drawn>),
    /// A film.
    Film(Box<Film<'j>>),
}

/// The kind of a figure.
///
/// # Errors
/// Of usage where there is no such kind.
pub fn kind(figure: &Figure) -> Result<&'static FigureKind> {
    let none = || Error::usage(format!("there is no kind of figure `{}`", figure.kind));
    FIGURES.iter().find(|kind| kind.name == figure.kind).ok_or_else(none)
}

/// Draws a figure of any kind.
///
/// # Errors
/// Of usage where no date is known; whatever its kind says.
pub fn draw<'j>(joined: &'j Joined, figure: &Figure) -> Result<Checked<Option<Picture<'j>>>> {
    (kind(figure)?.make)(joined, figure)
}

impl Picture<'_> {
    /// The bytes of a format, by its name.
    ///
    /// # Errors
    /// When the format cannot hold it.
    pub fn bytes(&self, figure: &Figure, format: &str, look: &MapOptions) -> Result<Vec<u8>> {
        match self {
            Self::Film(film) => {
                let mut bytes = Vec::new();
                film::write(film, figure, look, format, &Progress::none(), &mut bytes)?;
                Ok(bytes)
            }
            Self::Page(drawn) => {
                let none = || Error::usage(format!("a page has no format `{format}`"));
                let format = FORMATS.iter().find(|known| known.name == format).ok_or_else(none)?;
                (format.write)(&drawn.scene, &drawing::options(look))
            }
        }
    }

    /// Tells what found no room, where every detail is wanted.
    pub fn tell(&self, joined: &Joined, session: &Session) {
        match self {
            Self::Page(drawn) => drawing::tell_dropped(joined, &drawn.scene.title, &drawn.dropped, session),
            Self::Film(film) => drawing::tell_dropped(joined, &film.page().page.title, film.dropped(), session),
        }
    }
}

fn page_formats() -> Vec<Ending> {
    FORMATS.iter().map(|format| Ending { name: format.name, extension: format.extension }).collect()
}

fn film_formats() -> Vec<Ending> {
    let page = Ending { name: film::PAGE, extension: film::PAGE };
    let images = ANIMATIONS.iter().map(|format| Ending { name: format.name, extension: format.extension });
    let mut all: Vec<Ending> = images.chain([page]).collect();
    all.sort_unstable_by_key(|ending| ending.name);
    all
}

fn film<'j>(joined: &'j Joined, figure: &Figure) -> Result<Checked<Option<Picture<'j>>>> {
    let Checked { value, diagnostics } = film::film(joined, figure)?;
    Ok(Checked { value: value.map(|film| Picture::Film(Box::new(film))), diagnostics })
}

fn map<'j>(joined: &'j Joined, figure: &Figure) -> Result<Checked<Option<Picture<'j>>>> {
    let Checked { value, diagnostics } = drawing::map(joined, figure)?;
    Ok(Checked { value: value.map(|drawn| Picture::Page(Box::new(drawn))), diagnostics })
}

#[cfg(test)]
mod tests {
    use super::FIGURES;
    use controlmap::project::KINDS;

    #[test]
    fn every_kind_of_the_project_file_can_be_drawn() {
        let names: Vec<&str> = FIGURES.iter().map(|figure| figure.name).collect();
        assert_eq!(names, KINDS.iter().map(|kind| kind.name).collect::<Vec<_>>());
        assert!(KINDS.is_sorted_by(|a, b| a.name < b.name) && KINDS.iter().all(|kind| !kind.doc.is_empty()));
        for figure in FIGURES {
            assert!(!(figure.formats)().is_empty(), "{} can be written as nothing", figure.name);
        }
    }
}
