//! `--caption`: what stands beside a figure in a report, for the program that sets it.

use super::figure::Words;
use controlmap::diag::quote;
use controlmap::error::{Error, Result};
use controlmap::write;
use std::path::Path;

/// A form of captions.
struct Form {
    /// Ending of its files.
    extension: &'static str,
    /// Makes the file.
    write: fn(&Words, &str) -> String,
}

/// The forms, sorted by ending.
const FORMS: &[Form] = &[
    Form { extension: "json", write: json },
    Form { extension: "md", write: markdown },
    Form { extension: "tex", write: tex },
    Form { extension: "txt", write: |words, _| text(words) },
];

fn form(path: &Path) -> Result<&'static Form> {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    FORMS.iter().find(|form| form.extension == ending).ok_or_else(|| {
        let known: Vec<String> = FORMS.iter().map(|form| format!("`.{}`", form.extension)).collect();
        let path = quote(&path.display().to_string());
        Error::usage(format!("a caption cannot be written to {path}; known endings: {}", known.join(", ")))
    })
}

/// Refuses an ending that no caption has.
///
/// # Errors
/// Of usage.
pub fn check_ending(path: &Path) -> Result<()> {
    form(path).map(|_| ())
}

/// Refuses a file that no caption can be written to, before the work is done.
///
/// # Errors
/// Of usage.
pub fn check(path: &Path) -> Result<()> {
    form(path)?;
    write::check_target(path)
}

/// Writes a caption; `figure` is the file that it belongs to.
///
/// # Errors
/// Of usage for an unknown ending; when the file cannot be written.
pub fn save(path: &Path, words: &Words, figure: Option<&Path>) -> Result<()> {
    let name = |figure: &Path| figure.file_name().map(|name| name.to_string_lossy().into_owned());
    let beside = |figure: &Path| figure.parent() == path.parent();
    // a figure in the caption's own folder goes by its name
    let file = figure.and_then(|f| if beside(f) { name(f) } else { Some(f.display().to_string()) });
    let text = (form(path)?.write)(words, file.as_deref().unwrap_or_default());
    write::save(path, text.as_bytes())
}

fn json(words: &Words, file: &str) -> String {
    let all = [
        ("file", file),
        ("lang", words.lang),
        ("caption", words.caption),
        ("alt", words.alt),
        ("description", words.description),
        ("credits", words.credits),
    ];
    let line = |(key, value): &(&str, &str)| format!("  \"{key}\": {}", serde_json::Value::from(*value));
    format!("{{\n{}\n}}\n", all.iter().map(line).collect::<Vec<_>>().join(",\n"))
}

/// A figure as Pandoc and Quarto have it.
fn markdown(words: &Words, file: &str) -> String {
    let escaped = |text: &str| {
        let special = |c: char| r"\`*_{}[]<>#|!$^~@".contains(c);
        text.chars().flat_map(|c| special(c).then_some('\\').into_iter().chain([c])).collect::<String>()
    };
    let alt = words.alt.replace('\\', "\\\\").replace('"', "\\\"");
    let link = file.replace(' ', "%20").replace('(', "%28").replace(')', "%29");
    format!(
        "![{}. {}]({link}){{fig-alt=\"{alt}\" lang=\"{}\"}}\n",
        escaped(words.caption),
        escaped(words.credits),
        words.lang
    )
}

/// Macros for LaTeX.
fn tex(words: &Words, file: &str) -> String {
    let escaped = |text: &str| {
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                '\\' => out.push_str("\\textbackslash{}"),
                '~' => out.push_str("\\textasciitilde{}"),
                '^' => out.push_str("\\textasciicircum{}"),
                '{' | '}' | '$' | '&' | '#' | '_' | '%' => out.extend(['\\', c]),
                '\u{a0}' => out.push('~'),
                c => out.push(c),
            }
        }
        out
    };
    let all = [("caption", words.caption), ("alt", words.alt), ("credits", words.credits)];
    let mut out = format!("% caption, alt text and credits of {file}\n\\def\\figurefile{{{file}}}\n");
    for (name, value) in all {
        out.push_str(&format!("\\def\\figure{name}{{{}}}\n", escaped(value)));
    }
    out
}

fn text(words: &Words) -> String {
    [words.caption, words.alt, words.description, words.credits].join("\n\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: Words = Words {
        lang: "en",
        caption: "Land, 1 March: 50 % & _more_",
        alt: "A \"map\"",
        description: "All of it.",
        credits: "Said by: x~y.",
    };

    #[test]
    fn each_form_escapes_what_it_must() {
        assert!(FORMS.is_sorted_by(|a, b| a.extension < b.extension));
        let parsed: serde_json::Value = serde_json::from_str(&json(&WORDS, "a.svg")).unwrap();
        assert_eq!((parsed["alt"].as_str(), parsed["file"].as_str()), (Some("A \"map\""), Some("a.svg")));
        let md = markdown(&WORDS, "a b.svg");
        let whole =
            "![Land, 1 March: 50 % & \\_more\\_. Said by: x\\~y.](a%20b.svg){fig-alt=\"A \\\"map\\\"\" lang=\"en\"}\n";
        assert_eq!(md, whole);
        assert!(tex(&WORDS, "a.pdf").contains("\\def\\figurecaption{Land, 1 March: 50 \\% \\& \\_more\\_}"));
        assert!(tex(&WORDS, "a.pdf").contains("x\\textasciitilde{}y"));
        assert_eq!(text(&WORDS).split("\n\n").count(), 4);
        assert!(check(Path::new("a.docx")).is_err_and(|e| e.is_usage() && e.to_string().contains("`.md`")));
    }
}
