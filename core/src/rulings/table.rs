use super::{Ruling, Scene, Unruled, approval, customer, visit};
use crate::gate::Write;
use crate::model::Kind;

/// A field that only the server decides.
#[derive(Clone, Copy, Debug)]
pub struct Ruled {
    /// The kind of document it is in.
    pub kind: Kind,
    /// The path of the ruled field in the schema table.
    pub field: &'static str,
    /// The paths of what it answers: a write at one of them asks for a ruling.
    pub requests: &'static [&'static str],
    /// The ruling that follows from the document as it stands, if one does. It has to be silent once it was
    /// written, for it is asked again then.
    pub rule: fn(&Scene<'_>) -> Result<Option<Ruling>, Unruled>,
}

/// One list of requests for all ruled fields of a customer.
const CUSTOMER: &[&str] = &["requests/[]"];

/// All ruled fields. To rule another one, add its row and its function.
pub const RULED: &[Ruled] = &[
    Ruled {
        kind: Kind::Approval,
        field: "outcome",
        requests: &["submissions/[]", "withdrawals/[]", "decisions/[]", "handovers/[]"],
        rule: approval::rule,
    },
    Ruled {
        kind: Kind::Customer,
        field: "owner",
        requests: CUSTOMER,
        rule: customer::owner,
    },
    Ruled {
        kind: Kind::Customer,
        field: "pool",
        requests: CUSTOMER,
        rule: customer::pool,
    },
    Ruled {
        kind: Kind::Customer,
        field: "grade",
        requests: CUSTOMER,
        rule: customer::grade,
    },
    Ruled {
        kind: Kind::Visit,
        field: "remarks",
        requests: &["events/[]"],
        rule: visit::remark,
    },
];

/// Where a change may undo what was ruled on the content: the path and everything below it.
const CONTENT: &[(Kind, &str)] = &[
    (Kind::Approval, "title"),
    (Kind::Approval, "customer"),
    (Kind::Approval, "visit"),
    (Kind::Approval, "fields"),
    (Kind::Approval, "lines"),
];

/// Does an operation with these writes ask for a ruling?
pub fn is_asked(kind: Kind, writes: &[Write]) -> bool {
    let asked = |row: &Ruled| {
        writes
            .iter()
            .any(|write| row.requests.contains(&write.path.as_str()))
    };
    let content = |write: &Write| {
        let path = write.path.as_str();
        CONTENT.iter().any(|(of, at)| {
            *of == kind
                && path
                    .strip_prefix(at)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    };
    rows(kind).any(asked) || writes.iter().any(content)
}

/// The next ruling on a document: that of the first row that answers.
///
/// # Errors
/// What kept the first row that failed from ruling.
pub fn next(kind: Kind, scene: &Scene<'_>) -> Result<Option<Ruling>, Unruled> {
    for row in rows(kind) {
        let ruling = (row.rule)(scene)?;
        if ruling.is_some() {
            return Ok(ruling);
        }
    }
    Ok(None)
}

fn rows(kind: Kind) -> impl Iterator<Item = &'static Ruled> {
    RULED.iter().filter(move |row| row.kind == kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Command;
    use crate::document::command::{AskCustomer, Decision, FieldValue, Handing, SetField, Want};
    use crate::document::fixture::*;
    use crate::model::schema::{self, Class, Writer};

    #[test]
    fn a_ruled_field_is_the_servers_and_its_requests_are_facts_of_people() {
        for row in RULED {
            let field = schema::find(row.kind, row.field).unwrap();
            assert_eq!(field.class, Class::Ruling, "{}", row.field);
            for request in row.requests {
                let request = schema::find(row.kind, request).unwrap();
                assert_eq!(request.class, Class::Fact, "{}", request.path);
                assert!(!request.writers.contains(&Writer::Server), "{}", request.path);
            }
        }
    }

    #[test]
    fn a_request_asks_for_a_ruling_and_so_does_what_may_undo_one() {
        let approval = [draft_expense(), add_line("10")];
        let ask = Command::AskCustomer(AskCustomer {
            document: document(1),
            by: person(REP),
            at: at(1),
            want: Want::Claim,
            note: None,
        });
        let field = Command::SetField(SetField {
            document: document(6),
            field: "reason".to_owned(),
            value: Some(FieldValue::YesNo(true)),
        });
        let add = || Command::AddCustomer(add_customer());
        let none = String::new;
        for (so_far, command, asks) in [
            (&approval[..], submit(none(), "10"), true),
            (&approval[..], withdraw(none()), true),
            (
                &approval[..],
                decide(person(REP), none(), Decision::Approve),
                true,
            ),
            (
                &approval[..],
                hand_over(person(REP), none(), Handing::Add, person(2)),
                true,
            ),
            (&approval[..], add_line("5"), true),
            (&approval[..], field, true),
            (&approval[..], rule_outcome(none(), Decision::Approve), false),
            (&[plan_visit()], start_visit(), true),
            (&[plan_visit()], edit_note(0, 0, "x"), false),
            (&[add()], ask, true),
            (&[add()], set_tag("vip", true), false),
            (&[log_entry(1, "x")], comment(person(REP), None), false),
        ] {
            let mut desk = Desk::with(so_far);
            let writes = desk.run(1, &command).unwrap();
            assert_eq!(is_asked(desk.kind, &writes), asks, "{command:?}");
        }
    }
}
