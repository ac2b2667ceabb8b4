package org.fieldbook.ui.customer

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.flatMapLatest
import kotlinx.coroutines.flow.map
import org.fieldbook.Customer
import org.fieldbook.CustomerId
import org.fieldbook.DueCustomer
import org.fieldbook.Fix
import org.fieldbook.FoundCustomer
import org.fieldbook.Holdings
import org.fieldbook.NewCustomer
import org.fieldbook.ui.app.Actions
import org.fieldbook.ui.app.Shown
import org.fieldbook.ui.app.Workplace

/** Customers: search as you type, all of them by name, or the nearest. */
@OptIn(ExperimentalCoroutinesApi::class)
class CustomersModel(private val workplace: Workplace, scope: CoroutineScope) {
    private val customers = workplace.session.customers
    private val asked = MutableStateFlow(Asked())

    /** What goes on. */
    val actions = Actions(scope)

    /** What is typed into the search. */
    val search = workplace.draft("search")

    /** The fields of a new customer. */
    val newName = workplace.draft("new-customer/name")
    val newAddress = workplace.draft("new-customer/address")

    /** Where the phone was when it was last asked. */
    val fix: StateFlow<Fix?> = workplace.whereabouts.fix

    /** What is found. An answer to an older question never replaces that of a newer one. */
    val found: StateFlow<Shown<List<FoundCustomer>>> = actions.shown(asked.flatMapLatest(::answer))

    /** Who is due, by customer. */
    val due: StateFlow<Shown<Map<CustomerId, DueCustomer>>> =
        actions.shown(customers.due(limit = 200).map { list -> list.associateBy { it.customer.id } })

    /** How many customers one has and may have. */
    val holdings: StateFlow<Shown<Holdings>> = actions.shown(customers.holdings())

    init {
        type(search.text)
    }

    /** Somebody types. */
    fun type(text: String) {
        search.text = text
        asked.value = asked.value.copy(text = text.trim(), limit = PAGE)
    }

    /** The end of the list is near. */
    fun more() {
        asked.value = asked.value.let { it.copy(limit = it.limit + PAGE) }
    }

    /** Shows the nearest first; asks the phone where it is. */
    fun nearMe() {
        actions.run {
            workplace.whereabouts.ask()
            asked.value = asked.value.copy(near = true, pool = false, limit = PAGE)
        }
    }

    /** Shows whom nobody looks after. */
    fun ofPool() {
        asked.value = asked.value.copy(near = false, pool = true, limit = PAGE)
    }

    /** Shows them by name again. */
    fun byName() {
        asked.value = asked.value.copy(near = false, pool = false, limit = PAGE)
    }

    /** Adds a customer; with [here] where the phone is now. */
    fun add(here: Boolean, added: (CustomerId) -> Unit) {
        actions.run {
            val position = if (here) (workplace.whereabouts.ask() as? Fix.Found)?.reading?.position else null
            val customer = customers.add(NewCustomer(newName.text.trim(), newAddress.text.trim(), position))
            newName.done()
            newAddress.done()
            added(customer)
        }
    }

    /** New customers and changed names show as they come, in each kind of list. */
    private fun answer(asked: Asked): Flow<List<FoundCustomer>> {
        val near = workplace.whereabouts.position
        val byName = customers.list(limit = asked.limit)
        return when {
            asked.pool && asked.text.isNotEmpty() -> customers.pool(limit = Int.MAX_VALUE).map { list -> list.map(Customer::found).fitting(asked.text) }
            asked.pool -> customers.pool(limit = asked.limit).map { list -> list.map(Customer::found) }
            asked.text.isNotEmpty() -> byName.map { customers.search(asked.text, near, asked.limit) }
            asked.near && near != null -> byName.map { customers.nearby(near, RADIUS_M, asked.limit) }
            else -> byName.map { list -> list.map(Customer::found) }
        }
    }

    private data class Asked(val text: String = "", val near: Boolean = false, val pool: Boolean = false, val limit: Int = PAGE)

    private companion object {
        const val PAGE = 60
        const val RADIUS_M = 50_000.0
    }
}

/** What is typed narrows the whole pool by name and address. */
private fun List<FoundCustomer>.fitting(text: String) =
    filter { text.isEmpty() || it.name.contains(text, ignoreCase = true) || it.address.contains(text, ignoreCase = true) }

private fun Customer.found() = FoundCustomer(
    id = id,
    name = name,
    address = address,
    position = position,
    grade = grade,
    lastValidVisit = lastValidVisit,
    state = state,
    distanceM = null,
    bearingDeg = null,
)
