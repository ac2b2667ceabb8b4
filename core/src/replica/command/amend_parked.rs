use serde_json::Value;

use crate::document::Command;
use crate::replica::{Now, Replica, ReplicaError};

/// What a person typed into a command, by the command's own names; the rest (ids, times, revisions) is not theirs to
/// change.
const TYPED: [&str; 21] = [
    "name",
    "address",
    "store_type",
    "role",
    "phone",
    "email",
    "tag",
    "purpose",
    "start",
    "step",
    "value",
    "note",
    "insert",
    "text",
    "outcome",
    "reason",
    "title",
    "date",
    "category",
    "amount",
    "receipt",
];

/// One thing that a person typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedField {
    /// Its name, for example `reason`.
    pub name: String,
    /// What they typed.
    pub value: String,
}

/// What a person typed into a recorded command, in the order of the names above.
pub fn typed_fields(recorded: &str) -> Vec<TypedField> {
    let Ok(command) = serde_json::from_str::<Value>(recorded) else {
        return Vec::new();
    };
    let fields = TYPED.iter().filter_map(|name| {
        let value = match find(&command, name)? {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        Some(TypedField {
            name: (*name).to_owned(),
            value,
        })
    });
    fields.collect()
}

impl Replica {
    /// Sends parked work again with some of what the person typed put in other words; with no fields, as it was.
    /// Returns how many operations were written, those that follow it included.
    ///
    /// # Errors
    /// A field that the command does not have or a value that does not fit it, or as [`Replica::resend_parked`];
    /// everything stays as it was then.
    pub fn amend_parked(&self, now: &Now, id: i64, fields: &[TypedField]) -> Result<u64, ReplicaError> {
        let parked = self.parked()?.into_iter().find(|parked| parked.id == id);
        let parked = parked.ok_or(ReplicaError::NotParked(id))?;
        let unreadable = |error: serde_json::Error| ReplicaError::Record {
            what: "a parked command",
            detail: error.to_string(),
        };
        let mut recorded: Value = serde_json::from_str(&parked.recorded).map_err(unreadable)?;
        for field in fields {
            let known = TYPED.contains(&field.name.as_str());
            let place = find_mut(&mut recorded, &field.name).filter(|_| known);
            let place = place.ok_or_else(|| unfit(&field.name, "is not part of this item"))?;
            *place = match place {
                Value::Number(_) => serde_json::from_str(field.value.trim())
                    .map_err(|_| unfit(&field.name, "has to be a number"))?,
                _ => Value::String(field.value.clone()),
            };
        }
        let command: Command = serde_json::from_value(recorded).map_err(|error| match fields {
            [] => unreadable(error),
            [first, ..] => unfit(&first.name, &error.to_string()),
        })?;
        self.resend_parked(now, id, &command)
    }
}

fn unfit(name: &str, problem: &str) -> ReplicaError {
    let problem = format!("{name} {problem}");
    ReplicaError::Command(crate::document::CommandError::Unwritable {
        field: "the item",
        problem,
    })
}

/// The first scalar of that name, wherever it stands in the command.
fn find<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    match value {
        Value::Object(map) => map
            .get(name)
            .filter(|value| value.is_string() || value.is_number())
            .or_else(|| map.values().find_map(|value| find(value, name))),
        Value::Array(items) => items.iter().find_map(|value| find(value, name)),
        _ => None,
    }
}

fn find_mut<'a>(value: &'a mut Value, name: &str) -> Option<&'a mut Value> {
    match value {
        Value::Object(map) => {
            let here = map
                .get(name)
                .is_some_and(|value| value.is_string() || value.is_number());
            if here {
                return map.get_mut(name);
            }
            map.values_mut().find_map(|value| find_mut(value, name))
        }
        Value::Array(items) => items.iter_mut().find_map(|value| find_mut(value, name)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::command::{CancelVisit, ContactFields, PutContact};
    use crate::model::DocumentId;

    fn typed(command: &Command) -> Vec<(String, String)> {
        let recorded = serde_json::to_string(command).unwrap();
        let fields = typed_fields(&recorded).into_iter();
        fields.map(|field| (field.name, field.value)).collect()
    }

    #[test]
    fn what_a_person_typed_is_found_and_nothing_else() {
        let document = DocumentId(uuid::Uuid::nil());
        let cancel = Command::CancelVisit(CancelVisit {
            document,
            by: crate::model::PersonId(document.0),
            at: chrono::DateTime::default(),
            reason: "shop closed".to_owned(),
            check_in: Some(document),
        });
        assert_eq!(typed(&cancel), [("reason".to_owned(), "shop closed".to_owned())]);
        let contact = Command::PutContact(PutContact {
            document,
            contact: document.0,
            fields: ContactFields {
                phone: Some("138".to_owned()),
                ..ContactFields::default()
            },
        });
        assert_eq!(typed(&contact), [("phone".to_owned(), "138".to_owned())]);
        assert!(typed_fields("nonsense").is_empty());
    }
}
