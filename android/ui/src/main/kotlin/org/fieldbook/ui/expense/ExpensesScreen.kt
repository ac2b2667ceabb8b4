package org.fieldbook.ui.expense

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.map
import org.fieldbook.Approval
import org.fieldbook.ApprovalStatus
import org.fieldbook.RequestForm
import org.fieldbook.ui.app.Actions
import org.fieldbook.ui.app.Route
import org.fieldbook.ui.app.Shown
import org.fieldbook.ui.app.Workplace
import org.fieldbook.ui.app.orNull
import org.fieldbook.ui.parts.ApprovalMark
import org.fieldbook.ui.parts.EmptyHint
import org.fieldbook.ui.parts.ObjectCard
import org.fieldbook.ui.parts.Page
import org.fieldbook.ui.parts.PrimaryButton
import org.fieldbook.ui.parts.Quiet
import org.fieldbook.ui.parts.QuietButton
import org.fieldbook.ui.parts.SectionTitle
import org.fieldbook.ui.parts.StatusLine
import org.fieldbook.ui.parts.TroubleCard
import org.fieldbook.ui.parts.skeleton
import org.fieldbook.ui.words.LocalFormats
import org.fieldbook.ui.words.LocalStrings

/** One's own requests. */
class ExpensesModel(workplace: Workplace, scope: CoroutineScope) {
    /** What goes on. */
    val actions = Actions(scope)

    /** All of them, the latest first. */
    val mine: StateFlow<Shown<List<Approval>>> = actions.shown(workplace.session.approvals.mine())

    /** What else can be asked for. */
    val others: StateFlow<Shown<List<RequestForm>>> =
        actions.shown(workplace.session.approvals.forms().map { forms -> forms.filter { it.name != EXPENSE } })
}

/** One's own requests, what needs the person first. */
@Composable
fun ExpensesScreen(workplace: Workplace) {
    val scope = rememberCoroutineScope()
    val model = remember { ExpensesModel(workplace, scope) }
    val mine = model.mine.collectAsState().value.orNull()
    val trouble by model.actions.trouble.collectAsState()
    val others = model.others.collectAsState().value.orNull().orEmpty()
    var adding by remember { mutableStateOf(false) }
    var asking by remember { mutableStateOf(false) }
    val strings = LocalStrings.current
    Page(
        title = strings.expenses,
        status = { StatusLine(workplace) },
        bottom = {
            PrimaryButton(strings.newExpense) { adding = true }
            if (others.isNotEmpty()) QuietButton(strings.otherRequest, Modifier.fillMaxWidth()) { asking = true }
        },
    ) {
        trouble?.let { item { TroubleCard(it, workplace.device, onRead = model.actions::read) } }
        if (mine == null) return@Page skeleton()
        if (mine.isEmpty()) item { EmptyHint(strings.noExpenses) }
        val yours = mine.filter { it.status.isAuthors }
        val waiting = mine.filter { it.status in setOf(ApprovalStatus.SUBMITTED, ApprovalStatus.PROVISIONAL, ApprovalStatus.WITHDRAWING) }
        requests(workplace, strings.toHandIn, yours)
        requests(workplace, strings.waitsForDecision, waiting)
        requests(workplace, strings.decided, mine - yours.toSet() - waiting.toSet())
    }
    if (adding) NewExpenseSheet(workplace, onAway = { adding = false })
    if (asking) NewRequestSheet(workplace, others) { asking = false }
}

private fun LazyListScope.requests(workplace: Workplace, title: String, requests: List<Approval>) {
    if (requests.isEmpty()) return
    item { SectionTitle(title, requests.size) }
    items(requests, key = { "request ${it.id}" }) { RequestCard(it) { workplace.navigator.go(Route.Expense(it.id)) } }
}

/** A request of a list: what for, how much, where it is in its life. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
internal fun RequestCard(request: Approval, onClick: () -> Unit) {
    val (strings, formats) = LocalStrings.current to LocalFormats.current
    ObjectCard(onClick = onClick) {
        Row(Modifier.fillMaxWidth(), horizontalArrangement = Arrangement.spacedBy(12.dp)) {
            Text(request.title, Modifier.weight(1f), style = MaterialTheme.typography.titleMedium)
            if (request.form == EXPENSE || request.total.amount.signum() > 0) {
                Text(formats.money(request.total), style = MaterialTheme.typography.titleMedium)
            }
        }
        val facts = listOfNotNull(
            strings.approvalStatus(request.status),
            request.customerName,
            (request.ruled ?: request.submitted)?.let(formats::moment),
        )
        Quiet(facts.joinToString(" · "))
        FlowRow { ApprovalMark(request.status, request.state) }
    }
}
