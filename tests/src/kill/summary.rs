use serde::Serialize;

/// What came of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Summary {
    /// How many times something was killed.
    pub cycles: u32,
    /// How often the server was.
    pub server_kills: u32,
    /// How often a phone was.
    pub phone_kills: u32,
    /// Operations that a phone called saved.
    pub saved: u64,
    /// Operations that a phone knew as acknowledged.
    pub acknowledged: u64,
    /// Saved operations that are gone.
    pub lost_saved: u64,
    /// Acknowledged operations that are not on the server.
    pub lost_acknowledged: u64,
    /// Operations that the server holds twice, or that nobody wrote.
    pub twice: u64,
    /// Operations that wait for the person; nothing here gives a reason to.
    pub parked: u64,
    /// Databases that were found damaged.
    pub corrupt: u64,
    /// How long it took.
    pub seconds: f64,
}

impl Summary {
    /// Is everything there, once?
    pub fn is_clean(&self) -> bool {
        self.lost_saved + self.lost_acknowledged + self.twice + self.parked + self.corrupt == 0
    }
}
