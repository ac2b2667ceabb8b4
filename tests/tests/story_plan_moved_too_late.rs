//! The supervisor moves a visit that the rep, offline, has already started. The real visit stands; the supervisor's
//! words are kept, and become a remark.

use fieldbook_core::document::Command;
use fieldbook_core::document::command::EditNote;
use fieldbook_core::document::view::{VisitStatus, VisitView};
use fieldbook_core::replica::query;
use fieldbook_core::replica::query::DocumentState;
use fieldbook_tests::process::Outcome;
use fieldbook_tests::stories::{Team, minute};

#[test]
fn a_plan_moved_too_late_becomes_a_remark() -> Outcome<()> {
    let mut team = Team::new()?;
    let shop = team.customer("Dana", "Sunrise Market")?;
    let visit = team.plan("Dana", shop, 60)?;
    team.sync("Dana", &minute(3))?;
    team.sync("Grace", &minute(4))?;

    // Both are offline: Dana goes in, Grace moves the visit to the afternoon and adds a wish.
    let mut rng = team.rng().clone();
    team.phone("Dana").start_visit(
        &minute(61),
        &mut rng,
        visit,
        None,
        Some("in the basement".to_owned()),
    )?;
    let wish = "ask for Ms Li, bring price list";
    team.phone("Grace")
        .move_visit(&minute(70), visit, minute(300).at, Some(wish.to_owned()))?;
    team.phone("Grace")
        .set_next_step(&minute(71), visit, "call on Friday".to_owned())?;

    assert_eq!(team.sync("Dana", &minute(90))?.accepted, 2);
    let report = team.sync("Grace", &minute(95))?;
    assert_eq!(
        (report.accepted, report.parked),
        (1, 1),
        "the move is parked, the innocent next step goes through"
    );

    let parked = team.phone("Grace").parked()?;
    assert_eq!(parked.len(), 1);
    let rejection = parked[0].rejection.clone().ok_or("no reason")?;
    assert_eq!(
        (rejection.rule.as_str(), rejection.path.as_str()),
        ("plan.started", "plan/start")
    );
    assert!(!rejection.suggestion.en.is_empty() && !rejection.suggestion.zh.is_empty());
    assert!(parked[0].recorded.contains(wish), "her own words");
    assert!(team.phone("Grace").export_parked()?.to_string().contains(wish));
    let state = team
        .phone("Grace")
        .store()
        .read(|conn| query::state_of(conn, visit))?;
    assert_eq!(state, Some(DocumentState::Attention));

    // She makes it a remark; Dana reads it on her next contact.
    let remark = EditNote {
        document: visit,
        position: 0,
        delete: 0,
        insert: wish.to_owned(),
    };
    team.phone("Grace")
        .resend_parked(&minute(100), parked[0].id, &Command::EditNote(remark))?;
    assert!(team.phone("Grace").parked()?.is_empty());
    assert_eq!(team.sync("Grace", &minute(101))?.accepted, 1);
    team.sync("Dana", &minute(102))?;
    let seen = team.phone("Dana").document(visit)?.ok_or("the visit is gone")?;
    let seen = VisitView::read(&seen)?;
    assert_eq!((seen.status, seen.notes.as_str()), (VisitStatus::Started, wish));
    assert_eq!(seen.plan_start, minute(60).at, "the plan stays");
    assert_eq!(seen.next_step.as_deref(), Some("call on Friday"));
    Ok(())
}
