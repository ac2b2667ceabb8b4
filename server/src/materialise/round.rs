use std::time::Duration;

use fieldbook_core::model::{DocumentId, TenantId};

use super::child::{Child, Death, Outcome, Program};
use super::job::{Job, Made};
use crate::store::{Result, SetAsideRow, SnapshotRow, Store};

/// Rows of the log that are looked at before what was made of them is written.
const ROWS: usize = 64;
/// How often a document may take a worker down before it is set aside: the first time may have been an accident.
const ATTEMPTS: u32 = 2;
/// The wait before a worker is started again doubles with each death, from the first to the last of these.
const FIRST_WAIT: Duration = Duration::from_millis(50);
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// What one round did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Documents that have a new snapshot.
    pub made: u64,
    /// Documents that were set aside.
    pub set_aside: u64,
    /// Workers that died.
    pub deaths: u64,
}

/// Materialises what is to be materialised, until nothing is left or the server stops.
pub struct Round<'a, S> {
    store: &'a S,
    program: &'a Program,
    /// Waits as long as it is told to; true when the server stops.
    pause: &'a dyn Fn(Duration) -> bool,
    now_ms: &'a dyn Fn() -> u64,
    child: Option<Child>,
    report: Report,
}

impl<S> std::fmt::Debug for Round<'_, S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Round")
            .field("report", &self.report)
            .finish_non_exhaustive()
    }
}

/// What a document became.
enum Row {
    Snapshot(SnapshotRow),
    Aside(SetAsideRow),
}

impl<'a, S: Store> Round<'a, S> {
    /// A round over a store. `pause` waits as long as it is told to and answers whether the server stops.
    pub fn new(
        store: &'a S,
        program: &'a Program,
        pause: &'a dyn Fn(Duration) -> bool,
        now_ms: &'a dyn Fn() -> u64,
    ) -> Self {
        Self {
            store,
            program,
            pause,
            now_ms,
            child: None,
            report: Report::default(),
        }
    }

    /// Does all there is to do.
    ///
    /// # Errors
    /// When the store fails or no worker can be started: what was not done is done in the next round.
    pub fn run(mut self) -> Result<Report> {
        for tenant in self.store.read(|reader| reader.tenants())? {
            while !self.is_stopping() && self.step(tenant.id)? {}
        }
        Ok(self.report)
    }

    fn is_stopping(&self) -> bool {
        (self.pause)(Duration::ZERO)
    }

    /// The next rows of a log; false when there are no more.
    fn step(&mut self, tenant: TenantId) -> Result<bool> {
        let (backlog, before) = self.store.read(|reader| {
            let backlog = reader.backlog(tenant, ROWS)?;
            Ok((backlog, reader.backlog(tenant, 0)?.until))
        })?;
        if backlog.documents.is_empty() && backlog.until == before {
            return Ok(false);
        }
        let mut rows = Vec::with_capacity(backlog.documents.len());
        for document in backlog.documents {
            match self.document(tenant, document)? {
                Some(row) => rows.push(row),
                None => return Ok(false),
            }
        }
        for row in &rows {
            match row {
                Row::Snapshot(_) => self.report.made += 1,
                Row::Aside(_) => self.report.set_aside += 1,
            }
        }
        self.store.write(move |writer| {
            for row in &rows {
                match row {
                    Row::Snapshot(row) => writer.put_snapshot(tenant, row)?,
                    Row::Aside(row) => writer.put_aside(tenant, row)?,
                }
            }
            writer.materialised(tenant, backlog.until)
        })?;
        Ok(true)
    }

    /// One document; `None` when the server stops.
    fn document(&mut self, tenant: TenantId, document: DocumentId) -> Result<Option<Row>> {
        let (segments, as_of) = self.store.read(|reader| {
            let segments = reader.segments(tenant, document, 0)?;
            let as_of = segments.last().map_or(0, |row| row.sequence);
            Ok((segments, as_of))
        })?;
        let job = Job::new(document, segments);
        let mut died = None;
        for attempt in 1..=ATTEMPTS {
            match self.attempt(&job)? {
                Outcome::Stopped => return Ok(None),
                Outcome::Made(Made::Sound(json)) => {
                    return Ok(Some(Row::Snapshot(SnapshotRow {
                        document,
                        as_of,
                        json,
                    })));
                }
                Outcome::Made(Made::Unsound(reason)) => {
                    return Ok(Some(Row::Aside(self.aside(document, as_of, reason))));
                }
                Outcome::Died(death) => {
                    if self.bury(document, &death, attempt) {
                        return Ok(None);
                    }
                    died = Some(death);
                }
            }
        }
        let reason = died.map_or_else(String::new, |death| death.to_string());
        Ok(Some(Row::Aside(self.aside(document, as_of, reason))))
    }

    fn attempt(&mut self, job: &Job) -> Result<Outcome> {
        let child = match &mut self.child {
            Some(child) => child,
            none => {
                let unusable = |error: std::io::Error| crate::store::StoreError::Unusable {
                    path: self.program.path.clone(),
                    problem: error.to_string(),
                };
                none.insert(Child::start(self.program).map_err(unusable)?)
            }
        };
        let pause = self.pause;
        Ok(child.run(job, &|| pause(Duration::ZERO)))
    }

    /// A worker died. Waits before the next one may start; true when the server stops meanwhile.
    fn bury(&mut self, document: DocumentId, death: &Death, attempt: u32) -> bool {
        self.child = None;
        self.report.deaths += 1;
        tracing::error!(event = "worker_died", %document, %death, attempt, "a worker died of a document");
        let doubled = u32::try_from(self.report.deaths.min(16) - 1).unwrap_or(0);
        (self.pause)((FIRST_WAIT * 2_u32.pow(doubled)).min(LONGEST_WAIT))
    }

    fn aside(&self, document: DocumentId, as_of: u64, reason: String) -> SetAsideRow {
        tracing::error!(
            event = "set_aside",
            %document,
            reason,
            "a document could not be made; `fieldbook documents list --set-aside` names it"
        );
        SetAsideRow {
            document,
            as_of,
            at_ms: (self.now_ms)(),
            reason,
            is_released: false,
        }
    }
}
