//! Where labels stand: takes candidates for each with costs, gives a choice in which no two meet.
//!
//! A greedy pass in the order of weight, then augmenting swaps: a label takes a better place where those in its way
//! find another at less loss. No chance is involved, so the same candidates give the same choice.

/// A box: x, y, width, height.
pub type Rect = [f64; 4];

/// Two ends of a line.
pub type Line = [[f64; 2]; 2];

/// A place where a label may stand.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Candidate {
    /// The boxes that it fills.
    pub boxes: Vec<Rect>,
    /// A line from it to what it names.
    pub leader: Option<Line>,
    /// How much worse it is than the best thinkable.
    pub cost: f64,
}

/// Something that wants a place.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Item {
    /// Where it may stand.
    pub candidates: Vec<Candidate>,
    /// The cost of leaving it out.
    pub weight: f64,
}

/// Chooses a candidate for each item, or none where there is no room.
///
/// What is chosen lies within `bounds`, meets none of `fixed` and nothing else that is chosen.
///
/// # Shape
/// One index into the item's candidates for each item.
pub fn place(bounds: Rect, fixed: &[Rect], items: &[Item]) -> Vec<Option<usize>> {
    let mut solver = Solver::new(bounds, fixed, items);
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by(|a, b| items[*b].weight.total_cmp(&items[*a].weight).then(a.cmp(b)));
    for i in &order {
        solver.put_best(*i);
    }
    for _ in 0..PASSES {
        let mut better = false;
        for i in &order {
            // what has no place at all is worth a longer search
            better |= solver.improve(*i, if solver.chosen[*i].is_none() { DEEP } else { DEPTH });
        }
        for i in order.iter().rev() {
            better |= solver.release(*i);
            solver.moves.clear();
        }
        if !better {
            break;
        }
    }
    solver.chosen
}

/// Passes of improvement; three mostly suffice.
const PASSES: usize = 8;

/// How often those who make way may make others make way.
const DEPTH: u32 = 1;

/// The same for a label that has no place.
const DEEP: u32 = 3;

/// The most labels that make way for one.
const MOST_MOVED: usize = 4;

/// The most candidates looked at to improve on the greedy choice: where hundreds of labels want the same room, a
/// search without an end would take minutes, and this finds nearly as good a place.
const LOOKS: usize = 3_000_000;

/// Tells whether two boxes share ground.
pub fn meet(a: Rect, b: Rect) -> bool {
    a[0] < b[0] + b[2] && b[0] < a[0] + a[2] && a[1] < b[1] + b[3] && b[1] < a[1] + a[3]
}

/// Tells whether a line runs through a box.
pub fn crosses([a, b]: Line, [x, y, w, h]: Rect) -> bool {
    let (mut from, mut to) = (0.0_f64, 1.0_f64);
    for (start, step, low, high) in [(a[0], b[0] - a[0], x, x + w), (a[1], b[1] - a[1], y, y + h)] {
        if step == 0.0 {
            if start <= low || start >= high {
                return false;
            }
        } else {
            let (s, t) = ((low - start) / step, (high - start) / step);
            from = from.max(s.min(t));
            to = to.min(s.max(t));
        }
    }
    from < to
}

/// Tells whether two lines cross.
pub fn lines_cross([a, b]: Line, [c, d]: Line) -> bool {
    let side = |p: [f64; 2], q: [f64; 2], r: [f64; 2]| (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]);
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}

/// Lines nearer than this in pixels look like one, or like crossing ones.
const LINES_APART: f64 = 5.0;

/// Tells whether two lines cross or come close.
fn lines_clash([a, b]: Line, [c, d]: Line) -> bool {
    let near = |p: [f64; 2], q: Line| distance(p, q) < LINES_APART;
    lines_cross([a, b], [c, d]) || near(a, [c, d]) || near(b, [c, d]) || near(c, [a, b]) || near(d, [a, b])
}

/// From a point to the nearest of a line.
fn distance(p: [f64; 2], [a, b]: Line) -> f64 {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let along = ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / (dx * dx + dy * dy).max(1e-9);
    let t = along.clamp(0.0, 1.0);
    let (ex, ey) = (p[0] - a[0] - t * dx, p[1] - a[1] - t * dy);
    (ex * ex + ey * ey).sqrt()
}

/// How near in pixels a text may come to the dot where a line starts: the blank around letters does the rest.
const DOT: f64 = 1.0;

/// Tells whether two candidates cannot both stand.
fn clash(a: &Candidate, b: &Candidate) -> bool {
    let over = |line: Option<Line>, boxes: &[Rect]| {
        let dot = |[x, y]: [f64; 2]| [x - DOT, y - DOT, 2.0 * DOT, 2.0 * DOT];
        line.is_some_and(|l| boxes.iter().any(|r| crosses(l, *r) || meet(dot(l[0]), *r)))
    };
    a.boxes.iter().any(|p| b.boxes.iter().any(|q| meet(*p, *q)))
        || over(a.leader, &b.boxes)
        || over(b.leader, &a.boxes)
        || a.leader.zip(b.leader).is_some_and(|(p, q)| lines_clash(p, q))
}

/// Squares of the page, and what lies in each.
struct Grid {
    origin: [f64; 2],
    size: f64,
    columns: usize,
    rows: usize,
    cells: Vec<Vec<u32>>,
}

impl Grid {
    fn new([x, y, w, h]: Rect) -> Self {
        let size = 48.0_f64.max(w.max(h) / 256.0);
        let count = |side: f64| (side.max(0.0) / size) as usize + 1;
        let (columns, rows) = (count(w), count(h));
        Self { origin: [x, y], size, columns, rows, cells: vec![Vec::new(); columns * rows] }
    }

    /// The cells that a box meets; what lies outside counts to the outermost.
    fn cells(&self, [x, y, w, h]: Rect) -> impl Iterator<Item = usize> + use<> {
        let index = |v: f64, origin: f64, count: usize| (((v - origin) / self.size).max(0.0) as usize).min(count - 1);
        let (left, right) = (index(x, self.origin[0], self.columns), index(x + w, self.origin[0], self.columns));
        let (top, foot) = (index(y, self.origin[1], self.rows), index(y + h, self.origin[1], self.rows));
        let columns = self.columns;
        (top..=foot).flat_map(move |row| (left..=right).map(move |column| row * columns + column))
    }
}

/// The box around a line.
fn around([a, b]: Line) -> Rect {
    [a[0].min(b[0]), a[1].min(b[1]), (a[0] - b[0]).abs(), (a[1] - b[1]).abs()]
}

/// The box in which a line is in another's way.
fn beside(line: Line) -> Rect {
    let [x, y, w, h] = around(line);
    [x - LINES_APART, y - LINES_APART, w + 2.0 * LINES_APART, h + 2.0 * LINES_APART]
}

/// The boxes by which a candidate is found.
fn reach(candidate: &Candidate) -> impl Iterator<Item = Rect> + '_ {
    candidate.boxes.iter().copied().chain(candidate.leader.map(beside))
}

struct Solver<'a> {
    items: &'a [Item],
    /// For each item its possible candidates, cheapest first.
    open: Vec<Vec<usize>>,
    chosen: Vec<Option<usize>>,
    grid: Grid,
    /// What everything costs as it stands.
    total: f64,
    /// What was chosen before each move since the last one that was kept.
    moves: Vec<(usize, Option<usize>)>,
    /// Candidates that may still be looked at to improve on the greedy choice.
    looks: usize,
}

impl<'a> Solver<'a> {
    fn new(bounds: Rect, fixed: &[Rect], items: &'a [Item]) -> Self {
        let mut obstacles = Grid::new(bounds);
        for (i, rect) in fixed.iter().enumerate() {
            for cell in obstacles.cells(*rect) {
                obstacles.cells[cell].push(i as u32);
            }
        }
        let [x, y, w, h] = bounds;
        let inside = |b: &Rect| b[0] >= x && b[1] >= y && b[0] + b[2] <= x + w && b[1] + b[3] <= y + h;
        let hits = |rect: Rect, test: &dyn Fn(Rect) -> bool| {
            obstacles.cells(rect).any(|cell| obstacles.cells[cell].iter().any(|i| test(fixed[*i as usize])))
        };
        let possible = |c: &Candidate| {
            c.cost.is_finite()
                && c.boxes.iter().all(|b| inside(b) && !hits(*b, &|f| meet(*b, f)))
                && !c.leader.is_some_and(|l| hits(around(l), &|f| crosses(l, f)))
        };
        let open = items.iter().map(|item| {
            let all = 0..item.candidates.len();
            let mut open: Vec<usize> = all.filter(|c| possible(&item.candidates[*c])).collect();
            open.sort_by(|a, b| item.candidates[*a].cost.total_cmp(&item.candidates[*b].cost).then(a.cmp(b)));
            open
        });
        let open = open.collect();
        let total = items.iter().map(|i| i.weight).sum();
        Self {
            items,
            open,
            chosen: vec![None; items.len()],
            grid: Grid::new(bounds),
            total,
            moves: Vec::new(),
            looks: LOOKS,
        }
    }

    /// What an item costs as it stands.
    fn cost(&self, item: usize) -> f64 {
        let Item { candidates, weight } = &self.items[item];
        self.chosen[item].map_or(*weight, |c| candidates[c].cost)
    }

    /// The placed items in the way of a candidate; `None` if there are more than asked for.
    fn in_the_way(&self, item: usize, candidate: usize, most: usize) -> Option<Vec<usize>> {
        let wanted = &self.items[item].candidates[candidate];
        let (mut found, mut met) = (Vec::new(), Vec::new());
        for rect in reach(wanted) {
            for cell in self.grid.cells(rect) {
                for other in &self.grid.cells[cell] {
                    let other = *other as usize;
                    let Some(theirs) = self.chosen[other].filter(|_| other != item && !met.contains(&other)) else {
                        continue;
                    };
                    // a box in several squares is asked once
                    met.push(other);
                    if clash(wanted, &self.items[other].candidates[theirs]) {
                        if found.len() == most {
                            return None;
                        }
                        found.push(other);
                    }
                }
            }
        }
        Some(found)
    }

    fn put(&mut self, item: usize, candidate: Option<usize>) {
        if let Some(old) = self.chosen[item] {
            for rect in reach(&self.items[item].candidates[old]) {
                for cell in self.grid.cells(rect) {
                    self.grid.cells[cell].retain(|i| *i as usize != item);
                }
            }
        }
        self.moves.push((item, self.chosen[item]));
        self.total -= self.cost(item);
        self.chosen[item] = candidate;
        self.total += self.cost(item);
        if let Some(new) = candidate {
            for rect in reach(&self.items[item].candidates[new]) {
                for cell in self.grid.cells(rect) {
                    self.grid.cells[cell].push(item as u32);
                }
            }
        }
    }

    /// Puts an item where it costs least without moving another.
    fn put_best(&mut self, item: usize) {
        let weight = self.items[item].weight;
        let worth = |c: &&usize| self.items[item].candidates[**c].cost < weight;
        let mut looks = 0;
        let free = |c: &&usize| {
            looks += 1;
            self.in_the_way(item, **c, 0).is_some()
        };
        let best = self.open[item].iter().take_while(worth).find(free).copied();
        self.looks = self.looks.saturating_sub(looks);
        self.put(item, best);
    }

    /// Takes an item away where two or more that it alone keeps out are worth more than its place.
    fn release(&mut self, item: usize) -> bool {
        let Some(current) = self.chosen[item] else { return false };
        let own = &self.items[item].candidates[current];
        let kept_out = |j: &usize| {
            let mut open = self.open[*j].iter();
            self.chosen[*j].is_none()
                && open.any(|c| {
                    clash(&self.items[*j].candidates[*c], own)
                        && self.in_the_way(*j, *c, 1).is_some_and(|others| others == [item])
                })
        };
        let mut others: Vec<usize> = (0..self.items.len()).filter(kept_out).collect();
        if others.len() < 2 {
            return false;
        }
        others.sort_by(|a, b| self.items[*b].weight.total_cmp(&self.items[*a].weight).then(a.cmp(b)));
        let (before, first) = (self.total, self.moves.len());
        self.put(item, None);
        others.iter().for_each(|j| self.put_best(*j));
        self.put_best(item);
        self.keep_if_better(before, first)
    }

    /// Undoes the moves from the one at `first` on, unless they made everything cheaper.
    fn keep_if_better(&mut self, before: f64, first: usize) -> bool {
        if self.total < before - 1e-6 {
            return true;
        }
        let moves = self.moves.split_off(first);
        for (item, old) in moves.into_iter().rev() {
            self.put(item, old);
        }
        self.moves.truncate(first);
        self.total = before;
        false
    }

    /// Moves an item to a cheaper place where those in its way lose less than it gains.
    ///
    /// `depth` says how often those may make others move in turn.
    fn improve(&mut self, item: usize, depth: u32) -> bool {
        for i in 0..self.open[item].len() {
            let candidate = self.open[item][i];
            if self.items[item].candidates[candidate].cost >= self.cost(item) - 1e-6 {
                break;
            }
            let Some(looks) = self.looks.checked_sub(1) else { return false };
            self.looks = looks;
            let Some(mut moved) = self.in_the_way(item, candidate, MOST_MOVED) else { continue };
            moved.sort_by(|a, b| self.items[*b].weight.total_cmp(&self.items[*a].weight).then(a.cmp(b)));
            let (before, first) = (self.total, self.moves.len());
            moved.iter().for_each(|j| self.put(*j, None));
            self.put(item, Some(candidate));
            moved.iter().for_each(|j| self.put_best(*j));
            if self.total >= before - 1e-6 && depth > 0 {
                for j in &moved {
                    if self.chosen[*j].is_none() && self.improve(*j, depth - 1) && self.total < before - 1e-6 {
                        break;
                    }
                }
            }
            if self.keep_if_better(before, first) {
                return true;
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::{Candidate, DEEP, Item, Solver, clash, crosses, lines_cross, meet, place};
    use proptest::prelude::*;

    const PAGE: [f64; 4] = [0.0, 0.0, 100.0, 100.0];

    fn item(weight: f64, places: &[(f64, f64, f64)]) -> Item {
        let at =
            |(x, y, cost): &(f64, f64, f64)| Candidate { boxes: vec![[*x, *y, 10.0, 10.0]], leader: None, cost: *cost };
        Item { candidates: places.iter().map(at).collect(), weight }
    }

    #[test]
    fn what_weighs_most_has_the_first_choice() {
        let items = [item(5.0, &[(0.0, 0.0, 0.0)]), item(9.0, &[(5.0, 5.0, 1.0)])];
        assert_eq!(place(PAGE, &[], &items), [None, Some(0)]);
    }

    #[test]
    fn a_label_makes_way_where_it_has_another_place() {
        // greedy gives the heavier its best place and the lighter none
        let items = [item(9.0, &[(0.0, 0.0, 0.0), (50.0, 0.0, 1.0)]), item(5.0, &[(5.0, 5.0, 0.0)])];
        assert_eq!(place(PAGE, &[], &items), [Some(1), Some(0)]);
    }

    #[test]
    fn one_label_makes_way_for_two_that_are_worth_more() {
        let wide = Candidate { boxes: vec![[0.0, 0.0, 30.0, 10.0]], ..Candidate::default() };
        let wide = Item { candidates: vec![wide], weight: 9.0 };
        let items = [wide, item(5.0, &[(0.0, 0.0, 0.0)]), item(5.0, &[(20.0, 0.0, 0.0)])];
        assert_eq!(place(PAGE, &[], &items), [None, Some(0), Some(0)]);
    }

    #[test]
    fn nothing_stands_on_what_is_fixed_or_beyond_the_frame() {
        let items = [item(9.0, &[(95.0, 0.0, 0.0), (20.0, 20.0, 1.0), (60.0, 60.0, 2.0)])];
        assert_eq!(place(PAGE, &[[25.0, 25.0, 1.0, 1.0]], &items), [Some(2)]);
    }

    #[test]
    fn a_leader_runs_through_no_label() {
        let led =
            Candidate { boxes: vec![[80.0, 0.0, 10.0, 10.0]], leader: Some([[10.0, 5.0], [80.0, 5.0]]), cost: 0.0 };
        let items = [Item { candidates: vec![led], weight: 3.0 }, item(9.0, &[(40.0, 0.0, 0.0)])];
        assert_eq!(place(PAGE, &[], &items), [None, Some(0)]);
        assert!(crosses([[0.0, 0.0], [9.0, 9.0]], [4.0, 4.0, 1.0, 1.0]));
        assert!(!crosses([[0.0, 0.0], [9.0, 0.0]], [4.0, 4.0, 1.0, 1.0]));
        assert!(lines_cross([[0.0, 0.0], [2.0, 2.0]], [[0.0, 2.0], [2.0, 0.0]]));
        assert!(!lines_cross([[0.0, 0.0], [2.0, 2.0]], [[3.0, 0.0], [5.0, 1.0]]));
    }

    #[test]
    fn two_leaders_neither_cross_nor_touch() {
        let led = |x: f64| Candidate { boxes: Vec::new(), leader: Some([[x, 10.0], [x, 40.0]]), cost: 0.0 };
        assert!(clash(&led(10.0), &led(13.0)) && !clash(&led(10.0), &led(16.0)));
        // one ends on the other's way
        let end = Candidate { boxes: Vec::new(), leader: Some([[30.0, 25.0], [12.0, 25.0]]), cost: 0.0 };
        assert!(clash(&led(10.0), &end));
        let items = [led(10.0), led(13.0)].map(|c| Item { candidates: vec![c], weight: 3.0 });
        assert_eq!(place(PAGE, &[], &items), [Some(0), None]);
    }

    #[test]
    fn hundreds_of_labels_for_the_room_of_ten_are_placed_without_an_endless_search() {
        let led = |i: usize, k: usize| {
            let (x, y) = ((i * 7 + k * 13) % 90, (i * 11 + k * 29) % 90);
            let mut led = item(0.0, &[(x as f64, y as f64, k as f64 * 0.1)]).candidates.remove(0);
            led.leader = Some([[(i * 37 % 100) as f64, (i * 53 % 100) as f64], [x as f64, y as f64]]);
            led
        };
        let candidates = |i: usize| (0..60).map(|k| led(i, k)).collect();
        let items: Vec<Item> =
            (0..100).map(|i| Item { candidates: candidates(i), weight: 60.0 + (i % 7) as f64 }).collect();
        let mut solver = Solver::new(PAGE, &[], &items);
        solver.looks = 30_000;
        let order: Vec<usize> = (0..items.len()).collect();
        order.iter().for_each(|i| solver.put_best(*i));
        let greedy = solver.total;
        for i in order.iter().cycle().take(10 * items.len()) {
            solver.improve(*i, DEEP);
        }
        assert_eq!(solver.looks, 0, "this would go on");
        assert!(solver.total <= greedy, "what is there is kept");
    }

    proptest! {
        #[test]
        fn nothing_that_is_placed_meets_anything_else(
            seeds in prop::collection::vec((0.0..90.0_f64, 0.0..90.0_f64, 1.0..9.0_f64), 1..60),
            fixed in prop::collection::vec((0.0..90.0_f64, 0.0..90.0_f64), 0..9),
        ) {
            let items: Vec<Item> = seeds.iter().map(|(x, y, w)| {
                let places: Vec<_> = (0..6).map(|k| (x + f64::from(k % 3) * 8.0 - 8.0, y + f64::from(k / 3) * 9.0, f64::from(k) * 0.1)).collect();
                item(*w, &places)
            }).collect();
            let fixed: Vec<[f64; 4]> = fixed.iter().map(|(x, y)| [*x, *y, 3.0, 3.0]).collect();
            let chosen = place(PAGE, &fixed, &items);
            let placed: Vec<&Candidate> = items.iter().zip(&chosen).filter_map(|(i, c)| c.map(|c| &i.candidates[c])).collect();
            for (i, a) in placed.iter().enumerate() {
                prop_assert!(placed[..i].iter().all(|b| !clash(a, b)));
                prop_assert!(!fixed.iter().any(|f| meet(*f, a.boxes[0])));
                prop_assert!(a.boxes[0][0] >= 0.0 && a.boxes[0][0] + 10.0 <= 100.0);
            }
            // whatever is left out has no room even now
            for (item, _) in items.iter().zip(&chosen).filter(|(_, c)| c.is_none()) {
                let free = |c: &Candidate| c.boxes[0][0] >= 0.0 && c.boxes[0][1] >= 0.0
                    && c.boxes[0][0] + 10.0 <= 100.0 && c.boxes[0][1] + 10.0 <= 100.0
                    && !placed.iter().any(|p| clash(p, c)) && !fixed.iter().any(|f| meet(*f, c.boxes[0]));
                prop_assert!(!item.candidates.iter().any(free));
            }
            prop_assert_eq!(place(PAGE, &fixed, &items), chosen);
        }
    }
}
