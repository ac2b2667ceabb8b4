use automerge::ObjType;
use automerge::legacy::ObjectId;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::document::command::writing::{append, begin, container, day, object, put_some};
use crate::document::command::{Apply, CommandError};
use crate::document::draft::Draft;
use crate::model::{Currency, DocumentId, Kind, PersonId};

/// A new request of some form, as a draft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DraftApproval {
    /// The new approval.
    pub document: DocumentId,
    /// Which form, for example `expense`.
    pub form: String,
    /// The version of the form that the phone had.
    pub form_version: u32,
    /// Who asks.
    pub applicant: PersonId,
    /// What for, 1 to 200 characters.
    pub title: String,
    /// The currency of all its amounts.
    pub currency: Currency,
    /// The customer it is for.
    pub customer: Option<DocumentId>,
    /// The visit it belongs to.
    pub visit: Option<DocumentId>,
}

/// Fills in a field of the form, or empties it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetField {
    /// The approval.
    pub document: DocumentId,
    /// The field's name in the form.
    pub field: String,
    /// What it says; nothing empties it.
    pub value: Option<FieldValue>,
}

/// What a field of a form can hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum FieldValue {
    /// True or false.
    YesNo(bool),
    /// Everything else, as it is written: words, a decimal, a day, a whole number, a choice.
    Text(String),
}

/// One line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AddLine {
    /// The approval.
    pub document: DocumentId,
    /// The day of the receipt.
    pub date: NaiveDate,
    /// For example `meals`.
    pub category: String,
    /// A decimal such as `128.50`, above zero.
    pub amount: String,
    /// A remark.
    pub note: Option<String>,
    /// The number on the receipt.
    #[serde(default)]
    pub receipt: Option<String>,
    /// SHA-256 of the receipt's photo, 64 hexadecimal digits.
    #[serde(default)]
    pub photo: Option<String>,
}

/// Removes a line of a draft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RemoveLine {
    /// The approval.
    pub document: DocumentId,
    /// The line, as [`crate::gate::ElementId`] prints it.
    pub line: String,
}

/// The lists and maps of an approval, made with it.
const CONTAINERS: [(&str, ObjType); 7] = [
    ("fields", ObjType::Map),
    ("lines", ObjType::List),
    ("submissions", ObjType::List),
    ("decisions", ObjType::List),
    ("handovers", ObjType::List),
    ("withdrawals", ObjType::List),
    ("rulings", ObjType::List),
];

impl Apply for DraftApproval {
    const KIND: Kind = Kind::Approval;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn creates(&self) -> bool {
        true
    }
    fn refers_to(&self) -> Vec<DocumentId> {
        self.customer.into_iter().chain(self.visit).collect()
    }
    fn apply(&self, draft: &mut Draft<'_>) -> Result<(), CommandError> {
        let root = ObjectId::Root;
        begin(draft, Kind::Approval);
        draft.put(&root, "form", self.form.as_str());
        draft.put(&root, "form_version", u64::from(self.form_version));
        draft.put(&root, "applicant", self.applicant.to_string());
        draft.put(&root, "title", self.title.as_str());
        draft.put(&root, "currency", self.currency.code());
        put_some(draft, &root, "customer", self.customer.map(|id| id.to_string()));
        put_some(draft, &root, "visit", self.visit.map(|id| id.to_string()));
        for (key, kind) in CONTAINERS {
            container(draft, key, kind);
        }
        Ok(())
    }
}

impl Apply for SetField {
    const KIND: Kind = Kind::Approval;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn apply(&self, draft: &mut Draft<'_>) -> Result<(), CommandError> {
        let fields = object(draft, "fields")?;
        match &self.value {
            Some(FieldValue::Text(text)) => draft.put(&fields, &self.field, text.as_str()),
            Some(FieldValue::YesNo(truth)) => draft.put(&fields, &self.field, *truth),
            None => draft.delete(&fields, &self.field),
        }
        Ok(())
    }
}

impl Apply for AddLine {
    const KIND: Kind = Kind::Approval;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn apply(&self, draft: &mut Draft<'_>) -> Result<(), CommandError> {
        let line = append(draft, "lines")?;
        draft.put(&line, "date", day(self.date));
        draft.put(&line, "category", self.category.as_str());
        draft.put(&line, "amount", self.amount.as_str());
        put_some(draft, &line, "note", self.note.as_deref());
        put_some(draft, &line, "receipt", self.receipt.as_deref());
        put_some(draft, &line, "photo", self.photo.as_deref());
        Ok(())
    }
}

impl Apply for RemoveLine {
    const KIND: Kind = Kind::Approval;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn apply(&self, draft: &mut Draft<'_>) -> Result<(), CommandError> {
        let lines = object(draft, "lines")?;
        if draft.delete_element(&lines, &self.line) {
            return Ok(());
        }
        Err(CommandError::NoSuchElement {
            field: "lines",
            id: self.line.clone(),
        })
    }
}
