package org.fieldbook.ui.customer

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.lazy.items
import androidx.compose.foundation.lazy.rememberLazyListState
import androidx.compose.foundation.selection.toggleable
import androidx.compose.material3.Checkbox
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.derivedStateOf
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.unit.dp
import org.fieldbook.CustomerId
import org.fieldbook.DueCustomer
import org.fieldbook.Fix
import org.fieldbook.FoundCustomer
import org.fieldbook.Holdings
import org.fieldbook.RecordState
import org.fieldbook.ui.app.Route
import org.fieldbook.ui.app.Workplace
import org.fieldbook.ui.app.orNull
import org.fieldbook.ui.parts.Choices
import org.fieldbook.ui.parts.DraftField
import org.fieldbook.ui.parts.EmptyHint
import org.fieldbook.ui.parts.ObjectCard
import org.fieldbook.ui.parts.Page
import org.fieldbook.ui.parts.PrimaryButton
import org.fieldbook.ui.parts.Quiet
import org.fieldbook.ui.parts.Sheet
import org.fieldbook.ui.parts.StateMark
import org.fieldbook.ui.parts.StatusLine
import org.fieldbook.ui.parts.TroubleCard
import org.fieldbook.ui.parts.skeleton
import org.fieldbook.ui.visit.PlaceProblem
import org.fieldbook.ui.words.LocalFormats
import org.fieldbook.ui.words.LocalStrings

/** Everybody to visit: search while typing. */
@Composable
fun CustomersScreen(workplace: Workplace) {
    val scope = rememberCoroutineScope()
    val model = remember { CustomersModel(workplace, scope) }
    val found by model.found.collectAsState()
    val due = model.due.collectAsState().value.orNull().orEmpty()
    val fix by model.fix.collectAsState()
    val trouble by model.actions.trouble.collectAsState()
    var adding by remember { mutableStateOf(false) }
    var shown by remember { mutableStateOf<Narrowed?>(null) }
    val near = shown == Narrowed.NEAR
    val pool = shown == Narrowed.POOL
    val holdings = model.holdings.collectAsState().value.orNull()
    val strings = LocalStrings.current
    val listState = rememberLazyListState()
    val list = found.orNull()
    val atEnd by remember {
        derivedStateOf { listState.layoutInfo.run { (visibleItemsInfo.lastOrNull()?.index ?: 0) > totalItemsCount - 10 } }
    }
    LaunchedEffect(atEnd, list?.size) { if (atEnd && (list?.size ?: 0) >= MANY) model.more() }
    Page(
        title = strings.customers,
        status = { StatusLine(workplace) },
        bottom = { PrimaryButton(strings.newCustomer) { adding = true } },
        listState = listState,
    ) {
        item(key = "search") {
            Column {
                DraftField(model.search, strings.searchHint, onChange = model::type)
                Choices(Narrowed.entries, shown, { if (it == Narrowed.NEAR) strings.nearMe else strings.pool }) {
                    shown = it
                    when (it) {
                        Narrowed.NEAR -> model.nearMe()
                        Narrowed.POOL -> model.ofPool()
                        null -> model.byName()
                    }
                }
                if (pool && holdings != null) HoldingsLine(holdings)
            }
        }
        fix?.takeIf { near && it !is Fix.Found }?.let { item { PlaceProblem(it, workplace.device) } }
        trouble?.let { item { TroubleCard(it, workplace.device, onRead = model.actions::read) } }
        if (list == null) return@Page skeleton(5)
        if (list.isEmpty()) item { Nobody(model, shown) { adding = true } }
        items(list, key = { "customer ${it.id}" }) { one ->
            FoundCard(one, due[one.id]) { workplace.navigator.go(Route.Customer(one.id)) }
        }
    }
    if (adding) {
        NewCustomerSheet(model, workplace, onAway = { adding = false }) { customer ->
            adding = false
            workplace.navigator.go(Route.Customer(customer))
        }
    }
}

/** What narrows the list beside the search. */
private enum class Narrowed { NEAR, POOL }

/** How many one has and may have, before one asks for another. */
@Composable
private fun HoldingsLine(holdings: Holdings) {
    val (strings, formats) = LocalStrings.current to LocalFormats.current
    Quiet(strings.holdings(formats.count(holdings.held.toLong()), formats.count(holdings.limit.toLong())))
    if (holdings.asked > 0uL) Quiet(strings.claimsWaiting(holdings.asked.toLong()))
}

/** From this length on a list may have more than it shows. */
private const val MANY = 60

/** An empty list says why it is, and what to do. */
@Composable
private fun Nobody(model: CustomersModel, shown: Narrowed?, onAdd: () -> Unit) {
    val strings = LocalStrings.current
    val text = model.search.text
    when {
        shown == Narrowed.POOL && text.isBlank() -> EmptyHint(strings.poolEmpty)
        shown == Narrowed.POOL -> EmptyHint(strings.notInPool(text), strings.wholePool) { model.type("") }
        text.isNotBlank() -> EmptyHint(strings.nothingFound(text), strings.newCustomer, onAdd)
        shown == Narrowed.NEAR -> EmptyHint(strings.nobodyNearYou, strings.newCustomer, onAdd)
        else -> EmptyHint(strings.noCustomers)
    }
}

/** A customer of a list: who, where, how far, and whether a visit is due. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
fun FoundCard(customer: FoundCustomer, due: DueCustomer? = null, onClick: () -> Unit) {
    val (strings, formats) = LocalStrings.current to LocalFormats.current
    ObjectCard(onClick = onClick) {
        Text(customer.name, style = MaterialTheme.typography.titleMedium)
        if (customer.address.isNotEmpty()) Quiet(customer.address)
        val facts = listOfNotNull(
            (customer.distanceM ?: due?.customer?.distanceM)?.let(formats::distance),
            customer.grade?.let(strings::grade),
            due?.let { one -> one.since?.let { strings.dueSince(formats.date(formats.dayOf(it))) } ?: strings.neverVisited },
        )
        if (facts.isNotEmpty()) Text(facts.joinToString(" · "), style = MaterialTheme.typography.bodyMedium)
        // What the server has is the rule; the others are said.
        if (customer.state != RecordState.ACCEPTED) FlowRow { StateMark(customer.state) }
    }
}

@Composable
private fun NewCustomerSheet(model: CustomersModel, workplace: Workplace, onAway: () -> Unit, onAdded: (CustomerId) -> Unit) {
    val strings = LocalStrings.current
    val trouble by model.actions.trouble.collectAsState()
    val busy by model.actions.busy.collectAsState()
    var here by remember { mutableStateOf(true) }
    Sheet(
        title = strings.newCustomer,
        onAway = onAway,
        action = {
            PrimaryButton(strings.add, enabled = model.newName.text.isNotBlank() && !busy) { model.add(here, onAdded) }
        },
    ) {
        DraftField(model.newName, strings.customerName)
        DraftField(model.newAddress, strings.address)
        Row(
            Modifier.fillMaxWidth().heightIn(min = 48.dp).toggleable(here, role = Role.Checkbox) { here = it },
            verticalAlignment = Alignment.CenterVertically,
            horizontalArrangement = Arrangement.spacedBy(4.dp),
        ) {
            Checkbox(here, onCheckedChange = null)
            Text(strings.iAmHere, style = MaterialTheme.typography.bodyLarge)
        }
        trouble?.let { TroubleCard(it, workplace.device) }
    }
}
