package org.fieldbook.ui.approval

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import org.fieldbook.Approval
import org.fieldbook.ApprovalId
import org.fieldbook.ApprovalPage
import org.fieldbook.Decision
import org.fieldbook.InboxItem
import org.fieldbook.ui.app.Actions
import org.fieldbook.ui.app.Shown
import org.fieldbook.ui.app.Workplace
import org.fieldbook.ui.words.Strings

/** Why a request is returned or rejected: ready answers. */
enum class DecisionReason(val fits: Set<Decision>) {
    /** The receipt is missing or does not read. */
    RECEIPT(setOf(Decision.RETURN)),

    /** The amount is not what the receipt says. */
    AMOUNT(setOf(Decision.RETURN)),

    /** It should name the visit it belongs to. */
    VISIT(setOf(Decision.RETURN)),

    /** The house does not pay for this. */
    NOT_COVERED(setOf(Decision.REJECT)),

    /** It was asked for before. */
    TWICE(setOf(Decision.REJECT)),
}

/** A request to be decided: its page, and what is odd about it when it waits for this person. */
data class Case(val page: ApprovalPage, val item: InboxItem?)

/** One request in front of somebody who decides. */
class ApprovalModel(private val workplace: Workplace, private val approval: ApprovalId, scope: CoroutineScope) {
    private val approvals = workplace.session.approvals

    /** What goes on. */
    val actions = Actions(scope)

    /** The case; null when it is not on this phone. */
    val case: StateFlow<Shown<Case?>> = actions.shown(
        combine(approvals.page(approval), approvals.inbox()) { page, inbox ->
            page?.let { Case(it, inbox.find { item -> item.approval.id == approval }) }
        },
    )

    /** The note of a return or a rejection. */
    fun note(decision: Decision) = workplace.draft("decision/$approval/$decision")

    /** Decides on what is on the screen. It can be taken back for ten seconds. */
    fun decide(seen: Approval, decision: Decision, note: String?) {
        val said = { strings: Strings -> strings.decisionSaid(decision, seen.title) }
        workplace.undo.offer(said, approval) {
            approvals.decide(approval, seen.revision, decision, note)
            note(decision).done()
        }
    }
}
