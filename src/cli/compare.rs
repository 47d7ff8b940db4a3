//! `check --policies`: what each policy makes of the same events.

use super::dates::unknown;
use super::input::Joined;
use super::why_words::{list, names, state};
use controlmap::error::Result;
use controlmap::model::{Dataset, Level, Moment, PlaceIndex};
use controlmap::project::{PolicyOptions, When};
use controlmap::table;
use controlmap::timeline::{POLICIES, Snapshot, answers, ground, ground_of_all, resolve};
use serde_json::{Value, json};
use std::fmt::Write as _;

/// The state of every place under each policy at one moment.
pub struct Comparison<'a> {
    dataset: &'a Dataset,
    moment: Moment,
    level: Level,
    /// One for each of [`POLICIES`].
    snapshots: Vec<Snapshot>,
}

/// Compares the policies at a date, else at the end of the project's period.
///
/// # Errors
/// Of usage where no date is known.
pub fn compare<'a>(joined: &'a Joined, date: Option<When>) -> Result<Comparison<'a>> {
    let Joined { project, dataset, .. } = joined;
    let date = date.or(project.period.to).or(joined.last_day().map(When::Day));
    let moment = date.map(|d| d.moment(project.period.timezone)).ok_or_else(|| unknown("--date"))?;
    let snapshot = |name: &str| {
        let options = PolicyOptions { name: Some(name.to_owned()), ..project.policy.clone() };
        resolve(dataset, &options, None).value.snapshot(dataset, moment)
    };
    let snapshots = POLICIES.iter().map(|p| snapshot(p.name)).collect();
    Ok(Comparison { dataset, moment, level: dataset.outermost_level().unwrap_or(Level::Adm1), snapshots })
}

/// Least and greatest km² of an actor under each policy.
struct Row {
    actor: String,
    km2: Vec<(f64, f64)>,
}

/// A place and its states, each with the policies that give it.
struct Dispute {
    place: usize,
    states: Vec<(String, Vec<&'static str>)>,
}

impl Comparison<'_> {
    fn rows(&self) -> Vec<Row> {
        let grounds: Vec<_> = self.snapshots.iter().map(|s| ground(self.dataset, s, self.level)).collect();
        let row = |(index, actor): (usize, &controlmap::model::Actor)| {
            let of = |g: &Vec<controlmap::timeline::Ground>| {
                g.iter().find(|g| g.actor.0 as usize == index).map_or((0.0, 0.0), |g| (g.low, g.high))
            };
            Row { actor: actor.id.clone(), km2: grounds.iter().map(of).collect() }
        };
        let rows = self.dataset.actors.iter().enumerate().map(row);
        rows.filter(|row| row.km2.iter().any(|(_, high)| *high > 0.0)).collect()
    }

    /// The least and the most km² of each actor that holds ground under any policy.
    fn of_all(&self) -> Vec<(String, f64, f64)> {
        let places = &self.dataset.places;
        let of_level: Vec<PlaceIndex> = (0..places.len())
            .filter(|i| places[*i].level == self.level)
            .map(|i| PlaceIndex(u32::try_from(i).expect("fewer than 2^32 places")))
            .collect();
        let all = ground_of_all(self.dataset, &self.snapshots, &of_level);
        all.into_iter().map(|own| (self.dataset.actor(own.actor).id.clone(), own.low, own.high)).collect()
    }

    fn disputes(&self) -> Vec<Dispute> {
        let day = self.dataset.offset.day_of(self.moment);
        let told = |group: &Vec<usize>, place: usize| {
            let now = &self.snapshots[group[0]].states[place];
            let mut words = state(self.dataset, &now.control, day);
            if now.claimed {
                words += ", which only a party with a stake says";
            }
            for overlay in &now.overlays {
                words += &format!(", {} by {}", overlay.kind.word(), names(self.dataset, &[overlay.actor], day));
            }
            (words, group.iter().map(|i| POLICIES[*i].name).collect())
        };
        let dispute = |place: usize| {
            let groups = answers(&self.snapshots, PlaceIndex(u32::try_from(place).expect("fewer than 2^32 places")));
            let states = || groups.iter().map(|group| told(group, place)).collect();
            (groups.len() > 1).then(|| Dispute { place, states: states() })
        };
        (0..self.dataset.places.len()).filter_map(dispute).collect()
    }

    /// The comparison as text for people.
    pub fn text(&self) -> String {
        let mut text = format!(
            "under every policy, {}: km² of the regions of {}, least…greatest\n",
            table::label(self.moment, self.dataset.offset),
            self.level
        );
        let mut lines: Vec<Vec<String>> = vec![vec!["actor".to_owned()]];
        lines[0].extend(POLICIES.iter().map(|p| p.name.to_owned()).chain(["of all".to_owned()]));
        let all = self.of_all();
        for row in self.rows() {
            let all =
                all.iter().find(|(actor, ..)| *actor == row.actor).map_or((0.0, 0.0), |(_, low, high)| (*low, *high));
            let cells = row.km2.iter().chain([&all]).map(|(low, high)| interval(*low, *high));
            lines.push(std::iter::once(row.actor).chain(cells).collect());
        }
        let widths: Vec<usize> =
            (0..lines[0].len()).map(|i| lines.iter().map(|l| l[i].chars().count()).max().unwrap_or(0)).collect();
        for line in &lines {
            let cells = line.iter().zip(&widths).enumerate();
            let padded = cells.map(|(i, (cell, width))| {
                let gap = " ".repeat(width - cell.chars().count());
                if i == 0 { format!("{cell}{gap}") } else { format!("{gap}{cell}") }
            });
            let _ = writeln!(text, "  {}", padded.collect::<Vec<_>>().join("  "));
        }
        let disputes = self.disputes();
        if disputes.is_empty() {
            text.push_str("the policies agree on every place\n");
        } else {
            let _ = writeln!(text, "the policies disagree on {}:", super::report::number(disputes.len(), "place"));
        }
        for dispute in disputes {
            let place = &self.dataset.places[dispute.place];
            let _ = writeln!(text, "  {} ({}, {})", place.names.default, place.id, place.level);
            for (words, policies) in dispute.states {
                let names: Vec<String> = policies.iter().map(|p| format!("`{p}`")).collect();
                let _ = writeln!(text, "    {words}: {}", list(&names));
            }
        }
        text
    }

    /// The comparison for programs.
    pub fn json(&self) -> Value {
        let rounded = |km2: f64| (km2 * 10.0).round() / 10.0;
        let grounds = self.rows().into_iter().flat_map(|row| {
            let actor = row.actor;
            POLICIES.iter().zip(row.km2).map(move |(policy, (low, high))| {
                json!({ "actor": actor, "policy": policy.name, "km2_low": rounded(low), "km2_high": rounded(high) })
            })
        });
        let all = self
            .of_all()
            .into_iter()
            .map(|(actor, low, high)| json!({ "actor": actor, "km2_low": rounded(low), "km2_high": rounded(high) }));
        let disputes = self.disputes().into_iter().map(|dispute| {
            let states =
                dispute.states.into_iter().map(|(words, policies)| json!({ "words": words, "policies": policies }));
            json!({ "place": self.dataset.places[dispute.place].id, "states": states.collect::<Vec<_>>() })
        });
        json!({
            "date": table::label(self.moment, self.dataset.offset),
            "level": self.level.word(),
            "ground": grounds.collect::<Vec<_>>(),
            "of_all": all.collect::<Vec<_>>(),
            "disagree": disputes.collect::<Vec<_>>(),
        })
    }
}

/// Whole km²: `0…1200`, or one number where there is no difference.
fn interval(low: f64, high: f64) -> String {
    let (low, high) = (format!("{:.0}", low + 0.0), format!("{:.0}", high + 0.0));
    if low == high { low } else { format!("{low}…{high}") }
}
