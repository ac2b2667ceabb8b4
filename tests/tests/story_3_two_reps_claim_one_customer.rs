//! Story 3. Dana gives a shop back to the pool of the North. Dana's colleague Marcus and Dana herself, who has changed her
//! mind, both claim it, offline. The first claim to arrive gets the shop; the other rep is told who has it, and may claim
//! another one instead: a claim that was not granted costs nothing.

use fieldbook_core::document::command::Reply;
use fieldbook_core::document::view::CustomerView;
use fieldbook_core::model::DocumentId;
use fieldbook_core::replica::{NewCustomer, query};
use fieldbook_tests::process::Outcome;
use fieldbook_tests::stories::{Team, minute};

fn view(team: &Team, name: &str, customer: DocumentId) -> Outcome<Option<CustomerView>> {
    let index = team.phone(name).document(customer)?;
    Ok(index.map(|index| CustomerView::read(&index)).transpose()?)
}

fn pool(team: &Team, name: &str) -> Outcome<Vec<String>> {
    let rows = team.phone(name).store().read(|conn| query::pool(conn, 0, 10))?;
    Ok(rows.into_iter().map(|row| row.name).collect())
}

fn asked(team: &Team, name: &str) -> Outcome<u64> {
    let (person, policy) = (team.person(name), team.phone(name).policy());
    let holdings = team
        .phone(name)
        .store()
        .read(|conn| query::holdings(conn, person, &policy))?;
    Ok(holdings.asked)
}

/// Dana has given a shop back, and everybody knows.
fn a_shop_in_the_pool() -> Outcome<(Team, DocumentId)> {
    let mut team = Team::new()?;
    let shop = team.customer("Dana", "Harbour Store")?;
    team.sync("Dana", &minute(2))?;
    team.phone("Dana")
        .release_customer(&minute(3), shop, Some("too far".to_owned()))?;
    assert!(pool(&team, "Dana")?.is_empty(), "it was only asked for");
    team.sync("Dana", &minute(4))?;
    for name in ["Dana", "Marcus", "Grace"] {
        team.sync(name, &minute(5))?;
        assert_eq!(pool(&team, name)?, ["Harbour Store"]);
    }
    Ok((team, shop))
}

#[test]
fn the_first_claim_gets_the_customer_and_the_second_hears_who_has_it() -> Outcome<()> {
    let (mut team, shop) = a_shop_in_the_pool()?;
    for name in ["Dana", "Marcus"] {
        team.phone(name).claim_customer(&minute(10), shop, None)?;
        assert_eq!(
            asked(&team, name)?,
            1,
            "provisional until the server has answered"
        );
        assert_eq!(pool(&team, name)?.len(), 1, "and nobody's until then");
    }
    team.sync("Marcus", &minute(20))?;
    let marcus = view(&team, "Marcus", shop)?.ok_or("Marcus has no shop")?;
    assert_eq!((marcus.owner, marcus.pool), (team.person("Marcus"), false));
    let reply = marcus.requests.last().and_then(|request| request.reply.clone());
    assert_eq!(reply.map(|reply| reply.reply), Some(Reply::Granted));

    let report = team.sync("Dana", &minute(21))?;
    assert_eq!((report.accepted, report.parked), (0, 1));
    let parked = team.phone("Dana").parked()?;
    let reason = parked[0].rejection.clone().ok_or("no reason")?;
    assert_eq!(
        (reason.rule.as_str(), reason.actual.as_str()),
        ("customer.taken", "Marcus")
    );
    assert!(reason.suggestion.en.contains("Marcus") && reason.suggestion.zh.contains("Marcus"));
    assert_eq!(view(&team, "Dana", shop)?, None, "it has left her phone");
    assert_eq!(
        (pool(&team, "Dana")?.len(), asked(&team, "Dana")?),
        (0, 0),
        "her quota is whole again"
    );
    assert!(team.phone("Dana").discard_parked(parked[0].id)?);
    assert!(team.phone("Dana").totals()?.all_accepted());

    // Grace leads both and sees it all.
    team.sync("Grace", &minute(22))?;
    let seen = view(&team, "Grace", shop)?.ok_or("Grace does not see the shop")?;
    assert_eq!((seen.owner, seen.requests.len()), (team.person("Marcus"), 2));
    Ok(())
}

#[test]
fn a_claim_that_was_lost_leaves_the_day_for_another() -> Outcome<()> {
    let (mut team, shop) = a_shop_in_the_pool()?;
    let other = team.customer("Grace", "Corner Shop")?;
    team.sync("Grace", &minute(6))?;
    team.phone("Grace").release_customer(&minute(7), other, None)?;
    team.sync("Grace", &minute(8))?;
    // One claim a day, for everybody, and the phones know.
    team.set_policy(|policy| policy.claims_a_day = 1)?;
    for name in ["Dana", "Marcus"] {
        team.sync(name, &minute(9))?;
        assert_eq!(team.phone(name).policy().claims_a_day, 1);
        team.phone(name).claim_customer(&minute(10), shop, None)?;
    }
    team.sync("Marcus", &minute(20))?;
    assert_eq!(team.sync("Dana", &minute(21))?.parked, 1, "Marcus was first");
    // What she lost was none: the other one is hers.
    team.phone("Dana").claim_customer(&minute(22), other, None)?;
    team.sync("Dana", &minute(23))?;
    let seen = view(&team, "Dana", other)?.ok_or("Dana has no shop")?;
    assert_eq!((seen.owner, seen.pool), (team.person("Dana"), false));
    Ok(())
}

#[test]
fn who_has_as_many_as_allowed_gets_no_more() -> Outcome<()> {
    let (mut team, shop) = a_shop_in_the_pool()?;
    team.customer("Marcus", "Sunrise Market")?;
    team.phone("Marcus").claim_customer(&minute(10), shop, None)?;
    // The office allows one customer from now on; Marcus's phone has not heard.
    team.set_policy(|policy| policy.holding_limit = 1)?;
    team.sync("Marcus", &minute(11))?;
    let seen = view(&team, "Marcus", shop)?.ok_or("the shop is gone")?;
    assert!(seen.pool, "it stays in the pool");
    let reply = seen.requests.last().and_then(|request| request.reply.clone());
    assert_eq!(reply.map(|reply| reply.reply), Some(Reply::Quota));
    assert_eq!(asked(&team, "Marcus")?, 0);
    // Now his phone knows, and says so at once.
    let refused = team.phone("Marcus").claim_customer(&minute(12), shop, None);
    assert!(refused.is_err_and(|error| error.to_string().contains("Release one first")));
    team.phone("Dana").claim_customer(&minute(13), shop, None)?;
    team.sync("Dana", &minute(14))?;
    let seen = view(&team, "Dana", shop)?.ok_or("Dana has no shop")?;
    assert_eq!(seen.owner, team.person("Dana"));
    Ok(())
}

#[test]
fn a_day_gives_so_many_and_the_next_day_more() -> Outcome<()> {
    let (mut team, shop) = a_shop_in_the_pool()?;
    team.set_policy(|policy| policy.claims_a_day = 1)?;
    let claim = |team: &mut Team, at: i64| -> Outcome<Option<Reply>> {
        team.phone("Marcus").claim_customer(&minute(at), shop, None)?;
        team.sync("Marcus", &minute(at + 1))?;
        let seen = view(team, "Marcus", shop)?.ok_or("the shop is gone")?;
        let last = seen.requests.last().and_then(|request| request.reply.clone());
        Ok(last.map(|reply| reply.reply))
    };
    assert_eq!(claim(&mut team, 10)?, Some(Reply::Granted));
    team.phone("Marcus").release_customer(&minute(12), shop, None)?;
    team.sync("Marcus", &minute(13))?;
    assert_eq!(claim(&mut team, 14)?, Some(Reply::Quota));
    let tomorrow = 11 + 24 * 60;
    assert_eq!(claim(&mut team, tomorrow)?, Some(Reply::Granted));
    Ok(())
}

#[test]
fn a_supervisor_hands_a_customer_over_and_its_phone_follows() -> Outcome<()> {
    let mut team = Team::new()?;
    let shop = team.customer("Dana", "Harbour Store")?;
    team.sync("Dana", &minute(2))?;
    team.sync("Grace", &minute(3))?;
    let marcus = team.person("Marcus");
    team.phone("Grace").ask_owner(&minute(4), shop, marcus, None)?;
    team.phone("Grace").ask_grade(&minute(5), shop, "A", None)?;
    // Dana, offline, still writes down what she learned there.
    let now = minute(6);
    team.phone("Dana").set_tag(&now, shop, "重点", true)?;
    team.sync("Grace", &minute(7))?;
    team.sync("Marcus", &minute(8))?;
    let seen = view(&team, "Marcus", shop)?.ok_or("Marcus has no shop")?;
    assert_eq!((seen.owner, seen.grade.as_deref()), (marcus, Some("A")));
    // What Dana wrote while the customer was hers is in it; then it leaves her phone.
    assert_eq!(team.sync("Dana", &minute(9))?.accepted, 1);
    assert_eq!(view(&team, "Dana", shop)?, None);
    team.sync("Marcus", &minute(9))?;
    let seen = view(&team, "Marcus", shop)?.ok_or("Marcus has no shop")?;
    assert_eq!(seen.tags, ["重点"]);
    // A second request on what is no longer so is answered, not obeyed.
    team.sync("Grace", &minute(10))?;
    let mut rng = team.rng().clone();
    let other = team.phone("Marcus").add_customer(
        &minute(11),
        &mut rng,
        NewCustomer {
            name: "Sunrise Market".to_owned(),
            ..NewCustomer::default()
        },
    )?;
    team.phone("Marcus").ask_grade(&minute(12), other, "Z", None)?;
    team.sync("Marcus", &minute(13))?;
    let seen = view(&team, "Marcus", other)?.ok_or("the other shop is gone")?;
    assert_eq!(seen.grade, None, "Z is no grade of the house");
    let reply = seen.requests[0].reply.clone().ok_or("no reply")?;
    assert_eq!(reply.reply, Reply::Refused);
    Ok(())
}
