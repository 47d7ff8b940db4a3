//! Well-formed XML: escaping, elements, and ids that are unique on the page.

use std::collections::{BTreeMap, BTreeSet};

/// Name and value.
pub type Attribute = (&'static str, String);

/// Appends text as element content.
pub fn push_text(out: &mut String, text: &str) {
    push_escaped(out, text, false);
}

/// Appends ` name="value"`.
pub fn push_attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    push_escaped(out, value, true);
    out.push('"');
}

fn push_escaped(out: &mut String, text: &str, attribute: bool) {
    // path data and most words stand as they are; U+FFFE begins with 0xEF; piece by piece without a way out, so that
    // many bytes are looked at in one go
    let special = |piece: &[u8]| {
        let is = |b: u8| (b < b' ') | (b == b'&') | (b == b'<') | (b == b'>') | (b == b'"') | (b == 0xef);
        piece.iter().fold(false, |found, b| found | is(*b))
    };
    if !text.as_bytes().chunks(256).any(special) {
        out.push_str(text);
        return;
    }
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if attribute => out.push_str("&quot;"),
            // a reader would turn them into blanks
            '\n' if attribute => out.push_str("&#10;"),
            '\t' if attribute => out.push_str("&#9;"),
            '\r' => out.push_str("&#13;"),
            '\n' | '\t' => out.push(c),
            // XML has no way to write these
            c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}

/// Appends `<name>text</name>`, or nothing where there is no text.
pub fn push_leaf(out: &mut String, name: &str, text: &str) {
    if !text.is_empty() {
        out.push_str(&format!("<{name}>"));
        push_text(out, text);
        out.push_str(&format!("</{name}>"));
    }
}

/// An element whose style may stand on a parent instead.
#[derive(Debug)]
pub struct Element {
    /// Its name.
    pub tag: &'static str,
    /// Attributes that only it has.
    pub own: Vec<Attribute>,
    /// Attributes that its neighbours may share, all inherited.
    pub style: Vec<Attribute>,
    /// Content, as XML.
    pub inner: String,
}

impl Element {
    fn push(&self, out: &mut String, hoisted: &[Attribute]) {
        out.push('<');
        out.push_str(self.tag);
        for (name, value) in self.own.iter().chain(self.style.iter().filter(|a| !hoisted.contains(a))) {
            push_attribute(out, name, value);
        }
        if self.inner.is_empty() {
            out.push_str("/>\n");
        } else {
            out.push('>');
            out.push_str(&self.inner);
            out.push_str("</");
            out.push_str(self.tag);
            out.push_str(">\n");
        }
    }
}

/// Writes neighbours in order, and what they have in common once.
#[derive(Debug, Default)]
pub struct Siblings {
    out: String,
    waiting: Vec<Element>,
    /// Long runs of one style stand in groups of their own.
    by_run: bool,
}

/// So many of one style, one after another, are a run.
const RUN: usize = 4;

impl Siblings {
    /// Adds an element.
    pub fn push(&mut self, element: Element) {
        // only alike elements wait together: others have little in common
        if self.waiting.last().is_some_and(|last| last.tag != element.tag) {
            self.flush();
        }
        self.waiting.push(element);
    }

    /// Adds XML that stands for itself.
    pub fn push_xml(&mut self, xml: &str) {
        self.flush();
        self.out.push_str(xml);
    }

    /// Gives the element where there is but one, else all of it as XML.
    pub fn only(mut self) -> Result<Element, String> {
        match self.waiting.pop() {
            Some(one) if self.waiting.is_empty() && self.out.is_empty() => Ok(one),
            last => {
                self.waiting.extend(last);
                Err(self.finish())
            }
        }
    }

    /// Gives all of it.
    pub fn finish(mut self) -> String {
        self.flush();
        self.out
    }

    /// From here on long runs of one style stand in groups of their own, or no longer do.
    pub fn group_runs(&mut self, by_run: bool) {
        self.flush();
        self.by_run = by_run;
    }

    fn flush(&mut self) {
        let all = std::mem::take(&mut self.waiting);
        let mut rest = all.as_slice();
        while self.by_run && !rest.is_empty() {
            let runs = rest.chunk_by(|a, b| a.style == b.style);
            // what stands before the next run, and then that
            let before: usize = runs.clone().take_while(|run| run.len() < RUN).map(<[Element]>::len).sum();
            let run = runs.map(<[Element]>::len).find(|length| *length >= RUN).unwrap_or(0);
            self.write(&rest[..before]);
            self.write(&rest[before..before + run]);
            rest = &rest[before + run..];
        }
        self.write(rest);
    }

    /// Writes elements, and what they have in common once.
    fn write(&mut self, elements: &[Element]) {
        let common: Vec<Attribute> = match elements {
            [first, rest @ ..] if !rest.is_empty() => {
                let shared = |a: &&Attribute| rest.iter().all(|e| e.style.contains(a));
                first.style.iter().filter(shared).cloned().collect()
            }
            _ => Vec::new(),
        };
        if !common.is_empty() {
            self.out.push_str("<g");
            for (name, value) in &common {
                push_attribute(&mut self.out, name, value);
            }
            self.out.push_str(">\n");
        }
        for element in elements {
            element.push(&mut self.out, &common);
        }
        if !common.is_empty() {
            self.out.push_str("</g>\n");
        }
    }
}

/// Ids of the page.
#[derive(Debug, Default)]
pub struct Ids {
    /// Those of the scene, which no id of our own may be.
    reserved: BTreeSet<String>,
    used: BTreeSet<String>,
    /// What became of the scene's.
    names: BTreeMap<String, String>,
}

impl Ids {
    /// Takes note of an id that the scene will ask for.
    pub fn reserve(&mut self, id: &str) {
        self.reserved.insert(clean(id));
    }

    /// Gives an id of the scene as it is written; `None` if it is empty.
    pub fn take(&mut self, id: &str) -> Option<String> {
        if id.is_empty() {
            return None;
        }
        let wanted = clean(id);
        let mut name = wanted.clone();
        let mut n = 2;
        while !self.used.insert(name.clone()) {
            name = format!("{wanted}-{n}");
            n += 1;
        }
        self.names.entry(id.to_owned()).or_insert_with(|| name.clone());
        Some(name)
    }

    /// Makes an id of our own.
    pub fn fresh(&mut self, kind: &str) -> String {
        let mut n = 1;
        loop {
            let name = format!("{kind}{n}");
            if !self.reserved.contains(&name) && self.used.insert(name.clone()) {
                return name;
            }
            n += 1;
        }
    }

    /// Gives how an id of the scene was written.
    pub fn written(&self, id: &str) -> Option<&str> {
        self.names.get(id).map(String::as_str)
    }
}

/// Replaces what would need escaping in a reference.
fn clean(id: &str) -> String {
    id.chars().map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':') { c } else { '_' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_replaced_and_the_rest_escaped() {
        let mut out = String::new();
        push_text(&mut out, "a<b>&\"c\u{0}\u{1f}\u{ffff}\n");
        assert_eq!(out, "a&lt;b&gt;&amp;\"c\u{fffd}\u{fffd}\u{fffd}\n");
        out.clear();
        push_attribute(&mut out, "x", "a\"\n\t\r'");
        assert_eq!(out, " x=\"a&quot;&#10;&#9;&#13;'\"");
    }

    #[test]
    fn neighbours_write_what_they_share_once() {
        let element = |x: &str, fill: &str| Element {
            tag: "path",
            own: vec![("d", x.to_owned())],
            style: vec![("fill", fill.to_owned()), ("stroke", "red".to_owned())],
            inner: String::new(),
        };
        let mut siblings = Siblings::default();
        siblings.push(element("a", "#000"));
        siblings.push(element("b", "#fff"));
        siblings.push_xml("<use/>\n");
        siblings.push(element("c", "#fff"));
        assert_eq!(
            siblings.finish(),
            "<g stroke=\"red\">\n<path d=\"a\" fill=\"#000\"/>\n<path d=\"b\" fill=\"#fff\"/>\n</g>\n<use/>\n\
             <path d=\"c\" fill=\"#fff\" stroke=\"red\"/>\n"
        );
    }

    #[test]
    fn ids_are_unique_whatever_the_scene_says() {
        let mut ids = Ids::default();
        for id in ["p1", "a b", "a_b"] {
            ids.reserve(id);
        }
        assert_eq!(ids.fresh("p"), "p2");
        assert_eq!(ids.take("a b").as_deref(), Some("a_b"));
        assert_eq!(ids.take("a_b").as_deref(), Some("a_b-2"));
        assert_eq!(ids.take(""), None);
        assert_eq!(ids.written("a_b"), Some("a_b-2"));
    }
}
