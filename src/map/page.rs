//! How a map fills its page: which classes are seen, the legend for those, and what room is left.

use super::Request;
use super::annotation::Mark;
use super::frame::{Frame, credits, situation};
use super::key::{Form, Keys};
use super::label::{Rect, grown, holds};
use super::layout::{Layout, Needs, layout};
use super::legend::Legend;
use super::look::Look;
use super::pen::Pen;
use super::point::{Points, evidence, points};
use super::region::{narrow, visible};
use super::setup::Setup;
use crate::model::PlaceIndex;
use crate::projection::{View, fit};
use crate::scene::Direction;

/// A page with everything in its place, but nothing drawn.
pub struct Page {
    /// Where the parts stand.
    pub layout: Layout,
    /// From degrees to pixels.
    pub view: View,
    /// The page without its margin.
    pub inner: Rect,
    /// The regions of which a part is seen.
    pub visible: Vec<PlaceIndex>,
    /// The settlements and sites seen.
    pub points: Points,
    /// The keys of what is seen.
    pub legend: Legend,
    /// Heading and credits.
    pub frame: Frame,
    /// For each region, whether a symbol stands for its hatch.
    pub narrow: Vec<bool>,
    /// Strikes and clashes seen, by place.
    pub marks: Vec<(PlaceIndex, Mark)>,
    /// The date line.
    pub situation: String,
}

/// Room between the outermost regions and the panel's edge, in units of the design.
const INSET: f64 = 22.0;

/// Lays a page out.
pub fn page(setup: &Setup, request: &Request, look: &Look, pen: &mut Pen) -> Page {
    let [width, height] = setup.page;
    let margin = 36.0 * setup.unit;
    let inner = [margin, margin, width - 2.0 * margin, height - 2.0 * margin];
    let view_of = |panel: Rect| {
        let fitted = fit(setup.projection.clone(), setup.wanted.iter().copied(), grown(panel, -INSET * setup.unit));
        View { panel, ..fitted }
    };
    let situation = situation(request.dataset, request.snapshot, pen);
    // a first guess of the panel settles which classes are seen; the next ones have room for their keys
    let mut page = compose(setup, request, look, pen, view_of(inner), inner, &situation);
    for _ in 0..2 {
        let column = (330.0 * setup.unit).max(190.0);
        let found = layout(&Needs {
            page: setup.page,
            margin,
            heading: page.frame.heading_height(pen),
            credits: page.frame.credits_height(pen),
            column: [column, page.legend.height(pen, column)],
            rows: page.legend.rows_height(pen, inner[2]),
            aspect: setup.aspect(),
            mirrored: setup.words.direction == Direction::Rtl,
        });
        if found == page.layout {
            break;
        }
        page = compose(setup, request, look, pen, view_of(found.panel), inner, &situation);
        page.layout = found;
    }
    page
}

/// Finds what a view shows, and the legend and credits for that.
fn compose(
    setup: &Setup,
    request: &Request,
    look: &Look,
    pen: &mut Pen,
    view: View,
    inner: Rect,
    situation: &str,
) -> Page {
    let Request { dataset, snapshot, policy, .. } = *request;
    let points = points(dataset, snapshot, &view, pen, setup.choice);
    let visible = visible(&setup.regions, dataset, &setup.plane, &view);
    let mut keys = Keys::default();
    let narrow = narrow(&setup.regions, &setup.poles, &view, snapshot, look);
    let is_narrow =
        |place: &PlaceIndex| setup.regions.places.iter().position(|p| p == place).is_some_and(|i| narrow[i]);
    for place in &visible {
        let state = &snapshot.states[place.0 as usize];
        let form = if is_narrow(place) { Form::Narrow } else { Form::Area };
        keys.add(dataset.place(*place), state, form, look.is_changed(state));
    }
    for point in &points.chosen {
        let state = &snapshot.states[point.place.0 as usize];
        keys.add(dataset.place(point.place), state, Form::Symbol, look.is_changed(state));
    }
    let is_seen = |place: &PlaceIndex| match dataset.place(*place).at {
        Some(at) => holds(grown(view.panel, -12.0 * setup.unit), view.forward(at)),
        None => visible.contains(place),
    };
    let marks: Vec<(PlaceIndex, Mark)> = setup
        .marks
        .iter()
        .filter(|(place, _)| is_seen(place))
        .flat_map(|(place, marks)| marks.iter().map(|mark| (*place, *mark)))
        .collect();
    marks.iter().for_each(|(_, mark)| keys.add_mark(*mark));
    let stale_days = policy.stale_after.map_or(0, |d| d.0);
    let legend = Legend::new(&keys, dataset, look, pen, snapshot.day, stale_days);
    let evidence = evidence(snapshot, visible.iter().copied().chain(points.chosen.iter().map(|p| p.place)));
    let credits = credits(dataset, snapshot, &evidence, setup.has_context, pen);
    let frame = Frame::new(pen, &setup.title, situation, &credits, inner[2]);
    let layout = Layout { panel: view.panel, legend: view.panel, below: false };
    Page { layout, view, inner, visible, points, legend, frame, narrow, marks, situation: situation.to_owned() }
}
