import FieldbookBindings

/// The daily log. All of it works without network.
public struct Activities: Sendable {
    let activities: NativeActivities
    let live: NativeLive
    let calls: Calls

    /// The latest days of a person that have a log, the last one first, as they change; one's own without a person.
    public func days(of person: PersonId? = nil, limit: Int = 14) -> LiveValues<[DayLog]> {
        calls.live(live, [.activities]) { [activities] in
            try activities.days(person: person, limit: UInt32(clamping: limit))
        }
    }

    /// A day's log as it changes; nil when it is not on this phone (any more).
    public func page(_ log: LogId) -> LiveValues<DayLog?> {
        calls.live(live, [.activities]) { [activities] in try activities.page(log: log) }
    }

    /// Writes an entry into today's log, which begins with its first one.
    @discardableResult
    public func log(
        _ text: String, customer: CustomerId? = nil, visit: VisitId? = nil
    ) async throws(FieldbookError) -> LogId {
        let entry = NewEntry(text: text, customer: customer, visit: visit)
        return try await calls.disk { [activities] in try activities.log(entry: entry) }
    }

    /// Changes the text of one's own entry.
    public func edit(_ log: LogId, entry: String, text: String) async throws(FieldbookError) {
        try await calls.disk { [activities] in try activities.edit(log: log, entry: entry, text: text) }
    }

    /// Remarks on an entry, or on the whole day when `entry` is nil.
    public func comment(_ log: LogId, text: String, entry: String? = nil) async throws(FieldbookError) {
        try await calls.disk { [activities] in try activities.comment(log: log, entry: entry, text: text) }
    }
}
