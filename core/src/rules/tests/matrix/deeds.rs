use automerge::transaction::Transactable;
use automerge::{AutoCommit, ObjId, ObjType, Prop, ROOT, ReadDoc, ScalarValue, Value};

use crate::document::fixture::{REP, document, person};
use crate::model::schema::{Row, Type};

/// What may be tried at one path: the raw writes of a peer that has no app of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    /// Sets the field, or makes the object.
    Put,
    /// Deletes the field, the key or the list element.
    Delete,
}

/// Does it to the document; false when there is no such place in it, or nothing changes.
pub(super) fn perform(doc: &mut AutoCommit, row: &Row, deed: Deed) -> bool {
    let Some((around, at)) = place(doc, row.path) else {
        return false;
    };
    match deed {
        Deed::Delete => doc.get(&around, at.clone()).unwrap().is_some() && doc.delete(&around, at).is_ok(),
        Deed::Put => {
            match row.holds {
                Type::Map | Type::Record => drop(doc.put_object(&around, at, ObjType::Map).unwrap()),
                Type::List => drop(doc.put_object(&around, at, ObjType::List).unwrap()),
                Type::Text(_) => drop(doc.put_object(&around, at, ObjType::Text).unwrap()),
                holds => doc.put(&around, at, sample(holds)).unwrap(),
            }
            doc.pending_ops() > 0
        }
    }
}

/// The object around the last part of a path of the table, and the key or position there.
fn place(doc: &AutoCommit, path: &str) -> Option<(ObjId, Prop)> {
    let mut around = ROOT;
    let mut parts = path.split('/').map(key).peekable();
    while let Some(at) = parts.next() {
        if let Prop::Seq(position) = at {
            doc.get(&around, position).ok()??;
        }
        if parts.peek().is_none() {
            return Some((around, at));
        }
        match doc.get(&around, at).ok()?? {
            (Value::Object(_), inner) => around = inner,
            _ => return None,
        }
    }
    None
}

fn key(part: &str) -> Prop {
    match part {
        "[]" => Prop::Seq(0),
        "<uuid>" => Prop::Map(uuid::Uuid::from_u128(77).to_string()),
        "<tag>" => Prop::Map("vip".to_owned()),
        "<key>" => Prop::Map("floor".to_owned()),
        other => Prop::Map(other.to_owned()),
    }
}

/// A value that the row takes from somebody who may write it.
fn sample(holds: Type) -> ScalarValue {
    match holds {
        Type::Uuid => document(9).to_string().into(),
        Type::Author => person(REP).to_string().into(),
        Type::Timestamp => "2026-11-24T09:07:00.000+08:00".into(),
        Type::Date => "2026-11-25".into(),
        Type::Amount => "7.25".into(),
        Type::Currency => "USD".into(),
        Type::Hex(digits) => "0".repeat(digits).into(),
        Type::Element => "1@00".into(),
        Type::Float(..) => ScalarValue::F64(1.0),
        Type::Uint(_) => ScalarValue::Uint(0),
        Type::Bool | Type::True => true.into(),
        Type::OneOf(names) => names[names.len() - 1].into(),
        _ => "words".into(),
    }
}
