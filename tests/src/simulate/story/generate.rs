use super::weather::{Chance, Weather};
use super::{Action, Cast, Deed, Step, Way};
use crate::simulate::dice::Dice;
use crate::simulate::people::{MANAGER, PEOPLE, UNITS};

/// The steps of a seed: a few parts, each with its own weather.
pub(super) fn steps(seed: u64, cast: &Cast) -> Vec<Step> {
    let mut dice = Dice::of(seed, "story");
    let count = dice.between(40, 120);
    let part = dice.between(20, 120);
    let mut weather = Weather::draw(&mut dice, cast.phones.len());
    let mut steps = Vec::new();
    for number in 1..=count {
        if number % part == 0 {
            weather = Weather::draw(&mut dice, cast.phones.len());
        }
        steps.push(Step {
            number: u32::try_from(number).unwrap_or(u32::MAX),
            seed: dice.number(),
            wait_s: if dice.one_in(4) {
                dice.between(60, 7200)
            } else {
                dice.between(1, 60)
            },
            action: action(&mut dice, &weather, cast),
        });
    }
    hand_over(seed, &mut steps);
    if !restore(seed, &mut steps) {
        end_access(seed, cast, &mut steps);
    }
    steps
}

/// In one story of four the operator gives somebody's customers to somebody else. Drawn apart, too.
fn hand_over(seed: u64, steps: &mut Vec<Step>) {
    let mut dice = Dice::of(seed, "handover");
    if !dice.one_in(4) {
        return;
    }
    let action = Action::HandOver {
        from: dice.index(PEOPLE.len()),
        to: dice.index(PEOPLE.len()),
    };
    let step = Step {
        number: u32::try_from(steps.len() + 1).unwrap_or(u32::MAX),
        seed: dice.number(),
        wait_s: dice.between(1, 60),
        action,
    };
    steps.insert(dice.index(steps.len()), step);
}

/// In one story of five somebody's access ends: a phone is lost, or a person leaves. Not in stories with a restore: a
/// phone that has removed everything cannot hand it back, so what it alone held since the backup is gone. Drawn apart,
/// too.
fn end_access(seed: u64, cast: &Cast, steps: &mut Vec<Step>) {
    let mut dice = Dice::of(seed, "end of access");
    if !dice.one_in(5) {
        return;
    }
    let phone = dice.index(cast.phones.len());
    let person = cast.phones[phone].person;
    // The manager stays: somebody has to see everything.
    let action = if person == MANAGER || dice.one_in(2) {
        Action::Revoke(phone)
    } else {
        Action::Leave { person }
    };
    let step = Step {
        number: u32::try_from(steps.len() + 1).unwrap_or(u32::MAX),
        seed: dice.number(),
        wait_s: dice.between(1, 60),
        action,
    };
    steps.insert(dice.index(steps.len()), step);
}

/// In one story of four the server is restored, once or twice, from a backup made some steps earlier. Drawn apart, so that
/// the other steps of a seed are what they are without. True when it is.
fn restore(seed: u64, steps: &mut Vec<Step>) -> bool {
    let mut dice = Dice::of(seed, "restore");
    if !dice.one_in(4) {
        return false;
    }
    let times = if dice.one_in(3) { 2 } else { 1 };
    for _ in 0..times {
        let first = dice.index(steps.len());
        let second = first + dice.index(steps.len() - first + 1);
        for (at, action) in [(second, Action::Restore), (first, Action::BackUp)] {
            let step = Step {
                number: u32::try_from(steps.len() + 1).unwrap_or(u32::MAX),
                seed: dice.number(),
                wait_s: dice.between(1, 60),
                action,
            };
            steps.insert(at, step);
        }
    }
    true
}

fn action(dice: &mut Dice, weather: &Weather, cast: &Cast) -> Action {
    let focus = weather.focus.filter(|_| !dice.one_in(4));
    let phone = focus.unwrap_or_else(|| dice.index(cast.phones.len()));
    let way = if dice.one_in(2) { Way::Up } else { Way::Down };
    match dice.weighted(&weather.chances).copied().unwrap_or(Chance::Do) {
        Chance::Do => {
            let role = PEOPLE[cast.phones[phone].person].role;
            Action::Do {
                phone,
                deed: Deed::by_chance(role, cast.theme, dice),
            }
        }
        Chance::Begin => Action::Begin(phone),
        Chance::Exchange => Action::Exchange(phone),
        Chance::DeliverUp => Action::Deliver(Way::Up),
        Chance::DeliverDown => Action::Deliver(Way::Down),
        Chance::Lose => Action::Lose(way),
        Chance::Repeat => Action::Repeat(way),
        Chance::CutShort => Action::CutShort(way),
        Chance::TimeOut => Action::TimeOut(phone),
        Chance::Offline => Action::Offline(phone),
        Chance::Online => Action::Online(phone),
        Chance::CrashPhone => Action::CrashPhone {
            phone,
            reboot: dice.one_in(3),
        },
        Chance::Attack => Action::Attack,
        Chance::CrashServer => Action::CrashServer,
        Chance::CrashServerUnanswered => Action::CrashServerUnanswered,
        Chance::Clock => Action::Clock {
            phone,
            by_s: jump(dice),
        },
        // The manager stays: somebody has to see everything.
        Chance::Transfer => Action::Transfer {
            person: if dice.one_in(3) {
                1 + dice.index(PEOPLE.len() - 1)
            } else {
                cast.restless
            },
            unit: 1 + dice.index(UNITS.len() - 1),
        },
    }
}

/// A few seconds, hours or days, forward or back.
fn jump(dice: &mut Dice) -> i64 {
    let most = [90, 7_200, 5 * 86_400][dice.index(3)];
    let by = i64::try_from(dice.between(1, most)).unwrap_or(0);
    if dice.one_in(2) { by } else { -by }
}
