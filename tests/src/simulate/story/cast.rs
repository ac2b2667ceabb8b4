use fieldbook_core::model::Kind;

use crate::simulate::dice::Dice;
use crate::simulate::people::{MANAGER, NORTH, PEOPLE, SOUTH};

/// Who is there, and the habits that hold for the whole story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cast {
    /// The phones; steps name them by position.
    pub phones: Vec<Seat>,
    /// People write long texts and phones take small answers, so that news comes in pages.
    pub in_pages: bool,
    /// Who is moved from unit to unit more than others: a place in [`PEOPLE`].
    pub restless: usize,
    /// The kind of record that the story is mostly about.
    pub theme: Option<Kind>,
    /// The phones have had a first sync before the story begins.
    pub acquainted: bool,
}

/// One phone and whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seat {
    /// Place in [`PEOPLE`].
    pub person: usize,
    /// The person's first phone (0) or second (1).
    pub phone: usize,
}

impl Cast {
    /// The cast of a seed: a supervisor with their reps, and perhaps somebody's second phone, the manager or people
    /// of the other team.
    pub(super) fn generate(seed: u64) -> Self {
        let mut dice = Dice::of(seed, "cast");
        let (ours, theirs) = if dice.one_in(2) {
            (NORTH, SOUTH)
        } else {
            (SOUTH, NORTH)
        };
        let mut phones = vec![first(ours.supervisor), first(ours.reps[0]), first(ours.reps[1])];
        let in_pages = dice.one_in(4);
        // The first rep of a team has many customers in stories that come in pages.
        let restless = if in_pages {
            ours.reps[0]
        } else {
            ours.reps[dice.index(2)]
        };
        let mut others = vec![
            Seat {
                person: ours.reps[dice.index(2)],
                phone: 1,
            },
            first(MANAGER),
            first(theirs.supervisor),
            first(theirs.reps[dice.index(2)]),
        ];
        dice.shuffle(&mut others);
        others.truncate(dice.index(3));
        phones.extend(others);
        dice.shuffle(&mut phones);
        let themes = [
            Some(Kind::Visit),
            Some(Kind::Customer),
            Some(Kind::Approval),
            Some(Kind::Activity),
            None,
            None,
        ];
        Self {
            phones,
            restless,
            theme: themes[dice.index(themes.len())],
            in_pages,
            acquainted: !dice.one_in(8),
        }
    }

    /// What a phone is called in the trace.
    pub fn name(&self, phone: usize) -> String {
        match self.phones.get(phone) {
            Some(Seat { person, phone: 0 }) => PEOPLE[*person].name.to_owned(),
            Some(Seat { person, .. }) => format!("{} (second phone)", PEOPLE[*person].name),
            None => format!("phone {phone}"),
        }
    }
}

fn first(person: usize) -> Seat {
    Seat { person, phone: 0 }
}
