import FieldbookBindings

/// One person's work on this phone.
///
/// Keep it as long as the person is signed in; letting it go ends syncing.
public final class Session: Sendable {
    /// Visits: the plan, the door, the steps, the end.
    public let visits: Visits

    /// Customers: find, read, edit.
    public let customers: Customers

    /// The daily log.
    public let activities: Activities

    /// Requests and decisions.
    public let approvals: Approvals

    /// What was not accepted.
    public let parked: ParkedWork

    /// People, units and the rules of the house.
    public let people: People

    /// Syncing.
    public let sync: Syncing

    private let session: NativeSession
    private let live: NativeLive
    private let calls: Calls

    init(_ session: NativeSession, _ calls: Calls) {
        let live = session.live()
        self.session = session
        self.live = live
        self.calls = calls
        visits = Visits(visits: session.visits(), live: live, calls: calls)
        customers = Customers(customers: session.customers(), live: live, calls: calls)
        activities = Activities(activities: session.activities(), live: live, calls: calls)
        approvals = Approvals(approvals: session.approvals(), live: live, calls: calls)
        parked = ParkedWork(parked: session.parked(), live: live, calls: calls)
        people = People(people: session.people(), live: live, calls: calls)
        sync = Syncing(sync: session.sync(), live: live, calls: calls)
    }

    /// Whose work it is.
    public func account() async throws(FieldbookError) -> Account {
        try await calls.disk { [session] in try session.account() }
    }

    /// What the server does not have yet.
    public func unsent() async throws(FieldbookError) -> Unsent {
        try await calls.disk { [session] in try session.unsent() }
    }

    /// How many bytes the records take on this phone.
    public func storageBytes() async throws(FieldbookError) -> Int64 {
        Int64(clamping: try await calls.disk { [session] in try session.storageBytes() })
    }

    /// What support needs to help, as JSON: how much is where, what was not accepted with the person's own words. No secret, and
    /// nothing of other people's records.
    public func supportReport() async throws(FieldbookError) -> String {
        try await calls.disk { [session] in try session.supportReport() }
    }

    /// Signs the person out. What they wrote stays on this phone and goes out when they sign in again.
    public func signOut() async throws(FieldbookError) {
        try await calls.disk { [session] in try session.signOut() }
    }

    /// Lets what is at the disk end and holds back everything that would begin there, until ``wake()``. iOS ends an app that sleeps with
    /// a lock on a file (0xdead10cc): call it when the app goes to the background, inside a background task assertion. A ``wake()`` that
    /// comes before this returns wins.
    public func rest() async throws(FieldbookError) {
        guard await calls.rest() else { return }
        try await sync.rest()
        if !calls.isResting { try await sync.wake() }
    }

    /// The app is in front again, or a background task begins: what ``rest()`` held back goes on, and sync does not wait any longer.
    public func wake() async throws(FieldbookError) {
        calls.wake()
        try await sync.wake()
    }

    /// One exchange of an app that iOS woke in the background, then ``rest()``. Cancelling the task ends the exchange; what was sent goes
    /// out again.
    ///
    /// - Parameter isInFront: did the person open the app meanwhile? Then nothing is held back.
    public func syncInBackground(isInFront: @MainActor @Sendable () -> Bool) async {
        try? await wake()
        _ = try? await sync.now()
        if await isInFront() { return }
        try? await rest()
        // Opened while it came to rest: what woke the app had nothing to wake yet.
        if await isInFront() { try? await wake() }
    }

    /// How many live values are being read, for tests and for finding a leak.
    public var watchers: Int { Int(live.watchers()) }
}
