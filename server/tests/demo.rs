//! The field day, played in process: it ends in agreement, and its seed decides everything.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use fieldbook_server::demo::{Figures, Narrator, play};

/// What is written to it can be read by its other handle.
#[derive(Clone, Default)]
struct Page(Arc<Mutex<Vec<u8>>>);

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .lock()
            .map_err(|_| io::Error::other("poisoned"))?
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seed_replays_its_day() {
    let page = Page::default();
    let first = play(1, &mut Narrator::to(page.clone())).await.unwrap();
    let again = play(1, &mut Narrator::silent()).await.unwrap();
    let other = play(2, &mut Narrator::silent()).await.unwrap();
    assert_eq!(
        first.state_hash, again.state_hash,
        "the same seed gives the same state"
    );
    assert_eq!(
        (first.operations, first.documents),
        (again.operations, again.documents)
    );
    assert_ne!(first.state_hash, other.state_hash, "another seed is another day");
    for day in [&first, &again, &other] {
        ends_well(day);
    }
    reads_well(std::str::from_utf8(&page.0.lock().unwrap()).unwrap());
}

fn ends_well(day: &Figures) {
    assert!(day.agree, "{day:?}");
    assert_eq!((day.replicas, day.parked), (8, 1), "{day:?}");
    assert!(day.duplicate > 0, "an answer was lost: {day:?}");
    assert_eq!(
        day.accepted + day.duplicate + day.parked,
        day.operations,
        "{day:?}"
    );
    assert!(
        day.documents > 400 && day.bytes_up > 10_000 && day.bytes_down > 10_000,
        "{day:?}"
    );
}

/// The story says what a sales manager wants to know, in words of theirs.
fn reads_well(story: &str) {
    for words in [
        "1 item needs attention",
        "Kept word for word",
        "no position, starts anyway",
        "from the address on file",
        "over the limit",
        "the connection breaks after",
        "the answer is lost",
        "approved by Grace",
        "returned by Grace",
        "All eight phones and the server hold the same",
    ] {
        assert!(story.contains(words), "{words:?} is missing in:\n{story}");
    }
    for jargon in [
        "sync",
        "crdt",
        "conflict",
        "payload",
        "entity",
        "operation",
        "replica",
        "json",
    ] {
        assert!(!story.to_lowercase().contains(jargon), "{jargon:?} in:\n{story}");
    }
}
