//! Axes, ticks and grid of a chart by `plotters`: takes two scales and a rectangle, gives nodes and where data goes.
//!
//! `plotters` counts in whole pixels; it is given 64 units for each of ours, and what it draws is recorded, so that
//! lines and letters are as sharp as a map's in every format.

use crate::map::pen::{Pen, Style};
use crate::scene::{Anchor, Color, Node, Path, Stroke};
use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter};
use plotters::prelude::{ChartBuilder, IntoDrawingArea, RGBAColor, ShapeStyle, TextStyle};
use plotters::style::text_anchor::{HPos, VPos};
use plotters::style::{FontDesc, FontFamily, FontStyle};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind};
use std::cell::RefCell;
use std::convert::Infallible;
use std::ops::Range;
use std::rc::Rc;

type Rect = [f64; 4];

/// Units for a pixel.
const UNITS: f64 = 64.0;

/// One axis: from where to where, and what its ticks say.
#[derive(Debug, Clone)]
pub struct Scale {
    /// The value at the start: left, or below.
    pub from: f64,
    /// The value at the end.
    pub to: f64,
    /// Values with a label.
    pub ticks: Vec<(f64, String)>,
    /// Ticks have lines across the chart.
    pub has_grid: bool,
}

/// How axes look.
#[derive(Debug, Clone, Copy)]
pub struct Inks {
    /// Letters.
    pub text: Style,
    /// Axes and tick marks.
    pub axis: Color,
    /// Lines across.
    pub grid: Color,
}

/// A chart without data.
#[derive(Debug)]
pub struct Axes {
    /// Grid, axes, ticks and labels.
    pub nodes: Vec<Node>,
    /// Where data goes: x, y, width, height.
    pub plot: Rect,
    spans: [[f64; 2]; 2],
}

impl Axes {
    /// The point of the page for two values.
    pub fn at(&self, x: f64, y: f64) -> [f64; 2] {
        let [left, top, width, height] = self.plot;
        let part = |v: f64, [from, to]: [f64; 2]| if to == from { 0.5 } else { (v - from) / (to - from) };
        [left + width * part(x, self.spans[0]), top + height * (1.0 - part(y, self.spans[1]))]
    }
}

/// Draws the axes into a rectangle.
pub fn axes(pen: &mut Pen, rect: Rect, x: &Scale, y: &Scale, inks: Inks) -> Axes {
    let [left, top, width, height] = rect;
    let size = pen.size(inks.text);
    let widest = y.ticks.iter().map(|(_, words)| pen.width(words, inks.text)).fold(0.0, f64::max);
    let tick = if y.has_grid { 0.0 } else { 0.35 * size };
    let label = [
        if y.ticks.is_empty() { 0.0 } else { widest + 2.0 * tick + 0.7 * size },
        if x.ticks.is_empty() { 0.0 } else { 2.0 * size },
    ];
    // the last label of the time axis reaches over the end
    let over = x.ticks.last().map_or(0.0, |(_, words)| pen.width(words, inks.text) / 2.0);
    let recorder = Recorder { size: [width.max(1.0), height.max(1.0)], marks: Rc::default() };
    let marks = recorder.marks.clone();
    let units = |v: f64| (v * UNITS).round() as i32;
    let color = |c: Color| RGBAColor(c.r, c.g, c.b, f64::from(c.a) / 255.0);
    let line = |c: Color, w: f64| ShapeStyle { color: color(c), filled: false, stroke_width: units(w).unsigned_abs() };
    let thin = pen.unit.max(0.6);
    let plot = {
        let root = recorder.into_drawing_area();
        let chart = ChartBuilder::on(&root)
            .margin_right(units(over))
            .margin_top(units(0.6 * size))
            .x_label_area_size(units(label[1]))
            .y_label_area_size(units(label[0]))
            .build_cartesian_2d(Ticked(x.clone()), Ticked(y.clone()));
        let Ok(mut chart) = chart else { return Axes { nodes: Vec::new(), plot: rect, spans: spans(x, y) } };
        let font = FontDesc::new(FontFamily::SansSerif, size * UNITS, FontStyle::Normal);
        let ink = color(inks.text.color);
        let letters = TextStyle::from(font).color(&ink);
        let mut mesh = chart.configure_mesh();
        mesh.bold_line_style(line(inks.grid, 0.9 * thin))
            .light_line_style(line(inks.grid.with_alpha(0), 0.0))
            .axis_style(line(inks.axis, 1.0 * thin))
            .label_style(letters)
            .x_labels(x.ticks.len().max(1))
            .y_labels(y.ticks.len().max(1))
            .set_all_tick_mark_size(units(0.35 * size));
        if !x.has_grid {
            mesh.disable_x_mesh();
        }
        if !y.has_grid {
            mesh.disable_y_mesh();
        }
        if y.ticks.is_empty() {
            mesh.disable_y_axis();
        }
        // recording does not fail
        let _ = mesh.draw();
        let (across, down) = chart.plotting_area().get_pixel_range();
        let [x0, x1, y0, y1] = [across.start, across.end, down.start, down.end].map(|v| f64::from(v) / UNITS);
        [left + x0, top + y0, x1 - x0, y1 - y0]
    };
    let nodes = marks.take().into_iter().map(|mark| mark.node(pen, [left, top], inks.text)).collect();
    Axes { nodes, plot, spans: spans(x, y) }
}

fn spans(x: &Scale, y: &Scale) -> [[f64; 2]; 2] {
    [[x.from, x.to], [y.from, y.to]]
}

/// A scale as `plotters` takes it.
struct Ticked(Scale);

impl Ranged for Ticked {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, (start, end): (i32, i32)) -> i32 {
        let Scale { from, to, .. } = self.0;
        let part = if to == from { 0.5 } else { (value - from) / (to - from) };
        start + (part * f64::from(end - start)).round() as i32
    }

    fn key_points<Hint: KeyPointHint>(&self, hint: Hint) -> Vec<f64> {
        // the lines between ticks are not drawn
        if hint.weight().allow_light_points() {
            return Vec::new();
        }
        self.0.ticks.iter().map(|(at, _)| *at).collect()
    }

    fn range(&self) -> Range<f64> {
        self.0.from..self.0.to
    }
}

impl ValueFormatter<f64> for Ticked {
    fn format_ext(&self, value: &f64) -> String {
        self.0.ticks.iter().find(|(at, _)| at == value).map_or_else(String::new, |(_, words)| words.clone())
    }
}

/// Something that `plotters` drew, in pixels.
enum Mark {
    Line { points: Vec<[f64; 2]>, color: Color, width: f64 },
    Text { words: String, at: [f64; 2], h: HPos, v: VPos, size: f64, color: Color },
}

impl Mark {
    fn node(self, pen: &mut Pen, [left, top]: [f64; 2], style: Style) -> Node {
        match self {
            Self::Line { points, color, width } => {
                let points: Vec<[f64; 2]> = points.iter().map(|[x, y]| [left + x, top + y]).collect();
                Node::Path(Path::line(&points).stroked(Stroke::solid(color, width)))
            }
            Self::Text { words, at: [x, y], h, v, size, color } => {
                let anchor = match h {
                    HPos::Left => Anchor::Left,
                    HPos::Center => Anchor::Middle,
                    HPos::Right => Anchor::Right,
                };
                let baseline = match v {
                    VPos::Top => 0.95 * size,
                    VPos::Center => 0.36 * size,
                    VPos::Bottom => -0.25 * size,
                };
                let style = Style { size: size / pen.unit, color, ..style };
                Node::Text(pen.line(&words, [left + x, top + y + baseline], anchor, style))
            }
        }
    }
}

/// Keeps what `plotters` draws.
struct Recorder {
    size: [f64; 2],
    marks: Rc<RefCell<Vec<Mark>>>,
}

fn pixels((x, y): BackendCoord) -> [f64; 2] {
    [f64::from(x) / UNITS, f64::from(y) / UNITS]
}

fn ink(color: BackendColor) -> Color {
    let (r, g, b) = color.rgb;
    Color { r, g, b, a: (color.alpha * 255.0).round() as u8 }
}

type Done = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Recorder {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        let [width, height] = self.size.map(|v| (v * UNITS).round() as u32);
        (width, height)
    }

    fn ensure_prepared(&mut self) -> Done {
        Ok(())
    }

    fn present(&mut self) -> Done {
        Ok(())
    }

    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Done {
        // a point without extent: nothing asks for one
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Done {
        self.draw_path([from, to], style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Done {
        let (color, width) = (ink(style.color()), f64::from(style.stroke_width()) / UNITS);
        let points: Vec<[f64; 2]> = path.into_iter().map(pixels).collect();
        if color.a > 0 && width > 0.0 && points.len() > 1 {
            self.marks.borrow_mut().push(Mark::Line { points, color, width });
        }
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(&mut self, words: &str, style: &T, at: BackendCoord) -> Done {
        if !words.is_empty() {
            let anchor = style.anchor();
            self.marks.borrow_mut().push(Mark::Text {
                words: words.to_owned(),
                at: pixels(at),
                h: anchor.h_pos,
                v: anchor.v_pos,
                size: style.size() / UNITS,
                color: ink(style.color()),
            });
        }
        Ok(())
    }

    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        words: &str,
        style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        // only labels on the right side ask for it, and there are none
        let size = style.size();
        Ok(((words.chars().count() as f64 * size * 0.56).round() as u32, size.round() as u32))
    }
}
