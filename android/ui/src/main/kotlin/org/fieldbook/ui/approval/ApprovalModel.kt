package org.fieldbook.ui.approval

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import org.fieldbook.Approval
import org.fieldbook.ApprovalDifference
import org.fieldbook.ApprovalId
import org.fieldbook.ApprovalPage
import org.fieldbook.ApprovalStatus
import org.fieldbook.Decision
import org.fieldbook.Handing
import org.fieldbook.InboxItem
import org.fieldbook.PersonId
import org.fieldbook.ReasonFor
import org.fieldbook.Words
import org.fieldbook.readyReasons
import org.fieldbook.ui.app.Actions
import org.fieldbook.ui.app.Shown
import org.fieldbook.ui.app.Workplace
import org.fieldbook.ui.words.Strings

/**
 * A request to be decided.
 *
 * @param item what is odd about it, when it waits for this person.
 * @param difference what changed since this person decided on it before.
 */
data class Case(val page: ApprovalPage, val item: InboxItem?, val difference: ApprovalDifference?) {
    /** May this person decide now? */
    val waits: Boolean get() = page.seats.isNotEmpty() && page.approval.status != ApprovalStatus.PROVISIONAL
}

/** One request in front of somebody who decides. */
class ApprovalModel(private val workplace: Workplace, private val approval: ApprovalId, scope: CoroutineScope) {
    private val approvals = workplace.session.approvals

    /** What goes on. */
    val actions = Actions(scope)

    /** The case; null when it is not on this phone. */
    val case: StateFlow<Shown<Case?>> = actions.shown(
        combine(approvals.page(approval), approvals.inbox()) { page, inbox ->
            page?.let { Case(it, inbox.find { item -> item.approval.id == approval }, differenceSeen(it)) }
        },
    )

    private suspend fun differenceSeen(page: ApprovalPage): ApprovalDifference? =
        page.saw?.let { approvals.differenceSince(approval, it) }

    /** Ready reasons of the house for a return or a rejection. */
    fun readyReasons(decision: Decision): List<Words> =
        readyReasons(if (decision == Decision.REJECT) ReasonFor.REJECT else ReasonFor.RETURN)

    /** The note of a return or a rejection. */
    fun note(decision: Decision) = workplace.draft("decision/$approval/$decision")

    /** Why somebody is brought in. */
    val handOverNote = workplace.draft("hand-over/$approval")

    /** Brings somebody in, on this request only. */
    fun handOver(handing: Handing, to: PersonId, done: () -> Unit) {
        actions.run {
            approvals.handOver(approval, handing, to, handOverNote.text.trim().ifEmpty { null })
            handOverNote.done()
            done()
        }
    }

    /**
     * Decides on what is on the screen. It can be taken back for ten seconds.
     *
     * @param seat in whose stead; null for one's own, or the one that one stands in for.
     * @param backTo with a return, the number of the step it goes back to; null for the applicant.
     */
    fun decide(seen: Approval, decision: Decision, note: String?, seat: PersonId? = null, backTo: Int? = null) {
        val said = { strings: Strings -> strings.decisionSaid(decision, seen.title) }
        workplace.undo.offer(said, approval) {
            approvals.decide(approval, seen.revision, decision, note, seat, backTo)
            note(decision).done()
        }
    }
}
