package org.fieldbook.ui.today

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.lazy.items
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import org.fieldbook.ui.app.Route
import org.fieldbook.ui.app.Workplace
import org.fieldbook.ui.app.orNull
import org.fieldbook.ui.approval.InboxCard
import org.fieldbook.ui.approval.InboxParts
import org.fieldbook.ui.parts.Bar
import org.fieldbook.ui.parts.ClockNote
import org.fieldbook.ui.parts.EmptyHint
import org.fieldbook.ui.parts.LinkRow
import org.fieldbook.ui.parts.Page
import org.fieldbook.ui.parts.PrimaryButton
import org.fieldbook.ui.parts.SectionTitle
import org.fieldbook.ui.parts.StatusLine
import org.fieldbook.ui.parts.TroubleCard
import org.fieldbook.ui.parts.skeleton
import org.fieldbook.ui.words.LocalFormats
import org.fieldbook.ui.words.LocalStrings

/** What needs the supervisor, then where the team is. */
@Composable
internal fun TeamToday(workplace: Workplace, model: TodayModel) {
    val (strings, formats) = LocalStrings.current to LocalFormats.current
    val team = model.team.collectAsState().value.orNull()
    val inbox = model.inbox.collectAsState().value.orNull()
    val trouble by model.actions.trouble.collectAsState()
    val status by workplace.status.collectAsState()
    val hidden by workplace.undo.pending.collectAsState()
    Page(
        title = "${strings.team}  ${formats.day(formats.today)}",
        status = { StatusLine(workplace) },
        bottom = { PrimaryButton(strings.openApprovals) { workplace.navigator.go(Route.Approvals) } },
    ) {
        trouble?.let { item { TroubleCard(it, workplace.device, onRead = model.actions::read) } }
        status?.clock?.let { off -> item(key = "clock") { ClockNote(off, workplace.device) } }
        if (team == null || inbox == null) return@Page skeleton()
        val parts = InboxParts(inbox, hidden?.subject)
        item { SectionTitle(strings.waitsForYou, parts.open.size) }
        if (parts.open.isEmpty()) item { EmptyHint(strings.nothingWaits) }
        items(parts.open.take(SHOWN), key = { "approval ${it.approval.id}" }) { InboxCard(workplace, it) }
        if (parts.open.size > SHOWN) {
            item { LinkRow(strings.allRequests(parts.open.size)) { workplace.navigator.go(Route.Approvals) } }
        }
        item {
            Column(Modifier.fillMaxWidth(), verticalArrangement = Arrangement.spacedBy(6.dp)) {
                SectionTitle(strings.teamVisits)
                if (team.planned > 0u) {
                    Text(strings.visitsDone(team.done.toInt(), team.planned.toInt()), style = MaterialTheme.typography.titleMedium)
                    Bar(part = team.done.toFloat() / team.planned.toFloat())
                }
            }
        }
        if (team.visits.isEmpty()) item { EmptyHint(strings.teamHasNoVisits) }
        visits(null, team.visits, { null }, workplace, named = true)
    }
}

/** How many requests the first screen shows; the rest is one tap away. */
private const val SHOWN = 3
