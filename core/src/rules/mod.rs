//! Who may write what, and when: one set of rules that the phone asks before it writes and the server before
//! it accepts.
//!
//! [`judge`] walks the writes of one operation through the schema table: is there a row, may this person write
//! it, is a fact left alone, is it the time for it, does the value fit. What no row can say (the life of a
//! visit, what a submission must match) follows in [`visit`] and [`approval`].

mod approval;
mod before;
mod complete;
mod place;
mod rule;
mod scene;
mod step;
mod unknown;
mod value;
mod visit;
mod words;
mod writer;

#[cfg(test)]
mod tests;

use crate::document::view;
use crate::gate::{DocumentIndex, Write};
use crate::model::{Kind, Principal};
use crate::wire::Rejection;

pub use before::{ApprovalBefore, Before};
use rule::Refused;
pub use rule::Rule;
use scene::Scene;

/// Judges one operation: the `writes` of one admitted change of a document.
///
/// `before` is the document as it was without the change, `after` its index with the change taken in, and
/// `schema` the schema version of the app that wrote it.
///
/// # Errors
/// The first rule that is broken, with where, what was expected, and what the person can do.
pub fn judge(
    principal: &Principal,
    kind: Kind,
    schema: u32,
    before: &Before,
    after: &DocumentIndex,
    writes: &[Write],
) -> Result<(), Rejection> {
    check(principal, kind, schema, before, after, writes).map_err(Rejection::from)
}

fn check(
    principal: &Principal,
    kind: Kind,
    schema: u32,
    before: &Before,
    after: &DocumentIndex,
    writes: &[Write],
) -> Result<(), Refused> {
    if let Some(other) = before.kind.filter(|other| *other != kind) {
        return Err(Rule::CreationKind.at("kind", kind, other));
    }
    let owner = if before.exists {
        before.owner
    } else {
        view::owner(kind, after)
    };
    let Some(owner) = owner else {
        return Err(Rule::CreationMissing.at(view::owner_field(kind), "who it belongs to", "nothing"));
    };
    let scene = Scene::new(principal, kind, schema, before, after, owner, writes);
    writer::check_presence(&scene)?;
    for write in writes {
        step::check(&scene, write)?;
    }
    complete::check(&scene)?;
    match kind {
        Kind::Visit => visit::check(&scene),
        Kind::Approval => approval::check(&scene),
        Kind::Customer | Kind::CheckIn | Kind::Activity => Ok(()),
    }
}
