package org.fieldbook.ui.customer

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import org.fieldbook.AskedFor
import org.fieldbook.Contact
import org.fieldbook.Customer
import org.fieldbook.CustomerId
import org.fieldbook.CustomerPage
import org.fieldbook.RecordId
import org.fieldbook.Spent
import org.fieldbook.Visit
import org.fieldbook.ui.app.Route
import org.fieldbook.ui.app.Shown
import org.fieldbook.ui.app.Workplace
import org.fieldbook.ui.app.orNull
import org.fieldbook.ui.expense.NewExpenseSheet
import org.fieldbook.ui.parts.EmptyHint
import org.fieldbook.ui.parts.LinkRow
import org.fieldbook.ui.parts.Page
import org.fieldbook.ui.parts.PrimaryButton
import org.fieldbook.ui.parts.QuietButton
import org.fieldbook.ui.parts.SectionTitle
import org.fieldbook.ui.parts.StatusLine
import org.fieldbook.ui.parts.TimelineRow
import org.fieldbook.ui.parts.TroubleCard
import org.fieldbook.ui.parts.skeleton
import org.fieldbook.ui.today.visits
import org.fieldbook.ui.visit.CheckInSheet
import org.fieldbook.ui.visit.CheckInSubject
import org.fieldbook.ui.visit.PlanSheet
import org.fieldbook.ui.words.LocalFormats
import org.fieldbook.ui.words.LocalStrings

private sealed interface Over {
    data object Door : Over

    data object Plan : Over

    data object Edit : Over

    data object Expense : Over

    data object Ask : Over

    /** A contact; a new one when there is none. */
    data class OfContact(val contact: Contact?) : Over
}

/** What a customer's page shows beside the customer. */
private class Around(val visits: List<Visit>, val spent: Spent?, val removed: Any?)

/** A customer, all around. */
@Composable
fun CustomerScreen(workplace: Workplace, customer: CustomerId) {
    val scope = rememberCoroutineScope()
    val model = remember(customer) { CustomerModel(workplace, customer, scope) }
    val shown by model.page.collectAsState()
    val spent = model.spent.collectAsState().value.orNull()
    val visits = model.visits.collectAsState().value.orNull().orEmpty()
    val pending by workplace.undo.pending.collectAsState()
    val trouble by model.actions.trouble.collectAsState()
    var over by remember { mutableStateOf<Over?>(null) }
    val strings = LocalStrings.current
    val page = shown.orNull()
    Page(
        title = page?.customer?.name ?: strings.aCustomer,
        back = { workplace.navigator.back() },
        status = { StatusLine(workplace) },
        bottom = page?.let { { CustomerActions(workplace, it.customer) { over = it } } },
    ) {
        trouble?.let { item { TroubleCard(it, workplace.device, onRead = model.actions::read) } }
        when {
            page != null -> customer(workplace, model, page, Around(visits, spent, pending?.subject)) { over = it }
            shown is Shown.Ready -> item { EmptyHint(strings.notOnThisPhone) }
            else -> skeleton()
        }
    }
    if (page != null) OverCustomer(workplace, model, page, over) { over = null }
}

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun ColumnScope.CustomerActions(workplace: Workplace, customer: Customer, onOpen: (Over) -> Unit) {
    val strings = LocalStrings.current
    if (customer.pool != null) {
        val waits = customer.asked == AskedFor.CLAIM && customer.askedBy == workplace.account.person
        PrimaryButton(if (waits) strings.waitingForServer else strings.claim, enabled = !waits) { onOpen(Over.Ask) }
        return
    }
    PrimaryButton(strings.startVisit) { onOpen(Over.Door) }
    FlowRow(Modifier.fillMaxWidth(), horizontalArrangement = Arrangement.Center) {
        QuietButton(strings.planVisit) { onOpen(Over.Plan) }
        QuietButton(strings.editCustomer) { onOpen(Over.Edit) }
        QuietButton(strings.askForMore) { onOpen(Over.Ask) }
    }
}

private fun LazyListScope.customer(
    workplace: Workplace,
    model: CustomerModel,
    page: CustomerPage,
    around: Around,
    onOpen: (Over) -> Unit,
) {
    val customer = page.customer
    item(key = "head") { CustomerHead(workplace, page) }
    items(customer.conflicts, key = { "conflict ${it.field}" }) { conflict -> ConflictCard(customer, conflict, model::settle) }
    val contacts = page.contacts.filter { it.id != around.removed }
    item { ContactsTitle(contacts.size) }
    items(contacts, key = { "contact ${it.id}" }) { ContactCard(it, workplace.device) { onOpen(Over.OfContact(it)) } }
    item { AddContact { onOpen(Over.OfContact(null)) } }
    if (around.visits.isNotEmpty()) {
        item { VisitsTitle() }
        visits(null, around.visits, { null }, workplace, named = true)
    }
    if (page.requests.isNotEmpty()) {
        item(key = "requests") { Column(verticalArrangement = Arrangement.spacedBy(12.dp)) { RequestsAsked(workplace, page.requests.take(ASKED_SHOWN)) } }
    }
    val spent = around.spent
    if (spent != null && spent.expenses.isNotEmpty()) {
        item(key = "spent") { Column(verticalArrangement = Arrangement.spacedBy(12.dp)) { SpentOn(workplace, spent) } }
    }
    item { CustomerLinks(workplace, page) { onOpen(Over.Expense) } }
    item { TimelineTitle(page.timeline.isEmpty()) }
    items(page.timeline, key = { "${it.record} ${it.item} ${it.kind} ${it.at}" }) { TimelineRow(workplace, it, RecordId(customer.id.value)) }
}

/** The latest requests; the timeline has what became of older ones. */
private const val ASKED_SHOWN = 3

@Composable
private fun ContactsTitle(count: Int) = SectionTitle(LocalStrings.current.contacts, count)

@Composable
private fun VisitsTitle() = SectionTitle(LocalStrings.current.visitsHere)

@Composable
private fun AddContact(onClick: () -> Unit) = QuietButton(LocalStrings.current.addContact, onClick = onClick)

@Composable
private fun TimelineTitle(empty: Boolean) {
    val strings = LocalStrings.current
    SectionTitle(strings.history)
    if (empty) EmptyHint(strings.nothingHappened)
}

@Composable
private fun CustomerLinks(workplace: Workplace, page: CustomerPage, onExpense: () -> Unit) {
    val strings = LocalStrings.current
    Column(verticalArrangement = Arrangement.spacedBy(12.dp)) {
        LinkRow(strings.writeActivity) { workplace.navigator.go(Route.Activity(page.customer.id)) }
        LinkRow(strings.newExpense, onClick = onExpense)
    }
}

@Composable
private fun OverCustomer(workplace: Workplace, model: CustomerModel, page: CustomerPage, over: Over?, onAway: () -> Unit) {
    val strings = LocalStrings.current
    val customer = page.customer
    when (over) {
        null -> Unit
        Over.Door -> CheckInSheet(workplace, CheckInSubject(customer.id, customer.name, visit = null), onAway) { visit ->
            onAway()
            workplace.navigator.go(Route.Visit(visit))
        }
        Over.Plan -> PlanSheet(strings.planVisit, LocalFormats.current.zone, onAway, model.purpose) { model.plan(it, onAway) }
        Over.Edit -> EditCustomerSheet(model, customer, onAway)
        is Over.OfContact -> ContactSheet(model, over.contact, onAway)
        Over.Ask -> AskSheet(workplace, customer, onAway)
        Over.Expense -> NewExpenseSheet(workplace, onAway, customer.id, forWhom = customer.name)
    }
}
