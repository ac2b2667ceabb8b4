use super::rule::Refused;
use super::scene::Scene;
use super::{Rule, writer};
use crate::document::view::VisitStatus;
use crate::model::schema::Writer;

const EVENT: &str = "events/[]/event";
const CHECK_IN: &str = "events/[]/check_in";
const REASON: &str = "events/[]/reason";
const BY: &str = "events/[]/by";
const START: &str = "events/[]/start";

/// One text in both languages.
type Both = (&'static str, &'static str);

/// What is expected of a visit that somebody works on.
pub(super) const STARTED: Both = ("a started visit", "进行中的拜访");
const PLANNED: Both = ("a planned visit", "计划中的拜访");
const NOT_OVER: Both = ("a visit that is not over", "尚未结束的拜访");

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
            Some(VisitStatus::Planned) => life.move_plan(scene, element)?,
            None => {}
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
            return Err(self.closed(NOT_OVER));
        }
        self.started = true;
        self.status = VisitStatus::Started;
        Ok(())
    }

    fn finish(&mut self, scene: &Scene<'_>, element: &str) -> Result<(), Refused> {
        rep_with_reading(scene, element)?;
        if self.is_over() {
            return Err(self.closed(STARTED));
        }
        if self.status != VisitStatus::Started {
            return Err(Rule::VisitNotStarted.at(EVENT, STARTED, self.status.name()));
        }
        self.status = VisitStatus::Finished;
        Ok(())
    }

    /// With a reading the rep breaks the visit off; without one a plan is called off, and who could not know that the
    /// visit had begun has made a remark: the ruling says so.
    fn cancel(&mut self, scene: &Scene<'_>, element: &str) -> Result<(), Refused> {
        need(scene, element, REASON, ("the reason", "理由"))?;
        need(scene, element, BY, ("who does it", "操作人"))?;
        if scene.put_in(element, CHECK_IN).is_none() && self.started {
            return self.unaware(scene, element);
        }
        if self.is_over() {
            return Err(self.closed(NOT_OVER));
        }
        self.status = VisitStatus::Cancelled;
        Ok(())
    }

    /// A cancel without a reading, of a visit that has begun: fine only from who did not know.
    fn unaware(&self, scene: &Scene<'_>, element: &str) -> Result<(), Refused> {
        if !knew_of_start(scene, element) {
            return Ok(());
        }
        if self.is_over() {
            return Err(self.closed(NOT_OVER));
        }
        if writer::has_role(scene, &[Writer::Owner]) {
            return reading(scene, element);
        }
        Err(Rule::VisitStarted.at(EVENT, PLANNED, self.status.name()))
    }

    /// Who could not know that the visit had begun has made a remark: the ruling says so.
    fn move_plan(&mut self, scene: &Scene<'_>, element: &str) -> Result<(), Refused> {
        need(scene, element, START, ("the new time", "新的时间"))?;
        need(scene, element, BY, ("who does it", "操作人"))?;
        if self.started && knew_of_start(scene, element) {
            return Err(Rule::PlanStarted.at(START, PLANNED, self.status.name()));
        }
        if !self.started && self.status == VisitStatus::Cancelled {
            return Err(Rule::VisitClosed.at(START, PLANNED, self.status.name()));
        }
        Ok(())
    }

    /// Finished, or broken off after it had started.
    fn is_over(&self) -> bool {
        self.status == VisitStatus::Finished || (self.status == VisitStatus::Cancelled && self.started)
    }

    fn closed(&self, expected: Both) -> Refused {
        Rule::VisitClosed.at(EVENT, expected, self.status.name())
    }
}

/// Had the writer of this event been told that the visit had begun?
fn knew_of_start(scene: &Scene<'_>, element: &str) -> bool {
    let events = scene.after.root().list("events");
    events
        .into_iter()
        .flat_map(|events| events.iter())
        .filter(|(_, event)| event.str("event") == Some("started"))
        .any(|(start, _)| scene.after.knew(element, &start.0))
}

fn rep_with_reading(scene: &Scene<'_>, element: &str) -> Result<(), Refused> {
    if !writer::has_role(scene, &[Writer::Owner]) {
        return Err(writer::not_allowed(
            EVENT,
            ("the rep of the visit", "该拜访的业务员"),
            scene,
        ));
    }
    reading(scene, element)
}

fn reading(scene: &Scene<'_>, element: &str) -> Result<(), Refused> {
    need(
        scene,
        element,
        CHECK_IN,
        ("the reading taken with it", "当时的签到定位"),
    )
}

fn need(scene: &Scene<'_>, element: &str, path: &str, what: Both) -> Result<(), Refused> {
    match scene.put_in(element, path) {
        Some(_) => Ok(()),
        None => Err(Rule::CreationMissing.at(path, what, "nothing")),
    }
}
