use fieldbook_core::replica::query::search_customers;
use fieldbook_core::replica::{NewCustomer, NewLogEntry, NewPlan};

use super::visit::{Fix, Seen, make};
use super::{Day, SLOTS, Stop, at_store};
use crate::demo::cast::{self, CHEN, DANA, LI, MARCUS, Member, ZHANG};
use crate::demo::error::DemoError;
use crate::demo::stores::Store;
use crate::demo::{chance, phrases, place, words};

/// The visit that Grace moves to another day: Chen Bo does not get there.
pub(super) const MOVED: usize = 3;
/// The visit that Li Na calls off, and that Wang Lei moves without knowing.
pub(super) const CALLED_OFF: usize = 2;

impl Day<'_> {
    pub(super) fn visits_before_noon(&mut self) -> Result<(), DemoError> {
        self.everybody_at(0, words::FIRST_STOP)?;
        self.new_sign()?;
        self.everybody_at(1, words::SECOND_STOP)
    }

    pub(super) fn visits_after_noon(&mut self) -> Result<(), DemoError> {
        self.everybody_at(2, words::THIRD_STOP)?;
        self.new_customer()?;
        self.everybody_at(3, words::FOURTH_STOP)
    }

    fn everybody_at(&mut self, slot: usize, heading: &str) -> Result<(), DemoError> {
        self.narrator.heading(SLOTS[slot], heading);
        for rep in cast::reps() {
            let stop = self.stop(rep, slot)?;
            match (rep, slot) {
                (who, CALLED_OFF) if *who == LI => self.call_off(rep, &stop)?,
                (who, MOVED) if *who == CHEN => self.not_reached(rep, &stop)?,
                _ => {
                    let fix = self.fix(rep, slot);
                    let (phone, narrator) = self.with(rep)?;
                    let seen: Seen = make(phone, &stop, fix)?;
                    narrator.line(&words::visited(rep, &stop.store.name, &seen));
                }
            }
        }
        Ok(())
    }

    /// One is underground, one far from where the file says; the others have a usual fix.
    fn fix(&mut self, rep: &Member, slot: usize) -> Fix {
        if *rep == CHEN && slot == 1 {
            return Fix::None(phrases::UNDERGROUND);
        }
        if *rep == MARCUS && slot == 1 {
            let metres = chance::between(&mut self.rng, 1_100, 2_400);
            return Fix::Away(metres as f64, phrases::MOVED_ENTRANCE);
        }
        Fix::Good
    }

    /// The shop is closed: the visit does not take place.
    fn call_off(&mut self, rep: &'static Member, stop: &Stop) -> Result<(), DemoError> {
        let (phone, narrator) = self.with(rep)?;
        phone.pass_to(stop.start.plus_minutes(6));
        let now = phone.now();
        phone
            .replica
            .cancel_visit(&now, &mut phone.rng, stop.visit, phrases::CLOSED.to_owned(), None)?;
        narrator.line(&words::called_off(rep, &stop.store.name, phrases::CLOSED));
        Ok(())
    }

    /// The afternoon is too short: the rep leaves a note in the visit for the next time.
    fn not_reached(&mut self, rep: &'static Member, stop: &Stop) -> Result<(), DemoError> {
        let (phone, narrator) = self.with(rep)?;
        phone.pass_to(stop.start.plus_minutes(40));
        phone
            .replica
            .edit_note(&phone.now(), stop.visit, 0, 0, phrases::NOTE_OF_REP)?;
        narrator.line(&words::not_reached(rep, &stop.store.name, phrases::NOTE_OF_REP));
        Ok(())
    }

    /// A corner shop that nobody had on file: added, visited and found again, all without network.
    fn new_customer(&mut self) -> Result<(), DemoError> {
        let near = self.stop(&ZHANG, 2)?.store;
        let name = format!("Corner Market {} 街角超市", words::city(&near.name));
        let (phone, narrator) = self.with(&ZHANG)?;
        phone.pass_minutes(15);
        let now = phone.now();
        let position = place::moved(near.position, 350.0, -420.0);
        let customer = NewCustomer {
            name: name.clone(),
            address: format!("Opposite {}", near.name),
            position: Some(position),
            store_type: Some("Corner shop".to_owned()),
        };
        let document = phone.replica.add_customer(&now, &mut phone.rng, customer)?;
        let start = phone.moment();
        let store = Store {
            document,
            name: name.clone(),
            position,
            ..near
        };
        let plan = NewPlan {
            customer: document,
            rep: None,
            start: at_store(start, &store),
            purpose: "First visit".to_owned(),
        };
        let visit = phone.replica.plan_visit(&now, &mut phone.rng, plan)?;
        make(phone, &Stop { visit, store, start }, Fix::Good)?;
        let found = phone
            .replica
            .store()
            .read(|conn| search_customers(conn, "街角", 5, Some(position)))?;
        let Some(hit) = found.first() else {
            return Err(DemoError::Story(
                "the search did not find the new customer".to_owned(),
            ));
        };
        narrator.line(&words::new_customer(&ZHANG, &name, "街角", &hit.name));
        Ok(())
    }

    /// Everybody writes a line or two in the log of the day.
    pub(super) fn write_logs(&mut self) -> Result<usize, DemoError> {
        let mut written = 0;
        for rep in cast::reps() {
            let stop = self.stop(rep, 0)?;
            let (phone, _) = self.with(rep)?;
            let first = chance::below(&mut phone.rng, phrases::LOGS.len());
            for turn in 0..1 + chance::below(&mut phone.rng, 2) {
                phone.pass_minutes(3);
                let text = phrases::LOGS[(first + turn) % phrases::LOGS.len()].to_owned();
                let about = (turn == 0).then_some(stop.store.document);
                let now = phone.now();
                let entry = NewLogEntry {
                    text,
                    customer: about,
                    visit: None,
                };
                phone.replica.log(&now, &mut phone.rng, entry)?;
                written += 1;
            }
        }
        Ok(written)
    }

    /// Dana's first store has a new sign, and Ms Carter a new number.
    fn new_sign(&mut self) -> Result<(), DemoError> {
        let (stop, contact) = (self.stop(&DANA, 0)?, self.contact);
        let name = words::name_on_the_sign(&stop.store.name);
        let (phone, narrator) = self.with(&DANA)?;
        super::desk::rename(phone, &stop, &name, contact, "+1 706 555 0142")?;
        narrator.line(&words::new_sign(&DANA, &stop.store.name, &name));
        Ok(())
    }
}
