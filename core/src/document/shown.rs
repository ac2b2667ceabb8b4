use automerge::{AutoCommit, ObjId, ObjType, ROOT, ReadDoc, Value};
use smol_str::{SmolStr, format_smolstr};

use crate::gate::{Shown, Slot, object_loser};

/// Everything that an Automerge document shows, in the form in which the index gives it: the two are equal for every
/// history that the gate has admitted.
pub fn shown(doc: &AutoCommit) -> Shown {
    object(doc, &ROOT, ObjType::Map)
}

fn object(doc: &AutoCommit, id: &ObjId, kind: ObjType) -> Shown {
    match kind {
        ObjType::Text => Shown::Text(doc.text(id).unwrap_or_default()),
        ObjType::List => {
            let slots = (0..doc.length(id)).filter_map(|at| {
                let winner = doc.get(id, at).ok()??;
                Some(slot(doc, winner, doc.get_all(id, at).unwrap_or_default()))
            });
            Shown::List(slots.collect())
        }
        ObjType::Map | ObjType::Table => {
            let slots = doc.keys(id).filter_map(|key| {
                let winner = doc.get(id, key.as_str()).ok()??;
                let all = doc.get_all(id, key.as_str()).unwrap_or_default();
                Some((key, slot(doc, winner, all)))
            });
            Shown::Map(slots.collect())
        }
    }
}

fn slot(doc: &AutoCommit, winner: (Value<'_>, ObjId), all: Vec<(Value<'_>, ObjId)>) -> Slot {
    let (value, made) = winner;
    let losers = all.into_iter().filter(|(_, other)| *other != made);
    let mut losers: Vec<SmolStr> = losers.map(|(value, made)| loser(&value, &made)).collect();
    losers.sort();
    let value = match value {
        Value::Scalar(value) => Shown::Scalar(value.into_owned()),
        Value::Object(kind) => object(doc, &made, kind),
    };
    Slot { value, losers }
}

fn loser(value: &Value<'_>, made: &ObjId) -> SmolStr {
    match value {
        Value::Scalar(value) => format_smolstr!("{value:?}"),
        Value::Object(kind) => object_loser(*kind, &made.to_string()),
    }
}
