use std::sync::Arc;
use std::time::SystemTime;

use fieldbook_core::replica::{self, query};

use crate::shared::Shared;
use crate::values::instant;
use crate::{FieldbookError, RecordId, RecordKind, Words};

/// An operation that was not accepted and waits for the person.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct ParkedItem {
    /// Its number.
    pub id: i64,
    /// The record it was for.
    pub record: RecordId,
    /// What that is.
    pub kind: RecordKind,
    /// What the person did, by the command's name, for example `move_plan`.
    pub work: String,
    /// What they typed or chose.
    pub typed: Vec<TypedField>,
    /// The rule that forbids it, for example `plan.started`; nothing when it does not read.
    pub rule: Option<String>,
    /// What the rule asks for.
    pub expected: Option<Words>,
    /// What was written, as it stands in the record or on the wire; for support.
    pub actual: Option<String>,
    /// Why, and what to do.
    pub words: Words,
    /// The parked item that this one follows: correct that one first.
    pub depends_on: Option<i64>,
    /// When the person did it.
    pub written: SystemTime,
    /// When it was parked.
    pub parked: SystemTime,
}

/// One thing that a person typed or chose.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct TypedField {
    /// Its name, for example `reason`, or `custom/floor` for a field of the house's own; a second one of a name is `name/2`.
    pub name: String,
    /// What they typed; of a person who was chosen the id.
    pub value: String,
}

/// What was not accepted: correct and send again, export, or discard. Nothing of it goes away by itself.
#[derive(Debug, uniffi::Object)]
pub struct Parked(pub(crate) Arc<Shared>);

#[uniffi::export]
impl Parked {
    /// All of it, oldest first.
    pub fn all(&self) -> Result<Vec<ParkedItem>, FieldbookError> {
        Ok(self.0.replica().parked()?.into_iter().map(Into::into).collect())
    }

    /// Sends an item again, with some of what the person typed put in other words; with no fields, as it was. What was
    /// parked only because it follows that item goes with it. Returns how many operations were written.
    pub fn resend(&self, id: i64, fields: Vec<TypedField>) -> Result<u64, FieldbookError> {
        let fields: Vec<_> = fields.into_iter().map(Into::into).collect();
        Ok(self.0.replica().amend_parked(&self.0.now()?, id, &fields)?)
    }

    /// Keeps what the person typed into an item on a visit as a line of its notes, and takes the item away: for what came
    /// too late to be recorded.
    pub fn keep_as_note(&self, id: i64) -> Result<(), FieldbookError> {
        Ok(self.0.replica().note_parked(&self.0.now()?, id)?)
    }

    /// What was parked only because it follows this item, directly or through another: name it before discarding.
    pub fn followers(&self, id: i64) -> Result<Vec<ParkedItem>, FieldbookError> {
        let followers = self.0.replica().depending_on_parked(id)?;
        Ok(followers.into_iter().map(Into::into).collect())
    }

    /// Throws an item away because the person said so; false when it was gone already. What follows it stays.
    pub fn discard(&self, id: i64) -> Result<bool, FieldbookError> {
        Ok(self.0.replica().discard_parked(id)?)
    }

    /// Throws an item away with all that follows it, because the person said so after seeing [`Parked::followers`]. Returns
    /// how many items went.
    pub fn discard_with_followers(&self, id: i64) -> Result<u64, FieldbookError> {
        Ok(self.0.replica().discard_parked_with_dependents(id)?)
    }

    /// All of it as JSON, for a colleague or for support.
    pub fn export(&self) -> Result<String, FieldbookError> {
        Ok(self.0.replica().export_parked()?.to_string())
    }
}

impl From<query::Parked> for ParkedItem {
    fn from(parked: query::Parked) -> Self {
        let rejection = parked.rejection.as_ref();
        Self {
            id: parked.id,
            record: parked.document.into(),
            kind: parked.kind.into(),
            work: parked.work(),
            typed: replica::typed_fields(&parked.recorded)
                .into_iter()
                .map(Into::into)
                .collect(),
            rule: rejection.map(|rejection| rejection.rule.clone()),
            expected: rejection.map(|rejection| rejection.expected.clone().into()),
            actual: rejection.map(|rejection| rejection.actual.clone()),
            words: parked.words().into(),
            depends_on: parked.depends_on,
            written: instant(parked.written_ms),
            parked: instant(parked.parked_ms),
        }
    }
}

impl From<replica::TypedField> for TypedField {
    fn from(field: replica::TypedField) -> Self {
        Self {
            name: field.name,
            value: field.value,
        }
    }
}

impl From<TypedField> for replica::TypedField {
    fn from(field: TypedField) -> Self {
        Self {
            name: field.name,
            value: field.value,
        }
    }
}
