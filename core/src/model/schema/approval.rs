use super::{Row, State, Type, Writer};

const APPLICANT: &[Writer] = &[Writer::Owner];
const DECISIONS: Type = Type::OneOf(&["approve", "reject", "return"]);
const ENTRIES: Type = Type::OneOf(&[
    "open",
    "over_limit",
    "duplicate",
    "step",
    "passed",
    "seat",
    "added",
    "delegated",
    "recalled",
    "unseated",
    "copied",
    "counted",
    "refused",
    "withdrawn",
    "void",
]);
const ANSWERS: Type = Type::OneOf(&[
    "stale",
    "late",
    "dissent",
    "not_open",
    "own",
    "not_asked",
    "not_yet",
    "no_such_step",
    "cannot_ask",
]);

/// The fields of an approval.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    made("kind", Type::OneOf(&["approval"]), "What the document is."),
    made("schema", Type::Uint(u32::MAX as u64), "The version of this table that it was made with."),
    made("form", Type::Str(1, 50), "Which form, for example `expense`."),
    made("form_version", Type::Uint(u32::MAX as u64), "The version of the form that the phone had."),
    made("applicant", Type::Uuid, "Who asks."),
    draft("title", Type::Str(1, 200), "What for.").required(),
    made("currency", Type::Currency, "The currency of all its amounts."),
    draft("customer", Type::Uuid, "The customer it is for.").refers(),
    draft("visit", Type::Uuid, "The visit it belongs to.").refers(),
    made("fields", Type::Map, "What the form asks for beside the lines."),
    draft("fields/<field>", Type::Scalar(2000), "A field of the form: a string, or true or false."),
    made("lines", Type::List, "What it consists of."),
    draft("lines/[]", Type::Record, "One line."),
    draft("lines/[]/date", Type::Date, "The day of the receipt.").required(),
    draft("lines/[]/category", Type::Str(1, 50), "What sort of line.").required(),
    draft("lines/[]/amount", Type::Amount, "How much.").required(),
    draft("lines/[]/note", Type::Str(0, 500), "A remark."),
    draft("lines/[]/receipt", Type::Str(1, 64), "The number on the receipt."),
    draft("lines/[]/photo", Type::Hex(64), "SHA-256 of the receipt's photo."),
    made("submissions", Type::List, "What was handed in."),
    request("submissions/[]", Type::Record, "One submission."),
    request("submissions/[]/revision", Type::Hex(32), "The content hash of the draft.").required(),
    request("submissions/[]/at", Type::Timestamp, "When, by the phone.").required(),
    request("submissions/[]/total", Type::Amount, "What it comes to; absent when it has no amount."),
    request("submissions/[]/chain", Type::Str(1, 80), "The version of the chain that the phone knew, `expense@1`."),
    made("withdrawals", Type::List, "What the applicant took back."),
    request("withdrawals/[]", Type::Record, "One withdrawal."),
    request("withdrawals/[]/revision", Type::Hex(32), "The revision that was handed in.").required(),
    request("withdrawals/[]/at", Type::Timestamp, "When, by the phone.").required(),
    request("withdrawals/[]/note", Type::Str(0, 500), "Why."),
    made("decisions", Type::List, "What approvers decided."),
    decision("decisions/[]", Type::Record, "One decision."),
    decision("decisions/[]/revision", Type::Hex(32), "The revision the person saw.").required(),
    decision("decisions/[]/by", Type::Author, "Who.").required(),
    decision("decisions/[]/acted_for", Type::Uuid, "In whose stead, when not in their own."),
    decision("decisions/[]/at", Type::Timestamp, "When, by the phone.").required(),
    decision("decisions/[]/decision", DECISIONS, "What.").required(),
    decision("decisions/[]/step", Type::Uint(99), "With `return`: the step it goes back to; absent for the applicant."),
    decision("decisions/[]/note", Type::Str(0, 500), "A note; needed with `reject` and `return`."),
    made("handovers", Type::List, "Whom approvers brought in."),
    decision("handovers/[]", Type::Record, "One handover."),
    decision("handovers/[]/revision", Type::Hex(32), "The revision the person saw.").required(),
    decision("handovers/[]/by", Type::Author, "Who asks.").required(),
    decision("handovers/[]/at", Type::Timestamp, "When, by the phone.").required(),
    decision("handovers/[]/handing", Type::OneOf(&["add", "delegate"]), "Beside themselves, or in their stead.").required(),
    decision("handovers/[]/to", Type::Uuid, "Who is asked.").required(),
    decision("handovers/[]/note", Type::Str(0, 500), "Why."),
    made("rulings", Type::List, "What the server ruled, one thing after the other."),
    Row::ruling("rulings/[]", Type::Record, "One thing that a ruling says."),
    Row::ruling("rulings/[]/entry", ENTRIES, "What.").required(),
    Row::ruling("rulings/[]/at", Type::Timestamp, "When, by the server.").required(),
    Row::ruling("rulings/[]/ruling", Type::Uint(u64::MAX), "Its number in the ruling log.").required(),
    Row::ruling("rulings/[]/request", Type::Element, "The submission, withdrawal, decision or handover that it answers."),
    Row::ruling("rulings/[]/revision", Type::Hex(32), "`open`: the revision that decisions have to name."),
    Row::ruling("rulings/[]/chain", Type::Str(1, 80), "`open`: the version of the chain that the round keeps."),
    Row::ruling("rulings/[]/plan", Type::Str(0, 200), "`open`: the numbers of the steps that apply."),
    Row::ruling("rulings/[]/excess", Type::Amount, "`open`, `over_limit`: by how much it is over the limit."),
    Row::ruling("rulings/[]/category", Type::Str(1, 50), "`over_limit`: the category."),
    Row::ruling("rulings/[]/line", Type::Element, "`duplicate`: the line."),
    Row::ruling("rulings/[]/other", Type::Uuid, "`duplicate`: the approval that has the receipt already."),
    Row::ruling("rulings/[]/step", Type::Uint(99), "`step`, `passed`, `counted`: the number of the step."),
    Row::ruling("rulings/[]/mode", Type::OneOf(&["any", "all", "order"]), "`step`: how its approvers decide together."),
    Row::ruling("rulings/[]/person", Type::Uuid, "Who is asked, added, recalled, copied; who decided."),
    Row::ruling("rulings/[]/seat", Type::Uuid, "`delegated`, `recalled`, `counted`: in whose stead."),
    Row::ruling("rulings/[]/decision", DECISIONS, "`counted`: what."),
    Row::ruling("rulings/[]/answer", ANSWERS, "`refused`: why the request changes nothing."),
    Row::ruling("outcome", Type::Record, "How the last round ended."),
    Row::ruling("outcome/revision", Type::Hex(32), "The revision ruled on.").required(),
    Row::ruling("outcome/outcome", DECISIONS, "What.").required(),
    Row::ruling("outcome/by", Type::Uuid, "Whose decision it was; nobody's when the form or the policy says so."),
    Row::ruling("outcome/reason", Type::Str(1, 500), "Why, when nobody decided it: a word and a path."),
    Row::ruling("outcome/at", Type::Timestamp, "When, by the server.").required(),
    Row::ruling("outcome/ruling", Type::Uint(u64::MAX), "Its number in the ruling log.").required(),
];

const fn made(path: &'static str, holds: Type, doc: &'static str) -> Row {
    Row::fact(path, holds, doc)
        .by(APPLICANT)
        .when(State::Creation)
        .required()
}

const fn draft(path: &'static str, holds: Type, doc: &'static str) -> Row {
    Row::merge(path, holds, doc).by(APPLICANT).when(State::Open)
}

const fn request(path: &'static str, holds: Type, doc: &'static str) -> Row {
    Row::fact(path, holds, doc).by(APPLICANT).when(State::Open)
}

const fn decision(path: &'static str, holds: Type, doc: &'static str) -> Row {
    Row::fact(path, holds, doc)
        .by(&[Writer::Approver])
        .when(State::Submitted)
}
