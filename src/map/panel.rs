//! The map itself: ground, neighbours, regions, symbols, names and the scale bar, from bottom to top.

use super::describe::Describer;
use super::ground::Ground;
use super::label::{Rect, Room, grown};
use super::look::Look;
use super::names::{self, Subject};
use super::page::Page;
use super::pen::Pen;
use super::region::Regions;
use super::scale_bar::{ScaleBar, scale_bar};
use super::setup::Setup;
use super::symbol::{self, Shape};
use super::{Request, context, point, region, theme};
use crate::geometry::contains::contains;
use crate::model::PlaceIndex;
use crate::scene::{Group, Node, Paint, Path};
use crate::timeline::Snapshot;

/// Draws what lies inside the panel; the second value is the places without a name or a symbol, sorted.
pub fn panel(
    setup: &Setup,
    page: &Page,
    request: &Request,
    look: &Look,
    describer: &Describer,
    pen: &mut Pen,
) -> (Group, Vec<PlaceIndex>) {
    let Request { dataset, snapshot, .. } = *request;
    let (view, unit, regions) = (&page.view, setup.unit, &setup.regions);
    let arcs = region::arcs(regions, &setup.plane, view, setup.scale);
    let partition = region::partition(regions, arcs, &page.narrow, snapshot, look, describer);
    let ground = Ground::new(&names::rings(&partition, view), view.panel);
    let on_data = |at: [f64; 2]| ground.at(at).is_some();
    let pole = |face: usize| setup.poles[face].map(|p| view.place(p.at));
    let anchors: Vec<Option<[f64; 2]>> =
        (0..regions.places.len()).map(|f| names::anchor(&ground, f, pole(f), view.panel, unit)).collect();
    let bars: Vec<f64> = page.narrow.iter().map(|n| if *n { 4.8 * unit } else { 0.0 }).collect();

    let mut room = Room::new(grown(view.panel, -3.0 * unit));
    let points = &page.points.chosen;
    let mut fixed: Vec<Rect> = points.iter().map(|p| p.square(unit)).collect();
    let bar_symbols = bars.iter().zip(&anchors).filter(|(r, _)| **r > 0.0).filter_map(|(r, at)| Some((*r, (*at)?)));
    fixed.extend(bar_symbols.map(|(r, [x, y])| {
        let [w, h] = symbol::BAR.map(|half| half * r + 1.5 * unit);
        [x - w, y - h, 2.0 * w, 2.0 * h]
    }));
    fixed.iter().for_each(|b| room.take(*b));
    let bar = scale_bar(view).map(|bar| (bar, place_bar(&bar, pen, view.panel, &room, on_data)));
    if let Some((_, rect)) = bar {
        room.take(rect);
        fixed.push(rect);
    }
    let subject = Subject {
        regions,
        ground: &ground,
        anchors: &anchors,
        bars: &bars,
        points,
        marks: &page.marks,
        fixed: &fixed,
        view,
        unit,
        snapshot,
    };
    let named = names::names(&subject, &partition, describer, pen);
    named.taken.iter().for_each(|b| room.take(*b));
    let mut dropped = named.dropped;
    dropped.extend(page.points.hidden.iter().copied());
    dropped.sort_unstable();
    dropped.dedup();

    let [x, y, w, h] = view.panel;
    let ground = if setup.has_context { theme::SEA } else { theme::BLANK };
    let ground = Path { id: "ground".into(), ..Path::rect(x, y, w, h) }.filled(Paint::solid(ground));
    let mut nodes = vec![Node::Path(ground)];
    let mut waters = None;
    if let (true, Some(neighbours)) = (setup.has_context, request.neighbours) {
        let shown = view.shown();
        let (all, cut, around) = context::countries(neighbours, &shown, view);
        waters = Some(context::waters(&around, view, pen));
        let is_mapped = |i: usize| {
            let holds = |p: &PlaceIndex| contains(region::geometry(dataset, *p), all[i].label);
            regions.places.iter().any(holds)
        };
        nodes.push(context::land(&cut, view, pen, is_mapped));
        nodes.push(context::names(&all, &cut, view, pen, &mut room, on_data));
    }
    let title = page.situation.clone();
    nodes.push(Node::Group(Group {
        id: "regions".into(),
        title,
        nodes: vec![Node::Partition(partition)],
        ..Group::default()
    }));
    nodes.extend(waters);
    nodes.push(point::symbols(points, dataset, snapshot, look, |p| {
        format!("{}: {}", describer.place(p), describer.state(p, &snapshot.states[p.0 as usize]))
    }));
    nodes.push(narrow_symbols(&bars, &anchors, regions, snapshot, look));
    nodes.extend([named.leaders, named.regions, named.places]);
    if let Some((bar, rect)) = bar {
        nodes.push(bar.draw(pen, rect));
    }
    (Group { id: "map".into(), title: String::new(), clip: Some(view.panel), nodes }, dropped)
}

/// Draws the symbols that stand for the hatches of narrow regions.
fn narrow_symbols(
    bars: &[f64],
    anchors: &[Option<[f64; 2]>],
    regions: &Regions,
    snapshot: &Snapshot,
    look: &Look,
) -> Node {
    let mut nodes = Vec::new();
    for ((radius, at), place) in bars.iter().zip(anchors).zip(&regions.places) {
        if let (true, Some(at)) = (*radius > 0.0, at) {
            nodes.extend(symbol::symbol(Shape::Bar, &snapshot.states[place.0 as usize], look, *at, *radius));
        }
    }
    Node::Group(Group { id: "narrow".into(), nodes, ..Group::default() })
}

/// The corner of the panel where the bar covers no region and no symbol, below left first; below left
/// where there is none.
fn place_bar(
    bar: &ScaleBar,
    pen: &mut Pen,
    [x, y, w, h]: Rect,
    room: &Room,
    on_data: impl Fn([f64; 2]) -> bool,
) -> Rect {
    let [width, height] = bar.size(pen);
    let gap = 12.0 * pen.unit;
    let (right, low) = (x + w - width - gap, y + h - height - gap);
    let corners = [[x + gap, low], [right, low], [x + gap, y + gap], [right, y + gap]];
    let free = |at: &&[f64; 2]| {
        let steps = |n: u32| (0..=n).map(move |i| f64::from(i) / f64::from(n));
        let covers = steps(8).any(|i| steps(3).any(|j| on_data([at[0] + i * width, at[1] + j * height])));
        room.is_free([at[0], at[1], width, height]) && !covers
    };
    let [x, y] = *corners.iter().find(free).unwrap_or(&corners[0]);
    [x, y, width, height]
}
