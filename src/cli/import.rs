//! `import`: other people's data to events.

use super::output::Target;
use super::report::number;
use super::session::{Halt, Session};
use clap::builder::{PossibleValue, PossibleValuesParser};
use controlmap::error::Error;
use controlmap::import::{self, IMPORTERS, Imported, Importer};
use controlmap::read::Folder;
use controlmap::write;
use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};

/// Write other people's data as a table of events, and tell what was not understood
///
/// Nothing is guessed: a row becomes an event where its columns say for certain what happened where. Rows that say nothing
/// about who holds a place are counted by what they are about; rows that are not understood are warned of by reason, with
/// the rows. ACLED tells who gained a place only where one of the two sides is of state forces; UCDP GED tells fights
/// only; VIINA has four maps, each a source, and what one says again the next day is not written again. VIINA's places are
/// the features of its own gn_UA_tess.geojson or katotth_UA_tess.geojson, as boundaries with id `geonameid` or `kod`.
#[derive(clap::Args)]
pub struct Args {
    /// Dataset that the files are of
    #[arg(value_name = "FORMAT", value_parser = formats())]
    format_in: String,
    /// Files, in the order of time
    #[arg(value_name = "FILE", required = true)]
    files: Vec<String>,
    #[command(flatten)]
    target: Target,
    /// Table of places to write; events then name places by its ids, instead of coordinates
    #[arg(long, value_name = "FILE")]
    places: Option<PathBuf>,
    /// Table of actors to write, to give them names, sides and colours
    #[arg(long, value_name = "FILE")]
    actors: Option<PathBuf>,
    /// Table of sources to write
    #[arg(long, value_name = "FILE")]
    sources: Option<PathBuf>,
}

fn formats() -> PossibleValuesParser {
    PossibleValuesParser::new(IMPORTERS.iter().map(|i| PossibleValue::new(i.name).help(i.doc)))
}

/// Imports the files.
pub fn run(args: Args, session: &mut Session) -> Result<(), Halt> {
    let importer = import::importer(&args.format_in).expect("it is one of the known ones");
    args.target.format(&["csv"], Some("csv"))?;
    args.target.require_folder()?;
    for table in [&args.places, &args.actors, &args.sources].into_iter().flatten() {
        write::check_target(table)?;
    }
    if args.places.is_some() && !importer.has_points {
        let why = format!("`{}` has no coordinates, so there is no table of places to write", importer.name);
        return Err(Error::usage(why).into());
    }
    let mut read = |into: &mut dyn io::Write| {
        let done = import::import(importer, &args.files, &Folder::disk("."), args.places.is_some(), into)?;
        let done = session.take(done);
        session.require_sound().map(|()| done)
    };
    let done = match args.target.file() {
        Some(file) => {
            let mut pending = write::Pending::new(file)?;
            let done = read(&mut pending)?;
            pending.finish()?;
            done
        }
        None => {
            let mut bytes = Vec::new();
            let done = read(&mut bytes)?;
            args.target.put(&bytes)?;
            done
        }
    };
    let gathered = &done.gathered;
    put(args.places.as_deref(), || gathered.places())?;
    put(args.actors.as_deref(), || gathered.actors())?;
    put(args.sources.as_deref(), || importer.sources_table())?;
    session.tell(&summary(importer, &done));
    Ok(())
}

fn put(file: Option<&Path>, bytes: impl FnOnce() -> Vec<u8>) -> Result<(), Halt> {
    file.map_or(Ok(()), |file| Ok(write::save(file, &bytes())?))
}

/// What was done, a line each.
fn summary(importer: &Importer, done: &Imported) -> String {
    let count = |n: u64, noun: &str| number(usize::try_from(n).unwrap_or(usize::MAX), noun);
    let mut text = format!("{}: {} of {}\n", importer.name, count(done.events, "event"), count(done.rows, "row"));
    if done.repeats > 0 {
        let _ = writeln!(text, "  left out, saying what was said before: {}", count(done.repeats, "row"));
    }
    if !done.aside.is_empty() {
        let kinds: Vec<String> = done.aside.iter().map(|(about, n)| format!("{about} {n}")).collect();
        let _ = writeln!(text, "  left out, saying nothing about who holds a place: {}", kinds.join(", "));
    }
    if done.unclear > 0 {
        let _ = writeln!(text, "  not understood, at least in part: {}", count(done.unclear, "row"));
    }
    text
}
