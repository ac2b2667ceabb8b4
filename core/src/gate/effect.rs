use automerge::legacy::{Op, OpType};
use automerge::{ObjType, ScalarValue};

use super::caps;
use super::refusal::{Check, Refusal};
use super::register::Value;
use super::write::Action;

/// What an operation does, once its action and value are known to be ones that documents have.
#[derive(Clone, Copy, Debug)]
pub(super) enum Effect<'a> {
    Put(&'a ScalarValue),
    Make(ObjType),
    Delete,
}

impl<'a> Effect<'a> {
    /// Reads an operation that needs no other knowledge to be refused.
    pub(super) fn of(operation: &'a Op) -> Result<Self, Refusal> {
        let effect = match &operation.action {
            OpType::Put(value) => {
                check_value(value)?;
                Effect::Put(value)
            }
            OpType::Make(kind @ (ObjType::Map | ObjType::List | ObjType::Text)) => Effect::Make(*kind),
            OpType::Delete => Effect::Delete,
            OpType::Make(ObjType::Table) => return Refusal::err(Check::Value, "a table"),
            OpType::Increment(_) => return Refusal::err(Check::Value, "an increment"),
            OpType::MarkBegin(_) | OpType::MarkEnd(_) => return Refusal::err(Check::Value, "a mark"),
        };
        if operation.insert && !operation.pred.is_empty() {
            return Refusal::err(Check::Shape, "an insertion with a predecessor");
        }
        if matches!(effect, Effect::Delete) && (operation.insert || operation.pred.is_empty()) {
            return Refusal::err(Check::Shape, "a delete that inserts or has no predecessor");
        }
        Ok(effect)
    }

    /// The value to keep; none for a delete.
    pub(super) fn value(self) -> Option<Value> {
        match self {
            Effect::Put(value) => Some(Value::Scalar(value.clone())),
            Effect::Make(kind) => Some(Value::Object(kind)),
            Effect::Delete => None,
        }
    }

    /// The action for the rules, at a map key or in place of a list element.
    pub(super) fn action(self) -> Action {
        match self {
            Effect::Put(value) => Action::Put(value.clone()),
            Effect::Make(kind) => Action::Make(kind),
            Effect::Delete => Action::Delete,
        }
    }

    /// The action for the rules, at a new list element.
    pub(super) fn insertion(self) -> Action {
        match self {
            Effect::Put(value) => Action::Insert(value.clone()),
            Effect::Make(kind) => Action::InsertMake(kind),
            Effect::Delete => Action::Delete,
        }
    }

    /// The one character that an insertion into a text brings.
    pub(super) fn character(self) -> Result<char, Refusal> {
        if let Effect::Put(ScalarValue::Str(text)) = self {
            let mut characters = text.chars();
            if let (Some(character), None) = (characters.next(), characters.next()) {
                return Ok(character);
            }
        }
        Refusal::err(Check::Value, "something else than one character in a text")
    }

    /// Roughly how many bytes the value holds.
    pub(super) fn weight(self) -> usize {
        match self {
            Effect::Put(ScalarValue::Str(text)) => text.len(),
            Effect::Put(ScalarValue::Bytes(bytes)) => bytes.len(),
            _ => 0,
        }
    }
}

fn check_value(value: &ScalarValue) -> Result<(), Refusal> {
    let bytes = match value {
        ScalarValue::Counter(_) => return Refusal::err(Check::Value, "a counter"),
        ScalarValue::Unknown { .. } => return Refusal::err(Check::Value, "a value of an unknown type"),
        ScalarValue::F64(number) if !number.is_finite() => {
            return Refusal::err(Check::Value, "a number that is not finite");
        }
        ScalarValue::Str(text) => text.len(),
        ScalarValue::Bytes(bytes) => bytes.len(),
        _ => 0,
    };
    if bytes > caps::VALUE_BYTES {
        return Refusal::err(Check::Size, format!("a value of {bytes} bytes"));
    }
    Ok(())
}
