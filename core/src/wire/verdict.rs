use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::model::{DocumentId, Words};

/// What the server says to one operation.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Stored now.
    #[n(0)]
    Accepted,
    /// Was stored before; sending twice has one effect.
    #[n(1)]
    Duplicate,
    /// Not now; the phone tries again by itself.
    #[n(2)]
    Transient {
        /// After how many milliseconds.
        #[n(0)]
        retry_after_ms: u64,
    },
    /// Builds on an operation that is not stored: it is made anew once that one is settled.
    #[n(3)]
    WaitsOn(#[n(0)] Blocker),
    /// Never in this form; the phone parks it with the person's own text.
    #[n(4)]
    Rejected(#[n(0)] Rejection),
}

/// The operation that another one waits on.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct Blocker {
    /// Its document.
    #[n(0)]
    pub document: DocumentId,
    /// Its sequence number by the same actor, or 0 when any operation that creates the document will do.
    #[n(1)]
    pub sequence: u64,
}

/// Why an operation was refused, and what the person can do.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize, thiserror::Error)]
#[error("{rule} at {path}: expected {}, got {actual}; {}", expected.en, suggestion.en)]
pub struct Rejection {
    /// The rule's stable name, for example `plan.started`.
    #[n(0)]
    pub rule: String,
    /// Where in the document, for example `plan/start`; [`Rejection::WHOLE`] when it is about all of it.
    #[n(1)]
    pub path: String,
    /// What the rule asks for, in both languages; an id, a name or a number is the same in both.
    #[n(2)]
    pub expected: Words,
    /// What was written.
    #[n(3)]
    pub actual: String,
    /// What to do, in both languages.
    #[n(4)]
    pub suggestion: Words,
}

impl Rejection {
    /// The path of a rejection that is about the record as a whole.
    pub const WHOLE: &str = ".";

    /// The rule that refuses an operation because another one stands under its name.
    pub const EQUIVOCATION: &str = "gate.equivocation";

    /// Is nothing wrong with the operation but its name? A copy of this phone used that name first; whoever makes the
    /// operation anew under another one loses nothing.
    pub fn is_of_a_copy(&self) -> bool {
        self.rule == Self::EQUIVOCATION
    }

    /// The rule that refuses an operation because its document has no room for more.
    pub const FULL: &str = "gate.full";

    /// Does no honest phone send this? A copied phone and one that writes to a full record do nothing wrong.
    pub fn is_hostile(&self) -> bool {
        self.rule.starts_with("gate.") && !self.is_of_a_copy() && self.rule != Self::FULL
    }

    /// Names rule, path, what was expected and what came, and says what to do in both languages.
    #[cfg(test)]
    #[track_caller]
    pub(crate) fn assert_says_everything(&self) {
        for part in [
            &self.rule,
            &self.path,
            &self.expected.en,
            &self.expected.zh,
            &self.actual,
        ] {
            assert!(!part.trim().is_empty(), "{self:?}");
        }
        self.suggestion.assert_is_said();
    }
}
