//! A snapshot as a map: takes a dataset, who holds what at a moment, and options; gives a [`Scene`].
//!
//! One file an element. Colours, texts and positions are settled here, so that writers need to know
//! nothing of regions, actors or dates.

mod context;
mod describe;
mod extent;
mod frame;
mod key;
mod label;
mod layout;
mod legend;
mod look;
mod names;
mod pen;
mod point;
mod region;
mod scale_bar;
mod symbol;
mod theme;
mod words;

use crate::diag::{Checked, Diagnostic, nearest, quote};
use crate::model::{Country, Dataset, PlaceIndex};
use crate::palette::colors;
use crate::project::{MapOptions, PolicyOptions, Size};
use crate::projection::{PROJECTIONS, Projection, View, fit};
use crate::scene::{Group, Node, Paint, Path, Scene, Shaper, Stroke};
use crate::timeline::Snapshot;
use describe::Describer;
use label::{Rect, Room};
use layout::{Layout, Needs};
use look::Look;
use pen::Pen;
use point::Points;

/// Gives the countries that meet a box: west, south, east, north in degrees.
pub type Neighbours = fn([f64; 4]) -> Vec<Country>;

/// What a map is drawn from.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Regions, places, actors, sources, events.
    pub dataset: &'a Dataset,
    /// Who held what.
    pub snapshot: &'a Snapshot,
    /// How it looks.
    pub options: &'a MapOptions,
    /// The policy that the snapshot was made under, for the legend.
    pub policy: &'a PolicyOptions,
    /// Title, where the options have none.
    pub title: &'a str,
    /// Where neighbouring countries come from.
    pub neighbours: Option<Neighbours>,
}

/// A map, and what of it found no room.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// The drawing.
    pub scene: Scene,
    /// Places whose name or symbol was left out, sorted.
    pub dropped: Vec<PlaceIndex>,
    /// Name of the projection.
    pub projection: &'static str,
}

/// Draws a map.
///
/// # Errors
/// Diagnostics where an option names what is not there (`unknown-place` for the extent, `bad-word` for
/// projection or palette), the palette does not suffice, or the image is too large.
pub fn draw(request: &Request) -> Checked<Option<Drawn>> {
    let Request { dataset, snapshot, options, .. } = *request;
    let mut faults = Vec::new();
    let size = options.size.unwrap_or(Size { width: 1600, height: 1200 });
    let (width, height) = (f64::from(size.width), f64::from(size.height));
    let scale = options.scale.unwrap_or(1.0);
    check_size(width, height, scale, &mut faults);
    let holders = key::holders(&dataset.events);
    let palette = options.palette.as_deref().unwrap_or("auto");
    let colors = colors(palette, &dataset.actors, &holders, snapshot.day).take(&mut faults);
    let regions = region::regions(dataset, options.level);
    let wanted = extent::extent(dataset, &regions, options.extent.as_deref(), &mut faults);
    let name = options.projection.as_deref().unwrap_or("auto");
    let projection = Projection::new(name, &wanted.degrees);
    if projection.is_none() {
        faults.push(unknown_projection(name));
    }
    let (Some(projection), true) = (projection, faults.iter().all(|d| d.severity() != crate::diag::Severity::Error))
    else {
        return Checked { value: None, diagnostics: faults };
    };

    let words = words::words(options.lang.as_deref().unwrap_or("en"));
    let unit = (width / 1600.0).min(height / 1200.0);
    let mut pen = Pen { shaper: Shaper::new(), unit, words };
    let look = Look { colors: &colors, unit };
    let describer = Describer { dataset, words, day: snapshot.day };

    // the plane first, then the page: the legend needs to know what is drawn, the map how much room is left
    let plane = region::plane(&regions, &projection);
    let wanted: Vec<[f64; 2]> = match &wanted.points {
        Some(points) => points.iter().map(|p| projection.forward(*p)).collect(),
        None => corners(plane.iter().flatten().copied()),
    };
    let choice = options.places.unwrap_or_default();
    let title = options.title.as_deref().unwrap_or(request.title);
    let margin = 36.0 * unit;
    let page: Rect = [margin, margin, width - 2.0 * margin, height - 2.0 * margin];
    let has_context = options.context.unwrap_or(true) && request.neighbours.is_some();
    let stale_days = request.policy.stale_after.map_or(0, |d| d.0);
    let compose = |view: &View, pen: &mut Pen| {
        let points = point::points(dataset, snapshot, view, pen, choice);
        let visible = region::visible(&regions, dataset, &plane, view);
        let mut keys = key::Keys::default();
        for place in &visible {
            keys.add(dataset.place(*place), &snapshot.states[place.0 as usize], true);
        }
        for point in &points.chosen {
            keys.add(dataset.place(point.place), &snapshot.states[point.place.0 as usize], false);
        }
        (points, visible, keys)
    };
    // a first guess of the panel settles which classes are seen; the second has room for their keys
    let aspect = aspect(&wanted);
    let mut view = fit(projection, wanted.iter().copied(), inset(page, unit));
    let mut found = compose(&view, &mut pen);
    let mut page_layout = Layout { panel: page, legend: page, below: false };
    let situation = frame::situation(dataset, snapshot, &pen);
    let mut frame = None;
    for _ in 0..2 {
        let legend = legend::Legend::new(&found.2, dataset, &look, &pen, snapshot.day, stale_days);
        let evidence = point::evidence(snapshot, found.1.iter().copied().chain(found.0.chosen.iter().map(|p| p.place)));
        let credits = frame::credits(dataset, snapshot, &evidence, has_context, &pen);
        let around = frame::Frame::new(&mut pen, title, &situation, &credits, page[2]);
        let column = (330.0 * unit).max(190.0);
        page_layout = layout::layout(&Needs {
            page: [width, height],
            margin,
            heading: around.heading_height(&pen),
            credits: around.credits_height(&pen),
            column: [column, legend.height(&mut pen, column)],
            rows: legend.rows_height(&mut pen, page[2]),
            aspect,
            mirrored: words.direction == crate::scene::Direction::Rtl,
        });
        view = fit(projection, wanted.iter().copied(), inset(page_layout.panel, unit));
        view.panel = page_layout.panel;
        found = compose(&view, &mut pen);
        frame = Some((around, legend));
    }
    let (around, _) = frame.expect("the layout was made");
    let legend = legend::Legend::new(&found.2, dataset, &look, &pen, snapshot.day, stale_days);
    let (Points { chosen: points, hidden }, visible, _) = found;

    let arcs = region::arcs(&regions, &plane, &view);
    let partition = region::partition(&regions, arcs, snapshot, &look, &describer);
    let rings = names::rings(&partition, &view);
    let mut room = Room::new(label::grown(view.panel, -3.0 * unit));
    for point in &points {
        room.take(point.square(unit));
        if let Some(name) = &point.name {
            room.take(label::tight(name));
        }
    }
    let on_data = |at: [f64; 2]| rings.iter().any(|r| crate::geometry::label_point::clearance(r, at) > -2.0 * unit);
    let bar = scale_bar::scale_bar(&view)
        .and_then(|bar| place_bar(&bar, &mut pen, view.panel, &room, on_data).map(|rect| (bar, rect)));
    if let Some((_, rect)) = bar {
        room.take(rect);
    }
    let (region_names, mut dropped) = names::regions(&regions, &rings, snapshot, &describer, &mut pen, &mut room);
    let (place_names, unnamed) = names::places(&points, &describer, &mut pen, &mut room);

    let [x, y, w, h] = view.panel;
    let ground = Path { id: "ground".into(), ..Path::rect(x, y, w, h) }.filled(Paint::solid(if has_context {
        theme::SEA
    } else {
        theme::BLANK
    }));
    let mut map_nodes = vec![Node::Path(ground)];
    let mut country_names = None;
    if let (true, Some(neighbours)) = (has_context, request.neighbours) {
        let shown = view.shown();
        let all = neighbours([shown.west, shown.south, shown.east, shown.north]);
        let cut = context::countries(&all, &shown);
        let mapped = |i: usize| {
            let inside =
                |p: &PlaceIndex| crate::geometry::contains::contains(region::geometry(dataset, *p), all[i].label);
            regions.places.iter().any(inside)
        };
        map_nodes.push(context::land(&cut, &view, &pen, mapped));
        country_names = Some(context::names(&all, &cut, &view, &mut pen, &mut room, on_data));
    }
    let regions_group = Group {
        id: "regions".into(),
        title: situation.clone(),
        nodes: vec![Node::Partition(partition)],
        ..Group::default()
    };
    map_nodes.extend(country_names);
    map_nodes.push(Node::Group(regions_group));
    map_nodes.push(point::symbols(&points, dataset, snapshot, &look, |p| {
        format!("{}: {}", describer.place(p), describer.state(&snapshot.states[p.0 as usize]))
    }));
    map_nodes.push(region_names);
    map_nodes.push(place_names);
    if let Some((bar, rect)) = bar {
        map_nodes.push(bar.draw(&mut pen, rect));
    }
    let outline =
        Path { id: "panel".into(), ..Path::rect(x, y, w, h) }.stroked(Stroke::solid(theme::RULE, unit.max(0.6)));
    let map = Group { id: "map".into(), title: String::new(), clip: Some(view.panel), nodes: map_nodes };

    let drawn: Vec<PlaceIndex> = visible.iter().copied().chain(points.iter().map(|p| p.place)).collect();
    let mut nodes = vec![Node::Group(map), Node::Path(outline)];
    nodes.push(legend.draw(&mut pen, &look, page_layout.legend, page_layout.below));
    nodes.extend(around.draw(&mut pen, page));
    dropped.extend(unnamed);
    dropped.extend(hidden);
    dropped.sort_unstable();
    dropped.dedup();
    let mut description = format!("{situation}. {}", describer.snapshot(snapshot, &drawn));
    if !dropped.is_empty() {
        description = format!("{description} {}", words::fill(words.dropped, &[("count", &dropped.len().to_string())]));
    }
    let scene = Scene {
        width,
        height,
        scale,
        title: heading(title, &situation),
        description,
        lang: words.lang.to_owned(),
        direction: words.direction,
        background: Paint::solid(theme::PAPER),
        metadata: metadata(request, projection.raw.name),
        nodes,
    };
    Checked { value: Some(Drawn { scene, dropped, projection: projection.raw.name }), diagnostics: faults }
}

/// Room around the regions inside the panel.
fn inset(panel: Rect, unit: f64) -> Rect {
    label::grown(panel, -22.0 * unit)
}

/// Two corners of the box that holds all points.
fn corners(points: impl Iterator<Item = [f64; 2]>) -> Vec<[f64; 2]> {
    let all = crate::projection::Extent::of(points);
    all.map_or_else(Vec::new, |e| vec![[e.west, e.south], [e.east, e.north]])
}

fn aspect(plane: &[[f64; 2]]) -> f64 {
    let all = crate::projection::Extent::of(plane.iter().copied());
    all.map_or(1.0, |e| ((e.east - e.west) / (e.north - e.south).max(1e-9)).clamp(0.05, 20.0))
}

fn check_size(width: f64, height: f64, scale: f64, faults: &mut Vec<Diagnostic>) {
    let sane = scale.is_finite() && scale > 0.0;
    if !sane || width * height * scale * scale > Size::MOST_PIXELS {
        let message = format!("an image of {width} x {height} pixels at scale {scale} is more than the program draws");
        let hint = "an image has at most 400 megapixels, and a scale above 0; use `--size` and `--scale`, or write SVG and enlarge that";
        faults.push(Diagnostic::new("too-large", message).value(format!("{width}x{height}@{scale}")).hint(hint));
    }
}

fn unknown_projection(name: &str) -> Diagnostic {
    let names: Vec<&str> = PROJECTIONS.iter().map(|p| p.name).collect();
    let mut fault = Diagnostic::new("bad-word", format!("there is no projection {}", quote(name))).value(name);
    if let Some(near) = nearest(name, names.iter().copied()) {
        fault = fault.hint(format!("did you mean `{near}`?"));
    }
    fault.hint(format!("projections are `auto`, `{}`", names.join("`, `")))
}

/// The corner of the panel where the bar covers no region and no symbol; below left first.
fn place_bar(
    bar: &scale_bar::ScaleBar,
    pen: &mut Pen,
    [x, y, w, h]: Rect,
    room: &Room,
    on_data: impl Fn([f64; 2]) -> bool,
) -> Option<Rect> {
    let [width, height] = bar.size(pen);
    let gap = 12.0 * pen.unit;
    let (right, low) = (x + w - width - gap, y + h - height - gap);
    let corners = [[x + gap, low], [right, low], [x + gap, y + gap], [right, y + gap]];
    let free = |at: &[f64; 2]| {
        let rect = [at[0], at[1], width, height];
        let steps = |n: u32| (0..=n).map(move |i| f64::from(i) / f64::from(n));
        room.is_free(rect) && !steps(8).any(|i| steps(3).any(|j| on_data([at[0] + i * width, at[1] + j * height])))
    };
    corners.iter().find(|at| free(at)).or(corners.first()).map(|at| [at[0], at[1], width, height])
}

/// Title for machines: at most 250 characters.
fn heading(title: &str, situation: &str) -> String {
    let full = if title.is_empty() { situation.to_owned() } else { format!("{title}: {situation}") };
    full.chars().take(250).collect()
}

/// Facts about the making of the figure; no path, no clock, no user.
fn metadata(request: &Request, projection: &str) -> Vec<(String, String)> {
    let Request { dataset, snapshot, policy, .. } = *request;
    let edition = &dataset.regions.edition;
    let mut facts = vec![
        ("generator".to_owned(), format!("controlmap {}", env!("CARGO_PKG_VERSION"))),
        ("date".to_owned(), snapshot.day.to_string()),
        ("policy".to_owned(), snapshot.policy.clone()),
        ("exclude".to_owned(), policy.exclude().join(", ")),
        ("projection".to_owned(), projection.to_owned()),
        ("boundaries".to_owned(), edition.name.clone()),
        ("boundaries-licence".to_owned(), edition.licence.clone()),
    ];
    if let Some(known_by) = snapshot.known_by {
        facts.push(("known-by".to_owned(), crate::model::Offset(0).day_of(known_by).to_string()));
    }
    facts.retain(|(_, value)| !value.is_empty());
    facts
}
