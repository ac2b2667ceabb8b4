//! What a process uses, read from `/proc`.

use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

use super::Outcome;

/// The kernel counts in hundredths of a second for programs, whatever its own clock (`USER_HZ`).
const TICK: Duration = Duration::from_millis(10);

/// The processor time (user and system) of a process up to one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cpu {
    ticks: Duration,
    /// By thread, exact; absent where the kernel does not say.
    threads: BTreeMap<u32, Duration>,
}

impl Cpu {
    /// What the process has used so far.
    ///
    /// # Errors
    /// When it is gone.
    pub fn of(process: u32) -> Outcome<Self> {
        let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
        let ticks = ticks(&stat).ok_or("/proc/…/stat does not read")?;
        let mut threads = BTreeMap::new();
        for entry in fs::read_dir(format!("/proc/{process}/task"))? {
            let Some(thread) = entry?
                .file_name()
                .to_str()
                .and_then(|name| name.parse::<u32>().ok())
            else {
                continue;
            };
            // A thread may end while we look.
            let Ok(schedstat) = fs::read_to_string(format!("/proc/{process}/task/{thread}/schedstat")) else {
                continue;
            };
            if let Some(used) = nanoseconds(&schedstat) {
                threads.insert(thread, used);
            }
        }
        Ok(Self { ticks, threads })
    }

    /// What this process has used so far.
    ///
    /// # Errors
    /// Without `/proc`.
    pub fn own() -> Outcome<Self> {
        Self::of(std::process::id())
    }

    /// What was used since then.
    pub fn since(&self, before: &Self) -> Duration {
        let coarse = self.ticks.saturating_sub(before.ticks);
        let exact: Duration = self
            .threads
            .iter()
            .map(|(thread, used)| {
                used.saturating_sub(before.threads.get(thread).copied().unwrap_or_default())
            })
            .sum();
        // The ticks also know the threads that have ended; when they know of no more, the exact sum is better.
        if exact + 3 * TICK + coarse / 50 >= coarse && !exact.is_zero() {
            exact
        } else {
            coarse
        }
    }
}

/// The processor time of the calling thread so far.
///
/// # Errors
/// Without `/proc` or a kernel that counts it.
pub fn thread_cpu() -> Outcome<Duration> {
    let schedstat = fs::read_to_string("/proc/thread-self/schedstat")?;
    Ok(nanoseconds(&schedstat).ok_or("/proc/thread-self/schedstat does not read")?)
}

/// The most memory a process ever held, in megabytes of a million bytes.
///
/// # Errors
/// When it is gone.
pub fn peak_memory_mb(process: u32) -> Outcome<f64> {
    memory_mb(process, "VmHWM:")
}

/// The memory that a process holds now, in megabytes of a million bytes.
///
/// # Errors
/// When it is gone.
pub fn resident_mb(process: u32) -> Outcome<f64> {
    memory_mb(process, "VmRSS:")
}

fn memory_mb(process: u32, name: &'static str) -> Outcome<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kib: f64 = line
        .and_then(|rest| rest.trim().split(' ').next()?.parse().ok())
        .ok_or(name)?;
    Ok(kib * 1024.0 / 1e6)
}

/// Fields 14 and 15 of `/proc/PID/stat`; the name before them is in brackets and may hold anything.
fn ticks(stat: &str) -> Option<Duration> {
    let (_, after_name) = stat.rsplit_once(')')?;
    let mut fields = after_name.split_whitespace().skip(11);
    let user: u32 = fields.next()?.parse().ok()?;
    let system: u32 = fields.next()?.parse().ok()?;
    Some(TICK * (user + system))
}

/// The first field of `schedstat`: nanoseconds on a processor.
fn nanoseconds(schedstat: &str) -> Option<Duration> {
    let used = schedstat.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_nanos(used))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_spaces_and_brackets_does_not_shift_the_fields() {
        let stat = "42 (a) b (c) S 1 1 1 0 -1 4194560 100 0 0 0 150 50 0 0 20 0 3 0 9 9 9";
        assert_eq!(ticks(stat), Some(Duration::from_secs(2)));
        assert_eq!(ticks("42"), None);
    }

    #[test]
    fn work_is_counted_by_thread_unless_a_thread_took_its_count_along() {
        let used = |ticks, threads: &[(u32, u64)]| Cpu {
            ticks: TICK * ticks,
            threads: threads
                .iter()
                .map(|(id, ms)| (*id, Duration::from_millis(*ms)))
                .collect(),
        };
        let before = used(100, &[(1, 700), (2, 300)]);
        // Thread 2 ended, thread 3 began.
        assert_eq!(
            used(101, &[(1, 703), (3, 4)]).since(&before),
            Duration::from_millis(7)
        );
        assert_eq!(
            used(180, &[(1, 1_490)]).since(&before),
            Duration::from_millis(790)
        );
        assert_eq!(used(180, &[(1, 703)]).since(&before), Duration::from_millis(800));
        assert_eq!(used(103, &[]).since(&before), Duration::from_millis(30));
    }

    #[test]
    fn this_process_uses_something() {
        assert!(peak_memory_mb(std::process::id()).unwrap() > 1.0);
        let (before, thread_before) = (Cpu::own().unwrap(), thread_cpu().unwrap());
        let mut sum = 0_u64;
        for number in 0..20_000_000_u64 {
            sum = std::hint::black_box(sum.wrapping_add(number));
        }
        assert!(Cpu::own().unwrap().since(&before) > Duration::ZERO);
        assert!(thread_cpu().unwrap() > thread_before);
    }
}
