//! Partitions as SVG: takes shared arcs, gives a path for each face and each kind of border.
//!
//! Viewers antialias face by face and would let the background through along shared borders. So each
//! face has a line of its own paint under its fill, as thick on the screen at any zoom. Where neighbours
//! meet the later one wins by half of that line, which border lines hide.

use super::film::{MovingMap, Variants};
use super::outline::{Data, Point, round};
use super::shape::{Shape, push_shape};
use super::times::Times;
use super::xml::{Attribute, Element, Siblings, push_attribute, push_leaf};
use super::{Page, paint};
use crate::scene::{ArcRef, Face, Paint, Partition};
use rayon::prelude::*;

/// Writes a partition.
pub fn push_partition(page: &mut Page, siblings: &mut Siblings, partition: &Partition) {
    let group = dissolved(&partition.faces);
    let (arcs, rings) = rayon::join(
        || -> Vec<Vec<Point>> { partition.arcs.par_iter().with_min_len(64).map(|arc| thin(&arc.points)).collect() },
        || partition.dissolve(|face| group.get(face as usize).copied().flatten()),
    );
    let (outlines, lines) = rayon::join(
        || rings.par_iter().map(|(face, rings)| (*face, outline(rings, &arcs))).collect::<Vec<_>>(),
        || partition.strokes.par_iter().map(|s| lines(&s.arcs, &arcs)).collect::<Vec<_>>(),
    );
    let mut outlines = outlines.into_iter().peekable();
    siblings.push_xml("<g class=\"faces\" fill-rule=\"evenodd\" paint-order=\"stroke\" stroke-width=\"1.5\">\n");
    for (i, face) in partition.faces.iter().enumerate() {
        if group[i] == Some(i as u32) {
            let outline = outlines.next_if(|(group, _)| *group == i as u32);
            push_face(page, siblings, face, "path", ("d", outline.map(|o| o.1).unwrap_or_default()));
        }
    }
    siblings.push_xml("</g>\n");
    let mut strokes = Siblings::default();
    for (line, data) in partition.strokes.iter().zip(lines) {
        if !data.is_empty() {
            let mut own = Vec::new();
            own.extend(page.ids.take(&line.id).map(|id| ("id", id)));
            own.push(("d", data));
            strokes.push(Element { tag: "path", own, style: paint::stroke(&line.stroke), inner: String::new() });
        }
    }
    let strokes = strokes.finish();
    if !strokes.is_empty() {
        siblings.push_xml("<g fill=\"none\">\n");
        siblings.push_xml(&strokes);
        siblings.push_xml("</g>\n");
    }
    page.partitioned = true;
}

/// The path of a face.
fn outline(rings: &[Vec<ArcRef>], arcs: &[Vec<Point>]) -> String {
    let (mut data, mut ring) = (Data::default(), Vec::new());
    for parts in rings {
        collect(parts, arcs, &mut ring);
        push_ring(&mut data, &ring);
    }
    data.finish()
}

/// The path of some borders.
fn lines(chosen: &[u32], arcs: &[Vec<Point>]) -> String {
    let mut data = Data::default();
    chosen.iter().filter_map(|i| arcs.get(*i as usize)).for_each(|arc| push_line(&mut data, arc));
    data.finish()
}

fn push_face(page: &mut Page, siblings: &mut Siblings, face: &Face, tag: &'static str, outline: Attribute) {
    let mut inner = String::new();
    push_leaf(&mut inner, "title", &face.title);
    push_leaf(&mut inner, "desc", &face.description);
    let id = page.ids.take(&face.id);
    let shape = Shape { tag, id, geometry: vec![outline], rule: None, swollen: true, inner };
    push_shape(page, siblings, shape, &face.paint.layers, Vec::new());
}

/// Writes a partition through the frames of a film: the outline of each face and of each kind of border once.
pub fn push_moving(page: &mut Page, siblings: &mut Siblings, map: &MovingMap, times: &mut Times) {
    let arcs: Vec<Vec<Point>> = map.base.arcs.iter().map(|arc| thin(&arc.points)).collect();
    let mut rings = map.base.all_rings().into_iter().peekable();
    let mut ring = Vec::new();
    siblings.push_xml("<g class=\"faces\" fill-rule=\"evenodd\" paint-order=\"stroke\" stroke-width=\"1.5\">\n");
    for (i, variants) in map.faces.iter().enumerate() {
        let mut data = Data::default();
        if let Some((_, rings)) = rings.next_if(|(face, _)| *face == i as u32) {
            for parts in rings {
                collect(&parts, &arcs, &mut ring);
                push_ring(&mut data, &ring);
            }
        }
        let data = data.finish();
        if let ([(face, spans)], None) = (variants.as_slice(), &page.outlines) {
            let mut one = Siblings::default();
            push_face(page, &mut one, face, "path", ("d", data));
            times.push(siblings, spans, one);
            continue;
        }
        let id = define(page, "face", data);
        page.outlines.iter_mut().for_each(|outlines| outlines.push(id.clone()));
        for (face, spans) in variants {
            let mut one = Siblings::default();
            push_face(page, &mut one, face, "use", ("href", format!("#{id}")));
            times.push(siblings, spans, one);
        }
    }
    siblings.push_xml("</g>\n<g fill=\"none\">\n");
    // borders with the same history are one outline
    let mut alike: Vec<(&Variants<usize>, Data)> = Vec::new();
    for (history, arc) in map.borders.iter().zip(&arcs) {
        match alike.iter_mut().find(|(known, _)| *known == history) {
            Some((_, data)) => push_line(data, arc),
            None => {
                let mut data = Data::default();
                push_line(&mut data, arc);
                alike.push((history, data));
            }
        }
    }
    let alike: Vec<_> = alike
        .into_iter()
        .filter(|(history, data)| !history.is_empty() && !data.is_empty())
        .map(|(history, data)| (history, define(page, "border", data.finish())))
        .collect();
    for (look, stroke) in map.looks.iter().enumerate() {
        for (history, id) in &alike {
            for (_, spans) in history.iter().filter(|(known, _)| *known == look) {
                let (own, mut one) = (vec![("href", format!("#{id}"))], Siblings::default());
                one.push(Element { tag: "use", own, style: paint::stroke(stroke), inner: String::new() });
                times.push(siblings, spans, one);
            }
        }
    }
    siblings.push_xml("</g>\n");
    page.partitioned = true;
}

/// Defines an outline for later use.
fn define(page: &mut Page, kind: &str, data: String) -> String {
    let id = page.ids.fresh(kind);
    page.defs.push_str("<path");
    push_attribute(&mut page.defs, "id", &id);
    push_attribute(&mut page.defs, "d", &data);
    // not inherited, so that it stands where the outline does
    push_attribute(&mut page.defs, "vector-effect", "non-scaling-stroke");
    page.defs.push_str("/>\n");
    id
}

/// Gives for each face the first that it is drawn with: nameless ones of one paint are drawn as one,
/// and not at all without paint.
pub(in crate::write) fn dissolved(faces: &[Face]) -> Vec<Option<u32>> {
    // a map has few paints; were there many, alike faces would be drawn apart, and look the same
    const MOST: usize = 64;
    let mut paints: Vec<(&Paint, u32)> = Vec::new();
    let mut groups = Vec::with_capacity(faces.len());
    for (i, face) in faces.iter().enumerate() {
        let i = i as u32;
        let named = [&face.id, &face.title, &face.description].iter().any(|s| !s.is_empty());
        groups.push(if named {
            Some(i)
        } else if face.paint.layers.is_empty() {
            None
        } else if let Some((_, first)) = paints.iter().find(|(paint, _)| **paint == face.paint) {
            Some(*first)
        } else {
            if paints.len() < MOST {
                paints.push((&face.paint, i));
            }
            Some(i)
        });
    }
    groups
}

/// Rounds an arc and drops the points that say nothing; both faces see the same result.
pub(in crate::write) fn thin(points: &[[f64; 2]]) -> Vec<Point> {
    let mut out: Vec<Point> = Vec::with_capacity(points.len());
    for p in points {
        let p = round(*p);
        if out.last() == Some(&p) {
            continue;
        }
        if let [.., a, b] = out.as_slice() {
            let [u, v] = [wide(*a, *b), wide(*b, p)];
            // straight on: the point between lies on the line
            if u[0] * v[1] == u[1] * v[0] && u[0] * v[0] + u[1] * v[1] > 0 {
                out.pop();
            }
        }
        out.push(p);
    }
    out
}

fn wide(a: Point, b: Point) -> [i64; 2] {
    [i64::from(b[0]) - i64::from(a[0]), i64::from(b[1]) - i64::from(a[1])]
}

/// Puts the points of a ring together, none twice in a row.
pub(in crate::write) fn collect(parts: &[ArcRef], arcs: &[Vec<Point>], ring: &mut Vec<Point>) {
    ring.clear();
    let mut add = |p: &Point| {
        if ring.last() != Some(p) {
            ring.push(*p);
        }
    };
    for part in parts {
        let points = &arcs[part.arc as usize];
        if part.reversed {
            points.iter().rev().for_each(&mut add);
        } else {
            points.iter().for_each(&mut add);
        }
    }
    while ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
}

fn push_ring(data: &mut Data, ring: &[Point]) {
    // fewer points have no area
    if let [first, rest @ ..] = ring
        && rest.len() >= 2
    {
        data.start(*first);
        rest.iter().for_each(|p| data.line(*p));
        data.close();
    }
}

/// Draws an arc; goes on from the last where it begins there.
fn push_line(data: &mut Data, arc: &[Point]) {
    let (Some(first), Some(last)) = (arc.first(), arc.last()) else { return };
    if arc.len() < 2 {
        return;
    }
    if arc.len() > 3 && first == last {
        push_ring(data, &arc[..arc.len() - 1]);
        return;
    }
    let mut points: Vec<Point> = arc.to_vec();
    if data.open() && data.at() == *last {
        points.reverse();
    } else if !data.open() || data.at() != *first {
        data.start(points[0]);
    }
    points[1..].iter().for_each(|p| data.line(*p));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::{Arc, Color};
    use std::sync::Arc as Shared;

    #[test]
    fn thinning_keeps_corners_and_turning_back() {
        let points = [[0.0, 0.0], [1.0, 0.0], [1.001, 0.0], [2.0, 0.0], [2.0, 1.0], [2.0, 0.5]];
        assert_eq!(thin(&points), [[0, 0], [200, 0], [200, 100], [200, 50]]);
        assert_eq!(thin(&[[5.0, 5.0], [5.001, 5.0]]), [[500, 500]]);
    }

    /// Two unit squares side by side, the border between them bent.
    fn pair(faces: Vec<Face>) -> Partition {
        let arc = |points: &[[f64; 2]], left, right| Arc { points: points.to_vec(), left, right };
        let arcs = vec![
            arc(&[[10.0, 10.0], [10.333, 5.0], [10.0, 0.0]], Some(0), Some(1)),
            arc(&[[10.0, 0.0], [0.0, 0.0], [0.0, 10.0], [10.0, 10.0]], Some(0), None),
            arc(&[[10.0, 10.0], [20.0, 10.0], [20.0, 0.0], [10.0, 0.0]], Some(1), None),
        ];
        Partition { arcs: Shared::new(arcs), faces, strokes: vec![] }
    }

    fn face(id: &str, color: u32) -> Face {
        Face { id: id.to_owned(), paint: Paint::solid(Color::hex(color)), ..Face::default() }
    }

    fn written(partition: &Partition) -> String {
        let mut siblings = Siblings::default();
        push_partition(&mut Page::default(), &mut siblings, partition);
        siblings.finish()
    }

    #[test]
    fn a_shared_border_has_the_same_points_in_both_faces() {
        let svg = written(&pair(vec![face("a", 0xff_0000), face("b", 0x00_00ff)]));
        assert!(svg.contains(r##"<path id="a" d="m10 10 .33-5-.33-5h-10v10z" fill="#f00" stroke="#f00"/>"##), "{svg}");
        assert!(svg.contains(r##"<path id="b" d="m10 10h10v-10h-10l.33 5z" fill="#00f" stroke="#00f"/>"##), "{svg}");
    }

    #[test]
    fn nameless_faces_of_one_paint_are_drawn_as_one() {
        let svg = written(&pair(vec![face("", 0xff_0000), face("", 0xff_0000)]));
        assert_eq!(svg.matches("<path").count(), 1);
        assert!(!svg.contains(".33"), "{svg}");
        let named = written(&pair(vec![face("a", 0xff_0000), face("", 0xff_0000)]));
        assert_eq!(named.matches("<path").count(), 2);
        assert_eq!(written(&pair(vec![Face::default(), Face::default()])).matches("<path").count(), 0);
    }

    #[test]
    fn a_face_without_area_keeps_its_id() {
        let svg = written(&pair(vec![face("a", 1), face("b", 2), face("gone", 3)]));
        assert!(svg.contains("id=\"gone\" d=\"\""), "{svg}");
    }
}
