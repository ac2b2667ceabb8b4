package org.fieldbook.ui.parts

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import org.fieldbook.ui.theme.LocalPalette

private val Shape = RoundedCornerShape(12.dp)

/** An object of the list: a customer, a request. With [onClick] the whole card is the target. */
@Composable
fun ObjectCard(
    modifier: Modifier = Modifier,
    onClick: (() -> Unit)? = null,
    color: Color = LocalPalette.current.surface,
    content: @Composable ColumnScope.() -> Unit,
) {
    val border = BorderStroke(1.dp, LocalPalette.current.line)
    val body = @Composable {
        Column(
            Modifier.fillMaxWidth().heightIn(min = 48.dp).padding(horizontal = 16.dp, vertical = 12.dp),
            verticalArrangement = Arrangement.spacedBy(4.dp),
            content = content,
        )
    }
    if (onClick == null) {
        Surface(modifier.fillMaxWidth(), Shape, color, border = border) { body() }
    } else {
        Surface(onClick, modifier.fillMaxWidth().semantics { role = Role.Button }, shape = Shape, color = color, border = border) {
            body()
        }
    }
}

/** A line that leads somewhere. */
@Composable
fun LinkRow(text: String, modifier: Modifier = Modifier, icon: ImageVector? = null, detail: String? = null, onClick: () -> Unit) {
    ObjectCard(modifier, onClick) {
        Row(verticalAlignment = Alignment.CenterVertically, horizontalArrangement = Arrangement.spacedBy(12.dp)) {
            if (icon != null) Icon(icon, null, Modifier.size(22.dp), tint = LocalPalette.current.accent)
            Column(Modifier.weight(1f)) {
                Text(text, style = MaterialTheme.typography.bodyLarge)
                if (detail != null) Quiet(detail)
            }
            Icon(Icons.Forward, null, Modifier.size(20.dp), tint = LocalPalette.current.quiet)
        }
    }
}

/** What is read second. */
@Composable
fun Quiet(text: String, modifier: Modifier = Modifier) {
    Text(text, modifier, style = MaterialTheme.typography.bodyMedium, color = LocalPalette.current.quiet)
}

/** A line with a mark before it. */
@Composable
fun Marked(icon: ImageVector, text: String, color: Color, modifier: Modifier = Modifier) {
    Row(modifier, verticalAlignment = Alignment.CenterVertically, horizontalArrangement = Arrangement.spacedBy(6.dp)) {
        Icon(icon, null, Modifier.size(18.dp), tint = color)
        Text(text, style = MaterialTheme.typography.bodyMedium, color = color)
    }
}

/** How much of how much: a bar that never runs by itself. The count stands beside it in words. */
@Composable
fun Bar(part: Float, modifier: Modifier = Modifier) {
    val palette = LocalPalette.current
    Box(modifier.fillMaxWidth().height(8.dp).clip(RoundedCornerShape(4.dp)).background(palette.line)) {
        Box(
            Modifier.fillMaxWidth(part.coerceIn(0f, 1f)).height(8.dp).clip(RoundedCornerShape(4.dp)).background(palette.accent),
        )
    }
}
