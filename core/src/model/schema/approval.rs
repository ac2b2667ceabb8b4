use super::{Row, State, Type, Writer};

const APPLICANT: &[Writer] = &[Writer::Owner];
const DECISIONS: Type = Type::OneOf(&["approve", "reject", "return"]);

/// The fields of an approval.
pub(super) const ROWS: &[Row] = &[
    made("kind", Type::OneOf(&["approval"]), "What the document is."),
    made(
        "schema",
        Type::Uint(u32::MAX as u64),
        "The version of this table that it was made with.",
    ),
    made("form", Type::OneOf(&["expense"]), "Which form."),
    made("applicant", Type::Uuid, "Who asks."),
    draft("title", Type::Str(1, 200), "What for.").required(),
    made("currency", Type::Currency, "The currency of all its lines."),
    draft("customer", Type::Uuid, "The customer it is for.").refers(),
    draft("visit", Type::Uuid, "The visit it belongs to.").refers(),
    made("lines", Type::List, "What it consists of."),
    draft("lines/[]", Type::Record, "One line."),
    draft("lines/[]/date", Type::Date, "The day of the receipt.").required(),
    draft("lines/[]/category", Type::Str(1, 50), "What sort of expense.").required(),
    draft("lines/[]/amount", Type::Amount, "How much.").required(),
    draft("lines/[]/note", Type::Str(0, 500), "A remark."),
    made("submissions", Type::List, "What was handed in."),
    submission("submissions/[]", Type::Record, "One submission."),
    submission(
        "submissions/[]/revision",
        Type::Hex(32),
        "The content hash of the draft.",
    )
    .required(),
    submission("submissions/[]/at", Type::Timestamp, "When, by the phone.").required(),
    submission("submissions/[]/total", Type::Amount, "The sum of the lines.").required(),
    made("decisions", Type::List, "What approvers decided."),
    decision("decisions/[]", Type::Record, "One decision."),
    decision(
        "decisions/[]/revision",
        Type::Hex(32),
        "The revision the person saw.",
    )
    .required(),
    decision("decisions/[]/by", Type::Author, "Who.").required(),
    decision("decisions/[]/at", Type::Timestamp, "When, by the phone.").required(),
    decision("decisions/[]/decision", DECISIONS, "What.").required(),
    decision("decisions/[]/note", Type::Str(0, 500), "A note."),
    Row::ruling("outcome", Type::Record, "What the server ruled last."),
    Row::ruling("outcome/revision", Type::Hex(32), "The revision ruled on.").required(),
    Row::ruling("outcome/outcome", DECISIONS, "What.").required(),
    Row::ruling("outcome/by", Type::Uuid, "Whose decision it was.").required(),
    Row::ruling("outcome/at", Type::Timestamp, "When, by the server.").required(),
    Row::ruling(
        "outcome/ruling",
        Type::Uint(u64::MAX),
        "Its number in the ruling log.",
    )
    .required(),
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

const fn submission(path: &'static str, holds: Type, doc: &'static str) -> Row {
    Row::fact(path, holds, doc).by(APPLICANT).when(State::Open)
}

const fn decision(path: &'static str, holds: Type, doc: &'static str) -> Row {
    Row::fact(path, holds, doc)
        .by(&[Writer::Supervisor])
        .when(State::Submitted)
}
