use super::{Ruling, Scene, Unruled};
use crate::document::Command;
use crate::document::command::RuleRemark;
use crate::document::view::{VisitEvent, VisitStatus, VisitView};

/// A real check-in beats a plan change, whichever arrived first: a cancel, or a move that the rep did not know of when
/// they went in, becomes a remark. One ruling for each, in the order of the document.
pub(super) fn remark(scene: &Scene<'_>) -> Result<Option<Ruling>, Unruled> {
    let visit = VisitView::read(scene.index)?;
    let is_start = |event: &&VisitEvent| event.event == VisitStatus::Started && event.check_in.is_some();
    let starts: Vec<&VisitEvent> = visit.events.iter().filter(is_start).collect();
    if starts.is_empty() {
        return Ok(None);
    }
    let known = |event: &VisitEvent| starts.iter().any(|start| scene.index.knew(&start.id, &event.id));
    let beaten = visit.events.iter().find(|event| {
        let holds = event.event == VisitStatus::Planned && known(event);
        event.is_plan_change() && event.remark.is_none() && !holds
    });
    Ok(beaten.map(|event| {
        Ruling::new(Command::RuleRemark(RuleRemark {
            document: scene.document,
            event: event.id.clone(),
            by: event.by.unwrap_or(visit.rep),
            at: scene.now,
            ruling: scene.number,
        }))
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::fixture::*;
    use crate::document::view::VisitView;
    use crate::rulings::testing::{Desktop, scene};

    fn ruled(desk: &mut Desk) -> usize {
        let mut count = 0;
        while let Some(ruling) = remark(&scene(desk, document(2), &Desktop::default())).unwrap() {
            desk.run(9, &ruling.command).unwrap();
            count += 1;
        }
        count
    }

    fn read(desk: &Desk) -> VisitView {
        VisitView::read(&desk.index).unwrap()
    }

    /// The rep and the supervisor each do something that the other does not know of; what becomes of it when it arrives
    /// in this order?
    fn apart(first: &Command, second: &Command) -> Desk {
        let mut one = Desk::with(&[plan_visit()]);
        let mut two = one.clone();
        one.run(1, first).unwrap();
        two.run(3, second).unwrap();
        one.merge(&two);
        one
    }

    #[test]
    fn a_check_in_beats_a_cancel_and_a_move_in_either_order() {
        for change in [cancel_visit(None), move_plan(200)] {
            for (first, second) in [(&change, &start_visit()), (&start_visit(), &change)] {
                let mut desk = apart(first, second);
                assert_eq!(ruled(&mut desk), 1);
                let visit = read(&desk);
                assert_eq!((visit.status, visit.plan_start), (VisitStatus::Started, at(60)));
                let remarks: Vec<_> = visit
                    .events
                    .iter()
                    .filter(|event| event.remark.is_some())
                    .collect();
                assert_eq!(remarks.len(), 1);
                assert_eq!(remarks[0].remark.as_ref().unwrap().ruling, 41);
                assert_eq!(ruled(&mut desk), 0, "once is enough");
            }
        }
    }

    #[test]
    fn a_move_that_the_rep_knew_of_holds_and_a_cancel_never_does() {
        let mut desk = Desk::with(&[plan_visit(), move_plan(200), start_visit()]);
        assert_eq!(ruled(&mut desk), 0);
        assert_eq!(read(&desk).plan_start, at(200));
        let mut desk = Desk::with(&[plan_visit(), cancel_visit(None), start_visit()]);
        assert_eq!(ruled(&mut desk), 1);
        assert_eq!(read(&desk).status, VisitStatus::Started);
    }

    #[test]
    fn without_a_check_in_the_plan_is_what_people_say() {
        let mut desk = Desk::with(&[plan_visit(), move_plan(200), cancel_visit(None)]);
        assert_eq!(ruled(&mut desk), 0);
        assert_eq!(
            (read(&desk).status, read(&desk).plan_start),
            (VisitStatus::Cancelled, at(200))
        );
    }

    #[test]
    fn a_reading_without_a_start_beats_no_plan() {
        // The rep stood before a closed door and called it off there; the supervisor moved it meanwhile.
        let mut desk = apart(&cancel_visit(Some(document(4))), &move_plan(200));
        assert_eq!(ruled(&mut desk), 0);
    }

    #[test]
    fn breaking_a_visit_off_is_no_change_of_its_plan() {
        let mut desk = Desk::with(&[plan_visit(), start_visit(), cancel_visit(Some(document(4)))]);
        assert_eq!(ruled(&mut desk), 0);
        assert_eq!(read(&desk).status, VisitStatus::Cancelled);
    }
}
