use super::super::runs::{Cover, FaceIndex, ONE};
use super::*;
use proptest::prelude::*;

const AS_IS: ToPixel = ToPixel { scale: 1.0, by: [0.0, 0.0] };

/// Random numbers in −1…1.
struct Random(u64);

impl Random {
    fn next(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1u64 << 52) as f64 - 1.0
    }
}

/// A line that wriggles between two points and never meets itself or a neighbour: it stays in a
/// rhombus of less than 45 degrees.
fn wriggle(random: &mut Random, a: [f64; 2], b: [f64; 2], height: f64, depth: u32, points: &mut Vec<[f64; 2]>) {
    if depth == 0 {
        points.push(b);
        return;
    }
    let h = random.next() * height;
    let middle = [(a[0] + b[0]) / 2.0 + (a[1] - b[1]) * h, (a[1] + b[1]) / 2.0 + (b[0] - a[0]) * h];
    wriggle(random, a, middle, height * 0.7, depth - 1, points);
    wriggle(random, middle, b, height * 0.7, depth - 1, points);
}

/// A grid of faces with fractal borders.
fn fractal(seed: u64, across: u32, size: f64, at: [f64; 2], depth: u32) -> Vec<Arc> {
    let random = &mut Random(seed | 1);
    let n = i64::from(across);
    let step = size / n as f64;
    let face = |x: i64, y: i64| (x >= 0 && y >= 0 && x < n && y < n).then(|| (y * n + x) as u32);
    let node = |x: i64, y: i64| [at[0] + x as f64 * step, at[1] + y as f64 * step];
    let mut arcs = Vec::new();
    for y in 0..=n {
        for x in 0..=n {
            for (to, left, right) in
                [([x + 1, y], face(x, y - 1), face(x, y)), ([x, y + 1], face(x, y), face(x - 1, y))]
            {
                if to[0] > n || to[1] > n {
                    continue;
                }
                let mut points = vec![node(x, y)];
                wriggle(random, node(x, y), node(to[0], to[1]), 0.1, depth, &mut points);
                // some run the other way
                if random.next() > 0.0 {
                    points.reverse();
                    arcs.push(Arc { points, left: right, right: left });
                } else {
                    arcs.push(Arc { points, left, right });
                }
            }
        }
    }
    arcs
}

fn polygon(points: &[[f64; 2]]) -> Vec<Arc> {
    let mut points = points.to_vec();
    points.push(points[0]);
    // as listed in the tests: clockwise on the page, so the inside is on the right
    vec![Arc { points, left: None, right: Some(0) }]
}

/// Checks that runs tile their rows and weights sum to one.
fn assert_whole(runs: &Runs) {
    for y in 0..runs.height {
        let mut x = 0;
        for (pixels, cover) in runs.row(y) {
            assert_eq!(pixels.start, x);
            assert!(pixels.end > x);
            x = pixels.end;
            if let Cover::Mix(weights) = cover {
                assert_eq!(weights.iter().map(|w| w.weight).sum::<u32>(), ONE);
                assert!(weights.len() > 1 && weights.is_sorted_by(|a, b| a.face < b.face));
                assert!(weights.iter().all(|w| w.weight > 0));
            }
        }
        assert_eq!(x, runs.width);
    }
}

/// How much of each pixel a face covers.
fn coverage(runs: &Runs, face: u32) -> Vec<Vec<u32>> {
    let weight = |cover: Cover| match cover {
        Cover::Solid(f) => {
            if f == face {
                ONE
            } else {
                0
            }
        }
        Cover::Mix(weights) => weights.iter().find(|w| w.face == face).map_or(0, |w| w.weight),
    };
    (0..runs.height).map(|y| runs.row(y).flat_map(|(p, c)| p.map(move |_| weight(c))).collect()).collect()
}

fn total(runs: &Runs, face: u32) -> f64 {
    coverage(runs, face).iter().flatten().map(|w| f64::from(*w)).sum::<f64>() / f64::from(ONE)
}

#[test]
fn a_triangle_covers_what_geometry_says() {
    let runs = fill(&polygon(&[[0.0, 0.0], [4.0, 4.0], [0.0, 4.0]]), 1, AS_IS, 6, 5);
    assert_whole(&runs);
    let half = ONE / 2;
    let expected = [
        [half, 0, 0, 0, 0, 0],
        [ONE, half, 0, 0, 0, 0],
        [ONE, ONE, half, 0, 0, 0],
        [ONE, ONE, ONE, half, 0, 0],
        [0; 6],
    ];
    assert_eq!(coverage(&runs, 0), expected);
    // a slope of one in four: eighths of a pixel
    let runs = fill(&polygon(&[[0.0, 0.0], [4.0, 1.0], [0.0, 1.0]]), 1, AS_IS, 4, 1);
    assert_eq!(coverage(&runs, 0), [[7, 5, 3, 1].map(|e| e * ONE / 8)]);
}

#[test]
fn a_rectangle_between_pixels_covers_its_parts() {
    let runs = fill(&polygon(&[[0.5, 0.25], [2.5, 0.25], [2.5, 1.0], [0.5, 1.0]]), 1, AS_IS, 4, 2);
    assert_eq!(coverage(&runs, 0), [[3 * ONE / 8, 3 * ONE / 4, 3 * ONE / 8, 0], [0; 4]]);
    assert_eq!(runs.flaws, 0);
}

#[test]
fn what_lies_outside_the_page_costs_and_changes_nothing() {
    let far = 1e12;
    let around = [[-far, -far], [far, -far], [far, far], [-far, far]];
    let runs = fill(&polygon(&around), 1, AS_IS, 40, 40);
    assert!((0..40).all(|y| runs.row(y).eq([(0..40, Cover::Solid(0))])));
    // the diagonal of a huge triangle still cuts the page where it should
    let runs = fill(&polygon(&[[-far, -far], [far, far], [-far, far]]), 1, AS_IS, 40, 40);
    assert_whole(&runs);
    assert!((total(&runs, 0) - 800.0).abs() < 1.0, "{}", total(&runs, 0));
    let runs = fill(&polygon(&[[1e6, 0.0], [2e6, 0.0], [2e6, 40.0]]), 1, AS_IS, 40, 40);
    assert_eq!(total(&runs, 0), 0.0);
}

#[test]
fn a_part_of_a_larger_page_is_the_same_as_that_part() {
    let arcs = fractal(5, 4, 100.0, [3.3, 2.7], 5);
    let whole = fill(&arcs, 16, AS_IS, 110, 110);
    let part = fill(&arcs, 16, ToPixel { scale: 1.0, by: [-30.0, -40.0] }, 50, 33);
    for face in 0..16 {
        let cut: Vec<Vec<u32>> = coverage(&whole, face)[40..73].iter().map(|r| r[30..80].to_vec()).collect();
        for (a, b) in cut.iter().flatten().zip(coverage(&part, face).iter().flatten()) {
            // lines are cut at the page's left edge, which rounds once more
            assert!(a.abs_diff(*b) <= 1024, "{a} {b}");
        }
    }
}

#[test]
fn holes_and_faces_without_number_are_outside() {
    let mut arcs = polygon(&[[0.0, 0.0], [8.0, 0.0], [8.0, 8.0], [0.0, 8.0]]);
    let mut hole = polygon(&[[2.0, 2.0], [6.0, 2.0], [6.0, 6.0], [2.0, 6.0]]);
    hole[0].left = Some(0);
    hole[0].right = Some(99);
    arcs.append(&mut hole);
    let runs = fill(&arcs, 1, AS_IS, 8, 8);
    assert_eq!([total(&runs, 0), total(&runs, OUTSIDE)], [48.0, 16.0]);
}

#[test]
fn odd_numbers_and_broken_partitions_are_borne() {
    let odd = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300, -1e300, 3.0, 0.0, 7.5];
    for i in 0..64 {
        let p = |k: usize| [odd[(i + k) % 8], odd[(i / 8 + 3 * k) % 8]];
        let arcs = vec![Arc { points: (0..9).map(p).collect(), left: Some(0), right: Some(1) }];
        assert_whole(&fill(&arcs, 2, AS_IS, 20, 20));
    }
    assert!(fill(&[], 0, AS_IS, 0, 5).bins.is_empty());
    // the same square by three faces
    let square = [[2.0, 2.0], [8.0, 2.0], [8.0, 8.0], [2.0, 8.0]];
    let mut arcs = Vec::new();
    for face in 0..3 {
        arcs.append(&mut polygon(&square));
        arcs.last_mut().unwrap().right = Some(face);
    }
    let runs = fill(&arcs, 3, AS_IS, 10, 10);
    assert_whole(&runs);
    assert_eq!(runs.flaws, 36);
    assert_eq!(total(&runs, OUTSIDE), 64.0);
}

#[test]
fn a_ring_that_crosses_itself_fills_both_its_lobes_and_leaves_its_neighbour() {
    // a square at the left, and beside it a bow-tie whose left lobe runs the wrong way round
    let square = Arc { points: vec![[10.0, 0.0], [10.0, 10.0]], left: None, right: Some(0) };
    let rest = Arc { points: vec![[10.0, 10.0], [0.0, 10.0], [0.0, 0.0], [10.0, 0.0]], left: None, right: Some(0) };
    let bow = [[10.0, 0.0], [10.0, 10.0], [20.0, 0.0], [20.0, 10.0], [10.0, 0.0]].to_vec();
    let runs = fill(&[square, rest, Arc { points: bow, left: Some(1), right: None }], 2, AS_IS, 22, 10);
    let shown = |x: u32, y: u32| runs.row(y).find(|(pixels, _)| pixels.contains(&x)).map(|(_, cover)| cover);
    for y in 3..7 {
        assert_eq!(shown(9, y), Some(Cover::Solid(0)));
        assert_eq!(shown(10, y), Some(Cover::Solid(1)));
        assert_eq!(shown(19, y), Some(Cover::Solid(1)));
    }
    assert_eq!(shown(15, 0), Some(Cover::Solid(super::super::runs::OUTSIDE)));
    assert_whole(&runs);
}

#[test]
fn many_faces_in_one_pixel_are_borne() {
    let arcs: Vec<Arc> = (0..3000u32)
        .flat_map(|f| {
            let mut arcs = polygon(&[[1.1, 1.1], [1.9, 1.1], [1.9, 1.9]]);
            arcs[0].right = Some(f % 1500);
            arcs
        })
        .collect();
    assert_whole(&fill(&arcs, 1500, AS_IS, 4, 4));
}

#[test]
fn one_thread_gives_what_many_give() {
    let arcs = fractal(7, 12, 300.0, [1.0, 2.0], 6);
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| fill(&arcs, 144, AS_IS, 310, 310))
    };
    assert!(with(1) == with(5));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn no_pixel_within_a_valid_partition_shows_the_outside(
        seed in any::<u64>(), across in 1u32..9, size in 20.0..200.0f64,
        x in -50.0..50.0f64, y in -50.0..50.0f64, depth in 0u32..7,
    ) {
        let arcs = fractal(seed, across, size, [x, y], depth);
        let faces = across * across;
        let runs = fill(&arcs, faces as usize, AS_IS, 120, 90);
        assert_whole(&runs);
        prop_assert_eq!(runs.flaws, 0);
        let outside = coverage(&runs, OUTSIDE);
        // well within the rim's rhombi; a face's step is size / across
        let rim = size / f64::from(across) * 0.5 + 1.0;
        let mut sums = vec![vec![0; 120]; 90];
        for face in (0..faces).chain([OUTSIDE]) {
            for (sum, w) in sums.iter_mut().flatten().zip(coverage(&runs, face).iter().flatten()) {
                *sum += w;
            }
        }
        for py in 0..90 {
            for px in 0..120 {
                prop_assert_eq!(sums[py][px], ONE);
                let (fx, fy) = (px as f64 - x, py as f64 - y);
                if fx > rim && fy > rim && fx + 1.0 < size - rim && fy + 1.0 < size - rim {
                    prop_assert_eq!(outside[py][px], 0, "at {} {}", px, py);
                }
            }
        }
    }

    #[test]
    fn areas_are_those_of_the_polygons(seed in any::<u64>(), across in 1u32..5) {
        let arcs = fractal(seed, across, 100.0, [20.0, 20.0], 5);
        let faces = across * across;
        let runs = fill(&arcs, faces as usize, AS_IS, 140, 140);
        for face in 0..faces {
            let mut area = 0.0;
            for arc in &arcs {
                let sign = match (arc.left == Some(face), arc.right == Some(face)) {
                    (true, false) => 0.5, (false, true) => -0.5, _ => continue,
                };
                area += arc.points.windows(2).map(|w| (w[1][0] * w[0][1] - w[0][0] * w[1][1]) * sign).sum::<f64>();
            }
            prop_assert!((total(&runs, face) - area).abs() < 0.5, "{} {}", total(&runs, face), area);
        }
    }

    #[test]
    fn the_index_lists_each_run_of_a_face_once(seed in any::<u64>()) {
        let arcs = fractal(seed, 3, 50.0, [5.0, 5.0], 4);
        let runs = fill(&arcs, 9, AS_IS, 60, 60);
        let index = FaceIndex::of(&runs, 9);
        for face in 0..9 {
            let mut again = vec![vec![0; 60]; 60];
            for (y, pixels, cover) in index.rows_of(&runs, face) {
                let weight = match cover {
                    Cover::Solid(f) => { prop_assert_eq!(f, face); ONE }
                    Cover::Mix(w) => w.iter().find(|w| w.face == face).unwrap().weight,
                };
                for x in pixels { again[y as usize][x as usize] += weight; }
            }
            prop_assert_eq!(again, coverage(&runs, face));
        }
        prop_assert_eq!(index.rows_of(&runs, 9).count(), 0);
    }
}
