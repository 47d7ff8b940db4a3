//! How far long work is: a bar on a terminal, nothing elsewhere.

use super::session::Session;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use std::fmt::Write;
use std::io::IsTerminal;

/// A bar that is gone when it is dropped.
pub struct Progress(ProgressBar);

impl Progress {
    /// Starts a bar of so many frames.
    pub fn new(session: &Session, frames: usize) -> Self {
        let shows = std::io::stderr().is_terminal() && !session.quiet;
        let target = if shows { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(frames as u64), target);
        let template = "{wide_bar} {pos}/{len} frames, {rate} a second, {eta} left";
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        bar.set_style(style.with_key("rate", |state: &ProgressState, text: &mut dyn Write| {
            // nobody is left to be told of a terminal that takes no more
            let _ = write!(text, "{:.0}", state.per_sec());
        }));
        Self(bar)
    }

    /// A bar that nobody sees.
    pub fn none() -> Self {
        Self(ProgressBar::hidden())
    }

    /// Goes on by so many frames.
    pub fn done(&self, frames: usize) {
        self.0.inc(frames as u64);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
