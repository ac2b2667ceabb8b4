package org.fieldbook.ui

import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.luminance
import org.fieldbook.ui.theme.DarkPalette
import org.fieldbook.ui.theme.LightPalette
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue

/** Screens are read in the sun. */
class PaletteTest {
    @Test
    fun `every text has the contrast of WCAG AA on every ground it is written on`() {
        for (palette in listOf(LightPalette, DarkPalette)) {
            for ((name, text, ground) in palette.textPairs()) {
                val contrast = contrast(text, ground)
                assertTrue(contrast >= 4.5, "$name, dark=${palette.dark}: %.2f".format(contrast))
            }
        }
    }

    @Test
    fun `black on white has the contrast that the formula's authors say`() {
        assertEquals(21.0, contrast(Color.Black, Color.White), 0.01)
    }

    /** https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio */
    private fun contrast(one: Color, other: Color): Double {
        val (darker, lighter) = listOf(one.luminance(), other.luminance()).sorted()
        return (lighter + 0.05) / (darker + 0.05)
    }
}
