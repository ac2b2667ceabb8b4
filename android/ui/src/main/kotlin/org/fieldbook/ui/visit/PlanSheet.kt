package org.fieldbook.ui.visit

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.text.input.KeyboardType
import org.fieldbook.ui.app.Draft
import org.fieldbook.ui.parts.Choices
import org.fieldbook.ui.parts.DraftField
import org.fieldbook.ui.parts.PrimaryButton
import org.fieldbook.ui.parts.SectionTitle
import org.fieldbook.ui.parts.Sheet
import org.fieldbook.ui.parts.WordsField
import org.fieldbook.ui.words.LocalFormats
import org.fieldbook.ui.words.LocalStrings
import java.time.LocalTime
import java.time.OffsetDateTime
import java.time.ZoneId
import java.time.format.DateTimeParseException

/**
 * When a visit is to be: a day of the next week and a time.
 *
 * @param purpose what for; null when only the time is asked.
 */
@Composable
fun PlanSheet(
    title: String,
    zone: ZoneId,
    onAway: () -> Unit,
    purpose: Draft? = null,
    before: LocalTime = LocalTime.of(9, 0),
    onPlan: (OffsetDateTime) -> Unit,
) {
    val (strings, formats) = LocalStrings.current to LocalFormats.current
    val days = remember { (0L..7L).map { formats.today.plusDays(it) } }
    var day by remember { mutableStateOf(days[1]) }
    var typed by remember { mutableStateOf("%02d:%02d".format(before.hour, before.minute)) }
    val time = timeOf(typed)
    Sheet(
        title = title,
        onAway = onAway,
        action = {
            PrimaryButton(strings.savePlan, enabled = time != null) {
                time?.let { onPlan(day.atTime(it).atZone(zone).toOffsetDateTime()) }
            }
        },
    ) {
        SectionTitle(strings.day)
        Choices(days, day, formats::day) { it?.let { chosen -> day = chosen } }
        WordsField(
            typed,
            { typed = it },
            strings.time,
            keyboard = KeyboardType.Ascii,
            hint = if (time == null) strings.timeHint else null,
        )
        if (purpose != null) DraftField(purpose, strings.purpose)
    }
}

/** 9:00, 09:00, 9.00, 0900. */
internal fun timeOf(typed: String): LocalTime? {
    val digits = typed.trim().replace('.', ':').replace('：', ':')
    val parts = if (':' in digits) digits else digits.dropLast(2) + ":" + digits.takeLast(2)
    return try {
        LocalTime.parse(parts.padStart(5, '0'))
    } catch (_: DateTimeParseException) {
        null
    }
}
