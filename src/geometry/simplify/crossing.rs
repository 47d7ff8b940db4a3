//! Which lines cross or lie on each other: segments by the cells of a grid, then pair by pair.

use rayon::prelude::*;

/// A segment: its line, and where in it.
pub(in crate::geometry) type Segment = (u32, u32);

/// Entries of the grid for each segment, at most.
const ENTRIES: usize = 6;
/// Cells of the grid for each segment, at most.
const CELLS: usize = 4;

/// Gives the pairs of lines (or one with itself) of which segments meet in the sense asked for, [`meet`] or [`cross`];
/// segments of which neither is `new` are not looked at. Sorted, each once.
pub(in crate::geometry) fn crossing(
    lines: &[&[[f64; 2]]],
    is_new: impl Fn(Segment) -> bool + Sync,
    meet: impl Fn([[f64; 2]; 2], [[f64; 2]; 2]) -> bool + Sync,
) -> Vec<(u32, u32)> {
    let bounds = lines.iter().copied().flatten().fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |b, p| {
        [b[0].min(p[0]), b[1].min(p[1]), b[2].max(p[0]), b[3].max(p[1])]
    });
    let segments: Vec<Segment> = lines
        .iter()
        .enumerate()
        .flat_map(|(i, l)| (0..l.len().saturating_sub(1)).map(move |k| (i as u32, k as u32)))
        .collect();
    let ends = |s: Segment| {
        let line = lines[s.0 as usize];
        [line[s.1 as usize], line[s.1 as usize + 1]]
    };
    let sum: f64 = segments.iter().map(|s| ends(*s)).map(|[a, b]| (b[0] - a[0]).abs() + (b[1] - a[1]).abs()).sum();
    let (width, height) = ((bounds[2] - bounds[0]).max(1e-12), (bounds[3] - bounds[1]).max(1e-12));
    // most segments meet one cell or two
    let mut size = (2.0 * sum / segments.len().max(1) as f64).max(width.max(height) / 60_000.0);
    let side = |length: f64, size: f64| (length / size) as usize + 1;
    let cells = |s: Segment, size: f64| {
        let [a, b] = ends(s);
        let cell = |p: f64, axis: usize| ((p - bounds[axis]) / size) as usize;
        let [x0, x1] = [a[0].min(b[0]), a[0].max(b[0])].map(|x| cell(x, 0));
        let [y0, y1] = [a[1].min(b[1]), a[1].max(b[1])].map(|y| cell(y, 1));
        (x0..x1 + 1, y0..y1 + 1)
    };
    let count = |size: f64| -> usize {
        let of = |s: &Segment| {
            let (x, y) = cells(*s, size);
            x.len() * y.len()
        };
        segments.par_iter().with_min_len(16_384).map(of).sum()
    };
    let most = (CELLS * segments.len()).max(1024);
    while side(width, size) * side(height, size) > most || count(size) > ENTRIES * segments.len() {
        size *= 1.5;
    }
    // the segments of each cell, one cell after another
    let columns = side(width, size);
    let at = |s: Segment| {
        let (x, y) = cells(s, size);
        y.flat_map(move |y| x.clone().map(move |x| y * columns + x))
    };
    let new: Vec<bool> = segments.iter().map(|s| is_new(*s)).collect();
    // where nothing is new, nothing can be found
    let mut wanted = vec![false; columns * side(height, size)];
    segments.iter().zip(&new).filter(|(_, new)| **new).flat_map(|(s, _)| at(*s)).for_each(|cell| wanted[cell] = true);
    let at = |s: Segment| at(s).filter(|cell| wanted[*cell]);
    let mut starts = vec![0_u32; wanted.len() + 2];
    segments.iter().flat_map(|s| at(*s)).for_each(|cell| starts[cell + 2] += 1);
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    let mut entries = vec![0_u32; sum as usize];
    for (i, segment) in segments.iter().enumerate() {
        for cell in at(*segment) {
            entries[starts[cell + 1] as usize] = i as u32;
            starts[cell + 1] += 1;
        }
    }
    let mut found: Vec<(u32, u32)> = starts
        .par_windows(2)
        .with_min_len(1024)
        .flat_map_iter(|ends_of| {
            let cell = &entries[ends_of[0] as usize..ends_of[1] as usize];
            let mut found = Vec::new();
            for (i, s) in cell.iter().enumerate() {
                let (is_new, s) = (new[*s as usize], segments[*s as usize]);
                for t in &cell[i + 1..] {
                    let (t, at) = (segments[*t as usize], *t as usize);
                    if (is_new || new[at]) && meet(ends(s), ends(t)) {
                        found.push((s.0.min(t.0), s.0.max(t.0)));
                    }
                }
            }
            found
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Twice the area of a triangle; positive where the turn is to the left.
fn turn(a: [f64; 2], b: [f64; 2], c: [f64; 2]) -> f64 {
    (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])
}

/// Tells whether two segments cut through each other, each with ends on either side of the other, by more than
/// what rounding moves.
pub(in crate::geometry) fn cross([a, b]: [[f64; 2]; 2], [c, d]: [[f64; 2]; 2]) -> bool {
    const ROUNDING: f64 = 1e-7;
    let apart =
        |axis: usize| a[axis].max(b[axis]) < c[axis].min(d[axis]) || c[axis].max(d[axis]) < a[axis].min(b[axis]);
    if apart(0) || apart(1) {
        return false;
    }
    let through = |a: [f64; 2], b: [f64; 2], c: [f64; 2], d: [f64; 2]| {
        let least = ROUNDING * ((b[0] - a[0]).abs() + (b[1] - a[1]).abs());
        let (one, other) = (turn(a, b, c), turn(a, b, d));
        (one > least && other < -least) || (one < -least && other > least)
    };
    through(a, b, c, d) && through(c, d, a, b)
}

/// Tells whether two segments have more in common than an end of both.
pub(in crate::geometry) fn meet([a, b]: [[f64; 2]; 2], [c, d]: [[f64; 2]; 2]) -> bool {
    let apart =
        |axis: usize| a[axis].max(b[axis]) < c[axis].min(d[axis]) || c[axis].max(d[axis]) < a[axis].min(b[axis]);
    if apart(0) || apart(1) {
        return false;
    }
    // an end in common: they overlap only where the other ends lie the same way
    let shared = [(a, b, c, d), (a, b, d, c), (b, a, c, d), (b, a, d, c)];
    if let Some((at, p, _, q)) = shared.into_iter().find(|(e, _, f, _)| e == f) {
        let along = (p[0] - at[0]) * (q[0] - at[0]) + (p[1] - at[1]) * (q[1] - at[1]) > 0.0;
        return p == q || (along && turn(at, p, q) == 0.0);
    }
    let (abc, abd, cda, cdb) = (turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b));
    if abc == 0.0 && abd == 0.0 {
        // on one line, and not apart
        return true;
    }
    abc * abd <= 0.0 && cda * cdb <= 0.0
}
