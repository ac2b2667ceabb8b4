use super::super::ViewError;
use super::super::fields::Fields;
use crate::document::command::{Answer, Decision, Entry};
use crate::model::form::Mode;

/// Reads what one entry of the rulings says; `None` for an entry of a newer server.
pub(super) fn read(entry: Fields<'_>) -> Result<Option<Entry>, ViewError> {
    let step = || u32::try_from(entry.uint("step")?).map_err(|_| entry.wrong("step", "too large"));
    Ok(Some(match entry.str("entry")? {
        "open" => open(entry)?,
        "over_limit" => Entry::OverLimit {
            category: entry.string("category")?,
            excess: entry.string("excess")?,
        },
        "duplicate" => Entry::Duplicate {
            line: entry.string("line")?,
            other: entry.parse("other")?,
        },
        "step" => Entry::Step {
            step: step()?,
            mode: entry.named("mode", Mode::from_name)?,
        },
        "passed" => Entry::Passed { step: step()? },
        "seat" => Entry::Seat {
            person: entry.parse("person")?,
        },
        "added" => Entry::Added {
            request: entry.optional("request"),
            person: entry.parse("person")?,
        },
        "delegated" => Entry::Delegated {
            request: entry.optional("request"),
            seat: entry.parse("seat")?,
            person: entry.parse("person")?,
        },
        "recalled" => Entry::Recalled {
            seat: entry.parse("seat")?,
            person: entry.parse("person")?,
        },
        "unseated" => Entry::Unseated {
            person: entry.parse("person")?,
        },
        "copied" => Entry::Copied {
            person: entry.parse("person")?,
        },
        "counted" => Entry::Counted {
            request: entry.string("request")?,
            step: step()?,
            seat: entry.parse("seat")?,
            by: entry.parse("person")?,
            decision: entry.named("decision", Decision::from_name)?,
        },
        "refused" => Entry::Refused {
            request: entry.string("request")?,
            answer: entry.named("answer", Answer::from_name)?,
            by: entry.parse_optional("person")?,
        },
        "withdrawn" => Entry::Withdrawn {
            request: entry.string("request")?,
        },
        "void" => Entry::Void {},
        _ => return Ok(None),
    }))
}

fn open(entry: Fields<'_>) -> Result<Entry, ViewError> {
    let plan = entry.str("plan")?.split_whitespace();
    let plan = plan.map(|step| step.parse::<u32>().map_err(|error| entry.wrong("plan", error)));
    Ok(Entry::Open {
        request: entry.string("request")?,
        revision: entry.string("revision")?,
        chain: entry.string("chain")?,
        plan: plan.collect::<Result<_, _>>()?,
        excess: entry.optional("excess"),
    })
}
