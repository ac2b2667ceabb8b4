import FieldbookKit
import Observation

/// The daily log.
@Observable @MainActor
public final class ActivityModel: Room {
    /// The latest days; nil before the first answer.
    public private(set) var days: [DayLog]?

    /// What is being written; it stays until it is saved.
    public var draft = ""

    public var problem: FieldbookError?

    private let session: Session

    /// A person's log.
    public init(session: Session) { self.session = session }

    /// Shows the days as they change.
    public func run() async { await follow(session.activities.days()) { days = $0 } }

    /// Writes the draft into today's log.
    public func write() async {
        let text = draft
        if await attempt({ try await session.activities.log(text) }) { draft = "" }
    }

    /// Changes one's own entry.
    public func edit(_ log: LogId, _ entry: LogEntry, to text: String) async -> Bool {
        await attempt { try await session.activities.edit(log, entry: entry.id, text: text) }
    }
}
