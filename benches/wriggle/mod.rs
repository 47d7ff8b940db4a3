//! Lines that wriggle between two points, the same at every run.

/// Numbers that look random.
pub struct Random(pub u64);

impl Random {
    /// In −1…1.
    pub fn next(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1u64 << 52) as f64 - 1.0
    }
}

/// A line that wriggles between two points within a rhombus of its own, so that borders never cross.
pub fn wriggle(random: &mut Random, a: [f64; 2], b: [f64; 2], height: f64, count: u32, points: &mut Vec<[f64; 2]>) {
    if count <= 1 {
        points.push(b);
        return;
    }
    let h = random.next() * height;
    let middle = [(a[0] + b[0]) / 2.0 + (a[1] - b[1]) * h, (a[1] + b[1]) / 2.0 + (b[0] - a[0]) * h];
    wriggle(random, a, middle, height * 0.7, count / 2, points);
    wriggle(random, middle, b, height * 0.7, count - count / 2, points);
}
