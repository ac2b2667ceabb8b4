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
