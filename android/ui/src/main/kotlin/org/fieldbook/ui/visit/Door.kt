package org.fieldbook.ui.visit

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import org.fieldbook.CustomerChange
import org.fieldbook.CustomerId
import org.fieldbook.Fix
import org.fieldbook.Judgement
import org.fieldbook.Reading
import org.fieldbook.ReasonFor
import org.fieldbook.Verdict
import org.fieldbook.Visit
import org.fieldbook.VisitId
import org.fieldbook.Words
import org.fieldbook.readyReasons
import org.fieldbook.text
import org.fieldbook.ui.app.Actions
import org.fieldbook.ui.app.Workplace
import org.fieldbook.ui.words.Strings

/**
 * Who is to be visited.
 *
 * @param visit the planned visit; null for one on the spot.
 */
data class CheckInSubject(val customer: CustomerId, val name: String, val visit: VisitId?) {
    companion object {
        fun of(visit: Visit, strings: Strings) =
            CheckInSubject(visit.customer, visit.customerName ?: strings.aCustomer, visit.id)
    }
}

/** What the phone says at the door. */
sealed interface AtDoor {
    /** The phone is asked where it is. */
    data object Asking : AtDoor

    /** It answered. */
    data class Answered(val fix: Fix, val judgement: Judgement) : AtDoor {
        /** The reading, if there is one. */
        val reading: Reading? get() = (fix as? Fix.Found)?.reading

        /** Is it known to be on site? Otherwise the person may say why not. */
        val certain: Boolean get() = judgement.verdict == Verdict.INSIDE
    }
}

/**
 * The door of a customer, at the start, the end or a cancel of a visit: asks the phone where it is, and never waits for the
 * answer. Whoever is in a hurry goes on without a position.
 */
class Door(private val workplace: Workplace, private val customer: CustomerId, scope: CoroutineScope) {
    private val mutableAtDoor = MutableStateFlow<AtDoor>(AtDoor.Asking)
    private val mutableReason = MutableStateFlow<Words?>(null)
    private val mutableProposes = MutableStateFlow(false)
    private val asking = Actions(scope)

    /** What the phone says. */
    val atDoor: StateFlow<AtDoor> = mutableAtDoor.asStateFlow()

    /** The ready reason that was chosen. */
    val reason: StateFlow<Words?> = mutableReason.asStateFlow()

    /** Is this place to be proposed as the customer's? */
    val proposes: StateFlow<Boolean> = mutableProposes.asStateFlow()

    /** The reason in the person's own words. */
    val words = workplace.draft("away/$customer")

    init {
        ask()
    }

    /** Asks again, for example after the permission was given. */
    fun ask() {
        asking.run {
            mutableAtDoor.value = AtDoor.Asking
            val fix = workplace.whereabouts.ask()
            val judgement = workplace.session.visits.judge(customer, (fix as? Fix.Found)?.reading)
            mutableAtDoor.value = AtDoor.Answered(fix, judgement)
        }
    }

    /** Ready reasons of the house, because nobody likes to explain. */
    val readyReasons: List<Words> = readyReasons(ReasonFor.PLACE)

    /** Chooses a reason, or none. */
    fun choose(reason: Words?) {
        mutableReason.value = reason
    }

    /** Proposes this place, or does not. */
    fun propose(yes: Boolean) {
        mutableProposes.value = yes
    }

    /** The reading to check in with; none while the phone still looks. */
    val reading: Reading? get() = (mutableAtDoor.value as? AtDoor.Answered)?.reading

    /** The reason to check in with, in the language of the person. */
    fun reasonSaid(strings: Strings): String? {
        val certain = (mutableAtDoor.value as? AtDoor.Answered)?.certain == true
        if (certain) return null
        val said = listOfNotNull(mutableReason.value?.text(strings.language), words.text.trim().ifEmpty { null })
        return said.joinToString(strings.comma).ifEmpty { null }
    }

    /** After the check-in: the place is proposed when the person said so, and the words are used up. */
    suspend fun passed() {
        val here = reading
        if (mutableProposes.value && here != null) {
            workplace.session.customers.edit(customer, CustomerChange.Place(here.position))
        }
        words.done()
    }
}
