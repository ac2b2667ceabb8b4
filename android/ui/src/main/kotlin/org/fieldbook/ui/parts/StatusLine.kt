package org.fieldbook.ui.parts

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.unit.dp
import org.fieldbook.FieldbookException
import org.fieldbook.Phase
import org.fieldbook.SyncStatus
import org.fieldbook.ui.app.Route
import org.fieldbook.ui.app.Workplace
import org.fieldbook.ui.format.Formats
import org.fieldbook.ui.theme.LocalPalette
import org.fieldbook.ui.words.LocalFormats
import org.fieldbook.ui.words.LocalStrings
import org.fieldbook.ui.words.Strings

/**
 * The quiet line under every title: which truth this is. It leads to *Sync*; what needs the person leads to the work.
 *
 * @param attention false on the screen of that work itself.
 */
@Composable
fun StatusLine(workplace: Workplace, attention: Boolean = true) {
    val status by workplace.status.collectAsState()
    val (strings, formats) = LocalStrings.current to LocalFormats.current
    val known = status ?: return
    Column {
        Row(
            Modifier
                .fillMaxWidth()
                .clickable(onClickLabel = strings.syncTitle, role = Role.Button) { workplace.navigator.go(Route.Sync) }
                .heightIn(min = 48.dp)
                .padding(horizontal = 12.dp, vertical = 4.dp),
            verticalAlignment = Alignment.CenterVertically,
        ) {
            Text(
                statusWords(known, strings, formats),
                style = MaterialTheme.typography.bodySmall,
                color = LocalPalette.current.quiet,
            )
        }
        val count = known.totals.attention.toLong()
        if (attention && count > 0) AttentionLine(count) { workplace.navigator.go(Route.Attention) }
    }
}

@Composable
private fun AttentionLine(count: Long, onClick: () -> Unit) {
    val palette = LocalPalette.current
    Row(
        Modifier
            .fillMaxWidth()
            .clickable(role = Role.Button, onClick = onClick)
            .heightIn(min = 48.dp)
            .padding(horizontal = 12.dp, vertical = 4.dp),
        verticalAlignment = Alignment.CenterVertically,
        horizontalArrangement = Arrangement.spacedBy(8.dp),
    ) {
        Icon(Icons.Attention, null, Modifier.size(20.dp), tint = palette.attention)
        Text(
            LocalStrings.current.needAttention(count),
            Modifier.weight(1f),
            style = MaterialTheme.typography.bodyMedium,
            color = palette.attention,
        )
        Icon(Icons.Forward, null, Modifier.size(18.dp), tint = palette.attention)
    }
}

/** "Offline · 7 items on this phone · last contact 09:12". */
fun statusWords(status: SyncStatus, strings: Strings, formats: Formats): String {
    val waiting = (status.totals.onPhone + status.totals.sent).toLong()
    val now = when (status.phase) {
        Phase.Exchanging -> strings.syncing
        is Phase.Waiting -> when (status.trouble) {
            is FieldbookException.Portal -> strings.networkAsksToSignIn
            is FieldbookException.SignInEnded -> strings.signInIsOver
            else -> if (status.online == true) strings.noAnswer else strings.offline
        }
        Phase.Stopped -> if (status.online == false) strings.offline else null
        Phase.UpToDate -> null
    }
    val here = when {
        waiting > 0 -> strings.itemsOnThisPhone(waiting)
        status.lastContact == null || status.totals.attention > 0uL -> null
        else -> strings.everythingAccepted
    }
    val contact = status.lastContact?.let { strings.lastContact(formats.moment(it)) } ?: strings.noContactYet
    return listOfNotNull(now, here, contact).joinToString(" · ")
}
