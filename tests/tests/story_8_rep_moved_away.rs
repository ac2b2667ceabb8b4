//! Story 8: during a week offline a rep goes from region North to South, and a colleague takes over the customers. What she wrote
//! before counts; what she wrote later is not taken over and waits for the new owner to be asked about it; the customers of the
//! North leave her phone at the first contact. The same holds for a leader who goes. Unsent work is never lost on the way.

use fieldbook_core::document::view::CustomerView;
use fieldbook_core::model::{DocumentId, Role};
use fieldbook_core::replica::query;
use fieldbook_server::audit::verify;
use fieldbook_server::store::{Store, Writer};
use fieldbook_tests::process::Outcome;
use fieldbook_tests::stories::{Team, minute};

/// A customer as somebody's phone shows it; an error when it is not there.
fn seen(team: &Team, name: &str, customer: DocumentId) -> Outcome<CustomerView> {
    let index = team.phone(name).document(customer)?;
    Ok(CustomerView::read(
        &index.ok_or("the customer is not on this phone")?,
    )?)
}

#[test]
fn a_rep_who_moves_leaves_the_customers_and_what_came_later_waits_for_their_new_owner() -> Outcome<()> {
    let mut team = Team::new()?;
    let shop = team.customer("Dana", "Sunrise Market")?;
    let second = team.customer("Dana", "Harbour Store")?;
    for name in ["Dana", "Grace", "Marcus"] {
        team.sync(name, &minute(3))?;
    }
    assert!(
        team.phone("Marcus").document(shop)?.is_none(),
        "it is not his yet"
    );

    // Dana is offline all week. In its middle she goes to the South, and Marcus takes her customers over.
    let dana = team.phone("Dana");
    dana.set_tag(&minute(100), shop, "wants samples", true)?;
    dana.set_tag(&minute(300), shop, "do not visit", true)?;
    dana.set_tag(&minute(310), second, "closes at four", true)?;
    team.move_to("Dana", "South", &minute(200))?;
    assert_eq!(team.hand_over("Dana", "Marcus", &minute(200))?, 2);
    team.sync("Marcus", &minute(250))?;
    assert_eq!(seen(&team, "Marcus", shop)?.owner, team.person("Marcus"));

    let report = team.sync("Dana", &minute(400))?;
    assert_eq!((report.accepted, report.parked), (1, 2));

    // The North has her first edit, and nothing of what came after the move.
    for name in ["Marcus", "Grace"] {
        team.sync(name, &minute(401))?;
        assert_eq!(seen(&team, name, shop)?.tags, ["wants samples"], "{name}");
        assert_eq!(seen(&team, name, second)?.tags, Vec::<String>::new(), "{name}");
        assert_eq!(seen(&team, name, second)?.owner, team.person("Marcus"), "{name}");
    }

    // It is kept, under her name and his: he is the one to ask what becomes of it.
    let kept = team.quarantined()?;
    assert_eq!(kept.len(), 2);
    for (item, words) in kept.iter().zip(["do not visit", "closes at four"]) {
        assert_eq!(
            (&item["person"], &item["owner_now"]),
            (&"Dana".into(), &"Marcus".into())
        );
        assert!(item.to_string().contains(words), "{item}");
    }

    // The customers have left her phone, her own words have not.
    let dana = team.phone("Dana");
    assert!(dana.document(shop)?.is_none() && dana.document(second)?.is_none());
    let listed = dana.store().read(|conn| query::customers(conn, 0, 100))?;
    assert!(listed.is_empty(), "{listed:?}");
    let words = dana.export_parked()?.to_string();
    assert!(
        words.contains("do not visit") && words.contains("closes at four"),
        "{words}"
    );

    // Marcus goes on with them, Dana with the South; the North does not see that.
    team.phone("Marcus").set_tag(&minute(410), second, "paid", true)?;
    assert_eq!(team.sync("Marcus", &minute(411))?.parked, 0);
    let south = team.customer("Dana", "South Mill")?;
    assert_eq!(team.sync("Dana", &minute(412))?.parked, 0);
    team.sync("Grace", &minute(413))?;
    assert!(team.phone("Grace").document(south)?.is_none());
    assert_eq!(seen(&team, "Grace", second)?.tags, ["paid"]);

    // The change of owner is in the log of rulings, and in the documents.
    let audit = team.store().read(|reader| verify(reader, &[]))?;
    assert_eq!(audit.findings, []);
    assert_eq!(audit.rulings, 2);
    Ok(())
}

#[test]
fn what_a_leader_wrote_before_she_became_a_rep_counts() -> Outcome<()> {
    let mut team = Team::new()?;
    let shop = team.customer("Dana", "Sunrise Market")?;
    team.sync("Dana", &minute(3))?;
    team.sync("Grace", &minute(4))?;
    let grace = team.phone("Grace");
    grace.set_tag(&minute(100), shop, "before", true)?;
    grace.set_tag(&minute(300), shop, "after", true)?;
    let (tenant, person, at_ms) = (team.tenant(), team.person("Grace"), minute(200).unix_ms());
    let demoted = move |writer: &mut dyn Writer| writer.set_role(tenant, person, Role::Rep, at_ms);
    team.store().write(demoted)?;

    let report = team.sync("Grace", &minute(400))?;
    assert_eq!((report.accepted, report.parked), (1, 1));
    team.sync("Dana", &minute(401))?;
    assert_eq!(seen(&team, "Dana", shop)?.tags, ["before"]);
    let grace = team.phone("Grace");
    assert!(grace.document(shop)?.is_none(), "a rep has no team");
    assert!(grace.export_parked()?.to_string().contains("after"));
    assert_eq!(team.quarantined()?.len(), 1);
    Ok(())
}

#[test]
fn what_a_leader_wrote_before_her_move_counts_and_the_region_leaves_the_phone() -> Outcome<()> {
    let mut team = Team::new()?;
    let shop = team.customer("Dana", "Sunrise Market")?;
    let second = team.customer("Dana", "Harbour Store")?;
    team.sync("Dana", &minute(3))?;
    team.sync("Grace", &minute(4))?;

    let grace = team.phone("Grace");
    grace.set_tag(&minute(100), shop, "before", true)?;
    grace.set_tag(&minute(300), shop, "after", true)?;
    grace.set_tag(&minute(310), second, "after, too", true)?;
    team.move_to("Grace", "South", &minute(200))?;

    let report = team.sync("Grace", &minute(400))?;
    assert_eq!((report.accepted, report.parked), (1, 2));
    team.sync("Dana", &minute(401))?;
    assert_eq!(seen(&team, "Dana", shop)?.tags, ["before"]);
    assert_eq!(seen(&team, "Dana", second)?.tags, Vec::<String>::new());

    let grace = team.phone("Grace");
    assert!(grace.document(shop)?.is_none() && grace.document(second)?.is_none());
    assert!(
        grace.export_parked()?.to_string().contains("after, too"),
        "her own words stay"
    );
    let kept = serde_json::to_string(&team.quarantined()?)?;
    assert!(kept.contains("after, too") && kept.contains("Grace"));

    // She knows now. A clock that is set back does not bring the rights back.
    assert_eq!(team.sync("Grace", &minute(410))?.parked, 0);
    Ok(())
}
