use fieldbook_core::document::Command;
use fieldbook_core::document::command::SetNextStep;
use fieldbook_core::replica::ReplicaError;
use fieldbook_core::replica::query::{parked, remarks};
use fieldbook_core::replica::sync::Report;

use super::field::{CALLED_OFF, MOVED};
use super::{Day, customer_on, visit_on};
use crate::demo::cast::{self, CHEN, DANA, GRACE, LI, Member, WANG};
use crate::demo::error::DemoError;
use crate::demo::line::{Break, Signal};
use crate::demo::moment::Moment;
use crate::demo::{chance, words};

impl Day<'_> {
    /// Connections come back one after the other, in an order that the seed decides; one of them breaks twice.
    pub(super) async fn come_back(&mut self) -> Result<(), DemoError> {
        self.narrator.heading(Moment::at(17, 0), words::COMING_BACK);
        let mut order = cast::ALL;
        chance::shuffle(&mut self.rng, &mut order);
        let place = |who: &Member| order.iter().position(|member| *member == who).unwrap_or(0);
        // Each supervisor is to find what a rep did before.
        let late = [(&DANA, &GRACE), (&LI, &WANG)].map(|(rep, leader)| (place(rep), place(leader)));
        for (rep, leader) in late {
            if leader < rep {
                order.swap(leader, rep);
            }
        }
        let reps: Vec<&Member> = cast::reps().collect();
        let unlucky = *chance::pick(&mut self.rng, &reps);
        for (turn, who) in order.into_iter().enumerate() {
            let at = Moment::at(17, 0).plus_minutes(i64::try_from(turn).unwrap_or(0) * 6);
            self.with(who)?.0.pass_to(at);
            if who == unlucky {
                self.break_twice(who).await?;
            } else {
                let (items, report) = self.connect(who).await?;
                self.narrator.line(&words::came_back(who, items, &report));
            }
        }
        Ok(())
    }

    async fn connect(&mut self, who: &Member) -> Result<(u64, Report), DemoError> {
        let (phone, _) = self.with(who)?;
        phone.line.set(Signal::Good);
        let items = phone.pending()?;
        Ok((items, phone.sync().await?))
    }

    /// The upload of this phone ends in its middle; the next one arrives, but its answer is lost; the third tells
    /// the phone that all had arrived.
    async fn break_twice(&mut self, who: &'static Member) -> Result<(), DemoError> {
        let before = self.organisation.log_length()?;
        let middle = self.fail(who, Signal::BreaksMidUpload).await?;
        let nothing_kept = self.organisation.log_length()? == before;
        let items = self.with(who)?.0.totals()?.sent;
        self.narrator
            .line(&words::broke_in_the_middle(who, items, middle));
        let whole = self.fail(who, Signal::LosesAnswer).await?;
        let all_kept = self.organisation.log_length()? > before;
        let (phone, narrator) = self.with(who)?;
        narrator.line(&words::answer_lost(phone.totals()?.sent, whole));
        let (_, report) = self.connect(who).await?;
        self.narrator.line(&words::had_it_already(&report));
        let none_twice = report.duplicate == items && report.accepted == 0;
        if nothing_kept && all_kept && none_twice {
            return Ok(());
        }
        Err(DemoError::Story(format!(
            "{items} items of {}: nothing kept {nothing_kept}, all kept {all_kept}, none twice {none_twice}",
            who.short
        )))
    }

    async fn fail(&mut self, who: &Member, signal: Signal) -> Result<Break, DemoError> {
        let (phone, _) = self.with(who)?;
        phone.pass_minutes(1);
        phone.line.set(signal);
        let outcome = phone.sync().await;
        match (outcome, phone.line.broke_at()) {
            (Err(_), Some(lost)) => Ok(lost),
            _ => Err(DemoError::Story(format!(
                "{}'s connection was to break and did not",
                who.short
            ))),
        }
    }

    /// What two people wrote about the same things, as everybody sees it now.
    pub(super) fn show_what_became(&mut self) -> Result<(), DemoError> {
        self.narrator.heading(Moment::at(17, 50), words::WHAT_BECAME);
        self.show_remark()?;
        self.show_attention()?;
        self.show_both_names()?;
        let stop = self.stop(&CHEN, MOVED)?;
        let (phone, narrator) = self.with(&CHEN)?;
        let visit = visit_on(phone, stop.visit)?;
        narrator.line(&words::sees_moved_plan(
            &CHEN,
            &stop.store.name,
            &visit.plan_start,
            &visit.notes,
        ));
        Ok(())
    }

    /// Grace's move of a visit that had been made: the real check-in beats it, and she is told.
    fn show_remark(&mut self) -> Result<(), DemoError> {
        let stop = self.stop(&DANA, 0)?;
        let (phone, narrator) = self.with(&GRACE)?;
        let person = phone.person;
        let told = phone.replica.store().read(|conn| remarks(conn, person, 0))?;
        let [remark] = told.as_slice() else {
            return Err(DemoError::Story(format!("{} remarks, not 1", told.len())));
        };
        let text = remark.asked.text.as_deref().unwrap_or_default();
        let began = remark.visit.started;
        narrator.line(&words::became_a_remark(
            &GRACE,
            &DANA,
            &stop.store.name,
            began,
            text,
        ));
        Ok(())
    }

    /// Wang Lei's move of a visit that had been called off: not accepted, and nothing of it lost.
    fn show_attention(&mut self) -> Result<(), DemoError> {
        let stop = self.stop(&LI, CALLED_OFF)?;
        let (phone, narrator) = self.with(&WANG)?;
        let waiting = phone.replica.store().read(parked)?;
        let [item] = waiting.as_slice() else {
            return Err(DemoError::Story(format!(
                "{} items need attention, not 1",
                waiting.len()
            )));
        };
        let (Some(Command::MovePlan(moved)), Some(rejection)) = (&item.command, &item.rejection) else {
            return Err(DemoError::Story(format!(
                "another item needs attention: {}",
                item.recorded
            )));
        };
        let kept = moved.purpose.as_deref().unwrap_or_default();
        narrator.line(&words::needs_attention(
            &WANG,
            &LI,
            &stop.store.name,
            rejection,
            kept,
        ));
        Ok(())
    }

    /// Wang Lei writes what he wanted where it can be done, in his own words of before, and sends it again.
    pub(super) async fn correct(&mut self) -> Result<(), DemoError> {
        let (phone, narrator) = self.with(&WANG)?;
        let waiting = phone.replica.store().read(parked)?;
        let Some((item, Command::MovePlan(moved))) = waiting
            .first()
            .and_then(|item| Some((item, item.command.clone()?)))
        else {
            return Err(DemoError::Story("nothing is there to be corrected".to_owned()));
        };
        let text = moved.purpose.unwrap_or_default();
        let corrected = Command::SetNextStep(SetNextStep {
            document: item.document,
            text: text.clone(),
        });
        phone.pass_minutes(2);
        phone.replica.resend_parked(&phone.now(), item.id, &corrected)?;
        let report = phone.sync().await?;
        let left = phone.totals()?.attention;
        if report.accepted != 1 || left != 0 {
            return Err(DemoError::Story(format!(
                "the corrected item: {} accepted, {left} wait",
                report.accepted
            )));
        }
        narrator.line(&words::corrected(&WANG, &text));
        Ok(())
    }

    fn show_both_names(&mut self) -> Result<(), DemoError> {
        let (stop, contact) = (self.stop(&DANA, 0)?, self.contact);
        let (phone, narrator) = self.with(&GRACE)?;
        let customer = customer_on(phone, stop.store.document)?;
        let beside = customer.conflicts.iter().find(|(field, _)| field == "name");
        let Some(other) = beside.and_then(|(_, values)| values.first()) else {
            return Err(DemoError::Story("one of two names was lost".to_owned()));
        };
        narrator.line(&words::both_names(&customer.name, other));
        let index = phone.replica.document(stop.store.document)?;
        let index = index.ok_or(ReplicaError::Unknown(stop.store.document))?;
        let key = contact.map(|contact| contact.to_string()).unwrap_or_default();
        let person = index
            .root()
            .map("contacts")
            .and_then(|contacts| contacts.map(&key));
        let numbers = person.and_then(|person| {
            let other = person
                .conflicts("phone")
                .into_iter()
                .find_map(|value| value.as_str().map(str::to_owned));
            Some((person.str("phone")?.to_owned(), other?))
        });
        let Some((shown, other)) = numbers else {
            return Err(DemoError::Story(
                "one of two telephone numbers was lost".to_owned(),
            ));
        };
        narrator.line(&words::both_numbers(&shown, &other));
        Ok(())
    }
}
