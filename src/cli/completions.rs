//! `completions`: a completion script for a shell, on stdout.

use super::session::{Halt, Session};
use super::{grammar, output};

/// Print a completion script for a shell
#[derive(clap::Args)]
pub struct Args {
    /// Shell
    #[arg(value_name = "SHELL")]
    shell: clap_complete::Shell,
}

/// Prints the script.
pub fn run(args: Args, _: &mut Session) -> Result<(), Halt> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut grammar(), "controlmap", &mut script);
    Ok(output::to_stdout(&script)?)
}
