//! `docs/protocol.md` says what the code does, where a test can tell.

use super::vectors;
use crate::wire::operations::keys::KEYS;
use crate::wire::operations::words::WORDS;

fn protocol() -> String {
    std::fs::read_to_string([env!("CARGO_MANIFEST_DIR"), "..", "docs", "protocol.md"].join("/")).unwrap()
}

#[test]
fn the_protocol_lists_every_key_and_word() {
    let protocol = protocol();
    let numbered = (1..).zip(KEYS).chain((0..).zip(WORDS));
    for (number, name) in numbered {
        assert!(
            protocol.contains(&format!("{number} `{name}`")),
            "{number} {name}"
        );
    }
    assert!(protocol.contains(&format!("from {} on", KEYS.len() + 1)));
}

#[test]
fn no_key_and_no_word_has_two_numbers() {
    for list in [&KEYS[..], &WORDS[..]] {
        for (at, name) in list.iter().enumerate() {
            assert_eq!(list.iter().position(|other| other == name), Some(at), "{name}");
        }
    }
}

#[test]
fn the_protocol_explains_segments_of_the_vectors() {
    let protocol = protocol();
    let bytes = |name: &str| {
        let all = vectors::read("operations.json");
        let vector = all.iter().find(|vector| vector["name"] == name).unwrap();
        vector["operations"].as_str().unwrap().to_owned()
    };
    assert!(protocol.contains(&bytes("nothing")));
    let table = &protocol[protocol.find("| `1d` |").unwrap()..protocol.find("### Rebuilding").unwrap()];
    let explained: String = table
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split(" |").next())
        .flat_map(|cell| cell.chars().filter(char::is_ascii_hexdigit))
        .collect();
    assert!(bytes("move").starts_with(&explained), "{explained}");
    assert_eq!(explained.len(), 2 * (1 + 29));
}
