use super::rule::Refused;
use super::scene::Scene;
use super::{Rule, turn};
use crate::model::Words;
use crate::model::schema::{Class, Row, Writer};
use crate::wire::Rejection;

/// May this person write anything here at all: make the document for its owner, or see it?
pub(super) fn check_presence(scene: &Scene<'_>) -> Result<(), Refused> {
    let principal = scene.principal;
    if scene.creating() {
        let field = crate::document::view::owner_field(scene.kind);
        let may = row_of_owner(scene).is_some_and(|row| has_role(scene, row.writers));
        return if may {
            Ok(())
        } else {
            Err(Rule::CreationOwner.at(field, Words::same(principal.person), scene.owner))
        };
    }
    let is_told = scene.before.approval.reach.contains(&principal.person);
    if principal.is_server || is_told || principal.sees(scene.owner) {
        return Ok(());
    }
    Err(not_allowed(
        Rejection::WHOLE,
        ("somebody who sees it", "能看到该记录的人"),
        scene,
    ))
}

/// A new document is written by whoever may write its frame.
fn row_of_owner(scene: &Scene<'_>) -> Option<&'static Row> {
    crate::model::schema::find(scene.kind, "kind")
}

/// May this person write the row?
pub(super) fn check(scene: &Scene<'_>, row: &Row, path: &str) -> Result<(), Refused> {
    if names_first_owner(scene, row) || has_role(scene, row.writers) {
        return Ok(());
    }
    if row.class == Class::Ruling {
        return Err(Rule::ServerOnly.at(path, Writer::Server, scene.principal.person));
    }
    if row.writers == [Writer::Approver] && !scene.principal.is_server {
        return Err(if scene.principal.person == scene.owner {
            Rule::SelfApproval.at(path, Writer::Approver, "the applicant")
        } else {
            Rule::NotAsked.at(path, turn::ASKED, scene.principal.person)
        });
    }
    Err(not_allowed(path, any_of(row.writers), scene))
}

/// The owner is the server's to change, and the maker's to name.
fn names_first_owner(scene: &Scene<'_>, row: &Row) -> bool {
    scene.creating() && row.path == crate::document::view::owner_field(scene.kind)
}

/// Does the person have one of these roles here?
pub(super) fn has_role(scene: &Scene<'_>, writers: &[Writer]) -> bool {
    let principal = scene.principal;
    writers.iter().any(|writer| match writer {
        Writer::Server => principal.is_server,
        _ if principal.is_server => false,
        Writer::Owner => principal.person == scene.owner,
        Writer::Supervisor => principal.supervises(scene.owner),
        Writer::Approver => {
            principal.person != scene.owner && scene.before.approval.approvers.contains(&principal.person)
        }
        Writer::AnyViewer => principal.sees(scene.owner),
    })
}

/// Who may, for a person to read.
pub(super) fn any_of(writers: &[Writer]) -> Words {
    let said: Vec<Words> = writers.iter().copied().map(Words::from).collect();
    let join = |text: fn(&Words) -> &str, or: &str| said.iter().map(text).collect::<Vec<_>>().join(or);
    Words::new(join(|words| &words.en, " or "), join(|words| &words.zh, "或"))
}

pub(super) fn not_allowed(path: &str, expected: impl Into<Words>, scene: &Scene<'_>) -> Refused {
    Rule::WriterNotAllowed.at(path, expected, scene.principal.person)
}
