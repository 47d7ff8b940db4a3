//! The map itself: ground, neighbours, regions, symbols, names and the scale bar, from bottom to top.

use super::describe::Describer;
use super::label::{Rect, Room, grown, tight};
use super::look::Look;
use super::page::Page;
use super::pen::Pen;
use super::scale_bar::{ScaleBar, scale_bar};
use super::setup::Setup;
use super::{Request, context, names, point, region, theme};
use crate::geometry::contains::contains;
use crate::geometry::label_point::clearance;
use crate::model::PlaceIndex;
use crate::scene::{Group, Node, Paint, Path};

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
    let partition = region::partition(regions, arcs, snapshot, look, describer);
    let rings = names::rings(&partition, view);
    let on_data = |at: [f64; 2]| rings.iter().any(|r| clearance(r, at) > -2.0 * unit);

    let mut room = Room::new(grown(view.panel, -3.0 * unit));
    let points = &page.points.chosen;
    for point in points {
        room.take(point.square(unit));
        if let Some(name) = &point.name {
            room.take(tight(name));
        }
    }
    let bar = scale_bar(view).map(|bar| (bar, place_bar(&bar, pen, view.panel, &room, on_data)));
    if let Some((_, rect)) = bar {
        room.take(rect);
    }
    let (region_names, mut dropped) = names::regions(regions, &rings, snapshot, describer, pen, &mut room);
    let (place_names, unnamed) = names::places(points, describer, pen, &mut room);
    dropped.extend(unnamed.into_iter().chain(page.points.hidden.iter().copied()));
    dropped.sort_unstable();
    dropped.dedup();

    let [x, y, w, h] = view.panel;
    let ground = if setup.has_context { theme::SEA } else { theme::BLANK };
    let ground = Path { id: "ground".into(), ..Path::rect(x, y, w, h) }.filled(Paint::solid(ground));
    let mut nodes = vec![Node::Path(ground)];
    if let (true, Some(neighbours)) = (setup.has_context, request.neighbours) {
        let shown = view.shown();
        let (all, cut) = context::countries(neighbours, &shown, view);
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
    nodes.push(point::symbols(points, dataset, snapshot, look, |p| {
        format!("{}: {}", describer.place(p), describer.state(p, &snapshot.states[p.0 as usize]))
    }));
    nodes.extend([region_names, place_names]);
    if let Some((bar, rect)) = bar {
        nodes.push(bar.draw(pen, rect));
    }
    (Group { id: "map".into(), title: String::new(), clip: Some(view.panel), nodes }, dropped)
}

/// The corner of the panel where the bar covers no region and no symbol, below left first; below left
/// where there is none.
fn place_bar(bar: &ScaleBar, pen: &Pen, [x, y, w, h]: Rect, room: &Room, on_data: impl Fn([f64; 2]) -> bool) -> Rect {
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
