//! A project's data with every reference resolved.

use super::{
    Actor, ActorIndex, Event, EventIndex, Events, Interner, Level, Offset, Place, PlaceIndex, RegionSet, Source,
    SourceIndex, Table,
};
use crate::diag::Diagnostic;

/// Regions, places, actors, sources and events, all joined.
///
/// Its order never comes from the order of rows: places are the regions in their order, then the rows
/// of the places table by id, then bare points; actors and sources are sorted by id; events by place,
/// date and id.
#[derive(Debug, Clone, Default)]
pub struct Dataset {
    /// Boundaries.
    pub regions: RegionSet,
    /// Everything that can be held; place `i` is region `i` while there are regions.
    pub places: Vec<Place>,
    /// Further spellings of places, from the names table; sorted.
    pub spellings: Vec<(String, PlaceIndex)>,
    /// Who may hold ground.
    pub actors: Vec<Actor>,
    /// Who says so.
    pub sources: Vec<Source>,
    /// What was said.
    pub events: Events,
    /// The texts of symbols.
    pub texts: Interner,
    /// The tables that were read, to point into.
    pub tables: Vec<Table>,
    /// The project's time zone.
    pub offset: Offset,
}

impl Dataset {
    /// The admin levels that there are regions of, from the outermost in.
    pub fn levels(&self) -> Vec<Level> {
        let mut levels: Vec<Level> = self.regions.regions.iter().map(|r| r.level).collect();
        // regions are sorted by level
        levels.dedup();
        levels
    }

    /// The outermost level of regions that events speak of, else that there is.
    pub fn outermost_level(&self) -> Option<Level> {
        let spoken = self.spoken_of().map(|place| self.place(place));
        let spoken = spoken.filter(|place| place.region.is_some()).map(|place| place.level).min();
        spoken.or_else(|| self.levels().first().copied())
    }

    /// Refuses a level that there is no region of, where there are any.
    ///
    /// # Errors
    /// `bad-level`, with the levels that there are.
    pub fn require_level(&self, level: Level) -> Result<(), Diagnostic> {
        let levels = self.levels();
        if levels.is_empty() || levels.contains(&level) {
            return Ok(());
        }
        let known: Vec<String> = levels.iter().map(|level| format!("`{level}`")).collect();
        let wrong = Diagnostic::new("bad-level", format!("there is no region of level `{level}`"));
        Err(wrong.value(level.word()).hint(format!("the boundaries have {}", known.join(", "))))
    }

    /// The place at an index.
    pub fn place(&self, index: PlaceIndex) -> &Place {
        &self.places[index.0 as usize]
    }

    /// The actor at an index.
    pub fn actor(&self, index: ActorIndex) -> &Actor {
        &self.actors[index.0 as usize]
    }

    /// The source at an index.
    pub fn source(&self, index: SourceIndex) -> &Source {
        &self.sources[index.0 as usize]
    }

    /// The places that events speak of, in order.
    pub fn spoken_of(&self) -> impl Iterator<Item = PlaceIndex> {
        let all = (0..self.places.len()).map(|i| PlaceIndex(i as u32));
        all.filter(|place| !self.events.of(*place).is_empty())
    }

    /// The event at an index.
    pub fn event(&self, index: EventIndex) -> Event<'_> {
        self.events.get(index.0 as usize)
    }
}
