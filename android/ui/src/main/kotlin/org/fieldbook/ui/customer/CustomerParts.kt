package org.fieldbook.ui.customer

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.unit.dp
import org.fieldbook.Conflict
import org.fieldbook.Contact
import org.fieldbook.Customer
import org.fieldbook.CustomerPage
import org.fieldbook.away
import org.fieldbook.ui.app.Device
import org.fieldbook.ui.app.Workplace
import org.fieldbook.ui.format.asSentence
import org.fieldbook.ui.parts.DoubtNote
import org.fieldbook.ui.parts.DraftField
import org.fieldbook.ui.parts.Icons
import org.fieldbook.ui.parts.ObjectCard
import org.fieldbook.ui.parts.PrimaryButton
import org.fieldbook.ui.parts.Quiet
import org.fieldbook.ui.parts.QuietButton
import org.fieldbook.ui.parts.SecondaryButton
import org.fieldbook.ui.parts.Sheet
import org.fieldbook.ui.parts.StateMark
import org.fieldbook.ui.parts.TroubleCard
import org.fieldbook.ui.theme.LocalPalette
import org.fieldbook.ui.words.LocalFormats
import org.fieldbook.ui.words.LocalStrings

/** Grade, due, where, whose, and which truth. */
@Composable
internal fun CustomerHead(workplace: Workplace, page: CustomerPage) {
    val (strings, formats) = LocalStrings.current to LocalFormats.current
    val organisation by workplace.organisation.collectAsState()
    val customer = page.customer
    ObjectCard {
        val due = page.due?.let { formats.date(formats.dayOf(it)) }
        val last = customer.lastValidVisit?.let { strings.lastVisit(formats.date(formats.dayOf(it))) } ?: strings.neverVisited
        Text(due?.let(strings::nextVisitDue) ?: last.asSentence(), style = MaterialTheme.typography.titleMedium)
        val facts = listOfNotNull(
            customer.grade?.let(strings::grade),
            customer.storeType,
            last.takeIf { due != null },
            customer.owner?.takeIf { it != workplace.account.person }?.let(organisation::nameOf),
        )
        if (facts.isNotEmpty()) Quiet(facts.joinToString(" · "))
        if (customer.pool != null) Text(strings.nobodysCustomer)
        if (customer.address.isNotEmpty()) Text(customer.address)
        if (customer.tags.isNotEmpty()) Quiet(customer.tags.joinToString(" · "))
        customer.position?.let { place ->
            SecondaryButton(strings.showOnMap, icon = Icons.Place) { workplace.device.showOnMap(place, customer.name) }
        }
        StateMark(customer.state)
    }
}

/** Two people said two things at once: both are kept, and somebody decides. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
internal fun ConflictCard(customer: Customer, conflict: Conflict, onSettle: (String, String) -> Unit) {
    val (strings, formats) = LocalStrings.current to LocalFormats.current
    val here = customer.position
    val shown = when (conflict.field) {
        "name" -> customer.name
        "address" -> customer.address
        "grade" -> customer.grade.orEmpty()
        "position" -> here?.let { "${it.lat},${it.lon}" } ?: return
        else -> return
    }
    ObjectCard {
        DoubtNote(strings.twoValues(conflict.field))
        FlowRow(horizontalArrangement = Arrangement.spacedBy(8.dp), verticalArrangement = Arrangement.spacedBy(8.dp)) {
            (listOf(shown) + conflict.others).forEach { value ->
                // A grade is asked for: the server decides on it.
                val other = placeOf(value)
                when {
                    conflict.field == "grade" -> Quiet(strings.grade(value))
                    conflict.field != "position" || here == null -> SecondaryButton(value) { onSettle(conflict.field, value) }
                    other != null -> {
                        val way = away(here, other).takeIf { it.distanceM >= 1 }?.let { "${formats.distance(it.distanceM)} ${formats.direction(it.bearingDeg)}" }
                        SecondaryButton(way?.let(strings::otherPlace) ?: strings.thisPlace, icon = Icons.Place) { onSettle(conflict.field, value) }
                    }
                }
            }
        }
    }
}

/** A person at the customer's. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
internal fun ContactCard(contact: Contact, device: Device, onEdit: () -> Unit) {
    val strings = LocalStrings.current
    ObjectCard {
        Text(listOfNotNull(contact.name, contact.role).joinToString(" · "), style = MaterialTheme.typography.titleMedium)
        FlowRow(horizontalArrangement = Arrangement.spacedBy(8.dp), verticalArrangement = Arrangement.spacedBy(8.dp)) {
            contact.phone?.let { number -> SecondaryButton(strings.call(number), icon = Icons.Call) { device.call(number) } }
            contact.email?.let { mail -> SecondaryButton(mail, icon = Icons.Mail) { device.mail(mail) } }
            QuietButton(strings.editContact, onClick = onEdit)
        }
    }
}

@Composable
internal fun EditCustomerSheet(model: CustomerModel, customer: Customer, onAway: () -> Unit) {
    val strings = LocalStrings.current
    val name = remember { model.field("name", customer.name) }
    val address = remember { model.field("address", customer.address) }
    val trouble by model.actions.trouble.collectAsState()
    val busy by model.actions.busy.collectAsState()
    Sheet(
        title = strings.editCustomer,
        onAway = onAway,
        action = {
            PrimaryButton(strings.save, enabled = name.text.isNotBlank() && !busy) { model.save(customer, name.text, address.text, onAway) }
        },
    ) {
        DraftField(name, strings.customerName)
        DraftField(address, strings.address)
        trouble?.let { TroubleCard(it, device = null) }
    }
}

/** A new contact, or one that is changed or removed. */
@Composable
internal fun ContactSheet(model: CustomerModel, contact: Contact?, onAway: () -> Unit) {
    val strings = LocalStrings.current
    val drafts = remember(contact?.id) { model.fieldsOf(contact) }
    val trouble by model.actions.trouble.collectAsState()
    val busy by model.actions.busy.collectAsState()
    Sheet(
        title = if (contact == null) strings.addContact else strings.editContact,
        onAway = onAway,
        action = {
            PrimaryButton(if (contact == null) strings.add else strings.save, enabled = drafts.name.text.isNotBlank() && !busy) {
                model.save(drafts, contact, onAway)
            }
            if (contact != null) {
                QuietButton(strings.removeContact(contact.name), Modifier.fillMaxWidth(), color = LocalPalette.current.attention) {
                    model.remove(contact)
                    onAway()
                }
            }
        },
    ) {
        DraftField(drafts.name, strings.contactName)
        DraftField(drafts.role, strings.contactRole)
        DraftField(drafts.phone, strings.contactPhone, keyboard = KeyboardType.Phone)
        DraftField(drafts.email, strings.contactMail, keyboard = KeyboardType.Email)
        trouble?.let { TroubleCard(it, device = null) }
    }
}
