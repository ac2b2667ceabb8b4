//! A refusal is final: the same message, come again when it would be allowed, takes no effect behind the phone's back.

use fieldbook_core::document::view::CustomerView;
use fieldbook_core::wire::{Request, Verdict, inflate};
use fieldbook_tests::process::Outcome;
use fieldbook_tests::stories::{Team, minute};

#[test]
fn a_refused_message_that_comes_again_is_refused_again() -> Outcome<()> {
    let mut team = Team::new()?;
    let shop = team.customer("Dana", "Sunrise Market")?;
    team.sync("Dana", &minute(2))?;
    team.sync("Grace", &minute(3))?;
    team.phone("Grace").set_tag(&minute(4), shop, "vip", true)?;

    // Dana works for somebody else when Grace's tag arrives, and comes back later.
    team.move_to("Dana", "South", &minute(3))?;
    let (in_flight, body) = team.request("Grace")?;
    let answer = team.deliver("Grace", &body, &minute(5))?;
    let mut rng = team.rng().clone();
    in_flight
        .answered(team.phone("Grace"), &answer, &minute(5), &mut rng)
        .map_err(|(_, error)| error)?;
    assert_eq!(team.phone("Grace").parked()?.len(), 1);
    assert!(team.phone("Grace").document(shop)?.is_none(), "it left her scope");
    team.move_to("Dana", "North", &minute(5))?;
    team.sync("Grace", &minute(6))?;

    // A slow network brings the old message once more; nobody reads the answer.
    team.deliver("Grace", &body, &minute(7))?;
    team.sync("Dana", &minute(8))?;
    team.sync("Grace", &minute(8))?;
    for name in ["Dana", "Grace"] {
        let seen = CustomerView::read(&team.phone(name).document(shop)?.ok_or("the customer is gone")?)?;
        assert_eq!(seen.tags, Vec::<String>::new(), "on the phone of {name}");
    }

    // What she parked she can still send again, on purpose.
    let parked = team.phone("Grace").parked()?.remove(0);
    let command = parked.command.ok_or("an unknown command")?;
    team.phone("Grace")
        .resend_parked(&minute(9), parked.id, &command)?;
    assert_eq!(team.sync("Grace", &minute(10))?.accepted, 1);
    team.sync("Dana", &minute(11))?;
    let seen = CustomerView::read(&team.phone("Dana").document(shop)?.ok_or("the customer is gone")?)?;
    assert_eq!(seen.tags, ["vip"]);
    Ok(())
}

#[test]
fn an_operation_that_comes_before_its_elders_waits_for_them() -> Outcome<()> {
    let mut team = Team::new()?;
    let shop = team.customer("Dana", "Sunrise Market")?;
    team.sync("Dana", &minute(2))?;
    team.sync("Grace", &minute(3))?;
    for tag in ["a", "b", "c"] {
        team.phone("Grace").set_tag(&minute(4), shop, tag, true)?;
    }
    let (_, body) = team.request("Grace")?;
    let whole: Request = minicbor::decode(&inflate(&body, 1 << 20)?)?;

    // Out of order and while Dana works elsewhere, a slow network brings the third operation alone.
    team.move_to("Dana", "South", &minute(3))?;
    let mut third = whole.clone();
    (third.upload[0].base, third.upload[0].count) = (2, 1);
    third.signature = None;
    let waiting = team.ask("Grace", third, &minute(5))?;
    assert!(matches!(&waiting.verdicts[0].rest[..], [Verdict::WaitsOn(elder)] if elder.sequence == 1));
    team.move_to("Dana", "North", &minute(5))?;

    let answer = team.ask("Grace", whole, &minute(6))?;
    let verdict = &answer.verdicts[0];
    assert_eq!(
        (verdict.stored, verdict.duplicate, verdict.rest.len()),
        (3, 0, 0),
        "nothing was held against it"
    );
    team.sync("Dana", &minute(7))?;
    let seen = CustomerView::read(&team.phone("Dana").document(shop)?.ok_or("the customer is gone")?)?;
    assert_eq!(seen.tags, ["a", "b", "c"], "what is called stored is stored");
    Ok(())
}
