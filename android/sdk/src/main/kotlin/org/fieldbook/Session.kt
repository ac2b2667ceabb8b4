package org.fieldbook


/**
 * One person's work on this phone.
 *
 * Close it when the person signs out; until then keep it as long as the process lives. Closing ends syncing.
 */
class Session internal constructor(private val session: NativeSession, private val calls: Calls) : AutoCloseable {
    private val live = session.live()

    /** Visits: the plan, the door, the steps, the end. */
    val visits: Visits = Visits(session.visits(), live, calls)

    /** Customers: find, read, edit. */
    val customers: Customers = Customers(session.customers(), live, calls)

    /** The daily log. */
    val activities: Activities = Activities(session.activities(), live, calls)

    /** Requests and decisions. */
    val approvals: Approvals = Approvals(session.approvals(), live, calls)

    /** What was not accepted. */
    val parked: ParkedWork = ParkedWork(session.parked(), live, calls)

    /** People, units and the rules of the house. */
    val people: People = People(session.people(), live, calls)

    /** Syncing. */
    val sync: Syncing = Syncing(session.sync(), live, calls)

    /** Whose work it is. */
    suspend fun account(): Account = calls.disk { session.account() }

    /** What the server does not have yet. */
    suspend fun unsent(): Unsent = calls.disk { session.unsent() }

    /** How many bytes the records take on this phone. */
    suspend fun storageBytes(): Long = calls.disk { session.storageBytes().toLong() }

    /**
     * What support needs to help, as JSON: how much is where, what was not accepted with the person's own words. No secret,
     * and nothing of other people's records.
     */
    suspend fun supportReport(): String = calls.disk { session.supportReport() }

    /** Signs the person out. What they wrote stays on this phone and goes out when they sign in again. */
    suspend fun signOut() {
        calls.disk { session.signOut() }
        close()
    }

    /** How many flows are being collected, for tests and for finding a leak. */
    val watchers: Long get() = live.watchers().toLong()

    /** Ends syncing and lets the records go. Calls after it fail with [FieldbookException.Cancelled]. */
    override fun close() {
        runCatching { sync.end() }
        listOf(visits, customers, activities, approvals, parked, people, sync).forEach(AutoCloseable::close)
        live.close()
        session.close()
    }
}
