//! How much each point of a line matters: the area that goes with it, spikes counting less.

use super::Metric;

const NONE: u32 = u32::MAX;
/// How much less a spike counts and how much more a gentle bend.
const ANGLE: f64 = 0.7;

/// Room for the work on one line, used again for the next.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    areas: Vec<f64>,
    before: Vec<u32>,
    after: Vec<u32>,
    heap: Vec<u32>,
    /// Where a point stands in the heap.
    place: Vec<u32>,
}

/// The area of a triangle, weighted by the angle at its second point.
fn weighted(a: [f64; 2], b: [f64; 2], c: [f64; 2], narrow: f64) -> f64 {
    let (u, v) = ([(a[0] - b[0]) * narrow, a[1] - b[1]], [(c[0] - b[0]) * narrow, c[1] - b[1]]);
    let area = (u[0] * v[1] - u[1] * v[0]).abs() / 2.0;
    let lengths = ((u[0] * u[0] + u[1] * u[1]) * (v[0] * v[0] + v[1] * v[1])).sqrt();
    let cosine = if lengths > 0.0 { (u[0] * v[0] + u[1] * v[1]) / lengths } else { 0.0 };
    area * (1.0 - ANGLE * cosine)
}

impl Scratch {
    /// Weighs the points that weigh at most `most`: the others are infinite, and so are the ends and the last two of a
    /// closed line.
    pub(super) fn weights(&mut self, line: &[[f64; 2]], metric: Metric, most: f32) -> Vec<f32> {
        let n = line.len();
        let mut weights = vec![f32::INFINITY; n];
        if n < 3 {
            return weights;
        }
        let narrow = match metric {
            Metric::Plane => 1.0,
            Metric::Degrees => libm::cos(f64::midpoint(line[0][1], line[n / 2][1]).to_radians()).abs().max(0.01),
        };
        self.areas.clear();
        self.areas.push(f64::INFINITY);
        self.areas.extend(line.windows(3).map(|w| weighted(w[0], w[1], w[2], narrow)));
        self.areas.push(f64::INFINITY);
        let count = n as u32;
        // of a line that loses little, most points never see the heap
        self.heap.clear();
        self.heap.extend((1..count - 1).filter(|i| self.areas[*i as usize] as f32 <= most));
        if self.heap.is_empty() {
            return weights;
        }
        self.before.clear();
        self.before.extend((0..count).map(|i| i.wrapping_sub(1)));
        self.after.clear();
        self.after.extend(1..=count);
        self.place.clear();
        self.place.resize(n, NONE);
        for (at, point) in self.heap.iter().enumerate() {
            self.place[*point as usize] = at as u32;
        }
        for at in (0..self.heap.len() / 2).rev() {
            self.sink(at);
        }
        let spared = if line[0] == line[n - 1] { 2 } else { 0 };
        let mut left_over = n - 2;
        let mut reached = 0.0_f64;
        while left_over > spared && !self.heap.is_empty() {
            let point = self.heap[0];
            let i = point as usize;
            reached = reached.max(self.areas[i]);
            if reached as f32 > most {
                break;
            }
            weights[i] = reached as f32;
            left_over -= 1;
            let last = self.heap.pop().expect("the heap is not empty");
            if last != point {
                self.heap[0] = last;
                self.place[last as usize] = 0;
                self.sink(0);
            }
            let (left, right) = (self.before[i], self.after[i]);
            self.after[left as usize] = right;
            self.before[right as usize] = left;
            for near in [left, right] {
                if near == 0 || near == count - 1 {
                    continue;
                }
                let j = near as usize;
                let (a, c) = (line[self.before[j] as usize], line[self.after[j] as usize]);
                self.areas[j] = weighted(a, line[j], c, narrow);
                if self.place[j] != NONE {
                    self.rise(self.place[j] as usize);
                    self.sink(self.place[j] as usize);
                } else if self.areas[j] as f32 <= most {
                    self.heap.push(near);
                    self.rise(self.heap.len() - 1);
                }
            }
        }
        weights
    }

    /// Smaller areas first; of equal ones the earlier point.
    fn less(&self, a: u32, b: u32) -> bool {
        let (x, y) = (self.areas[a as usize], self.areas[b as usize]);
        x < y || (x == y && a < b)
    }

    fn sink(&mut self, mut at: usize) {
        let point = self.heap[at];
        loop {
            let mut child = 2 * at + 1;
            if child >= self.heap.len() {
                break;
            }
            if child + 1 < self.heap.len() && self.less(self.heap[child + 1], self.heap[child]) {
                child += 1;
            }
            if !self.less(self.heap[child], point) {
                break;
            }
            self.heap[at] = self.heap[child];
            self.place[self.heap[at] as usize] = at as u32;
            at = child;
        }
        self.heap[at] = point;
        self.place[point as usize] = at as u32;
    }

    fn rise(&mut self, mut at: usize) {
        let point = self.heap[at];
        while at > 0 {
            let parent = (at - 1) / 2;
            if !self.less(point, self.heap[parent]) {
                break;
            }
            self.heap[at] = self.heap[parent];
            self.place[self.heap[at] as usize] = at as u32;
            at = parent;
        }
        self.heap[at] = point;
        self.place[point as usize] = at as u32;
    }
}
