use fieldbook_core::document::view::ActivityView;
use fieldbook_core::model::Kind;
use fieldbook_core::replica::NewLogEntry;

use super::visit::me;
use super::{Doing, Tried, short, tried};
use crate::simulate::Failure;
use crate::simulate::dice::Dice;

pub(super) fn log(doing: &Doing<'_>, dice: &mut Dice) -> Result<Tried, Failure> {
    let about = if dice.one_in(2) {
        doing.any(Kind::Visit)?
    } else {
        None
    };
    let entry = NewLogEntry {
        text: doing.text(dice),
        customer: None,
        visit: about,
    };
    let logged = doing.replica.log(&doing.now, dice.rng(), entry);
    let words = logged.as_ref().map_or("logs something".to_owned(), |log| {
        format!("writes into log {}", short(*log))
    });
    tried(words, logged.map(|log| vec![log]))
}

pub(super) fn edit_entry(doing: &Doing<'_>, dice: &mut Dice) -> Result<Tried, Failure> {
    let me = me(doing)?;
    let own = |index: &_| {
        ActivityView::read(index)
            .ok()
            .filter(|log| log.rep == me && !log.entries.is_empty())
    };
    let Some((log, view)) = doing.choose(Kind::Activity, own)? else {
        return Ok(Tried::Nothing);
    };
    let Some(entry) = dice.pick(&view.entries) else {
        return Ok(Tried::Nothing);
    };
    let edited = doing
        .replica
        .edit_entry(&doing.now, log, &entry.id, doing.text(dice));
    tried(
        format!("changes an entry of log {}", short(log)),
        edited.map(|()| vec![log]),
    )
}

pub(super) fn comment(doing: &Doing<'_>, dice: &mut Dice) -> Result<Tried, Failure> {
    let read = |index: &_| ActivityView::read(index).ok();
    let Some((log, view)) = doing.choose(Kind::Activity, read)? else {
        return Ok(Tried::Nothing);
    };
    let entry = if dice.one_in(2) {
        dice.pick(&view.entries).map(|entry| entry.id.clone())
    } else {
        None
    };
    let commented = doing.replica.comment(&doing.now, log, entry, doing.text(dice));
    tried(
        format!("comments on log {}", short(log)),
        commented.map(|()| vec![log]),
    )
}
