package org.fieldbook.ui.theme

import androidx.compose.runtime.Immutable
import androidx.compose.ui.graphics.Color

/**
 * The colours of one theme. One accent for what can be pressed; the others stand for a state, never for decoration.
 *
 * Each [text pair][textPairs] has the contrast of WCAG AA, most of them AAA: screens are read in the sun.
 */
@Immutable
data class Palette(
    val dark: Boolean,
    /** Behind everything. */
    val ground: Color,
    /** A card, a sheet, a bar. */
    val surface: Color,
    /** What is read. */
    val text: Color,
    /** What is read second: times, addresses. */
    val quiet: Color,
    /** Lines and edges that separate. */
    val line: Color,
    /** What can be pressed. */
    val accent: Color,
    /** Text on the accent. */
    val onAccent: Color,
    /** A selected thing, in the accent's tone. */
    val accentSoft: Color,
    /** Accepted, on site. */
    val good: Color,
    /** Look at this first; not known to be on site; waits for the server. */
    val doubt: Color,
    /** Behind a doubt. */
    val doubtSoft: Color,
    /** Needs attention. */
    val attention: Color,
    /** Behind what needs attention. */
    val attentionSoft: Color,
) {
    /** Every text colour with each ground it is written on, by name. */
    fun textPairs(): List<Triple<String, Color, Color>> {
        val grounds = listOf("ground" to ground, "surface" to surface)
        val texts = listOf(
            "text" to text,
            "quiet" to quiet,
            "accent" to accent,
            "good" to good,
            "doubt" to doubt,
            "attention" to attention,
        )
        val onGrounds = grounds.flatMap { (place, behind) ->
            texts.map { (name, color) -> Triple("$name on $place", color, behind) }
        }
        return onGrounds + listOf(
            Triple("onAccent on accent", onAccent, accent),
            Triple("text on accentSoft", text, accentSoft),
            Triple("accent on accentSoft", accent, accentSoft),
            Triple("text on doubtSoft", text, doubtSoft),
            Triple("doubt on doubtSoft", doubt, doubtSoft),
            Triple("text on attentionSoft", text, attentionSoft),
            Triple("attention on attentionSoft", attention, attentionSoft),
        )
    }
}

/** For the day. */
val LightPalette = Palette(
    dark = false,
    ground = Color(0xFFF4F6F8),
    surface = Color(0xFFFFFFFF),
    text = Color(0xFF14181D),
    quiet = Color(0xFF47525E),
    line = Color(0xFFCBD3DB),
    accent = Color(0xFF0A57A3),
    onAccent = Color(0xFFFFFFFF),
    accentSoft = Color(0xFFDCEBFA),
    good = Color(0xFF14663A),
    doubt = Color(0xFF7A4A00),
    doubtSoft = Color(0xFFFFF1D6),
    attention = Color(0xFFAA1B16),
    attentionSoft = Color(0xFFFDE7E5),
)

/** For the night. */
val DarkPalette = Palette(
    dark = true,
    ground = Color(0xFF0F1317),
    surface = Color(0xFF1A2026),
    text = Color(0xFFEDF1F5),
    quiet = Color(0xFFB3BEC9),
    line = Color(0xFF3A444E),
    accent = Color(0xFF8CC1F7),
    onAccent = Color(0xFF06233F),
    accentSoft = Color(0xFF16324D),
    good = Color(0xFF7FD6A3),
    doubt = Color(0xFFF2BF6B),
    doubtSoft = Color(0xFF38290E),
    attention = Color(0xFFFFA9A2),
    attentionSoft = Color(0xFF451A18),
)
