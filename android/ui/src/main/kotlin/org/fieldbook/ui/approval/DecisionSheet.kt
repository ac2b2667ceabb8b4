package org.fieldbook.ui.approval

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import org.fieldbook.ChainStep
import org.fieldbook.Decision
import org.fieldbook.Words
import org.fieldbook.text
import org.fieldbook.ui.parts.Choices
import org.fieldbook.ui.parts.DraftField
import org.fieldbook.ui.parts.PrimaryButton
import org.fieldbook.ui.parts.Quiet
import org.fieldbook.ui.parts.SectionTitle
import org.fieldbook.ui.parts.Sheet
import org.fieldbook.ui.words.LocalStrings

/**
 * The note of a return or a rejection: a ready reason, or own words.
 *
 * @param earlier the steps that a return may go back to, in place of the applicant.
 */
@Composable
internal fun DecisionSheet(
    model: ApprovalModel,
    decision: Decision,
    earlier: List<ChainStep>,
    onAway: () -> Unit,
    onDecide: (String, ChainStep?) -> Unit,
) {
    val strings = LocalStrings.current
    val draft = remember(decision) { model.note(decision) }
    var backTo by remember(decision) { mutableStateOf<ChainStep?>(null) }
    var reason by remember(decision) { mutableStateOf<Words?>(null) }
    val note = listOfNotNull(reason?.text(strings.language), draft.text.trim().ifEmpty { null }).joinToString(strings.comma)
    val rejects = decision == Decision.REJECT
    Sheet(
        title = if (rejects) strings.reject else strings.returnIt,
        onAway = onAway,
        action = { PrimaryButton(if (rejects) strings.reject else strings.returnIt, enabled = note.isNotEmpty()) { onDecide(note, backTo) } },
    ) {
        Quiet(if (rejects) strings.rejectHint else strings.returnHint)
        Choices(remember(decision) { model.readyReasons(decision) }, reason, { it.text(strings.language) }) { reason = it }
        DraftField(draft, strings.reasonInWords, lines = 2)
        if (!rejects && earlier.isNotEmpty()) {
            SectionTitle(strings.backTo)
            // Null is the applicant, the first choice.
            Choices(listOf(null) + earlier, backTo, { it?.label?.text(strings.language) ?: strings.toTheApplicant }) { backTo = it }
        }
    }
}
