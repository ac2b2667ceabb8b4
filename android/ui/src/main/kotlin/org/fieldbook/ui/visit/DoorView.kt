package org.fieldbook.ui.visit

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.selection.toggleable
import androidx.compose.material3.Checkbox
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import org.fieldbook.Fix
import org.fieldbook.Verdict
import org.fieldbook.text
import org.fieldbook.ui.app.Device
import org.fieldbook.ui.parts.Choices
import org.fieldbook.ui.parts.DoubtNote
import org.fieldbook.ui.parts.DraftField
import org.fieldbook.ui.parts.Icons
import org.fieldbook.ui.parts.Marked
import org.fieldbook.ui.parts.Quiet
import org.fieldbook.ui.parts.SecondaryButton
import org.fieldbook.ui.theme.LocalPalette
import org.fieldbook.ui.words.LocalFormats
import org.fieldbook.ui.words.LocalStrings

/** What the phone says at the door, and where it is in doubt the way to say why. */
@Composable
fun DoorView(door: Door, device: Device) {
    val atDoor by door.atDoor.collectAsState()
    val strings = LocalStrings.current
    Column(
        Modifier.fillMaxWidth().semantics { liveRegion = LiveRegionMode.Polite },
        verticalArrangement = Arrangement.spacedBy(12.dp),
    ) {
        when (val said = atDoor) {
            AtDoor.Asking -> {
                Marked(Icons.Place, strings.lookingForPlace, LocalPalette.current.quiet)
                Quiet(strings.startAnyway)
            }
            is AtDoor.Answered -> {
                Judged(said)
                if (said.fix !is Fix.Found) PlaceProblem(said.fix, device, onAgain = door::ask)
                if (!said.certain) Reasons(door, said)
            }
        }
    }
}

@Composable
private fun Judged(said: AtDoor.Answered) {
    val (strings, formats, palette) = Triple(LocalStrings.current, LocalFormats.current, LocalPalette.current)
    val distance = said.judgement.distanceM
    val verdict = said.judgement.verdict
    if (distance == null) {
        Text(strings.verdict(verdict), style = MaterialTheme.typography.titleMedium)
        if (said.reading != null) Quiet(strings.noAddressPlace)
        return
    }
    val inside = verdict == Verdict.INSIDE
    Row(horizontalArrangement = Arrangement.spacedBy(12.dp), verticalAlignment = Alignment.CenterVertically) {
        Icon(if (inside) Icons.Place else Icons.NoPlace, null, Modifier.size(32.dp), tint = if (inside) palette.good else palette.doubt)
        Column {
            val accuracy = said.reading?.accuracyM?.let { " (±${formats.distance(it)})" }.orEmpty()
            val far = formats.distance(distance)
            Text(
                if (inside) strings.fromTheDoor(far) + accuracy else strings.fromTheAddress(far) + accuracy,
                style = MaterialTheme.typography.titleMedium,
            )
            Quiet(strings.verdict(verdict))
        }
    }
}

/** Doubt is neutral: ready reasons, own words, and the way to mend a wrong address. */
@Composable
private fun Reasons(door: Door, said: AtDoor.Answered) {
    val strings = LocalStrings.current
    val reason by door.reason.collectAsState()
    val proposes by door.proposes.collectAsState()
    // A reading at a customer without a place asks for no reason: it becomes the place.
    val asks = said.reading == null || said.judgement.distanceM != null
    if (said.judgement.verdict == Verdict.OUTSIDE) DoubtNote(strings.tellUsWhy)
    if (asks) Choices(door.readyReasons, reason, { it.text(strings.language) }, onChoose = door::choose)
    if (said.reading != null) {
        Row(
            Modifier.fillMaxWidth().heightIn(min = 48.dp).toggleable(proposes, role = Role.Checkbox, onValueChange = door::propose),
            verticalAlignment = Alignment.CenterVertically,
        ) {
            Checkbox(proposes, onCheckedChange = null)
            Text(strings.proposeThisPlace, style = MaterialTheme.typography.bodyLarge)
        }
    }
    if (asks) DraftField(door.words, strings.reasonInWords)
}

/** Why there is no position, and what to do about it. None of it stops a visit. */
@Composable
fun PlaceProblem(fix: Fix, device: Device, onAgain: (() -> Unit)? = null) {
    val strings = LocalStrings.current
    Column(verticalArrangement = Arrangement.spacedBy(8.dp)) {
        when (fix) {
            Fix.NotAllowed -> {
                DoubtNote(strings.placeNotAllowed)
                SecondaryButton(strings.allowPlace, onClick = device::askForPlace)
            }
            Fix.Off -> {
                DoubtNote(strings.placeOff)
                SecondaryButton(strings.switchPlaceOn, onClick = device::openPlaceSettings)
            }
            else -> DoubtNote(strings.noPlace)
        }
        if (onAgain != null) SecondaryButton(strings.lookAgain, onClick = onAgain)
    }
}

/** A verdict in a list: mark and word, neutral where it is not known. */
@Composable
fun VerdictMark(verdict: Verdict?, distanceM: Double?, modifier: Modifier = Modifier) {
    val (strings, formats, palette) = Triple(LocalStrings.current, LocalFormats.current, LocalPalette.current)
    if (verdict == null) return
    val words = listOfNotNull(distanceM?.let(formats::distance), strings.verdict(verdict)).joinToString(" · ")
    val inside = verdict == Verdict.INSIDE
    Marked(if (inside) Icons.Place else Icons.NoPlace, words, if (inside) palette.good else palette.doubt, modifier)
}
