use fieldbook_core::document::command::{ContactFields, CustomerField};
use fieldbook_core::document::view::CustomerView;
use fieldbook_core::geo::Position;
use fieldbook_core::model::{DocumentId, Kind};
use fieldbook_core::replica::NewCustomer;
use uuid::Uuid;

use super::{Doing, Tried, short, tried};
use crate::simulate::Failure;
use crate::simulate::dice::Dice;

pub(super) fn add(doing: &Doing<'_>, dice: &mut Dice) -> Result<Tried, Failure> {
    let customer = NewCustomer {
        name: doing.short_text(dice),
        address: String::new(),
        position: somewhere(dice),
        store_type: None,
    };
    let added = doing.replica.add_customer(&doing.now, dice.rng(), customer);
    let words = added.as_ref().map_or("adds a customer".to_owned(), |id| {
        format!("adds customer {}", short(*id))
    });
    tried(words, added.map(|customer| vec![customer]))
}

pub(super) fn edit(doing: &Doing<'_>, dice: &mut Dice) -> Result<Tried, Failure> {
    let Some(customer) = doing.any(Kind::Customer)? else {
        return Ok(Tried::Nothing);
    };
    let mut fields = vec![CustomerField::Custom(
        format!("field {}", dice.below(3)),
        doing.text(dice),
    )];
    if dice.one_in(2) {
        fields.push(CustomerField::Name(doing.short_text(dice)));
    }
    if dice.one_in(3) {
        fields.push(CustomerField::Address(doing.short_text(dice)));
    }
    if dice.one_in(4) {
        fields.extend(somewhere(dice).map(CustomerField::Position));
    }
    let edited = doing.replica.edit_customer(&doing.now, customer, fields);
    tried(
        format!("edits customer {}", short(customer)),
        edited.map(|()| vec![customer]),
    )
}

pub(super) fn add_contact(doing: &Doing<'_>, dice: &mut Dice) -> Result<Tried, Failure> {
    let Some(customer) = doing.any(Kind::Customer)? else {
        return Ok(Tried::Nothing);
    };
    let fields = ContactFields {
        name: Some(doing.short_text(dice)),
        ..ContactFields::default()
    };
    let added = doing
        .replica
        .add_contact(&doing.now, dice.rng(), customer, fields);
    tried(
        format!("adds a contact to customer {}", short(customer)),
        added.map(|_| vec![customer]),
    )
}

pub(super) fn edit_contact(doing: &Doing<'_>, dice: &mut Dice) -> Result<Tried, Failure> {
    let Some((customer, contact)) = a_contact(doing, dice)? else {
        return Ok(Tried::Nothing);
    };
    let fields = ContactFields {
        role: Some(doing.short_text(dice)),
        phone: dice.one_in(2).then(|| "021-5555 0199".to_owned()),
        ..ContactFields::default()
    };
    let edited = doing.replica.edit_contact(&doing.now, customer, contact, fields);
    tried(
        format!("changes a contact of customer {}", short(customer)),
        edited.map(|()| vec![customer]),
    )
}

pub(super) fn remove_contact(doing: &Doing<'_>, dice: &mut Dice) -> Result<Tried, Failure> {
    let Some((customer, contact)) = a_contact(doing, dice)? else {
        return Ok(Tried::Nothing);
    };
    let removed = doing.replica.remove_contact(&doing.now, customer, contact);
    tried(
        format!("removes a contact of customer {}", short(customer)),
        removed.map(|()| vec![customer]),
    )
}

pub(super) fn tag(doing: &Doing<'_>) -> Result<Tried, Failure> {
    let Some(customer) = doing.any(Kind::Customer)? else {
        return Ok(Tried::Nothing);
    };
    let tagged = doing.replica.set_tag(&doing.now, customer, &doing.mark, true);
    tried(
        format!("tags customer {}", short(customer)),
        tagged.map(|()| vec![customer]),
    )
}

pub(super) fn untag(doing: &Doing<'_>, dice: &mut Dice) -> Result<Tried, Failure> {
    let tags = |index: &_| {
        CustomerView::read(index)
            .ok()
            .map(|view| view.tags)
            .filter(|tags| !tags.is_empty())
    };
    let Some((customer, tags)) = doing.choose(Kind::Customer, tags)? else {
        return Ok(Tried::Nothing);
    };
    let Some(tag) = dice.pick(&tags) else {
        return Ok(Tried::Nothing);
    };
    let cleared = doing.replica.set_tag(&doing.now, customer, tag, false);
    tried(
        format!("clears a tag of customer {}", short(customer)),
        cleared.map(|()| vec![customer]),
    )
}

fn a_contact(doing: &Doing<'_>, dice: &mut Dice) -> Result<Option<(DocumentId, Uuid)>, Failure> {
    let contacts = |index: &_| {
        let view = CustomerView::read(index).ok()?;
        (!view.contacts.is_empty()).then_some(view.contacts)
    };
    let Some((customer, contacts)) = doing.choose(Kind::Customer, contacts)? else {
        return Ok(None);
    };
    Ok(dice.pick(&contacts).map(|contact| (customer, contact.id)))
}

fn somewhere(dice: &mut Dice) -> Option<Position> {
    let part = |dice: &mut Dice| f64::from(u32::try_from(dice.below(2000)).unwrap_or(0)) / 100_000.0;
    Position::new(31.22 + part(dice), 121.46 + part(dice)).ok()
}
