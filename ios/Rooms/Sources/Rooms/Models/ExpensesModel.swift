import FieldbookKit
import Observation

/// One's own expenses and requests.
@Observable @MainActor
public final class ExpensesModel: Room {
    /// All of them, the latest first; nil before the first answer.
    public private(set) var mine: [Approval]?

    public var problem: FieldbookError?

    private let session: Session

    /// A person's expenses.
    public init(session: Session) { self.session = session }

    /// Those that the person has to do something about.
    public var toHandIn: [Approval] { mine?.filter { [.draft, .returned].contains($0.status) } ?? [] }

    /// Those that wait for somebody.
    public var waiting: [Approval] { mine?.filter { [.submitted, .provisional].contains($0.status) } ?? [] }

    /// Those that are decided.
    public var decided: [Approval] { mine?.filter { [.approved, .rejected, .withdrawn].contains($0.status) } ?? [] }

    /// Shows them as they change.
    public func run() async { await follow(session.approvals.mine()) { mine = $0 } }

    /// Begins one and returns it, to be opened.
    public func begin(_ title: String) async -> ApprovalId? {
        var expense: ApprovalId?
        await attempt { expense = try await session.approvals.draftExpense(title) }
        return expense
    }
}
