package org.fieldbook.ui.format

import org.fieldbook.Language
import org.fieldbook.Money
import java.math.RoundingMode
import java.text.DecimalFormat
import java.text.DecimalFormatSymbols
import java.time.Clock
import java.time.Instant
import java.time.LocalDate
import java.time.OffsetDateTime
import java.time.ZoneId
import java.time.temporal.ChronoUnit
import java.util.Locale
import kotlin.math.roundToInt

/**
 * How numbers, distances, amounts and times read in a language, as a person says them.
 *
 * @param clock now, and the place's own time.
 */
class Formats(private val language: Language, private val clock: Clock) {
    /** The time zone of the place. */
    val zone: ZoneId get() = clock.zone

    /** Today, here. */
    val today: LocalDate get() = LocalDate.now(clock)

    /** Now. */
    val now: Instant get() = clock.instant()

    /** Metres as a person says them: 35 m, 420 m, 1.2 km, 14 km. */
    fun distance(metres: Double): String {
        val (metre, kilometre) = if (chinese) "米" to "公里" else "m" to "km"
        return when {
            metres < 100 -> "${metres.roundToInt()} $metre"
            metres < 995 -> "${(metres / 10).roundToInt() * 10} $metre"
            metres < 9_950 -> "${number(metres / 1000, 1)} $kilometre"
            else -> "${number(metres / 1000, 0)} $kilometre"
        }
    }

    /** Which way, in eight points: NE, 东北. Degrees clockwise from north. */
    fun direction(degrees: Double): String {
        val point = Math.floorMod((degrees / 45).roundToInt(), 8)
        return (if (chinese) POINTS_ZH else POINTS_EN)[point]
    }

    /** 1,280. */
    fun count(number: Long): String = DecimalFormat("#,##0", SYMBOLS).format(number)

    /** ¥1,280.00: the sign a person writes, or the code of the currency where there is none. */
    fun money(money: Money): String {
        val places = if (money.currency in WITHOUT_CENTS) 0 else 2
        val pattern = if (places == 0) "#,##0" else "#,##0.00"
        val amount = DecimalFormat(pattern, SYMBOLS)
            .apply { maximumFractionDigits = maxOf(places, money.amount.stripTrailingZeros().scale()) }
            .apply { roundingMode = RoundingMode.HALF_UP }
            .format(money.amount)
        val sign = SIGNS[money.currency] ?: return "$amount ${money.currency}"
        return "$sign$amount"
    }

    /** 1,280.00: an amount whose currency stands beside it already; as it is when it is no number. */
    fun amount(decimal: String): String =
        decimal.toBigDecimalOrNull()?.let { DecimalFormat("#,##0.00", SYMBOLS).format(it) } ?: decimal

    /** ¥1,280.00 CNY: with the code, where signs alone could be mistaken. */
    fun moneyWithCode(money: Money): String =
        if (money.currency in SIGNS) "${money(money)} ${money.currency}" else money(money)

    /** 14:05 */
    fun time(at: OffsetDateTime): String = "%d:%02d".format(Locale.ROOT, at.hour, at.minute)

    /** Tue 24 Nov, 11月24日 周二. */
    fun day(day: LocalDate): String =
        if (chinese) "${day.monthValue}月${day.dayOfMonth}日 ${weekday(day)}" else "${weekday(day)} ${dayAndMonth(day)}"

    /** A day of a list: today, yesterday, 5 Nov, 5 Nov 2025. */
    fun date(day: LocalDate): String = when (ChronoUnit.DAYS.between(day, today)) {
        0L -> if (chinese) "今天" else "today"
        1L -> if (chinese) "昨天" else "yesterday"
        -1L -> if (chinese) "明天" else "tomorrow"
        else -> dayAndMonth(day) + year(day)
    }

    /** A moment of a list: 14:05 today, yesterday 14:05, 5 Nov. */
    fun moment(at: OffsetDateTime): String {
        val local = at.atZoneSameInstant(clock.zone).toOffsetDateTime()
        return when (ChronoUnit.DAYS.between(local.toLocalDate(), today)) {
            0L -> time(local)
            1L, -1L -> "${date(local.toLocalDate())} ${time(local)}"
            else -> date(local.toLocalDate())
        }
    }

    /** The same of an instant, in the place's own time. */
    fun moment(at: Instant): String = moment(at.atZone(clock.zone).toOffsetDateTime())

    /** The day of an instant, here. */
    fun dayOf(at: Instant): LocalDate = at.atZone(clock.zone).toLocalDate()

    private val chinese get() = language == Language.ZH

    private fun year(day: LocalDate) = when {
        day.year == today.year -> ""
        chinese -> ""
        else -> " ${day.year}"
    }

    private fun dayAndMonth(day: LocalDate) = when {
        chinese && day.year != today.year -> "${day.year}年${day.monthValue}月${day.dayOfMonth}日"
        chinese -> "${day.monthValue}月${day.dayOfMonth}日"
        else -> "${day.dayOfMonth} ${MONTHS[day.monthValue - 1]}"
    }

    private fun weekday(day: LocalDate) =
        if (chinese) "周" + "一二三四五六日"[day.dayOfWeek.value - 1] else WEEKDAYS[day.dayOfWeek.value - 1]

    private fun number(value: Double, places: Int) = String.format(Locale.ROOT, "%.${places}f", value)

    private companion object {
        val SYMBOLS = DecimalFormatSymbols(Locale.ROOT)
        val SIGNS = mapOf("CNY" to "¥", "EUR" to "€", "USD" to "$", "GBP" to "£")
        val WITHOUT_CENTS = setOf("JPY", "KRW", "VND")
        val MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ")
        val POINTS_EN = "N NE E SE S SW W NW".split(" ")
        val POINTS_ZH = "北 东北 东 东南 南 西南 西 西北".split(" ")
        val WEEKDAYS = "Mon Tue Wed Thu Fri Sat Sun".split(" ")
    }
}
