package org.fieldbook.ui.today

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.flatMapLatest
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.map
import org.fieldbook.Away
import org.fieldbook.CustomerId
import org.fieldbook.DueCustomer
import org.fieldbook.Fix
import org.fieldbook.FoundCustomer
import org.fieldbook.InboxItem
import org.fieldbook.PlanRemark
import org.fieldbook.Position
import org.fieldbook.Today
import org.fieldbook.Visit
import org.fieldbook.VisitStatus
import org.fieldbook.away
import org.fieldbook.ui.app.Actions
import org.fieldbook.ui.app.Shown
import org.fieldbook.ui.app.Workplace
import java.time.LocalDate

/** The day of a person: their plan, who is due, who is near; for a supervisor the team's visits and what waits. */
class TodayModel(private val workplace: Workplace, day: LocalDate, scope: CoroutineScope) {
    private val session = workplace.session
    private val mutableNearby = MutableStateFlow<List<FoundCustomer>?>(null)

    /** What goes on. */
    val actions = Actions(scope)

    /** One's own visits. */
    val own: StateFlow<Shown<Today>> = actions.shown(session.visits.today())

    /** The team's visits. */
    val team: StateFlow<Shown<Today>> = actions.shown(session.visits.team(day))

    /** What waits for this person's decision. */
    val inbox: StateFlow<Shown<List<InboxItem>>> = actions.shown(session.approvals.inbox())

    /** Customers whose visit is due. */
    val due: StateFlow<Shown<List<DueCustomer>>> = actions.shown(session.customers.due(limit = 5))

    /** Changes of plans that came too late and became remarks. */
    val remarks: StateFlow<Shown<List<PlanRemark>>> = actions.shown(session.visits.remarks())

    /** The visit before to the next customer, for what came of it; null where there was none. */
    @OptIn(ExperimentalCoroutinesApi::class)
    val before: StateFlow<Shown<Visit?>> = actions.shown(
        session.visits.today().map { it.next }.distinctUntilChanged().flatMapLatest { next ->
            if (next == null) flowOf(null) else session.visits.page(next).map { it?.last }
        },
    )

    /** Where the phone was when it was last asked. */
    val fix: StateFlow<Fix?> = workplace.whereabouts.fix

    /** The nearest customers; null until somebody asks. */
    val nearby: StateFlow<List<FoundCustomer>?> = mutableNearby.asStateFlow()

    /** Asks where the phone is and who is near. */
    fun findNearby() {
        actions.run {
            val fix = workplace.whereabouts.ask()
            mutableNearby.value = (fix as? Fix.Found)?.let { nearTo(it.reading.position) }
        }
    }

    /** Fills in who is near without asking for the place again. */
    suspend fun refreshNearby() {
        val here = workplace.whereabouts.position ?: return
        actions.aside { mutableNearby.value = nearTo(here) }
    }

    /** How far a visit is from where the phone was; null when either is not known. */
    fun awayTo(visit: Visit): Away? {
        val (here, there) = (workplace.whereabouts.position ?: return null) to (visit.position ?: return null)
        return away(here, there)
    }

    private suspend fun nearTo(position: Position) = session.customers.nearby(position, RADIUS_M, limit = 100)

    private companion object {
        const val RADIUS_M = 50_000.0
    }
}

/** A day's visits as a person goes through them. */
class DayPlan(today: Today) {
    /** The one to open first. */
    val next: Visit? = today.visits.find { it.id == today.next }

    /** What comes after it. */
    val later: List<Visit> = today.visits.filter {
        it.id != today.next && (it.status == VisitStatus.PLANNED || it.status == VisitStatus.STARTED)
    }

    /** What is over. */
    val over: List<Visit> = today.visits.filter {
        it.status == VisitStatus.FINISHED || it.status == VisitStatus.CANCELLED
    }

    /** The customers that are in the plan, whom "due" need not name again. */
    val customers: Set<CustomerId> = today.visits.map { it.customer }.toSet()
}
