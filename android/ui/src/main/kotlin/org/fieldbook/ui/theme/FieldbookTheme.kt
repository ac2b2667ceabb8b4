package org.fieldbook.ui.theme

import androidx.compose.material3.ColorScheme
import androidx.compose.material3.LocalContentColor
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Typography
import androidx.compose.material3.darkColorScheme
import androidx.compose.material3.lightColorScheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.font.FontFamily
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.TextUnit
import androidx.compose.ui.unit.sp

/** The colours of the theme that is on. */
val LocalPalette = staticCompositionLocalOf { LightPalette }

/**
 * The looks of Fieldbook.
 *
 * @param dark as the system says.
 * @param font the platform's own; a test gives one that its machine has.
 */
@Composable
fun FieldbookTheme(dark: Boolean, font: FontFamily = FontFamily.Default, content: @Composable () -> Unit) {
    val palette = if (dark) DarkPalette else LightPalette
    CompositionLocalProvider(LocalPalette provides palette, LocalContentColor provides palette.text) {
        MaterialTheme(colorScheme = palette.scheme(), typography = typography(font), content = content)
    }
}

private fun Palette.scheme(): ColorScheme {
    val base = if (dark) darkColorScheme() else lightColorScheme()
    return base.copy(
        primary = accent,
        onPrimary = onAccent,
        primaryContainer = accentSoft,
        onPrimaryContainer = text,
        secondary = accent,
        onSecondary = onAccent,
        secondaryContainer = accentSoft,
        onSecondaryContainer = text,
        tertiary = accent,
        background = ground,
        onBackground = text,
        surface = surface,
        onSurface = text,
        surfaceVariant = ground,
        onSurfaceVariant = quiet,
        surfaceContainerLowest = surface,
        surfaceContainerLow = surface,
        surfaceContainer = surface,
        surfaceContainerHigh = surface,
        surfaceContainerHighest = ground,
        surfaceTint = surface,
        outline = quiet,
        outlineVariant = line,
        error = attention,
        onError = surface,
        errorContainer = attentionSoft,
        onErrorContainer = text,
        inverseSurface = text,
        inverseOnSurface = surface,
        inversePrimary = if (dark) LightPalette.accent else DarkPalette.accent,
    )
}

/** Sizes in sp, so that the system's text size applies; figures of equal width, so that amounts stand in columns. */
private fun typography(font: FontFamily): Typography {
    fun style(size: TextUnit, line: TextUnit, weight: FontWeight = FontWeight.Normal) = TextStyle(
        fontFamily = font,
        fontSize = size,
        lineHeight = line,
        fontWeight = weight,
        fontFeatureSettings = "tnum",
    )
    return Typography(
        headlineMedium = style(26.sp, 32.sp, FontWeight.SemiBold),
        headlineSmall = style(22.sp, 28.sp, FontWeight.SemiBold),
        titleLarge = style(20.sp, 26.sp, FontWeight.SemiBold),
        titleMedium = style(17.sp, 24.sp, FontWeight.SemiBold),
        titleSmall = style(14.sp, 20.sp, FontWeight.SemiBold),
        bodyLarge = style(16.sp, 24.sp),
        bodyMedium = style(15.sp, 21.sp),
        bodySmall = style(13.sp, 18.sp),
        labelLarge = style(16.sp, 22.sp, FontWeight.SemiBold),
        labelMedium = style(13.sp, 16.sp, FontWeight.Medium),
        labelSmall = style(12.sp, 16.sp, FontWeight.Medium),
    )
}
