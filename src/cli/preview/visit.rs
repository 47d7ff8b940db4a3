//! Visits of a browser: takes connections of this machine, gives paths to be answered one after the other.

use std::io::{Error, ErrorKind, Read, Result, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::{Duration, Instant};

/// What a visit is told.
pub struct Answer {
    /// Number and words of the status line.
    pub status: &'static str,
    /// Media type of the body.
    pub kind: &'static str,
    /// What is sent.
    pub body: Vec<u8>,
}

impl Answer {
    /// A page, a picture or a text.
    pub fn found(kind: &'static str, body: Vec<u8>) -> Self {
        Self { status: "200 OK", kind, body }
    }

    /// A line that says why there is nothing else.
    pub fn refused(status: &'static str, why: &str) -> Self {
        Self { status, kind: "text/plain; charset=utf-8", body: format!("{why}\n").into_bytes() }
    }
}

/// A path, and whom to answer.
type Asked = (String, Sender<Answer>);

/// Longest head of a request, in bytes.
const LONGEST: usize = 8 * 1024;

/// How long a request may take to come, and an answer to be taken.
const PATIENCE: Duration = Duration::from_secs(10);

/// The most visits at a time.
const MOST: usize = 32;

/// What no other site may do with the page, and the page with no other site.
const GUARD: &str = "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n\
    Cross-Origin-Resource-Policy: same-origin\r\n\
    Content-Security-Policy: default-src 'none'; img-src 'self' data:; font-src data:; connect-src 'self'; \
    style-src 'unsafe-inline'; script-src 'unsafe-inline'; frame-ancestors 'none'\r\n";

/// Answers until the program is interrupted; who is slow keeps nobody else waiting.
///
/// # Errors
/// When no thread can be started.
pub fn serve(listener: TcpListener, port: u16, mut answer: impl FnMut(&str) -> Answer) -> Result<()> {
    let (queue, asked) = mpsc::channel::<Asked>();
    let open = Arc::new(());
    let listen = move || {
        for stream in listener.incoming().flatten() {
            let (queue, own) = (queue.clone(), open.clone());
            // one more is closed at once, as where the machine has no further thread
            if Arc::strong_count(&open) <= MOST + 1 {
                let _ = thread::Builder::new().spawn(move || {
                    // whoever went away needs no answer
                    let _ = visit(stream, port, &queue);
                    drop(own);
                });
            }
        }
    };
    thread::Builder::new().spawn(listen)?;
    // drawing is left to this thread, which is one of those that draw
    for (path, to) in asked {
        let _ = to.send(answer(&path));
    }
    Ok(())
}

fn visit(mut stream: TcpStream, port: u16, queue: &Sender<Asked>) -> Result<()> {
    let gone = || Error::from(ErrorKind::BrokenPipe);
    let answer = match asked(&head(&mut stream)?, port) {
        Ok(path) => {
            let (to, from) = mpsc::channel();
            queue.send((path, to)).map_err(|_| gone())?;
            from.recv().map_err(|_| gone())?
        }
        Err(refused) => refused,
    };
    let Answer { status, kind, body } = answer;
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n{GUARD}Connection: close\r\n\r\n"
    );
    let end = Instant::now() + PATIENCE;
    put(&mut stream, head.as_bytes(), end)?;
    put(&mut stream, &body, end)
}

/// What is left of a time, for one step.
fn left(end: Instant) -> Result<Duration> {
    let left = end.saturating_duration_since(Instant::now());
    if left.is_zero() { Err(ErrorKind::TimedOut.into()) } else { Ok(left) }
}

/// The head of a request: all up to the first empty line, or as much as is read of what has none.
fn head(stream: &mut TcpStream) -> Result<Vec<u8>> {
    let end = Instant::now() + PATIENCE;
    let mut head = Vec::new();
    let mut piece = [0; 1024];
    while head.len() < LONGEST {
        stream.set_read_timeout(Some(left(end)?))?;
        let count = stream.read(&mut piece)?;
        head.extend_from_slice(&piece[..count]);
        if let Some(at) = head.windows(4).position(|four| four == b"\r\n\r\n") {
            head.truncate(at + 2);
            break;
        }
        if count == 0 {
            break;
        }
    }
    Ok(head)
}

fn put(stream: &mut TcpStream, mut bytes: &[u8], end: Instant) -> Result<()> {
    while !bytes.is_empty() {
        stream.set_write_timeout(Some(left(end)?))?;
        match stream.write(bytes)? {
            0 => return Err(ErrorKind::WriteZero.into()),
            count => bytes = &bytes[count..],
        }
    }
    Ok(())
}

/// The path that is asked for; refused where the page's name is not this machine's, as when another site asks.
fn asked(head: &[u8], port: u16) -> std::result::Result<String, Answer> {
    let unclear = || Answer::refused("400 Bad Request", "this is no request for a page");
    let head = std::str::from_utf8(head).ok().and_then(|text| text.strip_suffix("\r\n")).ok_or_else(unclear)?;
    let mut lines = head.split("\r\n");
    let mut words = lines.next().unwrap_or_default().split(' ');
    let (Some(method), Some(path), Some("HTTP/1.0" | "HTTP/1.1"), None) =
        (words.next(), words.next(), words.next(), words.next())
    else {
        return Err(unclear());
    };
    let own = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    let named = lines.filter_map(|line| line.split_once(':')).filter(|(name, _)| name.eq_ignore_ascii_case("host"));
    let hosts: Vec<&str> = named.map(|(_, host)| host.trim()).collect();
    match hosts[..] {
        [host] if own.iter().any(|own| own.eq_ignore_ascii_case(host)) => (),
        _ => return Err(Answer::refused("403 Forbidden", "this page is for this machine alone")),
    }
    if method != "GET" {
        return Err(Answer::refused("405 Method Not Allowed", "this page can only be read"));
    }
    Ok(path.split('?').next().unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::asked;

    fn told(head: &str) -> Result<String, &'static str> {
        asked(head.as_bytes(), 8000).map_err(|refused| &refused.status[..3])
    }

    #[test]
    fn only_this_machine_asks_and_only_to_read() {
        assert_eq!(told("GET /a?b=1 HTTP/1.1\r\nAccept: */*\r\nhost:  LocalHost:8000\r\n").as_deref(), Ok("/a"));
        assert_eq!(told("GET / HTTP/1.0\r\nHost: 127.0.0.1:8000\r\n").as_deref(), Ok("/"));
        for host in ["", "Host: evil.example\r\n", "Host: 127.0.0.1\r\n", "Host: 127.0.0.1:80000\r\n"] {
            assert_eq!(told(&format!("GET / HTTP/1.1\r\n{host}")), Err("403"), "{host}");
        }
        assert_eq!(told("GET / HTTP/1.1\r\nHost: evil.example\r\nHost: localhost:8000\r\n"), Err("403"));
        assert_eq!(told("POST / HTTP/1.1\r\nHost: localhost:8000\r\n"), Err("405"));
    }

    #[test]
    fn what_is_no_request_is_refused() {
        for head in ["", "\r\n", "GET /", "GET / HTTP/1.1\r\nHost: localhost:8000", "GET / x HTTP/1.1\r\n", "GET /\r\n"]
        {
            assert_eq!(told(head), Err("400"), "{head:?}");
        }
        assert!(asked(&[0xff; 100], 8000).is_err());
    }
}
