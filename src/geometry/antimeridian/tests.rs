use super::*;
use crate::geometry::area::area_km2;
use geo::Area;
use proptest::prelude::*;

fn face(rings: &[&[(f64, f64)]]) -> MultiPolygon<f64> {
    let ring = |points: &&[(f64, f64)]| {
        let mut ring = LineString::from(points.to_vec());
        ring.close();
        Polygon::new(ring, vec![])
    };
    MultiPolygon(rings.iter().map(ring).collect())
}

fn frame(middle: f64) -> Frame {
    Frame { middle, joined: false }
}

const ACROSS: &[(f64, f64)] = &[(170.0, 60.0), (-170.0, 60.0), (-170.0, 70.0), (170.0, 70.0)];
const EAST: &[(f64, f64)] = &[(170.0, 60.0), (180.0, 60.0), (180.0, 70.0), (170.0, 70.0)];
const WEST: &[(f64, f64)] = &[(-180.0, 60.0), (-170.0, 60.0), (-170.0, 70.0), (-180.0, 70.0), (-180.0, 66.0)];
/// Down to the pole along ±180°, as flat maps have it.
const FLAT: &[(f64, f64)] =
    &[(-180.0, -80.0), (-60.0, -70.0), (60.0, -75.0), (180.0, -80.0), (180.0, -90.0), (-180.0, -90.0)];
/// The same coast as a ring on the globe.
const ROUND: &[(f64, f64)] = &[(-180.0, -80.0), (-60.0, -70.0), (60.0, -75.0)];

#[test]
fn a_map_cut_elsewhere_joins_what_a_file_split() {
    for rings in [&[ACROSS][..], &[EAST, WEST], &[WEST, EAST]] {
        let found = cut_topology(&[&face(rings)], frame(180.0));
        assert!(found.arcs.iter().all(|a| !a.is_seam));
        let along = |w: &[[f64; 2]]| w[0][0] == 180.0 && w[1][0] == 180.0;
        assert!(!found.arcs.iter().any(|a| a.points.windows(2).any(along)), "{rings:?}: {:?}", found.arcs);
        let longitudes = found.arcs.iter().flat_map(|a| &a.points).map(|p| p[0]);
        assert!(longitudes.clone().all(|x| (170.0..=190.0).contains(&x)), "{:?}", found.arcs);
        assert!(longitudes.clone().any(|x| x == 170.0) && longitudes.clone().any(|x| x == 190.0));
    }
}

#[test]
fn a_map_cut_there_has_two_halves_with_seams_that_are_not_drawn() {
    for rings in [&[ACROSS][..], &[EAST, WEST]] {
        let found = cut_topology(&[&face(rings)], frame(0.0));
        let seams: Vec<_> = found.arcs.iter().filter(|a| a.is_seam).collect();
        assert!(seams.iter().flat_map(|a| &a.points).all(|p| p[0].abs() == 180.0));
        let drawn = found.arcs.iter().filter(|a| !a.is_seam);
        assert!(!seams.is_empty() && drawn.clone().count() >= 2, "{:?}", found.arcs);
        for w in drawn.flat_map(|a| a.points.windows(2)) {
            assert!((w[1][0] - w[0][0]).abs() <= 10.0, "{w:?}");
            assert!(!(w[0][0].abs() == 180.0 && w[1][0].abs() == 180.0), "{w:?}");
        }
    }
}

#[test]
fn a_cap_is_the_same_whichever_way_it_is_written() {
    let areas: Vec<f64> = [FLAT, ROUND].iter().map(|r| cut(&face(&[r]), frame(40.0)).unsigned_area()).collect();
    // down to the pole, over all longitudes
    assert!((areas[0] - areas[1]).abs() < 1e-6 && areas[0] > 360.0 * 10.0, "{areas:?}");
    for ring in [FLAT, ROUND] {
        let around_pole = cut_topology(&[&face(&[ring])], Frame { middle: 0.0, joined: true });
        assert_eq!(around_pole.arcs.len(), 1, "{ring:?}: {:?}", around_pole.arcs);
        let [first, last] = [0, around_pole.arcs[0].points.len() - 1].map(|i| around_pole.arcs[0].points[i]);
        assert_eq!(first, last);
        assert!(around_pole.arcs[0].points.iter().all(|p| p[1] > -90.0), "{:?}", around_pole.arcs);
    }
}

#[test]
fn an_edge_from_side_to_side_is_a_step_over_the_antimeridian() {
    let sliver = [(-180.0, -16.5), (180.0, -16.4), (180.0, -16.3), (-180.0, -16.2)];
    assert!(cut(&face(&[&sliver]), frame(179.0)).0.is_empty());
}

#[test]
fn a_hole_on_the_cut_becomes_a_bay_in_both_halves() {
    let mut island = face(&[&[(-10.0, -10.0), (10.0, -10.0), (10.0, 10.0), (-10.0, 10.0)]]);
    island.0[0].interiors_push(LineString::from(vec![
        (-5.0, -5.0),
        (-5.0, 5.0),
        (5.0, 5.0),
        (5.0, -5.0),
        (-5.0, -5.0),
    ]));
    let halves = cut(&island, frame(180.0));
    assert_eq!(halves.0.len(), 2);
    assert!(halves.0.iter().all(|p| p.interiors().is_empty()));
    assert!((halves.unsigned_area() - 300.0).abs() < 1e-9);
}

proptest! {
    #[test]
    fn cutting_anywhere_keeps_the_area_and_stays_on_the_map(
        middle in -180.0..180.0_f64, at in -180.0..180.0_f64, radii in prop::collection::vec(5.0..40.0_f64, 5..40)
    ) {
        let n = radii.len() as f64;
        let ring: Vec<(f64, f64)> = radii.iter().enumerate().map(|(i, r)| {
            let turn = i as f64 / n * std::f64::consts::TAU;
            let x = at + r * libm::cos(turn);
            let x = if x > 180.0 { x - 360.0 } else if x < -180.0 { x + 360.0 } else { x };
            (x, r * libm::sin(turn))
        }).collect();
        let whole = face(&[&ring]);
        let halves = cut(&whole, frame(middle));
        for c in halves.0.iter().flat_map(|p| &p.exterior().0) {
            prop_assert!((c.x - middle).abs() <= 180.0 + 1e-9);
        }
        let (before, after) = (area_km2(&whole), area_km2(&halves));
        prop_assert!((after / before - 1.0).abs() < 0.02, "{} {}", before, after);
    }
}
