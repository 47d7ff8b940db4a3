//! `preview`: the figures of a project on a local page, drawn again as files are saved.

mod visit;

use super::drawing::look;
use super::figure;
use super::input::{Input, Joined};
use super::output;
use super::session::{Halt, Session};
use controlmap::error::Error;
use controlmap::project::Figure;
use controlmap::read::Folder;
use controlmap::write::html::escaped;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use visit::Answer;

/// Show the project's figures on a local page that draws them again as files are saved
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: Input,
    /// Port of this machine that the page is at; 0 is any free one
    #[arg(long, value_name = "N", default_value_t = 0)]
    port: u16,
}

/// What was read, and as what.
struct State {
    stamp: String,
    joined: Option<Joined>,
    /// What is to be said of it.
    faults: String,
    /// The folders that are looked at.
    folders: BTreeSet<PathBuf>,
}

/// Serves until it is interrupted.
pub fn run(args: Args, session: &mut Session) -> Result<(), Halt> {
    let failed = |e: std::io::Error| Error::new(format!("cannot listen at port {}: {e}", args.port));
    // this machine alone
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, args.port)).map_err(failed)?;
    let port = listener.local_addr().map_err(failed)?.port();
    output::to_stdout(format!("http://127.0.0.1:{port}/\n").as_bytes())?;
    session.tell("Ctrl-C ends it\n");
    let mut state = State { stamp: String::new(), joined: None, faults: String::new(), folders: folders(&args.input) };
    visit::serve(listener, port, |path| answer(path, &args.input, &mut state, session)).map_err(failed)?;
    Ok(())
}

fn answer(path: &str, input: &Input, state: &mut State, session: &Session) -> Answer {
    let now = stamp(&state.folders);
    if now != state.stamp || state.joined.is_none() {
        let known = state.folders.len();
        read(input, state, session);
        // what was saved while it was read counts as new
        state.stamp = if state.folders.len() == known { now } else { stamp(&state.folders) };
    }
    let number = path.strip_prefix("/figure/").and_then(|rest| rest.strip_suffix(".svg")?.parse::<usize>().ok());
    match (path, number) {
        ("/", _) => Answer::found("text/html; charset=utf-8", page(state).into_bytes()),
        ("/stamp", _) => Answer::found("text/plain", state.stamp.clone().into_bytes()),
        (_, Some(number)) => match drawn(state, number) {
            Some(Ok(svg)) => Answer::found("image/svg+xml", svg),
            Some(Err(told)) => Answer::found("image/svg+xml", told_as_picture(&told).into_bytes()),
            None => Answer::refused("404 Not Found", "there is no such figure"),
        },
        _ => Answer::refused("404 Not Found", "there is nothing here"),
    }
}

/// Reads everything anew.
fn read(input: &Input, state: &mut State, session: &Session) {
    let mut own = Session { found: Vec::new(), accepted: Vec::new(), ..*session };
    let result = input.joined(&mut own);
    let is_sound = own.is_sound();
    let mut faults: Vec<String> = own.report().iter().map(ToString::to_string).collect();
    state.joined = match result {
        Ok(joined) if is_sound => Some(joined),
        Ok(_) | Err(Halt::Faults) => None,
        Err(Halt::Error(error)) => {
            faults.push(format!("error: {error}"));
            None
        }
    };
    state.faults = faults.join("\n");
    if let Some(joined) = &state.joined
        && let Folder::Disk(folder) = &joined.folder
    {
        let beside = joined.names().into_iter().filter_map(|name| folder.join(name).parent().map(Path::to_owned));
        state.folders.extend(beside);
    }
}

/// The folders of the project file, or of the files that flags name.
fn folders(input: &Input) -> BTreeSet<PathBuf> {
    let of = |path: &Path| if path.is_dir() { path.to_owned() } else { path.parent().unwrap_or(path).to_owned() };
    let files = input.files.boundaries.iter().chain(&input.files.events).map(Path::new);
    let project = input.project.as_deref().unwrap_or(Path::new("."));
    files.chain([project]).map(of).collect()
}

/// What changes when a file is saved: names, sizes and times of all files of the folders.
fn stamp(folders: &BTreeSet<PathBuf>) -> String {
    let mut all = Vec::new();
    for folder in folders {
        // the folder of a bare name is the one we are in
        let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        for entry in std::fs::read_dir(here).into_iter().flatten().flatten() {
            let Some(about) = entry.metadata().ok().filter(std::fs::Metadata::is_file) else { continue };
            let saved = about.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
            all.push(format!("{} {} {}", entry.path().display(), about.len(), saved.as_nanos()));
        }
    }
    all.sort();
    controlmap::receipt::digest(all.join("\n").as_bytes())
}

/// The figures of the project; a map of its last date where it has none.
fn figures(joined: &Joined) -> Vec<Figure> {
    let own = &joined.project.figures;
    if own.is_empty() { vec![Figure { file: "map.svg".to_owned(), ..Figure::new("map") }] } else { own.clone() }
}

/// A figure as SVG, or why there is none; nothing where there is no such figure.
fn drawn(state: &State, number: usize) -> Option<Result<Vec<u8>, String>> {
    let joined = state.joined.as_ref()?;
    let figure = figures(joined).into_iter().nth(number)?;
    let drawn = figure::draw(joined, &figure).and_then(|checked| {
        let faults: Vec<String> = checked.diagnostics.iter().map(ToString::to_string).collect();
        let picture = checked.value.ok_or_else(|| Error::new(faults.join("\n")))?;
        picture.bytes(&figure, "svg", &look(joined, &figure))
    });
    Some(drawn.map_err(|error| error.to_string()))
}

/// Why there is no figure, where a figure is expected.
fn told_as_picture(told: &str) -> String {
    let lines: Vec<&str> = told.lines().collect();
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"900\" height=\"{}\" font-family=\"monospace\" font-size=\"14\">",
        40 + 20 * lines.len()
    );
    for (i, line) in lines.iter().enumerate() {
        let _ = write!(svg, "<text x=\"12\" y=\"{}\">{}</text>", 30 + 20 * i, escaped(line));
    }
    svg + "</svg>"
}

/// The page: what is to be said, then the figures; it looks each second whether something was saved.
fn page(state: &State) -> String {
    let title = state
        .joined
        .as_ref()
        .map_or("controlmap", |joined| joined.project.title.get(joined.project.map.lang.as_deref()));
    let mut body = String::new();
    if !state.faults.is_empty() {
        let _ = writeln!(body, "<pre role=\"alert\">{}</pre>", escaped(&state.faults));
    }
    for (i, figure) in state.joined.iter().flat_map(figures).enumerate() {
        let name = escaped(&figure.file);
        let _ = writeln!(
            body,
            "<figure><img src=\"/figure/{i}.svg?{}\" alt=\"{name}\" loading=\"lazy\"><figcaption>{name}</figcaption></figure>",
            state.stamp
        );
    }
    format!(
        "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>{}</title>\n\
         <style>body{{font:15px sans-serif;margin:1.5rem auto;max-width:1200px;padding:0 1rem}}figure{{margin:0 0 2rem}}\
         img{{max-width:100%;height:auto;border:1px solid #ccc}}pre{{white-space:pre-wrap;border-left:4px solid #b00;padding-left:1rem}}\
         </style>\n{body}<script>const stamp=\"{}\";\
         setInterval(async()=>{{try{{if(await(await fetch(\"/stamp\")).text()!==stamp)location.reload()}}catch{{}}}},1000)</script>\n</html>\n",
        escaped(title),
        state.stamp
    )
}
