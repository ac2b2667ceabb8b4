//! Story 9: a rep resigns at noon while offline; the phone comes back at three. What Dana wrote in the morning counts, what
//! she wrote afterwards waits for somebody to look at it, her phone removes what it held and the operator sees that it has. What
//! somebody who leaves was asked about goes to their successor.

use fieldbook_core::document::command::Decision;
use fieldbook_core::document::view::{ApprovalStatus, CustomerView};
use fieldbook_core::model::Role;
use fieldbook_core::replica::{NewCustomer, ReplicaError};
use fieldbook_core::wire::Ending;
use fieldbook_server::store::Store;
use fieldbook_tests::process::Outcome;
use fieldbook_tests::stories::{Team, meal, minute};

const NOON: i64 = 180;

#[test]
fn the_morning_of_a_rep_who_left_counts_and_the_afternoon_waits() -> Outcome<()> {
    let mut team = Team::new()?;
    let shop = team.customer("Dana", "Sunrise Market")?;
    team.sync("Dana", &minute(3))?;
    team.sync("Grace", &minute(4))?;

    // Dana is offline all day. At noon she resigns; she goes on writing.
    let dana = team.phone("Dana");
    dana.set_tag(&minute(NOON - 30), shop, "wants samples", true)?;
    dana.set_tag(&minute(NOON + 30), shop, "do not visit", true)?;
    dana.set_tag(&minute(NOON + 40), shop, "private", true)?;
    let mut rng = team.rng().clone();
    let later = NewCustomer {
        name: "Corner Shop".to_owned(),
        ..NewCustomer::default()
    };
    let corner = team
        .phone("Dana")
        .add_customer(&minute(NOON + 50), &mut rng, later)?;
    team.leave("Dana", &minute(NOON))?;
    assert_eq!(team.device("Dana")?.closed_ms, None, "nobody knows yet");

    // At three her phone has a connection.
    let report = team.sync("Dana", &minute(NOON + 180))?;
    assert_eq!((report.accepted, report.parked), (1, 3), "the morning counts");

    // Grace sees the morning; the afternoon is in no document.
    team.sync("Grace", &minute(NOON + 181))?;
    let seen = team.phone("Grace").document(shop)?.ok_or("the shop is gone")?;
    assert_eq!(CustomerView::read(&seen)?.tags, ["wants samples"]);
    assert!(team.phone("Grace").document(corner)?.is_none());

    // It is in quarantine, to be read by the operator for whoever takes over.
    let kept = team.quarantined()?;
    assert_eq!(kept.len(), 2);
    let text = serde_json::to_string(&kept)?;
    for word in ["Dana", "rights.left", "do not visit", "private", "Corner Shop"] {
        assert!(text.contains(word), "{word}: {text}");
    }
    assert!(
        !text.contains("wants samples"),
        "what was accepted is not in quarantine as well"
    );

    // The phone holds nothing of the organisation any more, and says why; her own afternoon stays with her.
    let dana = team.phone("Dana");
    assert_eq!(dana.ended()?.map(|ended| ended.how), Some(Ending::Left));
    assert!(dana.document(shop)?.is_none());
    let count = |conn: &rusqlite::Connection| -> Outcome<i64> {
        let count: i64 = conn.query_row("SELECT count(*) FROM kept", [], |row| row.get(0))?;
        Ok(count)
    };
    let kept = dana.store().read(count)?;
    assert_eq!(kept, 0, "nor what other phones keep of records that leave them");
    assert_eq!(dana.parked()?.len(), 3);
    assert!(dana.export_parked()?.to_string().contains("Corner Shop"));
    let refused = dana.set_tag(&minute(NOON + 190), shop, "x", true);
    assert!(
        matches!(refused, Err(ReplicaError::Refused(ref reason)) if reason.rule == "rights.left"),
        "{refused:?}"
    );

    // The operator sees that it is done; the phone is locked.
    assert!(team.device("Dana")?.closed_ms.is_some());
    assert!(team.sync("Dana", &minute(NOON + 200)).is_err());
    Ok(())
}

#[test]
fn setting_the_clock_back_does_not_make_it_morning_again() -> Outcome<()> {
    let mut team = Team::new()?;
    let shop = team.customer("Dana", "Sunrise Market")?;
    team.sync("Dana", &minute(3))?;
    team.leave("Dana", &minute(NOON))?;
    // One in the afternoon, but her phone says eleven: it knows better since it last spoke with the server.
    let mut now = minute(NOON + 60);
    now.at = minute(NOON - 60).at;
    team.phone("Dana").set_tag(&now, shop, "wants samples", true)?;
    let report = team.sync("Dana", &minute(NOON + 180))?;
    assert_eq!((report.accepted, report.parked), (0, 1));
    Ok(())
}

#[test]
fn a_lost_phone_hands_in_for_the_supervisor_to_look_at() -> Outcome<()> {
    let mut team = Team::new()?;
    let shop = team.customer("Dana", "Sunrise Market")?;
    team.sync("Dana", &minute(3))?;
    team.phone("Dana")
        .set_tag(&minute(NOON - 30), shop, "before", true)?;
    team.phone("Dana")
        .set_tag(&minute(NOON + 30), shop, "after", true)?;
    team.revoke("Dana", &minute(NOON))?;
    let report = team.sync("Dana", &minute(NOON + 180))?;
    assert_eq!(
        (report.accepted, report.parked),
        (0, 2),
        "whoever holds it changes nothing"
    );
    let kept = serde_json::to_string(&team.quarantined()?)?;
    assert!(kept.contains("before") && kept.contains("rights.revoked"));
    assert!(team.device("Dana")?.closed_ms.is_some());
    assert!(team.phone("Dana").document(shop)?.is_none());
    team.sync("Grace", &minute(NOON + 181))?;
    let seen = team.phone("Grace").document(shop)?.ok_or("the shop is gone")?;
    assert_eq!(CustomerView::read(&seen)?.tags, Vec::<String>::new());
    Ok(())
}

#[test]
fn what_the_one_who_left_was_asked_about_is_decided_by_the_successor() -> Outcome<()> {
    let mut team = Team::new()?;
    let mut rng = team.rng().clone();
    let dana = team.phone("Dana");
    let lunch = dana.draft_expense(&minute(1), &mut rng, "Lunch", "CNY".parse()?, None, None)?;
    let line = meal(1, "88");
    dana.add_expense_line(&minute(1), lunch, line)?;
    let revision = dana.submit(&minute(2), lunch)?;
    team.sync("Dana", &minute(3))?;
    team.sync("Grace", &minute(4))?;
    assert_eq!(team.asked("Grace")?.len(), 1, "she is asked, and has not decided");

    // Grace leaves at noon; Wang Lei leads the team from then on. She decides offline an hour later.
    team.leave("Grace", &minute(NOON))?;
    team.hire("Wang Lei", Role::Supervisor, "North")?;
    team.phone("Grace")
        .decide(&minute(NOON + 60), lunch, &revision, Decision::Approve, None)?;
    let report = team.sync("Grace", &minute(NOON + 180))?;
    assert_eq!((report.accepted, report.parked), (0, 1), "too late to count");
    team.sync("Wang Lei", &minute(NOON + 181))?;
    assert_eq!(team.asked("Wang Lei")?.len(), 1, "the successor is asked");
    assert_eq!(
        team.phone("Wang Lei").approval(lunch)?.status,
        ApprovalStatus::Submitted
    );

    team.phone("Wang Lei")
        .decide(&minute(NOON + 182), lunch, &revision, Decision::Approve, None)?;
    for name in ["Wang Lei", "Dana"] {
        team.sync(name, &minute(NOON + 183))?;
    }
    let view = team.phone("Dana").approval(lunch)?;
    assert_eq!(view.status, ApprovalStatus::Approved);
    assert_eq!(
        view.outcome.and_then(|outcome| outcome.by),
        Some(team.person("Wang Lei"))
    );
    let tenant = team.tenant();
    assert_eq!(
        team.store()
            .read(|reader| reader.open_approvals(tenant, None, 9))?,
        []
    );
    Ok(())
}
