package org.fieldbook.ui.approval

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.StateFlow
import org.fieldbook.ApprovalStatus
import org.fieldbook.Decision
import org.fieldbook.InboxItem
import org.fieldbook.Money
import org.fieldbook.ui.app.Actions
import org.fieldbook.ui.app.Shown
import org.fieldbook.ui.app.Workplace

/**
 * What waits for a person, in the parts it is shown in.
 *
 * @param taken what was just decided and can still be taken back; it is out of sight meanwhile.
 */
class InboxParts(inbox: List<InboxItem>, taken: Any?) {
    // Somebody who holds several seats has one card a request; the request's page asks which seat.
    private val shown = inbox.distinctBy { it.approval.id }.filterNot { taken == it.approval.id || (taken as? Set<*>)?.contains(it.approval.id) == true }

    /** Decided, and not confirmed by the server yet. */
    val provisional: List<InboxItem> = shown.filter { it.approval.status == ApprovalStatus.PROVISIONAL }

    /** What waits, the odd ones first. */
    val open: List<InboxItem> = shown.filter { it.approval.status != ApprovalStatus.PROVISIONAL }

    /** Look at these first. */
    val odd: List<InboxItem> = open.filter { it.odd }

    /** Nothing about these asks for a closer look. */
    val ordinary: List<InboxItem> = open.filterNot { it.odd }

    /** The sum of what waits, where it is all of one currency. */
    val total: Money?
        get() {
            val totals = open.map { it.approval.total }
            val currency = totals.map { it.currency }.distinct().singleOrNull() ?: return null
            return Money(totals.sumOf { it.amount }, currency)
        }
}

/** The inbox of somebody who decides. */
class ApprovalsModel(private val workplace: Workplace, scope: CoroutineScope) {
    private val approvals = workplace.session.approvals

    /** What goes on. */
    val actions = Actions(scope)

    /** What waits for this person. */
    val inbox: StateFlow<Shown<List<InboxItem>>> = actions.shown(approvals.inbox())

    /** Approves requests about which nothing is odd, as they stand on the screen; can be taken back for ten seconds. */
    fun approveAll(items: List<InboxItem>) {
        val seen = items.map { it.approval.id to it.approval.revision }
        workplace.undo.offer({ it.approvedMany(items.size) }, seen.map { it.first }.toSet()) {
            seen.forEach { (approval, revision) -> approvals.decide(approval, revision, Decision.APPROVE) }
        }
    }
}
