package org.fieldbook.ui.activity

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.map
import org.fieldbook.CustomerId
import org.fieldbook.DayLog
import org.fieldbook.LogId
import org.fieldbook.ui.app.Actions
import org.fieldbook.ui.app.Route
import org.fieldbook.ui.app.Shown
import org.fieldbook.ui.app.Workplace

/** Days of a log and what their entries' customers are called. */
data class Days(val logs: List<DayLog>, val names: Map<CustomerId, String>)

/** The daily log: write any time, edit and remark. */
class ActivityModel(private val workplace: Workplace, private val about: Route.Activity, scope: CoroutineScope) {
    private val activities = workplace.session.activities

    /** What goes on. */
    val actions = Actions(scope)

    /** The entry that is being written. */
    val entry = workplace.draft("entry/${about.customer}/${about.visit}")

    /** The latest days, the last one first. */
    val days: StateFlow<Shown<Days>> = actions.shown(activities.days().map { Days(it, namesOf(it)) })

    /** Writes the entry. */
    fun write() {
        val text = entry.text.trim()
        if (text.isEmpty()) return
        actions.run {
            activities.log(text, about.customer, about.visit)
            entry.done()
        }
    }

    /** Changes one's own entry. */
    fun edit(log: LogId, entry: String, text: String, saved: () -> Unit) {
        actions.run {
            activities.edit(log, entry, text.trim())
            saved()
        }
    }

    /** Remarks on an entry. */
    fun comment(log: LogId, entry: String, text: String, saved: () -> Unit) {
        actions.run {
            activities.comment(log, text.trim(), entry)
            saved()
        }
    }

    /** A field of an entry that is edited or remarked on. */
    fun field(log: LogId, entry: String, what: String, before: String = "") = workplace.draft("log/$log/$entry/$what", before)

    private suspend fun namesOf(logs: List<DayLog>): Map<CustomerId, String> {
        val customers = logs.flatMap { it.entries }.mapNotNull { it.customer } + listOfNotNull(about.customer)
        return customers.distinct().mapNotNull { customer ->
            workplace.session.customers.page(customer).first()?.let { customer to it.customer.name }
        }.toMap()
    }
}
