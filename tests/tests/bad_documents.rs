//! One thing that does not read stops nothing else: not the news, not the upload, not the person.

use fieldbook_core::model::DocumentId;
use fieldbook_core::replica::ReplicaError;
use fieldbook_core::replica::query::{self, DocumentState};
use fieldbook_tests::process::Outcome;
use fieldbook_tests::stories::{Team, minute};

/// Spoils the stored history of a document, as a bad block would.
fn spoil(team: &Team, name: &str, document: DocumentId) -> Outcome<()> {
    team.phone(name).store().write(|tx| -> Result<(), ReplicaError> {
        let sql = "UPDATE segment SET body = x'00ff00ff' WHERE document = ?1";
        tx.execute(sql, [document.as_bytes()])
            .map_err(fieldbook_core::replica::StoreError::from)?;
        Ok(())
    })?;
    Ok(())
}

fn tags(team: &Team, name: &str, shop: DocumentId) -> Outcome<Vec<String>> {
    let policy = team.phone(name).policy();
    let customer = team
        .phone(name)
        .store()
        .read(|conn| query::customer_detail(conn, shop, &policy))?;
    Ok(customer.ok_or("it is not listed")?.customer.tags)
}

#[test]
fn a_damaged_document_is_fetched_again_and_holds_up_no_other() -> Outcome<()> {
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
    assert!(report.news >= 2, "{report:?}");
    assert!(team.phone("Grace").damaged()?.is_empty());
    for shop in [bad, good] {
        assert_eq!(tags(&team, "Grace", shop)?, ["vip"]);
    }
    let heads = |name: &str| -> Outcome<_> { Ok(team.phone(name).document(bad)?.ok_or("gone")?.heads()) };
    assert_eq!(heads("Grace")?, heads("Dana")?);
    assert_eq!(
        team.sync("Grace", &minute(7))?.news,
        0,
        "the log is read once more, not for ever"
    );
    Ok(())
}

#[test]
fn what_a_person_did_to_a_document_that_rotted_is_made_anew_on_what_the_server_has() -> Outcome<()> {
    let mut team = Team::new()?;
    let shop = team.customer("Dana", "Sunrise Market")?;
    team.sync("Dana", &minute(2))?;
    team.sync("Grace", &minute(3))?;
    team.phone("Grace").set_tag(&minute(4), shop, "vip", true)?;
    team.sync("Grace", &minute(5))?;
    // Three operations without a network; of the first the server's answer is lost.
    team.phone("Dana").set_tag(&minute(6), shop, "first", true)?;
    let (_lost, body) = team.request("Dana")?;
    team.deliver("Dana", &body, &minute(7))?;
    team.phone("Dana").set_tag(&minute(8), shop, "second", true)?;
    team.phone("Dana").set_tag(&minute(9), shop, "third", true)?;
    spoil(&team, "Dana", shop)?;
    assert_eq!(team.phone("Dana").totals()?.on_phone, 2);

    let report = team.sync("Dana", &minute(10))?;
    assert_eq!((report.accepted, report.parked), (2, 0), "{report:?}");
    let totals = team.phone("Dana").totals()?;
    assert_eq!((totals.on_phone, totals.sent, totals.attention), (0, 0, 0));
    assert!(team.phone("Dana").damaged()?.is_empty());
    team.sync("Grace", &minute(11))?;
    for name in ["Dana", "Grace"] {
        let mut tags = tags(&team, name, shop)?;
        tags.sort();
        assert_eq!(tags, ["first", "second", "third", "vip"], "{name}");
    }
    // The first one is there once.
    let index = team.phone("Grace").document(shop)?.ok_or("gone")?;
    assert_eq!(
        index.heads(),
        team.phone("Dana").document(shop)?.ok_or("gone")?.heads()
    );
    Ok(())
}

#[test]
fn what_no_server_ever_saw_is_made_anew_from_the_persons_own_words() -> Outcome<()> {
    let mut team = Team::new()?;
    let bad = team.customer("Dana", "Sunrise Market")?;
    team.customer("Dana", "Harbour Kiosk")?;
    spoil(&team, "Dana", bad)?;
    let report = team.sync("Dana", &minute(2))?;
    assert_eq!((report.accepted, report.parked), (2, 0), "{report:?}");
    team.sync("Grace", &minute(3))?;
    let customer = team.phone("Grace").document(bad)?.ok_or("not on the server")?;
    assert_eq!(customer.root().str("name"), Some("Sunrise Market"));
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
