use super::{Row, State, Type, Writer};

const TEAM: &[Writer] = &[Writer::Owner, Writer::Supervisor];
const REP: &[Writer] = &[Writer::Owner];

/// The fields of a visit.
pub(super) const ROWS: &[Row] = &[
    made("kind", Type::OneOf(&["visit"]), "What the document is."),
    made(
        "schema",
        Type::Uint(u32::MAX as u64),
        "The version of this table that it was made with.",
    ),
    made("rep", Type::Uuid, "Who visits."),
    made("customer", Type::Uuid, "Whom.").refers(),
    made(
        "template",
        Type::Str(1, 100),
        "The version of the template it follows to its end.",
    ),
    made("plan", Type::Map, "When and what for."),
    made("plan/start", Type::Timestamp, "The first planned time."),
    made("plan/purpose", Type::Str(0, 200), "What for at first."),
    made("events", Type::List, "What happened."),
    event("events/[]", Type::Record, "One event.", TEAM),
    event(
        "events/[]/event",
        Type::OneOf(&["started", "finished", "cancelled", "moved"]),
        "Which.",
        TEAM,
    )
    .required(),
    event("events/[]/at", Type::Timestamp, "When, by the phone.", TEAM).required(),
    event(
        "events/[]/check_in",
        Type::Uuid,
        "The reading taken with it; a start and a finish have one.",
        REP,
    ),
    event(
        "events/[]/reason",
        Type::Str(1, 500),
        "Why; a cancel has one.",
        TEAM,
    ),
    event(
        "events/[]/by",
        Type::Author,
        "Who; a cancel and a move have one.",
        TEAM,
    ),
    event(
        "events/[]/start",
        Type::Timestamp,
        "The new time of the plan; a move has one.",
        TEAM,
    ),
    event(
        "events/[]/purpose",
        Type::Str(0, 200),
        "The new purpose of the plan, when a move changes it.",
        TEAM,
    ),
    Row::ruling(
        "remarks",
        Type::Record,
        "Plan changes that a real check-in beat, by event.",
    ),
    Row::ruling("remarks/<event>", Type::Record, "One of them: a remark."),
    Row::ruling("remarks/<event>/at", Type::Timestamp, "When, by the server.").required(),
    Row::ruling(
        "remarks/<event>/ruling",
        Type::Uint(u64::MAX),
        "Its number in the ruling log.",
    )
    .required(),
    made(
        "results",
        Type::List,
        "The results of steps; the latest of a step is its current one.",
    ),
    result("results/[]", Type::Record, "One result."),
    result(
        "results/[]/step",
        Type::Str(1, 100),
        "The step's key in the template.",
    )
    .required(),
    result("results/[]/at", Type::Timestamp, "When, by the phone.").required(),
    result("results/[]/value", Type::Scalar(500), "The result.").required(),
    result("results/[]/note", Type::Str(0, 500), "A remark."),
    Row::merge("notes", Type::Text(10_000), "The notes.")
        .by(TEAM)
        .required(),
    Row::merge("next_step", Type::Str(0, 500), "What comes next.").by(TEAM),
    Row::merge(
        "outcome",
        Type::Str(0, 200),
        "The outcome in a few words, said at the end.",
    )
    .by(REP)
    .when(State::Started),
];

const fn made(path: &'static str, holds: Type, doc: &'static str) -> Row {
    Row::fact(path, holds, doc)
        .by(TEAM)
        .when(State::Creation)
        .required()
}

const fn event(path: &'static str, holds: Type, doc: &'static str, writers: &'static [Writer]) -> Row {
    Row::fact(path, holds, doc).by(writers).when(State::Event)
}

const fn result(path: &'static str, holds: Type, doc: &'static str) -> Row {
    Row::fact(path, holds, doc).by(REP).when(State::Started)
}
