package org.fieldbook.ui.app

import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import org.fieldbook.ApprovalId
import org.fieldbook.CustomerId
import org.fieldbook.VisitId

/** A place in the app. */
sealed interface Route {
    /** The rooms of the bar at the bottom. */
    sealed interface Room : Route

    /** The day: one's own, and the team's for a supervisor. */
    data object Today : Room

    /** What waits for a decision. */
    data object Approvals : Room

    /** Everybody to visit. */
    data object Customers : Room

    /** One's own requests. */
    data object Expenses : Room

    /** The person: the way to everything about the account and this phone. */
    data object Me : Room

    /** A customer, all around. */
    data class Customer(val id: CustomerId) : Route

    /** A visit. */
    data class Visit(val id: VisitId) : Route

    /** The daily log; a new entry is about [customer] and [visit]. */
    data class Activity(val customer: CustomerId? = null, val visit: VisitId? = null) : Route

    /** One's own expense. */
    data class Expense(val id: ApprovalId) : Route

    /** A request to be decided. */
    data class Approval(val id: ApprovalId) : Route

    /** What was not accepted. */
    data object Attention : Route

    /** What is where, and the receipt. */
    data object Sync : Route
}

/** Where the person is, and the way back. */
class Navigator(start: Route.Room = Route.Today) {
    private val mutableWay = MutableStateFlow<List<Route>>(listOf(start))

    /** The way from a room to here; the last one shows. */
    val way: StateFlow<List<Route>> = mutableWay.asStateFlow()

    /** Goes further in, or to another room, which begins anew. */
    fun go(to: Route) {
        mutableWay.value = if (to is Route.Room) listOf(to) else mutableWay.value + to
    }

    /** Goes there in place of here: back does not return to what is over. */
    fun replace(to: Route) {
        mutableWay.value = mutableWay.value.dropLast(1) + to
    }

    /** Goes back; from another room to today. False when there is nothing to go back to. */
    fun back(): Boolean {
        val way = mutableWay.value
        mutableWay.value = when {
            way.size > 1 -> way.dropLast(1)
            way.single() != Route.Today -> listOf(Route.Today)
            else -> return false
        }
        return true
    }
}
