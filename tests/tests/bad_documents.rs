//! One thing that does not read stops nothing else: not the news, not the upload, not the person.

use fieldbook_core::replica::ReplicaError;
use fieldbook_core::replica::query::{self, DocumentState};
use fieldbook_tests::process::Outcome;
use fieldbook_tests::stories::{Team, minute};

/// Spoils the stored history of a document, as a bad block would.
fn spoil(team: &Team, name: &str, document: fieldbook_core::model::DocumentId) -> Outcome<()> {
    team.phone(name).store().write(|tx| -> Result<(), ReplicaError> {
        let sql = "UPDATE segment SET body = x'00ff00ff' WHERE document = ?1";
        tx.execute(sql, [document.as_bytes()])
            .map_err(fieldbook_core::replica::StoreError::from)?;
        Ok(())
    })?;
    Ok(())
}

#[test]
fn news_of_a_damaged_document_do_not_hold_up_the_others() -> Outcome<()> {
    let mut team = Team::new()?;
    let bad = team.customer("Dana", "Sunrise Market")?;
    let good = team.customer("Dana", "Harbour Kiosk")?;
    team.sync("Dana", &minute(2))?;
    team.sync("Grace", &minute(3))?;
    spoil(&team, "Grace", bad)?;
    for shop in [bad, good] {
        team.phone("Dana").set_tag(&minute(4), shop, "vip", true)?;
    }
    team.sync("Dana", &minute(5))?;
    let report = team.sync("Grace", &minute(6))?;
    assert_eq!(report.news, 1, "the good one");
    assert_eq!(
        team.phone("Grace").damaged()?.into_iter().collect::<Vec<_>>(),
        [bad]
    );
    let policy = team.phone("Grace").policy();
    let customer = team
        .phone("Grace")
        .store()
        .read(|conn| query::customer_detail(conn, good, &policy))?;
    assert_eq!(customer.ok_or("the good one is gone")?.customer.tags, ["vip"]);
    assert_eq!(team.sync("Grace", &minute(7))?.news, 0, "the cursor went on");
    Ok(())
}

#[test]
fn a_damaged_operation_does_not_hold_up_the_upload() -> Outcome<()> {
    let mut team = Team::new()?;
    let bad = team.customer("Dana", "Sunrise Market")?;
    team.customer("Dana", "Harbour Kiosk")?;
    spoil(&team, "Dana", bad)?;
    let report = team.sync("Dana", &minute(2))?;
    assert_eq!((report.accepted, report.parked), (1, 0));
    assert_eq!(team.phone("Dana").totals()?.on_phone, 1, "the bad one is kept");
    Ok(())
}

#[test]
fn a_record_says_sent_while_its_operations_are_on_their_way() -> Outcome<()> {
    let mut team = Team::new()?;
    let shop = team.customer("Dana", "Sunrise Market")?;
    let state = |team: &Team| {
        team.phone("Dana")
            .store()
            .read(|conn| query::state_of(conn, shop))
    };
    assert_eq!(state(&team)?, Some(DocumentState::OnPhone));
    let (in_flight, body) = team.request("Dana")?;
    assert_eq!(state(&team)?, Some(DocumentState::Sent));
    let answer = team.deliver("Dana", &body, &minute(3))?;
    let mut rng = team.rng().clone();
    in_flight
        .answered(team.phone("Dana"), &answer, &minute(3), &mut rng)
        .map_err(|(_, error)| error)?;
    assert_eq!(state(&team)?, Some(DocumentState::Accepted));
    Ok(())
}

#[test]
fn sending_parked_work_again_twice_writes_it_once() -> Outcome<()> {
    let mut team = Team::new()?;
    let shop = team.customer("Dana", "Sunrise Market")?;
    let visit = team.plan("Dana", shop, 60)?;
    team.sync("Dana", &minute(3))?;
    team.sync("Grace", &minute(4))?;
    let mut rng = team.rng().clone();
    team.phone("Dana")
        .cancel_visit(&minute(61), &mut rng, visit, "closed today".to_owned(), None)?;
    team.phone("Grace")
        .move_visit(&minute(70), visit, minute(300).at, None)?;
    team.sync("Dana", &minute(90))?;
    team.sync("Grace", &minute(95))?;
    let parked = team.phone("Grace").parked()?.remove(0);
    let remark =
        fieldbook_core::document::Command::SetNextStep(fieldbook_core::document::command::SetNextStep {
            document: visit,
            text: "call on Friday".to_owned(),
        });
    team.phone("Grace")
        .resend_parked(&minute(96), parked.id, &remark)?;
    let again = team.phone("Grace").resend_parked(&minute(96), parked.id, &remark);
    assert!(matches!(again, Err(ReplicaError::NotParked(id)) if id == parked.id));
    assert_eq!(team.sync("Grace", &minute(97))?.accepted, 1);
    Ok(())
}
