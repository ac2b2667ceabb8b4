use rust_decimal::Decimal;

use super::Rule;
use super::rule::Refused;
use super::scene::Scene;
use crate::document::view;
use crate::gate::MapView;

/// Judges what an operation hands in or decides against the document as it then is.
pub(super) fn check(scene: &Scene<'_>) -> Result<(), Refused> {
    if let Some(element) = the_only(scene, "submissions/[]")? {
        check_submission(scene, element)?;
    }
    if let Some(element) = the_only(scene, "decisions/[]")? {
        check_decision(scene, element)?;
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
        more => Err(Rule::ApprovalOnce.at(path, "one at a time", more + 1)),
    }
}

/// The draft must be what the applicant saw: same content hash, same sum, and not what was just returned.
fn check_submission(scene: &Scene<'_>, element: &str) -> Result<(), Refused> {
    const REVISION: &str = "submissions/[]/revision";
    const TOTAL: &str = "submissions/[]/total";
    let amounts = amounts(scene.after.root());
    if amounts.is_empty() {
        return Err(Rule::SubmissionEmpty.at("lines", "at least one line", "none"));
    }
    let named = scene.put_in(element, REVISION).unwrap_or_default();
    let revision = view::revision(scene.after);
    if named != revision {
        return Err(Rule::SubmissionRevision.at(REVISION, revision, named));
    }
    if scene.before.approval.returned.as_ref() == Some(&revision) {
        return Err(Rule::SubmissionUnchanged.at(REVISION, "a changed request", "as it was returned"));
    }
    let total = scene.put_in(element, TOTAL).unwrap_or_default();
    let sum: Decimal = amounts.into_iter().sum();
    if total.parse() != Ok(sum) {
        return Err(Rule::SubmissionTotal.at(TOTAL, sum, total));
    }
    Ok(())
}

/// A decision names something that was handed in; whether it is still the current one is for the ruling.
fn check_decision(scene: &Scene<'_>, element: &str) -> Result<(), Refused> {
    const REVISION: &str = "decisions/[]/revision";
    let named = scene.put_in(element, REVISION);
    let submissions = scene.after.root().list("submissions");
    let known = submissions
        .into_iter()
        .flat_map(|list| list.iter())
        .any(|(_, submission)| submission.str("revision") == named);
    if known {
        return Ok(());
    }
    Err(Rule::UnknownRevision.at(
        REVISION,
        "a revision that was handed in",
        named.unwrap_or("nothing"),
    ))
}

fn amounts(root: MapView<'_>) -> Vec<Decimal> {
    let lines = root.list("lines").into_iter().flat_map(|lines| lines.iter());
    lines
        .filter_map(|(_, line)| line.str("amount")?.parse().ok())
        .collect()
}
