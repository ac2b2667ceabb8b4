import FieldbookBindings

/// Brings the phone and the server to the same.
public struct Syncing: Sendable {
    let sync: NativeSync
    let live: NativeLive
    let calls: Calls

    /// How sync goes and how much of the work is where, as it changes: the line under every title.
    public func status() -> LiveValues<SyncStatus> {
        calls.live(live, [.status]) { [sync] in try sync.status() }
    }

    /// Syncs from now on by itself: when the person wrote something, when there is news, when the network is back. For the time the app
    /// is in front; a background task calls ``now()``.
    public func start() async throws(FieldbookError) {
        try await calls.network { [sync] _ in try await sync.start() }
    }

    /// Stops syncing by itself; what is under way is sent again another time.
    public func stop() async throws(FieldbookError) {
        try await calls.disk { [sync] in try sync.stop() }
    }

    /// Exchanges until the phone and the server know the same. Cancelling the task ends it; nothing is lost.
    ///
    /// - Throws: ``FieldbookError/Unreachable(words:)`` without a network; ``FieldbookError/SignInEnded(words:)`` when the person has to
    ///   sign in again: unsent work stays.
    @discardableResult
    public func now() async throws(FieldbookError) -> SyncReport {
        try await calls.network { [sync] cancel in try await sync.now(cancel: cancel) }
    }

    /// The network is back, or the app is in front again: a wait ends now.
    public func wake() async throws(FieldbookError) {
        try await calls.disk { [sync] in try sync.wake() }
    }

    func rest() async throws(FieldbookError) {
        try await calls.network { [sync] _ in try await sync.rest() }
    }

    /// Is all of this phone's work on the server, as it changes? The answer rests on what the server signed.
    public func receipt() -> LiveValues<Delivery> {
        calls.live(live, [.status]) { [sync] in try sync.receipt() }
    }

    /// Every receipt that this phone keeps as a small file: what `fieldbook audit verify` takes.
    public func receiptsFile() async throws(FieldbookError) -> String {
        try await calls.disk { [sync] in try sync.receiptsFile() }
    }
}
