use super::Rule;
use super::rule::Refused;
use super::scene::Scene;
use crate::document::command::Decision;
use crate::document::view;
use crate::model::Words;

/// Judges what an operation hands in or decides against the document as it then is.
pub(super) fn check(scene: &Scene<'_>) -> Result<(), Refused> {
    if let Some(element) = the_only(scene, "submissions/[]")? {
        check_submission(scene, element)?;
    }
    if let Some(element) = the_only(scene, "withdrawals/[]")? {
        check_known(scene, element, "withdrawals/[]/revision", Rule::WithdrawnDraft)?;
    }
    if let Some(element) = the_only(scene, "decisions/[]")? {
        check_known(scene, element, "decisions/[]/revision", Rule::UnknownRevision)?;
        check_note(scene, element)?;
    }
    if let Some(element) = the_only(scene, "handovers/[]")? {
        check_known(scene, element, "handovers/[]/revision", Rule::UnknownRevision)?;
        check_to(scene, element)?;
    }
    Ok(())
}

/// Whoever says no, says why.
fn check_note(scene: &Scene<'_>, element: &str) -> Result<(), Refused> {
    const NOTE: &str = "decisions/[]/note";
    let decision = scene.put_in(element, "decisions/[]/decision").unwrap_or_default();
    let note = scene.put_in(element, NOTE).unwrap_or_default();
    if decision == Decision::Approve.name() || !note.trim().is_empty() {
        return Ok(());
    }
    Err(Rule::NoteMissing.at(NOTE, ("the reason", "理由"), "nothing"))
}

/// Whether the person may be asked is for the ruling; these two never may.
fn check_to(scene: &Scene<'_>, element: &str) -> Result<(), Refused> {
    const TO: &str = "handovers/[]/to";
    let to = scene.put_in(element, TO).unwrap_or_default();
    if to == scene.owner.to_string() || to == scene.principal.person.to_string() {
        return Err(Rule::HandoverTo.at(TO, ("somebody else", "另一位同事"), to));
    }
    Ok(())
}

/// The element that the operation inserts into the list at `path`: a person hands in or decides once at a time, and each
/// is compared with the whole draft.
fn the_only<'a>(scene: &Scene<'a>, path: &'static str) -> Result<Option<&'a str>, Refused> {
    let mut inserted = scene.inserted_at(path);
    let only = inserted.next();
    match inserted.count() {
        0 => Ok(only),
        more => Err(Rule::ApprovalOnce.at(path, ("one at a time", "一次一项"), more + 1)),
    }
}

/// The draft must be what the applicant saw: same content hash, same total, and not what was just returned.
fn check_submission(scene: &Scene<'_>, element: &str) -> Result<(), Refused> {
    const REVISION: &str = "submissions/[]/revision";
    const TOTAL: &str = "submissions/[]/total";
    let root = scene.after.root();
    let has_lines = root.list("lines").is_some_and(|lines| !lines.is_empty());
    let has_fields = root.map("fields").is_some_and(|fields| !fields.keys().is_empty());
    if !has_lines && !has_fields {
        return Err(Rule::SubmissionEmpty.at(
            "lines",
            ("at least one line or field", "至少一条明细或一个字段"),
            "none",
        ));
    }
    let named = scene.put_in(element, REVISION).unwrap_or_default();
    let revision = view::revision(scene.after);
    if named != revision {
        return Err(Rule::SubmissionRevision.at(REVISION, Words::same(&revision), named));
    }
    if scene.before.approval.returned.as_ref() == Some(&revision) {
        return Err(Rule::SubmissionUnchanged.at(
            REVISION,
            ("a changed request", "修改后的申请"),
            "as it was returned",
        ));
    }
    let sum = view::total(scene.after);
    let total = scene.put_in(element, TOTAL);
    if total.map(str::parse) != sum.map(Ok) {
        let expected = sum.map_or_else(|| Words::new("no total", "不填合计"), Words::same);
        return Err(Rule::SubmissionTotal.at(TOTAL, expected, total.unwrap_or("nothing")));
    }
    Ok(())
}

/// It names something that was handed in; whether it is still the current one is for the ruling.
fn check_known(scene: &Scene<'_>, element: &str, path: &'static str, rule: Rule) -> Result<(), Refused> {
    let named = scene.put_in(element, path);
    let submissions = scene.after.root().list("submissions");
    let known = submissions
        .into_iter()
        .flat_map(|list| list.iter())
        .any(|(_, submission)| submission.str("revision") == named);
    if known {
        return Ok(());
    }
    Err(rule.at(
        path,
        ("a revision that was handed in", "已提交的版本"),
        named.unwrap_or("nothing"),
    ))
}
