use fieldbook_core::model::Role;

/// One person of the organisation that every story plays in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Player {
    /// Their name.
    pub name: &'static str,
    /// What they do.
    pub role: Role,
    /// Place of their unit in [`UNITS`].
    pub unit: usize,
}

/// A team: places in [`PEOPLE`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Team {
    /// Who leads it.
    pub supervisor: usize,
    /// Its reps.
    pub reps: [usize; 2],
}

/// The units: a region and its two teams.
pub(crate) const UNITS: [&str; 3] = ["Region", "North", "South"];

/// Everybody.
pub(crate) const PEOPLE: [Player; 7] = [
    Player {
        name: "Mei",
        role: Role::Supervisor,
        unit: 0,
    },
    Player {
        name: "Shen",
        role: Role::Supervisor,
        unit: 1,
    },
    Player {
        name: "Li",
        role: Role::Rep,
        unit: 1,
    },
    Player {
        name: "Wang",
        role: Role::Rep,
        unit: 1,
    },
    Player {
        name: "Zhao",
        role: Role::Supervisor,
        unit: 2,
    },
    Player {
        name: "Chen",
        role: Role::Rep,
        unit: 2,
    },
    Player {
        name: "Liu",
        role: Role::Rep,
        unit: 2,
    },
];

/// Who leads the region.
pub(crate) const MANAGER: usize = 0;
/// The one team.
pub(crate) const NORTH: Team = Team {
    supervisor: 1,
    reps: [2, 3],
};
/// The other one.
pub(crate) const SOUTH: Team = Team {
    supervisor: 4,
    reps: [5, 6],
};
