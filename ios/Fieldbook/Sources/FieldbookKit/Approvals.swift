import FieldbookBindings

/// Requests and decisions. All of it works without network; a decision counts when the server confirms.
public struct Approvals: Sendable {
    let approvals: NativeApprovals
    let live: NativeLive
    let calls: Calls

    /// One's own requests, the latest first, as they change.
    public func mine(limit: Int = 100) -> LiveValues<[Approval]> {
        calls.live(live, [.approvals]) { [approvals] in try approvals.mine(limit: UInt32(clamping: limit)) }
    }

    /// What waits for a decision: those to look at first, then the ordinary ones, as they change.
    public func inbox() -> LiveValues<[InboxItem]> {
        calls.live(live, [.approvals]) { [approvals] in try approvals.inbox() }
    }

    /// A request's page as it changes; nil when it is not on this phone (any more).
    public func page(_ approval: ApprovalId) -> LiveValues<ApprovalPage?> {
        calls.live(live, [.approvals]) { [approvals] in try approvals.page(approval: approval) }
    }

    /// The expenses for a customer and what they come to, from the latest `limit` of its requests, as they change.
    public func spentOn(_ customer: CustomerId, limit: Int = 100) -> LiveValues<Spent> {
        calls.live(live, [.approvals]) { [approvals] in try approvals.spentOn(customer: customer, limit: UInt32(clamping: limit)) }
    }

    /// The forms of the house with their chains, as they change: what can be asked for.
    public func forms() -> LiveValues<[RequestForm]> {
        calls.live(live, [.status]) { [approvals] in try approvals.forms() }
    }

    /// What to look at before a request is handed in, as it changes. Only ``ApprovalWarnings/missing`` stops it.
    public func warnings(_ approval: ApprovalId) -> LiveValues<ApprovalWarnings> {
        calls.live(live, [.approvals]) { [approvals] in try approvals.warnings(approval: approval) }
    }

    /// What changed in a request since a revision that was handed in, for example ``ApprovalPage/saw``; nil when that revision never
    /// was.
    public func difference(
        _ approval: ApprovalId, since revision: String
    ) async throws(FieldbookError) -> ApprovalDifference? {
        try await calls.disk { [approvals] in try approvals.differenceSince(approval: approval, revision: revision) }
    }

    /// Begins an expense, as a draft that only its author sees.
    public func draftExpense(
        _ title: String, customer: CustomerId? = nil, visit: VisitId? = nil, currency: String? = nil
    ) async throws(FieldbookError) -> ApprovalId {
        let expense = NewExpense(title: title, currency: currency, customer: customer, visit: visit)
        return try await calls.disk { [approvals] in try approvals.draftExpense(expense: expense) }
    }

    /// Adds a line to an expense.
    public func addLine(_ expense: ApprovalId, _ line: NewLine) async throws(FieldbookError) {
        try await calls.disk { [approvals] in try approvals.addLine(expense: expense, line: line) }
    }

    /// Changes a line; whoever decided on it before sees what changed. What is nil in `change` stays as it is.
    public func editLine(_ expense: ApprovalId, line: String, _ change: LineChange) async throws(FieldbookError) {
        try await calls.disk { [approvals] in try approvals.editLine(expense: expense, line: line, change: change) }
    }

    /// Gives a draft another title.
    public func rename(_ approval: ApprovalId, title: String) async throws(FieldbookError) {
        try await calls.disk { [approvals] in try approvals.rename(approval: approval, title: title) }
    }

    /// Says which customer and which visit a draft belongs to; with nil it belongs to none.
    public func link(_ approval: ApprovalId, customer: CustomerId?, visit: VisitId?) async throws(FieldbookError) {
        try await calls.disk { [approvals] in try approvals.link(approval: approval, customer: customer, visit: visit) }
    }

    /// Removes a line of an expense.
    public func removeLine(_ expense: ApprovalId, line: String) async throws(FieldbookError) {
        try await calls.disk { [approvals] in try approvals.removeLine(expense: expense, line: line) }
    }

    /// Hands a request in as it stands now and returns the revision that approvers decide on.
    ///
    /// - Throws: ``FieldbookError/Refused(rule:path:words:)`` with the rule `document.incomplete` and the field as its path when the form
    ///   asks for more.
    @discardableResult
    public func submit(_ expense: ApprovalId) async throws(FieldbookError) -> String {
        try await calls.disk { [approvals] in try approvals.submit(approval: expense) }
    }

    /// Takes a request back. Whatever arrives at the server first stands: this, or a decision.
    public func withdraw(_ approval: ApprovalId, note: String? = nil) async throws(FieldbookError) {
        try await calls.disk { [approvals] in try approvals.withdraw(approval: approval, note: note) }
    }

    /// Begins a request of any form of the house, for example `contract`, as a draft.
    public func draft(
        form: String, title: String, customer: CustomerId? = nil, visit: VisitId? = nil, currency: String? = nil
    ) async throws(FieldbookError) -> ApprovalId {
        let request = NewExpense(title: title, currency: currency, customer: customer, visit: visit)
        return try await calls.disk { [approvals] in try approvals.draft(form: form, request: request) }
    }

    /// Fills in a field of the form, or empties it with nil.
    public func setField(
        _ approval: ApprovalId, field: String, value: FormValue?
    ) async throws(FieldbookError) {
        try await calls.disk { [approvals] in try approvals.setField(approval: approval, field: field, value: value) }
    }

    /// Brings somebody in: beside oneself or in one's stead, on this request only.
    public func handOver(
        _ approval: ApprovalId, _ handing: Handing, to person: PersonId, note: String? = nil
    ) async throws(FieldbookError) {
        try await calls.disk { [approvals] in
            try approvals.handOver(approval: approval, handing: handing, to: person, note: note)
        }
    }

    /// Decides on the revision that the person saw.
    ///
    /// - Parameters:
    ///   - revision: ``Approval/revision`` of what was on the screen.
    ///   - note: asked for with a rejection or a return.
    ///   - actingFor: in whose stead, one of ``ApprovalPage/seats``; nil for one's own seat, or the one that one stands in for.
    ///   - backTo: with a return, the number of the step it goes back to; nil for the applicant.
    public func decide(
        _ approval: ApprovalId, revision: String, _ decision: Decision, note: String? = nil,
        actingFor: PersonId? = nil, backTo: UInt32? = nil
    ) async throws(FieldbookError) {
        let deciding = Deciding(
            revision: revision, decision: decision, note: note, actingFor: actingFor, backTo: backTo)
        try await calls.disk { [approvals] in try approvals.decide(approval: approval, deciding: deciding) }
    }
}
