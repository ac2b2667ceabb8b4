use fieldbook_core::document::command::{ContactFields, CustomerField};
use uuid::Uuid;

use super::field::{CALLED_OFF, MOVED};
use super::{Day, Stop, at_store};
use crate::demo::cast::{CHEN, DANA, GRACE, LI, WANG};
use crate::demo::error::DemoError;
use crate::demo::moment::Moment;
use crate::demo::phone::Phone;
use crate::demo::{phrases, words};

impl Day<'_> {
    /// The supervisor works on a train without network, and cannot know what the reps have done since.
    pub(super) fn at_the_desk(&mut self) -> Result<(), DemoError> {
        self.narrator.heading(Moment::at(11, 20), words::ON_THE_TRAIN);
        let (phone, _) = self.with(&GRACE)?;
        phone.pass_to(Moment::at(11, 20));
        self.move_a_plan()?;
        self.edit_the_same_customer()?;
        self.move_a_visit_that_began()
    }

    /// Chen Bo's last visit goes to tomorrow. He is not there yet, so it will hold.
    fn move_a_plan(&mut self) -> Result<(), DemoError> {
        let stop = self.stop(&CHEN, MOVED)?;
        let to = at_store(Moment::at(34, 0), &stop.store);
        let (phone, narrator) = self.with(&GRACE)?;
        phone.pass_minutes(2);
        phone.replica.move_visit(
            &phone.now(),
            stop.visit,
            to,
            Some(phrases::MOVED_PURPOSE.to_owned()),
        )?;
        phone.pass_minutes(1);
        phone
            .replica
            .edit_note(&phone.now(), stop.visit, 0, 0, phrases::NOTE_OF_SUPERVISOR)?;
        narrator.line(&words::moved_plan(
            &GRACE,
            &CHEN,
            &stop.store.name,
            &to,
            phrases::NOTE_OF_SUPERVISOR,
        ));
        Ok(())
    }

    /// Dana changed this customer two hours ago; Grace has the contract before her, with another name.
    fn edit_the_same_customer(&mut self) -> Result<(), DemoError> {
        let (stop, contact) = (self.stop(&DANA, 0)?, self.contact);
        let name = words::name_in_the_contract(&stop.store.name);
        let (phone, narrator) = self.with(&GRACE)?;
        phone.pass_minutes(4);
        rename(phone, &stop, &name, contact, "+1 706 555 0187")?;
        narrator.line(&words::from_the_contract(&GRACE, &DANA, &stop.store.name, &name));
        Ok(())
    }

    /// Dana's first visit was made this morning; Grace's phone still shows it as planned.
    fn move_a_visit_that_began(&mut self) -> Result<(), DemoError> {
        let stop = self.stop(&DANA, 0)?;
        let to = at_store(Moment::at(58, 0), &stop.store);
        let (phone, narrator) = self.with(&GRACE)?;
        phone.pass_minutes(3);
        phone
            .replica
            .move_visit(&phone.now(), stop.visit, to, Some(phrases::LATE_TEXT.to_owned()))?;
        narrator.line(&words::tries_to_move(&GRACE, &DANA, &to, phrases::LATE_TEXT));
        Ok(())
    }

    /// The other supervisor, without network too, moves a visit that the rep has called off at the closed door.
    pub(super) fn move_a_visit_called_off(&mut self) -> Result<(), DemoError> {
        let stop = self.stop(&LI, CALLED_OFF)?;
        let to = at_store(Moment::at(34, 0), &stop.store);
        let (phone, narrator) = self.with(&WANG)?;
        phone.pass_to(Moment::at(16, 20));
        phone
            .replica
            .move_visit(&phone.now(), stop.visit, to, Some(phrases::KEPT_TEXT.to_owned()))?;
        narrator.line(&words::moves_what_is_off(&WANG, &LI, &to, phrases::KEPT_TEXT));
        Ok(())
    }
}

/// Writes down another name of a customer and another number of the person there.
pub(super) fn rename(
    phone: &mut Phone,
    stop: &Stop,
    name: &str,
    contact: Option<Uuid>,
    number: &str,
) -> Result<(), DemoError> {
    phone.pass_minutes(1);
    let customer = stop.store.document;
    phone
        .replica
        .edit_customer(&phone.now(), customer, vec![CustomerField::Name(name.to_owned())])?;
    if let Some(contact) = contact {
        let fields = ContactFields {
            phone: Some(number.to_owned()),
            ..ContactFields::default()
        };
        phone
            .replica
            .edit_contact(&phone.now(), customer, contact, fields)?;
    }
    Ok(())
}
