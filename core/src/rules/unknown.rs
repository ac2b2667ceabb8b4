use automerge::ScalarValue;

use super::rule::Refused;
use super::scene::Scene;
use super::{Rule, writer};
use crate::gate::{Action, Write};
use crate::model::Kind;
use crate::model::schema::{self, Class, Row, Writer};
use crate::wire::SCHEMA_VERSION;

/// The longest string at a path that is not known yet.
const LONGEST: usize = 2000;

/// A path that is not in the table: from a newer app a scalar that merges, from any other a mistake.
pub(super) fn check(scene: &Scene<'_>, write: &Write) -> Result<(), Refused> {
    let path = write.path.as_str();
    if scene.schema <= SCHEMA_VERSION {
        return Err(Rule::UnknownPath.at(path, "a path of the table", path));
    }
    match &write.action {
        Action::Put(ScalarValue::Str(text)) if text.chars().count() > LONGEST => {
            return Err(Rule::ValueTooLong.at(path, format!("at most {LONGEST} characters"), text));
        }
        Action::Put(_) | Action::Delete => {}
        _ => return Err(Rule::UnknownPath.at(path, "a scalar", "an object")),
    }
    match path.rsplit_once('/').and_then(|(around, _)| schema::find(scene.kind, around)) {
        Some(around) => check_around(scene, around, write),
        None => check_root(scene, write),
    }
}

/// A new field of a known map is written by the same people, and belongs to a fact when the map is one.
fn check_around(scene: &Scene<'_>, around: &Row, write: &Write) -> Result<(), Refused> {
    writer::check(scene, around, &write.path)?;
    let new = scene.creating() || scene.is_inserted(write);
    if around.class == Class::Fact && !new && !around.path.starts_with("custom") {
        return Err(Rule::FactRewritten.at(&write.path, "written once", "added later"));
    }
    Ok(())
}

/// A new field of the root: of a check-in a fact, of an approval a part of the draft, else shared.
fn check_root(scene: &Scene<'_>, write: &Write) -> Result<(), Refused> {
    let path = write.path.as_str();
    if path.contains('/') {
        return Err(Rule::UnknownPath.at(path, "a field of the root or of a known map", path));
    }
    let writers: &[Writer] = match scene.kind {
        Kind::Customer | Kind::Visit => &[Writer::Owner, Writer::Supervisor, Writer::Server],
        Kind::CheckIn | Kind::Activity | Kind::Approval => &[Writer::Owner],
    };
    if !writer::has_role(scene, writers) {
        return Err(writer::not_allowed(path, "somebody in charge of it", scene));
    }
    if scene.kind == Kind::CheckIn && !scene.creating() {
        return Err(Rule::FactRewritten.at(path, "written once", "added later"));
    }
    match scene.before.approval.closed {
        Some(decision) => Err(Rule::ApprovalClosed.at(path, "an open request", decision.name())),
        None => Ok(()),
    }
}
