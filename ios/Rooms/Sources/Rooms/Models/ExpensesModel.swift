import FieldbookKit
import Observation

/// One's own expenses and requests.
@Observable @MainActor
public final class ExpensesModel: Room {
    /// All of them, the latest first; nil before the first answer.
    public private(set) var mine: [Approval]?

    /// What can be asked for beside an expense.
    public private(set) var forms: [RequestForm] = []

    public var problem: FieldbookError?

    private let workplace: Workplace
    private var session: Session { workplace.session }

    /// A person's expenses.
    public init(workplace: Workplace) { self.workplace = workplace }

    /// Those that the person has to do something about.
    public var toHandIn: [Approval] { mine?.filter { $0.status.isAuthors } ?? [] }

    /// Those that wait for somebody.
    public var waiting: [Approval] { mine?.filter { [.submitted, .provisional, .withdrawing].contains($0.status) } ?? [] }

    /// Those that are decided.
    public var decided: [Approval] { mine?.filter { [.approved, .rejected].contains($0.status) } ?? [] }

    /// Shows them as they change.
    public func run() async {
        await together(
            { await self.follow(self.session.approvals.mine()) { self.mine = $0 } },
            { await self.follow(self.session.approvals.forms()) { self.forms = $0 } })
    }
}

extension ApprovalStatus {
    /// Is it up to its author to change it and hand it in? Also what they took back.
    var isAuthors: Bool { [.draft, .returned, .withdrawn].contains(self) }
}

/// A request to be begun, for a customer and a visit where there is one.
@Observable @MainActor
public final class NewRequestModel: Room {
    /// What it is for.
    public let title: Draft

    public var problem: FieldbookError?

    private let workplace: Workplace
    private let customer: CustomerId?
    private let visit: VisitId?

    /// A request about that customer and visit.
    public init(workplace: Workplace, customer: CustomerId? = nil, visit: VisitId? = nil) {
        (self.workplace, self.customer, self.visit) = (workplace, customer, visit)
        title = workplace.draft("new-request/\(customer.map { "\($0)" } ?? "")/\(visit.map { "\($0)" } ?? "")")
    }

    /// Begins it as a draft and returns it, to be opened.
    public func begin(form: String = "expense") async -> ApprovalId? {
        var request: ApprovalId?
        await attempt {
            request = try await workplace.session.approvals.draft(form: form, title: title.trimmed, customer: customer, visit: visit)
            title.done()
        }
        return request
    }
}
