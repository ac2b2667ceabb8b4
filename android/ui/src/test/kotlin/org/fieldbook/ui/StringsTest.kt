package org.fieldbook.ui

import org.fieldbook.ui.words.En
import org.fieldbook.ui.words.Strings
import org.fieldbook.ui.words.Zh
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue

/** The words of the screens. */
class StringsTest {
    private val getters = Strings::class.java.methods.filter { it.parameterCount == 0 && it.returnType == String::class.java }

    private fun of(strings: Strings) = getters.associate { it.name to it.invoke(strings) as String }

    @Test
    fun `Chinese sentences are Chinese and English ones are not`() {
        assertTrue(getters.size > 150, "${getters.size}")
        val han = Regex("\\p{IsHan}")
        assertEquals(emptyList(), of(En).filterValues { han.containsMatchIn(it) }.keys.toList())
        val chinese = of(Zh).filterKeys { it !in setOf("getComma", "getColon") }
        assertEquals(emptyList(), chinese.filterValues { !han.containsMatchIn(it) }.keys.toList())
    }

    @Test
    fun `no sentence accuses, and none speaks of what nobody in a shop says`() {
        val never = Regex("fraud|conflict|entity|payload|invalid|sync error|failed", RegexOption.IGNORE_CASE)
        assertEquals(emptyMap(), of(En).filterValues { never.containsMatchIn(it) })
        assertEquals(emptyMap(), of(Zh).filterValues { Regex("欺诈|作弊|无效|冲突|失败").containsMatchIn(it) })
    }
}
