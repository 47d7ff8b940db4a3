//! Films as other programs read them: `ffprobe`, `gifsicle`, `pngcheck`, `webpmux`.
//!
//! Where a program is missing nothing is compared, but on a build machine (`CI=true`) that is a fault.

use super::harness::{Test, output};
use std::path::Path;
use std::process::Command;

const SYRIA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/syria-2024");
/// Six days, half a second each, the last two seconds.
const FILM: &str = "--from 2024-12-03 --to 2024-12-08 --size 641x480 -q";

/// Tells whether a program can be run; on a build machine it must.
fn is_there(program: &str) -> bool {
    let there = Command::new(program).arg("--help").output().is_ok();
    let must = std::env::var_os("CI").is_some_and(|v| v == "true");
    assert!(there || !must, "{program} is missing");
    there
}

/// What a program says of a file; nothing where there is no such program.
fn says(program: &str, args: &[&str], file: &Path) -> Option<String> {
    let output = is_there(program).then(|| Command::new(program).args(args).arg(file).output().unwrap())?;
    let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success(), "{program} refuses {}:\n{text}", file.display());
    Some(text)
}

/// Width, height and frames as `ffprobe` decodes them.
fn probed(file: &Path, kind: &str) -> Option<[u32; 3]> {
    let fields = "stream=width,height,nb_read_frames";
    let args = ["-v", "error", "-count_frames", "-select_streams", "v:0", "-show_entries", fields, "-of", "csv=p=0"];
    let args: Vec<&str> = ["-f", kind].into_iter().chain(args).collect();
    let text = says("ffprobe", &args, file)?;
    let mut numbers = text.trim().split(',').map(|n| n.parse().unwrap());
    Some([(); 3].map(|()| numbers.next().unwrap()))
}

#[test]
fn gif_png_and_webp_have_the_frames_sizes_and_durations_asked_for() {
    let folder = Test::new().args(&format!("animate {SYRIA} {FILM} -o f.gif")).run();
    let file = folder.path().join("f.gif");
    if let Some(size) = probed(&file, "gif") {
        assert_eq!(size, [641, 480, 6]);
    }
    if let Some(text) = says("gifsicle", &["--info"], &file) {
        assert!(text.contains("6 images") && text.contains("loop forever"), "{text}");
        assert_eq!(text.matches("delay 0.50s").count(), 5);
        assert_eq!(text.matches("delay 2.00s").count(), 1);
    }
    let folder = Test::new().args(&format!("animate {SYRIA} {FILM} -o f.png")).run();
    let file = folder.path().join("f.png");
    // without its name it is taken for a still
    if let Some(size) = probed(&file, "apng") {
        assert_eq!(size, [641, 480, 6]);
    }
    if let Some(text) = says("pngcheck", &["-v"], &file) {
        assert_eq!(text.matches("chunk fcTL").count(), 6, "{text}");
    }
    let folder = Test::new().args(&format!("animate {SYRIA} {FILM} -o f.webp")).run();
    if let Some(text) = says("webpmux", &["-info"], &folder.path().join("f.webp")) {
        assert!(text.contains("Canvas size: 641 x 480") && text.contains("Number of frames: 6"), "{text}");
        assert!(text.contains("Loop Count : 0") && text.contains("Size of the XMP metadata"), "{text}");
        assert_eq!(text.lines().filter(|line| line.contains("   500 ")).count(), 5, "{text}");
        assert_eq!(text.lines().filter(|line| line.contains("  2000 ")).count(), 1, "{text}");
    }
}

#[test]
fn videos_have_even_sides_and_stand_as_long_as_asked() {
    for (name, kind) in [("f.mp4", "mp4"), ("f.webm", "matroska")] {
        if !is_there("ffmpeg") {
            return;
        }
        let folder = Test::new().args(&format!("animate {SYRIA} {FILM} -o {name}")).run();
        // five frames of half a second and one that stands for four of them
        assert_eq!(probed(&folder.path().join(name), kind), Some([642, 480, 9]), "{name}");
        assert_eq!(folder.files(), [name]);
        // it is made again from its receipt, byte for byte
        let output = output(folder.path(), &["verify", "--project", SYRIA, name]);
        assert_eq!(String::from_utf8_lossy(&output.stdout), format!("same     {name}\n"));
    }
}

#[test]
fn without_ffmpeg_a_video_is_refused_with_what_to_do() {
    let test = Test::new();
    let mut run = Command::new(env!("CARGO_BIN_EXE_controlmap"));
    run.args(["animate", SYRIA, "--from", "2024-12-08", "-q", "-o", "f.mp4"]);
    // a folder without programs
    let output = run.current_dir(test.folder.path()).env("PATH", test.folder.path()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("`apt install ffmpeg`"), "{said}");
    assert!(test.folder.files().is_empty(), "{:?}", test.folder.files());
}

#[test]
fn a_transition_is_refused_where_there_are_no_pixels_to_move() {
    for file in ["f.svg", "f.html", "f.pdf"] {
        let args = format!("animate {SYRIA} {FILM} --transition fade -o {file}");
        let folder = Test::new().args(&args).status(2).stderr_has("`transition` is for moving pixels").run();
        assert!(!folder.path().join(file).exists());
    }
    Test::new().args(&format!("animate {SYRIA} {FILM} --transition none -o f.svg")).run();
}

#[test]
fn a_transition_shows_pictures_between_frames() {
    for how in ["fade", "wipe"] {
        let folder = Test::new().args(&format!("animate {SYRIA} {FILM} --transition {how} -o f.gif")).run();
        if let Some(text) = says("gifsicle", &["--info"], &folder.path().join("f.gif")) {
            assert!(text.contains("36 images"), "{how}: {text}");
            assert_eq!(text.matches("delay 0.04s").count(), 30, "{how}: {text}");
        }
    }
}

/// Begins a long film, interrupts it as soon as `is_begun`, and gives the files that are left.
#[cfg(unix)]
fn interrupted(args: &[&str], is_begun: impl Fn(&[String]) -> bool) -> Vec<String> {
    let test = Test::new();
    let scratch = Test::new();
    let mut run = Command::new(env!("CARGO_BIN_EXE_controlmap"))
        .args(args)
        .args(["--every", "1h", "--size", "800x600", "-q"])
        .current_dir(test.folder.path())
        .env("TMPDIR", scratch.folder.path())
        .spawn()
        .unwrap();
    let files = || [test.folder.files(), scratch.folder.files()].concat();
    let start = std::time::Instant::now();
    while !is_begun(&files()) && start.elapsed().as_secs() < 30 {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    assert!(is_begun(&files()), "{:?}", files());
    let sent = Command::new("kill").args(["-INT", &run.id().to_string()]).status().unwrap();
    assert!(sent.success());
    assert_eq!(run.wait().unwrap().code(), Some(130));
    files()
}

/// A film that is interrupted in the middle leaves nothing, neither whole nor half.
#[cfg(unix)]
#[test]
fn an_interrupted_run_leaves_no_half_file() {
    let is_begun = |files: &[String]| files.iter().any(|name| name.ends_with(".part"));
    assert_eq!(interrupted(&["animate", SYRIA, "-o", "long.gif"], is_begun), [""; 0]);
    if is_there("ffmpeg") {
        let is_begun = |files: &[String]| files.iter().any(|name| name.starts_with("controlmap-"));
        assert_eq!(interrupted(&["animate", SYRIA, "-o", "long.mp4"], is_begun), [""; 0]);
    }
}

/// Frames that were done stay and are whole; the list and the receipt that stand for all are not there.
#[cfg(unix)]
#[test]
fn interrupted_frames_are_whole_and_have_no_list() {
    let is_begun = |files: &[String]| files.iter().filter(|name| name.ends_with(".png")).count() > 8;
    let test = |files: Vec<String>| assert!(files.iter().all(|name| name.ends_with(".png")), "{files:?}");
    test(interrupted(&["frames", SYRIA, "-o", "long"], is_begun));
}
