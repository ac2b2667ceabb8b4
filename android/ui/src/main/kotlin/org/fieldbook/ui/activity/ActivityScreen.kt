package org.fieldbook.ui.activity

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
import org.fieldbook.DayLog
import org.fieldbook.LogEntry
import org.fieldbook.LogId
import org.fieldbook.ui.app.Draft
import org.fieldbook.ui.app.Route
import org.fieldbook.ui.app.Workplace
import org.fieldbook.ui.app.orNull
import org.fieldbook.ui.parts.DraftField
import org.fieldbook.ui.parts.EmptyHint
import org.fieldbook.ui.parts.ObjectCard
import org.fieldbook.ui.parts.Page
import org.fieldbook.ui.parts.PrimaryButton
import org.fieldbook.ui.parts.Quiet
import org.fieldbook.ui.parts.QuietButton
import org.fieldbook.ui.parts.SectionTitle
import org.fieldbook.ui.parts.Sheet
import org.fieldbook.ui.parts.StateMark
import org.fieldbook.ui.parts.StatusLine
import org.fieldbook.ui.parts.TroubleCard
import org.fieldbook.ui.parts.skeleton
import org.fieldbook.ui.words.LocalFormats
import org.fieldbook.ui.words.LocalStrings

/** What is being written about an entry. */
private class Writing(val title: String, val draft: Draft, val save: (saved: () -> Unit) -> Unit)

/** The daily log. */
@Composable
fun ActivityScreen(workplace: Workplace, about: Route.Activity) {
    val scope = rememberCoroutineScope()
    val model = remember(about) { ActivityModel(workplace, about, scope) }
    val days = model.days.collectAsState().value.orNull()
    val trouble by model.actions.trouble.collectAsState()
    val busy by model.actions.busy.collectAsState()
    var writing by remember { mutableStateOf<Writing?>(null) }
    val strings = LocalStrings.current
    Page(
        title = strings.activity,
        back = { workplace.navigator.back() },
        status = { StatusLine(workplace) },
        bottom = {
            val customer = about.customer?.let { days?.names?.get(it) }
            DraftField(model.entry, customer?.let(strings::whatHappenedAt) ?: strings.whatHappened, lines = 2)
            PrimaryButton(strings.write, enabled = model.entry.text.isNotBlank() && !busy, onClick = model::write)
        },
    ) {
        trouble?.let { item { TroubleCard(it, workplace.device, onRead = model.actions::read) } }
        if (days == null) return@Page skeleton()
        if (days.logs.isEmpty()) item { EmptyHint(strings.noActivity) }
        days.logs.forEach { log ->
            item(key = "day ${log.id}") { DayTitle(log) }
            items(log.entries.asReversed(), key = { "entry ${log.id} ${it.id}" }) { entry ->
                EntryCard(workplace, log, entry, entry.customer?.let(days.names::get)) { what ->
                    writing = writingOf(model, log.id, entry, what, if (what == EDIT) strings.edit else strings.remark)
                }
            }
        }
    }
    writing?.let { one -> WritingSheet(one) { writing = null } }
}

private const val EDIT = "edit"
private const val REMARK = "remark"

private fun writingOf(model: ActivityModel, log: LogId, entry: LogEntry, what: String, title: String): Writing {
    val draft = model.field(log, entry.id, what, if (what == EDIT) entry.text else "")
    return Writing(title, draft) { saved ->
        val done = {
            draft.done()
            saved()
        }
        if (what == EDIT) model.edit(log, entry.id, draft.text, done) else model.comment(log, entry.id, draft.text, done)
    }
}

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun DayTitle(log: DayLog) {
    FlowRow {
        SectionTitle(LocalFormats.current.day(log.day))
        StateMark(log.state)
    }
}

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun EntryCard(workplace: Workplace, log: DayLog, entry: LogEntry, customer: String?, onWrite: (String) -> Unit) {
    val (strings, formats) = LocalStrings.current to LocalFormats.current
    val organisation by workplace.organisation.collectAsState()
    ObjectCard {
        Text(entry.text, style = MaterialTheme.typography.bodyLarge)
        Quiet(listOfNotNull(formats.time(entry.at), customer).joinToString(" · "))
        log.comments.filter { it.entry == entry.id }.forEach { comment ->
            Quiet("${organisation.nameOf(comment.by) ?: strings.somebody}${strings.colon}${comment.text}")
        }
        FlowRow {
            if (log.rep == workplace.account.person) QuietButton(strings.edit) { onWrite(EDIT) }
            QuietButton(strings.remark) { onWrite(REMARK) }
        }
    }
}

@Composable
private fun WritingSheet(writing: Writing, onAway: () -> Unit) {
    Sheet(
        title = writing.title,
        onAway = onAway,
        action = { PrimaryButton(LocalStrings.current.save, enabled = writing.draft.text.isNotBlank()) { writing.save(onAway) } },
    ) {
        DraftField(writing.draft, writing.title, lines = 3)
    }
}
