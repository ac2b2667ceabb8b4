package org.fieldbook.ui.expense

import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.text.input.KeyboardType
import org.fieldbook.RequestForm
import org.fieldbook.text
import org.fieldbook.ui.app.Workplace
import org.fieldbook.ui.parts.Choices
import org.fieldbook.ui.parts.DraftField
import org.fieldbook.ui.parts.PrimaryButton
import org.fieldbook.ui.parts.SectionTitle
import org.fieldbook.ui.parts.Sheet
import org.fieldbook.ui.parts.TroubleCard
import org.fieldbook.ui.parts.WordsField
import org.fieldbook.ui.words.LocalFormats
import org.fieldbook.ui.words.LocalStrings
import org.fieldbook.ui.words.Strings

/** What a category is called in its form; its own name where the form does not know it. */
internal fun categoryName(form: RequestForm?, name: String, strings: Strings): String =
    form?.lines?.categories?.find { it.name == name }?.label?.text(strings.language) ?: name

/** A new line: amount first, the rest ready to choose. */
@Composable
fun LineSheet(workplace: Workplace, model: ExpenseModel, form: RequestForm?, onAway: () -> Unit) {
    val (strings, formats) = LocalStrings.current to LocalFormats.current
    val days = remember { (0L..6L).map { formats.today.minusDays(it) } }
    var day by remember { mutableStateOf(days[0]) }
    val categories = form?.lines?.categories.orEmpty().map { it.name }
    var category by remember { mutableStateOf(categories.firstOrNull().orEmpty()) }
    val trouble by model.actions.trouble.collectAsState()
    val busy by model.actions.busy.collectAsState()
    Sheet(
        title = strings.addLine,
        onAway = onAway,
        action = {
            PrimaryButton(strings.add, enabled = model.amountTyped != null && category.isNotBlank() && !busy) { model.addLine(day, category, onAway) }
        },
    ) {
        val wrong = model.amount.text.isNotBlank() && model.amountTyped == null
        DraftField(model.amount, strings.amount, keyboard = KeyboardType.Decimal, hint = if (wrong) strings.amountHint else null)
        if (categories.isEmpty()) {
            WordsField(category, { category = it }, strings.categoryField)
        } else {
            Choices(categories, category, { categoryName(form, it, strings) }) { it?.let { chosen -> category = chosen } }
        }
        SectionTitle(strings.dayOfReceipt)
        Choices(days.take(4), day, formats::date) { it?.let { chosen -> day = chosen } }
        DraftField(model.receipt, strings.receiptNumberField)
        DraftField(model.note, strings.noteField)
        trouble?.let { TroubleCard(it, workplace.device) }
    }
}
