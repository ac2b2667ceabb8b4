use fieldbook_core::document::view::ApprovalView;
use fieldbook_core::model::{Currency, Money};
use fieldbook_core::replica::{NewExpenseLine, ReplicaError};

use super::{Day, Stop};
use crate::demo::cast::{CHEN, DANA, Member, SOFIA};
use crate::demo::error::DemoError;
use crate::demo::moment::Moment;
use crate::demo::organisation::{CURRENCY, EXPENSE_LIMIT};
use crate::demo::phone::Phone;
use crate::demo::words;

/// An expense as its applicant types it: what for, then lines of category, amount and remark.
struct Form {
    title: &'static str,
    lines: &'static [(&'static str, &'static str, &'static str)],
}

/// The expense that two people will decide.
pub(super) const LUNCH: &str = "Lunch with the store manager";

const MEAL: Form = Form {
    title: LUNCH,
    lines: &[("meals", "61.40", "Two people"), ("travel", "9.50", "Parking")],
};
const OVERNIGHT: Form = Form {
    title: "出差住宿 Overnight stay",
    lines: &[
        ("hotel", "219.00", "One night"),
        ("meals", "74.80", "晚餐"),
        ("travel", "12.00", "Parking"),
    ],
};
const SAMPLES: Form = Form {
    title: "Samples for two stores",
    lines: &[("gifts", "38.25", "New small packs"), ("travel", "44.10", "Fuel")],
};

impl Day<'_> {
    /// At the end of the round everybody writes the log, and three hand in what they spent.
    pub(super) fn hand_in(&mut self) -> Result<(), DemoError> {
        self.narrator.heading(Moment::at(16, 15), words::PAPERWORK);
        let entries = self.write_logs()?;
        self.narrator.line(&words::logged(entries));
        for (who, form) in [(&DANA, MEAL), (&CHEN, OVERNIGHT), (&SOFIA, SAMPLES)] {
            let stop = self.stop(who, 0)?;
            let (phone, narrator) = self.with(who)?;
            phone.pass_to(Moment::at(16, 20));
            let total = claim(phone, &stop, &form)?;
            let is_over = total.amount > limit()?.amount;
            narrator.line(&words::handed_in(
                who,
                form.title,
                &total,
                is_over.then_some(EXPENSE_LIMIT),
            ));
        }
        let mut waiting = 0;
        for phone in &self.phones {
            waiting += phone.pending()?;
        }
        self.narrator.line(&words::all_on_phones(waiting));
        Ok(())
    }
}

/// Writes an expense line by line and hands it in; returns its total.
fn claim(phone: &mut Phone, stop: &Stop, form: &Form) -> Result<Money, DemoError> {
    let (now, customer) = (phone.now(), stop.store.document);
    let currency: Currency = CURRENCY.parse()?;
    let (customer, visit) = (Some(customer), Some(stop.visit));
    let expense = phone
        .replica
        .draft_expense(&now, &mut phone.rng, form.title, currency, customer, visit)?;
    for (category, amount, note) in form.lines {
        phone.pass_minutes(1);
        let line = NewExpenseLine {
            date: now.at.date_naive(),
            category: (*category).to_owned(),
            amount: (*amount).to_owned(),
            note: Some((*note).to_owned()).filter(|note| !note.is_empty()),
            ..NewExpenseLine::default()
        };
        phone.replica.add_expense_line(&phone.now(), expense, line)?;
    }
    phone.pass_minutes(1);
    phone.replica.submit(&phone.now(), expense)?;
    let index = phone
        .replica
        .document(expense)?
        .ok_or(ReplicaError::Unknown(expense))?;
    Ok(ApprovalView::read(&index)?.total)
}

/// The largest expense that raises no question.
fn limit() -> Result<Money, DemoError> {
    Ok(Money::parse(EXPENSE_LIMIT, CURRENCY.parse()?)?)
}

/// Whose expenses a supervisor decides.
pub(super) fn applicants(supervisor: &Member) -> Vec<&'static Member> {
    [&DANA, &CHEN, &SOFIA]
        .into_iter()
        .filter(|who| who.team == supervisor.team)
        .collect()
}
