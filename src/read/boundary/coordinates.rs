//! Coordinates in JSON text: takes nested arrays of numbers, gives positions.
//!
//! The text is already known to be JSON, so that what is left to find is a value of another kind.

/// Longitude and latitude.
pub type Position = [f64; 2];

/// What is wrong with a geometry, and where in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// What is the matter.
    pub message: String,
    /// The offending value.
    pub value: Option<String>,
    /// Which ring, over all polygons.
    pub ring: Option<u32>,
    /// Which vertex of that ring.
    pub vertex: Option<u32>,
}

impl Fault {
    /// Makes a fault of the geometry as a whole.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), value: None, ring: None, vertex: None }
    }
}

/// Reads the coordinates of a `Polygon`, or the arcs of a topology: lists of positions.
pub fn rings(text: &str) -> Result<Vec<Vec<Position>>, Fault> {
    Scan::new(text).list(Scan::ring)
}

/// Reads the coordinates of a `MultiPolygon`.
pub fn polygons(text: &str) -> Result<Vec<Vec<Vec<Position>>>, Fault> {
    Scan::new(text).list(|s| s.list(Scan::ring))
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
    ring: u32,
    vertex: u32,
}

impl<'a> Scan<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, at: 0, ring: 0, vertex: 0 }
    }

    /// The next byte that is no blank; the text's end counts as one.
    fn peek(&mut self) -> u8 {
        while let Some(byte) = self.text.as_bytes().get(self.at) {
            if !byte.is_ascii_whitespace() {
                return *byte;
            }
            self.at += 1;
        }
        0
    }

    fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Result<T, Fault>) -> Result<Vec<T>, Fault> {
        self.open()?;
        let mut items = Vec::new();
        while self.more(items.is_empty()) {
            items.push(item(self)?);
        }
        Ok(items)
    }

    fn open(&mut self) -> Result<(), Fault> {
        if self.peek() != b'[' {
            let value = self.token().to_owned();
            return Err(self.fault(format!("{} stands where a list is wanted", short(&value)), value));
        }
        self.at += 1;
        Ok(())
    }

    /// Steps over a comma or the closing bracket; tells whether an item follows.
    fn more(&mut self, first: bool) -> bool {
        match self.peek() {
            b']' | 0 => {
                self.at += 1;
                false
            }
            b',' if !first => {
                self.at += 1;
                true
            }
            _ => true,
        }
    }

    fn ring(&mut self) -> Result<Vec<Position>, Fault> {
        self.vertex = 0;
        let ring = self.list(|s| {
            let position = s.position()?;
            s.vertex = s.vertex.saturating_add(1);
            Ok(position)
        })?;
        self.ring = self.ring.saturating_add(1);
        Ok(ring)
    }

    /// Reads a position; heights and measures are passed over.
    fn position(&mut self) -> Result<Position, Fault> {
        self.open()?;
        let mut position = [0.0; 2];
        let mut count = 0;
        while self.more(count == 0) {
            let token = self.token();
            if count < 2 {
                position[count] = match token.parse::<f64>() {
                    Ok(number) if number.is_finite() => number,
                    _ => return Err(self.fault(format!("a coordinate is {}, not a number", short(token)), token)),
                };
            } else if token.parse::<f64>().is_err() && token != "null" {
                return Err(self.fault(format!("a height is {}, not a number", short(token)), token));
            }
            count += 1;
        }
        if count < 2 {
            let message = format!("a position has {count} {}", if count == 1 { "number" } else { "numbers" });
            return Err(Fault { value: None, ..self.fault(message, "") });
        }
        Ok(position)
    }

    /// The scalar that stands here, or the bracket that opens what does.
    fn token(&mut self) -> &'a str {
        self.peek();
        let rest = &self.text[self.at..];
        let end = match rest.as_bytes().first() {
            Some(b'[' | b'{') => 1,
            Some(b'"') => closing_quote(rest),
            _ => rest.find(|c: char| c == ',' || c == ']' || c == '}' || c.is_ascii_whitespace()).unwrap_or(rest.len()),
        };
        self.at += end;
        &rest[..end]
    }

    fn fault(&self, message: String, value: impl Into<String>) -> Fault {
        Fault { message, value: Some(value.into()), ring: Some(self.ring), vertex: Some(self.vertex) }
    }
}

/// The byte after the quote that ends the string at the start of the text.
fn closing_quote(text: &str) -> usize {
    let mut escaped = false;
    for (i, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return i + 1,
            _ => {}
        }
    }
    text.len()
}

/// A value for a message, cut where it is long.
fn short(token: &str) -> String {
    match token {
        "[" => "a list".into(),
        "{" => "an object".into(),
        "" => "nothing".into(),
        _ => format!("`{}`", token.chars().take(40).collect::<String>()),
    }
}

#[cfg(test)]
mod tests {
    use super::{polygons, rings};

    #[test]
    fn reads_positions_and_passes_over_heights() {
        assert_eq!(rings(" [ [ [1,2.5 , 7], [-3e0,4,null] ] ]").unwrap(), [[[1.0, 2.5], [-3.0, 4.0]]]);
        assert_eq!(polygons("[[[[1,2]],[]],[]]").unwrap(), [vec![vec![[1.0, 2.0]], vec![]], vec![]]);
    }

    #[test]
    fn says_which_vertex_is_at_fault() {
        let fault = rings(r#"[[[1,2]],[[1,2],["3",4]]]"#).unwrap_err();
        assert_eq!((fault.ring, fault.vertex), (Some(1), Some(1)));
        assert_eq!(fault.message, "a coordinate is `\"3\"`, not a number");
        assert_eq!(rings("[[[1]]]").unwrap_err().message, "a position has 1 number");
        assert_eq!(rings("[[[]]]").unwrap_err().message, "a position has 0 numbers");
        assert_eq!(rings("[[[1e999,0]]]").unwrap_err().message, "a coordinate is `1e999`, not a number");
        assert_eq!(rings("[[1,2]]").unwrap_err().message, "`1` stands where a list is wanted");
        assert_eq!(rings("[[[[1,2]]]]").unwrap_err().message, "a coordinate is a list, not a number");
        assert_eq!(rings("{}").unwrap_err().message, "an object stands where a list is wanted");
        assert_eq!(rings("").unwrap_err().message, "nothing stands where a list is wanted");
    }
}
