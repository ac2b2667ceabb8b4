import FieldbookKit
import Observation

/// The daily log: write any time, edit and remark.
@Observable @MainActor
public final class ActivityModel: Room {
    /// The latest days; nil before the first answer.
    public private(set) var days: [DayLog]?

    /// What the customers of the entries are called.
    public private(set) var customers: [CustomerId: String] = [:]

    /// What is being written.
    public let entry: Draft

    public var problem: FieldbookError?

    private let workplace: Workplace
    private let customer: CustomerId?
    private let visit: VisitId?
    private var session: Session { workplace.session }

    /// A person's log; a new entry is about that customer and visit.
    public init(workplace: Workplace, customer: CustomerId? = nil, visit: VisitId? = nil) {
        (self.workplace, self.customer, self.visit) = (workplace, customer, visit)
        entry = workplace.draft("entry/\(customer.map { "\($0)" } ?? "")/\(visit.map { "\($0)" } ?? "")")
    }

    /// Whom the new entry is about.
    public var about: String? { customer.flatMap { customers[$0] } }

    /// Shows the days as they change.
    public func run() async {
        await name([customer].compactMap(\.self))
        await follow(session.activities.days()) { days in
            self.days = days
            Task { await self.name(days.flatMap(\.entries).compactMap(\.customer)) }
        }
    }

    /// Writes the entry into today's log.
    public func write() async {
        guard let text = entry.filled else { return }
        if await attempt({ try await session.activities.log(text, customer: customer, visit: visit) }) { entry.done() }
    }

    /// Is it one's own log, whose entries can be changed?
    public func isMine(_ log: DayLog) -> Bool { log.rep == workplace.account.person }

    /// The field in which one's own entry is changed.
    public func edit(of entry: LogEntry, in log: DayLog) -> Draft {
        workplace.draft("log/\(log.id)/\(entry.id)/edit", before: entry.text)
    }

    /// The field in which an entry is remarked on.
    public func remark(on entry: LogEntry, in log: DayLog) -> Draft { workplace.draft("log/\(log.id)/\(entry.id)/remark") }

    /// Changes one's own entry.
    public func save(_ draft: Draft, of entry: LogEntry, in log: DayLog) async -> Bool {
        let isSaved = await attempt { try await session.activities.edit(log.id, entry: entry.id, text: draft.trimmed) }
        if isSaved { draft.done() }
        return isSaved
    }

    /// Remarks on an entry.
    public func say(_ draft: Draft, on entry: LogEntry, in log: DayLog) async -> Bool {
        let isSaid = await attempt { try await session.activities.comment(log.id, text: draft.trimmed, entry: entry.id) }
        if isSaid { draft.done() }
        return isSaid
    }

    private func name(_ ids: [CustomerId]) async {
        for id in Set(ids) where customers[id] == nil {
            customers[id] = await now(session.customers.page(id))?.customer.name
        }
    }
}
