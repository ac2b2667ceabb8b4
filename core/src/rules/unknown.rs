use automerge::ScalarValue;

use super::rule::Refused;
use super::scene::Scene;
use super::{Rule, step, value, writer};
use crate::gate::{Action, Write};
use crate::model::Kind;
use crate::model::schema::{self, Row, Writer};
use crate::wire::SCHEMA_VERSION;

/// The longest string at a path that is not known yet.
const LONGEST: usize = 2000;

/// A path that is not in the table: from a newer app a scalar that merges, from any other a mistake.
pub(super) fn check(scene: &Scene<'_>, write: &Write) -> Result<(), Refused> {
    let path = write.path.as_str();
    if scene.schema <= SCHEMA_VERSION {
        return Err(Rule::UnknownPath.at(path, ("a path of the table", "规则表中的字段"), path));
    }
    match &write.action {
        Action::Put(ScalarValue::Str(text)) if text.chars().count() > LONGEST => {
            return Err(Rule::ValueTooLong.at(path, value::at_most(LONGEST), text));
        }
        Action::Put(_) | Action::Delete => {}
        _ => return Err(Rule::UnknownPath.at(path, ("a scalar", "单个值"), "an object")),
    }
    match path.rsplit_once('/') {
        Some((around, _)) => match sibling(scene.kind, around) {
            Some(row) => step::check_row(scene, row, write, path),
            None => Err(Rule::UnknownPath.at(path, ("a field of a known map", "已知对象中的字段"), path)),
        },
        None => check_root(scene, path),
    }
}

/// A new field of a known map is written by whom and when its first known field is.
fn sibling(kind: Kind, around: &str) -> Option<&'static Row> {
    let around = schema::find(kind, around)?;
    schema::rows(kind)
        .iter()
        .find(|row| row.parent() == Some(around.path))
}

/// A new field of the root: of a check-in a fact, of an approval a part of the draft, else shared.
fn check_root(scene: &Scene<'_>, path: &str) -> Result<(), Refused> {
    let writers: &[Writer] = match scene.kind {
        Kind::Customer | Kind::Visit => &[Writer::Owner, Writer::Supervisor, Writer::Server],
        Kind::CheckIn | Kind::Activity | Kind::Approval => &[Writer::Owner],
    };
    if !writer::has_role(scene, writers) {
        return Err(writer::not_allowed(
            path,
            ("somebody in charge of it", "负责该记录的人"),
            scene,
        ));
    }
    if scene.kind == Kind::CheckIn && !scene.creating() {
        return Err(Rule::FactRewritten.at(path, step::WRITTEN_ONCE, "added later"));
    }
    match scene.before.approval.closed {
        Some(decision) => Err(Rule::ApprovalClosed.at(path, step::OPEN_REQUEST, decision.name())),
        None => Ok(()),
    }
}
