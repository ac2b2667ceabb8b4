use fieldbook_core::document::command::ContactFields;
use fieldbook_core::model::Role;
use fieldbook_core::replica::NewPlan;

use super::{Day, SLOTS, Stop, at_store};
use crate::demo::cast::{self, DANA, GRACE};
use crate::demo::chance;
use crate::demo::error::DemoError;
use crate::demo::line::Signal;
use crate::demo::moment::Moment;
use crate::demo::{phrases, stores, words};

impl Day<'_> {
    /// The supervisors plan everybody's visits, and every phone fetches its plan.
    pub(super) async fn plan_the_day(&mut self) -> Result<(), DemoError> {
        self.narrator.heading(Moment::at(7, 45), words::PLANNING);
        for supervisor in cast::ALL
            .into_iter()
            .filter(|member| member.role == Role::Supervisor)
        {
            let mut planned = 0;
            for rep in cast::reps().filter(|rep| rep.team == supervisor.team) {
                planned += self.plan_round(supervisor, rep)?;
            }
            self.narrator.line(&words::planned(supervisor, planned));
        }
        self.meet_ms_carter()?;
        let count = self.phones.len();
        for (done, phone) in self.phones.iter_mut().enumerate() {
            self.narrator.count(done + 1, count, words::FETCHING);
            phone.pass_to(Moment::at(7, 50));
            phone.sync().await?;
        }
        self.narrator.line(words::PLANS_FETCHED);
        Ok(())
    }

    fn plan_round(&mut self, supervisor: &cast::Member, rep: &cast::Member) -> Result<usize, DemoError> {
        let person = self.with(rep)?.0.person;
        let (round, way_km) = stores::round(&self.organisation.stores, person, SLOTS.len(), &mut self.rng);
        let (phone, _) = self.with(supervisor)?;
        phone.pass_to(Moment::at(7, 45));
        let mut stops = Vec::with_capacity(round.len());
        for (store, start) in round.into_iter().zip(SLOTS) {
            phone.pass_minutes(0);
            let now = phone.now();
            let plan = NewPlan {
                customer: store.document,
                rep: Some(person),
                start: at_store(start, &store),
                purpose: (*chance::pick(&mut phone.rng, phrases::PURPOSES)).to_owned(),
            };
            let visit = phone.replica.plan_visit(&now, &mut phone.rng, plan)?;
            stops.push(Stop { visit, store, start });
        }
        let count = stops.len();
        self.narrator
            .line(&words::round(rep, &stops[0].store.name, count, way_km));
        self.rounds.insert(person, stops);
        Ok(count)
    }

    /// Grace knows whom to ask for at Dana's first store.
    fn meet_ms_carter(&mut self) -> Result<(), DemoError> {
        let stop = self.stop(&DANA, 0)?;
        let (phone, _) = self.with(&GRACE)?;
        let now = phone.now();
        let fields = ContactFields {
            name: Some("Ms Carter".to_owned()),
            role: Some("Store manager".to_owned()),
            phone: Some("+1 706 555 0100".to_owned()),
            email: None,
        };
        let contact = phone
            .replica
            .add_contact(&now, &mut phone.rng, stop.store.document, fields)?;
        self.contact = Some(contact);
        Ok(())
    }

    /// Everybody drives off, and the network stays behind.
    pub(super) async fn leave(&mut self) -> Result<(), DemoError> {
        self.narrator.heading(Moment::at(8, 0), words::LEAVING);
        for phone in &mut self.phones {
            phone.pass_to(Moment::at(8, 0));
            phone.line.set(Signal::None);
        }
        let (phone, narrator) = self.with(&DANA)?;
        if phone.sync().await.is_ok() {
            return Err(DemoError::Story(
                "a phone without network reached the server".to_owned(),
            ));
        }
        narrator.line(&words::no_network(phone.who));
        Ok(())
    }
}
