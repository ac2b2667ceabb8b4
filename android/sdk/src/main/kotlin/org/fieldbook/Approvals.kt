package org.fieldbook

import kotlinx.coroutines.flow.Flow

/** Requests and decisions. All of it works without network; a decision counts when the server confirms. */
class Approvals internal constructor(
    private val approvals: NativeApprovals,
    private val live: NativeLive,
    private val calls: Calls,
) : AutoCloseable {
    /** One's own requests, the latest first, as they change. */
    fun mine(limit: Int = 100): Flow<List<Approval>> = calls.live(live, TOPICS) { approvals.mine(limit.toUInt()) }

    /** What waits for a decision: those to look at first, then the ordinary ones, as they change. */
    fun inbox(): Flow<List<InboxItem>> = calls.live(live, TOPICS) { approvals.inbox() }

    /** A request's page as it changes; null when it is not on this phone (any more). */
    fun page(approval: ApprovalId): Flow<ApprovalPage?> = calls.live(live, TOPICS) { approvals.page(approval) }

    /** The expenses for a customer and what they come to, from the latest [limit] of its requests, as they change. */
    fun spentOn(customer: CustomerId, limit: Int = 100): Flow<Spent> =
        calls.live(live, TOPICS) { approvals.spentOn(customer, limit.toUInt()) }

    /** The forms of the house with their chains, as they change: what can be asked for. */
    fun forms(): Flow<List<RequestForm>> = calls.live(live, listOf(Topic.STATUS)) { approvals.forms() }

    /** What to look at before a request is handed in, as it changes. Only [ApprovalWarnings.missing] stops it. */
    fun warnings(approval: ApprovalId): Flow<ApprovalWarnings> =
        calls.live(live, TOPICS) { approvals.warnings(approval) }

    /**
     * What changed in a request since a revision that was handed in, for example [ApprovalPage.saw]; null when that
     * revision never was.
     */
    suspend fun differenceSince(approval: ApprovalId, revision: String): ApprovalDifference? =
        calls.disk { approvals.differenceSince(approval, revision) }

    /** Begins an expense, as a draft that only its author sees. */
    suspend fun draftExpense(
        title: String,
        customer: CustomerId? = null,
        visit: VisitId? = null,
        currency: String? = null,
    ): ApprovalId = calls.disk { approvals.draftExpense(NewExpense(title, currency, customer, visit)) }

    /** Adds a line to an expense. */
    suspend fun addLine(expense: ApprovalId, line: NewLine) = calls.disk { approvals.addLine(expense, line) }

    /** Changes a line; whoever decided on it before sees what changed. What is null in [change] stays as it is. */
    suspend fun editLine(expense: ApprovalId, line: String, change: LineChange) =
        calls.disk { approvals.editLine(expense, line, change) }

    /** Gives a draft another title. */
    suspend fun rename(approval: ApprovalId, title: String) = calls.disk { approvals.rename(approval, title) }

    /** Says which customer and which visit a draft belongs to; with null it belongs to none. */
    suspend fun link(approval: ApprovalId, customer: CustomerId?, visit: VisitId?) =
        calls.disk { approvals.link(approval, customer, visit) }

    /** Removes a line of an expense. */
    suspend fun removeLine(expense: ApprovalId, line: String) = calls.disk { approvals.removeLine(expense, line) }

    /**
     * Hands a request in as it stands now and returns the revision that approvers decide on.
     *
     * @throws FieldbookException.Refused with the rule `document.incomplete` and the field as its path when the form asks
     *   for more.
     */
    suspend fun submit(expense: ApprovalId): String = calls.disk { approvals.submit(expense) }

    /** Takes a request back. Whatever arrives at the server first stands: this, or a decision. */
    suspend fun withdraw(approval: ApprovalId, note: String? = null) = calls.disk { approvals.withdraw(approval, note) }

    /** Begins a request of any form of the house, for example `contract`, as a draft. */
    suspend fun draft(
        form: String,
        title: String,
        customer: CustomerId? = null,
        visit: VisitId? = null,
        currency: String? = null,
    ): ApprovalId = calls.disk { approvals.draft(form, NewExpense(title, currency, customer, visit)) }

    /** Fills in a field of the form, or empties it with null. */
    suspend fun setField(approval: ApprovalId, field: String, value: FormValue?) =
        calls.disk { approvals.setField(approval, field, value) }

    /** Brings somebody in: beside oneself or in one's stead, on this request only. */
    suspend fun handOver(approval: ApprovalId, handing: Handing, to: PersonId, note: String? = null) =
        calls.disk { approvals.handOver(approval, handing, to, note) }

    /**
     * Decides on the revision that the person saw.
     *
     * @param revision [Approval.revision] of what was on the screen.
     * @param note asked for with a rejection or a return.
     * @param actingFor in whose stead, one of [ApprovalPage.seats]; null for one's own seat, or the one that one stands in for.
     * @param backTo with a return, the number of the step it goes back to; null for the applicant.
     */
    suspend fun decide(
        approval: ApprovalId,
        revision: String,
        decision: Decision,
        note: String? = null,
        actingFor: PersonId? = null,
        backTo: Int? = null,
    ) = calls.disk {
        approvals.decide(approval, Deciding(revision, decision, note, actingFor, backTo?.toUInt()))
    }

    override fun close() = approvals.close()

    private companion object {
        val TOPICS = listOf(Topic.APPROVALS)
    }
}
