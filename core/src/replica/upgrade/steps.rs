use serde_json::{Map, Value};

use crate::wire::SCHEMA_VERSION;

/// A recorded command, by its names.
type Recorded = Map<String, Value>;

/// What a command of one version is in the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kept {
    /// The same, and so is the operation that was made of it.
    Same,
    /// The operation has to be made anew from it.
    Anew,
}

/// Brings a command from one version to the next.
type Step = fn(&mut Recorded) -> Result<Kept, Unfit>;

/// Why a command of an older version cannot be carried over: in a few words, for the person's list.
pub(super) type Unfit = &'static str;

/// The steps from version 1 on, each to the next.
const STEPS: [Step; SCHEMA_VERSION as usize - 1] = [to_2, to_3];

/// A recorded command, brought to today's version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Upgraded {
    /// The command as JSON.
    pub(super) text: String,
    /// The operation that was made of it no longer fits: it has to be made anew.
    pub(super) is_anew: bool,
}

/// Brings a recorded command of version `from` to today's.
///
/// # Errors
/// Why it cannot be carried over; what does not read as a command at all comes back as it was.
pub(super) fn upgrade(text: &str, from: u32) -> Result<Upgraded, Unfit> {
    let mut upgraded = Upgraded {
        text: text.to_owned(),
        is_anew: false,
    };
    let Ok(mut command) = serde_json::from_str::<Recorded>(text) else {
        return Ok(upgraded);
    };
    for step in STEPS.iter().skip(from.saturating_sub(1) as usize) {
        upgraded.is_anew |= step(&mut command)? == Kept::Anew;
    }
    if upgraded.is_anew {
        upgraded.text = Value::Object(command).to_string();
    }
    Ok(upgraded)
}

/// Expenses became one of several forms.
fn to_2(command: &mut Recorded) -> Result<Kept, Unfit> {
    match name(command) {
        "draft_expense" => {
            command.insert("command".to_owned(), "draft_approval".into());
            command.insert("form".to_owned(), "expense".into());
            command.insert("form_version".to_owned(), 1.into());
            Ok(Kept::Anew)
        }
        // A revision is named by its content, and that has a form now.
        "submit" | "decide" => Err("a revision that this version of the app names otherwise"),
        _ => Ok(Kept::Same),
    }
}

/// A customer is made with the list of requests about it.
fn to_3(command: &mut Recorded) -> Result<Kept, Unfit> {
    match name(command) {
        "add_customer" => Ok(Kept::Anew),
        _ => Ok(Kept::Same),
    }
}

fn name(command: &Recorded) -> &str {
    command.get("command").and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Command;

    const EXPENSE: &str = r#"{"command":"draft_expense","document":"0195f3a0-7c1e-7a52-8f3b-000000000001",
        "applicant":"0195f3a0-7c1e-7a52-8f3b-000000000002","title":"Lunch","currency":"CNY","customer":null,"visit":null}"#;
    const TAG: &str =
        r#"{"command":"set_tag","document":"0195f3a0-7c1e-7a52-8f3b-000000000001","tag":"vip","set":true}"#;

    #[test]
    fn an_expense_of_version_1_is_a_draft_of_the_form() {
        let upgraded = upgrade(EXPENSE, 1).unwrap();
        assert!(upgraded.is_anew);
        let Ok(Command::DraftApproval(draft)) = serde_json::from_str(&upgraded.text) else {
            panic!("{upgraded:?}");
        };
        assert_eq!(
            (draft.form.as_str(), draft.form_version, draft.title.as_str()),
            ("expense", 1, "Lunch")
        );
    }

    #[test]
    fn what_did_not_change_stays_to_the_byte() {
        for from in 1..=SCHEMA_VERSION {
            let same = Upgraded {
                text: TAG.to_owned(),
                is_anew: false,
            };
            assert_eq!(upgrade(TAG, from), Ok(same));
        }
        assert_eq!(
            upgrade("nonsense", 1).unwrap().text,
            "nonsense",
            "kept word for word"
        );
    }

    #[test]
    fn only_the_steps_that_are_missing_are_taken() {
        let customer = r#"{"command":"add_customer"}"#;
        assert!(upgrade(customer, 1).unwrap().is_anew && upgrade(customer, 2).unwrap().is_anew);
        assert!(!upgrade(customer, SCHEMA_VERSION).unwrap().is_anew);
        let submit = r#"{"command":"submit"}"#;
        assert!(upgrade(submit, 1).is_err() && upgrade(submit, 2).is_ok());
        assert!(upgrade(r#"{"command":"draft_expense"}"#, 2).is_ok_and(|kept| !kept.is_anew));
    }
}
