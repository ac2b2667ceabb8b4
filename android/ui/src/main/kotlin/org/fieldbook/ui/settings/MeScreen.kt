package org.fieldbook.ui.settings

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import org.fieldbook.Language
import org.fieldbook.Unsent
import org.fieldbook.text
import org.fieldbook.ui.app.AppModel
import org.fieldbook.ui.app.Route
import org.fieldbook.ui.app.Workplace
import org.fieldbook.ui.app.orNull
import org.fieldbook.ui.parts.Choices
import org.fieldbook.ui.parts.Icons
import org.fieldbook.ui.parts.LinkRow
import org.fieldbook.ui.parts.ObjectCard
import org.fieldbook.ui.parts.Page
import org.fieldbook.ui.parts.PrimaryButton
import org.fieldbook.ui.parts.Quiet
import org.fieldbook.ui.parts.SecondaryButton
import org.fieldbook.ui.parts.SectionTitle
import org.fieldbook.ui.parts.Sheet
import org.fieldbook.ui.parts.StatusLine
import org.fieldbook.ui.parts.TroubleCard
import org.fieldbook.ui.words.LocalStrings

/** The person: the way to everything about the account and this phone. */
@Composable
fun MeScreen(app: AppModel, workplace: Workplace) {
    val scope = rememberCoroutineScope()
    val model = remember { MeModel(workplace, scope) }
    val organisation by workplace.organisation.collectAsState()
    val status by workplace.status.collectAsState()
    val trouble by model.actions.trouble.collectAsState()
    val unsent = model.unsent.collectAsState().value.orNull()
    var leaving by remember { mutableStateOf(false) }
    val strings = LocalStrings.current
    val go = workplace.navigator::go
    Page(title = strings.me, status = { StatusLine(workplace) }) {
        trouble?.let { item { TroubleCard(it, workplace.device, onRead = model.actions::read) } }
        item {
            ObjectCard {
                Text(workplace.account.name, style = MaterialTheme.typography.headlineSmall)
                organisation.me?.let { Quiet(listOfNotNull(strings.role(it.role), organisation.unitName).joinToString(" · ")) }
            }
        }
        item { LinkRow(strings.activity, icon = Icons.Pen) { go(Route.Activity()) } }
        if (!organisation.visits) item { LinkRow(strings.expenses, icon = Icons.Expenses) { go(Route.Expenses) } }
        item { LinkRow(strings.syncTitle, icon = Icons.Accepted) { go(Route.Sync) } }
        val attention = status?.totals?.attention?.toLong() ?: 0
        item {
            LinkRow(strings.needsAttention, icon = Icons.Attention, detail = if (attention > 0) strings.needAttention(attention) else null) {
                go(Route.Attention)
            }
        }
        item { SectionTitle(strings.languageTitle) }
        item { LanguageChoice(workplace, model) }
        item { SectionTitle(strings.about) }
        item { Quiet(strings.aboutText(model.version, workplace.account.server)) }
        item { SecondaryButton(strings.exportForSupport, Modifier.fillMaxWidth(), onClick = model::exportForSupport) }
        item { Quiet(strings.exportHint) }
        item { SecondaryButton(strings.signOut, Modifier.fillMaxWidth()) { leaving = true } }
    }
    if (leaving) SignOutSheet(unsent, onAway = { leaving = false }, onSignOut = app::signOut)
}

/** The languages in their own names; taking the choice back follows the phone. */
@Composable
private fun LanguageChoice(workplace: Workplace, model: MeModel) {
    val language by workplace.preferences.language.collectAsState()
    val names = mapOf(Language.EN to "English", Language.ZH to "简体中文")
    Choices(Language.entries, language, names::getValue) { chosen -> model.choose(chosen) }
}

/** Signing out names what is not on the server; it stays. */
@Composable
private fun SignOutSheet(unsent: Unsent?, onAway: () -> Unit, onSignOut: () -> Unit) {
    val strings = LocalStrings.current
    Sheet(title = strings.signOut, onAway = onAway, action = { PrimaryButton(strings.signOut, onClick = onSignOut) }) {
        Text(strings.signOutHint)
        if (unsent != null && (unsent.records.isNotEmpty() || unsent.parked > 0uL)) Text(unsent.words.text(strings.language))
    }
}
