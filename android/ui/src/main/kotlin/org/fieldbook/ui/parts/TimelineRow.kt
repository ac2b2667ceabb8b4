package org.fieldbook.ui.parts

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.unit.dp
import org.fieldbook.PersonId
import org.fieldbook.RecordId
import org.fieldbook.ServerAnswer
import org.fieldbook.TimelineItem
import org.fieldbook.TimelineKind
import org.fieldbook.text
import org.fieldbook.ui.app.Route
import org.fieldbook.ui.app.Workplace
import org.fieldbook.ui.theme.LocalPalette
import org.fieldbook.ui.words.LocalFormats
import org.fieldbook.ui.words.LocalStrings

/**
 * One thing that happened: what, who, when, and the person's own words. It leads to the record that it happened in.
 *
 * @param here the record whose page this is; what happened in it leads nowhere.
 */
@Composable
fun TimelineRow(workplace: Workplace, item: TimelineItem, here: RecordId) {
    val (strings, formats) = LocalStrings.current to LocalFormats.current
    val organisation by workplace.organisation.collectAsState()
    val who = if (item.person == workplace.account.person) strings.you else organisation.nameOf(item.person) ?: strings.somebody
    val route = if (item.record == here) null else routeOf(item, workplace.account.person)
    val opening = if (route == null) Modifier else Modifier.clickable(role = Role.Button) { workplace.navigator.go(route) }
    Column(opening.fillMaxWidth().heightIn(min = 48.dp)) {
        Text(strings.happened(item, formats), style = MaterialTheme.typography.bodyLarge)
        // The page of a request has its title above already.
        val words = item.text?.takeIf { it.isNotBlank() && !(item.kind == TimelineKind.SUBMITTED && item.record == here) }
        if (words != null) Text("“$words”", style = MaterialTheme.typography.bodyMedium)
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

/** The page of what happened. */
private fun routeOf(item: TimelineItem, me: PersonId): Route? = when (item.kind) {
    TimelineKind.STARTED, TimelineKind.FINISHED, TimelineKind.CANCELLED, TimelineKind.STEP, TimelineKind.MOVED, TimelineKind.REMARK ->
        Route.Visit(item.record.asVisit)
    TimelineKind.SUBMITTED, TimelineKind.WITHDRAWN ->
        if (item.person == me) Route.Expense(item.record.asApproval) else Route.Approval(item.record.asApproval)
    TimelineKind.DECIDED, TimelineKind.RULED, TimelineKind.HANDED_OVER -> Route.Approval(item.record.asApproval)
    TimelineKind.ENTRY, TimelineKind.COMMENT -> null
}
