//! `new`: writes a small project to start from.

use super::built_in::TEMPLATE;
use super::session::{Halt, Session};
use controlmap::error::Error;
use controlmap::write;
use std::fs;
use std::path::PathBuf;

/// Write a small project to start from: boundaries, tables, a commented project file
#[derive(clap::Args)]
pub struct Args {
    /// Folder to make; one that exists must be empty
    #[arg(value_name = "DIR")]
    dir: PathBuf,
}

/// Writes the project.
pub fn run(args: Args, session: &mut Session) -> Result<(), Halt> {
    let dir = args.dir;
    if dir.exists() && !dir.is_dir() {
        return Err(Error::usage(format!("`{}` is a file; name a new folder", dir.display())).into());
    }
    if fs::read_dir(&dir).is_ok_and(|mut entries| entries.next().is_some()) {
        let message = format!("`{}` is not empty; name a new folder, so that nothing is overwritten", dir.display());
        return Err(Error::usage(message).into());
    }
    fs::create_dir_all(&dir).map_err(|e| Error::new(format!("cannot make `{}`: {e}", dir.display())))?;
    for (name, bytes) in TEMPLATE {
        write::save(&dir.join(name), bytes)?;
    }
    let shown = dir.display();
    session.tell(&format!(
        "wrote {} files to {shown}\nnext: controlmap check {shown}\n      \
         controlmap map {shown} --date 2030-03-12 -o map.svg\n",
        TEMPLATE.len()
    ));
    Ok(())
}
