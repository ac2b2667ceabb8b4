package org.fieldbook.ui.customer

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.StateFlow
import org.fieldbook.Contact
import org.fieldbook.ContactFields
import org.fieldbook.Customer
import org.fieldbook.CustomerChange
import org.fieldbook.CustomerId
import org.fieldbook.CustomerPage
import org.fieldbook.Position
import org.fieldbook.Spent
import org.fieldbook.Visit
import org.fieldbook.ui.app.Actions
import org.fieldbook.ui.app.Draft
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

    /** Its latest visits, whoever made them. */
    val visits: StateFlow<Shown<List<Visit>>> = actions.shown(workplace.session.visits.toCustomer(customer, limit = 5))

    /** The expenses for this customer, and what they come to. */
    val spent: StateFlow<Shown<Spent>> = actions.shown(workplace.session.approvals.spentOn(customer))

    /** What a planned visit is for. */
    val purpose = workplace.draft("purpose/$customer")

    /** A field of the customer or of a contact, as it is typed. */
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
            "position" -> CustomerChange.Place(placeOf(value) ?: return)
            else -> return
        }
        actions.run { customers.edit(customer, change) }
    }

    /** The fields of a contact, or of a new one. */
    fun fieldsOf(contact: Contact?): ContactDrafts {
        val place = contact?.let { "contact/${it.id}" } ?: "contact"
        return ContactDrafts(
            name = field("$place/name", contact?.name.orEmpty()),
            role = field("$place/role", contact?.role.orEmpty()),
            phone = field("$place/phone", contact?.phone.orEmpty()),
            email = field("$place/email", contact?.email.orEmpty()),
        )
    }

    /** Adds a contact, or changes one as far as its fields are other than before. */
    fun save(drafts: ContactDrafts, of: Contact?, saved: () -> Unit) {
        actions.run {
            if (of == null) customers.addContact(customer, drafts.fields()) else customers.editContact(customer, of.id, drafts.changesOf(of))
            drafts.done()
            saved()
        }
    }

    /** Removes a contact in ten seconds unless the person takes it back. */
    fun remove(contact: Contact) {
        workplace.undo.offer({ it.contactRemoved(contact.name) }, contact.id) { customers.removeContact(customer, contact.id) }
    }

    /** Plans a visit. */
    fun plan(start: OffsetDateTime, saved: () -> Unit) {
        actions.run {
            workplace.session.visits.plan(customer, purpose.text.trim(), start)
            purpose.done()
            saved()
        }
    }
}

/** A place as a conflict names it: `latitude,longitude`. */
internal fun placeOf(value: String): Position? = value.split(",").mapNotNull(String::toDoubleOrNull).takeIf { it.size == 2 }?.let { (lat, lon) -> Position(lat, lon) }

/** The fields of a contact, as they are typed. */
class ContactDrafts(val name: Draft, val role: Draft, val phone: Draft, val email: Draft) {
    internal fun fields() = ContactFields(name.text.trim(), filled(role), filled(phone), filled(email))

    /** What is other than before; a field that was emptied says so. */
    internal fun changesOf(contact: Contact) = ContactFields(
        name = changed(name, contact.name),
        role = changed(role, contact.role),
        phone = changed(phone, contact.phone),
        email = changed(email, contact.email),
    )

    internal fun done() = listOf(name, role, phone, email).forEach { it.done() }

    private fun filled(draft: Draft): String? = draft.text.trim().ifEmpty { null }

    private fun changed(draft: Draft, before: String?): String? = draft.text.trim().takeIf { it != before.orEmpty() }
}
