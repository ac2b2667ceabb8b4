use super::{Row, State, Type, Writer};

/// The fields of a check-in: all facts, all written at once by the rep.
pub(super) const ROWS: &[Row] = &[
    made("kind", Type::OneOf(&["check_in"]), "What the document is.").required(),
    made(
        "schema",
        Type::Uint(u32::MAX as u64),
        "The version of this table that it was made with.",
    )
    .required(),
    made("rep", Type::Uuid, "Who was there.").required(),
    made("visit", Type::Uuid, "The visit it belongs to.")
        .required()
        .refers(),
    made("customer", Type::Uuid, "The customer visited.")
        .required()
        .refers(),
    made(
        "moment",
        Type::OneOf(&["in", "out", "cancel"]),
        "At which moment of the visit.",
    )
    .required(),
    made(
        "reading",
        Type::Map,
        "The raw reading; absent when there was no fix.",
    ),
    made(
        "reading/lat",
        Type::Float(-90.0, 90.0),
        "Latitude in degrees, WGS-84.",
    )
    .required(),
    made(
        "reading/lon",
        Type::Float(-180.0, 180.0),
        "Longitude in degrees, WGS-84.",
    )
    .required(),
    made(
        "reading/accuracy",
        METRES,
        "Radius in metres; kept as the phone gave it.",
    )
    .required(),
    made(
        "reading/source",
        Type::OneOf(&["gps", "network", "fused", "manual"]),
        "Where it is from.",
    )
    .required(),
    made(
        "reading/age_ms",
        Type::Uint(u64::MAX),
        "How old the fix was, in milliseconds.",
    )
    .required(),
    made(
        "reading/mock",
        Type::Bool,
        "The phone itself says that it was simulated.",
    ),
    made(
        "reading/speed",
        METRES,
        "Metres a second; kept as the phone gave it.",
    ),
    made("time", Type::Map, "When, with the evidence for it.").required(),
    made("time/at", Type::Timestamp, "The phone's wall clock.").required(),
    made("time/mono_ms", Type::Uint(u64::MAX), "Milliseconds since boot.").required(),
    made("time/boot", Type::Uuid, "Which boot.").required(),
    made(
        "time/server_ms",
        Type::Uint(u64::MAX),
        "The last server time, carried forward, in ms since 1970.",
    ),
    made(
        "fence",
        Type::Map,
        "The fence it was judged with; absent when the customer has no position.",
    ),
    made(
        "fence/version",
        Type::Uint(u32::MAX as u64),
        "The version of the policy.",
    )
    .required(),
    made("fence/radius", Type::Float(0.0, 1e7), "Its radius in metres.").required(),
    made("fence/lat", Type::Float(-90.0, 90.0), "Latitude of its centre.").required(),
    made(
        "fence/lon",
        Type::Float(-180.0, 180.0),
        "Longitude of its centre.",
    )
    .required(),
    made("distance", Type::Float(0.0, 1e8), "Metres to the customer."),
    made(
        "verdict",
        Type::OneOf(&["inside", "outside", "uncertain", "unknown"]),
        "The phone's own.",
    )
    .required(),
    made(
        "reason",
        Type::Str(0, 500),
        "The person's reason when not inside.",
    ),
];

/// Wide on purpose: evidence is kept as it came and doubted later.
const METRES: Type = Type::Float(-1e9, 1e9);

const fn made(path: &'static str, holds: Type, doc: &'static str) -> Row {
    Row::fact(path, holds, doc)
        .by(&[Writer::Owner])
        .when(State::Creation)
}
