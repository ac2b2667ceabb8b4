use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

/// Places for connections. When all are taken a newcomer gets that of whoever has been without a request for longest, so that
/// connections that say nothing keep nobody out.
#[derive(Debug)]
pub(super) struct Places {
    free: Arc<Semaphore>,
    all: usize,
    seats: Mutex<Seats>,
    /// Somebody's request is over.
    rested: Notify,
}

#[derive(Debug, Default)]
struct Seats {
    /// Grows with whatever happens.
    moment: u64,
    taken: BTreeMap<u64, Taken>,
}

#[derive(Debug)]
struct Taken {
    /// Since when there is no request; absent while there is one, and once it was asked to leave.
    resting: Option<u64>,
    leave: Arc<Notify>,
}

/// One connection's place, until dropped.
#[derive(Debug)]
pub(super) struct Seat {
    places: Arc<Places>,
    number: u64,
    leave: Arc<Notify>,
    _place: OwnedSemaphorePermit,
}

/// A request on a connection, until its answer is written.
#[derive(Debug)]
pub(super) struct UnderWay {
    places: Arc<Places>,
    number: u64,
}

impl Places {
    pub(super) fn new(all: usize) -> Arc<Self> {
        Arc::new(Self {
            free: Arc::new(Semaphore::new(all)),
            all,
            seats: Mutex::default(),
            rested: Notify::new(),
        })
    }

    /// A place, as soon as there is one.
    pub(super) async fn take(self: &Arc<Self>) -> Seat {
        loop {
            if let Ok(place) = Arc::clone(&self.free).try_acquire_owned() {
                return self.sit(place);
            }
            self.make_room();
            tokio::select! {
                Ok(place) = Arc::clone(&self.free).acquire_owned() => return self.sit(place),
                () = self.rested.notified() => {}
            }
        }
    }

    /// Asks the connection that has been without a request for longest to leave.
    pub(super) fn make_room(&self) {
        let mut seats = self.lock();
        let resting = seats.taken.values_mut().filter(|seat| seat.resting.is_some());
        if let Some(longest) = resting.min_by_key(|seat| seat.resting) {
            longest.resting = None;
            longest.leave.notify_one();
        }
    }

    /// Resolves when everybody has left.
    pub(super) async fn empty(&self) {
        let all = u32::try_from(self.all).unwrap_or(u32::MAX);
        let _ = self.free.acquire_many(all).await;
    }

    fn sit(self: &Arc<Self>, place: OwnedSemaphorePermit) -> Seat {
        let leave = Arc::new(Notify::new());
        let mut seats = self.lock();
        seats.moment += 1;
        let number = seats.moment;
        let taken = Taken {
            resting: Some(number),
            leave: Arc::clone(&leave),
        };
        seats.taken.insert(number, taken);
        drop(seats);
        Seat {
            places: Arc::clone(self),
            number,
            leave,
            _place: place,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Seats> {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seat {
    /// Resolves when somebody else needs the place.
    pub(super) async fn asked_to_leave(&self) {
        self.leave.notified().await;
    }

    /// Begins requests on this connection.
    pub(super) fn requests(&self) -> impl Fn() -> UnderWay + use<> {
        let (places, number) = (Arc::clone(&self.places), self.number);
        move || {
            if let Some(taken) = places.lock().taken.get_mut(&number) {
                taken.resting = None;
            }
            UnderWay {
                places: Arc::clone(&places),
                number,
            }
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.places.lock().taken.remove(&self.number);
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        let mut seats = self.places.lock();
        seats.moment += 1;
        let moment = seats.moment;
        if let Some(taken) = seats.taken.get_mut(&self.number) {
            taken.resting = Some(moment);
        }
        drop(seats);
        self.places.rested.notify_one();
    }
}

/// The body of an answer. Its request is over when all of it was written.
#[derive(Debug)]
pub(super) struct Answering {
    body: Body,
    _request: UnderWay,
}

impl Answering {
    /// The body of the answer to this request.
    pub(super) fn body(body: Body, request: UnderWay) -> Body {
        Body::new(Self {
            body,
            _request: request,
        })
    }
}

impl HttpBody for Answering {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
