package org.fieldbook.ui.parts

import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import org.fieldbook.ServerAnswer
import org.fieldbook.TimelineItem
import org.fieldbook.TimelineKind
import org.fieldbook.text
import org.fieldbook.ui.app.Workplace
import org.fieldbook.ui.theme.LocalPalette
import org.fieldbook.ui.words.LocalFormats
import org.fieldbook.ui.words.LocalStrings

/** One thing that happened: what, who, when, and the person's own words. */
@Composable
fun TimelineRow(workplace: Workplace, item: TimelineItem) {
    val (strings, formats) = LocalStrings.current to LocalFormats.current
    val organisation by workplace.organisation.collectAsState()
    val who = if (item.person == workplace.account.person) strings.you else organisation.nameOf(item.person) ?: strings.somebody
    Column(Modifier.fillMaxWidth()) {
        Text(strings.happened(item, formats), style = MaterialTheme.typography.bodyLarge)
        item.text?.takeIf { it.isNotBlank() && item.kind != TimelineKind.SUBMITTED }?.let { Text("“$it”", style = MaterialTheme.typography.bodyMedium) }
        item.newTime?.let { Quiet("→ ${formats.moment(it)}") }
        item.handedTo?.let { Quiet("→ ${organisation.nameOf(it) ?: strings.somebody}") }
        (item.answer as? ServerAnswer.NotCounted)?.let { answer ->
            answer.by?.let { Quiet(strings.alreadyDecidedBy(organisation.nameOf(it) ?: strings.somebody)) }
            Text(answer.words.text(strings.language), style = MaterialTheme.typography.bodyMedium)
        }
        Quiet("$who · ${formats.moment(item.at)}")
        HorizontalDivider(Modifier.padding(top = 8.dp), color = LocalPalette.current.line)
    }
}
