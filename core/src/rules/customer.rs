use super::rule::Refused;
use super::scene::Scene;
use super::{Rule, writer};
use crate::model::PersonId;
use crate::model::schema::Writer;

const WANT: &str = "requests/[]/want";
const TO: &str = "requests/[]/to";
const SAW: &str = "requests/[]/saw";

/// Judges the requests that an operation adds: who may ask for what. Whether it is granted is for the ruling.
pub(super) fn check(scene: &Scene<'_>) -> Result<(), Refused> {
    for element in scene.inserted_at("requests/[]") {
        let (in_charge, needs_a_value): (&[Writer], bool) = match scene.put_in(element, WANT) {
            Some("claim") => (&[Writer::AnyViewer], false),
            Some("release") => (&[Writer::Owner, Writer::Supervisor], false),
            Some("grade") => (&[Writer::Owner, Writer::Supervisor], true),
            _ => (&[Writer::Supervisor], true),
        };
        if !writer::has_role(scene, in_charge) {
            return Err(writer::not_allowed(WANT, writer::any_of(in_charge), scene));
        }
        let to = scene.put_in(element, TO);
        if needs_a_value && to.is_none() {
            return Err(Rule::CreationMissing.at(TO, ("what it is to be", "变更后的值"), "nothing"));
        }
        let saw = scene.put_in(element, SAW);
        match scene.put_in(element, WANT) {
            Some("owner") => check_person(TO, to).and_then(|()| check_person(SAW, saw))?,
            Some("release") => check_person(SAW, saw)?,
            _ => {}
        }
    }
    Ok(())
}

fn check_person(path: &'static str, value: Option<&str>) -> Result<(), Refused> {
    if value.and_then(|id| id.parse::<PersonId>().ok()).is_some() {
        return Ok(());
    }
    Err(Rule::ValueType.at(
        path,
        ("the id of a person", "人员编号"),
        value.unwrap_or("nothing"),
    ))
}
