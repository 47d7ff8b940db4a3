//! The placement of labels on small pages: takes boxes and lines by hand, tells where each must go.

use super::{Candidate, DEEP, Item, Solver, clash, crosses, lines_cross, meet, place};
use proptest::prelude::*;

const PAGE: [f64; 4] = [0.0, 0.0, 100.0, 100.0];

fn item(weight: f64, places: &[(f64, f64, f64)]) -> Item {
    let at = |(x, y, cost): &(f64, f64, f64)| Candidate {
        boxes: vec![[*x, *y, 10.0, 10.0]],
        cost: *cost,
        ..Candidate::default()
    };
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
    let led = Candidate {
        boxes: vec![[80.0, 0.0, 10.0, 10.0]],
        leader: Some([[10.0, 5.0], [80.0, 5.0]]),
        ..Candidate::default()
    };
    let items = [Item { candidates: vec![led], weight: 3.0 }, item(9.0, &[(40.0, 0.0, 0.0)])];
    assert_eq!(place(PAGE, &[], &items), [None, Some(0)]);
    assert!(crosses([[0.0, 0.0], [9.0, 9.0]], [4.0, 4.0, 1.0, 1.0]));
    assert!(!crosses([[0.0, 0.0], [9.0, 0.0]], [4.0, 4.0, 1.0, 1.0]));
    assert!(lines_cross([[0.0, 0.0], [2.0, 2.0]], [[0.0, 2.0], [2.0, 0.0]]));
    assert!(!lines_cross([[0.0, 0.0], [2.0, 2.0]], [[3.0, 0.0], [5.0, 1.0]]));
}

#[test]
fn a_flaw_moves_a_label_but_leaves_none_out() {
    let with = |flaw: f64, i: Item| {
        let mut i = i;
        i.candidates[0].flaw = flaw;
        i
    };
    let items = [with(50.0, item(9.0, &[(0.0, 0.0, 0.0), (50.0, 0.0, 1.0)]))];
    assert_eq!(place(PAGE, &[], &items), [Some(1)], "another place is free");
    // the only other place is taken by a label that has no other
    let items = [with(50.0, item(9.0, &[(0.0, 0.0, 0.0), (50.0, 0.0, 1.0)])), item(2.0, &[(52.0, 2.0, 0.0)])];
    assert_eq!(place(PAGE, &[], &items), [Some(0), Some(0)]);
}

#[test]
fn a_leader_keeps_off_the_letters_above_and_below_it() {
    let led = Candidate { leader: Some([[0.0, 22.0], [40.0, 22.0]]), ..Candidate::default() };
    let text = |y: f64| Candidate { boxes: vec![[10.0, y, 10.0, 10.0]], ..Candidate::default() };
    assert!(clash(&led, &text(10.0)) && clash(&led, &text(24.0)) && !clash(&led, &text(26.0)));
}

#[test]
fn two_leaders_neither_cross_nor_touch() {
    let led = |x: f64| Candidate { leader: Some([[x, 10.0], [x, 40.0]]), ..Candidate::default() };
    assert!(clash(&led(10.0), &led(13.0)) && !clash(&led(10.0), &led(16.0)));
    // one ends on the other's way
    let end = Candidate { leader: Some([[30.0, 25.0], [12.0, 25.0]]), ..Candidate::default() };
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
