//! How the boxes of what is far look: ground, title, frame and a scale bar of their own.

use super::block::{Block, LONGEST};
use super::describe::Describer;
use super::far::{Boxed, Far, Wants};
use super::names::{self, Label, SECOND};
use super::page::{Page, Span};
use super::pen::{Pen, Style};
use super::region_name::{REGION, SHARE};
use super::setup::Setup;
use super::words::fill;
use super::{Request, context, theme};
use crate::model::PlaceIndex;
use crate::scene::{Anchor, Color, Group, Halo, Node, Paint, Path, Stroke};

/// The most regions that a title names where the box has only parts of them.
const MOST_NAMES: usize = 2;

/// Measures the titles of all boxes, with the longest of what they say of their states.
pub fn wants(setup: &Setup, request: &Request, span: Span, pen: &mut Pen) -> Vec<Wants> {
    let Request { dataset, snapshot, .. } = *request;
    let describer = Describer { dataset, words: setup.words, day: snapshot.day };
    let mut all = Vec::new();
    for far in &setup.far {
        let mut size = [0.0_f64; 2];
        for lines in said(setup, request, span, far, &describer) {
            let title = title(setup, &describer, far, &lines, pen).map_or([0.0; 2], |(block, _)| block.size);
            size = [size[0].max(title[0]), size[1].max(title[1])];
        }
        all.push(Wants { title: size, least: room_for_names(setup, request, far, pen) });
    }
    all
}

/// The least width and height of a map in which several regions have their names beside them.
fn room_for_names(setup: &Setup, request: &Request, far: &Far, pen: &mut Pen) -> [f64; 2] {
    if far.whole.len() < 2 {
        return [0.0; 2];
    }
    let mut room = [0.0_f64; 2];
    for face in &far.whole {
        let names = &request.dataset.place(setup.regions.places[*face]).names;
        let name = pen.names(names).0.to_uppercase();
        let size = Block::centred(pen, &[(&name, REGION)], &[], LONGEST).size;
        room = [room[0].max(size[0] + 44.0 * pen.unit), room[1] + size[1] + 26.0 * pen.unit];
    }
    room
}

/// The lines that stand below a title at one moment or another.
fn said(setup: &Setup, request: &Request, span: Span, far: &Far, describer: &Describer) -> Vec<Vec<String>> {
    let [face] = far.whole[..] else { return vec![Vec::new()] };
    let mut all: Vec<Vec<String>> = span
        .of(setup.regions.places[face], request.snapshot)
        .iter()
        .map(|state| describer.label_lines(state))
        .collect();
    all.sort();
    all.dedup();
    if all.is_empty() { vec![Vec::new()] } else { all }
}

/// The title of a box, and how many of its lines are names: the one region that it shows, or those whose parts it shows;
/// where it shows several regions, each has its name beside it instead.
fn title(setup: &Setup, describer: &Describer, far: &Far, lines: &[String], pen: &mut Pen) -> Option<(Block, usize)> {
    let places: Vec<PlaceIndex> = match far.whole[..] {
        [face] => vec![setup.regions.places[face]],
        [] => far.parts.clone(),
        _ => Vec::new(),
    };
    if places.is_empty() || places.len() > MOST_NAMES {
        return None;
    }
    let mut texts: Vec<(String, Style)> = Vec::new();
    for place in &places {
        let (first, second) = pen.names(&describer.dataset.place(*place).names);
        texts.push((first.to_uppercase(), REGION));
        texts.extend(second.map(|s| (s, Style { size: REGION.size * SECOND, weight: 400, ..REGION })));
    }
    let names = texts.len();
    texts.extend(lines.iter().map(|line| (line.clone(), SHARE)));
    let texts: Vec<(&str, Style)> = texts.iter().map(|(words, style)| (words.as_str(), *style)).collect();
    Some((Block::centred(pen, &texts, &[], LONGEST), names))
}

/// The titles of boxes that show one whole region: what they say changes as that of other names.
pub fn labels(setup: &Setup, page: &Page, shares: &[Vec<String>], describer: &Describer, pen: &mut Pen) -> Vec<Label> {
    let mut labels = Vec::new();
    for own in &page.spread.boxes {
        let far = &setup.far[own.far];
        let [face] = far.whole[..] else { continue };
        let place = setup.regions.places[face];
        let Some((block, names)) = title(setup, describer, far, &shares[face], pen) else { continue };
        labels.push(Label::fixed(place, face, names, block, middle(own)));
    }
    labels
}

fn middle(own: &Boxed) -> [f64; 2] {
    let [x, y, width, height] = own.title;
    [x + width / 2.0, y + height / 2.0]
}

/// Draws what lies beneath the regions in boxes: water, or paper, and neighbouring countries.
pub fn grounds(setup: &Setup, page: &Page, request: &Request, pen: &Pen, is_mapped: &dyn Fn([f64; 2]) -> bool) -> Node {
    let mut nodes = Vec::new();
    for own in &page.spread.boxes {
        let [x, y, width, height] = own.rect;
        let blank = if setup.has_context { theme::SEA } else { theme::BLANK };
        let mut inside = vec![Node::Path(Path::rect(x, y, width, height).filled(Paint::solid(blank)))];
        if let (true, Some(neighbours)) = (setup.has_context, request.neighbours) {
            let view = crate::projection::View { panel: own.rect, ..own.view.clone() };
            let seen = context::countries(neighbours, &view.shown(), &view);
            let mut land = context::land(&seen.cut, &view, pen, |i| is_mapped(seen.countries[i].label));
            land.strokes.iter_mut().for_each(|s| s.id = format!("far-{}-{}", own.far + 1, s.id));
            inside.push(Node::Partition(land));
        }
        let id = format!("far-ground-{}", own.far + 1);
        nodes.push(Node::Group(Group { id, nodes: inside, clip: Some(own.rect), ..Group::default() }));
    }
    Node::Group(Group { id: "far-grounds".into(), nodes, ..Group::default() })
}

/// Draws frames, scale bars, and the titles that do not change.
pub fn frames(setup: &Setup, page: &Page, describer: &Describer, pen: &mut Pen) -> Node {
    let unit = pen.unit;
    let mut nodes = Vec::new();
    for own in &page.spread.boxes {
        let far = &setup.far[own.far];
        let [x, y, width, height] = own.rect;
        let frame = Path::rect(x, y, width, height).stroked(Stroke::solid(theme::MUTED, (1.1 * unit).max(0.7)));
        let mut inside = vec![Node::Path(frame)];
        if let (true, Some((block, _))) = (far.whole.is_empty(), title(setup, describer, far, &[], pen)) {
            let halo = |_: &mut crate::scene::Text| Halo { color: Color::WHITE.with_alpha(150), width: 2.3 * unit };
            inside.extend(block.draw(middle(own), Anchor::Middle, halo, |_| String::new()));
        }
        if let Some((bar, rect)) = own.bar {
            let mut bar = bar.draw(pen, rect);
            if let Node::Group(group) = &mut bar {
                group.id = format!("far-scale-{}", own.far + 1);
            }
            inside.push(bar);
        }
        let names: Vec<String> = far.places(&setup.regions).iter().map(|place| describer.place(*place)).collect();
        let title = setup.words.list(&names);
        let id = format!("far-part-{}", own.far + 1);
        nodes.push(Node::Group(Group { id, title, nodes: inside, ..Group::default() }));
    }
    Node::Group(Group { id: "far-parts".into(), nodes, ..Group::default() })
}

/// What the boxes show, in words.
pub fn told(setup: &Setup, page: &Page, describer: &Describer) -> Option<String> {
    let is_whole = |place: &PlaceIndex| {
        let mut faces = page.spread.boxes.iter().flat_map(|own| &setup.far[own.far].whole);
        faces.any(|face| setup.regions.places[*face] == *place)
    };
    let name = |place: &PlaceIndex| {
        let name = describer.place(*place);
        if is_whole(place) { name } else { fill(setup.words.part_of, &[("place", &name)]) }
    };
    let names: Vec<String> = places(setup, page).iter().map(name).collect();
    (!names.is_empty()).then(|| fill(setup.words.boxed, &[("places", &setup.words.list(&names))]))
}

/// The regions that have boxes or parts in them, in the order of the dataset.
pub fn places(setup: &Setup, page: &Page) -> Vec<PlaceIndex> {
    let of = |own: &Boxed| setup.far[own.far].places(&setup.regions);
    let mut all: Vec<PlaceIndex> = page.spread.boxes.iter().flat_map(of).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Finds names for what stands in boxes without being their title: towns, and regions that share a box.
pub fn named(
    setup: &Setup,
    page: &Page,
    subject: &names::Subject,
    describer: &Describer,
    pen: &mut Pen,
) -> names::Named {
    let mut all = names::Named { labels: Vec::new(), taken: Vec::new(), dropped: Vec::new() };
    for (i, own) in page.spread.boxes.iter().enumerate() {
        let whole = &setup.far[own.far].whole;
        let is_named = |face: usize| whole.len() > 1 && whole.contains(&face);
        let anchors: Vec<Option<[f64; 2]>> =
            subject.anchors.iter().enumerate().map(|(face, at)| at.filter(|_| is_named(face))).collect();
        let points: Vec<_> = subject.points.iter().filter(|p| page.spread.box_at(p.at) == Some(i)).cloned().collect();
        let marks: Vec<_> = subject
            .marks
            .iter()
            .filter(|(place, _)| match describer.dataset.place(*place).at {
                Some(at) => page.spread.box_at(page.spread.forward(setup, at)) == Some(i),
                None => whole.iter().any(|face| setup.regions.places[*face] == *place),
            })
            .copied()
            .collect();
        if points.is_empty() && marks.is_empty() && anchors.iter().all(Option::is_none) {
            continue;
        }
        let mut fixed: Vec<_> = points.iter().map(|p| p.square(pen.unit)).collect();
        fixed.extend(subject.fixed);
        fixed.push(own.title);
        fixed.extend(own.bar.map(|(_, rect)| rect));
        let inner = names::Subject {
            anchors: &anchors,
            points: &points,
            marks: &marks,
            fixed: &fixed,
            view: &own.view,
            ..*subject
        };
        let found = names::names(&inner, describer, pen);
        all.labels.extend(found.labels);
        all.taken.extend(found.taken);
        all.dropped.extend(found.dropped);
    }
    all
}
