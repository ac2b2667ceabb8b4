package org.fieldbook.ui.visit

import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.setValue
import kotlinx.coroutines.CoroutineScope
import org.fieldbook.CustomerId
import org.fieldbook.ReasonFor
import org.fieldbook.VisitId
import org.fieldbook.Words
import org.fieldbook.readyReasons
import org.fieldbook.text
import org.fieldbook.ui.app.Actions
import org.fieldbook.ui.app.Workplace
import org.fieldbook.ui.parts.Choices
import org.fieldbook.ui.parts.DraftField
import org.fieldbook.ui.parts.PrimaryButton
import org.fieldbook.ui.parts.Quiet
import org.fieldbook.ui.parts.Sheet
import org.fieldbook.ui.parts.TroubleCard
import org.fieldbook.ui.words.LocalStrings
import org.fieldbook.ui.words.Strings

/** The end of a visit: finished with an outcome, or cancelled with a reason. */
class Leave(
    private val workplace: Workplace,
    private val visit: VisitId,
    customer: CustomerId,
    private val notes: Notes,
    scope: CoroutineScope,
) {
    /** What the phone says. */
    val door = Door(workplace, customer, scope)

    /** What goes on. */
    val actions = Actions(scope)

    /** What came out of it. */
    val outcome = workplace.draft("outcome/$visit")

    /** What comes next. */
    val nextStep = workplace.draft("next-step/$visit")

    /** Ready reasons of the house for a cancel. */
    val readyReasons: List<Words> = readyReasons(ReasonFor.CANCEL)

    /** Why it is cancelled, in the person's own words. */
    val why = workplace.draft("cancel/$visit")

    /** Finishes the visit. */
    fun finish(strings: Strings, done: () -> Unit) {
        actions.run {
            notes.save()
            val visits = workplace.session.visits
            if (nextStep.text.isNotBlank()) visits.setNextStep(visit, nextStep.text.trim())
            visits.finish(visit, door.reading, door.reasonSaid(strings), outcome.text.trim().ifEmpty { null })
            door.passed()
            outcome.done()
            nextStep.done()
            done()
        }
    }

    /** Cancels the visit. */
    fun cancel(reason: String, done: () -> Unit) {
        actions.run {
            notes.save()
            workplace.session.visits.cancel(visit, reason, door.reading)
            why.done()
            done()
        }
    }
}

/** The sheet at the end of a visit. */
@Composable
fun FinishSheet(workplace: Workplace, visit: VisitId, customer: CustomerId, notes: Notes, onAway: () -> Unit) {
    val scope = rememberCoroutineScope()
    val leave = remember(visit) { Leave(workplace, visit, customer, notes, scope) }
    val trouble by leave.actions.trouble.collectAsState()
    val busy by leave.actions.busy.collectAsState()
    val away by rememberUpdatedState(onAway)
    val strings = LocalStrings.current
    Sheet(
        title = strings.finishVisit,
        onAway = onAway,
        action = { PrimaryButton(strings.finish, enabled = !busy) { leave.finish(strings) { away() } } },
    ) {
        DraftField(leave.outcome, strings.outcome)
        DraftField(leave.nextStep, strings.nextStep)
        DoorView(leave.door, workplace.device)
        trouble?.let { TroubleCard(it, workplace.device) }
    }
}

/** The sheet for a visit that does not take place: a ready reason, or own words. */
@Composable
fun CancelSheet(workplace: Workplace, visit: VisitId, customer: CustomerId, notes: Notes, onAway: () -> Unit) {
    val scope = rememberCoroutineScope()
    val leave = remember(visit) { Leave(workplace, visit, customer, notes, scope) }
    val trouble by leave.actions.trouble.collectAsState()
    val busy by leave.actions.busy.collectAsState()
    var chosen by remember { mutableStateOf<Words?>(null) }
    val away by rememberUpdatedState(onAway)
    val strings = LocalStrings.current
    val reason = listOfNotNull(chosen?.text(strings.language), leave.why.text.trim().ifEmpty { null }).joinToString(strings.comma)
    Sheet(
        title = strings.cancelVisitTitle,
        onAway = onAway,
        action = {
            PrimaryButton(strings.cancelVisit, enabled = !busy && reason.isNotEmpty()) { leave.cancel(reason) { away() } }
        },
    ) {
        Quiet(strings.cancelHint)
        Choices(leave.readyReasons, chosen, { it.text(strings.language) }) { chosen = it }
        DraftField(leave.why, strings.reasonInWords)
        trouble?.let { TroubleCard(it, workplace.device) }
    }
}
