//! Interned texts: a million rows name a few thousand places.

use foldhash::fast::FixedState;
use std::collections::HashMap;

/// A text of an [`Interner`]; the empty text is [`Symbol::EMPTY`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Symbol(pub u32);

impl Symbol {
    /// The empty text, in every interner.
    pub const EMPTY: Self = Self(0);

    /// Tells whether this is the empty text.
    pub fn is_empty(self) -> bool {
        self == Self::EMPTY
    }
}

/// Keeps each distinct text once.
#[derive(Debug, Clone)]
pub struct Interner {
    texts: Vec<Box<str>>,
    index: HashMap<Box<str>, Symbol, FixedState>,
}

impl Default for Interner {
    fn default() -> Self {
        let mut new = Self { texts: Vec::new(), index: HashMap::with_hasher(FixedState::default()) };
        new.add("");
        new
    }
}

impl Interner {
    /// Finds the text's symbol, adding it where it is new.
    pub fn add(&mut self, text: &str) -> Symbol {
        if let Some(found) = self.index.get(text) {
            return *found;
        }
        let symbol = Symbol(u32::try_from(self.texts.len()).expect("fewer than 2^32 distinct texts"));
        self.texts.push(text.into());
        self.index.insert(text.into(), symbol);
        symbol
    }

    /// The text of a symbol.
    pub fn text(&self, symbol: Symbol) -> &str {
        &self.texts[symbol.0 as usize]
    }

    /// How many distinct texts there are, the empty one included.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Tells whether nothing was added but the empty text.
    pub fn is_empty(&self) -> bool {
        self.texts.len() == 1
    }
}
