package org.fieldbook.ui.visit

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.semantics.stateDescription
import androidx.compose.ui.unit.dp
import org.fieldbook.CheckIn
import org.fieldbook.Moment
import org.fieldbook.TimelineItem
import org.fieldbook.Visit
import org.fieldbook.VisitPage
import org.fieldbook.VisitStatus
import org.fieldbook.ui.format.Formats
import org.fieldbook.ui.parts.Icons
import org.fieldbook.ui.parts.LinkRow
import org.fieldbook.ui.parts.Marked
import org.fieldbook.ui.parts.ObjectCard
import org.fieldbook.ui.parts.Quiet
import org.fieldbook.ui.parts.StateMark
import org.fieldbook.ui.theme.LocalPalette
import org.fieldbook.ui.words.LocalFormats
import org.fieldbook.ui.words.LocalStrings

/** When, where, and which truth. */
@Composable
internal fun VisitHead(page: VisitPage) {
    val (strings, formats) = LocalStrings.current to LocalFormats.current
    val visit = page.visit
    ObjectCard {
        if (visit.status == VisitStatus.PLANNED) {
            Text("${strings.planned} ${formats.moment(visit.planned)}", style = MaterialTheme.typography.titleMedium)
            if (visit.purpose.isNotEmpty()) Text(visit.purpose)
        }
        page.checkIns.forEach { CheckInLine(it, formats) }
        visit.outcome?.let { Text(it, style = MaterialTheme.typography.titleMedium) }
        visit.cancelReason?.let { Labelled(strings.visitStatus(visit.status), it) }
        visit.customerAddress?.takeIf { it.isNotEmpty() }?.let { Quiet(it) }
        StateMark(visit.state)
    }
}

@Composable
private fun CheckInLine(checkIn: CheckIn, formats: Formats) {
    val strings = LocalStrings.current
    Column {
        val label = when (checkIn.moment) {
            Moment.IN -> strings.checkedIn
            Moment.OUT -> strings.checkedOut
            Moment.CANCEL -> strings.cancelledAt
        }
        Text("$label ${formats.moment(checkIn.at)}", style = MaterialTheme.typography.titleMedium)
        VerdictMark(checkIn.verdict, checkIn.distanceM)
        checkIn.clockMinutes?.let { Marked(Icons.NoPlace, strings.clockWasOff(it), LocalPalette.current.doubt) }
        if (checkIn.mock) Marked(Icons.NoPlace, strings.placeSimulated, LocalPalette.current.doubt)
        checkIn.reason?.let { Quiet("“$it”") }
    }
}

/** A step: its number or a tick, its result, and a mark on the one that comes now. */
@Composable
internal fun StepRow(number: Int, step: Step, isNext: Boolean, onClick: (() -> Unit)?) {
    val (strings, formats, palette) = Triple(LocalStrings.current, LocalFormats.current, LocalPalette.current)
    val now = if (isNext) Modifier.semantics { stateDescription = strings.stepNow } else Modifier
    ObjectCard(now, onClick, color = if (isNext) palette.accentSoft else palette.surface) {
        Row(verticalAlignment = Alignment.CenterVertically, horizontalArrangement = Arrangement.spacedBy(12.dp)) {
            Box(
                Modifier.size(28.dp).clip(CircleShape).background(if (step.result != null) palette.good else palette.line),
                contentAlignment = Alignment.Center,
            ) {
                if (step.result != null) {
                    Icon(Icons.Done, null, Modifier.size(18.dp), tint = palette.surface)
                } else {
                    Text("$number", style = MaterialTheme.typography.labelMedium, color = palette.text)
                }
            }
            Column(Modifier.weight(1f)) {
                Text(strings.step(step.name), style = MaterialTheme.typography.bodyLarge)
                if (step.result != null) StepResult(step.result, formats) else Quiet(strings.stepOpen)
            }
            if (isNext) Text(strings.stepNow, style = MaterialTheme.typography.titleSmall, color = palette.accent)
            if (onClick != null) Icon(Icons.Forward, null, Modifier.size(20.dp), tint = palette.quiet)
        }
    }
}

/** "12 · 14:08" */
@Composable
internal fun StepResult(result: TimelineItem, formats: Formats) {
    val strings = LocalStrings.current
    val words = listOfNotNull(result.value?.let { strings.stepValue(it, formats) }, result.text, formats.moment(result.at))
    Quiet(words.joinToString(" · "))
}

/** What happened when the customer was visited last. */
@Composable
internal fun LastTime(last: Visit, onClick: () -> Unit) {
    val (strings, formats) = LocalStrings.current to LocalFormats.current
    val at = last.ended ?: last.started ?: last.planned
    LinkRow(
        listOfNotNull(strings.lastTime, formats.date(at.toLocalDate())).joinToString(" "),
        detail = listOfNotNull(last.outcome, last.nextStep).joinToString(" · ").ifEmpty { null },
        onClick = onClick,
    )
}

/** A fact with its name. */
@Composable
internal fun Labelled(label: String, text: String) {
    Column {
        Text(label, style = MaterialTheme.typography.labelMedium, color = LocalPalette.current.quiet)
        Text(text, style = MaterialTheme.typography.bodyLarge)
    }
}
