package org.fieldbook.ui.app

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.RowScope
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.foundation.text.BasicText
import androidx.compose.foundation.text.TextAutoSize
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import androidx.compose.ui.unit.sp
import org.fieldbook.ui.parts.Icons
import org.fieldbook.ui.parts.QuietButton
import org.fieldbook.ui.theme.LocalPalette
import org.fieldbook.ui.words.LocalStrings
import org.fieldbook.ui.words.Strings

private class RoomOf(val route: Route.Room, val icon: ImageVector, val name: (Strings) -> String)

/** The rooms of a person, at the bottom where a thumb is. */
@Composable
fun RoomBar(workplace: Workplace, here: Route.Room) {
    val organisation by workplace.organisation.collectAsState()
    val rooms = listOfNotNull(
        RoomOf(Route.Today, Icons.Today, Strings::today),
        RoomOf(Route.Approvals, Icons.Approvals, Strings::approvals).takeIf { organisation.decides },
        RoomOf(Route.Customers, Icons.Customers, Strings::customers),
        RoomOf(Route.Expenses, Icons.Expenses, Strings::expenses).takeIf { organisation.visits },
        RoomOf(Route.Me, Icons.Me, Strings::me),
    )
    Column(Modifier.fillMaxWidth().background(LocalPalette.current.surface)) {
        HorizontalDivider(color = LocalPalette.current.line)
        Row(Modifier.fillMaxWidth().selectableGroup()) {
            rooms.forEach { room -> RoomTab(room, room.route == here) { workplace.navigator.go(room.route) } }
        }
    }
}

@Composable
private fun RowScope.RoomTab(room: RoomOf, selected: Boolean, onClick: () -> Unit) {
    val palette = LocalPalette.current
    val color = if (selected) palette.accent else palette.quiet
    Column(
        Modifier
            .weight(1f)
            .heightIn(min = 56.dp)
            .selectable(selected, role = Role.Tab, onClick = onClick)
            .padding(vertical = 6.dp, horizontal = 2.dp),
        horizontalAlignment = Alignment.CenterHorizontally,
        verticalArrangement = Arrangement.Center,
    ) {
        Icon(room.icon, null, Modifier.size(24.dp), tint = color)
        BasicText(
            room.name(LocalStrings.current),
            style = MaterialTheme.typography.labelSmall.copy(color = color, textAlign = TextAlign.Center),
            maxLines = 1,
            autoSize = TextAutoSize.StepBased(minFontSize = 6.sp, maxFontSize = 12.sp, stepSize = 0.5.sp),
        )
    }
}

/** What was just decided, and the way to take it back. */
@Composable
fun UndoBar(undo: Undo) {
    val pending by undo.pending.collectAsState()
    val offered = pending ?: return
    val (strings, palette) = LocalStrings.current to LocalPalette.current
    Row(
        Modifier
            .fillMaxWidth()
            .background(palette.accentSoft)
            .semantics { liveRegion = LiveRegionMode.Polite }
            .padding(start = 16.dp, end = 4.dp),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        Text(offered.what(strings), Modifier.weight(1f).padding(vertical = 8.dp), style = MaterialTheme.typography.bodyMedium)
        QuietButton(strings.undo, onClick = undo::takeBack)
    }
}
