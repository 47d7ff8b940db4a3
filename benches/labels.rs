//! The placement of labels against its limit: 500 places in 20 ms, shaping included.
//!
//! Towns in clusters, as around a capital, and a dozen regions with their names. `cargo bench --bench labels`.
#![allow(clippy::print_stdout, missing_docs)]

use controlmap::geometry::placement::{Candidate, Item, place};
use controlmap::scene::{Direction, Shaper};
use std::time::Instant;

const LIMIT_MS: f64 = 20.0;
const PAGE: [f64; 4] = [0.0, 0.0, 1200.0, 1000.0];

struct Random(u64);

impl Random {
    /// In 0…1.
    fn next(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// Towns, most of them near one of a few centres, each with a name and the places around its symbol.
fn items(count: usize, shaper: &mut Shaper) -> (Vec<Item>, Vec<[f64; 4]>) {
    let random = &mut Random(20_241_208);
    let centres: Vec<[f64; 2]> = (0..9).map(|_| [random.next() * 1200.0, random.next() * 1000.0]).collect();
    let syllables = ["Al-", "Deir ", "Tell ", "ka", "fra", "mas", "yaf", "no", "bel", "zor", "ha", "sun"];
    let (mut items, mut fixed) = (Vec::new(), Vec::new());
    for i in 0..count {
        let centre = centres[i % centres.len()];
        let spread = if i % 3 == 0 { 900.0 } else { 260.0 };
        let x = (centre[0] + (random.next() - 0.5) * spread).clamp(10.0, 1190.0);
        let y = (centre[1] + (random.next() - 0.5) * spread).clamp(10.0, 990.0);
        let name: String = (0..3).map(|_| syllables[(random.next() * syllables.len() as f64) as usize]).collect();
        let [w, h] = [shaper.shape(&name, 13.5, 400, Direction::Ltr).width, 15.0];
        let r = 6.0;
        fixed.push([x - r, y - r, 2.0 * r, 2.0 * r]);
        let sides = [0.0, -w / 2.0, -w].map(|left| {
            if left == 0.0 {
                r + 2.0
            } else if left == -w {
                left - r - 2.0
            } else {
                left
            }
        });
        let mut candidates = Vec::new();
        for (k, dy) in [-h, 0.0, -h / 2.0, -h - r - 2.0, r + 2.0].into_iter().enumerate() {
            for (s, dx) in sides.into_iter().enumerate() {
                let cost = k as f64 + s as f64 * 0.4;
                candidates.push(Candidate { boxes: vec![[x + dx, y + dy, w, h]], cost, ..Candidate::default() });
            }
        }
        items.push(Item { candidates, weight: 20.0 + 60.0 * random.next() });
    }
    (items, fixed)
}

fn main() {
    println!("places   named   shape ms   place ms   total / {LIMIT_MS} ms");
    for count in [100, 500, 2000] {
        let mut best = [f64::INFINITY; 2];
        let mut named = 0;
        for _ in 0..7 {
            let mut shaper = Shaper::new();
            shaper.shape("a", 13.5, 400, Direction::Ltr);
            let start = Instant::now();
            let (items, fixed) = items(count, &mut shaper);
            let shaped = start.elapsed().as_secs_f64() * 1e3;
            let start = Instant::now();
            named = place(PAGE, &fixed, &items).iter().flatten().count();
            let placed = start.elapsed().as_secs_f64() * 1e3;
            if shaped + placed < best[0] + best[1] {
                best = [shaped, placed];
            }
        }
        let total = best[0] + best[1];
        println!("{count:6}  {named:6}  {:9.2}  {:9.2}   {:.2}", best[0], best[1], total / LIMIT_MS);
    }
}
