//! One figure: from joined data to a scene, and the scene to files.

use super::input::World;
use super::session::{Halt, Session};
use controlmap::map;
use controlmap::model::Moment;
use controlmap::project::{MapOptions, PolicyOptions};
use controlmap::scene::Scene;
use controlmap::timeline;

/// What is asked of a figure, flags and project taken together.
pub struct Request {
    /// When.
    pub moment: Moment,
    /// Known by then.
    pub known_by: Option<Moment>,
    /// Under which policy.
    pub policy: PolicyOptions,
    /// How it looks.
    pub options: MapOptions,
}

/// Draws a figure.
///
/// # Errors
/// Faults where the data or an option forbids to draw it.
pub fn figure(world: &World, request: &Request, session: &mut Session) -> Result<Scene, Halt> {
    let timeline = session.take(timeline::resolve(&world.dataset, &request.policy, request.known_by));
    session.require_sound()?;
    let snapshot = timeline.snapshot(&world.dataset, request.moment);
    let title = request.options.title.as_deref().unwrap_or(&world.project.title);
    let scene = session.take(map::draw(&world.dataset, &snapshot, &request.options, title));
    session.require_sound()?;
    Ok(scene)
}
