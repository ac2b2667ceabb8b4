package org.fieldbook.ui.approval

import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import org.fieldbook.ApprovalDifference
import org.fieldbook.ApprovalPage
import org.fieldbook.ExpenseLine
import org.fieldbook.FormValue
import org.fieldbook.text
import org.fieldbook.ui.expense.categoryName
import org.fieldbook.ui.format.Formats
import org.fieldbook.ui.format.asSentence
import org.fieldbook.ui.parts.ObjectCard
import org.fieldbook.ui.theme.LocalPalette
import org.fieldbook.ui.words.LocalFormats
import org.fieldbook.ui.words.LocalStrings
import org.fieldbook.ui.words.Strings

/** What changed since this person looked: before and after, side by side. */
@Composable
internal fun DifferenceCard(page: ApprovalPage, difference: ApprovalDifference) {
    val (strings, formats) = LocalStrings.current to LocalFormats.current
    ObjectCard(color = LocalPalette.current.doubtSoft) {
        Text(strings.changedSinceYouDecided.asSentence(), style = MaterialTheme.typography.titleMedium)
        differences(page, difference, strings, formats).forEach { Text(it, style = MaterialTheme.typography.bodyLarge) }
    }
}

private fun differences(page: ApprovalPage, difference: ApprovalDifference, strings: Strings, formats: Formats): List<String> {
    fun line(line: ExpenseLine) = "${categoryName(page.form, line.category, strings)} ${formats.money(line.amount)}"
    val title = difference.titleBefore?.let { "$it → ${page.approval.title}" }
    val total = difference.totalBefore?.let { "${strings.total} ${formats.money(it)} → ${formats.money(page.approval.total)}" }
    val fields = difference.fields.map { field ->
        val label = page.form?.fields?.find { it.name == field.name }?.label?.text(strings.language) ?: field.name
        "$label${strings.colon}${field.before.said(strings)} → ${field.after.said(strings)}"
    }
    val changed = difference.changed.map { "${line(it.before)} → ${line(it.after)}" }
    val added = difference.added.map { "+ ${line(it)}" }
    val removed = difference.removed.map { "− ${line(it)}" }
    val moved = strings.linkedElsewhere.takeIf { difference.moved }
    return listOfNotNull(title, total) + fields + changed + added + removed + listOfNotNull(moved)
}

private fun FormValue?.said(strings: Strings): String = when (this) {
    null -> "–"
    is FormValue.Text -> value
    is FormValue.YesNo -> if (value) strings.yes else strings.no
}
