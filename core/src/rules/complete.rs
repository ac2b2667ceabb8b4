use super::rule::Refused;
use super::scene::Scene;
use super::{Rule, place};
use crate::gate::{Action, Write};
use crate::model::schema;

/// Is everything that is made here made whole: the document, each map, each list element?
pub(super) fn check(scene: &Scene<'_>) -> Result<(), Refused> {
    if scene.creating() {
        check_map(scene, "", None, None)?;
    }
    for write in scene.writes {
        if !matches!(write.action, Action::Make(_) | Action::InsertMake(_)) {
            continue;
        }
        if let Some(row) = schema::find(scene.kind, &write.path) {
            check_map(scene, &write.path, Some(row.path), Some(write))?;
        }
    }
    Ok(())
}

/// Has the map at `path`, whose row is `pattern`, everything it cannot do without?
///
/// A map that lost against a concurrent one does not show and is not looked at.
fn check_map(
    scene: &Scene<'_>,
    path: &str,
    pattern: Option<&str>,
    made: Option<&Write>,
) -> Result<(), Refused> {
    let element = made.and_then(|write| write.element.as_deref());
    let mut needed = schema::rows(scene.kind)
        .iter()
        .filter(|row| row.required && row.parent() == pattern)
        .peekable();
    if needed.peek().is_none() {
        return Ok(());
    }
    let Some(map) = place::map_at(scene.after, path, element) else {
        return Ok(());
    };
    match needed.find(|row| place::is_vacant(&map, row.name())) {
        None => Ok(()),
        Some(row) => {
            let at = if path.is_empty() {
                row.path.to_owned()
            } else {
                format!("{path}/{}", row.name())
            };
            Err(Rule::CreationMissing.at(&at, row.holds, "nothing"))
        }
    }
}
