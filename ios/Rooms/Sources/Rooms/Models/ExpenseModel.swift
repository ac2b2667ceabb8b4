import FieldbookKit
import Foundation
import Observation

/// One expense of one's own: its lines, handing it in, following it.
@Observable @MainActor
public final class ExpenseModel: Room {
    /// The page; nil before the first answer and when it is not on this phone.
    public private(set) var page: ApprovalPage?

    /// True when it is not on this phone (any more).
    public private(set) var isGone = false

    /// What to look at before it is handed in.
    public private(set) var warnings: ApprovalWarnings?

    /// People by their id.
    public private(set) var names: [PersonId: String] = [:]

    public var problem: FieldbookError?

    private let session: Session
    private let expense: ApprovalId

    /// An expense.
    public init(session: Session, expense: ApprovalId) {
        self.session = session
        self.expense = expense
    }

    /// Can it be changed?
    public var isOpen: Bool { page.map { [.draft, .returned].contains($0.approval.status) } ?? false }

    /// Shows it as it changes.
    public func run() async {
        await attempt { names = try await session.people.names() }
        await together(
            { await self.follow(self.session.approvals.page(self.expense)) { self.show($0) } },
            { await self.follow(self.session.approvals.warnings(self.expense)) { self.warnings = $0 } })
    }

    private func show(_ page: ApprovalPage?) {
        self.page = page
        isGone = page == nil
    }

    /// Adds a line. An amount that is none says so and adds nothing.
    public func addLine(_ amount: String, category: String, day: Day, note: String, receipt: String) async -> Bool {
        guard let value = try? Decimal(exactly: amount.trimmingCharacters(in: .whitespaces)) else { return false }
        let line = NewLine(
            date: day, category: category, amount: value, note: note.isEmpty ? nil : note,
            receipt: receipt.isEmpty ? nil : receipt)
        return await attempt { try await session.approvals.addLine(expense, line) }
    }

    /// Takes a line out and returns what puts it back.
    public func removeLine(_ line: ExpenseLine) async -> NewLine? {
        let removed = await attempt { try await session.approvals.removeLine(expense, line: line.id) }
        guard removed else { return nil }
        return NewLine(
            date: line.date, category: line.category, amount: line.amount.amount, note: line.note, receipt: line.receipt,
            photo: line.photo)
    }

    /// Puts a line back that was taken out.
    public func putBack(_ line: NewLine) async { await attempt { try await session.approvals.addLine(expense, line) } }

    /// Hands it in.
    public func handIn() async -> Bool { await attempt { try await session.approvals.submit(expense) } }

    /// Takes it back.
    public func withdraw() async -> Bool { await attempt { try await session.approvals.withdraw(expense) } }
}
