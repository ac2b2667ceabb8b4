import FieldbookKit
import Foundation
import Observation

/// One expense or other request of one's own: its fields and lines, handing it in, following it.
@Observable @MainActor
public final class ExpenseModel: Room {
    /// The page; nil before the first answer and when it is not on this phone.
    public private(set) var page: ApprovalPage?

    /// True when it is not on this phone (any more).
    public private(set) var isGone = false

    /// What to look at before it is handed in.
    public private(set) var warnings: ApprovalWarnings?

    public var problem: FieldbookError?

    private let workplace: Workplace
    private let expense: ApprovalId
    @ObservationIgnored private var typed: [String: Draft] = [:]
    private var session: Session { workplace.session }

    /// A request.
    public init(workplace: Workplace, expense: ApprovalId) { (self.workplace, self.expense) = (workplace, expense) }

    /// Can it be changed? Also without network, right after it was taken back.
    public var isOpen: Bool { page.map { $0.approval.status.isAuthors } ?? false || isWithdrawing }

    /// Does the server have to confirm that it is taken back? As it is, it is not handed in again before.
    public var isWithdrawing: Bool { page?.approval.status == .withdrawing }

    /// Can it be taken back?
    public var canWithdraw: Bool { page.map { [.submitted, .provisional].contains($0.approval.status) } ?? false }

    /// Is there everything in it that the form asks for? What is typed counts before its field was left.
    public var canHandIn: Bool {
        guard isOpen, !isWithdrawing, let missing = warnings?.missing else { return false }
        return missing.allSatisfy { item in
            page?.form?.fields.contains { $0.isTyped && item.path == "fields/\($0.name)" && field($0).isTyped && field($0).filled != nil } == true
        }
    }

    /// Is there nothing in it yet that could be handed in?
    public var asksForLine: Bool { isOpen && page?.form?.lines != nil && lines.isEmpty }

    /// The lines, without one that was just removed and can be taken back.
    public var lines: [ExpenseLine] { page?.lines.filter { !workplace.undo.hides($0.id) } ?? [] }

    /// Shows it as it changes.
    public func run() async {
        await together(
            { await self.follow(self.session.approvals.page(self.expense)) { self.show($0) } },
            { await self.follow(self.session.approvals.warnings(self.expense)) { self.warnings = $0 } })
    }

    /// The fields of a line, or of a new one.
    public func fields(of line: ExpenseLine? = nil) -> LineDrafts {
        func draft(_ name: String, _ before: String?) -> Draft {
            workplace.draft("line/\(expense)/\(line?.id ?? "")/\(name)", before: before ?? "")
        }
        return LineDrafts(
            amount: draft("amount", line?.amount.amount.exactText),
            category: draft("category", line?.category ?? page?.form?.lines?.categories.first?.name),
            receipt: draft("receipt", line?.receipt), note: draft("note", line?.note))
    }

    /// Adds a line. An amount that is none adds nothing.
    public func add(_ drafts: LineDrafts, day: Day) async -> Bool {
        guard let amount = drafts.value else { return false }
        let line = NewLine(date: day, category: drafts.category.trimmed, amount: amount, note: drafts.note.filled, receipt: drafts.receipt.filled)
        return await keep(drafts) { try await session.approvals.addLine(expense, line) }
    }

    /// Changes a line; whoever decided on it before sees what changed.
    public func save(_ drafts: LineDrafts, of line: ExpenseLine, day: Day) async -> Bool {
        guard let amount = drafts.value else { return false }
        let category = drafts.category.trimmed
        let change = LineChange(
            date: day == line.date ? nil : day, category: category == line.category ? nil : category,
            amount: amount == line.amount.amount ? nil : amount,
            note: drafts.note.trimmed == line.note ?? "" ? nil : drafts.note.trimmed,
            receipt: drafts.receipt.trimmed == line.receipt ?? "" ? nil : drafts.receipt.trimmed)
        return await keep(drafts) { try await session.approvals.editLine(expense, line: line.id, change) }
    }

    /// Takes a line out; can be taken back for ten seconds.
    public func remove(_ line: ExpenseLine, called name: String, _ strings: any Strings) async {
        await workplace.undo.offer(strings.lineRemoved(name), about: [line.id]) { [session, expense] in
            try await session.approvals.removeLine(expense, line: line.id)
        }
    }

    /// The field of the form, as it is typed: the same one for as long as the request is open.
    public func field(_ field: FormField) -> Draft {
        if let draft = typed[field.name] { return draft }
        let draft = workplace.draft("field/\(expense)/\(field.name)", before: recorded(field))
        typed[field.name] = draft
        return draft
    }

    /// What a field of the form says; nil while it is empty.
    public func value(of field: FormField) -> FormValue? { page?.fields.first { $0.name == field.name }?.value }

    /// Fills in a field of the form, or empties it.
    public func fill(_ field: FormField, _ value: FormValue?) async {
        await attempt { try await session.approvals.setField(expense, field: field.name, value: value) }
    }

    /// The same with what was typed; nothing when nothing was.
    public func fill(_ field: FormField, _ draft: Draft) async {
        guard draft.isTyped else { return }
        await fill(field, draft.filled.map { .text(value: $0) })
        if problem == nil { draft.done(after: draft.trimmed) }
    }

    /// Hands it in; a line that was just removed is gone first, and what was typed and not left yet is filled in.
    public func handIn() async -> Bool {
        await workplace.undo.doNow()
        for field in page?.form?.fields ?? [] where field.isTyped {
            problem = nil
            await fill(field, self.field(field))
            if problem != nil { return false }
        }
        return await attempt { try await session.approvals.submit(expense) }
    }

    /// Takes it back.
    public func withdraw() async { await attempt { try await session.approvals.withdraw(expense) } }

    private func keep(_ drafts: LineDrafts, _ work: () async throws -> Void) async -> Bool {
        let isKept = await attempt(work)
        if isKept { [drafts.amount, drafts.category, drafts.receipt, drafts.note].forEach { $0.done() } }
        return isKept
    }

    private func recorded(_ field: FormField) -> String {
        if case .text(let value) = value(of: field) { value } else { "" }
    }

    private func show(_ page: ApprovalPage?) {
        self.page = page
        isGone = page == nil
        for field in page?.form?.fields ?? [] {
            if let draft = typed[field.name], !draft.isTyped { draft.show(recorded(field)) }
        }
    }
}

extension FormField {
    /// Is it written with the keyboard? Everything else is written at the tap that chooses it.
    public var isTyped: Bool { [.text, .amount, .number].contains(holds) }
}

/// The fields of a line, as they are typed.
@MainActor
public struct LineDrafts {
    /// How much, as typed.
    public let amount: Draft
    /// The name of its category.
    public let category: Draft
    /// The number on the receipt.
    public let receipt: Draft
    /// A remark.
    public let note: Draft

    /// What is typed as the amount; nil when it is no amount above zero.
    public var value: Decimal? { Formats.amount(amount.text) }
}
