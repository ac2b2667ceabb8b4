package org.fieldbook.ui.expense

import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import kotlinx.coroutines.CoroutineScope
import org.fieldbook.ApprovalId
import org.fieldbook.CustomerId
import org.fieldbook.VisitId
import org.fieldbook.ui.app.Actions
import org.fieldbook.ui.app.Route
import org.fieldbook.ui.app.Workplace
import org.fieldbook.ui.parts.DraftField
import org.fieldbook.ui.parts.PrimaryButton
import org.fieldbook.ui.parts.Quiet
import org.fieldbook.ui.parts.Sheet
import org.fieldbook.ui.parts.TroubleCard
import org.fieldbook.ui.words.LocalStrings

/** An expense to be begun, for a customer and a visit where there is one. */
class NewExpense(
    private val workplace: Workplace,
    private val customer: CustomerId?,
    private val visit: VisitId?,
    scope: CoroutineScope,
) {
    /** What goes on. */
    val actions = Actions(scope)

    /** What it is for. */
    val title = workplace.draft("new-expense/$customer/$visit")

    /** Begins it, as a draft. */
    fun begin(begun: (ApprovalId) -> Unit) {
        actions.run {
            val expense = workplace.session.approvals.draftExpense(title.text.trim(), customer, visit)
            title.done()
            begun(expense)
        }
    }
}

/** The sheet that begins an expense and leads to it. */
@Composable
fun NewExpenseSheet(
    workplace: Workplace,
    onAway: () -> Unit,
    customer: CustomerId? = null,
    visit: VisitId? = null,
    forWhom: String? = null,
) {
    val scope = rememberCoroutineScope()
    val model = remember(customer, visit) { NewExpense(workplace, customer, visit, scope) }
    val trouble by model.actions.trouble.collectAsState()
    val busy by model.actions.busy.collectAsState()
    val strings = LocalStrings.current
    Sheet(
        title = strings.newExpense,
        onAway = onAway,
        action = {
            PrimaryButton(strings.begin, enabled = model.title.text.isNotBlank() && !busy) {
                model.begin { expense ->
                    onAway()
                    workplace.navigator.go(Route.Expense(expense))
                }
            }
        },
    ) {
        if (forWhom != null) Quiet(forWhom)
        DraftField(model.title, strings.whatFor)
        trouble?.let { TroubleCard(it, workplace.device) }
    }
}
