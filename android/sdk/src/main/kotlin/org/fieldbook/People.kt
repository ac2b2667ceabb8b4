package org.fieldbook

import kotlinx.coroutines.flow.Flow

/** People, units and the rules of the house, as last received. */
class People internal constructor(private val people: NativePeople, private val live: NativeLive, private val calls: Calls) :
    AutoCloseable {
    /** The person who is signed in, as it changes; null before the first sync. */
    fun me(): Flow<Person?> = calls.live(live, TOPICS) { people.me() }

    /** Everybody this person may know of, as it changes. */
    fun everybody(): Flow<List<Person>> = calls.live(live, TOPICS) { people.all() }

    /** Everybody this person may know of. */
    suspend fun all(): List<Person> = calls.disk { people.all() }

    /** The units this person may know of, parents first. */
    suspend fun units(): List<OrgUnit> = calls.disk { people.units() }

    /** The rules of the house. */
    suspend fun house(): House = calls.disk { people.house() }

    override fun close() = people.close()

    private companion object {
        val TOPICS = listOf(Topic.STATUS)
    }
}
