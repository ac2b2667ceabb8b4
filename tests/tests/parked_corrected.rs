//! What was not accepted is put in other words and sent again, or kept as a note, by the person alone.

use fieldbook_core::document::Command;
use fieldbook_core::document::command::{AddCustomer, CustomerField};
use fieldbook_core::document::view::{CustomerView, VisitView};
use fieldbook_core::model::DocumentId;
use fieldbook_core::replica::{ReplicaError, TypedField};
use fieldbook_tests::process::Outcome;
use fieldbook_tests::stories::{Team, minute};

fn field(name: &str, value: &str) -> TypedField {
    TypedField {
        name: name.to_owned(),
        value: value.to_owned(),
    }
}

#[test]
fn a_parked_tag_goes_out_in_other_words() -> Outcome<()> {
    let mut team = Team::new()?;
    let shop = team.customer("Dana", "Sunrise Market")?;
    team.sync("Dana", &minute(2))?;
    team.sync("Grace", &minute(3))?;
    team.phone("Grace").set_tag(&minute(4), shop, "vip", true)?;
    team.move_to("Dana", "South", &minute(4))?;
    team.sync("Grace", &minute(5))?;
    team.move_to("Dana", "North", &minute(5))?;
    team.sync("Grace", &minute(6))?;

    let grace = team.phone("Grace");
    let parked = grace.parked()?.remove(0);
    assert_eq!(parked.work(), "set_tag");
    assert_eq!(
        fieldbook_core::replica::typed_fields(&parked.recorded),
        [field("tag", "vip")]
    );
    let wrong = grace.amend_parked(&minute(7), parked.id, &[field("document", "x")]);
    assert!(
        matches!(wrong, Err(ReplicaError::Command(_))),
        "only what was typed: {wrong:?}"
    );
    assert_eq!(grace.parked()?.len(), 1, "it stays as it was");
    grace.amend_parked(&minute(8), parked.id, &[field("tag", "key account")])?;
    assert!(grace.parked()?.is_empty());

    team.sync("Grace", &minute(9))?;
    team.sync("Dana", &minute(10))?;
    let seen = CustomerView::read(&team.phone("Dana").document(shop)?.ok_or("the customer is gone")?)?;
    assert_eq!(seen.tags, ["key account"]);
    Ok(())
}

#[test]
fn a_customer_refused_for_its_owner_goes_to_somebody_else() -> Outcome<()> {
    let mut team = Team::new()?;
    // Grace adds a customer for Marcus, who has gone to another team without her phone knowing.
    let shop = DocumentId::generate(minute(1).unix_ms(), team.rng());
    let add = AddCustomer {
        document: shop,
        owner: team.person("Marcus"),
        name: "Corner Shop".to_owned(),
        address: String::new(),
        position: None,
        grade: None,
        external_id: None,
        store_type: None,
    };
    team.phone("Grace")
        .execute(&minute(1), &[Command::AddCustomer(add)])?;
    team.move_to("Marcus", "South", &minute(0))?;
    team.sync("Grace", &minute(2))?;
    let grace = team.phone("Grace");
    let parked = grace.parked()?.remove(0);
    assert_eq!(
        parked.rejection.map(|it| it.rule).as_deref(),
        Some("creation.owner")
    );
    let marcus = team.person("Marcus").to_string();
    assert!(fieldbook_core::replica::typed_fields(&parked.recorded).contains(&field("owner", &marcus)));

    let dana = team.person("Dana");
    grace.amend_parked(&minute(3), parked.id, &[field("owner", &dana.to_string())])?;
    team.sync("Grace", &minute(4))?;
    team.sync("Dana", &minute(5))?;
    let seen = CustomerView::read(&team.phone("Dana").document(shop)?.ok_or("not with Dana")?)?;
    assert_eq!((seen.owner, seen.name.as_str()), (dana, "Corner Shop"));
    Ok(())
}

#[test]
fn the_second_of_two_custom_fields_is_corrected() -> Outcome<()> {
    let mut team = Team::new()?;
    let shop = team.customer("Dana", "Sunrise Market")?;
    team.sync("Dana", &minute(2))?;
    team.sync("Grace", &minute(3))?;
    let fields = [("floor", "2"), ("opens", "nine")];
    let fields = fields.map(|(key, text)| CustomerField::Custom(key.to_owned(), text.to_owned()));
    team.phone("Grace")
        .edit_customer(&minute(4), shop, fields.to_vec())?;
    team.move_to("Dana", "South", &minute(4))?;
    team.sync("Grace", &minute(5))?;
    team.move_to("Dana", "North", &minute(5))?;
    team.sync("Grace", &minute(6))?;
    let parked = team.phone("Grace").parked()?.remove(0);
    let typed = fieldbook_core::replica::typed_fields(&parked.recorded);
    assert_eq!(typed, [field("custom/floor", "2"), field("custom/opens", "nine")]);
    team.phone("Grace")
        .amend_parked(&minute(7), parked.id, &[field("custom/opens", "half past eight")])?;
    team.sync("Grace", &minute(8))?;
    team.sync("Dana", &minute(9))?;
    let seen = CustomerView::read(&team.phone("Dana").document(shop)?.ok_or("the customer is gone")?)?;
    let custom: Vec<(&str, &str)> = seen
        .custom
        .iter()
        .map(|(key, text)| (key.as_str(), text.as_str()))
        .collect();
    assert_eq!(custom, [("floor", "2"), ("opens", "half past eight")]);
    Ok(())
}

#[test]
fn notes_of_two_people_stand_side_by_side() -> Outcome<()> {
    let mut team = Team::new()?;
    let shop = team.customer("Dana", "Sunrise Market")?;
    let visit = team.plan("Dana", shop, 60)?;
    team.phone("Dana")
        .set_note(&minute(3), visit, "", "ask for Ms Li")?;
    team.sync("Dana", &minute(4))?;
    team.sync("Grace", &minute(5))?;
    // Both begin from the same text; Grace's comes to Dana's phone while Dana is still typing.
    team.phone("Grace")
        .set_note(&minute(6), visit, "ask for Ms Li", "please ask for Ms Li")?;
    team.sync("Grace", &minute(7))?;
    team.sync("Dana", &minute(8))?;
    team.phone("Dana")
        .set_note(&minute(9), visit, "ask for Ms Li", "ask for Ms Li, bring prices")?;
    let index = team.phone("Dana").document(visit)?.ok_or("the visit is gone")?;
    assert_eq!(
        VisitView::read(&index)?.notes,
        "please ask for Ms Li, bring prices"
    );
    Ok(())
}
