import FieldbookKit
import Observation

/// What waits for a supervisor's decision.
@Observable @MainActor
public final class ApprovalsModel: Room {
    /// All of it; nil before the first answer.
    public private(set) var inbox: [InboxItem]?

    public var problem: FieldbookError?

    private let workplace: Workplace
    private var session: Session { workplace.session }

    /// A supervisor's inbox.
    public init(workplace: Workplace) { self.workplace = workplace }

    /// What is odd: look first.
    public var odd: [InboxItem] { undecided.filter(\.odd) }

    /// What is ordinary: can be decided together.
    public var ordinary: [InboxItem] { undecided.filter { !$0.odd } }

    /// What is decided here and not confirmed yet.
    public var provisional: [InboxItem] { shown.filter { $0.approval.status == .provisional } }

    /// What waits, without what was just decided and can still be taken back.
    public var undecided: [InboxItem] { shown.filter { $0.approval.status != .provisional } }

    /// The sum of what waits, when all of it is in one currency.
    public var total: Money? {
        guard let currency = undecided.first?.approval.total.currency,
            undecided.allSatisfy({ $0.approval.total.currency == currency })
        else { return nil }
        return Money(amount: undecided.reduce(0) { $0 + $1.approval.total.amount }, currency: currency)
    }

    /// Shows it as it changes.
    public func run() async { await follow(session.approvals.inbox()) { inbox = $0 } }

    /// Approves these, each on the revision that the list showed; can be taken back for ten seconds.
    public func approve(_ items: [InboxItem], _ strings: any Strings) async {
        guard let first = items.first?.approval else { return }
        let said = items.count == 1 ? strings.decisionSaid(.approve, first.title) : strings.approvedMany(items.count)
        await workplace.undo.offer(said, about: Set(items.map { "\($0.approval.id)" })) { [session] in
            for item in items {
                try await session.approvals.decide(item.approval.id, revision: item.approval.revision, .approve)
            }
        }
    }

    private var shown: [InboxItem] { inbox?.filter { !workplace.undo.hides("\($0.approval.id)") } ?? [] }
}
