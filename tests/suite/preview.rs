//! `preview`: a local page whose figures are drawn anew when a file was saved.

use super::harness::Test;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A running preview, ended with the test.
struct Preview(Child, u16);

impl Preview {
    fn of(folder: &std::path::Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_controlmap"))
            .args(["preview", "-q"])
            .current_dir(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.trim().strip_prefix("http://127.0.0.1:").unwrap().trim_end_matches('/').parse().unwrap();
        Self(child, port)
    }

    fn ask(&self, path: &str, host: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.1)).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, path: &str) -> String {
        let answer = self.ask(path, &format!("127.0.0.1:{}", self.1));
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{path}: {answer}");
        answer.split_once("\r\n\r\n").unwrap().1.to_owned()
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_page_shows_the_figures_and_what_is_saved_is_drawn_anew() {
    let folder = Test::project().args("check -q").run();
    let files = folder.files();
    let preview = Preview::of(folder.path());
    let page = preview.get("/");
    assert_eq!(page.matches("<img ").count(), 2, "{page}");
    let (stamp, figure) = (preview.get("/stamp"), preview.get("/figure/1.svg"));
    assert!(page.contains(&stamp) && figure.starts_with("<svg ") && figure.contains("12 March 2030"), "{page}");
    assert_eq!((preview.get("/stamp"), preview.get("/figure/1.svg")), (stamp.clone(), figure.clone()));

    let events = folder.path().join("events.csv");
    let text = fs::read_to_string(&events).unwrap();
    fs::write(&events, text.replacen("Alderay,,republic", "Alderay,,front", 1)).unwrap();
    assert_ne!(preview.get("/stamp"), stamp, "the page asks for this and loads itself again");
    assert_ne!(preview.get("/figure/1.svg"), figure);

    fs::write(&events, text.replacen("Alderay,,republic", "Alder<ay,,republic", 1)).unwrap();
    let page = preview.get("/");
    assert!(page.contains("error[unknown-place]") && page.contains("Alder&lt;ay") && !page.contains("<img "), "{page}");
    fs::write(&events, text).unwrap();
    assert_eq!(preview.get("/figure/1.svg"), figure);
    assert_eq!(folder.files(), files, "it writes no file");
}

#[test]
fn another_site_is_not_answered_and_strange_paths_do_no_harm() {
    let folder = Test::project().args("check -q").run();
    let preview = Preview::of(folder.path());
    assert!(preview.ask("/", "evil.example").starts_with("HTTP/1.1 403"));
    let own = format!("localhost:{}", preview.1);
    for path in ["/../controlmap.toml", "/figure/99.svg", "/figure/-1.svg", "/figure/99999999999999999999.svg", "//"] {
        assert!(preview.ask(path, &own).starts_with("HTTP/1.1 404"), "{path}");
    }
    let mut stream = TcpStream::connect(("127.0.0.1", preview.1)).unwrap();
    stream.write_all(&[0xff; 20_000]).unwrap_or_default();
    drop(stream);
    assert!(preview.get("/").contains("<img "));
}

#[test]
fn who_is_slow_keeps_nobody_else_waiting() {
    let folder = Test::project().args("check -q").run();
    let preview = Preview::of(folder.path());
    // one asks nothing, one half a question, one takes no answer
    let slow: Vec<TcpStream> = ["", "GET / HT", "GET /figure/0.svg HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"]
        .iter()
        .map(|begun| {
            let mut stream = TcpStream::connect(("127.0.0.1", preview.1)).unwrap();
            stream.write_all(begun.as_bytes()).unwrap();
            stream
        })
        .collect();
    let mut quick = TcpStream::connect(("127.0.0.1", preview.1)).unwrap();
    // less than a slow visit may take
    quick.set_read_timeout(Some(Duration::from_secs(8))).unwrap();
    write!(quick, "GET /stamp HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", preview.1).unwrap();
    let mut answer = String::new();
    quick.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    drop(slow);
}
