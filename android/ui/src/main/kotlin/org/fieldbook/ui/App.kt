package org.fieldbook.ui

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.safeDrawingPadding
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.font.FontFamily
import org.fieldbook.ui.app.AppModel
import org.fieldbook.ui.app.Stage
import org.fieldbook.ui.app.WorkScreen
import org.fieldbook.ui.format.Formats
import org.fieldbook.ui.signin.ArrivalScreen
import org.fieldbook.ui.signin.OpeningScreen
import org.fieldbook.ui.signin.RecoveryScreen
import org.fieldbook.ui.signin.SignInScreen
import org.fieldbook.ui.signin.StoppedScreen
import org.fieldbook.ui.theme.FieldbookTheme
import org.fieldbook.ui.theme.LocalPalette
import org.fieldbook.ui.words.LocalFormats
import org.fieldbook.ui.words.LocalStrings
import org.fieldbook.ui.words.Strings
import java.time.Clock

/**
 * The whole app: the screen of the stage it is in.
 *
 * @param dark as the system says.
 * @param font the platform's own; a test gives one that its machine has.
 * @param clock for "today" and "yesterday", in the place's own time.
 */
@Composable
fun FieldbookApp(
    model: AppModel,
    dark: Boolean,
    font: FontFamily = FontFamily.Default,
    clock: Clock = Clock.systemDefaultZone(),
) {
    val language by model.preferences.language.collectAsState()
    val stage by model.stage.collectAsState()
    val formats = remember(language, clock) { Formats(language, clock) }
    CompositionLocalProvider(LocalStrings provides Strings.of(language), LocalFormats provides formats) {
        FieldbookTheme(dark, font) {
            Box(Modifier.fillMaxSize().background(LocalPalette.current.surface).safeDrawingPadding()) { StageScreen(model, stage) }
        }
    }
}

@Composable
private fun StageScreen(model: AppModel, stage: Stage) {
    when (stage) {
        Stage.Opening -> OpeningScreen()
        is Stage.SignIn -> SignInScreen(stage.model, model)
        is Stage.Stopped -> StoppedScreen(stage, model)
        is Stage.Recovery -> RecoveryScreen(stage.recovered, model::start)
        is Stage.Arrival -> ArrivalScreen(stage.workplace, model::begin)
        is Stage.Working -> WorkScreen(model, stage.workplace)
    }
}
