//! Long edges curve: takes points on the globe and a projection, gives points on its plane, with more of them
//! where a straight line between two would stray.

/// Halvings of an edge at most.
const DEEPEST: u32 = 12;
/// An edge of more degrees is halved unseen: it may bend one way and then the other.
const LONG: f64 = 20.0;

/// How closely lines follow.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tolerance {
    /// How far the middle of an edge may be from that of the straight line, in units of the plane.
    pub stray: f64,
    /// Radius of the globe in units of the plane.
    pub radius: f64,
    /// An edge of more than half a turn goes the other way round: the map is not cut there.
    pub wraps: bool,
}

/// Projects a line; edges are straight in degrees. Points that are not on the
/// map are left out.
pub fn resample(
    points: &[[f64; 2]],
    tolerance: Tolerance,
    project: impl Fn([f64; 2]) -> [f64; 2] + Copy,
) -> Vec<[f64; 2]> {
    let mut out = Vec::with_capacity(points.len());
    // an edge of this length strays by an eighth of the tolerance on a circle as large as the globe
    let short2 = tolerance.stray * tolerance.radius;
    let mut before: Option<([f64; 2], [f64; 2])> = None;
    for p in points {
        let q = project(*p);
        if !(q[0].is_finite() && q[1].is_finite()) {
            continue;
        }
        if let Some((a, b)) = before {
            let (dx, dy) = (q[0] - b[0], q[1] - b[1]);
            let wide = (p[0] - a[0]).abs() > LONG;
            if dx * dx + dy * dy > short2 || p[1].abs() > 75.0 || wide {
                bend([a, *p], [b, q], tolerance, DEEPEST, project, &mut out);
            }
        }
        out.push(q);
        before = Some((*p, q));
    }
    out
}

/// Adds what is needed between two points.
fn bend(
    [a, b]: [[f64; 2]; 2],
    [from, to]: [[f64; 2]; 2],
    tolerance: Tolerance,
    depth: u32,
    project: impl Fn([f64; 2]) -> [f64; 2] + Copy,
    out: &mut Vec<[f64; 2]>,
) {
    let dx = b[0] - a[0];
    let stray = tolerance.stray;
    let b_near = if !tolerance.wraps {
        b[0]
    } else if dx > 180.0 {
        b[0] - 360.0
    } else if dx < -180.0 {
        b[0] + 360.0
    } else {
        b[0]
    };
    let middle = [f64::midpoint(a[0], b_near), f64::midpoint(a[1], b[1])];
    let on = project(middle);
    let off = [on[0] - f64::midpoint(from[0], to[0]), on[1] - f64::midpoint(from[1], to[1])];
    let far2 = off[0] * off[0] + off[1] * off[1];
    let long = (b_near - a[0]).abs().max((b[1] - a[1]).abs()) > LONG;
    if depth == 0 || !far2.is_finite() || !(long || far2 > stray * stray) {
        return;
    }
    bend([a, middle], [from, on], tolerance, depth - 1, project, out);
    out.push(on);
    bend([middle, b], [on, to], tolerance, depth - 1, project, out);
}

#[cfg(test)]
mod tests {
    use super::{Tolerance, resample};

    /// Parallels as circles round the pole.
    fn polar([x, y]: [f64; 2]) -> [f64; 2] {
        let (r, a) = ((90.0 - y) * 100.0, x.to_radians());
        [r * libm::cos(a), r * libm::sin(a)]
    }

    #[test]
    fn a_parallel_becomes_an_arc_within_the_tolerance() {
        let tolerance = Tolerance { stray: 0.25, radius: 5730.0, wraps: true };
        let line = resample(&[[-30.0, 60.0], [30.0, 60.0]], tolerance, polar);
        assert!((20..200).contains(&line.len()), "{}", line.len());
        for pair in line.windows(2) {
            let m = [f64::midpoint(pair[0][0], pair[1][0]), f64::midpoint(pair[0][1], pair[1][1])];
            let r = (m[0] * m[0] + m[1] * m[1]).sqrt();
            assert!((r - 3000.0).abs() < 0.26, "{r}");
        }
    }

    #[test]
    fn a_meridian_stays_straight_and_the_short_way_is_taken() {
        let tolerance = Tolerance { stray: 0.25, radius: 5730.0, wraps: true };
        assert_eq!(resample(&[[20.0, 50.0], [20.0, 60.0]], tolerance, polar).len(), 2);
        let over = resample(&[[170.0, 60.0], [-170.0, 60.0]], tolerance, polar);
        assert!(over.iter().all(|p| p[0] < -2900.0), "{over:?}");
        let round = resample(&[[-180.0, 60.0], [180.0, 60.0]], Tolerance { wraps: false, ..tolerance }, polar);
        assert!(round.iter().any(|p| p[0] > 2990.0), "the long way");
    }
}
