package org.fieldbook.ui.visit

import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.rememberUpdatedState
import kotlinx.coroutines.CoroutineScope
import org.fieldbook.VisitId
import org.fieldbook.ui.app.Actions
import org.fieldbook.ui.app.Workplace
import org.fieldbook.ui.parts.PrimaryButton
import org.fieldbook.ui.parts.Sheet
import org.fieldbook.ui.parts.TroubleCard
import org.fieldbook.ui.words.LocalStrings
import org.fieldbook.ui.words.Strings

/** Starting a visit: at the door of [subject]. A visit on the spot is planned in the same moment. */
class CheckIn(private val workplace: Workplace, private val subject: CheckInSubject, scope: CoroutineScope) {
    private var planned: VisitId? = subject.visit

    /** What the phone says. */
    val door = Door(workplace, subject.customer, scope)

    /** What goes on. */
    val actions = Actions(scope)

    /** Starts the visit; the reason is kept in the language of the person. */
    fun start(strings: Strings, started: (VisitId) -> Unit) {
        actions.run {
            val visits = workplace.session.visits
            val visit = planned ?: visits.plan(subject.customer).also { planned = it }
            visits.start(visit, door.reading, door.reasonSaid(strings))
            door.passed()
            started(visit)
        }
    }
}

/** The sheet at the door. */
@Composable
fun CheckInSheet(workplace: Workplace, subject: CheckInSubject, onAway: () -> Unit, onStarted: (VisitId) -> Unit) {
    val scope = rememberCoroutineScope()
    val checkIn = remember(subject) { CheckIn(workplace, subject, scope) }
    val trouble by checkIn.actions.trouble.collectAsState()
    val busy by checkIn.actions.busy.collectAsState()
    val strings = LocalStrings.current
    val started by rememberUpdatedState(onStarted)
    Sheet(
        title = subject.name,
        onAway = onAway,
        action = { PrimaryButton(strings.start, enabled = !busy) { checkIn.start(strings) { started(it) } } },
    ) {
        DoorView(checkIn.door, workplace.device)
        trouble?.let { TroubleCard(it, workplace.device) }
    }
}
