//! Shapes lines of text with the fonts that ship.
