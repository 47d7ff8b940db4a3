//! The project: which files, which period, which policy, which figures, and every option once.
//!
//! A field of an option struct is the flag, the key in `controlmap.toml`, its documentation and (in
//! the method of the same name) its default. Plain data; reading it is [`crate::read`]'s.

mod figure;
mod input;
mod map;
mod policy;
mod title;
mod value;

pub use figure::{
    ChartOptions, DateOptions, DatesOptions, Figure, FilmOptions, FrameOptions, KINDS, Kind, KnownOptions,
    MotionOptions, SpanOptions, StepOptions, WithOptions,
};
pub use input::{Accepted, BoundaryInput, Inputs, Period, Project};
pub use map::{Digits, FarParts, FontUse, MapOptions, PageStyle, PlaceChoice, Shown, Theme};
pub use policy::{PolicyOptions, Uncertain};
pub use title::Title;
pub use value::{ChartKind, Days, Every, FrameFormat, Since, Size, TransitionKind, When};

/// Declares a struct of options: each field optional, so that flags can override the file.
macro_rules! options {
    ($(#[$doc:meta])* pub struct $name:ident { $($(#[$field_doc:meta])* pub $field:ident: $type:ty, key $key:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Default, clap::Args, serde::Deserialize, serde::Serialize)]
        #[serde(default, rename_all = "kebab-case")]
        pub struct $name {
            $($(#[$field_doc])* #[serde(skip_serializing_if = "Option::is_none")] pub $field: Option<$type>,)+
        }

        impl $name {
            /// The keys in the project file, as declared.
            pub const KEYS: &'static [&'static str] = &[$($key),+];

            /// Reads key by key, so that one wrong value does not hide another: `alone` reads a key by itself.
            pub fn gather(alone: impl FnMut(&&str) -> Option<Self>) -> Self {
                Self::KEYS.iter().filter_map(alone).fold(Self::default(), |all, one| one.or(&all))
            }

            /// These options, and those of `base` where these say nothing.
            #[must_use]
            pub fn or(self, base: &Self) -> Self {
                Self { $($field: self.$field.or_else(|| base.$field.clone()),)+ }
            }
        }
    };
}
use options;
