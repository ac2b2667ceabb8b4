package org.fieldbook.ui.approval

import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import org.fieldbook.Approval
import org.fieldbook.Handing
import org.fieldbook.PersonId
import org.fieldbook.ui.app.Workplace
import org.fieldbook.ui.parts.Choices
import org.fieldbook.ui.parts.DraftField
import org.fieldbook.ui.parts.PersonChoice
import org.fieldbook.ui.parts.PrimaryButton
import org.fieldbook.ui.parts.Quiet
import org.fieldbook.ui.parts.Sheet
import org.fieldbook.ui.parts.TroubleCard
import org.fieldbook.ui.words.LocalStrings

/** Brings somebody in: beside oneself or in one's stead, on this request only. */
@Composable
internal fun HandOverSheet(workplace: Workplace, model: ApprovalModel, approval: Approval, onAway: () -> Unit) {
    val strings = LocalStrings.current
    val organisation by workplace.organisation.collectAsState()
    val trouble by model.actions.trouble.collectAsState()
    val busy by model.actions.busy.collectAsState()
    var handing by remember { mutableStateOf(Handing.DELEGATE) }
    var to by remember { mutableStateOf<PersonId?>(null) }
    // Nobody decides on their own request: the applicant is not offered, and nobody who left is.
    val people = organisation.people.values.filter { !it.left && it.id != workplace.account.person && it.id != approval.applicant }
    Sheet(
        title = strings.bringInMore,
        onAway = onAway,
        action = {
            PrimaryButton(strings.bringIn, enabled = to != null && !busy) { to?.let { model.handOver(handing, it, onAway) } }
        },
    ) {
        Choices(Handing.entries, handing, strings::handing) { it?.let { chosen -> handing = chosen } }
        Quiet(strings.handingHint(handing))
        PersonChoice(people, to, strings.whom) { to = it }
        DraftField(model.handOverNote, strings.noteField)
        trouble?.let { TroubleCard(it, workplace.device) }
    }
}
