use fieldbook_core::document::view;

use super::{ExpenseLine, FormValue};
use crate::Money;

/// What changed in a request since a revision that was handed in; empty when nothing did.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct ApprovalDifference {
    /// The title before, when it changed.
    pub title_before: Option<String>,
    /// The total before, when it changed.
    pub total_before: Option<Money>,
    /// The fields that changed.
    pub fields: Vec<FieldDifference>,
    /// The lines that are new.
    pub added: Vec<ExpenseLine>,
    /// The lines that are gone.
    pub removed: Vec<ExpenseLine>,
    /// The lines that say something else.
    pub changed: Vec<LineDifference>,
    /// Does it belong to another customer or visit now?
    pub moved: bool,
}

/// A field that changed.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct FieldDifference {
    /// Its name in the form.
    pub name: String,
    /// What it said.
    pub before: Option<FormValue>,
    /// What it says.
    pub after: Option<FormValue>,
}

/// A line that changed.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct LineDifference {
    /// What it said.
    pub before: ExpenseLine,
    /// What it says.
    pub after: ExpenseLine,
}

impl From<view::Difference> for ApprovalDifference {
    fn from(difference: view::Difference) -> Self {
        let fields = difference.fields.into_iter();
        let changed = difference.lines.changed.into_iter();
        Self {
            title_before: difference.title.map(|(before, _)| before),
            total_before: difference.total.map(|(before, _)| before.into()),
            fields: fields
                .map(|(name, (before, after))| FieldDifference {
                    name,
                    before: before.map(Into::into),
                    after: after.map(Into::into),
                })
                .collect(),
            added: difference.lines.added.into_iter().map(Into::into).collect(),
            removed: difference.lines.removed.into_iter().map(Into::into).collect(),
            changed: changed
                .map(|(before, after)| LineDifference {
                    before: before.into(),
                    after: after.into(),
                })
                .collect(),
            moved: difference.moved,
        }
    }
}
