use super::*;
use crate::scene::{Anchor, Band, Color, Group, Halo, Layer, Node, Paint, Path, Shaper, Stroke, Use};
use proptest::prelude::*;

fn page(nodes: Vec<Node>) -> Scene {
    Scene {
        width: 200.0,
        height: 100.0,
        scale: 1.0,
        title: "A page".into(),
        description: "What it shows.".into(),
        lang: "en".into(),
        background: Paint::solid(Color::WHITE),
        metadata: vec![("generator".into(), "controlmap 1".into())],
        nodes,
        ..Scene::default()
    }
}

fn words(text: &str, lang: &str) -> Node {
    let mut line = Shaper::new().text(text, [100.0, 50.0], Anchor::Middle, 12.0, 400, Color::BLACK, lang);
    line.halo = Some(Halo { color: Color::WHITE, width: 1.0 });
    Node::Text(line)
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn a_page_is_an_archival_and_accessible_pdf_and_the_same_twice() {
    let scene = page(vec![
        words("Aleppo حلب 2024", "ar"),
        Node::Path(Path::circle(9.0, 9.0, 5.0).filled(Paint::solid(Color::BLACK))),
    ]);
    let bytes = write(&[&scene]).unwrap();
    assert_eq!(bytes, write(&[&scene]).unwrap());
    assert!(bytes.starts_with(b"%PDF-1.7"));
    for part in ["<pdfaid:part>3<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<", "(receipt.json)", "What it shows."] {
        assert!(holds(&bytes, part), "{part}");
    }
}

#[test]
fn a_letter_without_a_shape_gives_up_the_standard_and_not_the_page() {
    let bytes = write(&[&page(vec![words("漢", "en")])]).unwrap();
    assert!(!holds(&bytes, "<pdfaid:part>"));
}

#[test]
fn frames_are_pages_and_no_frame_is_an_error() {
    let scenes = [page(vec![words("one", "en")]), page(vec![words("two", "en")])];
    let bytes = write(&[&scenes[0], &scenes[1]]).unwrap();
    assert!(holds(&bytes, "/Count 2"));
    assert!(write(&[]).is_err());
    assert!(write(&[&Scene { width: 0.0, ..page(vec![]) }]).is_err());
    assert!(write(&[&Scene { width: f64::NAN, ..page(vec![]) }]).is_err());
}

#[test]
fn a_group_is_drawn_again_where_it_is_used() {
    let group = Group {
        id: "g".into(),
        nodes: vec![words("again", "en")],
        clip: Some([0.0, 0.0, 200.0, 100.0]),
        ..Group::default()
    };
    let once = write(&[&page(vec![Node::Group(group.clone())])]).unwrap();
    let again = Node::Use(Use { group: "g".into(), by: [5.0, 5.0] });
    let twice = write(&[&page(vec![Node::Group(group), again, Node::Use(Use { group: "none".into(), by: [0.0; 2] })])])
        .unwrap();
    assert!(twice.len() > once.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn odd_numbers_are_borne(values in proptest::collection::vec(prop_oneof![
        Just(f64::NAN), Just(f64::INFINITY), Just(0.0), Just(-1.0), Just(1e300), -50.0..250.0f64], 12)) {
        let v = |i: usize| values[i];
        let red = Color::hex(0xff_0000);
        let layers = vec![
            Layer::Stripes { angle: v(0), bands: vec![Band { color: red, width: v(1) }, Band { color: Color::WHITE, width: v(2) }] },
            Layer::Lines { angle: v(3), spacing: v(4), width: v(5), color: red.with_alpha(9) },
            Layer::Dots { spacing: v(6), radius: v(7), color: red },
        ];
        let path = Path::polygon(&[[v(8), v(9)], [v(10), v(11)], [50.0, 50.0]])
            .filled(Paint { layers })
            .stroked(Stroke { color: red, width: v(1), dash: vec![v(2), v(3), v(4)] });
        let group = Group { clip: Some([v(0), v(1), v(2), v(3)]), nodes: vec![Node::Path(path)], ..Group::default() };
        prop_assert!(write(&[&page(vec![Node::Group(group)])]).is_ok());
    }
}
