//! PDF as others read it: Debian's poppler and qpdf. Where they are missing, nothing is compared; a build
//! machine must have them.

use super::harness::{Test, output, tool};
use std::fs;

fn text(output: std::process::Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The example on a day as PDF and PNG, in a folder.
fn drawn(more: &str) -> super::harness::Folder {
    let data = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/syria-2024");
    let test = Test::new().copy(&data);
    let folder = test.args(&format!("map --date 2024-12-07 {more} -q -o map.pdf")).run();
    let args: Vec<&str> = "map --date 2024-12-07 -q -o map.png".split(' ').chain(more.split_whitespace()).collect();
    assert_eq!(output(folder.path(), &args).status.code(), Some(0));
    folder
}

#[test]
fn a_pdf_is_sound_its_fonts_are_inside_and_it_carries_its_receipt() {
    let folder = drawn("");
    let pdf = folder.path().join("map.pdf");
    let pdf = pdf.to_str().unwrap();
    let Some(checked) = tool("qpdf", &["--check", pdf]) else { return };
    assert!(text(checked).contains("No syntax or stream encoding errors"));
    let fonts = text(tool("pdffonts", &[pdf]).unwrap());
    let fonts: Vec<&str> = fonts.lines().skip(2).collect();
    assert!(fonts.len() >= 2, "{fonts:?}");
    assert!(fonts.iter().all(|font| font.contains("CID TrueType") && font.contains(" yes yes yes ")), "{fonts:?}");
    let info = text(tool("pdfinfo", &[pdf]).unwrap());
    for part in ["Tagged:          yes", "Pages:           1", "Page size:       1200 x 900 pts", "Syria, 26 November"]
    {
        assert!(info.contains(part), "{part}: {info}");
    }
    let receipt = folder.path().join("receipt.json");
    text(tool("pdfdetach", &["-save", "1", "-o", receipt.to_str().unwrap(), pdf]).unwrap());
    let receipt: serde_json::Value = serde_json::from_slice(&fs::read(receipt).unwrap()).unwrap();
    assert!(receipt["inputs"].as_str().unwrap().contains("  events.csv"));
    let tags = text(tool("pdfinfo", &["-struct", pdf]).unwrap());
    assert!(tags.contains("Figure"), "{tags}");
}

#[test]
fn words_are_found_in_reading_order_in_arabic_too() {
    let folder = drawn("--lang ar");
    let pdf = folder.path().join("map.pdf");
    let Some(found) = tool("pdftotext", &[pdf.to_str().unwrap(), "-"]) else { return };
    // marks of direction stand around the lines
    let found: String =
        text(found).chars().filter(|c| !matches!(c, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}')).collect();
    for words in [
        "القوات الحكومية السورية",
        "اللاذقية",
        "كانون الأول",
        "دير الزور",
        "سيطرة جزئية لم تُذكر نسبتها",
        "تشرين الثاني",
        "Natural Earth",
    ] {
        assert!(found.contains(words), "{words}: {found}");
    }
}

#[test]
fn arabic_sentences_are_whole_though_letters_are_joined_and_marked() {
    let title = "على لأن تغيّر إلى حلى لاب ثمّ";
    let data = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/syria-2024");
    let folder = Test::new().copy(&data).args("check -q").run();
    let args = ["diff", "--from", "2024-11-26", "--to", "2024-12-08", "--lang", "ar", "-q", "-o", "d.pdf", "--title"];
    let args: Vec<&str> = args.into_iter().chain([title]).collect();
    assert_eq!(output(folder.path(), &args).status.code(), Some(0));
    let Some(found) = tool("pdftotext", &[folder.path().join("d.pdf").to_str().unwrap(), "-"]) else { return };
    let found: String =
        text(found).chars().filter(|c| !matches!(c, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}')).collect();
    // where blanks stand around numbers hangs on those marks
    let tight = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let lines: Vec<String> = found.lines().map(tight).collect();
    let subtitle = "ما انتقلت السيطرة عليه من نهاية 26 تشرين الثاني 2024 إلى نهاية 8 كانون الأول 2024";
    for whole in [title, subtitle] {
        assert!(lines.contains(&tight(whole)), "{whole}: {found}");
    }
    assert!(lines.iter().any(|line| line.contains(&tight("لم تُذكر"))), "a key: {found}");
}

#[test]
fn the_page_looks_like_the_png() {
    let folder = drawn("--size 1200x900");
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let args = ["-r", "96", "-singlefile", "-png", &path("map.pdf"), &path("page")];
    if tool("pdftoppm", &args).is_none() {
        return;
    }
    let [ours, theirs] = ["map.png", "page.png"].map(|name| pixels(&fs::read(folder.path().join(name)).unwrap()));
    assert_eq!((ours.0, ours.1), (theirs.0, theirs.1));
    // means of blocks: two ways of smoothing an edge differ within a pixel, a missing stroke or fill does not
    let (mut worst, mut far) = (0, 0);
    let blocks = (ours.1 / 8) * (ours.0 / 8);
    for by in 0..ours.1 / 8 {
        for bx in 0..ours.0 / 8 {
            let mean = |image: &(usize, usize, Vec<u8>)| {
                let mut sums = [0i64; 3];
                for (y, x) in (0..8).flat_map(|y| (0..8).map(move |x| (y, x))) {
                    let at = ((by * 8 + y) * image.0 + bx * 8 + x) * 3;
                    (0..3).for_each(|c| sums[c] += i64::from(image.2[at + c]));
                }
                sums.map(|sum| sum / 64)
            };
            let (a, b) = (mean(&ours), mean(&theirs));
            let difference = (0..3).map(|c| (a[c] - b[c]).abs()).max().unwrap();
            worst = worst.max(difference);
            far += usize::from(difference > 24);
        }
    }
    assert!(far * 200 < blocks, "{far} of {blocks} blocks differ by more than 24, one by {worst}");
    assert!(worst < 90, "a block differs by {worst}");
}

fn pixels(bytes: &[u8]) -> (usize, usize, Vec<u8>) {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::STRIP_16);
    let mut reader = decoder.read_info().unwrap();
    let mut data = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut data).unwrap();
    let step = info.color_type.samples();
    let rgb = data.chunks_exact(step).flat_map(|p| [p[0], p[1 % step.max(2)], p[2 % step]]).collect();
    assert!(step >= 3, "colours are written");
    (info.width as usize, info.height as usize, rgb)
}

#[test]
fn a_film_is_a_page_for_each_frame_with_each_font_once() {
    let data = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/syria-2024");
    let args = "animate --from 2024-12-05 --to 2024-12-08 --caption --size 800x600 -q -o film.pdf";
    let folder = Test::new().copy(&data).args(args).run();
    let pdf = folder.path().join("film.pdf");
    let pdf = pdf.to_str().unwrap();
    let Some(checked) = tool("qpdf", &["--check", pdf]) else { return };
    assert!(text(checked).contains("No syntax or stream encoding errors"));
    let info = text(tool("pdfinfo", &[pdf]).unwrap());
    for part in ["Tagged:          yes", "Pages:           4", "5 December 2024 – 8 December 2024"] {
        assert!(info.contains(part), "{part}: {info}");
    }
    assert_eq!(text(tool("pdffonts", &[pdf]).unwrap()).lines().skip(2).count(), 2);
    for (page, day) in
        [("1", "end of 5 December 2024"), ("3", "end of 7 December 2024"), ("4", "Homs: Contested: Army and HTS → HTS")]
    {
        let found = text(tool("pdftotext", &["-f", page, "-l", page, pdf, "-"]).unwrap());
        assert!(found.contains(day), "{page}: {found}");
    }
    let tags = text(tool("pdfinfo", &["-struct", pdf]).unwrap());
    assert_eq!(tags.matches("Figure").count(), 4, "{tags}");
}
