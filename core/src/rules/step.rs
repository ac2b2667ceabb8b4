use super::rule::Refused;
use super::scene::Scene;
use super::{Rule, place, unknown, value, visit, writer};
use crate::document::view::VisitStatus;
use crate::gate::{Action, Write};
use crate::model::schema::{self, Class, Row, State, Type};

/// Judges one write by its row: who, the class, when, what.
pub(super) fn check(scene: &Scene<'_>, write: &Write) -> Result<(), Refused> {
    let path = row_path(write);
    let Some(row) = schema::find(scene.kind, path) else {
        return unknown::check(scene, write);
    };
    check_row(scene, row, write, path)?;
    value::check_key(row, path)?;
    value::check(scene, row, write, path)
}

/// Whatever the value: may this person write the row, and may it be written now?
pub(super) fn check_row(scene: &Scene<'_>, row: &Row, write: &Write, path: &str) -> Result<(), Refused> {
    writer::check(scene, row, path)?;
    check_class(scene, row, write)?;
    check_state(scene, row, write, path)
}

/// Typing in a text is a write of the text.
fn row_path(write: &Write) -> &str {
    match write.action {
        Action::InsertText(_) | Action::DeleteText(_) => {
            write.path.strip_suffix("/[]").unwrap_or(&write.path)
        }
        _ => &write.path,
    }
}

/// What is expected of a fact.
pub(super) const WRITTEN_ONCE: (&str, &str) = ("written once", "只写一次");

/// What is expected of a request that somebody edits.
pub(super) const OPEN_REQUEST: (&str, &str) = ("an open request", "尚未结束的申请");

/// Facts are written once; containers are made with the document and stay. An element of any list is inserted and
/// perhaps deleted, never replaced: what its fields need was checked when it was inserted.
fn check_class(scene: &Scene<'_>, row: &Row, write: &Write) -> Result<(), Refused> {
    let rewritten = || Err(Rule::FactRewritten.at(&write.path, WRITTEN_ONCE, describe(write)));
    if write.path.ends_with("/[]") && matches!(write.action, Action::Make(_) | Action::Put(_)) {
        return Err(Rule::FactRewritten.at(&write.path, WRITTEN_ONCE, "replaced"));
    }
    if row.is_container() && matches!(write.action, Action::Make(_) | Action::Put(_) | Action::Delete) {
        let first = matches!(write.action, Action::Make(_) | Action::Put(_)) && scene.creating();
        return if first && !write.prior {
            Ok(())
        } else {
            rewritten()
        };
    }
    if row.class != Class::Fact {
        return Ok(());
    }
    let old_element = write.element.is_some() && !scene.is_inserted(write);
    if old_element || write.prior || write.action == Action::Delete {
        return rewritten();
    }
    Ok(())
}

fn describe(write: &Write) -> &'static str {
    match write.action {
        Action::Delete | Action::DeleteText(_) => "deleted",
        _ if write.prior => "written again",
        _ => "added later",
    }
}

/// How long the author of a list element may edit it, in milliseconds: 24 hours.
const FRESH_MS: i64 = 24 * 3600 * 1000;

/// By the dates of both operations and not by their arrival: what was corrected in time offline stands, however late it
/// is handed in.
fn check_fresh(scene: &Scene<'_>, write: &Write, path: &str) -> Result<(), Refused> {
    if scene.is_inserted(write) {
        return Ok(());
    }
    let made_ms = write
        .element
        .as_deref()
        .and_then(|element| scene.after.inserted_ms(element));
    let at_ms = i64::try_from(scene.at_ms).unwrap_or(i64::MAX);
    if made_ms.is_some_and(|made_ms| at_ms.saturating_sub(made_ms) <= FRESH_MS) {
        return Ok(());
    }
    Err(Rule::EntryClosed.at(
        path,
        ("within 24 hours of the entry", "记录后 24 小时内"),
        "later",
    ))
}

fn check_state(scene: &Scene<'_>, row: &Row, write: &Write, path: &str) -> Result<(), Refused> {
    let status = scene.visit();
    match row.when {
        State::Always | State::Event => Ok(()),
        State::Creation if scene.creating() => Ok(()),
        State::Creation => {
            Err(Rule::FactRewritten.at(path, ("written at creation", "创建时写入"), "added later"))
        }
        State::Started => match status {
            VisitStatus::Started => Ok(()),
            VisitStatus::Planned => Err(Rule::VisitNotStarted.at(path, visit::STARTED, status.name())),
            VisitStatus::Cancelled | VisitStatus::Finished => {
                Err(Rule::VisitClosed.at(path, visit::STARTED, status.name()))
            }
        },
        State::Fresh => check_fresh(scene, write, path),
        State::Open => match scene.before.approval.closed {
            None => Ok(()),
            Some(decision) => Err(Rule::ApprovalClosed.at(path, OPEN_REQUEST, decision.name())),
        },
        State::Submitted if scene.before.approval.submitted => Ok(()),
        State::Submitted => {
            Err(Rule::NotSubmitted.at(path, ("a request that was handed in", "已提交的申请"), "a draft"))
        }
    }
}

/// May this key be deleted? Not when the map around it cannot do without and nothing is left there.
///
/// A delete that only settles a conflict leaves the winning value, and is fine.
pub(super) fn check_delete(scene: &Scene<'_>, row: &Row, write: &Write) -> Result<(), Refused> {
    let needed = row.required && !matches!(row.holds, Type::Record);
    if needed && place::holds_nothing(scene.after, &write.path, write.element.as_deref()) {
        return Err(Rule::ValueRequired.at(&write.path, row.holds, "deleted"));
    }
    Ok(())
}
