//! The world as plain data: regions, places, actors, sources and events. No I/O, no drawing.
//!
//! Rows are what a table says ([`EventRow`], [`PlaceRow`] …, in [`Tables`]); after joining, a
//! [`Dataset`] holds the same with every reference resolved to an index.

mod actor;
mod bearing;
mod control;
mod country;
mod dataset;
mod date;
mod entry;
mod event;
mod events;
mod intern;
mod level;
mod names;
mod place;
mod region;
mod row;
mod share;
mod source;
mod water;

pub use actor::{Actor, ActorIndex, ActorPeriod};
pub use bearing::{BEARING, Sector, read_bearings};
pub use control::{Control, Overlay, OverlayKind, Part};
pub use country::Country;
pub use dataset::Dataset;
pub use date::{Day, EventDate, MONTHS, Moment, Offset, Qualifier};
pub use entry::{Entry, EventRows, Rest, Saying, Spot};
pub use event::{Confidence, Event, EventIndex, EventText, Kind, Stance, Status};
pub use events::{Beside, EventId, Events, Said, Site, mixed, row_hash};
pub use intern::{Interner, Symbol};
pub use level::Level;
pub use names::Names;
pub use place::{Place, PlaceIndex};
pub use region::{Edition, Region, RegionIndex, RegionSet};
pub use row::{ActorRow, EventRow, NameRow, Origin, PlaceRow, RecordStart, SourceRow, Table, TableLayout, Tables};
pub use share::Share;
pub use source::{Source, SourceIndex};
pub use water::{Sea, Surroundings, Water, WaterKind};
