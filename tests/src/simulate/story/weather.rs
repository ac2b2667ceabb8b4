use crate::simulate::dice::Dice;

/// What sort of thing may happen; the phone, the person and the amount are drawn after that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Chance {
    Do,
    Begin,
    Exchange,
    DeliverUp,
    DeliverDown,
    Lose,
    Repeat,
    CutShort,
    TimeOut,
    Offline,
    Online,
    CrashPhone,
    CrashServer,
    CrashServerUnanswered,
    Clock,
    Transfer,
}

/// How often each thing happens in one story. Every trouble is absent from some stories and thick in others: a bug that
/// needs two of them is found where a third does not hide it.
pub(super) fn weather(dice: &mut Dice) -> Vec<(u64, Chance)> {
    let exchanges = dice.between(5, 80);
    let mut trouble = |usual: u64| match dice.below(6) {
        0 | 1 => 0,
        2 => 4 * usual,
        _ => dice.between(1, usual),
    };
    vec![
        (exchanges, Chance::Exchange),
        (trouble(8), Chance::Lose),
        (trouble(8), Chance::Repeat),
        (trouble(4), Chance::CutShort),
        (trouble(6), Chance::Offline),
        (trouble(6), Chance::CrashPhone),
        (trouble(4), Chance::CrashServer),
        (trouble(4), Chance::CrashServerUnanswered),
        (trouble(4), Chance::Clock),
        (trouble(10), Chance::Transfer),
        (20, Chance::TimeOut),
        (8, Chance::Online),
        (80, Chance::Do),
        (14, Chance::Begin),
        (14, Chance::DeliverUp),
        (14, Chance::DeliverDown),
    ]
}
