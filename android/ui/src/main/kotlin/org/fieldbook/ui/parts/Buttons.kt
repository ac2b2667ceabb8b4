package org.fieldbook.ui.parts

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.Button
import androidx.compose.material3.ButtonDefaults
import androidx.compose.material3.FilterChip
import androidx.compose.material3.Icon
import androidx.compose.material3.OutlinedButton
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import org.fieldbook.ui.theme.LocalPalette

private val Shape = RoundedCornerShape(12.dp)

/** What the screen is for: full width, tall enough for a thumb. */
@Composable
fun PrimaryButton(text: String, modifier: Modifier = Modifier, enabled: Boolean = true, onClick: () -> Unit) {
    Button(
        onClick,
        modifier.fillMaxWidth().heightIn(min = 52.dp),
        enabled = enabled,
        shape = Shape,
        colors = ButtonDefaults.buttonColors(
            disabledContainerColor = LocalPalette.current.line,
            disabledContentColor = LocalPalette.current.quiet,
        ),
    ) {
        Text(text, textAlign = TextAlign.Center)
    }
}

/** Something else that can be done here. */
@Composable
fun SecondaryButton(
    text: String,
    modifier: Modifier = Modifier,
    enabled: Boolean = true,
    icon: ImageVector? = null,
    onClick: () -> Unit,
) {
    OutlinedButton(
        onClick,
        modifier.heightIn(min = 48.dp),
        enabled = enabled,
        shape = Shape,
        border = BorderStroke(1.dp, LocalPalette.current.quiet),
        colors = ButtonDefaults.outlinedButtonColors(contentColor = LocalPalette.current.accent),
    ) {
        if (icon != null) Icon(icon, null, Modifier.padding(end = 8.dp).size(20.dp))
        Text(text, textAlign = TextAlign.Center)
    }
}

/** Something that is rarely done; in the colour of attention when it takes something away. */
@Composable
fun QuietButton(
    text: String,
    modifier: Modifier = Modifier,
    enabled: Boolean = true,
    color: Color = LocalPalette.current.accent,
    onClick: () -> Unit,
) {
    TextButton(onClick, modifier.heightIn(min = 48.dp), enabled = enabled, shape = Shape) {
        Text(text, color = if (enabled) color else LocalPalette.current.quiet, textAlign = TextAlign.Center)
    }
}

/** One of several ready answers. */
@Composable
fun Choice(text: String, chosen: Boolean, onClick: () -> Unit) {
    FilterChip(
        selected = chosen,
        onClick = onClick,
        label = { Text(text, Modifier.padding(vertical = 8.dp)) },
        leadingIcon = if (chosen) {
            { Icon(Icons.Done, null, Modifier.size(18.dp)) }
        } else {
            null
        },
    )
}
