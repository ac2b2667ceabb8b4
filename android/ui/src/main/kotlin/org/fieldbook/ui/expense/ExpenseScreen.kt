package org.fieldbook.ui.expense

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.material3.Icon
import androidx.compose.material3.IconButton
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import org.fieldbook.ApprovalId
import org.fieldbook.ExpenseLine
import org.fieldbook.RecordId
import org.fieldbook.RequestForm
import org.fieldbook.text
import org.fieldbook.ui.app.Shown
import org.fieldbook.ui.app.Workplace
import org.fieldbook.ui.app.orNull
import org.fieldbook.ui.format.asSentence
import org.fieldbook.ui.parts.ApprovalMark
import org.fieldbook.ui.parts.DoubtNote
import org.fieldbook.ui.parts.EmptyHint
import org.fieldbook.ui.parts.Icons
import org.fieldbook.ui.parts.Marked
import org.fieldbook.ui.parts.ObjectCard
import org.fieldbook.ui.parts.Page
import org.fieldbook.ui.parts.PrimaryButton
import org.fieldbook.ui.parts.Quiet
import org.fieldbook.ui.parts.SecondaryButton
import org.fieldbook.ui.parts.SectionTitle
import org.fieldbook.ui.parts.StatusLine
import org.fieldbook.ui.parts.TimelineRow
import org.fieldbook.ui.parts.TroubleCard
import org.fieldbook.ui.parts.skeleton
import org.fieldbook.ui.theme.LocalPalette
import org.fieldbook.ui.words.LocalFormats
import org.fieldbook.ui.words.LocalStrings

/** One's own expense. */
@Composable
fun ExpenseScreen(workplace: Workplace, expense: ApprovalId) {
    val scope = rememberCoroutineScope()
    val model = remember(expense) { ExpenseModel(workplace, expense, scope) }
    val shown by model.own.collectAsState()
    val trouble by model.actions.trouble.collectAsState()
    val busy by model.actions.busy.collectAsState()
    var adding by remember { mutableStateOf(false) }
    val strings = LocalStrings.current
    val own = shown.orNull()
    Page(
        title = own?.page?.approval?.title ?: strings.anExpense,
        back = { workplace.navigator.back() },
        status = { StatusLine(workplace) },
        bottom = own?.let { { ExpenseActions(it, busy, model) { adding = true } } },
    ) {
        trouble?.let { item { TroubleCard(it, workplace.device, onRead = model.actions::read) } }
        when {
            own != null -> expense(workplace, model, own) { adding = true }
            shown is Shown.Ready -> item { EmptyHint(strings.notOnThisPhone) }
            else -> skeleton()
        }
    }
    if (adding) LineSheet(workplace, model, own?.page?.form) { adding = false }
}

@Composable
private fun ColumnScope.ExpenseActions(own: OwnExpense, busy: Boolean, model: ExpenseModel, onAdd: () -> Unit) {
    val strings = LocalStrings.current
    when {
        own.isOpen && own.needsLine -> PrimaryButton(strings.addLine, onClick = onAdd)
        own.isOpen && !own.isWithdrawing -> PrimaryButton(strings.handIn, enabled = !busy, onClick = model::submit)
        own.waits -> SecondaryButton(strings.withdraw, Modifier.fillMaxWidth(), enabled = !busy, onClick = model::withdraw)
    }
}

private fun LazyListScope.expense(workplace: Workplace, model: ExpenseModel, own: OwnExpense, onAdd: () -> Unit) {
    item(key = "head") { ExpenseHead(workplace, own) }
    if (own.page.form?.fields?.isNotEmpty() == true) {
        item(key = "fields") { if (own.isOpen) FormInputs(model.form, own.page) else FormAnswers(own.page) }
    }
    if (own.isOpen && (own.page.lines.isNotEmpty() || own.page.fields.isNotEmpty())) item(key = "warnings") { Warnings(own) }
    if (own.page.hasLines) item { LinesTitle(own.page.lines.size) }
    items(own.page.lines, key = { "line ${it.id}" }) { line ->
        val pending by workplace.undo.pending.collectAsState()
        if (pending?.subject != line.id) LineRow(line, own.page.form, duplicate = line.id in own.page.duplicateLines, onRemove = if (own.isOpen) ({ said -> model.removeLine(line, said) }) else null)
    }
    if (own.isOpen && own.page.hasLines && !own.needsLine) item { AddLine(onAdd) }
    if (own.page.timeline.isNotEmpty()) {
        item { SectionTitle(LocalStrings.current.history) }
        items(own.page.timeline, key = { "${it.record} ${it.item} ${it.kind} ${it.at}" }) { TimelineRow(workplace, it, RecordId(own.page.approval.id.value)) }
    }
}

/** What to look at before it is handed in, as far as this phone knows. */
@Composable
private fun Warnings(own: OwnExpense) {
    val (strings, formats) = LocalStrings.current to LocalFormats.current
    val warnings = own.warnings
    val said = warnings.missing.map { it.words.text(strings.language) } +
        listOfNotNull(warnings.overLimitBy?.let { strings.overLimitBy(formats.money(it)) }) +
        warnings.overCategories.map { "${categoryName(own.page.form, it.category, strings)}${strings.colon}${strings.overLimitBy(formats.money(it.excess))}" } +
        listOfNotNull(
            strings.receiptSeenBefore(warnings.duplicates.size).takeIf { warnings.duplicates.isNotEmpty() },
            strings.noVisit.takeIf { warnings.unlinked },
        )
    Column(verticalArrangement = Arrangement.spacedBy(8.dp)) { said.forEach { DoubtNote(it) } }
}

@Composable
private fun LinesTitle(count: Int) = SectionTitle(LocalStrings.current.lines, count)

@Composable
private fun AddLine(onAdd: () -> Unit) = SecondaryButton(LocalStrings.current.addLine, icon = Icons.Add, onClick = onAdd)

@Composable
private fun ExpenseHead(workplace: Workplace, own: OwnExpense) {
    val (strings, formats) = LocalStrings.current to LocalFormats.current
    val organisation by workplace.organisation.collectAsState()
    val approval = own.page.approval
    ObjectCard {
        if (own.page.hasLines) {
            Text(formats.moneyWithCode(approval.total), style = MaterialTheme.typography.headlineSmall)
        } else {
            own.page.form?.let { Text(it.label.text(strings.language), style = MaterialTheme.typography.headlineSmall) }
        }
        val waits = own.page.waitsFor.mapNotNull(organisation::nameOf)
        Text(
            if (own.waits && waits.isNotEmpty()) strings.waitsFor(waits.joinToString(strings.comma)) else strings.approvalStatus(approval.status).asSentence(),
            style = MaterialTheme.typography.titleMedium,
        )
        approval.customerName?.let { Quiet(it) }
        own.page.reason?.let { Text(it.text(strings.language)) }
        ApprovalMark(approval.status, approval.state)
    }
}

/** A line: what, when, how much. */
@Composable
internal fun LineRow(line: ExpenseLine, form: RequestForm?, duplicate: Boolean, onRemove: ((String) -> Unit)?) {
    val (strings, formats) = LocalStrings.current to LocalFormats.current
    val category = categoryName(form, line.category, strings)
    ObjectCard {
        Row(verticalAlignment = Alignment.CenterVertically, horizontalArrangement = Arrangement.spacedBy(8.dp)) {
            Column(Modifier.weight(1f)) {
                Text(category, style = MaterialTheme.typography.bodyLarge)
                Quiet(listOfNotNull(formats.date(line.date), line.receipt?.let(strings::receiptNumber)).joinToString(" · "))
                line.note?.let { Quiet(it) }
                if (duplicate) Marked(Icons.NoPlace, strings.receiptSeenBefore(1), LocalPalette.current.doubt)
            }
            Text(formats.money(line.amount), style = MaterialTheme.typography.titleMedium)
            if (onRemove != null) {
                val said = "$category ${formats.money(line.amount)}"
                IconButton(onClick = { onRemove(said) }, Modifier.size(48.dp)) { Icon(Icons.Close, strings.removeLine(said)) }
            }
        }
    }
}
