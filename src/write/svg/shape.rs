//! Outlines as SVG: takes a path and its paint, gives one element for each layer.

use super::outline::{Data, number, round};
use super::xml::{Attribute, Element, Siblings, push_attribute, push_leaf};
use super::{Page, paint};
use crate::scene::{Layer, Path, Segment};

/// An element that has an inside.
#[derive(Debug)]
pub struct Shape {
    /// `path` or `rect`.
    pub tag: &'static str,
    /// As written.
    pub id: Option<String>,
    /// Where it is.
    pub geometry: Vec<Attribute>,
    /// What counts as inside, where it is not inherited.
    pub rule: Option<&'static str>,
    /// Reaches a little beyond its outline.
    pub swollen: bool,
    /// Content, as XML.
    pub inner: String,
}

/// Writes a shape with the layers of its fill, from bottom to top, and a line on top of them.
pub fn push_shape(page: &mut Page, siblings: &mut Siblings, shape: Shape, layers: &[Layer], over: Vec<Attribute>) {
    let Shape { tag, id, geometry, rule, swollen, inner } = shape;
    let mut style = match layers.first() {
        Some(layer) => paint::fill(page, layer, swollen),
        None => vec![("fill", "none".to_owned())],
    };
    style.extend(rule.map(|rule| ("fill-rule", rule.to_owned())));
    if layers.len() <= 1 {
        style.extend(over);
        let own = id.map(|id| ("id", id)).into_iter().chain(geometry).collect();
        siblings.push(Element { tag, own, style, inner });
        return;
    }
    // the shape has no paint of its own, so that each further layer is a reference to it
    let id = id.unwrap_or_else(|| page.ids.fresh("shape"));
    let mut xml = String::from("<g");
    for (name, value) in &style {
        push_attribute(&mut xml, name, value);
    }
    xml.push_str(">\n");
    siblings.push_xml(&xml);
    let mut one = Siblings::default();
    let own = [("id", id.clone())].into_iter().chain(geometry).collect();
    one.push(Element { tag, own, style: Vec::new(), inner });
    siblings.push_xml(&one.finish());
    siblings.push_xml("</g>\n");
    let again = |style: Vec<Attribute>| Element {
        tag: "use",
        own: vec![("href", format!("#{id}"))],
        style,
        inner: String::new(),
    };
    for layer in &layers[1..] {
        let mut style = paint::fill(page, layer, swollen);
        style.extend(rule.map(|rule| ("fill-rule", rule.to_owned())));
        siblings.push(again(style));
    }
    if !over.is_empty() {
        let none = ("fill", "none".to_owned());
        siblings.push(again([none].into_iter().chain(over).collect()));
    }
}

/// Writes a path of the scene.
pub fn push_path(page: &mut Page, siblings: &mut Siblings, path: &Path) {
    let mut inner = String::new();
    push_leaf(&mut inner, "title", &path.title);
    let id = page.ids.take(&path.id);
    let layers = path.fill.as_ref().map_or(&[][..], |paint| &paint.layers);
    let stroke = path.stroke.as_ref().map(paint::stroke).unwrap_or_default();
    let shape = match rectangle(&path.segments) {
        Some(geometry) => Shape { tag: "rect", id, geometry, rule: None, swollen: false, inner },
        None => {
            let geometry = vec![("d", data(&path.segments))];
            let even_odd = !layers.is_empty() && may_overlap(&path.segments);
            Shape { tag: "path", id, geometry, rule: even_odd.then_some("evenodd"), swollen: false, inner }
        }
    };
    push_shape(page, siblings, shape, layers, stroke);
}

/// Defines an outline for later copies.
pub fn define(page: &mut Page, segments: &[Segment]) -> String {
    let id = page.ids.fresh("shape");
    page.defs.push_str("<path");
    push_attribute(&mut page.defs, "id", &id);
    push_attribute(&mut page.defs, "d", &data(segments));
    if may_overlap(segments) {
        push_attribute(&mut page.defs, "fill-rule", "evenodd");
    }
    page.defs.push_str("/>\n");
    id
}

/// Writes a path whose outline is defined elsewhere, `by` off; its fill is flat.
pub fn push_copy(page: &mut Page, siblings: &mut Siblings, path: &Path, id: &str, by: [f64; 2]) {
    let mut own = vec![("href", format!("#{id}"))];
    let far = [("x", by[0]), ("y", by[1])].map(|(name, v)| (name, number(v)));
    own.extend(far.into_iter().filter(|(_, v)| v != "0"));
    let mut style = match path.fill.as_ref().and_then(|paint| paint.layers.first()) {
        Some(layer) => paint::fill(page, layer, false),
        None => vec![("fill", "none".to_owned())],
    };
    style.extend(path.stroke.as_ref().map(paint::stroke).unwrap_or_default());
    siblings.push(Element { tag: "use", own, style, inner: String::new() });
}

/// Gives path data.
fn data(segments: &[Segment]) -> String {
    let mut data = Data::default();
    for segment in segments {
        match *segment {
            Segment::Move(p) => data.start(round(p)),
            Segment::Line(p) => data.line(round(p)),
            Segment::Cubic(a, b, p) => data.cubic(round(a), round(b), round(p)),
            Segment::Close => data.close(),
        }
    }
    data.finish()
}

/// Tells whether even-odd and non-zero might differ: not for one ring of arches or a triangle.
fn may_overlap(segments: &[Segment]) -> bool {
    let count = |f: fn(&Segment) -> bool| segments.iter().filter(|s| f(s)).count();
    let lines = count(|s| matches!(s, Segment::Line(_)));
    let curves = count(|s| matches!(s, Segment::Cubic(..)));
    count(|s| matches!(s, Segment::Move(_))) > 1 || lines > 3 || (curves > 0 && (lines > 0 || curves != 4))
}

/// Gives x, y, width and height where the path is an upright rectangle.
fn rectangle(segments: &[Segment]) -> Option<Vec<Attribute>> {
    let [Segment::Move(a), Segment::Line(b), Segment::Line(c), Segment::Line(d), Segment::Close] = segments else {
        return None;
    };
    if a[1] != b[1] || b[0] != c[0] || c[1] != d[1] || d[0] != a[0] || c[0] < a[0] || c[1] < a[1] {
        return None;
    }
    Some(rect(a[0], a[1], c[0] - a[0], c[1] - a[1]))
}

/// Gives the attributes of a rectangle.
pub fn rect(x: f64, y: f64, width: f64, height: f64) -> Vec<Attribute> {
    vec![("x", number(x)), ("y", number(y)), ("width", number(width)), ("height", number(height))]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::{Color, Paint, Stroke};

    fn written(path: &Path) -> String {
        let mut siblings = Siblings::default();
        push_path(&mut Page::default(), &mut siblings, path);
        siblings.finish()
    }

    #[test]
    fn a_rectangle_is_a_rect_and_a_ring_with_a_hole_even_odd() {
        let red = Paint::solid(Color::hex(0xff_0000));
        assert_eq!(
            written(&Path::rect(1.0, 2.0, 3.0, 4.5).filled(red.clone())),
            "<rect x=\"1\" y=\"2\" width=\"3\" height=\"4.5\" fill=\"#f00\"/>\n"
        );
        let mut ring = Path::circle(0.0, 0.0, 5.0).filled(red);
        assert!(!written(&ring).contains("evenodd"));
        ring.segments.extend(Path::circle(0.0, 0.0, 3.0).segments);
        assert!(written(&ring).contains("fill-rule=\"evenodd\""));
        assert!(!written(&ring).contains("stroke"));
    }

    #[test]
    fn layers_refer_to_one_outline_and_the_line_lies_on_top() {
        let dots = Layer::Dots { spacing: 6.0, radius: 1.0, color: Color::BLACK };
        let paint = Paint::solid(Color::WHITE).over(dots);
        let svg = written(&Path::rect(0.0, 0.0, 9.0, 9.0).filled(paint).stroked(Stroke::solid(Color::BLACK, 1.0)));
        assert_eq!(
            svg,
            "<g fill=\"#fff\">\n<rect id=\"shape1\" x=\"0\" y=\"0\" width=\"9\" height=\"9\"/>\n</g>\n\
             <use href=\"#shape1\" fill=\"url(#pattern1)\"/>\n\
             <use href=\"#shape1\" fill=\"none\" stroke=\"#000\" stroke-width=\"1\"/>\n"
        );
    }

    #[test]
    fn an_open_line_is_not_filled() {
        let svg = written(&Path::line(&[[0.0, 0.0], [5.0, 5.0]]).stroked(Stroke::solid(Color::BLACK, 0.5)));
        assert_eq!(svg, "<path d=\"m0 0 5 5\" fill=\"none\" stroke=\"#000\" stroke-width=\".5\"/>\n");
    }
}
