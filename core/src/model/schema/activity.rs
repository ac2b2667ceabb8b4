use super::{Row, State, Type, Writer};

const REP: &[Writer] = &[Writer::Owner];

/// The fields of a day's log.
pub(super) const ROWS: &[Row] = &[
    made("kind", Type::OneOf(&["activity"]), "What the document is."),
    made(
        "schema",
        Type::Uint(u32::MAX as u64),
        "The version of this table that it was made with.",
    ),
    made("rep", Type::Uuid, "Whose log."),
    made("day", Type::Date, "Which day, as the person sees it."),
    made("entries", Type::List, "The entries."),
    entry("entries/[]", Type::Record, "One entry."),
    entry("entries/[]/at", Type::Timestamp, "When, by the phone.").required(),
    Row::merge(
        "entries/[]/text",
        Type::Str(1, 2000),
        "What happened; its author may edit it for a day.",
    )
    .by(REP)
    .when(State::Fresh)
    .required(),
    entry("entries/[]/customer", Type::Uuid, "The customer it is about.").refers(),
    entry("entries/[]/visit", Type::Uuid, "The visit it belongs to.").refers(),
    made("comments", Type::List, "The remarks."),
    comment("comments/[]", Type::Record, "One remark."),
    comment(
        "comments/[]/entry",
        Type::Element,
        "The entry it is about; the whole day when absent.",
    ),
    comment("comments/[]/by", Type::Author, "Who says it.").required(),
    comment("comments/[]/at", Type::Timestamp, "When, by the phone.").required(),
    comment("comments/[]/text", Type::Str(1, 2000), "What.").required(),
];

const fn made(path: &'static str, holds: Type, doc: &'static str) -> Row {
    Row::fact(path, holds, doc)
        .by(REP)
        .when(State::Creation)
        .required()
}

const fn entry(path: &'static str, holds: Type, doc: &'static str) -> Row {
    Row::fact(path, holds, doc).by(REP)
}

const fn comment(path: &'static str, holds: Type, doc: &'static str) -> Row {
    Row::fact(path, holds, doc).by(&[Writer::AnyViewer])
}
