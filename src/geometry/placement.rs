//! Where labels stand: takes candidates for each with costs, gives a choice in which no two meet.
//!
//! A greedy pass in the order of weight, then augmenting swaps: a label takes a better place where those in its way
//! find another at less loss. Once it is settled who has a place, flaws count too, and labels move among the places
//! that are free. No chance is involved, so the same candidates give the same choice.

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
    /// What is wrong with it besides: decides between places, but leaves out no label.
    pub flaw: f64,
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
        let mut better = solver.improve_all(&order);
        for i in order.iter().rev() {
            better |= solver.release(*i);
            solver.moves.clear();
        }
        if !better {
            break;
        }
    }
    let has_flaws = items.iter().flat_map(|i| &i.candidates).any(|c| c.flaw > 0.0);
    solver.count_flaws();
    for _ in 0..if has_flaws { PASSES } else { 0 } {
        if !solver.improve_all(&order) {
            break;
        }
        solver.moves.clear();
    }
    solver.chosen
}

/// Passes of improvement; three mostly suffice.
const PASSES: usize = 8;

/// How often those who make way may make others make way.
const DEPTH: u32 = 1;

/// The same for a label that has no place.
const DEEP: u32 = 3;

/// What leaving out a label costs more once it has a place.
const PLACED: f64 = 1e4;

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

/// How near in pixels a line may pass above or below a text: nearer it looks like a stroke of the letters.
const LINE_BLANK: f64 = 3.0;

/// How near in pixels a text may come to the dot where a line starts: the blank around letters does the rest.
const DOT: f64 = 1.0;

/// Tells whether two candidates cannot both stand.
fn clash(a: &Candidate, b: &Candidate) -> bool {
    let over = |line: Option<Line>, boxes: &[Rect]| {
        let dot = |[x, y]: [f64; 2]| [x - DOT, y - DOT, 2.0 * DOT, 2.0 * DOT];
        let wide = |[x, y, w, h]: Rect| [x, y - LINE_BLANK, w, h + 2.0 * LINE_BLANK];
        line.is_some_and(|l| boxes.iter().any(|r| crosses(l, wide(*r)) || meet(dot(l[0]), *r)))
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
    /// What leaving out each item costs.
    weights: Vec<f64>,
    /// Flaws count.
    strict: bool,
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
        let weights: Vec<f64> = items.iter().map(|i| i.weight).collect();
        let (total, chosen) = (weights.iter().sum(), vec![None; items.len()]);
        Self {
            items,
            open,
            chosen,
            weights,
            strict: false,
            grid: Grid::new(bounds),
            total,
            moves: Vec::new(),
            looks: LOOKS,
        }
    }

    /// What a candidate costs.
    fn price(&self, item: usize, candidate: usize) -> f64 {
        let Candidate { cost, flaw, .. } = self.items[item].candidates[candidate];
        if self.strict { cost + flaw } else { cost }
    }

    /// What an item costs as it stands.
    fn cost(&self, item: usize) -> f64 {
        self.chosen[item].map_or(self.weights[item], |c| self.price(item, c))
    }

    /// From here on flaws count, and what has a place keeps one.
    fn count_flaws(&mut self) {
        self.strict = true;
        let placed = self.chosen.iter().zip(&mut self.weights).filter(|(chosen, _)| chosen.is_some());
        placed.for_each(|(_, weight)| *weight += PLACED);
        for (item, open) in self.items.iter().zip(&mut self.open) {
            let price = |c: usize| item.candidates[c].cost + item.candidates[c].flaw;
            open.sort_by(|a, b| price(*a).total_cmp(&price(*b)).then(a.cmp(b)));
        }
        self.total = (0..self.items.len()).map(|item| self.cost(item)).sum();
    }

    /// Moves each item in turn to a cheaper place, if there is one.
    fn improve_all(&mut self, order: &[usize]) -> bool {
        let mut better = false;
        for i in order {
            // what has no place at all is worth a longer search
            better |= self.improve(*i, if self.chosen[*i].is_none() { DEEP } else { DEPTH });
        }
        better
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
        let worth = |c: &&usize| self.price(item, **c) < self.weights[item];
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
        let mut others: Vec<usize> =
            (0..self.items.len()).filter(|j| !self.open[*j].is_empty()).filter(kept_out).collect();
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
            if self.price(item, candidate) >= self.cost(item) - 1e-6 {
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
mod tests;
