import FieldbookBindings

/// What was not accepted: correct and send again, export, or discard. Nothing of it goes away by itself.
public struct ParkedWork: Sendable {
    let parked: NativeParked
    let live: NativeLive
    let calls: Calls

    /// All of it, oldest first, as it changes.
    public func all() -> LiveValues<[ParkedItem]> {
        calls.live(live, [.status]) { [parked] in try parked.all() }
    }

    /// Sends an item again. What was parked only because it follows that item goes with it.
    ///
    /// - Parameter fields: what the person put in other words, by ``TypedField/name``; none sends it as it was.
    /// - Returns: how many operations were written.
    @discardableResult
    public func resend(_ item: Int64, _ fields: TypedField...) async throws(FieldbookError) -> Int {
        try await resend(item, fields)
    }

    /// The same with the fields as a list.
    @discardableResult
    public func resend(_ item: Int64, _ fields: [TypedField]) async throws(FieldbookError) -> Int {
        Int(try await calls.disk { [parked] in try parked.resend(id: item, fields: fields) })
    }

    /// Keeps what the person typed into an item on a visit as a line of its notes, and takes the item away: for what came too late to
    /// be recorded.
    public func keepAsNote(_ item: Int64) async throws(FieldbookError) {
        try await calls.disk { [parked] in try parked.keepAsNote(id: item) }
    }

    /// What was parked only because it follows this item, directly or through another: name it before discarding.
    public func followers(_ item: Int64) async throws(FieldbookError) -> [ParkedItem] {
        try await calls.disk { [parked] in try parked.followers(id: item) }
    }

    /// Throws an item away with all that follows it, because the person said so after seeing ``followers(_:)``; returns how many went.
    @discardableResult
    public func discardWithFollowers(_ item: Int64) async throws(FieldbookError) -> Int {
        Int(try await calls.disk { [parked] in try parked.discardWithFollowers(id: item) })
    }

    /// Throws an item away because the person said so; false when it was gone already. What follows it stays.
    @discardableResult
    public func discard(_ item: Int64) async throws(FieldbookError) -> Bool {
        try await calls.disk { [parked] in try parked.discard(id: item) }
    }

    /// All of it as JSON, for a colleague or for support.
    public func export() async throws(FieldbookError) -> String {
        try await calls.disk { [parked] in try parked.export() }
    }
}
