package org.fieldbook.ui.visit

import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.setValue
import androidx.compose.ui.text.input.KeyboardType
import org.fieldbook.StepValue
import org.fieldbook.ui.app.Workplace
import org.fieldbook.ui.parts.Choices
import org.fieldbook.ui.parts.DraftField
import org.fieldbook.ui.parts.PrimaryButton
import org.fieldbook.ui.parts.Sheet
import org.fieldbook.ui.parts.TroubleCard
import org.fieldbook.ui.words.LocalFormats
import org.fieldbook.ui.words.LocalStrings

/** One step of a visit: its question, its answer. */
@Composable
fun StepSheet(workplace: Workplace, model: VisitModel, step: Step, onAway: () -> Unit) {
    val strings = LocalStrings.current
    val draft = remember(step.name) { model.draftOf(step.name) }
    var truth by remember(step.name) { mutableStateOf<Boolean?>(null) }
    val trouble by model.actions.trouble.collectAsState()
    val busy by model.actions.busy.collectAsState()
    val away by rememberUpdatedState(onAway)
    val value = when (step.input) {
        StepInput.COUNT -> draft.text.trim().toLongOrNull()?.let { StepValue.Count(it) }
        StepInput.TRUTH -> truth?.let { StepValue.Truth(it) } ?: draft.text.trim().ifEmpty { null }?.let { StepValue.Text(it) }
        StepInput.WORDS -> draft.text.trim().ifEmpty { null }?.let { StepValue.Text(it) }
    }
    val save = { if (value != null) model.record(step.name, value) { away() } }
    Sheet(
        title = strings.step(step.name),
        onAway = onAway,
        action = { PrimaryButton(strings.save, enabled = value != null && !busy) { save() } },
    ) {
        when (step.input) {
            StepInput.COUNT -> DraftField(draft, strings.howMany, keyboard = KeyboardType.Number, onDone = save)
            StepInput.TRUTH -> {
                Choices(listOf(true, false), truth, strings::inOrder) { truth = it }
                DraftField(draft, strings.whatIsThere)
            }
            StepInput.WORDS -> DraftField(draft, strings.whatIsThere, lines = 3)
        }
        step.result?.let { StepResult(it, LocalFormats.current) }
        trouble?.let { TroubleCard(it, workplace.device) }
    }
}
