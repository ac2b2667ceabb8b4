package org.fieldbook.ui.signin

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.unit.dp
import org.fieldbook.Account
import org.fieldbook.text
import org.fieldbook.ui.app.AppModel
import org.fieldbook.ui.parts.DraftField
import org.fieldbook.ui.parts.Icons
import org.fieldbook.ui.parts.Marked
import org.fieldbook.ui.parts.ObjectCard
import org.fieldbook.ui.parts.Page
import org.fieldbook.ui.parts.PrimaryButton
import org.fieldbook.ui.parts.Quiet
import org.fieldbook.ui.parts.SecondaryButton
import org.fieldbook.ui.parts.SectionTitle
import org.fieldbook.ui.parts.TroubleCard
import org.fieldbook.ui.theme.LocalPalette
import org.fieldbook.ui.words.LocalStrings

/** Sign in by code, link or QR code. */
@Composable
fun SignInScreen(model: SignInModel, app: AppModel) {
    val strings = LocalStrings.current
    val busy by model.actions.busy.collectAsState()
    val trouble by model.actions.trouble.collectAsState()
    val fromLink by model.fromLink.collectAsState()
    Page(
        title = strings.signInTitle,
        back = model.back?.let { { app.back() } },
        bottom = {
            PrimaryButton(if (busy) strings.signingIn else strings.signIn, enabled = model.ready && !busy, onClick = model::signIn)
        },
    ) {
        item { Text(strings.signInHint, style = MaterialTheme.typography.bodyLarge) }
        (trouble ?: model.trouble)?.let { item { TroubleCard(it, app.device) } }
        item { SecondaryButton(strings.scanCode, Modifier.fillMaxWidth(), icon = Icons.Code, onClick = model::scan) }
        item {
            DraftField(
                model.code,
                strings.code,
                keyboard = KeyboardType.Ascii,
                hint = strings.codeHint,
                onDone = { if (model.ready) model.signIn() },
                onChange = model::typedCode,
            )
        }
        item { DraftField(model.server, strings.server, keyboard = KeyboardType.Uri, hint = strings.serverHint) }
        if (fromLink) item { Marked(Icons.Done, strings.filledFromLink, LocalPalette.current.good) }
        if (model.accounts.isNotEmpty()) {
            item { SectionTitle(strings.onThisPhoneAre) }
            model.accounts.forEach { account -> item { KeptAccount(account) } }
            item { Quiet(strings.accountsStay) }
        }
    }
}

/** Somebody whose records are on this phone; another person's sign-in does not touch them. */
@Composable
private fun KeptAccount(account: Account) {
    val strings = LocalStrings.current
    ObjectCard {
        Row(Modifier.fillMaxWidth(), horizontalArrangement = Arrangement.SpaceBetween) {
            Text(account.name, style = MaterialTheme.typography.titleMedium)
        }
        val unsent = account.unsent
        val waits = unsent.records.isNotEmpty() || unsent.parked > 0uL
        Quiet(if (waits) unsent.words.text(strings.language) else strings.everythingAccepted)
        account.setAside?.let { Quiet(strings.setAside) }
    }
}
