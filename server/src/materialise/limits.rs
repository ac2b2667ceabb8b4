/// What a worker may use at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Limits {
    /// Bytes of address space. The largest document that the gate lets grow needs a fraction.
    pub(super) memory: u64,
    /// Seconds of processor time, over all documents of one worker.
    pub(super) processor_s: u64,
}

impl Limits {
    pub(super) const WORKER: Self = Self {
        memory: 1 << 30,
        processor_s: 600,
    };

    /// Bounds this process. Where the system knows no such limits, the time that the parent waits is the only one.
    ///
    /// # Errors
    /// When the system refuses.
    #[cfg(unix)]
    pub(super) fn apply(self) -> std::io::Result<()> {
        use rustix::process::{Resource, Rlimit, nice, setrlimit};
        let bound = |resource, limit| {
            let limit = Rlimit {
                current: Some(limit),
                maximum: Some(limit),
            };
            setrlimit(resource, limit)
        };
        bound(Resource::As, self.memory)?;
        bound(Resource::Cpu, self.processor_s)?;
        // A dying worker leaves no gigabyte behind.
        bound(Resource::Core, 0)?;
        // Phones come first.
        nice(10)?;
        Ok(())
    }

    #[cfg(not(unix))]
    pub(super) fn apply(self) -> std::io::Result<()> {
        Ok(())
    }
}
