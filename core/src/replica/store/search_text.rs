//! Text as the search index holds it, and what a person typed as a query on it.
//!
//! Chinese is written without spaces, so each character is a word of its own in the index and a run of them
//! in a query is a phrase: 「轴承」 finds 「华东轴承」. Other words match from their beginning, whatever their case and
//! accents.

/// Stands between two fields in one column, so that no phrase reaches from one into the next. A private-use
/// character is a word for the tokenizer, and nobody types it.
pub const GAP: &str = " \u{e000} ";

/// The text with every character that is a word of its own set apart.
pub fn indexed(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for character in text.chars() {
        if is_word_alone(character) {
            out.push(' ');
            out.push(character);
            out.push(' ');
        } else {
            out.push(character);
        }
    }
    out
}

/// What a person typed as an FTS5 query that asks for all its words; `None` when there is nothing to look
/// for.
pub fn query(text: &str) -> Option<String> {
    let words = words(text);
    let terms: Vec<String> = words
        .iter()
        .map(|word| {
            if word.starts_with(is_word_alone) {
                format!("\"{}\"", indexed(word).trim())
            } else {
                format!("\"{word}\"*")
            }
        })
        .collect();
    (!terms.is_empty()).then(|| terms.join(" AND "))
}

/// The runs of letters and digits in a text; Chinese runs and others apart.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut last = None;
    for character in text.chars() {
        let sort = character.is_alphanumeric().then(|| is_word_alone(character));
        match words.last_mut() {
            Some(word) if sort.is_some() && sort == last => word.push(character),
            _ if sort.is_some() => words.push(character.to_string()),
            _ => {}
        }
        last = sort;
    }
    words
}

/// Han characters and kana.
fn is_word_alone(character: char) -> bool {
    matches!(u32::from(character),
        0x3005..=0x3007 | 0x3040..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x323AF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_characters_stand_apart() {
        assert_eq!(
            indexed("华东轴承").split_whitespace().collect::<Vec<_>>(),
            ["华", "东", "轴", "承"]
        );
        assert_eq!(
            indexed("3M胶带 Co").split_whitespace().collect::<Vec<_>>(),
            ["3M", "胶", "带", "Co"]
        );
    }

    #[test]
    fn a_query_asks_for_phrases_and_beginnings() {
        assert_eq!(query("轴承").unwrap(), "\"轴  承\"");
        assert_eq!(query("sun mar").unwrap(), "\"sun\"* AND \"mar\"*");
        assert_eq!(query("3M胶带").unwrap(), "\"3M\"* AND \"胶  带\"");
    }

    #[test]
    fn nothing_typed_can_become_syntax() {
        assert_eq!(query("  -*\"():^+ "), None);
        assert_eq!(
            query("a\"b OR c*").unwrap(),
            "\"a\"* AND \"b\"* AND \"OR\"* AND \"c\"*"
        );
        assert_eq!(query("name:x").unwrap(), "\"name\"* AND \"x\"*");
    }
}
