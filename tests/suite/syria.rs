//! The twelve things that a correct map of the shipped example shows; `data/syria-2024/README.md` says why.

use controlmap::diag::Severity;
use controlmap::model::{Control, Dataset, Day, Level, Moment, OverlayKind, PlaceIndex};
use controlmap::project::PolicyOptions;
use controlmap::read::{self, Folder};
use controlmap::timeline::{self, State, Timeline};
use std::path::Path;

struct Syria {
    dataset: Dataset,
    policy: PolicyOptions,
}

fn syria() -> Syria {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/syria-2024");
    let project = read::project(&folder).expect("the project file is there");
    assert!(project.diagnostics.is_empty(), "{:?}", project.diagnostics);
    let project = project.value;
    let offset = project.period.timezone;
    let tables = read::tables(&project.inputs, &Folder::disk(folder), offset);
    let mut found = tables.diagnostics;
    let (dataset, _) = controlmap::join::join(tables.value, offset).take(&mut found);
    let errors: Vec<_> = found.iter().filter(|d| d.severity() == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    Syria { dataset, policy: project.policy }
}

impl Syria {
    fn timeline(&self, policy: &PolicyOptions) -> Timeline {
        let checked = timeline::resolve(&self.dataset, policy, None);
        assert!(checked.diagnostics.is_empty(), "{:?}", checked.diagnostics);
        checked.value
    }

    fn place(&self, name: &str, level: Level) -> PlaceIndex {
        let is = |p: &controlmap::model::Place| p.level == level && (p.id == name || p.names.default == name);
        PlaceIndex(self.dataset.places.iter().position(is).expect("a place of that name") as u32)
    }

    fn end_of(&self, day: &str) -> Moment {
        let [y, m, d] = [0..4, 5..7, 8..10].map(|r| day[r].parse::<i16>().expect("a number"));
        self.dataset.offset.end_of(Day::of(y, m as i8, d as i8).expect("a day"))
    }

    fn state(&self, timeline: &Timeline, day: &str, name: &str, level: Level) -> State {
        let place = self.place(name, level);
        timeline.snapshot(&self.dataset, self.end_of(day)).states[place.0 as usize].clone()
    }

    /// A state in a line: `held hts`, `partial south 0.8..1, army (rest) 0..0.2 | besieged hts claimed`.
    fn told(&self, state: &State) -> String {
        let ids = |actors: &[controlmap::model::ActorIndex]| {
            actors.iter().map(|a| self.dataset.actor(*a).id.clone()).collect::<Vec<_>>().join("+")
        };
        let mut line = state.control.word().to_owned();
        match &state.control {
            Control::Held(actor) => line += &format!(" {}", ids(&[*actor])),
            Control::Contested(actors) | Control::Shared(actors) | Control::Lost(actors) => line += &format!(" {}", ids(actors)),
            Control::Partial(parts) => {
                let mut all: Vec<String> = parts
                    .iter()
                    .map(|part| {
                        let rest = if part.rest { " rest" } else { "" };
                        let share = part.share.map_or(String::new(), |s| {
                            let round = |x: f64| (x * 1e6).round() / 1e6;
                            let about = if s.is_approximate() { "~" } else { "" };
                            format!(" {about}{}..{}", round(s.low()), round(s.high()))
                        });
                        format!("{}{rest}{share}", ids(&part.actors))
                    })
                    .collect();
                all.sort();
                line += &format!(" {}", all.join(", "));
            }
            Control::Vacant | Control::Unknown | Control::OutOfScope => {}
        }
        for overlay in &state.overlays {
            let claimed = if overlay.claimed { " claimed" } else { "" };
            line += &format!(" | {} {}{claimed}", overlay.kind.word(), ids(&[overlay.actor]));
        }
        line
    }
}

#[test]
fn the_twelve_facts_hold() {
    use Level::{Adm1, Settlement};
    let syria = syria();
    let timeline = syria.timeline(&syria.policy);
    let facts = [
        ("2024-11-26", "SY-HL", Adm1, "partial army ~0.52..0.52, hts+sna ~0.205..0.205, sdf ~0.275..0.275"),
        ("2024-11-26", "Qamishli", Settlement, "shared army+sdf"),
        ("2024-11-29", "Aleppo", Settlement, "contested army+hts"),
        ("2024-11-30", "Aleppo", Settlement, "partial army rest 0..0.5, hts 0.5..1"),
        ("2024-11-29", "SY-ID", Adm1, "partial army 0.55..0.55, hts+opp 0.45..0.45"),
        ("2024-11-30", "SY-ID", Adm1, "held hts"),
        ("2024-12-04", "Hama", Settlement, "held army"),
        ("2024-12-05", "Hama", Settlement, "held hts"),
        ("2024-11-26", "SY-HM", Adm1, "partial army, hts+opp ~0.01..0.01"),
        ("2024-12-05", "SY-HM", Adm1, "partial army, hts+opp ~0.01..0.01"),
        ("2024-12-05", "Homs", Settlement, "held army"),
        ("2024-12-06", "Homs", Settlement, "held army | besieged hts claimed"),
        ("2024-12-06", "SY-DR", Adm1, "partial army rest 0.2..0.2, south 0.8..0.8"),
        ("2024-12-07", "SY-DR", Adm1, "partial army rest 0..0.2, south 0.8..1"),
        ("2024-12-07", "SY-SU", Adm1, "lost army"),
        ("2024-12-07", "Damascus", Settlement, "held army"),
        ("2024-12-08", "Damascus", Settlement, "held hts"),
        ("2024-12-07", "Homs", Settlement, "contested army+hts"),
        ("2024-12-08", "Homs", Settlement, "held hts"),
        ("2024-12-05", "Deir ez-Zor", Settlement, "held army"),
        ("2024-12-06", "Deir ez-Zor", Settlement, "held sdf"),
        ("2024-12-10", "Deir ez-Zor", Settlement, "held sdf"),
        ("2024-12-11", "Deir ez-Zor", Settlement, "held hts"),
    ];
    let wrong: Vec<String> = facts
        .iter()
        .filter_map(|(day, name, level, expected)| {
            let told = syria.told(&syria.state(&timeline, day, name, *level));
            (told != *expected).then(|| format!("{day} {name} {level}: {told}, expected {expected}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn annotations_alone_never_colour() {
    let syria = syria();
    let timeline = syria.timeline(&syria.policy);
    let on_the_6th = syria.state(&timeline, "2024-12-06", "nasib-crossing", Level::Site);
    assert_eq!(syria.told(&on_the_6th), "unknown");
    assert!(on_the_6th.closed.is_some(), "closed by Jordan");
    assert_eq!(syria.told(&syria.state(&timeline, "2024-12-07", "nasib-crossing", Level::Site)), "held south");
}

#[test]
fn without_claims_homs_has_no_siege_and_the_baseline_stands() {
    let syria = syria();
    let policy = PolicyOptions { exclude: Some(vec!["claimed".to_owned()]), ..syria.policy.clone() };
    let timeline = syria.timeline(&policy);
    let homs = syria.state(&timeline, "2024-12-06", "Homs", Level::Settlement);
    assert!(!homs.overlays.iter().any(|o| o.kind == OverlayKind::Besieged));
    for region in ["SY-HI", "SY-HM"] {
        let [before, after] = ["2024-11-26", "2024-12-07"].map(|day| syria.state(&timeline, day, region, Level::Adm1));
        assert_eq!(syria.told(&before), syria.told(&after), "{region}");
    }
}
