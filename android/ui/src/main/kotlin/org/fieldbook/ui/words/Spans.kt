package org.fieldbook.ui.words

import kotlin.math.abs

/** So many minutes, of either sign, in the largest unit that says enough. */
internal fun spanEn(minutes: Long): String {
    val (count, unit) = span(minutes)
    return "$count ${unit.en}${if (count == 1L) "" else "s"}"
}

/** The same in 简体中文. */
internal fun spanZh(minutes: Long): String = span(minutes).let { (count, unit) -> "$count ${unit.zh}" }

private enum class SpanUnit(val minutes: Long, val en: String, val zh: String) {
    DAY(1440, "day", "天"),
    HOUR(60, "hour", "小时"),
    MINUTE(1, "minute", "分钟"),
}

private fun span(minutes: Long): Pair<Long, SpanUnit> {
    val size = abs(minutes)
    val unit = SpanUnit.entries.firstOrNull { size >= 2 * it.minutes } ?: SpanUnit.MINUTE
    return size / unit.minutes to unit
}
