//! `why`: the explanation for people and for programs, and how a place is found.

use super::harness::{Test, output};

const SYRIA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/syria-2024");

fn object(args: &str) -> serde_json::Value {
    let args: Vec<&str> = args.split_whitespace().collect();
    let out = output(Test::new().folder.path(), &args);
    serde_json::from_slice(&out.stdout).unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&out.stderr)))
}

#[test]
fn deraa_is_explained_to_somebody_who_never_read_the_rules() {
    Test::new()
        .args(&format!("why Deraa {SYRIA} --level adm1 --date 2024-12-07"))
        .stdout_has("Daraa (SY-DR, adm1), 2024-12-07\n")
        .stdout_has("Southern Operations Room and local factions (80…100 %)")
        .stdout_has("the rule, policy `latest`: the most recent report counts; of equally recent ones, assessed before")
        .stdout_has("so these reports decide together: `daraa-100`, `daraa-90` and `seed-80`")
        .stdout_has("reports say: 80 % (`seed-80`), 90…100 % (`daraa-90`) and all of it (`daraa-100`)")
        .stdout_has("Syrian government forces: 0…20 %, which is what the others leave")
        .stdout_has("* 2024-12-07  daraa-100  ")
        .stdout_has("→ over: the same source spoke again on 2024-12-07 (`seed-80`)")
        .stdout_has(
            "→ does not count: only claimed, by a party with a stake, while `seed-80`, just as recent, is reported",
        )
        .stdout_has("All that was said of Daraa, oldest first (* decides)\n")
        .stdout_has("→ does not count: it is of 2018-12-31, and `seed-80` of 2024-12-07 is newer")
        .stdout_has("reported by sohr (Syrian Observatory for Human Rights, as quoted by news media)")
        .run();
}

#[test]
fn what_was_known_later_and_what_shows_later_say_so() {
    let told = object(&format!("why SY-DR {SYRIA} --date 2024-12-07 --as-of 2024-12-06 --format json"));
    assert_eq!((&told["as_of"], &told["status"]), (&"2024-12-06".into(), &"partial".into()));
    let events = told["said"][0]["events"].as_array().unwrap();
    let verdict = |id: &str| {
        let event = events.iter().find(|e| e["id"] == id).unwrap();
        event["sources"][0]["verdict"].as_str().unwrap().to_owned()
    };
    assert_eq!(verdict("daraa-80"), "decides");
    assert_eq!(verdict("seed-80"), "not-known");
    assert_eq!(verdict("seed-2018-army"), "not-known");
    let told = object(&format!("why SY-DR {SYRIA} --date 2024-12-06 --format json"));
    let later = told["said"][0]["events"].as_array().unwrap().iter().find(|e| e["id"] == "daraa-100").unwrap().clone();
    assert_eq!(later["sources"][0]["verdict"], "not-yet");
    assert_eq!(later["sources"][1]["source"], "wp-south");
}

#[test]
fn each_policy_tells_what_it_went_by() {
    let policy = |name: &str, more: &str| {
        let told = object(&format!("why SY-DR {SYRIA} --date 2024-12-07 --policy {name} {more} --format json"));
        (told["policy"].as_str().unwrap().to_owned(), told["words"].as_str().unwrap().to_owned())
    };
    let south = "Southern Operations Room and local factions";
    assert_eq!(policy("priority", "--priority southern-ops").1, format!("held by {south}"));
    // Three sources of the south's hold and the army's own word that it is out, against one of 2018 and one of 2023.
    assert_eq!(policy("majority", "").1, format!("held in parts by {south} (80…100 %)"));
    assert_eq!(policy("consensus", "").1, format!("contested by Syrian government forces and {south}"));
    Test::new()
        .args(&format!("why SY-DR {SYRIA} --policy priority --priority sohrr"))
        .status(1)
        .stdout("")
        .stderr_has("did you mean \"sohr\"?")
        .run();
}

#[test]
fn a_place_is_found_by_code_and_name_and_never_guessed() {
    let place =
        |words: &str| object(&format!("why {words} {SYRIA} --format json"))["place"].as_str().unwrap().to_owned();
    assert_eq!(place("SY-DR"), "SY-DR");
    assert_eq!(place("nawa"), "nawa");
    assert_eq!(place("درعا --level adm1"), "SY-DR");
    assert_eq!(place("DARAA --level settlement"), "daraa");
    Test::new()
        .args(&format!("why Daraa {SYRIA}"))
        .status(1)
        .stdout("")
        .stderr_has("error[ambiguous-place]: \"Daraa\" fits 2 places\n")
        .stderr_has("write `--level adm1` for Daraa (SY-DR, adm1)")
        .run();
    Test::new().args(&format!("why Nawaa {SYRIA}")).status(1).stdout("").stderr_has("did you mean \"Nawa\"?").run();
    Test::new().args(&format!("why Nawa {SYRIA} --level town")).status(2).stdout("").run();
}
