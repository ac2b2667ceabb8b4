//! Two supervisors lead one team. Offline, one approves an expense and the other rejects it: what arrives first stands, the
//! other hears who was first, and both notes are kept.

use fieldbook_core::document::command::{Answer, Decision};
use fieldbook_core::document::view::{ApprovalStatus, Ruled};
use fieldbook_core::model::Role;
use fieldbook_tests::process::Outcome;
use fieldbook_tests::stories::{Team, minute};

#[test]
fn the_first_stands_and_the_second_keeps_their_note() -> Outcome<()> {
    let mut team = Team::new()?;
    team.hire("Wang Lei", Role::Supervisor, "North")?;
    let (expense, revision) = team.hand_in("Dana", "128.50")?;
    for supervisor in ["Grace", "Wang Lei"] {
        team.sync(supervisor, &minute(5))?;
        assert_eq!(team.asked(supervisor)?.len(), 1, "{supervisor} is asked");
    }
    team.phone("Grace").decide(
        &minute(6),
        expense,
        &revision,
        Decision::Approve,
        Some("fine".to_owned()),
    )?;
    let no = Some("we do not pay for lunch".to_owned());
    team.phone("Wang Lei")
        .decide(&minute(7), expense, &revision, Decision::Reject, no.clone())?;
    for supervisor in ["Grace", "Wang Lei"] {
        let status = team.phone(supervisor).approval(expense)?.status;
        assert_eq!(
            status,
            ApprovalStatus::Provisional,
            "{supervisor} waits for the server"
        );
    }

    // Grace's phone has a connection first.
    team.sync("Grace", &minute(8))?;
    let report = team.sync("Wang Lei", &minute(9))?;
    assert_eq!(report.parked, 0, "a note is not refused");
    team.sync("Dana", &minute(10))?;
    let grace = team.person("Grace");
    for name in ["Dana", "Grace", "Wang Lei"] {
        team.sync(name, &minute(11))?;
        let view = team.phone(name).approval(expense)?;
        assert_eq!(view.status, ApprovalStatus::Approved, "on the phone of {name}");
        assert_eq!(view.outcome.as_ref().and_then(|outcome| outcome.by), Some(grace));
        let late = view
            .decisions
            .iter()
            .find(|decision| decision.decision == Decision::Reject);
        let late = late.ok_or("the second decision is gone")?;
        assert_eq!(late.note, no, "the note is kept");
        let said = Ruled::Refused {
            answer: Answer::Dissent,
            by: Some(grace),
        };
        assert_eq!(
            view.course.ruled.get(&late.id),
            Some(&said),
            "already decided by Grace"
        );
    }
    assert_eq!(team.asked("Wang Lei")?.len(), 0);
    let page = team.phone("Wang Lei").approval_page(expense)?.ok_or("no page")?;
    let told = page.timeline.iter().filter_map(|item| item.value.as_deref());
    assert!(
        told.clone()
            .any(|value| value.contains("dissent") && value.contains(&grace.to_string()))
    );
    Ok(())
}
