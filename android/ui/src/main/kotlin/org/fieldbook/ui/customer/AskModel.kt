package org.fieldbook.ui.customer

import kotlinx.coroutines.CoroutineScope
import org.fieldbook.AskedFor
import org.fieldbook.CustomerId
import org.fieldbook.Person
import org.fieldbook.PersonId
import org.fieldbook.ui.app.Actions
import org.fieldbook.ui.app.Organisation
import org.fieldbook.ui.app.Workplace

/** What somebody asks the server to decide about a customer; provisional until it answers. */
class AskModel(private val workplace: Workplace, private val customer: CustomerId, scope: CoroutineScope) {
    private val customers = workplace.session.customers

    /** What goes on. */
    val actions = Actions(scope)

    /** Why; kept as it is typed. */
    val why = workplace.draft("ask/$customer")

    /** Asks for [what]; [to] and [grade] where it needs them. */
    fun ask(what: AskedFor, to: PersonId?, grade: String?, asked: () -> Unit) {
        val note = why.text.trim().ifEmpty { null }
        actions.run {
            when (what) {
                AskedFor.CLAIM -> customers.claim(customer, note)
                AskedFor.RELEASE -> customers.release(customer, note)
                AskedFor.OWNER -> customers.askOwner(customer, checkNotNull(to), note)
                AskedFor.GRADE -> customers.askGrade(customer, checkNotNull(grade), note)
            }
            why.done()
            asked()
        }
    }
}

/** What this person may ask about a customer that somebody looks after; the core has the last word. */
internal fun askable(organisation: Organisation): List<AskedFor> =
    listOfNotNull(AskedFor.GRADE, AskedFor.OWNER.takeIf { organisation.leads }, AskedFor.RELEASE)

/** Who could look after a customer: everybody whose records a supervisor sees, but for whoever left or does now. */
internal fun successors(organisation: Organisation, owner: PersonId?): List<Person> =
    organisation.people.values.filter { it.visible && !it.left && it.id != owner }
