package org.fieldbook.ui.attention

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.lazy.items
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.setValue
import androidx.compose.ui.unit.dp
import org.fieldbook.TypedField
import org.fieldbook.text
import org.fieldbook.ui.app.Workplace
import org.fieldbook.ui.app.orNull
import org.fieldbook.ui.parts.DraftField
import org.fieldbook.ui.parts.EmptyHint
import org.fieldbook.ui.parts.Icons
import org.fieldbook.ui.parts.Marked
import org.fieldbook.ui.parts.ObjectCard
import org.fieldbook.ui.parts.Page
import org.fieldbook.ui.parts.PrimaryButton
import org.fieldbook.ui.parts.Quiet
import org.fieldbook.ui.parts.QuietButton
import org.fieldbook.ui.parts.SecondaryButton
import org.fieldbook.ui.parts.Sheet
import org.fieldbook.ui.parts.StatusLine
import org.fieldbook.ui.parts.TroubleCard
import org.fieldbook.ui.parts.skeleton
import org.fieldbook.ui.theme.LocalPalette
import org.fieldbook.ui.words.LocalFormats
import org.fieldbook.ui.words.LocalStrings

/** What was not accepted, each with the person's own text and the ways on. */
@Composable
fun AttentionScreen(workplace: Workplace) {
    val scope = rememberCoroutineScope()
    val model = remember { AttentionModel(workplace, scope) }
    val all = model.all.collectAsState().value.orNull()
    val trouble by model.actions.trouble.collectAsState()
    val busy by model.actions.busy.collectAsState()
    val pending by workplace.undo.pending.collectAsState()
    var correcting by remember { mutableStateOf<Parked?>(null) }
    val strings = LocalStrings.current
    val gone = pending?.subject as? Set<*>
    val shown = all?.filter { gone == null || it.item.id !in gone }
    Page(
        title = strings.needsAttention,
        back = { workplace.navigator.back() },
        status = { StatusLine(workplace, attention = false) },
        bottom = if (shown.isNullOrEmpty()) null else ({ SecondaryButton(strings.exportAll, onClick = model::export) }),
    ) {
        trouble?.let { item { TroubleCard(it, workplace.device, onRead = model.actions::read) } }
        if (shown == null) return@Page skeleton()
        if (shown.isEmpty()) item { EmptyHint(strings.nothingNeedsAttention) }
        items(shown, key = { "parked ${it.item.id}" }) { one ->
            ParkedCard(one, shown, model, busy) { correcting = one }
        }
    }
    correcting?.let { one -> CorrectSheet(workplace, model, one) { correcting = null } }
}

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun ParkedCard(one: Parked, all: List<Parked>, model: AttentionModel, busy: Boolean, onCorrect: () -> Unit) {
    val (strings, formats) = LocalStrings.current to LocalFormats.current
    val item = one.item
    val first = item.dependsOn?.let { id -> all.find { it.item.id == id } }
    ObjectCard {
        Text(
            listOfNotNull(strings.work(item.work), one.step?.let(strings::step), one.about).joinToString(" · "),
            style = MaterialTheme.typography.titleMedium,
        )
        Quiet(strings.youDidThis(formats.moment(item.written)))
        Marked(Icons.Attention, strings.notAccepted, LocalPalette.current.attention)
        Text(item.words.text(strings.language))
        if (one.ownWords.isNotEmpty()) {
            Quiet(strings.yourTextIsKept)
            one.ownWords.forEach { Text("“${it.value}”", style = MaterialTheme.typography.bodyLarge) }
        }
        if (first != null) Quiet(strings.followsAnother)
        if (one.fitsNotes) PrimaryButton(strings.keepAsNote, enabled = !busy) { model.keepAsNote(item) }
        FlowRow(horizontalArrangement = Arrangement.spacedBy(4.dp)) {
            if (first == null && one.ownWords.isNotEmpty()) QuietButton(strings.correctMore, onClick = onCorrect)
            if (first == null) QuietButton(strings.sendAgain, enabled = !busy) { model.resend(item) }
            QuietButton(strings.discardThis(one.characters, one.followers.size), color = LocalPalette.current.attention) { model.discard(one) }
        }
    }
}

/** The person's own words, to be put in others. */
@Composable
private fun CorrectSheet(workplace: Workplace, model: AttentionModel, one: Parked, onAway: () -> Unit) {
    val strings = LocalStrings.current
    val drafts = remember(one.item.id) { one.ownWords.map { it to model.field(one.item, it) } }
    val trouble by model.actions.trouble.collectAsState()
    val busy by model.actions.busy.collectAsState()
    Sheet(
        title = strings.work(one.item.work),
        onAway = onAway,
        action = {
            PrimaryButton(strings.sendCorrected, enabled = !busy) {
                model.correct(one.item, drafts.map { (field, draft) -> TypedField(field.name, draft.text.trim()) }, onAway)
            }
        },
    ) {
        Text(one.item.words.text(strings.language))
        drafts.forEach { (field, draft) -> DraftField(draft, strings.typedField(field.name), lines = 2) }
        trouble?.let { TroubleCard(it, workplace.device) }
    }
}
