use super::rule::Refused;
use super::scene::Scene;
use super::{Rule, writer};
use crate::document::view::VisitStatus;
use crate::model::schema::Writer;

const EVENT: &str = "events/[]/event";
const CHECK_IN: &str = "events/[]/check_in";
const REASON: &str = "events/[]/reason";

/// Judges the events that an operation adds, one after the other, by the life of the visit.
pub(super) fn check(scene: &Scene<'_>) -> Result<(), Refused> {
    let mut life = Life {
        status: scene.visit(),
        started: scene.before.started,
    };
    for element in scene.inserted_at("events/[]") {
        let event = scene.put_in(element, EVENT).and_then(VisitStatus::from_event);
        match event {
            Some(VisitStatus::Started) => life.start(scene, element)?,
            Some(VisitStatus::Finished) => life.finish(scene, element)?,
            Some(VisitStatus::Cancelled) => life.cancel(scene, element)?,
            Some(VisitStatus::Planned) | None => {}
        }
    }
    Ok(())
}

/// Where the visit stands; a plan that was called off can still be visited, because whoever called it off
/// could not know that the rep was there.
struct Life {
    status: VisitStatus,
    started: bool,
}

impl Life {
    fn start(&mut self, scene: &Scene<'_>, element: &str) -> Result<(), Refused> {
        rep_with_reading(scene, element)?;
        if self.is_over() {
            return Err(self.closed("a visit that is not over"));
        }
        self.started = true;
        self.status = VisitStatus::Started;
        Ok(())
    }

    fn finish(&mut self, scene: &Scene<'_>, element: &str) -> Result<(), Refused> {
        rep_with_reading(scene, element)?;
        if self.is_over() {
            return Err(self.closed("a started visit"));
        }
        if self.status != VisitStatus::Started {
            return Err(Rule::VisitNotStarted.at(EVENT, "a started visit", self.status.name()));
        }
        self.status = VisitStatus::Finished;
        Ok(())
    }

    fn cancel(&mut self, scene: &Scene<'_>, element: &str) -> Result<(), Refused> {
        if scene.put_in(element, REASON).is_none() {
            return Err(Rule::CreationMissing.at(REASON, "why", "nothing"));
        }
        if self.is_over() {
            return Err(self.closed("a visit that is not over"));
        }
        if self.status == VisitStatus::Started {
            if !writer::has_role(scene, &[Writer::Owner]) {
                return Err(Rule::VisitStarted.at(EVENT, "a planned visit", self.status.name()));
            }
            reading(scene, element)?;
        }
        self.status = VisitStatus::Cancelled;
        Ok(())
    }

    /// Finished, or broken off after it had started.
    fn is_over(&self) -> bool {
        self.status == VisitStatus::Finished || (self.status == VisitStatus::Cancelled && self.started)
    }

    fn closed(&self, expected: &str) -> Refused {
        Rule::VisitClosed.at(EVENT, expected, self.status.name())
    }
}

fn rep_with_reading(scene: &Scene<'_>, element: &str) -> Result<(), Refused> {
    if !writer::has_role(scene, &[Writer::Owner]) {
        return Err(writer::not_allowed(EVENT, "the rep of the visit", scene));
    }
    reading(scene, element)
}

fn reading(scene: &Scene<'_>, element: &str) -> Result<(), Refused> {
    match scene.put_in(element, CHECK_IN) {
        Some(_) => Ok(()),
        None => Err(Rule::CreationMissing.at(CHECK_IN, "the reading taken with it", "nothing")),
    }
}
