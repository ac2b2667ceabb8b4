//! Marcus has left. Grace's phone, which has not heard, still gives him a shop of Dana's; a claim that he made before he went
//! arrives after it. Neither is granted: the shops would be nobody's. His name stays where he wrote something.

use fieldbook_core::document::command::Reply;
use fieldbook_core::document::view::CustomerView;
use fieldbook_core::model::DocumentId;
use fieldbook_core::wire::Person;
use fieldbook_tests::process::Outcome;
use fieldbook_tests::stories::{Team, minute};

fn view(team: &Team, name: &str, customer: DocumentId) -> Outcome<CustomerView> {
    let index = team
        .phone(name)
        .document(customer)?
        .ok_or("no such customer here")?;
    Ok(CustomerView::read(&index)?)
}

fn last_reply(view: &CustomerView) -> Option<Reply> {
    let request = view.requests.last()?;
    Some(request.reply.as_ref()?.reply)
}

/// A colleague as Grace's phone knows them.
fn known(team: &Team, name: &str) -> Outcome<Person> {
    let people = team
        .phone("Grace")
        .reference()
        .map(|rows| rows.people)
        .unwrap_or_default();
    let found = people.into_iter().find(|person| person.name == name);
    Ok(found.ok_or("Grace does not know the name")?)
}

#[test]
fn a_shop_is_given_to_somebody_who_is_there() -> Outcome<()> {
    let mut team = Team::new()?;
    let shop = team.customer("Dana", "Harbour Store")?;
    for (name, at) in [("Dana", 2), ("Grace", 3)] {
        team.sync(name, &minute(at))?;
    }
    team.leave("Marcus", &minute(4))?;
    let (dana, marcus) = (team.person("Dana"), team.person("Marcus"));
    assert!(!known(&team, "Marcus")?.left, "her phone has not heard");
    team.phone("Grace").ask_owner(&minute(5), shop, marcus, None)?;
    team.sync("Grace", &minute(6))?;
    let seen = view(&team, "Grace", shop)?;
    assert_eq!((seen.owner, last_reply(&seen)), (dana, Some(Reply::Refused)));
    let words = Reply::Refused.words();
    assert!(words.en.contains("has left") && words.zh.contains("已离职"));

    // Now her phone knows that he is not to be offered. What he did is still his, and hers to see.
    let row = known(&team, "Marcus")?;
    assert!(row.left && row.visible);
    assert!(!known(&team, "Dana")?.left);
    Ok(())
}

#[test]
fn a_claim_of_somebody_who_left_is_not_granted() -> Outcome<()> {
    let mut team = Team::new()?;
    let shop = team.customer("Dana", "Harbour Store")?;
    team.phone("Dana").release_customer(&minute(2), shop, None)?;
    for (name, at) in [("Dana", 3), ("Marcus", 4)] {
        team.sync(name, &minute(at))?;
    }
    team.phone("Marcus").claim_customer(&minute(5), shop, None)?;
    team.leave("Marcus", &minute(6))?;
    team.sync("Marcus", &minute(7))?;
    team.sync("Dana", &minute(8))?;
    let seen = view(&team, "Dana", shop)?;
    assert_eq!((seen.pool, last_reply(&seen)), (true, Some(Reply::Refused)));
    // A colleague who is there gets it.
    team.phone("Dana").claim_customer(&minute(9), shop, None)?;
    team.sync("Dana", &minute(10))?;
    assert_eq!(view(&team, "Dana", shop)?.owner, team.person("Dana"));
    Ok(())
}
