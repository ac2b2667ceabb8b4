use super::rule::Refused;
use super::scene::Scene;
use super::{Rule, place};
use crate::gate::{Action, Write};
use crate::model::schema::{self, Row};

/// Is everything that is made here made whole: the document, each map, each list element?
pub(super) fn check(scene: &Scene<'_>) -> Result<(), Refused> {
    if scene.creating() {
        check_map(scene, "", None)?;
    }
    for write in scene.writes {
        match (&write.action, &write.element) {
            (Action::InsertMake(_), Some(element)) => check_element(scene, write, element)?,
            (Action::Make(_), None) => {
                if let Some(row) = schema::find(scene.kind, &write.path) {
                    check_map(scene, &write.path, Some(row.path))?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Has the map at `path`, whose row is `pattern`, everything it cannot do without?
///
/// A map that lost against a concurrent one does not show and is not looked at.
fn check_map(scene: &Scene<'_>, path: &str, pattern: Option<&str>) -> Result<(), Refused> {
    let mut needed = needed(scene, pattern).peekable();
    if needed.peek().is_none() {
        return Ok(());
    }
    let Some(map) = place::map_at(scene.after, path, None) else {
        return Ok(());
    };
    match needed.find(|row| place::is_vacant(&map, row.name())) {
        None => Ok(()),
        Some(row) if path.is_empty() => Err(missing(row, row.path)),
        Some(row) => Err(missing(row, &format!("{path}/{}", row.name()))),
    }
}

/// Has the new list element everything it cannot do without? Only this operation can have written in it.
fn check_element(scene: &Scene<'_>, made: &Write, element: &str) -> Result<(), Refused> {
    let is_put = |row: &Row| {
        scene
            .writes_in(element)
            .iter()
            .any(|write| write.path == row.path && write.action != Action::Delete)
    };
    match needed(scene, Some(&made.path)).find(|row| !is_put(row)) {
        None => Ok(()),
        Some(row) => Err(missing(row, row.path)),
    }
}

fn needed<'a>(scene: &Scene<'_>, pattern: Option<&'a str>) -> impl Iterator<Item = &'static Row> + use<'a> {
    schema::rows(scene.kind)
        .iter()
        .filter(move |row| row.required && row.parent() == pattern)
}

fn missing(row: &Row, path: &str) -> Refused {
    Rule::CreationMissing.at(path, row.holds, "nothing")
}
