package org.fieldbook.ui

import org.fieldbook.Language
import org.fieldbook.Money
import org.fieldbook.ui.expense.amountOf
import org.fieldbook.ui.format.Formats
import org.fieldbook.ui.visit.timeOf
import java.math.BigDecimal
import java.time.Clock
import java.time.Instant
import java.time.LocalTime
import java.time.ZoneOffset
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertNull

/** Numbers, distances, amounts and times as a person says them. */
class FormatsTest {
    private val clock = Clock.fixed(Instant.parse("2026-11-24T06:05:00Z"), ZoneOffset.ofHours(8))
    private val en = Formats(Language.EN, clock)
    private val zh = Formats(Language.ZH, clock)

    @Test
    fun `a distance is as exact as a person needs it`() {
        assertEquals(
            listOf("0 m", "35 m", "420 m", "990 m", "1.0 km", "1.2 km", "9.9 km", "10 km", "214 km"),
            listOf(0.2, 35.2, 418.0, 994.0, 996.0, 1_234.0, 9_940.0, 9_960.0, 213_600.0).map(en::distance),
        )
        assertEquals(listOf("35 米", "1.2 公里"), listOf(35.0, 1_234.0).map(zh::distance))
    }

    @Test
    fun `money has its sign, its separators and its cents`() {
        fun money(amount: String, currency: String) = Money(BigDecimal(amount), currency)
        assertEquals("¥1,280.00", en.money(money("1280", "CNY")))
        assertEquals("¥1,280.00 CNY", en.moneyWithCode(money("1280", "CNY")))
        assertEquals("0.1250 of a dinar is not lost: 0.125 KWD", "0.1250 of a dinar is not lost: " + en.money(money("0.125", "KWD")))
        assertEquals("4,310 JPY", en.money(money("4310", "JPY")))
    }

    @Test
    fun `a moment is near or a date, in the place's own time`() {
        fun at(text: String) = Instant.parse(text)
        val moments = listOf("2026-11-24T01:12:00Z", "2026-11-23T15:59:00Z", "2026-11-23T16:01:00Z", "2026-11-05T02:00:00Z", "2025-11-05T02:00:00Z")
        assertEquals(listOf("9:12", "yesterday 23:59", "0:01", "5 Nov", "5 Nov 2025"), moments.map { en.moment(at(it)) })
        assertEquals(listOf("9:12", "昨天 23:59", "0:01", "11月5日", "2025年11月5日"), moments.map { zh.moment(at(it)) })
        assertEquals("Tue 24 Nov" to "11月24日 周二", en.day(en.today) to zh.day(zh.today))
    }

    @Test
    fun `an amount is read as people type it`() {
        val typed = listOf("128.5", "128,50", "1,280.00", "1.280,50", "¥96", " 40 ")
        assertEquals(listOf("128.5", "128.50", "1280.00", "1280.50", "96", "40"), typed.map { amountOf(it)?.toPlainString() })
        for (wrong in listOf("", "abc", "0", "-3", "1,2,3.4.5")) assertNull(amountOf(wrong), wrong)
    }

    @Test
    fun `a time is read as people type it`() {
        val half = LocalTime.of(9, 30)
        for (typed in listOf("9:30", "09:30", "9.30", "930", "0930", "9：30")) assertEquals(half, timeOf(typed), typed)
        for (wrong in listOf("", "9", "25:00", "nine")) assertNull(timeOf(wrong), wrong)
    }
}
