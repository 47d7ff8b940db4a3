//! The figures that can be drawn: a table of their kinds, and what a drawn figure can become.

use super::caption;
use super::chart;
use super::diff;
use super::drawing;
use super::film;
use super::frames;
use super::grid;
use super::input::{Input, Joined, Origin};
use super::lint::{self, Depth};
use super::output::Target;
use super::policies;
use super::progress::Progress;
use super::session::{Halt, Session};
use controlmap::diag::Checked;
use controlmap::error::{Error, Result};
use controlmap::figure::Film;
use controlmap::map::Drawn;
use controlmap::project::{Figure, MapOptions};
use controlmap::receipt;
use controlmap::write::{ANIMATIONS, FORMATS};
use std::mem::ManuallyDrop;
use std::path::Path;

/// What a receipt calls the project inside the binary.
pub const BUILT_IN: &str = "built-in example syria-2024";

/// How a kind of figure is made.
pub struct FigureKind {
    /// Its name in [`controlmap::project::KINDS`].
    pub name: &'static str,
    /// What it can be written as.
    pub formats: fn() -> Vec<Ending>,
    /// It becomes files in a folder, not one file.
    pub is_folder: bool,
    /// Draws it; nothing where the data or an option forbids it.
    pub make: for<'j> fn(&'j Joined, &Figure) -> Result<Checked<Option<Picture<'j>>>>,
}

/// The kinds of figures, sorted by name.
pub const FIGURES: &[FigureKind] = &[
    FigureKind { name: "animate", formats: film_formats, is_folder: false, make: film },
    FigureKind { name: "chart", formats: page_formats, is_folder: false, make: |j, f| page_of(chart::drawn(j, f)) },
    FigureKind { name: "diff", formats: page_formats, is_folder: false, make: |j, f| page_of(diff::drawn(j, f)) },
    FigureKind { name: "frames", formats: frames::formats, is_folder: true, make: film },
    FigureKind { name: "grid", formats: page_formats, is_folder: false, make: |j, f| page_of(grid::drawn(j, f)) },
    FigureKind { name: "map", formats: page_formats, is_folder: false, make: |j, f| page_of(drawing::map(j, f)) },
    FigureKind {
        name: "policies",
        formats: page_formats,
        is_folder: false,
        make: |j, f| page_of(policies::drawn(j, f)),
    },
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

/// What a figure says of itself.
#[derive(Debug, Clone, Copy)]
pub struct Words<'p> {
    /// Language tag.
    pub lang: &'p str,
    /// What it shows, and when.
    pub caption: &'p str,
    /// The same and what matters most, for those who do not see it.
    pub alt: &'p str,
    /// All of it, in full sentences.
    pub description: &'p str,
    /// Sources, method and boundaries.
    pub credits: &'p str,
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
    // the inputs are hashed while the figure is drawn
    let make = kind(figure)?.make;
    let (made, facts) = rayon::join(|| make(joined, figure), || facts(joined, figure));
    let mut made = made?;
    if let Some(picture) = &mut made.value {
        picture.add_facts(facts);
    }
    Ok(made)
}

/// What a figure is made from, as far as that is known before it is drawn.
pub fn facts(joined: &Joined, figure: &Figure) -> Vec<(String, String)> {
    let project = match &joined.origin {
        Origin::BuiltIn => Some(BUILT_IN.to_owned()),
        Origin::Project(file) => Some(file.clone()),
        Origin::Flags => None,
    };
    let options = serde_json::to_string(figure).expect("options are texts and numbers");
    let all = [
        (receipt::PROJECT, project),
        (receipt::INPUTS, Some(joined.hashes().to_owned())),
        (receipt::FIGURE, Some(options)),
    ];
    all.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect()
}

/// What a file's ending asks for, or the options of files in a folder.
///
/// # Errors
/// Of usage where the kind of figure cannot become that.
pub fn format_of(figure: &Figure) -> Result<&'static str> {
    let kind = kind(figure)?;
    if kind.is_folder {
        if figure.file.is_empty() {
            return Err(Error::usage(format!(
                "a figure of kind `{}` needs a `file`: the name of its folder",
                figure.kind
            )));
        }
        return Ok(figure.frames.format.unwrap_or_default().name());
    }
    let formats = (kind.formats)();
    let ending = Path::new(&figure.file).extension().unwrap_or_default().to_string_lossy().to_lowercase();
    formats.iter().find(|format| format.extension == ending).map(|format| format.name).ok_or_else(|| {
        let endings: Vec<String> = formats.iter().map(|format| format!("`.{}`", format.extension)).collect();
        let (file, kind, known) = (&figure.file, &figure.kind, endings.join(", "));
        Error::usage(format!("the ending of `{file}` is none that a figure of kind `{kind}` has; known: {known}"))
    })
}

impl Picture<'_> {
    /// The facts of its making.
    pub fn metadata(&mut self) -> &mut Vec<(String, String)> {
        match self {
            Self::Page(drawn) => &mut drawn.scene.metadata,
            Self::Film(film) => film.metadata(),
        }
    }

    fn add_facts(&mut self, facts: Vec<(String, String)>) {
        match self {
            Self::Page(drawn) => drawn.scene.metadata.extend(facts),
            Self::Film(film) => film.add_facts(facts),
        }
    }

    /// What it says of itself.
    pub fn words(&self) -> Words<'_> {
        match self {
            Self::Page(drawn) => Words {
                lang: &drawn.scene.lang,
                caption: &drawn.scene.title,
                alt: &drawn.alt,
                description: &drawn.scene.description,
                credits: &drawn.credits,
            },
            Self::Film(film) => {
                let page = &film.page().page;
                Words {
                    lang: &page.lang,
                    caption: &page.title,
                    alt: &page.title,
                    description: &page.description,
                    credits: &film.drawn_page().credits,
                }
            }
        }
    }

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
            Self::Page(drawn) => drawing::tell_dropped(joined, drawn, session),
            Self::Film(film) => drawing::tell_dropped(joined, film.drawn_page(), session),
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

fn page_of<'j>(drawn: Result<Checked<Option<Drawn>>>) -> Result<Checked<Option<Picture<'j>>>> {
    let Checked { value, diagnostics } = drawn?;
    Ok(Checked { value: value.map(|drawn| Picture::Page(Box::new(drawn))), diagnostics })
}

/// Draws a figure of one page and writes it, with its caption where one is asked for: what the commands of such
/// figures have in common.
pub fn page(
    input: &Input,
    figure: &Figure,
    target: &Target,
    caption: Option<&Path>,
    session: &mut Session,
) -> std::result::Result<(), Halt> {
    let endings: Vec<&str> = (kind(figure)?.formats)().iter().map(|format| format.name).collect();
    let format = target.format(&endings, None)?;
    target.require_folder()?;
    caption.map(caption::check).transpose()?;
    // the process ends with the figure, and to free each part of it would take a millisecond of a map's few
    let joined = ManuallyDrop::new(input.joined_to(Depth::Later, session)?);
    session.require_sound()?;
    // boundaries are looked at while the figure is drawn
    let (drawn, overlaps) = rayon::join(
        || draw(&joined, figure),
        || lint::overlaps(&joined.dataset, &joined.project.inputs, Depth::Glance),
    );
    session.add(overlaps);
    let drawn = session.take(drawn?);
    session.require_sound()?;
    let drawn = ManuallyDrop::new(drawn.ok_or(Halt::Faults)?);
    drawn.tell(&joined, session);
    if let Some(path) = caption {
        caption::save(path, &drawn.words(), target.file())?;
    }
    Ok(target.put(&drawn.bytes(figure, format, &drawing::look(&joined, figure))?)?)
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
