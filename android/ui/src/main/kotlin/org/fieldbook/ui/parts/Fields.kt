package org.fieldbook.ui.parts

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.text.KeyboardActions
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.OutlinedTextFieldDefaults
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.text.input.KeyboardCapitalization
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.unit.dp
import org.fieldbook.ui.app.Draft
import org.fieldbook.ui.theme.LocalPalette

/** A field whose text is kept from the first letter on. */
@Composable
fun DraftField(
    draft: Draft,
    label: String,
    modifier: Modifier = Modifier,
    lines: Int = 1,
    keyboard: KeyboardType = KeyboardType.Text,
    hint: String? = null,
    onDone: (() -> Unit)? = null,
    onChange: (String) -> Unit = { draft.text = it },
) {
    WordsField(draft.text, onChange, label, modifier, lines, keyboard, hint, onDone)
}

/** A field to type in. */
@Composable
fun WordsField(
    text: String,
    onChange: (String) -> Unit,
    label: String,
    modifier: Modifier = Modifier,
    lines: Int = 1,
    keyboard: KeyboardType = KeyboardType.Text,
    hint: String? = null,
    onDone: (() -> Unit)? = null,
) {
    OutlinedTextField(
        text,
        onChange,
        modifier.fillMaxWidth(),
        label = { Text(label) },
        supportingText = hint?.let { { Text(it) } },
        singleLine = lines == 1,
        minLines = lines,
        keyboardOptions = KeyboardOptions(
            capitalization = if (keyboard == KeyboardType.Text) KeyboardCapitalization.Sentences else KeyboardCapitalization.None,
            keyboardType = keyboard,
            imeAction = if (lines == 1) ImeAction.Done else ImeAction.Default,
        ),
        keyboardActions = KeyboardActions(onDone = { onDone?.invoke() ?: defaultKeyboardAction(ImeAction.Done) }),
        colors = OutlinedTextFieldDefaults.colors(
            unfocusedBorderColor = LocalPalette.current.quiet,
            focusedContainerColor = LocalPalette.current.surface,
            unfocusedContainerColor = LocalPalette.current.surface,
        ),
    )
}

/** Ready answers to choose one from; a second tap takes it back. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
fun <T> Choices(all: List<T>, chosen: T?, text: (T) -> String, modifier: Modifier = Modifier, onChoose: (T?) -> Unit) {
    FlowRow(modifier.fillMaxWidth(), horizontalArrangement = Arrangement.spacedBy(8.dp)) {
        all.forEach { one -> Choice(text(one), one == chosen) { onChoose(if (one == chosen) null else one) } }
    }
}
