use automerge::{ObjType, ScalarValue};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::rule::Refused;
use super::scene::Scene;
use super::{Rule, step};
use crate::gate::{Action, Write};
use crate::model::schema::{Row, Type};
use crate::model::{Currency, Words, parse_amount};
use crate::time::parse_timestamp;

/// The longest key of a map whose keys people choose, in characters.
const LONGEST_KEY: usize = 50;

/// Does what is written fit the row?
pub(super) fn check(scene: &Scene<'_>, row: &Row, write: &Write, path: &str) -> Result<(), Refused> {
    let wrong = |actual: &str| Err(Rule::ValueType.at(path, row.holds, actual));
    match (&write.action, row.holds) {
        (Action::Delete, _) => step::check_delete(scene, row, write),
        (Action::Make(ObjType::Map), Type::Map | Type::Record)
        | (Action::Make(ObjType::List), Type::List)
        | (Action::Make(ObjType::Text), Type::Text(_))
        | (Action::DeleteText(_), Type::Text(_)) => Ok(()),
        (Action::InsertMake(ObjType::Map), Type::Record) if path.ends_with("[]") => Ok(()),
        (Action::InsertText(_), Type::Text(most)) => check_text(scene, path, most),
        (Action::Put(value), _) if !path.ends_with("[]") => check_scalar(scene, row, value, path),
        (Action::Put(value) | Action::Insert(value), _) => wrong(&value.to_string()),
        (Action::Make(kind) | Action::InsertMake(kind), _) => wrong(&kind.to_string()),
        (Action::InsertText(_) | Action::DeleteText(_), _) => wrong("text"),
    }
}

/// A key that people choose is short; one that names a thing is a UUID.
pub(super) fn check_key(row: &Row, path: &str) -> Result<(), Refused> {
    if !row.has_any_key() {
        return Ok(());
    }
    for (part, key) in row.path.split('/').zip(path.split('/')) {
        let fits = match part {
            "<uuid>" => is_uuid(key),
            _ if part.starts_with('<') => length(key) <= LONGEST_KEY,
            _ => true,
        };
        if !fits {
            let expected = if part == "<uuid>" {
                Words::from(Type::Uuid)
            } else {
                at_most(LONGEST_KEY)
            };
            return Err(Rule::ValueKey.at(path, expected, key));
        }
    }
    Ok(())
}

/// What is expected of a text that is too long.
pub(super) fn at_most(characters: usize) -> Words {
    Words::new(
        format!("at most {characters} characters"),
        format!("最多 {characters} 个字符"),
    )
}

fn at_least(characters: usize) -> Words {
    Words::new(
        format!("at least {characters} character"),
        format!("至少 {characters} 个字符"),
    )
}

/// The characters of a key as the gate spells it: `~` opens an escape of two.
fn length(key: &str) -> usize {
    key.chars().count() - key.matches('~').count()
}

/// The length of a text counts after the operation, with what others wrote; it was counted once for all writes.
fn check_text(scene: &Scene<'_>, path: &str, most: usize) -> Result<(), Refused> {
    let length = scene.text_length(path);
    if length > most {
        let actual = format!("{length} characters");
        return Err(Rule::ValueTooLong.at(path, at_most(most), actual));
    }
    Ok(())
}

fn check_scalar(scene: &Scene<'_>, row: &Row, value: &ScalarValue, path: &str) -> Result<(), Refused> {
    let fits = match (row.holds, value) {
        (Type::Float(least, most), ScalarValue::F64(number)) => {
            return check_range((least..=most).contains(number), row, number, path);
        }
        (Type::Uint(most), value) => match whole(value) {
            Some(number) => return check_range(number <= limit(scene, path, most), row, number, path),
            None => false,
        },
        (Type::Bool, ScalarValue::Boolean(_)) | (Type::True, ScalarValue::Boolean(true)) => true,
        (Type::Scalar(most), ScalarValue::Str(text)) => return check_length(text, 0, most, path),
        (
            Type::Scalar(_),
            ScalarValue::Null
            | ScalarValue::Boolean(_)
            | ScalarValue::Int(_)
            | ScalarValue::Uint(_)
            | ScalarValue::F64(_),
        ) => true,
        (_, ScalarValue::Str(text)) => return check_string(scene, row, text, path),
        _ => false,
    };
    if fits {
        Ok(())
    } else {
        Err(Rule::ValueType.at(path, row.holds, value))
    }
}

fn check_string(scene: &Scene<'_>, row: &Row, text: &str, path: &str) -> Result<(), Refused> {
    let fits = match row.holds {
        Type::Str(least, most) => return check_length(text, least, most, path),
        Type::Author => return check_author(scene, text, path),
        Type::Uuid => is_uuid(text),
        Type::Timestamp => parse_timestamp(text).is_ok(),
        Type::Date => is_day(text),
        Type::Amount => return check_amount(row, text, path),
        Type::Currency => text.parse::<Currency>().is_ok(),
        Type::Hex(digits) => text.len() == digits && text.bytes().all(is_hex_digit),
        Type::Element => is_element(text),
        Type::OneOf(names) => names.contains(&text),
        _ => false,
    };
    if fits {
        Ok(())
    } else {
        Err(Rule::ValueType.at(path, row.holds, format!("{text:?}")))
    }
}

fn check_length(text: &str, least: usize, most: usize, path: &str) -> Result<(), Refused> {
    let length = text.chars().count();
    if length > most {
        return Err(Rule::ValueTooLong.at(path, at_most(most), text));
    }
    // A text of blanks only is no text.
    if length < least || (least > 0 && text.trim().is_empty()) {
        return Err(Rule::ValueRequired.at(path, at_least(least), format!("{text:?}")));
    }
    Ok(())
}

fn check_author(scene: &Scene<'_>, text: &str, path: &str) -> Result<(), Refused> {
    let person = scene.principal.person;
    if text == person.to_string() {
        Ok(())
    } else {
        Err(Rule::WriterBy.at(path, Words::same(person), text))
    }
}

fn check_amount(row: &Row, text: &str, path: &str) -> Result<(), Refused> {
    match parse_amount(text) {
        Ok(amount) => check_range(amount > Decimal::ZERO, row, text, path),
        Err(_) => Err(Rule::ValueType.at(path, row.holds, format!("{text:?}"))),
    }
}

fn check_range(fits: bool, row: &Row, actual: impl std::fmt::Display, path: &str) -> Result<(), Refused> {
    if fits {
        Ok(())
    } else {
        Err(Rule::ValueRange.at(path, row.holds, actual))
    }
}

/// A document cannot be made by a newer table than its sender has.
fn limit(scene: &Scene<'_>, path: &str, most: u64) -> u64 {
    if path == "schema" {
        u64::from(scene.schema)
    } else {
        most
    }
}

fn whole(value: &ScalarValue) -> Option<u64> {
    match value {
        ScalarValue::Uint(number) => Some(*number),
        ScalarValue::Int(number) => u64::try_from(*number).ok(),
        _ => None,
    }
}

/// Only the one spelling that we write: lower case with hyphens.
fn is_uuid(text: &str) -> bool {
    text.len() == 36 && !text.bytes().any(|byte| byte.is_ascii_uppercase()) && Uuid::try_parse(text).is_ok()
}

fn is_day(text: &str) -> bool {
    text.len() == 10 && NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok()
}

fn is_hex_digit(byte: u8) -> bool {
    byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)
}

fn is_element(text: &str) -> bool {
    text.len() <= 160
        && text.split_once('@').is_some_and(|(counter, actor)| {
            counter.parse::<u64>().is_ok() && !actor.is_empty() && actor.bytes().all(is_hex_digit)
        })
}
