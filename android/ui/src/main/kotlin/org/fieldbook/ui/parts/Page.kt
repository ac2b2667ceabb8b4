package org.fieldbook.ui.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.RowScope
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.imePadding
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.width
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.LazyListState
import androidx.compose.foundation.lazy.rememberLazyListState
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.Icon
import androidx.compose.material3.IconButton
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextOverflow
import androidx.compose.ui.unit.dp
import org.fieldbook.ui.theme.LocalPalette
import org.fieldbook.ui.words.LocalStrings

/**
 * A screen: what it is, which truth it shows, its content, and its one action at the bottom in reach of a thumb.
 *
 * @param back shown as an arrow; null in a room.
 * @param status the quiet line under the title.
 * @param trailing beside the title.
 * @param bottom the one primary action, and what belongs beside it.
 */
@Composable
fun Page(
    title: String,
    back: (() -> Unit)? = null,
    status: (@Composable () -> Unit)? = null,
    trailing: (@Composable RowScope.() -> Unit)? = null,
    bottom: (@Composable ColumnScope.() -> Unit)? = null,
    listState: LazyListState = rememberLazyListState(),
    content: LazyListScope.() -> Unit,
) {
    Column(Modifier.fillMaxSize().background(LocalPalette.current.ground).imePadding()) {
        Head(title, back, status, trailing)
        LazyColumn(
            Modifier.weight(1f).fillMaxWidth(),
            state = listState,
            contentPadding = PaddingValues(16.dp),
            verticalArrangement = Arrangement.spacedBy(12.dp),
            content = content,
        )
        if (bottom != null) Bottom(bottom)
    }
}

@Composable
private fun Head(
    title: String,
    back: (() -> Unit)?,
    status: (@Composable () -> Unit)?,
    trailing: (@Composable RowScope.() -> Unit)?,
) {
    Column(Modifier.fillMaxWidth().background(LocalPalette.current.surface)) {
        Row(
            Modifier.fillMaxWidth().padding(start = if (back == null) 16.dp else 4.dp, end = 8.dp, top = 8.dp, bottom = 4.dp),
            verticalAlignment = Alignment.CenterVertically,
        ) {
            if (back != null) {
                IconButton(onClick = back, Modifier.size(48.dp)) { Icon(Icons.Back, LocalStrings.current.back) }
            }
            Text(
                title,
                Modifier.weight(1f).semantics { heading() }.padding(vertical = 6.dp),
                style = MaterialTheme.typography.titleLarge,
                maxLines = 2,
                overflow = TextOverflow.Ellipsis,
            )
            if (trailing != null) {
                Spacer(Modifier.width(8.dp))
                trailing()
            }
        }
        Box(Modifier.fillMaxWidth().padding(horizontal = 4.dp)) { status?.invoke() }
        HorizontalDivider(color = LocalPalette.current.line)
    }
}

@Composable
private fun Bottom(content: @Composable ColumnScope.() -> Unit) {
    Column(Modifier.fillMaxWidth().background(LocalPalette.current.surface)) {
        HorizontalDivider(color = LocalPalette.current.line)
        Column(
            Modifier.fillMaxWidth().padding(horizontal = 16.dp, vertical = 10.dp),
            verticalArrangement = Arrangement.spacedBy(6.dp),
            content = content,
        )
    }
}

/** The title of a part of a list, with how many it has. */
@Composable
fun SectionTitle(text: String, count: Int? = null, modifier: Modifier = Modifier) {
    Text(
        if (count == null) text else "$text  $count",
        modifier.fillMaxWidth().padding(top = 4.dp).semantics { heading() },
        style = MaterialTheme.typography.titleSmall,
        color = LocalPalette.current.quiet,
    )
}
