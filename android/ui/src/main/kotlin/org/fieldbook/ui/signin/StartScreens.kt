package org.fieldbook.ui.signin

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import org.fieldbook.Arriving
import org.fieldbook.FieldbookException
import org.fieldbook.Phase
import org.fieldbook.Recovered
import org.fieldbook.ui.app.AppModel
import org.fieldbook.ui.app.Stage
import org.fieldbook.ui.app.Workplace
import org.fieldbook.ui.parts.Bar
import org.fieldbook.ui.parts.Icons
import org.fieldbook.ui.parts.Marked
import org.fieldbook.ui.parts.ObjectCard
import org.fieldbook.ui.parts.Page
import org.fieldbook.ui.parts.PrimaryButton
import org.fieldbook.ui.parts.Quiet
import org.fieldbook.ui.parts.SecondaryButton
import org.fieldbook.ui.parts.TroubleCard
import org.fieldbook.ui.theme.LocalPalette
import org.fieldbook.ui.words.LocalFormats
import org.fieldbook.ui.words.LocalStrings

/** The moment before anything is known. */
@Composable
fun OpeningScreen() {
    Box(Modifier.fillMaxSize(), contentAlignment = Alignment.Center) {
        Text(LocalStrings.current.appName, style = MaterialTheme.typography.headlineMedium, color = LocalPalette.current.quiet)
    }
}

/** The records do not open: what happened, that nothing was deleted, and the way on. */
@Composable
fun StoppedScreen(stage: Stage.Stopped, app: AppModel) {
    val strings = LocalStrings.current
    val (trouble, account) = stage
    Page(
        title = strings.stoppedTitle,
        bottom = {
            when (trouble) {
                is FieldbookException.KeyLost -> PrimaryButton(strings.signInAgain) { app.signIn() }
                is FieldbookException.Update -> PrimaryButton(strings.updateApp, onClick = app.device::openAppStore)
                is FieldbookException.FileDamaged ->
                    if (account != null) PrimaryButton(strings.recover) { app.recover(account) }
                else -> PrimaryButton(strings.tryAgain, onClick = app::start)
            }
            if (trouble is FieldbookException.Update) SecondaryButton(strings.tryAgain, onClick = app::start)
        },
    ) {
        item { TroubleCard(trouble, app.device) }
        if (account != null) item { Quiet(strings.recordsOf(account.name)) }
        if (trouble is FieldbookException.KeyLost) item { Quiet(strings.fileKeptAt(trouble.path)) }
        if (trouble is FieldbookException.FileDamaged) item { Quiet(strings.recoverHint) }
    }
}

/** What was saved of damaged records. */
@Composable
fun RecoveryScreen(recovered: Recovered, onGoOn: () -> Unit) {
    val strings = LocalStrings.current
    Page(title = strings.recoveredTitle, bottom = { PrimaryButton(strings.goOn, onClick = onGoOn) }) {
        item { Text(strings.recoveredItems(recovered.parked.toLong()), style = MaterialTheme.typography.bodyLarge) }
        item { Quiet(strings.fileKeptAt(recovered.path)) }
        if (!recovered.signedIn) item { Quiet(strings.signInToGoOn) }
    }
}

/** How far they have come, from 0 to 1. */
internal val Arriving.part: Float get() = if (of == 0uL) 0f else read.toFloat() / of.toFloat()

/** Who one is, as the server sees it, while the customers arrive. */
@Composable
fun ArrivalScreen(workplace: Workplace, onBegin: () -> Unit) {
    val strings = LocalStrings.current
    val formats = LocalFormats.current
    val status by workplace.status.collectAsState()
    val organisation by workplace.organisation.collectAsState()
    val known = status
    val arrived = known?.phase == Phase.UpToDate
    Page(
        title = strings.hello(workplace.account.name),
        bottom = { PrimaryButton(strings.begin, onClick = onBegin) },
    ) {
        item {
            ObjectCard {
                Text(workplace.account.name, style = MaterialTheme.typography.headlineSmall)
                organisation.me?.let { Quiet(listOfNotNull(strings.role(it.role), organisation.unitName).joinToString(" · ")) }
            }
        }
        item {
            val records = formats.count(known?.totals?.records?.toLong() ?: 0)
            if (arrived) {
                Marked(Icons.Done, strings.recordsArrived(records), LocalPalette.current.good)
            } else {
                Column(verticalArrangement = Arrangement.spacedBy(12.dp)) {
                    Text(strings.recordsArriving(records))
                    known?.arriving?.let { Bar(it.part) }
                }
            }
        }
        known?.trouble?.let { item { TroubleCard(it, workplace.device) } }
        item { Quiet(strings.beginHint) }
    }
}

