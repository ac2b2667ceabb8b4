package org.fieldbook.ui.expense

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import org.fieldbook.ApprovalId
import org.fieldbook.ApprovalPage
import org.fieldbook.ApprovalStatus
import org.fieldbook.ApprovalWarnings
import org.fieldbook.ExpenseLine
import org.fieldbook.NewLine
import org.fieldbook.ui.app.Actions
import org.fieldbook.ui.app.Shown
import org.fieldbook.ui.app.Workplace
import java.math.BigDecimal
import java.time.LocalDate

/** An expense as its author sees it: its page, and what to look at before it is handed in. */
data class OwnExpense(val page: ApprovalPage, val warnings: ApprovalWarnings) {
    /** Can its lines still be changed? Also without network, right after it was taken back. */
    val isOpen: Boolean
        get() = page.approval.status.isAuthors || isWithdrawing

    /** Does the server have to confirm that it is taken back? As it is, it is not handed in again before. */
    val isWithdrawing: Boolean
        get() = page.approval.status == ApprovalStatus.WITHDRAWING

    /** Does it wait for its first line? */
    val needsLine: Boolean
        get() = page.lines.isEmpty() && page.hasLines && page.form?.lines?.required != false

    /** Can it be taken back? */
    val waits: Boolean
        get() = page.approval.status in setOf(ApprovalStatus.SUBMITTED, ApprovalStatus.PROVISIONAL)
}

/** Is it up to its author to change it and hand it in? Also what they took back. */
internal val ApprovalStatus.isAuthors: Boolean
    get() = this in setOf(ApprovalStatus.DRAFT, ApprovalStatus.RETURNED, ApprovalStatus.WITHDRAWN)

/** One's own expense: lines, handing in, following it. */
class ExpenseModel(private val workplace: Workplace, private val expense: ApprovalId, scope: CoroutineScope) {
    private val approvals = workplace.session.approvals

    /** What goes on. */
    val actions = Actions(scope)

    /** The expense; null when it is not on this phone. */
    val own: StateFlow<Shown<OwnExpense?>> = actions.shown(ownExpense())

    /** The fields of its form. */
    val form = FormModel(workplace, expense, actions)

    /** The fields of a new line. */
    val amount = workplace.draft("line/$expense/amount")
    val note = workplace.draft("line/$expense/note")
    val receipt = workplace.draft("line/$expense/receipt")

    /** What is typed as the amount, if it is one. */
    val amountTyped: BigDecimal? get() = amountOf(amount.text)

    /** Adds a line. */
    fun addLine(date: LocalDate, category: String, added: () -> Unit) {
        val amount = amountTyped ?: return
        actions.run {
            approvals.addLine(
                expense,
                NewLine(date, category, amount, note.text.trim().ifEmpty { null }, receipt.text.trim().ifEmpty { null }),
            )
            listOf(this.amount, note, receipt).forEach { it.done() }
            added()
        }
    }

    /** Removes a line; it can be taken back for ten seconds. */
    fun removeLine(line: ExpenseLine, said: String) {
        workplace.undo.offer({ it.lineRemoved(said) }, line.id) { approvals.removeLine(expense, line.id) }
    }

    /** Hands it in. */
    fun submit() {
        actions.run {
            workplace.undo.settle()
            form.keep()
            approvals.submit(expense)
        }
    }

    /** Takes it back. */
    fun withdraw() {
        actions.run { approvals.withdraw(expense) }
    }

    private fun ownExpense(): Flow<OwnExpense?> =
        combine(approvals.page(expense), approvals.warnings(expense)) { page, warnings -> page?.let { OwnExpense(it, warnings) } }
}

/** Has it lines, or may it have some? A form can be made of fields alone. */
internal val ApprovalPage.hasLines: Boolean get() = lines.isNotEmpty() || form?.lines != null || form == null

/** 128.5, 128,50, 1,280.00; nothing when it is no amount above zero. */
internal fun amountOf(typed: String): BigDecimal? {
    val text = typed.trim().removePrefix("¥").replace(" ", "")
    val comma = text.lastIndexOf(',')
    val dot = text.lastIndexOf('.')
    // A comma with one or two digits after it, and no dot behind, is a decimal comma.
    val plain = if (comma > dot && text.length - comma <= 3) text.replace(".", "").replace(',', '.') else text.replace(",", "")
    return plain.toBigDecimalOrNull()?.takeIf { it.signum() > 0 }
}
