//! A document as JSON, from the index and from Automerge, with every value's type and the losing values.

use automerge::{AutoCommit, ObjId, ObjType, ROOT, ReadDoc, Value as Shown};
use serde_json::{Value as Json, json};

use crate::gate::DocumentIndex;
use crate::gate::id::Id;
use crate::gate::object::Content;
use crate::gate::register::{Register, Value};
use crate::gate::view::visible;

/// The document as the index has it.
pub(super) fn by_index(index: &DocumentIndex) -> Json {
    content(index, Id::ROOT)
}

fn content(index: &DocumentIndex, object: Id) -> Json {
    match &index.objects[&object].content {
        Content::Text(characters) => json!(visible(characters)),
        Content::Map(keys) => keys
            .iter()
            .filter(|(_, register)| register.is_visible())
            .map(|(key, register)| (key.to_string(), of_register(index, register)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        Content::List(elements) => elements
            .iter()
            .filter(|(_, register)| register.is_visible())
            .map(|(_, register)| of_register(index, register))
            .collect(),
    }
}

fn of_register(index: &DocumentIndex, register: &Register) -> Json {
    let (id, winner) = register.winner(&index.actors).unwrap();
    let winner = match winner {
        Value::Scalar(value) => json!(format!("{value:?}")),
        Value::Object(_) => content(index, id),
    };
    let name = |(id, value): (Id, &Value)| match value {
        Value::Scalar(value) => format!("{value:?}"),
        Value::Object(kind) => format!("{kind} {}", index.actors.name(id)),
    };
    with_losers(
        &winner,
        register.losers(&index.actors).into_iter().map(name).collect(),
    )
}

fn with_losers(winner: &Json, mut losers: Vec<String>) -> Json {
    losers.sort();
    json!({ "value": winner, "losers": losers })
}

/// The document as Automerge has it.
pub(super) fn by_automerge(doc: &mut AutoCommit) -> Json {
    object(doc, &ROOT, ObjType::Map)
}

fn object(doc: &AutoCommit, id: &ObjId, kind: ObjType) -> Json {
    match kind {
        ObjType::Text => json!(doc.text(id).unwrap()),
        ObjType::List => (0..doc.length(id))
            .map(|at| {
                values(
                    doc,
                    doc.get(id, at).unwrap().unwrap(),
                    doc.get_all(id, at).unwrap(),
                )
            })
            .collect(),
        _ => doc
            .keys(id)
            .map(|key| {
                let shown = doc.get(id, &key).unwrap().unwrap();
                let all = doc.get_all(id, &key).unwrap();
                (key, values(doc, shown, all))
            })
            .collect::<serde_json::Map<_, _>>()
            .into(),
    }
}

fn values(doc: &AutoCommit, shown: (Shown<'_>, ObjId), all: Vec<(Shown<'_>, ObjId)>) -> Json {
    let (value, id) = shown;
    let winner = match &value {
        Shown::Scalar(value) => json!(format!("{value:?}")),
        Shown::Object(kind) => object(doc, &id, *kind),
    };
    let name = |(value, id): (Shown<'_>, ObjId)| match value {
        Shown::Scalar(value) => format!("{value:?}"),
        Shown::Object(kind) => format!("{kind} {id}"),
    };
    with_losers(
        &winner,
        all.into_iter()
            .filter(|(_, other)| *other != id)
            .map(name)
            .collect(),
    )
}
