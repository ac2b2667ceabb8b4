package org.fieldbook.ui.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import org.fieldbook.ClockOff
import org.fieldbook.FieldbookException
import org.fieldbook.text
import org.fieldbook.ui.app.Device
import org.fieldbook.ui.format.asSentence
import org.fieldbook.ui.theme.LocalPalette
import org.fieldbook.ui.words.LocalStrings
import org.fieldbook.words

/**
 * What went wrong: what happened, what is safe, what to do, in the words of the core, and the way to do it where this phone
 * has one.
 */
@OptIn(ExperimentalLayoutApi::class)
@Composable
fun TroubleCard(trouble: FieldbookException, device: Device?, onSignIn: (() -> Unit)? = null, onRead: (() -> Unit)? = null) {
    val strings = LocalStrings.current
    ObjectCard(Modifier.semantics { liveRegion = LiveRegionMode.Polite }, color = LocalPalette.current.attentionSoft) {
        Row(horizontalArrangement = Arrangement.spacedBy(10.dp)) {
            Icon(Icons.Attention, null, Modifier.size(20.dp), tint = LocalPalette.current.attention)
            Text(trouble.words.text(strings.language), Modifier.weight(1f), style = MaterialTheme.typography.bodyMedium)
        }
        FlowRow {
            if (trouble is FieldbookException.Portal && device != null) {
                QuietButton(strings.openNetworkSignIn, onClick = device::openNetworkSignIn)
            }
            if (trouble is FieldbookException.Update && device != null) {
                QuietButton(strings.updateApp, onClick = device::openAppStore)
            }
            if (trouble is FieldbookException.SignInEnded && onSignIn != null) {
                QuietButton(strings.signInAgain, onClick = onSignIn)
            }
            if (onRead != null) QuietButton(strings.understood, onClick = onRead)
        }
    }
}

/** The clock of this phone is off: neutral, as it may be nobody's fault; with the way to set it right. */
@Composable
fun ClockNote(off: ClockOff, device: Device) {
    val strings = LocalStrings.current
    Column(Modifier.semantics { liveRegion = LiveRegionMode.Polite }) {
        DoubtNote(off.words.text(strings.language))
        QuietButton(strings.openClockSettings, onClick = device::openClockSettings)
    }
}

/** An empty list says what to do. */
@Composable
fun EmptyHint(text: String, action: String? = null, onAction: () -> Unit = {}) {
    Column(Modifier.fillMaxWidth().padding(vertical = 16.dp), verticalArrangement = Arrangement.spacedBy(8.dp)) {
        Text(text, style = MaterialTheme.typography.bodyLarge, color = LocalPalette.current.quiet)
        if (action != null) SecondaryButton(action, onClick = onAction)
    }
}

/** Grey shapes where a list will be. */
fun LazyListScope.skeleton(rows: Int = 3) {
    items(rows) { Skeleton() }
}

@Composable
private fun Skeleton() {
    val palette = LocalPalette.current
    val waiting = LocalStrings.current.waiting
    ObjectCard(Modifier.semantics { contentDescription = waiting }) {
        listOf(0.6f, 0.85f).forEach { width ->
            Box(
                Modifier.padding(vertical = 4.dp).fillMaxWidth(width).height(12.dp).clip(RoundedCornerShape(6.dp)).background(palette.line),
            )
        }
    }
}

/** Doubt is neutral: a note on a quiet ground, with a word and a mark. */
@Composable
fun DoubtNote(text: String, modifier: Modifier = Modifier) {
    Row(
        modifier.fillMaxWidth().clip(RoundedCornerShape(8.dp)).background(LocalPalette.current.doubtSoft).padding(10.dp),
        verticalAlignment = Alignment.CenterVertically,
        horizontalArrangement = Arrangement.spacedBy(8.dp),
    ) {
        Icon(Icons.NoPlace, null, Modifier.size(20.dp), tint = LocalPalette.current.doubt)
        Text(text.asSentence(), style = MaterialTheme.typography.bodyMedium)
    }
}
