use super::{Row, State, Type, Writer};

const WRITERS: &[Writer] = &[Writer::Owner, Writer::Supervisor, Writer::Server];

/// The fields of a customer.
pub(super) const ROWS: &[Row] = &[
    made("kind", Type::OneOf(&["customer"]), "What the document is."),
    made(
        "schema",
        Type::Uint(u32::MAX as u64),
        "The version of this table that it was made with.",
    ),
    Row::ruling(
        "owner",
        Type::Uuid,
        "Who looks after it, or the unit whose pool it is in; its maker names the first one.",
    )
    .required(),
    Row::ruling("pool", Type::True, "Nobody looks after it: it can be claimed."),
    shared("name", Type::Str(1, 200), "Its name.")
        .required()
        .important(),
    shared("address", Type::Str(0, 500), "Its address.")
        .required()
        .important(),
    Row::ruling(
        "grade",
        Type::Str(1, 10),
        "Its grade; decides how often it is visited.",
    )
    .important(),
    shared(
        "external_id",
        Type::Str(1, 100),
        "The number it has in another system.",
    ),
    shared("store_type", Type::Str(0, 100), "What sort of shop it is."),
    shared("position", Type::Record, "Where it is, in WGS-84.").important(),
    shared("position/lat", Type::Float(-90.0, 90.0), "Latitude in degrees.").required(),
    shared(
        "position/lon",
        Type::Float(-180.0, 180.0),
        "Longitude in degrees.",
    )
    .required(),
    made("contacts", Type::Map, "Its contacts by id."),
    shared("contacts/<uuid>", Type::Record, "One contact."),
    shared("contacts/<uuid>/name", Type::Str(0, 200), "Their name."),
    shared("contacts/<uuid>/role", Type::Str(0, 100), "Their role."),
    shared("contacts/<uuid>/phone", Type::Str(0, 50), "Their telephone."),
    shared(
        "contacts/<uuid>/email",
        Type::Str(0, 254),
        "Their address for mail.",
    ),
    made("tags", Type::Map, "Its tags."),
    shared("tags/<tag>", Type::True, "One tag."),
    made("custom", Type::Map, "Fields of the organisation's own."),
    shared("custom/<key>", Type::Str(0, 1000), "One such field."),
    made(
        "requests",
        Type::List,
        "What people ask the server to decide: a request is a fact, the reply a ruling.",
    ),
    request("requests/[]", Type::Record, "One request."),
    request(
        "requests/[]/want",
        Type::OneOf(&["claim", "release", "owner", "grade"]),
        "What for; owner is for a supervisor, claim for everybody who sees the pool.",
    )
    .required(),
    request("requests/[]/by", Type::Author, "Who.").required(),
    request("requests/[]/at", Type::Timestamp, "When, by the phone.").required(),
    request(
        "requests/[]/to",
        Type::Str(1, 100),
        "The owner or the grade that it is to be.",
    ),
    request(
        "requests/[]/saw",
        Type::Str(1, 100),
        "The owner or the grade that the person saw; a release and another owner have to name the owner.",
    ),
    request("requests/[]/note", Type::Str(0, 500), "Why."),
    Row::ruling("replies", Type::Record, "What the server replied, by request."),
    Row::ruling(
        "replies/<request>",
        Type::Record,
        "One reply; `operator-41` stands for no request: ruling 41 was the operator's.",
    ),
    Row::ruling(
        "replies/<request>/reply",
        Type::OneOf(&["granted", "taken", "quota", "stale", "refused"]),
        "What.",
    )
    .required(),
    Row::ruling(
        "replies/<request>/holder",
        Type::Uuid,
        "Whose it was then: a person, or a unit for its pool.",
    )
    .required(),
    Row::ruling("replies/<request>/at", Type::Timestamp, "When, by the server.").required(),
    Row::ruling(
        "replies/<request>/ruling",
        Type::Uint(u64::MAX),
        "Its number in the ruling log.",
    )
    .required(),
];

const fn made(path: &'static str, holds: Type, doc: &'static str) -> Row {
    Row::fact(path, holds, doc)
        .by(WRITERS)
        .when(State::Creation)
        .required()
}

const fn request(path: &'static str, holds: Type, doc: &'static str) -> Row {
    Row::fact(path, holds, doc).by(&[Writer::AnyViewer])
}

const fn shared(path: &'static str, holds: Type, doc: &'static str) -> Row {
    Row::merge(path, holds, doc).by(WRITERS)
}
