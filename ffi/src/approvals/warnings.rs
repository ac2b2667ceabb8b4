use fieldbook_core::model::Money as CoreMoney;
use fieldbook_core::replica::{self, Paper};

use crate::{ApprovalId, Money, Words};

/// What to look at before a request is handed in, as far as this phone knows. Only [`ApprovalWarnings::missing`] stops it.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct ApprovalWarnings {
    /// What the form still asks for.
    pub missing: Vec<Missing>,
    /// How much it is over the limit of the house; all of it when it is in another currency.
    pub over_limit_by: Option<Money>,
    /// The categories that are over their limit.
    pub over_categories: Vec<OverCategory>,
    /// The lines whose receipt was handed in before, here or in another request.
    pub duplicates: Vec<DuplicateReceipt>,
    /// An expense that belongs to no visit.
    pub unlinked: bool,
}

/// Something that the form asks for.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Missing {
    /// The field, for example `fields/starts` or `lines`.
    pub path: String,
    /// What to say about it.
    pub words: Words,
}

/// A category over its limit.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct OverCategory {
    /// Its name.
    pub category: String,
    /// By how much.
    pub excess: Money,
}

/// A receipt that was handed in before.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct DuplicateReceipt {
    /// The line.
    pub line: String,
    /// The request that has it already; this one itself when two of its lines have it.
    pub other: ApprovalId,
}

impl ApprovalWarnings {
    pub(super) fn of(warnings: replica::Warnings, paper: &Paper) -> Self {
        let money = |amount| {
            let currency = paper.view.total.currency;
            CoreMoney { amount, currency }.into()
        };
        let missing = warnings.complaints.iter().map(|complaint| Missing {
            path: complaint.path().to_owned(),
            words: complaint.words(paper.form.as_ref()).into(),
        });
        let categories = warnings.limits.categories.into_iter();
        let duplicates = warnings.duplicates.into_iter();
        Self {
            missing: missing.collect(),
            over_limit_by: warnings.limits.excess.map(money),
            over_categories: categories
                .map(|(category, excess)| OverCategory {
                    category,
                    excess: money(excess),
                })
                .collect(),
            duplicates: duplicates
                .map(|(line, other)| DuplicateReceipt {
                    line,
                    other: other.into(),
                })
                .collect(),
            unlinked: warnings.unlinked,
        }
    }
}
