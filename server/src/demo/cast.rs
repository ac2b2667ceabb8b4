//! Who plays: two teams of one region.

use fieldbook_core::model::Role;

/// The organisation.
pub(super) const COMPANY: &str = "Harbor Foods 海港食品";
/// The region above the teams.
pub(super) const REGION: &str = "Southeast";
/// The team of Georgia and Alabama.
pub(super) const NORTH: &str = "Georgia and Alabama";
/// The team of Florida.
pub(super) const SOUTH: &str = "Florida";

/// One person of the story.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Member {
    /// The name as the organisation writes it.
    pub(super) name: &'static str,
    /// The name as the story says it.
    pub(super) short: &'static str,
    pub(super) role: Role,
    pub(super) team: &'static str,
}

pub(super) const GRACE: Member = supervisor("Grace Hill", "Grace", NORTH);
pub(super) const WANG: Member = supervisor("Wang Lei 王磊", "Wang Lei", SOUTH);
pub(super) const CHEN: Member = rep("Chen Bo 陈波", "Chen Bo", NORTH);
pub(super) const DANA: Member = rep("Dana Brooks", "Dana", NORTH);
pub(super) const MARCUS: Member = rep("Marcus Reed", "Marcus", NORTH);
pub(super) const LI: Member = rep("Li Na 李娜", "Li Na", SOUTH);
pub(super) const SOFIA: Member = rep("Sofia Alvarez", "Sofia", SOUTH);
pub(super) const ZHANG: Member = rep("Zhang Wei 张伟", "Zhang Wei", SOUTH);

/// Everybody: supervisors first, then the reps of each team.
pub(super) const ALL: [&Member; 8] = [&GRACE, &WANG, &CHEN, &DANA, &MARCUS, &LI, &SOFIA, &ZHANG];

const fn supervisor(name: &'static str, short: &'static str, team: &'static str) -> Member {
    Member {
        name,
        short,
        role: Role::Supervisor,
        team,
    }
}

const fn rep(name: &'static str, short: &'static str, team: &'static str) -> Member {
    Member {
        name,
        short,
        role: Role::Rep,
        team,
    }
}

/// The reps, in the order of [`ALL`].
pub(super) fn reps() -> impl Iterator<Item = &'static Member> {
    ALL.into_iter().filter(|member| member.role == Role::Rep)
}
