package org.fieldbook.ui.customer

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.StateFlow
import org.fieldbook.ContactFields
import org.fieldbook.Customer
import org.fieldbook.CustomerChange
import org.fieldbook.CustomerId
import org.fieldbook.CustomerPage
import org.fieldbook.Spent
import org.fieldbook.ui.app.Actions
import org.fieldbook.ui.app.Shown
import org.fieldbook.ui.app.Workplace
import java.time.OffsetDateTime

/** A customer, all around: who, when due, contacts, what happened; and editing them at the counter. */
class CustomerModel(private val workplace: Workplace, private val customer: CustomerId, scope: CoroutineScope) {
    private val customers = workplace.session.customers

    /** What goes on. */
    val actions = Actions(scope)

    /** The customer's page; null when it is not on this phone. */
    val page: StateFlow<Shown<CustomerPage?>> = actions.shown(customers.page(customer))

    /** The expenses for this customer, and what they come to. */
    val spent: StateFlow<Shown<Spent>> = actions.shown(workplace.session.approvals.spentOn(customer))

    /** What a planned visit is for. */
    val purpose = workplace.draft("purpose/$customer")

    /** A field of the customer or of a new contact, as it is typed. */
    fun field(name: String, before: String = "") = workplace.draft("customer/$customer/$name", before)

    /** Saves name and address, as far as they are other than before. */
    fun save(before: Customer, name: String, address: String, saved: () -> Unit) {
        val changes = listOfNotNull(
            CustomerChange.Name(name.trim()).takeIf { name.trim() != before.name },
            CustomerChange.Address(address.trim()).takeIf { address.trim() != before.address },
        )
        actions.run {
            if (changes.isNotEmpty()) customers.edit(customer, *changes.toTypedArray())
            field("name").done()
            field("address").done()
            saved()
        }
    }

    /** Decides between two values that were entered at once. */
    fun settle(field: String, value: String) {
        val change = when (field) {
            "name" -> CustomerChange.Name(value)
            "address" -> CustomerChange.Address(value)
            else -> return
        }
        actions.run { customers.edit(customer, change) }
    }

    /** Adds a contact from the fields. */
    fun addContact(saved: () -> Unit) {
        val fields = CONTACT_FIELDS.associateWith(::field)
        fun text(name: String) = fields.getValue(name).text.trim().ifEmpty { null }
        actions.run {
            customers.addContact(customer, ContactFields(text("contact"), text("role"), text("phone"), text("email")))
            fields.values.forEach { it.done() }
            saved()
        }
    }

    /** Plans a visit. */
    fun plan(start: OffsetDateTime, saved: () -> Unit) {
        actions.run {
            workplace.session.visits.plan(customer, purpose.text.trim(), start)
            purpose.done()
            saved()
        }
    }

    private companion object {
        val CONTACT_FIELDS = listOf("contact", "role", "phone", "email")
    }
}
