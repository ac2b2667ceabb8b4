import FieldbookKit
import Observation

/// What waits for a supervisor's decision.
@Observable @MainActor
public final class ApprovalsModel: Room {
    /// All of it; nil before the first answer.
    public private(set) var inbox: [InboxItem]?

    /// People by their id.
    public private(set) var names: [PersonId: String] = [:]

    public var problem: FieldbookError?

    private let session: Session

    /// A supervisor's inbox.
    public init(session: Session) { self.session = session }

    /// What is odd: look first.
    public var odd: [InboxItem] { undecided.filter(\.odd) }

    /// What is ordinary: can be decided together.
    public var ordinary: [InboxItem] { undecided.filter { !$0.odd } }

    /// What is decided here and not confirmed yet.
    public var provisional: [InboxItem] { inbox?.filter { $0.approval.status == .provisional } ?? [] }

    /// The sum of what waits, when all of it is in one currency.
    public var total: Money? {
        guard let currency = undecided.first?.approval.total.currency,
            undecided.allSatisfy({ $0.approval.total.currency == currency })
        else { return nil }
        return Money(amount: undecided.reduce(0) { $0 + $1.approval.total.amount }, currency: currency)
    }

    /// Shows it as it changes.
    public func run() async {
        await attempt { names = try await session.people.names() }
        await follow(session.approvals.inbox()) { inbox = $0 }
    }

    /// Decides on what the list shows, without opening it.
    public func decide(_ item: InboxItem, _ decision: Decision, note: String? = nil) async -> Bool {
        await attempt {
            try await session.approvals.decide(item.approval.id, revision: item.approval.revision, decision, note: note)
        }
    }

    /// Approves these, each on the revision that the list showed; returns how many it could.
    public func approve(_ items: [InboxItem]) async -> Int {
        var count = 0
        for item in items where await decide(item, .approve) { count += 1 }
        return count
    }

    private var undecided: [InboxItem] { inbox?.filter { $0.approval.status != .provisional } ?? [] }
}
