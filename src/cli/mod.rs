//! The command line: takes arguments, calls the library, prints, and exits. Nothing else does.
//!
//! A subcommand is one file with an `Args` and a `run`, and one line in [`commands`].

mod animate;
mod build;
mod built_in;
mod caption;
mod chart;
mod check;
mod compare;
mod completions;
mod dates;
mod demo;
mod diff;
mod drawing;
mod export;
mod figure;
mod film;
mod frames;
mod grid;
mod import;
mod input;
mod lint;
mod man;
mod map;
mod new;
mod output;
mod policies;
mod preview;
mod progress;
mod report;
mod session;
mod simplify;
mod suggest;
mod table;
mod verify;
mod why;
mod why_json;
mod why_text;
mod why_words;

use clap::{CommandFactory, Parser, Subcommand};
use session::{Halt, Session};
use std::process::ExitCode;

/// Draws maps of who held what, when, and by whose word.
#[derive(Parser)]
#[command(name = "controlmap", version, arg_required_else_help = true, max_term_width = 100, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    general: General,
}

/// Flags that every command takes.
#[derive(clap::Args)]
#[command(next_help_heading = "General")]
struct General {
    /// Treat warnings as errors
    #[arg(long, global = true)]
    strict: bool,
    /// Print errors only, no warnings and no file names
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Print every fault, however many there are of a kind
    #[arg(short, long, global = true)]
    verbose: bool,
    /// Threads to use [default: one for each core]
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

const EXAMPLES: &str = "\
Examples:
  controlmap demo                                  draw the built-in example into output/
  controlmap new country && cd country             start a project of your own
  controlmap check                                 report every fault of the project in this folder
  controlmap map --date 2024-12-07 -o map.svg      draw one day
  controlmap animate --every day -o film.gif       draw the whole period, day by day
  controlmap table --by actor --from 2024-11-27 --to 2024-12-08 --every day -o ground.csv

A file takes its format from its ending. Exit codes: 0 done, 1 faults in the data or the run, 2 wrong usage.";

/// Declares the subcommands: a name and the module that has its `Args` and `run`.
macro_rules! commands {
    ($($name:ident = $module:ident,)+) => {
        #[derive(Subcommand)]
        enum Command { $($name($module::Args),)+ }

        impl Command {
            fn run(self, session: &mut Session) -> Result<(), Halt> {
                match self { $(Self::$name(args) => $module::run(args, session),)+ }
            }
        }
    };
}

commands! {
    Demo = demo,
    New = new,
    Check = check,
    Map = map,
    Frames = frames,
    Animate = animate,
    Diff = diff,
    Grid = grid,
    Policies = policies,
    Chart = chart,
    Table = table,
    Why = why,
    Import = import,
    Export = export,
    Build = build,
    Preview = preview,
    Verify = verify,
    Simplify = simplify,
    Completions = completions,
    Man = man,
}

/// Runs the command line of the process.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // help and version go to a pipe that may be closed
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    // this thread works along, so that there is no handing over to others; only a second pool could fail
    let pool = rayon::ThreadPoolBuilder::new().use_current_thread();
    let _ = pool.num_threads(cli.general.threads.map_or(0, usize::from)).build_global();
    // only a second handler could fail
    let _ = ctrlc::set_handler(|| {
        controlmap::write::abandon();
        // what a shell says of a program that was interrupted
        std::process::exit(130);
    });
    let mut session = Session::new(&cli.general);
    let result = cli.command.run(&mut session);
    ExitCode::from(session.close(result))
}

/// The whole command line, for completions and the man page.
fn grammar() -> clap::Command {
    Cli::command()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_grammar_holds_together() {
        super::grammar().debug_assert();
    }

    #[test]
    fn every_command_and_flag_is_documented() {
        let mut grammar = super::grammar();
        grammar.build();
        for command in grammar.get_subcommands() {
            assert!(command.get_about().is_some(), "{} says nothing of itself", command.get_name());
            for flag in command.get_arguments() {
                assert!(flag.get_help().is_some(), "{} {} says nothing of itself", command.get_name(), flag.get_id());
            }
        }
    }
}
