package org.fieldbook

import kotlinx.coroutines.flow.Flow

/** Customers: find, read, edit. All of it works without network. */
class Customers internal constructor(
    private val customers: NativeCustomers,
    private val live: NativeLive,
    private val calls: Calls,
) : AutoCloseable {
    /** Customers by name, [limit] of them after the first [skip], as they change. */
    fun list(skip: Int = 0, limit: Int = 100): Flow<List<Customer>> =
        calls.live(live, TOPICS) { customers.list(skip.toUInt(), limit.toUInt()) }

    /** Customers whose next visit is due, the longest overdue first, as they change. */
    fun due(limit: Int = 50): Flow<List<DueCustomer>> = calls.live(live, TOPICS) { customers.due(limit.toUInt()) }

    /** A customer's page as it changes; null when it is not on this phone (any more). */
    fun page(customer: CustomerId): Flow<CustomerPage?> = calls.live(live, TOPICS) { customers.page(customer) }

    /** Customers whose name, address, contacts or tags hold all the words, the best hits first; for typing. */
    suspend fun search(text: String, near: Position? = null, limit: Int = 50): List<FoundCustomer> =
        calls.disk { customers.search(text, near, limit.toUInt()) }

    /** Customers at most [radiusM] metres away, the nearest first. */
    suspend fun nearby(position: Position, radiusM: Double, limit: Int = 50): List<FoundCustomer> =
        calls.disk { customers.nearby(position, radiusM, limit.toUInt()) }

    /** The customers of the pool, whom nobody looks after, by name, as they change. */
    fun pool(skip: Int = 0, limit: Int = 100): Flow<List<Customer>> =
        calls.live(live, TOPICS) { customers.pool(skip.toUInt(), limit.toUInt()) }

    /** How many customers one has and may have, as it changes. */
    fun holdings(): Flow<Holdings> = calls.live(live, TOPICS) { customers.holdings() }

    /** Asks to look after a customer of the pool. Whoever asks first gets it; the page says what the server replied. */
    suspend fun claim(customer: CustomerId, note: String? = null) = calls.disk { customers.claim(customer, note) }

    /** Asks to put a customer back into the pool. */
    suspend fun release(customer: CustomerId, note: String? = null) = calls.disk { customers.release(customer, note) }

    /** Asks, as a supervisor, that somebody else looks after a customer. */
    suspend fun askOwner(customer: CustomerId, to: PersonId, note: String? = null) =
        calls.disk { customers.askOwner(customer, to, note) }

    /** Asks for another grade, one of those with a visit cycle. */
    suspend fun askGrade(customer: CustomerId, grade: String, note: String? = null) =
        calls.disk { customers.askGrade(customer, grade, note) }

    /** Adds a customer of one's own; it can be visited at once. */
    suspend fun add(customer: NewCustomer): CustomerId = calls.disk { customers.add(customer) }

    /** Changes fields of a customer in one operation. Where two people set one field at once both values are kept. */
    suspend fun edit(customer: CustomerId, vararg changes: CustomerChange) =
        calls.disk { customers.edit(customer, changes.asList()) }

    /** Adds a contact. */
    suspend fun addContact(customer: CustomerId, fields: ContactFields): ContactId =
        calls.disk { customers.addContact(customer, fields) }

    /** Changes fields of a contact; what is null stays as it is. */
    suspend fun editContact(customer: CustomerId, contact: ContactId, fields: ContactFields) =
        calls.disk { customers.editContact(customer, contact, fields) }

    /** Removes a contact. */
    suspend fun removeContact(customer: CustomerId, contact: ContactId) =
        calls.disk { customers.removeContact(customer, contact) }

    /** Sets or clears a tag. */
    suspend fun setTag(customer: CustomerId, tag: String, set: Boolean) =
        calls.disk { customers.setTag(customer, tag, set) }

    override fun close() = customers.close()

    private companion object {
        val TOPICS = listOf(Topic.CUSTOMERS)
    }
}
