use automerge::legacy::ObjectId;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::document::command::writing::{day, element, put_some};
use crate::document::command::{Apply, CommandError};
use crate::document::draft::Draft;
use crate::model::{DocumentId, Kind};

/// Changes what a draft is for; what is absent stays as it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EditDraft {
    /// The approval.
    pub document: DocumentId,
    /// What for, 1 to 200 characters.
    pub title: Option<String>,
    /// Where it belongs.
    pub belongs: Option<Belongs>,
}

/// The customer and the visit of a request, each if there is one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Belongs {
    /// The customer it is for.
    pub customer: Option<DocumentId>,
    /// The visit it belongs to.
    pub visit: Option<DocumentId>,
}

/// Changes a line of a draft; what is absent stays as it is. An empty note, receipt or photo takes it away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EditLine {
    /// The approval.
    pub document: DocumentId,
    /// The line, as [`crate::gate::ElementId`] prints it.
    pub line: String,
    /// The day of the receipt.
    pub date: Option<NaiveDate>,
    /// For example `meals`.
    pub category: Option<String>,
    /// A decimal such as `128.50`, above zero.
    pub amount: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// The number on the receipt.
    pub receipt: Option<String>,
    /// SHA-256 of the receipt's photo, 64 hexadecimal digits.
    pub photo: Option<String>,
}

impl Apply for EditDraft {
    const KIND: Kind = Kind::Approval;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn refers_to(&self) -> Vec<DocumentId> {
        let belongs = self.belongs.iter();
        belongs
            .flat_map(|it| it.customer.into_iter().chain(it.visit))
            .collect()
    }
    fn apply(&self, draft: &mut Draft<'_>) -> Result<(), CommandError> {
        let root = ObjectId::Root;
        put_some(draft, &root, "title", self.title.as_deref());
        if let Some(belongs) = &self.belongs {
            for (key, id) in [("customer", belongs.customer), ("visit", belongs.visit)] {
                put_or_take(draft, &root, key, id.map(|id| id.to_string()).as_deref());
            }
        }
        Ok(())
    }
}

impl Apply for EditLine {
    const KIND: Kind = Kind::Approval;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn apply(&self, draft: &mut Draft<'_>) -> Result<(), CommandError> {
        let line = element(draft, "lines", &self.line)?;
        put_some(draft, &line, "date", self.date.map(day));
        put_some(draft, &line, "category", self.category.as_deref());
        put_some(draft, &line, "amount", self.amount.as_deref());
        for (key, text) in [
            ("note", &self.note),
            ("receipt", &self.receipt),
            ("photo", &self.photo),
        ] {
            if let Some(text) = text {
                put_or_take(
                    draft,
                    &line,
                    key,
                    Some(text.as_str()).filter(|text| !text.is_empty()),
                );
            }
        }
        Ok(())
    }
}

fn put_or_take(draft: &mut Draft<'_>, map: &ObjectId, key: &str, text: Option<&str>) {
    match text {
        Some(text) => draft.put(map, key, text),
        None => draft.delete(map, key),
    }
}
