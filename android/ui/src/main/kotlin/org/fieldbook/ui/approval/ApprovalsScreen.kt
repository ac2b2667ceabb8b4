package org.fieldbook.ui.approval

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import org.fieldbook.InboxItem
import org.fieldbook.ui.app.Route
import org.fieldbook.ui.app.Workplace
import org.fieldbook.ui.app.orNull
import org.fieldbook.ui.format.Formats
import org.fieldbook.ui.parts.ApprovalMark
import org.fieldbook.ui.parts.EmptyHint
import org.fieldbook.ui.parts.Icons
import org.fieldbook.ui.parts.Marked
import org.fieldbook.ui.parts.ObjectCard
import org.fieldbook.ui.parts.Page
import org.fieldbook.ui.parts.PrimaryButton
import org.fieldbook.ui.parts.Quiet
import org.fieldbook.ui.parts.SectionTitle
import org.fieldbook.ui.parts.StatusLine
import org.fieldbook.ui.parts.TroubleCard
import org.fieldbook.ui.parts.skeleton
import org.fieldbook.ui.theme.LocalPalette
import org.fieldbook.ui.words.LocalFormats
import org.fieldbook.ui.words.LocalStrings
import org.fieldbook.ui.words.Strings

/** What waits for a decision: the odd ones first, the ordinary ones together. */
@Composable
fun ApprovalsScreen(workplace: Workplace) {
    val scope = rememberCoroutineScope()
    val model = remember { ApprovalsModel(workplace, scope) }
    val inbox = model.inbox.collectAsState().value.orNull()
    val trouble by model.actions.trouble.collectAsState()
    val pending by workplace.undo.pending.collectAsState()
    val (strings, formats) = LocalStrings.current to LocalFormats.current
    val parts = inbox?.let { InboxParts(it, pending?.subject) }
    val sum = parts?.total?.let { "  ${parts.open.size} · ${formats.money(it)}" }.orEmpty()
    Page(
        title = strings.approvals + sum,
        status = { StatusLine(workplace) },
        bottom = parts?.ordinary?.takeIf { it.size > 1 }?.let { ordinary ->
            { PrimaryButton(strings.approveOrdinary(ordinary.size)) { model.approveAll(ordinary) } }
        },
    ) {
        trouble?.let { item { TroubleCard(it, workplace.device, onRead = model.actions::read) } }
        if (parts == null) return@Page skeleton()
        if (parts.open.isEmpty()) item { EmptyHint(strings.nothingWaits) }
        inboxPart(workplace, strings.lookFirst, parts.odd)
        inboxPart(workplace, strings.ordinary, parts.ordinary)
        inboxPart(workplace, strings.waitingForServer, parts.provisional)
        if (parts.provisional.isNotEmpty()) item { Quiet(strings.provisionalHint) }
    }
}

private fun LazyListScope.inboxPart(workplace: Workplace, title: String, items: List<InboxItem>) {
    if (items.isEmpty()) return
    item { SectionTitle(title, items.size) }
    items(items, key = { "approval ${it.approval.id}" }) { InboxCard(workplace, it) }
}

/** A request of the inbox: who, how much, and what is odd about it. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
fun InboxCard(workplace: Workplace, item: InboxItem) {
    val (strings, formats) = LocalStrings.current to LocalFormats.current
    val organisation by workplace.organisation.collectAsState()
    val approval = item.approval
    ObjectCard(onClick = { workplace.navigator.go(Route.Approval(approval.id)) }) {
        Row(Modifier.fillMaxWidth(), horizontalArrangement = Arrangement.spacedBy(12.dp)) {
            Column(Modifier.weight(1f)) {
                Text(organisation.nameOf(approval.applicant) ?: strings.somebody, style = MaterialTheme.typography.titleMedium)
                Quiet(listOfNotNull(approval.title, approval.customerName).joinToString(" · "))
            }
            if (approval.total.amount.signum() > 0) Text(formats.money(approval.total), style = MaterialTheme.typography.titleMedium)
        }
        FlowRow(horizontalArrangement = Arrangement.spacedBy(12.dp)) {
            oddities(item, strings, formats).forEach { Marked(Icons.NoPlace, it, LocalPalette.current.doubt) }
        }
        item.actingFor?.let { person -> Quiet(strings.inPlaceOf(organisation.nameOf(person) ?: strings.somebody)) }
        ApprovalMark(approval.status, approval.state)
    }
}

/** What is odd about a request, in words. */
internal fun oddities(item: InboxItem, strings: Strings, formats: Formats): List<String> = listOfNotNull(
    strings.changedSinceYouDecided.takeIf { item.saw != null },
    item.overLimitBy?.let { strings.overLimitBy(formats.money(it)) },
    strings.receiptSeenBefore(item.approval.duplicates.toInt()).takeIf { item.approval.duplicates > 0u },
    strings.categoryOverLimit.takeIf { item.approval.overLimits > 0u && item.overLimitBy == null },
    strings.noVisit.takeIf { item.unlinked },
    strings.placeInDoubt.takeIf { item.doubtfulPlace },
)
