package org.fieldbook

import kotlinx.coroutines.flow.Flow

/** What was not accepted: correct and send again, export, or discard. Nothing of it goes away by itself. */
class ParkedWork internal constructor(
    private val parked: NativeParked,
    private val live: NativeLive,
    private val calls: Calls,
) : AutoCloseable {
    /** All of it, oldest first, as it changes. */
    fun all(): Flow<List<ParkedItem>> = calls.live(live, TOPICS) { parked.all() }

    /**
     * Sends an item again. What was parked only because it follows that item goes with it.
     *
     * @param fields what the person put in other words, by [TypedField.name]; none sends it as it was.
     * @return how many operations were written.
     */
    suspend fun resend(item: Long, vararg fields: TypedField): Long =
        calls.disk { parked.resend(item, fields.asList()).toLong() }

    /**
     * Keeps what the person typed into an item on a visit as a line of its notes, and takes the item away: for what came
     * too late to be recorded.
     */
    suspend fun keepAsNote(item: Long) = calls.disk { parked.keepAsNote(item) }

    /** What was parked only because it follows this item, directly or through another: name it before discarding. */
    suspend fun followers(item: Long): List<ParkedItem> = calls.disk { parked.followers(item) }

    /**
     * Throws an item away with all that follows it, because the person said so after seeing [followers].
     *
     * @return how many items went.
     */
    suspend fun discardWithFollowers(item: Long): Long = calls.disk { parked.discardWithFollowers(item).toLong() }

    /** Throws an item away because the person said so; false when it was gone already. What follows it stays. */
    suspend fun discard(item: Long): Boolean = calls.disk { parked.discard(item) }

    /** All of it as JSON, for a colleague or for support. */
    suspend fun export(): String = calls.disk { parked.export() }

    override fun close() = parked.close()

    private companion object {
        val TOPICS = listOf(Topic.STATUS)
    }
}
