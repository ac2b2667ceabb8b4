package org.fieldbook

import kotlinx.coroutines.flow.Flow
import java.time.LocalDate
import java.time.OffsetDateTime

/** Visits: the plan, the door, the steps, the end. All of it works without network. */
class Visits internal constructor(private val visits: NativeVisits, private val live: NativeLive, private val calls: Calls) :
    AutoCloseable {
    /** One's own visits of today, as they change. */
    fun today(): Flow<Today> = calls.live(live, TOPICS) { visits.today() }

    /** One's own visits of a day, as they change. */
    fun on(day: LocalDate): Flow<Today> = calls.live(live, TOPICS) { visits.on(day) }

    /** The visits of a day of everybody whose records are on this phone, as they change. */
    fun team(day: LocalDate): Flow<Today> = calls.live(live, TOPICS) { visits.teamOn(day) }

    /** A customer's visits whoever made them, the latest plan first, as they change. */
    fun toCustomer(customer: CustomerId, limit: Int = 20): Flow<List<Visit>> =
        calls.live(live, TOPICS) { visits.toCustomer(customer, limit.toUInt()) }

    /** A visit's page as it changes; null when it is not on this phone (any more). */
    fun page(visit: VisitId): Flow<VisitPage?> = calls.live(live, TOPICS) { visits.page(visit) }

    /** One's own changes of plans of the last [days] that came too late and became remarks, as they change. */
    fun remarks(days: Int = 14): Flow<List<PlanRemark>> = calls.live(live, TOPICS) { visits.remarks(days.toUInt()) }

    /**
     * Plans a visit, or makes one on the spot.
     *
     * @param rep who visits; oneself when null.
     * @param start when; now when null.
     */
    suspend fun plan(
        customer: CustomerId,
        purpose: String = "",
        start: OffsetDateTime? = null,
        rep: PersonId? = null,
    ): VisitId = calls.disk { visits.plan(NewPlan(customer, rep, start, purpose)) }

    /** Moves a planned visit to another time, or says another purpose. */
    suspend fun reschedule(visit: VisitId, start: OffsetDateTime, purpose: String? = null) =
        calls.disk { visits.reschedule(visit, start, purpose) }

    /** Asks the platform where the phone is, for at most [patienceMs] milliseconds. Having no fix is an answer. */
    suspend fun locate(patienceMs: Long = 10_000): Fix =
        calls.network { cancel -> visits.locate(patienceMs.toULong(), cancel) }

    /** What a check-in here would say, without writing anything. */
    suspend fun judge(customer: CustomerId, reading: Reading?): Judgement =
        calls.disk { visits.judge(customer, reading) }

    /** The rep is at the door: checks in with a reading, or with none and a reason. */
    suspend fun start(visit: VisitId, reading: Reading?, reason: String? = null): Judgement =
        calls.disk { visits.start(visit, reading, reason) }

    /** Records a result of a step, for example a stock count; the latest of a step is current. */
    suspend fun recordStep(visit: VisitId, step: String, value: StepValue, note: String? = null) =
        calls.disk { visits.recordStep(visit, step, value, note) }

    /**
     * Says what the notes are now; what others wrote meanwhile stays.
     *
     * @param seen the notes as the person saw them before the edit.
     */
    suspend fun setNotes(visit: VisitId, seen: String, text: String) =
        calls.disk { visits.setNotes(visit, seen, text) }

    /** Says what comes next with this customer. */
    suspend fun setNextStep(visit: VisitId, text: String) = calls.disk { visits.setNextStep(visit, text) }

    /** The rep leaves: checks out and finishes the visit. */
    suspend fun finish(
        visit: VisitId,
        reading: Reading?,
        reason: String? = null,
        outcome: String? = null,
    ): Judgement = calls.disk { visits.finish(visit, reading, reason, outcome) }

    /** The visit does not take place, or ends early. */
    suspend fun cancel(visit: VisitId, reason: String, reading: Reading? = null) =
        calls.disk { visits.cancel(visit, reason, reading) }

    override fun close() = visits.close()

    private companion object {
        val TOPICS = listOf(Topic.VISITS)
    }
}
