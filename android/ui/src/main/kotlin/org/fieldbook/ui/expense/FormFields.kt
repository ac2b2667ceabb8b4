package org.fieldbook.ui.expense

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.material3.DatePicker
import androidx.compose.material3.DatePickerDialog
import androidx.compose.material3.ExperimentalMaterial3Api
import androidx.compose.material3.rememberDatePickerState
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.focus.onFocusChanged
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.unit.dp
import org.fieldbook.ApprovalPage
import org.fieldbook.FieldType
import org.fieldbook.FilledField
import org.fieldbook.FormField
import org.fieldbook.FormValue
import org.fieldbook.text
import org.fieldbook.ui.format.Formats
import org.fieldbook.ui.parts.Choices
import org.fieldbook.ui.parts.DraftField
import org.fieldbook.ui.parts.ObjectCard
import org.fieldbook.ui.parts.QuietButton
import org.fieldbook.ui.parts.SecondaryButton
import org.fieldbook.ui.parts.SectionTitle
import org.fieldbook.ui.visit.Labelled
import org.fieldbook.ui.words.LocalFormats
import org.fieldbook.ui.words.LocalStrings
import org.fieldbook.ui.words.Strings
import java.time.Instant
import java.time.LocalDate
import java.time.ZoneOffset
import java.time.format.DateTimeParseException

/** The fields of a form, to be filled in. What the form needs is data: a new form needs no new screen. */
@Composable
internal fun FormInputs(model: FormModel, page: ApprovalPage) {
    val fields = page.form?.fields.orEmpty()
    DisposableEffect(model) { onDispose { model.keepLater() } }
    Column(Modifier.fillMaxWidth(), verticalArrangement = Arrangement.spacedBy(12.dp)) {
        fields.forEach { field -> FormInput(model, field, page.fields.find { it.name == field.name }) }
    }
}

@Composable
private fun FormInput(model: FormModel, field: FormField, filled: FilledField?) {
    val strings = LocalStrings.current
    val label = field.label.text(strings.language)
    when (field.holds) {
        FieldType.TEXT, FieldType.AMOUNT, FieldType.NUMBER -> {
            val draft = remember(field.name) { model.draftOf(field, filled) }
            DraftField(
                draft,
                label,
                Modifier.onFocusChanged { if (!it.isFocused) model.keepLater() },
                keyboard = keyboardOf(field.holds),
                hint = field.most?.takeIf { field.holds != FieldType.TEXT }?.let(strings::atMost),
            )
        }
        FieldType.DATE -> DayField(label, dayOf(model.text(filled))) { day ->
            model.fill(field, day?.let { FormValue.Text(it.toString()) })
        }
        FieldType.CHOICE -> {
            SectionTitle(label)
            Choices(field.choices, model.text(filled).ifEmpty { null }, { it }) { chosen ->
                model.fill(field, chosen?.let { FormValue.Text(it) })
            }
        }
        FieldType.YES_NO -> {
            SectionTitle(label)
            Choices(listOf(true, false), (filled?.value as? FormValue.YesNo)?.value, { if (it) strings.yes else strings.no }) { chosen ->
                model.fill(field, chosen?.let { FormValue.YesNo(it) })
            }
        }
    }
}

private fun keyboardOf(holds: FieldType): KeyboardType = when (holds) {
    FieldType.AMOUNT -> KeyboardType.Decimal
    FieldType.NUMBER -> KeyboardType.Number
    else -> KeyboardType.Text
}

/** A day, chosen on a calendar. */
@OptIn(ExperimentalMaterial3Api::class)
@Composable
private fun DayField(label: String, day: LocalDate?, onDay: (LocalDate?) -> Unit) {
    val (strings, formats) = LocalStrings.current to LocalFormats.current
    var open by remember { mutableStateOf(false) }
    SecondaryButton("$label${strings.colon}${day?.let(formats::date) ?: strings.chooseDay}", Modifier.fillMaxWidth()) { open = true }
    if (!open) return
    val picked = rememberDatePickerState(initialSelectedDateMillis = (day ?: formats.today).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli())
    DatePickerDialog(
        onDismissRequest = { open = false },
        confirmButton = {
            QuietButton(strings.save) {
                open = false
                onDay(picked.selectedDateMillis?.let { Instant.ofEpochMilli(it).atOffset(ZoneOffset.UTC).toLocalDate() })
            }
        },
        dismissButton = {
            QuietButton(strings.clear) {
                open = false
                onDay(null)
            }
        },
    ) {
        DatePicker(picked, title = null, headline = null, showModeToggle = false)
    }
}

/** What a form says, to be read. */
@Composable
internal fun FormAnswers(page: ApprovalPage) {
    val (strings, formats) = LocalStrings.current to LocalFormats.current
    val fields = page.form?.fields.orEmpty()
    if (fields.isEmpty()) return
    ObjectCard {
        fields.forEach { field ->
            val value = page.fields.find { it.name == field.name }?.value
            Labelled(field.label.text(strings.language), said(field, value, strings, formats))
        }
    }
}

private fun said(field: FormField, value: FormValue?, strings: Strings, formats: Formats): String = when (value) {
    null -> strings.emptyField
    is FormValue.YesNo -> if (value.value) strings.yes else strings.no
    is FormValue.Text -> when (field.holds) {
        FieldType.AMOUNT -> formats.amount(value.value)
        FieldType.DATE -> dayOf(value.value)?.let(formats::date) ?: value.value
        else -> value.value
    }
}

private fun dayOf(text: String): LocalDate? = try {
    LocalDate.parse(text)
} catch (_: DateTimeParseException) {
    null
}
