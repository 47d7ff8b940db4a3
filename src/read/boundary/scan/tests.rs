use super::*;
use proptest::prelude::*;

fn polygons(coordinates: &str, kind: &str) -> Option<Raw> {
    let text = format!(
        r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","geometry":{{"type":"{kind}","coordinates":{coordinates}}}}}]}}"#
    );
    let mut found = scan(&text)?;
    match found.features.pop()?.shape {
        Shape::Areas { polygons, .. } => Some(polygons),
        _ => None,
    }
}

#[test]
fn polygons_and_multipolygons_are_read_as_they_are_nested() {
    let ring = || vec![[0.0, 0.0], [1.5, -2.25], [3.0, 1e-3]];
    let one = "[[0,0],[1.5,-2.25],[3.0,0.001,7]]";
    assert_eq!(polygons(&format!("[{one}]"), "Polygon"), Some(vec![vec![ring()]]));
    assert_eq!(polygons(&format!("[{one} , {one}]"), "Polygon"), Some(vec![vec![ring(), ring()]]));
    assert_eq!(
        polygons(&format!("[[{one},{one}],\n[{one}]]"), "MultiPolygon"),
        Some(vec![vec![ring(), ring()], vec![ring()]])
    );
    assert_eq!(polygons(&format!("[{one}]"), "MultiPolygon"), None);
    assert_eq!(polygons(&format!("[[{one}]]"), "Polygon"), None);
}

#[test]
fn what_is_unusual_is_left_to_the_careful_reader() {
    for text in [
        "",
        "{}",
        "[]",
        r#"{"type":"Feature"}"#,
        r#"{"type":"FeatureCollection"}"#,
        r#"{"type":"FeatureCollection","features":[]} x"#,
        r#"{"type":"FeatureCollection","features":[{}]}"#,
        r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":}}]}"#,
        r#"{"type":"FeatureCollection","features":[{"type":"Feature","id":1,"id":2}]}"#,
        r#"{"type":"FeatureCollection","features":[{"type":"Feature"},]}"#,
    ] {
        assert!(scan(text).is_none(), "{text}");
    }
    for bad in [
        "[[[01,0]]]",
        "[[[1.,0]]]",
        "[[[1]]]",
        "[[[null,0]]]",
        "[[]]",
        "[]",
        "[[[1,2]]",
        "[[[1 2,3]]]",
        "[[[1e999,0]]]",
    ] {
        assert!(polygons(bad, "Polygon").is_none(), "{bad}");
    }
}

#[test]
fn a_name_that_looks_like_a_feature_does_not_mislead() {
    let feature = |i: usize| {
        format!(
            r#"{{"type":"Feature","id":{i},"properties":{{"a":"}} {{\"type\": \"Feature\"","b":{{"type":"Feature"}}}},"geometry":null}}"#
        )
    };
    let all: Vec<String> = (0..200).map(feature).collect();
    let text = format!(r#"{{"type":"FeatureCollection","name":"x","features":[{}]}}"#, all.join(",\n"));
    // where the guesses are wrong there is no answer, and never a wrong one
    if let Some(found) = scan(&text) {
        let ids: Vec<&str> = found.features.iter().filter_map(|f| f.id).collect();
        assert_eq!(ids, (0..200).map(|i| i.to_string()).collect::<Vec<_>>());
    }
    let plain = text.replace(r#","b":{"type":"Feature"}"#, "");
    assert!(scan(&plain.replace("\\\"Feature\\\"", "")).is_some());
}

proptest! {
    #[test]
    fn numbers_are_the_nearest_doubles(x in prop::num::f64::NORMAL, places in 0..18usize, y in -180.0..180.0_f64) {
        for text in [format!("{y:.places$}"), format!("{x:e}"), format!("{y}")] {
            let read = polygons(&format!("[[[{text},0],[1,1],[2,2]]]"), "Polygon").expect("sound");
            let wanted: f64 = text.parse().unwrap();
            prop_assert_eq!(read[0][0][0][0].to_bits(), wanted.to_bits());
        }
    }

    #[test]
    fn no_text_makes_it_panic(cut in 0..200usize, byte in 0..128u8, at in 0..200usize) {
        let text = r#"{"type":"FeatureCollection","features":[{"type":"Feature","id":"é","properties":{"a":"\\"},"geometry":{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1.25,1e1],[0,0]]]]}}]}"#;
        let mut bytes = text.as_bytes()[..text.len().saturating_sub(cut)].to_vec();
        if let Some(b) = bytes.get_mut(at) {
            *b = byte;
        }
        if let Ok(text) = std::str::from_utf8(&bytes)
            && scan(text).is_some()
        {
            prop_assert!(serde_json::from_str::<IgnoredAny>(text).is_ok());
        }
    }
}
