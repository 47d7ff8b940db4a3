use super::crossing::meet;
use super::*;
use crate::geometry::topology::topology_and_rings;
use geo::{Area, Coord, LineString, MultiPolygon, Polygon};
use proptest::prelude::*;

/// Cells of a grid with crooked borders that do not cross: each moves within a strip of its own.
fn cells(side: usize, offsets: &[(f64, f64)]) -> Vec<MultiPolygon<f64>> {
    const STEPS: usize = 12;
    let mut next = offsets.iter().cycle();
    let mut border = |a: [f64; 2], b: [f64; 2]| -> Vec<[f64; 2]> {
        let inner = (1..STEPS).map(|i| {
            let (t, (along, off)) = (i as f64 / STEPS as f64, *next.next().expect("endless"));
            let reach = t.min(1.0 - t) * 0.8;
            let t = t + along * 0.04;
            [
                a[0] + (b[0] - a[0]) * t - (b[1] - a[1]) * off * reach,
                a[1] + (b[1] - a[1]) * t + (b[0] - a[0]) * off * reach,
            ]
        });
        let inner: Vec<[f64; 2]> = inner.collect();
        std::iter::once(a).chain(inner).chain([b]).collect()
    };
    let node = |x: usize, y: usize| [x as f64, y as f64];
    let mut level = vec![vec![Vec::new(); side + 1]; side + 1];
    let mut upright = level.clone();
    for y in 0..=side {
        for x in 0..=side {
            if x < side {
                level[y][x] = border(node(x, y), node(x + 1, y));
            }
            if y < side {
                upright[y][x] = border(node(x, y), node(x, y + 1));
            }
        }
    }
    let mut faces = Vec::new();
    for y in 0..side {
        for x in 0..side {
            let mut ring: Vec<[f64; 2]> = level[y][x].clone();
            ring.extend(&upright[y][x + 1][1..]);
            ring.extend(level[y + 1][x].iter().rev().skip(1));
            ring.extend(upright[y][x].iter().rev().skip(1));
            let ring: LineString<f64> = ring.into_iter().map(|[x, y]| Coord { x, y }).collect();
            faces.push(MultiPolygon(vec![Polygon::new(ring, vec![])]));
        }
    }
    faces
}

/// Pairs of segments of all lines that meet, slowly.
fn meetings(lines: &[Vec<[f64; 2]>]) -> usize {
    let all: Vec<[[f64; 2]; 2]> = lines.iter().flat_map(|l| l.windows(2).map(|w| [w[0], w[1]])).collect();
    (0..all.len()).map(|i| all[i + 1..].iter().filter(|t| meet(all[i], **t)).count()).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn no_gap_opens_and_no_border_crosses_another(
        side in 1..4_usize, share in 0.0..1.0_f64,
        offsets in prop::collection::vec((-1.0..1.0_f64, -1.0..1.0_f64), 200)
    ) {
        let faces = cells(side, &offsets);
        let all: Vec<&MultiPolygon<f64>> = faces.iter().collect();
        let (topology, rings) = topology_and_rings(&all);
        let before: Vec<Vec<[f64; 2]>> = topology.arcs.iter().map(|a| a.points.clone()).collect();
        prop_assume!(meetings(&before) == 0);
        let lines = Lines::new(before.clone(), Metric::Plane);
        let least = lines.weight_of_share(share);
        let after = lines.simplify(least);
        prop_assert_eq!(meetings(&after), 0);
        for (a, b) in before.iter().zip(&after) {
            prop_assert_eq!((a.first(), a.last()), (b.first(), b.last()), "junctions are fixed");
            prop_assert!(b.iter().all(|p| a.contains(p)));
        }
        let shape = |lines: &[Vec<[f64; 2]>], ring: &[i32]| -> Polygon<f64> {
            let points = ring.iter().flat_map(|r| {
                let mut line = lines[(if *r < 0 { !*r } else { *r }) as usize].clone();
                if *r < 0 { line.reverse(); }
                line.pop();
                line
            });
            Polygon::new(points.map(|[x, y]| Coord { x, y }).collect(), vec![])
        };
        let whole = shape_sum(&rings, |r| shape(&after, r).signed_area());
        let outline = outline_area(&topology.arcs, &after);
        prop_assert!((whole - outline).abs() < 1e-9, "faces {} outline {}", whole, outline);
        for ring in &rings {
            let (a, b) = (shape(&before, ring).signed_area(), shape(&after, ring).signed_area());
            prop_assert!(b > 0.0 && (a - b).abs() < if share > 0.5 { 0.3 } else { 0.9 }, "{} {}", a, b);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn weighing_only_what_may_go_keeps_the_same_points(
        line in prop::collection::vec((-9.0..9.0_f64, -9.0..9.0_f64), 2..60),
        close in any::<bool>(), most in 0.0..40.0_f32
    ) {
        let mut line: Vec<[f64; 2]> = line.into_iter().map(|(x, y)| [x, y]).collect();
        if close {
            line.push(line[0]);
        }
        for metric in [Metric::Plane, Metric::Degrees] {
            let whole = Lines::new(vec![line.clone()], metric).simplify(most);
            prop_assert_eq!(&Lines::up_to(vec![line.clone()], metric, most).simplify(most), &whole);
        }
    }
}

fn shape_sum(rings: &[Vec<i32>], area: impl Fn(&[i32]) -> f64) -> f64 {
    rings.iter().map(|r| area(r)).sum()
}

/// The area within the arcs that have a face on one side only.
fn outline_area(arcs: &[crate::geometry::topology::TopologyArc], lines: &[Vec<[f64; 2]>]) -> f64 {
    let outer = arcs.iter().zip(lines).filter(|(a, _)| a.left.is_none() != a.right.is_none());
    let swept = |line: &[[f64; 2]]| line.windows(2).map(|w| w[0][0] * w[1][1] - w[1][0] * w[0][1]).sum::<f64>() / 2.0;
    outer.map(|(a, line)| if a.left.is_some() { swept(line) } else { -swept(line) }).sum()
}

#[test]
fn a_small_island_stays_a_triangle() {
    let ring: Vec<[f64; 2]> = (0..=40)
        .map(|i| f64::from(i % 40) / 40.0 * std::f64::consts::TAU)
        .map(|a| [libm::cos(a), libm::sin(a)])
        .collect();
    let kept = Lines::new(vec![ring.clone()], Metric::Plane).simplify(1e9);
    assert_eq!(kept[0].len(), 4);
    assert_eq!(kept[0][0], kept[0][3]);
    assert!(kept[0][1] != kept[0][2] && kept[0][1] != kept[0][0]);
}

#[test]
fn two_borders_between_the_same_junctions_do_not_fall_on_each_other() {
    let up = vec![[0.0, 0.0], [1.0, 0.2], [2.0, 0.3], [3.0, 0.0]];
    let down = vec![[0.0, 0.0], [1.0, -0.2], [2.0, -0.1], [3.0, 0.0]];
    let kept = Lines::new(vec![up, down], Metric::Plane).simplify(1e3);
    assert_eq!(meetings(&kept), 0);
    assert!(kept.iter().any(|l| l.len() > 2));
}

#[test]
fn a_share_is_kept_of_the_points_that_may_go() {
    let line: Vec<[f64; 2]> = (0..1002).map(|i| [f64::from(i), libm::sin(f64::from(i * i))]).collect();
    for share in [0.0, 0.1, 0.5, 1.0] {
        let lines = Lines::new(vec![line.clone()], Metric::Plane);
        let least = lines.weight_of_share(share);
        let kept = lines.simplify(least)[0].len() as f64 - 2.0;
        assert!((kept - 1000.0 * share).abs() <= 10.0, "{share}: {kept}");
    }
}

#[test]
fn what_crossed_before_is_not_kept_for_that() {
    let zigzag = |y: f64| (0..=50).map(|i| [f64::from(i), y + 0.01 * f64::from(i % 2)]).collect::<Vec<_>>();
    let across: Vec<[f64; 2]> = (0..=50).map(|i| [25.5 + 0.01 * f64::from(i % 2), f64::from(i) - 25.0]).collect();
    let kept = Lines::new(vec![zigzag(0.0), across], Metric::Plane).simplify(0.1);
    assert_eq!(kept.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2]);
}
