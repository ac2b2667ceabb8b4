package org.fieldbook.ui.parts

import androidx.compose.runtime.Composable
import androidx.compose.runtime.compositionLocalOf
import androidx.compose.ui.Modifier
import org.fieldbook.ApprovalStatus
import org.fieldbook.RecordState
import org.fieldbook.ui.theme.LocalPalette
import org.fieldbook.ui.words.LocalStrings

/** Did the last exchange fail? Then nobody knows whether what was sent has arrived. */
val LocalUnanswered = compositionLocalOf { false }

/** Which truth a record is: a mark and a word, never a colour alone. */
@Composable
fun StateMark(state: RecordState, modifier: Modifier = Modifier) {
    val (strings, palette) = LocalStrings.current to LocalPalette.current
    when (state) {
        RecordState.ON_PHONE -> Marked(Icons.OnPhone, strings.onThisPhone, palette.quiet, modifier)
        RecordState.SENT -> Marked(Icons.Sent, if (LocalUnanswered.current) strings.sentUnanswered else strings.sent, palette.quiet, modifier)
        RecordState.ACCEPTED -> Marked(Icons.Accepted, strings.accepted, palette.good, modifier)
        RecordState.NEEDS_ATTENTION -> Marked(Icons.Attention, strings.needsAttention, palette.attention, modifier)
    }
}

private val PROVISIONAL = setOf(ApprovalStatus.PROVISIONAL, ApprovalStatus.WITHDRAWING)
private val UNDECIDED = setOf(ApprovalStatus.DRAFT, ApprovalStatus.SUBMITTED, ApprovalStatus.RETURNED, ApprovalStatus.WITHDRAWN)

/** The truth of a request: what the server has not confirmed is provisional, whatever else it is. */
@Composable
fun ApprovalMark(status: ApprovalStatus, state: RecordState, modifier: Modifier = Modifier) {
    when {
        status in PROVISIONAL && state != RecordState.NEEDS_ATTENTION ->
            Marked(Icons.Hourglass, LocalStrings.current.waitingForServer, LocalPalette.current.doubt, modifier)
        // A green "accepted" on what nobody has decided would read as approved.
        state == RecordState.ACCEPTED && status in UNDECIDED -> Unit
        else -> StateMark(state, modifier)
    }
}
