package org.fieldbook.ui.expense

import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.text.input.KeyboardType
import org.fieldbook.ui.app.Workplace
import org.fieldbook.ui.parts.Choices
import org.fieldbook.ui.parts.DraftField
import org.fieldbook.ui.parts.PrimaryButton
import org.fieldbook.ui.parts.SectionTitle
import org.fieldbook.ui.parts.Sheet
import org.fieldbook.ui.parts.TroubleCard
import org.fieldbook.ui.words.LocalFormats
import org.fieldbook.ui.words.LocalStrings

/** The categories of the house's expense form. */
private val CATEGORIES = listOf("meals", "hotel", "travel", "gifts")

/** A new line: amount first, the rest ready to choose. */
@Composable
fun LineSheet(workplace: Workplace, model: ExpenseModel, onAway: () -> Unit) {
    val (strings, formats) = LocalStrings.current to LocalFormats.current
    val days = remember { (0L..6L).map { formats.today.minusDays(it) } }
    var day by remember { mutableStateOf(days[0]) }
    var category by remember { mutableStateOf(CATEGORIES[0]) }
    val trouble by model.actions.trouble.collectAsState()
    val busy by model.actions.busy.collectAsState()
    Sheet(
        title = strings.addLine,
        onAway = onAway,
        action = {
            PrimaryButton(strings.add, enabled = model.amountTyped != null && !busy) { model.addLine(day, category, onAway) }
        },
    ) {
        val wrong = model.amount.text.isNotBlank() && model.amountTyped == null
        DraftField(model.amount, strings.amount, keyboard = KeyboardType.Decimal, hint = if (wrong) strings.amountHint else null)
        Choices(CATEGORIES, category, strings::category) { it?.let { chosen -> category = chosen } }
        SectionTitle(strings.dayOfReceipt)
        Choices(days.take(4), day, formats::date) { it?.let { chosen -> day = chosen } }
        DraftField(model.receipt, strings.receiptNumberField)
        DraftField(model.note, strings.noteField)
        trouble?.let { TroubleCard(it, workplace.device) }
    }
}
