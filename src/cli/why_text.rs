//! An explanation as text for people.

use super::why_words::{fate, ids, list, names, says, share, stands, state};
use clap::builder::styling::{AnsiColor, Effects, Style};
use controlmap::model::{ActorIndex, Control, Dataset, Day, EventIndex, Part, Share, Status};
use controlmap::project::PolicyOptions;
use controlmap::table;
use controlmap::timeline::{Basis, Told, Unit, Verdict, Why};
use std::fmt::Write as _;

const BOLD: Style = Style::new().effects(Effects::BOLD);
const DECIDES: Style = AnsiColor::Green.on_default().effects(Effects::BOLD);
const LOST: Style = Style::new().effects(Effects::DIMMED);
/// The widest that a line of running text is made.
const WIDTH: usize = 100;

/// Writes an explanation.
pub fn text(dataset: &Dataset, policy: &PolicyOptions, why: &Why, colour: bool) -> String {
    let page = Page { dataset, why, colour };
    let mut text = page.head();
    page.reasons(policy, &mut text);
    for unit in &why.units {
        page.unit(unit, &mut text);
    }
    text
}

struct Page<'a> {
    dataset: &'a Dataset,
    why: &'a Why,
    colour: bool,
}

impl Page<'_> {
    fn paint(&self, style: Style, words: &str) -> String {
        if self.colour { format!("{style}{words}{style:#}") } else { words.to_owned() }
    }

    fn day(&self) -> Day {
        self.dataset.offset.day_of(self.why.moment)
    }

    /// The place, the moment and the state.
    fn head(&self) -> String {
        let Why { moment, known_by, state: now, units, .. } = self.why;
        let place = self.dataset.place(units[0].place);
        let when = table::label(*moment, self.dataset.offset);
        let known = known_by.map(|by| format!(", as known on {}", table::label(by, self.dataset.offset)));
        let title = format!("{} ({}, {}), {when}", place.names.default, place.id, place.level);
        let mut text = format!("{}{}\n", self.paint(BOLD, &title), known.unwrap_or_default());
        let words = state(self.dataset, &now.control, self.day());
        let _ = writeln!(text, "  {}", self.paint(BOLD, &words));
        for overlay in &now.overlays {
            let who = names(self.dataset, &[overlay.actor], self.day());
            let claimed = if overlay.claimed { ", which only a party with a stake says" } else { "" };
            let _ = writeln!(text, "  over it: {} by {who}{claimed}", overlay.kind.word());
        }
        if let Some(event) = now.closed {
            let _ = writeln!(text, "  closed: {}", ids(self.dataset, &[event]));
        }
        text
    }

    /// Which words decide, and what they add up to.
    fn reasons(&self, policy: &PolicyOptions, text: &mut String) {
        let Why { state: now, tied, units, .. } = self.why;
        let _ = writeln!(text, "\n{}", self.paint(BOLD, "Why"));
        let mut say = |words: String| wrap(text, &words);
        say(format!("the rule, policy `{}`: {}", self.why.policy, self.why.rule()));
        let told = ids(self.dataset, &now.evidence);
        match now.basis {
            Basis::Nothing => say(self.nothing()),
            Basis::Carried => {
                let by = now.evidence.first().map(|e| self.dataset.event(*e).place);
                let unit = by.map_or("what contains it", |p| self.dataset.place(p).names.default.as_str());
                say(format!(
                    "no word on the place itself stands; it has the state of {unit}, which contains it: {told}"
                ));
            }
            Basis::Direct => {
                let rests =
                    if now.evidence.len() == 1 { "so one report decides" } else { "so these reports decide together" };
                say(format!("{rests}: {told}"));
                if let Control::Partial(parts) = &now.control {
                    parts.iter().for_each(|part| say(self.part(part)));
                }
                if *tied {
                    say(
                        "they weigh the same and do not agree; the policy sets none above the others, and no order of \
                         rows does"
                            .to_owned(),
                    );
                }
            }
        }
        if let Some(since) = now.since {
            say(format!("this is so since {since}"));
        }
        if now.claimed {
            say("only parties with a stake say so".to_owned());
        }
        if let (true, Some(days)) = (now.stale, policy.stale_after) {
            say(format!("the newest of these words is older than {} days: nobody has confirmed it since", days.0));
        }
        if now.changing {
            say("a change is coming: its date is not known to the day".to_owned());
        }
        if units.iter().all(|u| u.told.is_empty()) {
            say("no event speaks of the place or of what contains it".to_owned());
        }
    }

    fn nothing(&self) -> String {
        match self.why.units.get(1) {
            Some(unit) => {
                let name = &self.dataset.place(unit.place).names.default;
                format!("no word on the place stands, and {name}, which contains it, is not held by one alone")
            }
            None => "no word on the place stands".to_owned(),
        }
    }

    /// Where a part comes from: what was said of it, or what that leaves.
    fn part(&self, part: &Part) -> String {
        let who = names(self.dataset, &part.actors, self.day());
        let size = part.share.map_or("a part, how much is not said".to_owned(), share);
        if part.rest {
            let before = self.why.before.as_ref().map(|control| state(self.dataset, control, self.day()));
            let before = before.map(|words| format!("; the day before it was {words}")).unwrap_or_default();
            return format!("{who}: {size}, which is what the others leave{before}");
        }
        let said = self.said(&part.actors);
        let figures: Vec<String> =
            said.iter().map(|(s, events)| format!("{} ({})", share(*s), ids(self.dataset, events))).collect();
        match figures.len() {
            0 if part.share.is_some() => format!("{who}: {size}, what earlier words leave them"),
            0 | 1 => format!("{who}: {size}"),
            _ => format!("{who}: {size}, from the least to the most that these reports say: {}", list(&figures)),
        }
    }

    /// The different shares that deciding events give to actors.
    fn said(&self, actors: &[ActorIndex]) -> Vec<(Share, Vec<EventIndex>)> {
        let mut said: Vec<(Share, Vec<EventIndex>)> = Vec::new();
        for index in &self.why.state.evidence {
            let event = self.dataset.event(*index);
            let whole = (event.status == Status::Held).then_some(Share::WHOLE);
            let Some(share) = event.share.or(whole).filter(|_| *event.actors == *actors) else { continue };
            match said.iter_mut().find(|(s, _)| *s == share) {
                Some((_, events)) => events.push(*index),
                None => said.push((share, vec![*index])),
            }
        }
        said.sort_by(|a, b| a.0.low().total_cmp(&b.0.low()).then(a.0.high().total_cmp(&b.0.high())));
        said
    }

    fn unit(&self, unit: &Unit, text: &mut String) {
        if unit.told.is_empty() {
            return;
        }
        let place = self.dataset.place(unit.place);
        let around = if unit.place == self.why.units[0].place { "" } else { ", which contains it" };
        let title = format!("All that was said of {}{around}, oldest first", place.names.default);
        let legend = if unit.told.iter().any(Told::decides) { " (* decides)" } else { "" };
        let _ = writeln!(text, "\n{}{legend}", self.paint(BOLD, &title));
        let width =
            unit.told.iter().map(|t| self.dataset.event(t.event).id.text().chars().count()).max().unwrap_or(0).min(24);
        for told in &unit.told {
            self.told(unit, told, width, text);
        }
    }

    fn told(&self, unit: &Unit, told: &Told, width: usize, text: &mut String) {
        let event = self.dataset.event(told.event);
        let style = if told.decides() { DECIDES } else { Style::new() };
        let mark = if told.decides() { "*" } else { " " };
        let day = if told.ever_shows() { told.shows.to_string() } else { "never".to_owned() };
        let line = format!("{mark} {day:<10}  {:<width$}  {}", event.id, says(self.dataset, &event));
        let _ = writeln!(text, "{}", self.paint(style, line.trim_end()));
        let indent = " ".repeat(16);
        let mut verdicts: Vec<Verdict> = told.verdicts.iter().map(|(_, verdict)| *verdict).collect();
        verdicts.dedup();
        for verdict in &verdicts {
            let of: Vec<_> = told.verdicts.iter().filter(|(_, v)| v == verdict).map(|(s, _)| *s).collect();
            let words = fate(self.dataset, self.why, unit, told, of[0], *verdict);
            let who: Vec<String> = of.iter().map(|s| self.source(*s)).collect();
            let style = if *verdict == Verdict::Decides { DECIDES } else { LOST };
            // With one fate for all of its sources, the fate stands first.
            let words = if verdicts.len() > 1 { format!("by {}: {words}", who.join("; ")) } else { words };
            let _ = writeln!(text, "{indent}{}", self.paint(style, &format!("→ {words}")));
        }
        let who: Vec<String> = event.sources.iter().map(|s| self.source(*s)).collect();
        let mut said = format!("{} {}", stands(event.stance), who.join("; "));
        let dated = |name: &str, date: Option<controlmap::model::EventDate>| {
            date.map(|d| format!(", {name} {}", d.written(&self.dataset.texts))).unwrap_or_default()
        };
        said += &dated("observed", event.observed);
        said += &dated("published", event.reported);
        if told.shows != event.date.earliest {
            said += &dated("dated", Some(event.date));
        }
        wrap_at(text, &said, 16);
        let Some(more) = &event.text else { return };
        for (words, quoted) in [(&more.quote, true), (&more.note, false), (&more.url, false)] {
            if !words.is_empty() {
                wrap_at(text, &if quoted { format!("“{words}”") } else { words.clone() }, 16);
            }
        }
    }

    fn source(&self, index: controlmap::model::SourceIndex) -> String {
        let source = self.dataset.source(index);
        match (source.id.as_str(), source.title.as_str()) {
            ("", _) => "a source that is not named".to_owned(),
            (id, "") => id.to_owned(),
            (id, title) => format!("{id} ({title})"),
        }
    }
}

fn wrap(text: &mut String, words: &str) {
    wrap_at(text, words, 2);
}

/// Adds words, indented, in lines that are not too wide.
fn wrap_at(text: &mut String, words: &str, indent: usize) {
    let mut width = 0;
    for word in words.split_whitespace() {
        let long = word.chars().count();
        if width == 0 || width + 1 + long > WIDTH {
            if width > 0 {
                text.push('\n');
            }
            let indent = if width > 0 { indent + 2 } else { indent };
            text.push_str(&" ".repeat(indent));
            width = indent + long;
        } else {
            text.push(' ');
            width += 1 + long;
        }
        text.push_str(word);
    }
    text.push('\n');
}
