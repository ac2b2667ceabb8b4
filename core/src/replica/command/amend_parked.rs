use std::collections::BTreeMap;

use serde_json::Value;

use crate::document::Command;
use crate::replica::{Now, Replica, ReplicaError};

/// What a person typed or chose in a command, by the command's own names; the rest (ids, times, revisions) is not theirs to
/// change.
const TYPED: [&str; 24] = [
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
    "owner",
    "to",
    "currency",
];

/// The name of a field of the organisation's own begins like this, its key follows: `custom/floor`.
const CUSTOM: &str = "custom";

/// One thing that a person typed or chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedField {
    /// Its name, for example `reason`, or `custom/floor` for a field of the organisation's own. Where a command has a name more than
    /// once, the second one is `note/2`.
    pub name: String,
    /// What they typed; of a person who was chosen the id.
    pub value: String,
}

/// What a person typed into a recorded command, in the order of the names above.
pub fn typed_fields(recorded: &str) -> Vec<TypedField> {
    let Ok(mut command) = serde_json::from_str::<Value>(recorded) else {
        return Vec::new();
    };
    let fields = places(&mut command).into_iter().map(|(name, place)| {
        let value = match place {
            Value::String(text) => std::mem::take(text),
            other => other.to_string(),
        };
        TypedField { name, value }
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
        let mut places: BTreeMap<String, &mut Value> = places(&mut recorded).into_iter().collect();
        for field in fields {
            let place = places.get_mut(&field.name);
            let place = place.ok_or_else(|| unfit(&field.name, "is not part of this item"))?;
            **place = match place {
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

/// Everything in a command that the person typed, each under a name of its own.
fn places(command: &mut Value) -> Vec<(String, &mut Value)> {
    let mut places = Vec::new();
    collect(command, &mut places);
    places.sort_by_key(|(name, _)| {
        TYPED
            .iter()
            .position(|typed| typed == name)
            .unwrap_or(TYPED.len())
    });
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (name, _) in &mut places {
        let count = seen.entry(name.clone()).or_default();
        *count += 1;
        if *count > 1 {
            *name = format!("{name}/{count}");
        }
    }
    places
}

fn collect<'a>(value: &'a mut Value, places: &mut Vec<(String, &'a mut Value)>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                if inner.is_string() || inner.is_number() {
                    if TYPED.contains(&key.as_str()) {
                        places.push((key.clone(), inner));
                    }
                } else if key == CUSTOM {
                    places.extend(custom(inner));
                } else {
                    collect(inner, places);
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                collect(item, places);
            }
        }
        _ => {}
    }
}

/// A field of the organisation's own, which a command holds as its key and its text.
fn custom(pair: &mut Value) -> Option<(String, &mut Value)> {
    match pair.as_array_mut()?.as_mut_slice() {
        [Value::String(key), text @ Value::String(_)] => Some((format!("{CUSTOM}/{key}"), text)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::command::{
        AddCustomer, AskCustomer, CancelVisit, ContactFields, CustomerField, DraftApproval, EditCustomer,
        PutContact, Want,
    };
    use crate::model::{DocumentId, PersonId};

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
            by: PersonId(document.0),
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

    #[test]
    fn what_was_chosen_can_be_chosen_again() {
        let (document, person) = (DocumentId(uuid::Uuid::nil()), PersonId(uuid::Uuid::nil()));
        let add = Command::AddCustomer(AddCustomer {
            document,
            owner: person,
            name: "Corner Shop".to_owned(),
            address: String::new(),
            position: None,
            grade: None,
            external_id: None,
            store_type: None,
        });
        let owner = ("owner".to_owned(), person.to_string());
        assert!(typed(&add).contains(&owner));
        let ask = Command::AskCustomer(AskCustomer {
            document,
            by: person,
            at: chrono::DateTime::default(),
            want: Want::Grade {
                to: "Z".to_owned(),
                saw: None,
            },
            note: None,
        });
        assert_eq!(typed(&ask), [("to".to_owned(), "Z".to_owned())]);
        let draft = Command::DraftApproval(DraftApproval {
            document,
            form: "expense".to_owned(),
            form_version: 1,
            applicant: person,
            title: "Lunch".to_owned(),
            currency: "CNY".parse().unwrap(),
            customer: None,
            visit: None,
        });
        let chosen = [("title", "Lunch"), ("currency", "CNY")];
        assert_eq!(
            typed(&draft),
            chosen.map(|(name, value)| (name.to_owned(), value.to_owned()))
        );
    }

    #[test]
    fn each_of_two_fields_of_one_edit_has_a_name() {
        let custom = |key: &str, text: &str| CustomerField::Custom(key.to_owned(), text.to_owned());
        let edit = Command::EditCustomer(EditCustomer {
            document: DocumentId(uuid::Uuid::nil()),
            fields: vec![
                custom("floor", "2"),
                CustomerField::Name("A".to_owned()),
                custom("name", "3"),
                CustomerField::Name("B".to_owned()),
            ],
        });
        let expected = [
            ("name", "A"),
            ("name/2", "B"),
            ("custom/floor", "2"),
            ("custom/name", "3"),
        ];
        assert_eq!(
            typed(&edit),
            expected.map(|(name, value)| (name.to_owned(), value.to_owned()))
        );
    }
}
