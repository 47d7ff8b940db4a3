//! The fast way through a large GeoJSON file: takes text, gives features with their coordinates, in one pass and
//! in parallel. Gives nothing where anything is unusual, so that the careful reader takes over and reports.

use super::coordinates::Position;
use super::ring::Raw;
use rayon::prelude::*;
use serde::de::IgnoredAny;

/// A member of an object: its key, and its value as it stands in the text.
pub type Member<'t> = (&'t str, &'t str);

/// A feature as it stands in the text.
#[derive(Debug, Default)]
pub struct Scanned<'t> {
    /// Its `id`.
    pub id: Option<&'t str>,
    /// Its `properties`.
    pub properties: Option<&'t str>,
    /// Its members besides those and the geometry.
    pub others: Vec<Member<'t>>,
    /// Its geometry.
    pub shape: Shape<'t>,
}

/// A geometry as it stands in the text.
#[derive(Debug, Default)]
pub enum Shape<'t> {
    /// None.
    #[default]
    Missing,
    /// A polygon or several, read.
    Areas {
        /// Their rings.
        polygons: Raw,
        /// It is written as a `MultiPolygon`.
        is_multi: bool,
    },
    /// Anything else, unread.
    Other(&'t str),
}

/// A feature collection as it stands in the text.
#[derive(Debug, Default)]
pub struct Collection<'t> {
    /// Its features.
    pub features: Vec<Scanned<'t>>,
    /// Its other members but `type`.
    pub others: Vec<Member<'t>>,
}

/// Pieces of a text for each thread, so that none waits long for another.
const PIECES: usize = 8;
/// Powers of ten that a double holds exactly.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
];

/// Reads a feature collection; `None` where it is anything else, or has anything unusual.
pub fn scan(text: &str) -> Option<Collection<'_>> {
    let mut scan = Scan { text, at: 0, ring: Vec::new() };
    let mut found = Collection::default();
    let (mut is_collection, mut has_features) = (false, false);
    scan.object(|scan, key| {
        match key {
            "type" => is_collection = scan.value()? == "\"FeatureCollection\"",
            "features" if has_features => return None,
            "features" => {
                has_features = true;
                found.features = scan.features()?;
            }
            key => found.others.push((key, scan.sound()?)),
        }
        Some(())
    })?;
    scan.blank();
    (is_collection && has_features && scan.at == text.len()).then_some(found)
}

/// A place in the text.
struct Scan<'t> {
    text: &'t str,
    at: usize,
    /// The ring under hand.
    ring: Vec<Position>,
}

impl<'t> Scan<'t> {
    fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    fn blank(&mut self) {
        while matches!(self.byte(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
    }

    /// Steps over a byte that must come next, blanks before it aside.
    fn expect(&mut self, byte: u8) -> Option<()> {
        self.blank();
        (self.byte() == byte).then(|| self.at += 1)
    }

    /// Steps over a comma (true) or the closing byte (false).
    fn more(&mut self, close: u8) -> Option<bool> {
        self.blank();
        let byte = self.byte();
        self.at += 1;
        match byte {
            b',' => Some(true),
            b if b == close => Some(false),
            _ => None,
        }
    }

    /// A string without escapes, quotes included.
    fn plain(&mut self) -> Option<&'t str> {
        self.blank();
        let start = self.at;
        let text = self.text;
        self.string()?;
        let found = &text[start..self.at];
        (!found.contains('\\')).then_some(found)
    }

    fn string(&mut self) -> Option<()> {
        self.expect(b'"')?;
        let bytes = self.text.as_bytes();
        loop {
            match *bytes.get(self.at)? {
                b'"' => {
                    self.at += 1;
                    return Some(());
                }
                b'\\' => self.at += 2,
                0..0x20 => return None,
                _ => self.at += 1,
            }
        }
    }

    /// The members of an object, no key twice.
    fn object(&mut self, mut member: impl FnMut(&mut Self, &'t str) -> Option<()>) -> Option<()> {
        self.expect(b'{')?;
        self.blank();
        if self.byte() == b'}' {
            self.at += 1;
            return Some(());
        }
        let mut keys: Vec<&str> = Vec::new();
        loop {
            let key = self.plain()?.trim_matches('"');
            if keys.contains(&key) {
                return None;
            }
            keys.push(key);
            self.expect(b':')?;
            self.blank();
            member(self, key)?;
            if !self.more(b'}')? {
                return Some(());
            }
        }
    }

    /// A value, whatever it is: brackets matched, nothing else looked at.
    fn value(&mut self) -> Option<&'t str> {
        self.blank();
        let start = self.at;
        let mut depth = 0usize;
        loop {
            match self.byte() {
                b'"' => self.string()?,
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                    continue;
                }
                b'}' | b']' if depth > 0 => {
                    depth -= 1;
                    self.at += 1;
                }
                b',' | b':' | b' ' | b'\n' | b'\r' | b'\t' if depth > 0 => {
                    self.at += 1;
                    continue;
                }
                b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'-' | b'+' | b'.' => {
                    while matches!(self.byte(), b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'-' | b'+' | b'.') {
                        self.at += 1;
                    }
                }
                _ => return None,
            }
            if depth == 0 {
                return Some(&self.text[start..self.at]);
            }
        }
    }

    /// A value that is sound JSON.
    fn sound(&mut self) -> Option<&'t str> {
        let value = self.value()?;
        serde_json::from_str::<IgnoredAny>(value).ok().map(|_| value)
    }

    /// The list of features: cut where features seem to begin, the pieces read at the same time, and believed
    /// only where each ends where the next began.
    fn features(&mut self) -> Option<Vec<Scanned<'t>>> {
        self.expect(b'[')?;
        self.blank();
        if self.byte() == b']' {
            self.at += 1;
            return Some(Vec::new());
        }
        let (from, text) = (self.at, self.text);
        let pieces = PIECES * rayon::current_num_threads();
        let step = (text.len() - from) / pieces;
        let mut starts: Vec<usize> = (1..pieces).filter_map(|i| likely(text, from + i * step)).collect();
        starts.insert(0, from);
        starts.dedup();
        let pieces: Vec<(usize, usize)> =
            starts.iter().enumerate().map(|(i, s)| (*s, starts.get(i + 1).copied().unwrap_or(usize::MAX))).collect();
        let read = |(start, stop): &(usize, usize)| {
            let mut scan = Scan { text, at: *start, ring: Vec::new() };
            let features = scan.piece(*stop)?;
            Some((features, scan.at))
        };
        let read: Option<Vec<(Vec<Scanned<'t>>, usize)>> = pieces.par_iter().map(read).collect();
        let read = read?;
        self.at = read.last()?.1;
        Some(read.into_iter().flat_map(|(features, _)| features).collect())
    }

    /// Features up to the end of the list, or to where the next piece begins.
    fn piece(&mut self, stop: usize) -> Option<Vec<Scanned<'t>>> {
        let mut features = Vec::new();
        loop {
            features.push(self.feature()?);
            if !self.more(b']')? {
                return (stop == usize::MAX).then_some(features);
            }
            self.blank();
            if self.at >= stop {
                return (self.at == stop).then_some(features);
            }
        }
    }

    fn feature(&mut self) -> Option<Scanned<'t>> {
        let mut found = Scanned::default();
        let mut is_feature = false;
        self.object(|scan, key| {
            match key {
                "type" => is_feature = scan.value()? == "\"Feature\"",
                "id" => found.id = Some(scan.sound()?),
                "properties" => found.properties = Some(scan.sound()?),
                "geometry" => found.shape = scan.geometry()?,
                key => found.others.push((key, scan.sound()?)),
            }
            Some(())
        })?;
        is_feature.then_some(found)
    }

    fn geometry(&mut self) -> Option<Shape<'t>> {
        if self.byte() != b'{' {
            return (self.sound()? == "null").then_some(Shape::Missing);
        }
        let start = self.at;
        let mut kind = None;
        let mut read: Option<(Raw, usize)> = None;
        let areas = self.object(|scan, key| {
            match key {
                "type" => kind = Some(scan.value()?),
                "coordinates" => read = Some(scan.coordinates()?),
                _ => {
                    scan.sound()?;
                }
            }
            Some(())
        });
        match (areas, kind, read) {
            (Some(()), Some("\"Polygon\""), Some((polygons, 3))) => Some(Shape::Areas { polygons, is_multi: false }),
            (Some(()), Some("\"MultiPolygon\""), Some((polygons, 4))) => {
                Some(Shape::Areas { polygons, is_multi: true })
            }
            (_, Some("\"Polygon\"" | "\"MultiPolygon\""), _) => None,
            _ => {
                self.at = start;
                self.sound().map(Shape::Other)
            }
        }
    }

    /// Coordinates of a polygon (three deep) or several (four); the depth comes with them.
    fn coordinates(&mut self) -> Option<(Raw, usize)> {
        self.expect(b'[')?;
        self.expect(b'[')?;
        self.blank();
        let start = self.at;
        self.expect(b'[')?;
        self.blank();
        if self.byte() != b'[' {
            // that was a position's bracket
            self.at = start;
            return Some((vec![self.rings()?], 3));
        }
        let mut polygons = Raw::new();
        loop {
            polygons.push(self.rings()?);
            if !self.more(b']')? {
                return Some((polygons, 4));
            }
            self.expect(b'[')?;
            self.expect(b'[')?;
        }
    }

    /// The rest of a polygon's rings, of which the first bracket of the first is passed.
    fn rings(&mut self) -> Option<Vec<Vec<Position>>> {
        let mut rings = Vec::new();
        loop {
            rings.push(self.ring()?);
            if !self.more(b']')? {
                return Some(rings);
            }
            self.expect(b'[')?;
        }
    }

    /// The rest of a ring whose first bracket is passed.
    fn ring(&mut self) -> Option<Vec<Position>> {
        self.ring.clear();
        loop {
            let position = self.position()?;
            self.ring.push(position);
            if !self.more(b']')? {
                return Some(self.ring.clone());
            }
        }
    }

    fn position(&mut self) -> Option<Position> {
        self.expect(b'[')?;
        let x = self.number()?;
        self.expect(b',')?;
        let y = self.number()?;
        while self.more(b']')? {
            self.number()?;
        }
        Some([x, y])
    }

    /// A number as JSON writes it, to the nearest double.
    fn number(&mut self) -> Option<f64> {
        self.blank();
        let start = self.at;
        let negative = self.byte() == b'-';
        self.at += usize::from(negative);
        let first = self.at;
        let mut digits = 0u64;
        let more = |scan: &mut Self, digits: &mut u64| {
            let from = scan.at;
            while let byte @ b'0'..=b'9' = scan.byte() {
                *digits = digits.wrapping_mul(10).wrapping_add(u64::from(byte - b'0'));
                scan.at += 1;
            }
            scan.at - from
        };
        let whole = more(self, &mut digits);
        if whole == 0 || (whole > 1 && self.text.as_bytes()[first] == b'0') {
            return None;
        }
        let mut places = 0;
        if self.byte() == b'.' {
            self.at += 1;
            places = more(self, &mut digits);
            if places == 0 {
                return None;
            }
        }
        // both exact, so that one division rounds once
        if whole + places <= 19 && digits < 1 << 53 && !matches!(self.byte(), b'e' | b'E') {
            let number = digits as f64 / POWERS[places];
            return Some(if negative { -number } else { number });
        }
        while matches!(self.byte(), b'0'..=b'9' | b'e' | b'E' | b'+' | b'-' | b'.') {
            self.at += 1;
        }
        let text = &self.text[start..self.at];
        serde_json::from_str::<f64>(text).ok().and_then(|_| text.parse().ok()).filter(|n: &f64| n.is_finite())
    }
}

/// Where a feature seems to begin, at or after a place.
fn likely(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let name = b"\"Feature\"";
    let found = from + bytes.get(from..)?.windows(name.len()).position(|w| w == name)?;
    let before = &bytes[from..found];
    before.iter().rposition(|b| *b == b'{').map(|i| from + i)
}

#[cfg(test)]
mod tests;
