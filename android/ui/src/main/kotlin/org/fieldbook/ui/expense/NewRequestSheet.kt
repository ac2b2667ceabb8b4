package org.fieldbook.ui.expense

import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.setValue
import kotlinx.coroutines.CoroutineScope
import org.fieldbook.ApprovalId
import org.fieldbook.RequestForm
import org.fieldbook.text
import org.fieldbook.ui.app.Actions
import org.fieldbook.ui.app.Route
import org.fieldbook.ui.app.Workplace
import org.fieldbook.ui.parts.Choices
import org.fieldbook.ui.parts.DraftField
import org.fieldbook.ui.parts.PrimaryButton
import org.fieldbook.ui.parts.SectionTitle
import org.fieldbook.ui.parts.Sheet
import org.fieldbook.ui.parts.TroubleCard
import org.fieldbook.ui.words.LocalStrings

/** The form of expenses, which has a button of its own. */
internal const val EXPENSE = "expense"

/** A request of any form of the house. */
class NewRequest(private val workplace: Workplace, scope: CoroutineScope) {
    /** What goes on. */
    val actions = Actions(scope)

    /** What it is for. */
    val title = workplace.draft("new-request")

    /** Begins it, as a draft. */
    fun begin(form: RequestForm, begun: (ApprovalId) -> Unit) {
        actions.run {
            val request = workplace.session.approvals.draft(form.name, title.text.trim())
            title.done()
            begun(request)
        }
    }
}

/** The sheet that begins a request and leads to it. */
@Composable
fun NewRequestSheet(workplace: Workplace, forms: List<RequestForm>, onAway: () -> Unit) {
    val scope = rememberCoroutineScope()
    val model = remember { NewRequest(workplace, scope) }
    val trouble by model.actions.trouble.collectAsState()
    val busy by model.actions.busy.collectAsState()
    var form by remember { mutableStateOf<RequestForm?>(null) }
    val strings = LocalStrings.current
    Sheet(
        title = strings.kindOfRequest,
        onAway = onAway,
        action = {
            PrimaryButton(strings.begin, enabled = form != null && model.title.text.isNotBlank() && !busy) {
                form?.let { chosen ->
                    model.begin(chosen) { request ->
                        onAway()
                        workplace.navigator.go(Route.Expense(request))
                    }
                }
            }
        },
    ) {
        Choices(forms, form, { it.label.text(strings.language) }) { form = it }
        form?.let { SectionTitle(it.label.text(strings.language)) }
        DraftField(model.title, strings.whatFor)
        trouble?.let { TroubleCard(it, workplace.device) }
    }
}
