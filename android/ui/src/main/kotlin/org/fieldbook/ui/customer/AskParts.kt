package org.fieldbook.ui.customer

import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.setValue
import org.fieldbook.AskedFor
import org.fieldbook.Customer
import org.fieldbook.CustomerRequest
import org.fieldbook.PersonId
import org.fieldbook.text
import org.fieldbook.ui.app.Workplace
import org.fieldbook.ui.parts.Choices
import org.fieldbook.ui.parts.DraftField
import org.fieldbook.ui.parts.Icons
import org.fieldbook.ui.parts.Marked
import org.fieldbook.ui.parts.ObjectCard
import org.fieldbook.ui.parts.PersonChoice
import org.fieldbook.ui.parts.PrimaryButton
import org.fieldbook.ui.parts.Quiet
import org.fieldbook.ui.parts.SectionTitle
import org.fieldbook.ui.parts.Sheet
import org.fieldbook.ui.parts.TroubleCard
import org.fieldbook.ui.theme.LocalPalette
import org.fieldbook.ui.words.LocalFormats
import org.fieldbook.ui.words.LocalStrings
import org.fieldbook.ui.words.Strings

/** Asks the server for something about a customer: a claim of the pool, or one of what can be asked for. */
@Composable
internal fun AskSheet(workplace: Workplace, customer: Customer, onAway: () -> Unit) {
    val scope = rememberCoroutineScope()
    val model = remember { AskModel(workplace, customer.id, scope) }
    val organisation by workplace.organisation.collectAsState()
    val trouble by model.actions.trouble.collectAsState()
    val busy by model.actions.busy.collectAsState()
    val strings = LocalStrings.current
    val claims = customer.pool != null
    val kinds = remember(organisation) { askable(organisation) }
    var what by remember { mutableStateOf(if (claims) AskedFor.CLAIM else kinds.first()) }
    var to by remember { mutableStateOf<PersonId?>(null) }
    var grade by remember { mutableStateOf<String?>(null) }
    val complete = when (what) {
        AskedFor.CLAIM, AskedFor.RELEASE -> true
        AskedFor.OWNER -> to != null
        AskedFor.GRADE -> grade != null
    }
    Sheet(
        title = if (claims) strings.claimTitle else strings.askForTitle,
        onAway = onAway,
        action = {
            PrimaryButton(if (claims) strings.claim else strings.ask, enabled = complete && !busy) { model.ask(what, to, grade, onAway) }
        },
    ) {
        if (!claims) Choices(kinds, what, { kindWords(it, strings).first }) { it?.let { chosen -> what = chosen } }
        Quiet(kindWords(what, strings).second)
        if (what == AskedFor.GRADE) {
            val grades = organisation.house?.cycles.orEmpty().map { it.grade }.filter { it != customer.grade }
            Choices(grades, grade, strings::grade) { grade = it }
        }
        if (what == AskedFor.OWNER) PersonChoice(successors(organisation, customer.owner), to, strings.toWhom) { to = it }
        DraftField(model.why, strings.whyField, lines = 2)
        trouble?.let { TroubleCard(it, workplace.device) }
    }
}

/** What it is called, and what follows from it. */
private fun kindWords(what: AskedFor, strings: Strings): Pair<String, String> = when (what) {
    AskedFor.CLAIM -> strings.claim to strings.claimHint
    AskedFor.RELEASE -> strings.release to strings.releaseHint
    AskedFor.OWNER -> strings.askOwner to strings.askOwnerHint
    AskedFor.GRADE -> strings.askGrade to strings.askGradeHint
}

/** What people asked for about this customer, and what the server said. */
@Composable
internal fun RequestsAsked(workplace: Workplace, requests: List<CustomerRequest>) {
    val strings = LocalStrings.current
    SectionTitle(strings.requestsAsked, requests.size)
    requests.forEach { AskedCard(workplace, it) }
}

@Composable
private fun AskedCard(workplace: Workplace, request: CustomerRequest) {
    val (strings, formats, palette) = Triple(LocalStrings.current, LocalFormats.current, LocalPalette.current)
    val organisation by workplace.organisation.collectAsState()
    val who = if (request.by == workplace.account.person) strings.you else organisation.nameOf(request.by) ?: strings.somebody
    ObjectCard {
        Text(
            strings.asked(request.asked, request.newOwner?.let(organisation::nameOf), request.newGrade),
            style = MaterialTheme.typography.titleMedium,
        )
        Quiet("$who · ${formats.moment(request.at)}")
        request.note?.let { Text("“$it”", style = MaterialTheme.typography.bodyMedium) }
        val reply = request.reply
        when {
            reply == null -> Marked(Icons.Hourglass, strings.waitingForServer, palette.doubt)
            reply.granted -> Marked(Icons.Accepted, strings.granted, palette.good)
            else -> {
                Marked(Icons.NoPlace, strings.notGranted, palette.doubt)
                Text(reply.words.text(strings.language), style = MaterialTheme.typography.bodyMedium)
            }
        }
    }
}
