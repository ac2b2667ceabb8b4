/// Names an operation inside one index: its counter and the position of its actor among the index's actors.
///
/// The derived order is only for tables: which of two operations wins is [`super::actors::Actors::compare`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Id {
    pub(super) counter: u32,
    pub(super) actor: u32,
}

impl Id {
    /// The root object; no operation has the counter 0.
    pub(super) const ROOT: Id = Id { counter: 0, actor: 0 };
}
