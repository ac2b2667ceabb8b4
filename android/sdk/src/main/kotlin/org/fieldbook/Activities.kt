package org.fieldbook

import kotlinx.coroutines.flow.Flow

/** The daily log. All of it works without network. */
class Activities internal constructor(
    private val activities: NativeActivities,
    private val live: NativeLive,
    private val calls: Calls,
) : AutoCloseable {
    /** The latest days of a person that have a log, the last one first, as they change; one's own without a person. */
    fun days(person: PersonId? = null, limit: Int = 14): Flow<List<DayLog>> =
        calls.live(live, TOPICS) { activities.days(person, limit.toUInt()) }

    /** A day's log as it changes; null when it is not on this phone (any more). */
    fun page(log: LogId): Flow<DayLog?> = calls.live(live, TOPICS) { activities.page(log) }

    /** Writes an entry into today's log, which begins with its first one. */
    suspend fun log(text: String, customer: CustomerId? = null, visit: VisitId? = null): LogId =
        calls.disk { activities.log(NewEntry(text, customer, visit)) }

    /** Changes the text of one's own entry. */
    suspend fun edit(log: LogId, entry: String, text: String) = calls.disk { activities.edit(log, entry, text) }

    /** Remarks on an entry, or on the whole day when [entry] is null. */
    suspend fun comment(log: LogId, text: String, entry: String? = null) =
        calls.disk { activities.comment(log, entry, text) }

    override fun close() = activities.close()

    private companion object {
        val TOPICS = listOf(Topic.ACTIVITIES)
    }
}
