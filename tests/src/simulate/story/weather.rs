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
    Attack,
}

/// How often each thing happens for a while, and to whom most of it.
#[derive(Clone, Debug)]
pub(super) struct Weather {
    pub(super) chances: Vec<(u64, Chance)>,
    /// The phone that most of it happens to.
    pub(super) focus: Option<usize>,
}

impl Weather {
    /// The weather of one part of a story. Every trouble is absent from some parts and thick in others: a bug that
    /// needs two of them is found where a third does not hide it.
    pub(super) fn draw(dice: &mut Dice, phones: usize) -> Self {
        let focus = dice.one_in(3).then(|| dice.index(phones));
        if dice.one_in(5) {
            return Self {
                chances: BOUNCING.to_vec(),
                focus,
            };
        }
        let exchanges = dice.between(5, 80);
        let mut trouble = |usual: u64| match dice.below(6) {
            0 | 1 => 0,
            2 => 4 * usual,
            _ => dice.between(1, usual),
        };
        let chances = vec![
            (exchanges, Chance::Exchange),
            (trouble(8), Chance::Lose),
            (trouble(8), Chance::Repeat),
            (trouble(4), Chance::CutShort),
            (trouble(6), Chance::Offline),
            (trouble(6), Chance::CrashPhone),
            (trouble(4), Chance::CrashServer),
            (trouble(4), Chance::CrashServerUnanswered),
            (trouble(4), Chance::Clock),
            (trouble(6), Chance::Transfer),
            (trouble(6), Chance::Attack),
            (20, Chance::TimeOut),
            (8, Chance::Online),
            (80, Chance::Do),
            (14, Chance::Begin),
            (14, Chance::DeliverUp),
            (14, Chance::DeliverDown),
        ];
        Self { chances, focus }
    }
}

/// People go from unit to unit while others write into their records and answers are under way.
const BOUNCING: &[(u64, Chance)] = &[
    (30, Chance::Do),
    (20, Chance::Begin),
    (20, Chance::DeliverUp),
    (20, Chance::DeliverDown),
    (15, Chance::Transfer),
    (6, Chance::Exchange),
    (4, Chance::TimeOut),
];
