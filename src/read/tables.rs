//! All tables of a project: takes their names, gives everything that they say.

use super::actors::ACTORS;
use super::boundary;
use super::events::EVENTS;
use super::folder::Folder;
use super::names::NAMES;
use super::places::PLACES;
use super::sources::SOURCES;
use super::table::read;
use crate::diag::Checked;
use crate::model::{Offset, Tables};
use crate::project::Inputs;

/// Reads every table of a project, and reports all that is wrong in any of them.
///
/// # Errors
/// None of its own: what cannot be read is a diagnostic, and the rest is read all the same.
pub fn tables(inputs: &Inputs, folder: &Folder, offset: Offset) -> Checked<Tables> {
    let mut all = Checked::clean(Tables::default());
    let sets = inputs.boundaries.iter().map(|input| boundary::read(input, folder).take(&mut all.diagnostics)).collect();
    all.value.regions = boundary::combine(sets).take(&mut all.diagnostics);
    for file in &inputs.events {
        all.diagnostics.extend(read(&EVENTS, file, folder, offset, &mut all.value));
    }
    let others =
        [(&ACTORS, &inputs.actors), (&SOURCES, &inputs.sources), (&PLACES, &inputs.places), (&NAMES, &inputs.names)];
    for (kind, file) in others {
        if let Some(file) = file {
            let found = read(kind, file, folder, offset, &mut all.value);
            // A table without rows knows nobody, which differs from no table and from one that could not be read.
            if found.is_empty() && kind.name == ACTORS.name {
                all.value.actors.get_or_insert_default();
            }
            if found.is_empty() && kind.name == SOURCES.name {
                all.value.sources.get_or_insert_default();
            }
            all.diagnostics.extend(found);
        }
    }
    all
}
