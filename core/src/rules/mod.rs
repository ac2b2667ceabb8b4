//! Who may write what, and when: one set of rules that the phone asks before it writes and the server before
//! it accepts.
//!
//! [`judge`] walks the writes of one operation through the schema table: is there a row, may this person write
//! it, is a fact left alone, is it the time for it, does the value fit. What no row can say (the life of a
//! visit, what a submission must match) follows in [`visit`] and [`approval`].

mod approval;
mod before;
mod complete;
mod customer;
mod expected;
mod holdings;
mod one_at_a_time;
mod place;
mod rule;
mod scene;
mod step;
mod turn;
mod unknown;
mod value;
mod visit;
mod words;
mod writer;

#[cfg(test)]
mod tests;

use crate::document::view;
use crate::gate::{DocumentIndex, Write};
use crate::model::{Kind, Principal, Words};
use crate::wire::Rejection;

pub use before::{ApprovalBefore, Before};
pub use holdings::check_holdings;
pub use one_at_a_time::check_one_at_a_time;
use rule::Refused;
pub use rule::Rule;
use scene::Scene;
pub use turn::check_turn;

/// One operation as somebody tries it: who, on what, with which app, when.
#[derive(Clone, Copy, Debug)]
pub struct Attempt<'a> {
    /// Who, with the rights they had then.
    pub principal: &'a Principal,
    /// The kind of document.
    pub kind: Kind,
    /// The schema version of the app that wrote it.
    pub schema: u32,
    /// When it was written by the best evidence there is, in milliseconds since 1970.
    pub at_ms: u64,
}

/// Judges one operation: the `writes` of one admitted change of a document.
///
/// `before` is the document as it was without the change, `after` its index with the change taken in.
///
/// # Errors
/// The first rule that is broken, with where, what was expected, and what the person can do.
pub fn judge(
    attempt: &Attempt<'_>,
    before: &Before,
    after: &DocumentIndex,
    writes: &[Write],
) -> Result<(), Rejection> {
    check(attempt, before, after, writes).map_err(Rejection::from)
}

fn check(
    attempt: &Attempt<'_>,
    before: &Before,
    after: &DocumentIndex,
    writes: &[Write],
) -> Result<(), Refused> {
    let kind = attempt.kind;
    if let Some(other) = before.kind.filter(|other| *other != kind) {
        return Err(Rule::CreationKind.at("kind", Words::same(kind), other));
    }
    let owner = if before.exists {
        before.owner
    } else {
        view::owner(kind, after)
    };
    let Some(owner) = owner else {
        return Err(Rule::CreationMissing.at(
            view::owner_field(kind),
            ("who it belongs to", "归属人"),
            "nothing",
        ));
    };
    let scene = Scene::new(attempt, before, after, owner, writes);
    writer::check_presence(&scene)?;
    for write in writes {
        step::check(&scene, write)?;
    }
    complete::check(&scene)?;
    match kind {
        Kind::Visit => visit::check(&scene),
        Kind::Approval => approval::check(&scene),
        Kind::Customer => customer::check(&scene),
        Kind::CheckIn | Kind::Activity => Ok(()),
    }
}
