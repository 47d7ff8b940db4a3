//! `man`: the manual page, on stdout.

use super::session::{Halt, Session};
use super::{grammar, output};
use clap_mangen::Man;
use controlmap::error::Error;

/// Print the manual page
#[derive(clap::Args)]
pub struct Args {}

/// Prints the page in roff: the program, then every command with its flags.
pub fn run(_: Args, _: &mut Session) -> Result<(), Halt> {
    let page = page().map_err(|e| Error::new(format!("cannot write the page: {e}")))?;
    Ok(output::to_stdout(&page)?)
}

fn page() -> std::io::Result<Vec<u8>> {
    let mut grammar = grammar();
    grammar.build();
    let mut page = Vec::new();
    Man::new(grammar.clone()).date("").render(&mut page)?;
    for command in grammar.get_subcommands().filter(|c| c.get_name() != "help") {
        page.extend(format!(".SH \"COMMAND {}\"\n", command.get_name().to_uppercase()).bytes());
        let man = Man::new(command.clone());
        for section in [Man::render_description_section, Man::render_synopsis_section, Man::render_options_section] {
            let mut text = Vec::new();
            section(&man, &mut text)?;
            // what is a section of its own page is a part of this one
            page.extend(String::from_utf8_lossy(&text).replace(".SH ", ".SS ").bytes());
        }
    }
    Ok(page)
}
