use fieldbook_core::document::command::Decision;
use fieldbook_core::document::view::ApprovalView;
use fieldbook_core::model::{Currency, Kind};
use fieldbook_core::replica::{Deciding, NewExpenseLine};

use super::visit::me;
use super::{Doing, Tried, short, tried};
use crate::simulate::Failure;
use crate::simulate::dice::Dice;

pub(super) fn draft(doing: &Doing<'_>, dice: &mut Dice) -> Result<Tried, Failure> {
    let currency: Currency = "CNY"
        .parse()
        .map_err(|error| Failure::step("a currency", &error))?;
    let visit = doing.any(Kind::Visit)?;
    let title = doing.short_text(dice);
    let drafted = doing
        .replica
        .draft_expense(&doing.now, dice.rng(), &title, currency, None, visit);
    let Ok(expense) = drafted else {
        return tried("drafts an expense".to_owned(), drafted.map(|id| vec![id]));
    };
    tried(format!("drafts expense {}", short(expense)), Ok(vec![expense]))
}

pub(super) fn add_line(doing: &Doing<'_>, dice: &mut Dice) -> Result<Tried, Failure> {
    let me = me(doing)?;
    let own = |index: &_| {
        ApprovalView::read(index)
            .ok()
            .filter(|view| view.applicant == me)
            .map(|_| ())
    };
    let Some((expense, ())) = doing.choose(Kind::Approval, own)? else {
        return Ok(Tried::Nothing);
    };
    let line = NewExpenseLine {
        date: doing.now.at.date_naive(),
        category: "meals".to_owned(),
        amount: format!("{}.{:02}", dice.between(1, 400), dice.below(100)),
        note: Some(doing.short_text(dice)),
        ..NewExpenseLine::default()
    };
    let added = doing.replica.add_expense_line(&doing.now, expense, line);
    tried(
        format!("adds a line to expense {}", short(expense)),
        added.map(|()| vec![expense]),
    )
}

pub(super) fn remove_line(doing: &Doing<'_>, dice: &mut Dice) -> Result<Tried, Failure> {
    let me = me(doing)?;
    let own = |index: &_| {
        ApprovalView::read(index)
            .ok()
            .filter(|view| view.applicant == me && !view.lines.is_empty())
    };
    let Some((expense, view)) = doing.choose(Kind::Approval, own)? else {
        return Ok(Tried::Nothing);
    };
    let Some(line) = dice.pick(&view.lines) else {
        return Ok(Tried::Nothing);
    };
    let removed = doing.replica.remove_expense_line(&doing.now, expense, &line.id);
    tried(
        format!("removes a line of expense {}", short(expense)),
        removed.map(|()| vec![expense]),
    )
}

pub(super) fn submit(doing: &Doing<'_>) -> Result<Tried, Failure> {
    let me = me(doing)?;
    let own = |index: &_| {
        ApprovalView::read(index)
            .ok()
            .filter(|view| view.applicant == me && !view.lines.is_empty())
    };
    let Some((expense, view)) = doing.choose(Kind::Approval, own)? else {
        return Ok(Tried::Nothing);
    };
    let words = format!(
        "hands in expense {}, which is {}",
        short(expense),
        view.status.name()
    );
    tried(
        words,
        doing.replica.submit(&doing.now, expense).map(|_| vec![expense]),
    )
}

pub(super) fn withdraw(doing: &Doing<'_>, dice: &mut Dice) -> Result<Tried, Failure> {
    let me = me(doing)?;
    let handed_in = |index: &_| {
        ApprovalView::read(index)
            .ok()
            .filter(|view| view.applicant == me && !view.submissions.is_empty())
    };
    let Some((expense, view)) = doing.choose(Kind::Approval, handed_in)? else {
        return Ok(Tried::Nothing);
    };
    let words = format!(
        "takes back expense {}, which is {}",
        short(expense),
        view.status.name()
    );
    let note = Some(doing.short_text(dice));
    let withdrawn = doing.replica.withdraw(&doing.now, expense, note);
    tried(words, withdrawn.map(|()| vec![expense]))
}

pub(super) fn decide(doing: &Doing<'_>, dice: &mut Dice) -> Result<Tried, Failure> {
    let handed_in = |index: &_| {
        ApprovalView::read(index)
            .ok()
            .filter(|view| !view.submissions.is_empty())
    };
    let Some((expense, view)) = doing.choose(Kind::Approval, handed_in)? else {
        return Ok(Tried::Nothing);
    };
    let Some(submission) = view.submissions.last() else {
        return Ok(Tried::Nothing);
    };
    let decision = dice.pick(&Decision::ALL).copied().unwrap_or(Decision::Approve);
    let words = format!(
        "says {} to expense {}, which is {}",
        decision.name(),
        short(expense),
        view.status.name()
    );
    let deciding = Deciding {
        revision: submission.revision.clone(),
        decision,
        // A return goes to the author, or back to the first step.
        step: (decision == Decision::Return && dice.one_in(2)).then_some(1),
        acted_for: None,
        note: Some(doing.short_text(dice)),
    };
    let decided = doing.replica.decide_as(&doing.now, expense, deciding);
    tried(words, decided.map(|()| vec![expense]))
}
