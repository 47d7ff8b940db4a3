//! Gives a finished drawing the colours of a theme: takes nodes, changes paints, strokes and texts.

use super::theme::{self, Theme};
use crate::palette::{contrast, luminance};
use crate::scene::{Color, Layer, Node, Paint, Stroke, Text};

/// What becomes of each colour.
#[derive(Debug, Clone)]
pub struct Tones {
    known: Vec<Tone>,
    /// Colours that are not known lose their hue.
    grey: bool,
}

/// What becomes of one colour.
#[derive(Debug, Clone)]
struct Tone {
    from: Color,
    to: Color,
    /// Put over a surface of it, where lightness alone does not tell it apart.
    mark: Option<Layer>,
}

/// Lightest and darkest grey of an actor, in CIE L*.
const GREYS: [f64; 2] = [86.0, 36.0];
/// Greys that are nearer than this are told apart by a pattern too.
const GAP: f64 = 8.0;

impl Tones {
    /// The tones of a theme for the colours of actors; `None` where nothing changes.
    pub fn new(theme: &Theme, actors: &[Color], unit: f64) -> Option<Self> {
        if theme.inks.is_empty() && !theme.grey {
            return None;
        }
        let mut known: Vec<Tone> =
            theme.inks.iter().map(|(from, to)| Tone { from: *from, to: *to, mark: None }).collect();
        let tones = Self { known: known.clone(), grey: false };
        // the coast is mixed from two of them
        let coast = |border: Color, sea: Color| border.mix(sea, 0.25);
        let to = coast(tones.color(theme::LAND_BORDER), tones.color(theme::SEA));
        known.push(Tone { from: coast(theme::LAND_BORDER, theme::SEA), to, mark: None });
        if theme.grey {
            known.extend(greys(actors, unit));
        } else {
            known.extend(actors.iter().flat_map(|color| faded(*color, tones.color(theme::PAPER))));
        }
        Some(Self { known, grey: theme.grey })
    }

    /// From each known colour to the one in its place.
    pub fn pairs(&self) -> Vec<[Color; 2]> {
        self.known.iter().filter(|tone| tone.from != tone.to).map(|tone| [tone.from, tone.to]).collect()
    }

    fn tone(&self, color: Color) -> Option<&Tone> {
        self.known.iter().find(|t| t.from.with_alpha(255) == color.with_alpha(255))
    }

    fn color(&self, color: Color) -> Color {
        match self.tone(color) {
            Some(tone) => tone.to.with_alpha(color.a),
            None if self.grey => grey_of(luminance(color)).with_alpha(color.a),
            None => color,
        }
    }

    fn paint(&self, paint: &mut Paint) {
        let mut layers = Vec::with_capacity(paint.layers.len());
        for mut layer in paint.layers.drain(..) {
            let mut mark = None;
            match &mut layer {
                Layer::Solid(color) => {
                    mark = self.tone(*color).and_then(|t| t.mark.clone());
                    *color = self.color(*color);
                }
                Layer::Stripes { bands, .. } => bands.iter_mut().for_each(|b| b.color = self.color(b.color)),
                Layer::Lines { color, .. } | Layer::Dots { color, .. } => *color = self.color(*color),
            }
            layers.push(layer);
            layers.extend(mark);
        }
        paint.layers = layers;
    }

    fn stroke(&self, stroke: &mut Stroke) {
        stroke.color = self.color(stroke.color);
    }

    /// Recolours what is drawn.
    pub fn nodes(&self, nodes: &mut [Node]) {
        for node in nodes {
            match node {
                Node::Group(group) => self.nodes(&mut group.nodes),
                Node::Partition(partition) => {
                    partition.faces.iter_mut().for_each(|f| self.paint(&mut f.paint));
                    partition.strokes.iter_mut().for_each(|s| self.stroke(&mut s.stroke));
                }
                Node::Path(path) => {
                    path.fill.iter_mut().for_each(|fill| self.paint(fill));
                    path.stroke.iter_mut().for_each(|stroke| self.stroke(stroke));
                }
                Node::Text(text) => {
                    text.color = self.color(text.color);
                    if let Some(halo) = &mut text.halo {
                        // over a pattern no grey is a rim
                        let is_lined = self.tone(halo.color).is_some_and(|t| t.mark.is_some());
                        halo.color = if is_lined { Color::WHITE.with_alpha(235) } else { self.color(halo.color) };
                    }
                    read_well(text);
                }
                Node::Use(_) => {}
            }
        }
    }

    /// The paper.
    pub fn background(&self, mut paint: Paint) -> Paint {
        self.paint(&mut paint);
        paint
    }
}

/// Inks for grounds that another theme's ink does not show on.
const INKS: [Color; 2] = [theme::INK, Color::hex(0xF1_EF_EB)];

/// Gives a text on a rim that it does not show on the ink that does, and the rim what that still lacks.
fn read_well(text: &mut Text) {
    let Some(halo) = &mut text.halo else { return };
    let mut ground = halo.color.with_alpha(255);
    if contrast(text.color, ground) >= MUTED {
        return;
    }
    let [dark, light] = INKS.map(|ink| contrast(ink, ground));
    text.color = INKS[usize::from(light > dark)];
    let away = if light > dark { Color::BLACK } else { Color::WHITE };
    for _ in 0..12 {
        if contrast(text.color, ground) >= LEGIBLE {
            break;
        }
        ground = ground.mix(away, 0.2);
    }
    halo.color = ground.with_alpha(halo.color.a.max(225));
}

/// The contrast that texts have at least, and that muted ones may have.
const LEGIBLE: f64 = 4.5;
/// See [`LEGIBLE`].
const MUTED: f64 = 3.9;

/// What is stale or not certain fades towards the paper, whatever that is.
fn faded(color: Color, paper: Color) -> [Tone; 3] {
    let grey = grey_of(luminance(color));
    let stale = color.mix(grey, 0.3).mix(paper, 0.45);
    let tone = |from: Color, to: Color| Tone { from, to, mark: None };
    [
        tone(theme::stale(color), stale),
        tone(theme::pale(color), color.mix(paper, 0.5)),
        tone(theme::pale(theme::stale(color)), stale.mix(paper, 0.4)),
    ]
}

/// Greys for actors, in the order of their lightness and evenly apart; what is stale is lined with white.
fn greys(actors: &[Color], unit: f64) -> Vec<Tone> {
    let mut colors = actors.to_vec();
    colors.sort_by(|a, b| luminance(*b).total_cmp(&luminance(*a)).then(a.cmp(b)));
    colors.dedup();
    let [light, dark] = GREYS;
    let step = (light - dark) / (colors.len().max(2) - 1) as f64;
    let mut tones = Vec::new();
    for (i, color) in colors.iter().enumerate() {
        let grey = grey_of(luminance_of(light - step * i as f64));
        let fine = (step < GAP && i % 2 == 1).then(|| {
            let color = if light - step * i as f64 > 60.0 { Color::hex(0x55_55_55) } else { Color::hex(0xE6_E6_E6) };
            Layer::Lines { angle: 90.0, spacing: 6.0 * unit.max(0.7), width: 1.1 * unit.max(0.7), color }
        });
        let worn = Layer::Lines {
            angle: -45.0,
            spacing: 5.2 * unit.max(0.8),
            width: 1.3 * unit.max(0.8),
            color: Color::WHITE,
        };
        let stale = theme::stale(*color);
        tones.push(Tone { from: *color, to: grey, mark: fine });
        tones.push(Tone { from: stale, to: grey.mix(Color::WHITE, 0.15), mark: Some(worn) });
        tones.push(Tone { from: theme::pale(*color), to: grey.mix(Color::WHITE, 0.5), mark: None });
        tones.push(Tone { from: theme::pale(stale), to: grey.mix(Color::WHITE, 0.6), mark: None });
    }
    tones
}

/// The grey of a luminance from 0 to 1.
fn grey_of(y: f64) -> Color {
    let v = if y <= 0.003_130_8 { 12.92 * y } else { 1.055 * libm::pow(y, 1.0 / 2.4) - 0.055 };
    let v = (v * 255.0).round().clamp(0.0, 255.0) as u8;
    Color::rgb(v, v, v)
}

/// The luminance of a CIE L* above 8.
fn luminance_of(lightness: f64) -> f64 {
    let t = (lightness + 16.0) / 116.0;
    t * t * t
}

#[cfg(test)]
mod tests {
    use super::{Tones, grey_of};
    use crate::map::pen::{Pen, Style};
    use crate::map::theme::{INK, PAPER, stale, theme};
    use crate::map::words::words;
    use crate::palette::{contrast, luminance};
    use crate::project::Theme;
    use crate::scene::{Anchor, Color, Halo, Layer, Node, Paint, Path, Shaper, Text};

    const ACTORS: [Color; 3] = [Color::hex(0xCB_5B_4C), Color::hex(0x5E_8A_B4), Color::hex(0xF2_CC_4D)];

    fn fill(tones: &Tones, color: Color) -> Paint {
        let mut nodes = [Node::Path(Path::rect(0.0, 0.0, 1.0, 1.0).filled(Paint::solid(color)))];
        tones.nodes(&mut nodes);
        let [Node::Path(path)] = nodes else { panic!("a path stays a path") };
        path.fill.expect("a fill stays")
    }

    #[test]
    fn the_light_theme_changes_nothing() {
        assert!(Tones::new(theme(Theme::Light), &ACTORS, 1.0).is_none());
    }

    #[test]
    fn dark_changes_paper_and_ink_and_leaves_actors() {
        let tones = Tones::new(theme(Theme::Dark), &ACTORS, 1.0).expect("it changes something");
        assert_ne!(fill(&tones, PAPER), Paint::solid(PAPER));
        assert_ne!(fill(&tones, INK.with_alpha(90)), Paint::solid(INK.with_alpha(90)));
        assert_eq!(fill(&tones, ACTORS[0]), Paint::solid(ACTORS[0]));
    }

    #[test]
    fn greys_are_apart_by_lightness_or_by_pattern() {
        let many: Vec<Color> = (0..12).map(|i| Color::rgb(20 * i, 255 - 20 * i, 90)).collect();
        for actors in [&ACTORS[..], &many] {
            let tones = Tones::new(theme(Theme::Grey), actors, 1.0).expect("it changes something");
            let mut seen: Vec<(f64, bool)> = Vec::new();
            for color in actors {
                let paint = fill(&tones, *color);
                let [Layer::Solid(grey), marks @ ..] = paint.layers.as_slice() else { panic!("a flat ground") };
                assert!(grey.r == grey.g && grey.g == grey.b);
                let lightness = 116.0 * libm::cbrt(luminance(*grey)) - 16.0;
                let near =
                    |(other, marked): &(f64, bool)| (other - lightness).abs() < 7.5 && *marked == marks.is_empty();
                assert!(!seen.iter().any(|(l, m)| near(&(*l, !*m))), "{color:?}");
                seen.push((lightness, !marks.is_empty()));
                assert_ne!(fill(&tones, stale(*color)), paint);
            }
        }
    }

    fn name() -> Text {
        let mut pen = Pen {
            shaper: Shaper::new(),
            unit: 1.0,
            words: words("en"),
            digits: crate::project::Digits::Latin,
            second: String::new(),
        };
        pen.line("name", [0.0, 0.0], Anchor::Left, Style { size: 14.0, weight: 400, color: INK })
    }

    #[test]
    fn a_name_shows_on_the_ground_that_a_theme_gives_it() {
        let pale = Color::hex(0x9F_CA_FA);
        for theme_of in [Theme::Dark, Theme::Grey] {
            let tones = Tones::new(theme(theme_of), &[pale, ACTORS[0]], 1.0).expect("it changes something");
            for ground in [pale, ACTORS[0], stale(pale)] {
                let mut text = name();
                text.halo = Some(Halo { color: ground.with_alpha(225), width: 2.0 });
                let mut nodes = [Node::Text(text)];
                tones.nodes(&mut nodes);
                let [Node::Text(text)] = nodes else { panic!("a text stays a text") };
                let halo = text.halo.expect("it stays").color.with_alpha(255);
                assert!(contrast(text.color, halo) >= 4.5, "{theme_of:?} {ground:?}: {:?} on {halo:?}", text.color);
            }
        }
    }

    #[test]
    fn a_grey_keeps_its_lightness() {
        assert_eq!(grey_of(luminance(Color::rgb(120, 120, 120))), Color::rgb(120, 120, 120));
    }
}
