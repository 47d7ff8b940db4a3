//! Tests of which classes have keys.

use super::{Form, Keys, Sign};
use crate::map::annotation::Mark;
use crate::map::symbol::Shape;
use crate::model::{ActorIndex, Control, Day, EventIndex, Level, Names, Overlay, OverlayKind, Part, Place, Share};
use crate::timeline::{Basis, State};

fn place(level: Level, kind: &str) -> Place {
    Place {
        id: "p".into(),
        names: Names::new("P"),
        level,
        region: None,
        container: None,
        at: None,
        population: None,
        kind: kind.into(),
    }
}

fn state(control: Control) -> State {
    State {
        control,
        overlays: Vec::new(),
        evidence: Vec::new(),
        basis: Basis::Direct,
        since: None,
        claimed: false,
        stale: false,
        closed: None,
        changing: false,
    }
}

fn signs(state: &State, form: Form, is_changed: bool) -> Vec<Sign> {
    let mut keys = Keys::default();
    keys.add(&place(Level::Adm1, ""), state, form, is_changed);
    keys.signs.into_keys().collect()
}

const A: ActorIndex = ActorIndex(0);
const B: ActorIndex = ActorIndex(1);

fn parts(share: Option<(f64, f64)>) -> Control {
    let share = share.map(|(low, high)| Share::new(low, high).expect("a share"));
    Control::Partial(vec![Part { actors: vec![A], share, rest: false }])
}

#[test]
fn every_control_of_an_area_has_its_keys_and_no_other() {
    let both = vec![A, B];
    let cases = [
        (Control::Held(A), vec![]),
        (parts(Some((0.8, 0.8))), vec![Sign::Partial, Sign::Remainder]),
        (parts(Some((0.6, 0.8))), vec![Sign::Partial, Sign::Interval, Sign::Remainder]),
        (parts(Some((0.6, 1.0))), vec![Sign::Partial, Sign::Interval]),
        (parts(None), vec![Sign::Unstated, Sign::Remainder]),
        (Control::Contested(both.clone()), vec![Sign::Contested(both.clone())]),
        (Control::Shared(both.clone()), vec![Sign::Shared(both.clone())]),
        (Control::Lost(vec![A]), vec![Sign::Lost(vec![A])]),
        (Control::Vacant, vec![Sign::Vacant]),
        (Control::Unknown, vec![Sign::Unknown]),
        (Control::OutOfScope, vec![Sign::OutOfScope]),
    ];
    for (control, wanted) in cases {
        assert_eq!(signs(&state(control.clone()), Form::Area, false), wanted, "{control:?}");
        let mut narrow = wanted;
        narrow.push(Sign::Narrow);
        narrow.sort();
        assert_eq!(signs(&state(control.clone()), Form::Narrow, false), narrow, "{control:?}");
    }
}

#[test]
fn parts_without_a_figure_show_both_looks_that_they_have() {
    let rest = Part { actors: vec![B], share: None, rest: false };
    let little = Part { actors: vec![A], share: Share::new(0.01, 0.01), rest: false };
    let [plain, striped] = [Control::Partial(vec![little, rest]), parts(None)].map(state);
    for both in [[&plain, &striped], [&striped, &plain]] {
        let mut keys = Keys::default();
        both.iter().for_each(|state| keys.add(&place(Level::Adm1, ""), state, Form::Area, false));
        let sample = &keys.signs[&Sign::Unstated];
        assert_eq!([sample.area.as_ref(), sample.other.as_ref()], both.map(Some));
    }
    let mut keys = Keys::default();
    [&striped, &striped].iter().for_each(|state| keys.add(&place(Level::Adm1, ""), state, Form::Area, false));
    assert_eq!(keys.signs[&Sign::Unstated].other, None);
}

#[test]
fn what_is_drawn_besides_control_has_its_key() {
    let held = state(Control::Held(A));
    let overlay = |kind| vec![Overlay { kind, actor: B, claimed: false, since: Day(0), evidence: Vec::new() }];
    let besieged = State { overlays: overlay(OverlayKind::Besieged), ..held.clone() };
    let present = State { overlays: overlay(OverlayKind::Presence), ..held.clone() };
    assert_eq!(signs(&held, Form::Area, true), [Sign::Changed]);
    assert_eq!(signs(&State { stale: true, ..held.clone() }, Form::Area, false), [Sign::Stale]);
    assert_eq!(signs(&State { claimed: true, ..held.clone() }, Form::Area, false), [Sign::Claimed]);
    assert_eq!(signs(&besieged, Form::Area, false), [Sign::Besieged(B, false)]);
    assert_eq!(signs(&present, Form::Area, false), [Sign::Presence(B, false)]);
    let mut claimed = present;
    claimed.overlays[0].claimed = true;
    assert_eq!(signs(&claimed, Form::Area, false), [Sign::Presence(B, true)]);
    // nothing is faded or closed where the map does not show it
    assert_eq!(signs(&State { stale: true, ..state(Control::Unknown) }, Form::Area, false), [Sign::Unknown]);
    assert_eq!(signs(&State { closed: Some(EventIndex(0)), ..held }, Form::Area, false), []);
}

#[test]
fn every_kind_of_site_has_a_key_and_a_symbol_of_its_own() {
    let mut keys = Keys::default();
    let held = state(Control::Held(A));
    let kinds = ["airport", "airbase", "base", "crossing", "dam", "prison", "mine"];
    for kind in kinds {
        keys.add(&place(Level::Site, kind), &held, Form::Symbol, false);
    }
    keys.add(&place(Level::Settlement, "town"), &State { closed: Some(EventIndex(0)), ..held }, Form::Symbol, false);
    let mut shapes: Vec<Shape> =
        keys.signs.keys().filter_map(|s| if let Sign::Site(shape, _) = s { Some(*shape) } else { None }).collect();
    shapes.dedup();
    assert_eq!(shapes.len(), kinds.len());
    assert!(keys.signs.contains_key(&Sign::Settlement) && keys.signs.contains_key(&Sign::Closed));
    assert_eq!(keys.signs.len(), kinds.len() + 2);
}

#[test]
fn strikes_and_clashes_are_keyed_apart_with_their_days() {
    let mut keys = Keys::default();
    keys.add_mark(Mark { is_strike: true, from: Day(3), to: Day(4) });
    keys.add_mark(Mark { is_strike: true, from: Day(6), to: Day(6) });
    keys.add_mark(Mark { is_strike: false, from: Day(5), to: Day(5) });
    assert_eq!(keys.signs.into_keys().collect::<Vec<_>>(), [Sign::Strike, Sign::Clash]);
    assert_eq!(keys.fights, [Some((Day(3), Day(6))), Some((Day(5), Day(5)))]);
}
