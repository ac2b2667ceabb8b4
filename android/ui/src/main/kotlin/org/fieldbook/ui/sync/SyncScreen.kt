package org.fieldbook.ui.sync

import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.produceState
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import org.fieldbook.Delivery
import org.fieldbook.Phase
import org.fieldbook.SyncStatus
import org.fieldbook.Totals
import org.fieldbook.ui.app.Actions
import org.fieldbook.ui.app.Route
import org.fieldbook.ui.app.Shown
import org.fieldbook.ui.app.Workplace
import org.fieldbook.ui.app.orNull
import org.fieldbook.ui.format.asSentence
import org.fieldbook.ui.parts.Bar
import org.fieldbook.ui.parts.ClockNote
import org.fieldbook.ui.parts.Icons
import org.fieldbook.ui.parts.LinkRow
import org.fieldbook.ui.parts.LocalUnanswered
import org.fieldbook.ui.parts.Marked
import org.fieldbook.ui.parts.ObjectCard
import org.fieldbook.ui.parts.Page
import org.fieldbook.ui.parts.PrimaryButton
import org.fieldbook.ui.parts.Quiet
import org.fieldbook.ui.parts.SecondaryButton
import org.fieldbook.ui.parts.SectionTitle
import org.fieldbook.ui.parts.TroubleCard
import org.fieldbook.ui.parts.skeleton
import org.fieldbook.ui.signin.part
import org.fieldbook.ui.theme.LocalPalette
import org.fieldbook.ui.words.LocalFormats
import org.fieldbook.ui.words.LocalStrings
import java.time.Duration
import java.time.Instant
import kotlin.time.Duration.Companion.seconds

/** What is where, and the proof of it. */
class SyncModel(private val workplace: Workplace, scope: CoroutineScope) {
    private val sync = workplace.session.sync
    private val mutableStored = MutableStateFlow<Long?>(null)

    /** What goes on. */
    val actions = Actions(scope)

    /** How sync goes. */
    val status: StateFlow<SyncStatus?> = workplace.status

    /** What the server signed. */
    val receipt: StateFlow<Shown<Delivery>> = actions.shown(sync.receipt())

    /** How much of the phone the records take, in bytes. */
    val stored: StateFlow<Long?> = mutableStored.asStateFlow()

    /** Tries now; an answer of the network shows as trouble, nothing is lost. */
    fun tryNow() {
        actions.run { sync.now() }
    }

    /** Hands the receipts to another app. */
    fun shareReceipts() {
        actions.run { workplace.device.share("fieldbook-receipts.txt", sync.receiptsFile()) }
    }

    /** Measures what the records take. */
    suspend fun measure() = actions.aside { mutableStored.value = workplace.session.storageBytes() }
}

/** What is on this phone, what was sent, what was accepted; when the server was last reached; the receipt. */
@Composable
fun SyncScreen(workplace: Workplace) {
    val scope = rememberCoroutineScope()
    val model = remember { SyncModel(workplace, scope) }
    val status by model.status.collectAsState()
    val receipt = model.receipt.collectAsState().value.orNull()
    val trouble by model.actions.trouble.collectAsState()
    val busy by model.actions.busy.collectAsState()
    val stored by model.stored.collectAsState()
    val (strings, formats) = LocalStrings.current to LocalFormats.current
    LaunchedEffect(model) { model.measure() }
    Page(
        title = strings.syncTitle,
        back = { workplace.navigator.back() },
        bottom = { PrimaryButton(if (busy) strings.trying else strings.tryNow, enabled = !busy, onClick = model::tryNow) },
    ) {
        val known = status ?: return@Page skeleton()
        (trouble ?: known.trouble)?.let { item { TroubleCard(it, workplace.device) } }
        known.clock?.let { off -> item(key = "clock") { ClockNote(off, workplace.device) } }
        item(key = "totals") { TotalsCard(known.totals) }
        if (known.totals.attention > 0uL) {
            item { LinkRow(strings.needAttention(known.totals.attention.toLong())) { workplace.navigator.go(Route.Attention) } }
        }
        contact(known)
        receipt?.let { item(key = "receipt") { ReceiptCard(it, known.totals, model) } }
        item { SectionTitle(strings.thisPhone) }
        item {
            Quiet(
                listOfNotNull(
                    strings.records(formats.count(known.totals.records.toLong())),
                    stored?.let { strings.storage(formats.count(it / 1_000_000)) },
                ).joinToString(" · "),
            )
        }
    }
}

private fun LazyListScope.contact(status: SyncStatus) = item(key = "contact") {
    val (strings, formats) = LocalStrings.current to LocalFormats.current
    val wait = (status.phase as? Phase.Waiting)?.let { secondsUntil(it.until) }
    ObjectCard {
        Text(
            (status.lastContact?.let { strings.lastContact(formats.moment(it)) } ?: strings.noContactYet).asSentence(),
            style = MaterialTheme.typography.titleMedium,
        )
        Quiet(
            when (status.phase) {
                Phase.Exchanging -> if (status.arriving == null) strings.syncing else strings.receiving
                Phase.UpToDate -> strings.upToDate
                Phase.Stopped -> strings.syncStopped
                is Phase.Waiting -> strings.retryIn(wait ?: 0)
            },
        )
        status.arriving?.let { Bar(it.part) }
    }
}

/** The seconds until then, counted down as they pass. */
@Composable
private fun secondsUntil(moment: Instant): Long {
    val formats = LocalFormats.current
    fun left() = Duration.between(formats.now, moment).seconds.coerceAtLeast(0)
    val seconds by produceState(left(), moment, formats) {
        value = left()
        while (value > 0) {
            delay(1.seconds)
            value = left()
        }
    }
    return seconds
}

@Composable
private fun TotalsCard(totals: Totals) {
    val (strings, formats, palette) = Triple(LocalStrings.current, LocalFormats.current, LocalPalette.current)
    val all = totals.accepted + totals.sent + totals.onPhone + totals.attention
    ObjectCard {
        Text(
            strings.acceptedOf(formats.count(totals.accepted.toLong()), formats.count(all.toLong())),
            style = MaterialTheme.typography.titleLarge,
        )
        if (all > 0uL) Bar(totals.accepted.toFloat() / all.toFloat())
        Marked(Icons.OnPhone, "${strings.onThisPhone}  ${formats.count(totals.onPhone.toLong())}", palette.quiet)
        val sent = if (LocalUnanswered.current) strings.sentUnanswered else strings.sent
        Marked(Icons.Sent, "$sent  ${formats.count(totals.sent.toLong())}", palette.quiet)
        Marked(Icons.Accepted, "${strings.accepted}  ${formats.count(totals.accepted.toLong())}", palette.good)
        if (totals.attention > 0uL) {
            Marked(Icons.Attention, "${strings.needsAttention}  ${formats.count(totals.attention.toLong())}", palette.attention)
        }
        totals.oldestPending?.let { Quiet(strings.oldestFrom(formats.moment(it))) }
    }
}

/** A sentence to show to a boss, with number and time; the proof is a file. */
@Composable
private fun ReceiptCard(receipt: Delivery, totals: Totals, model: SyncModel) {
    val (strings, formats, palette) = Triple(LocalStrings.current, LocalFormats.current, LocalPalette.current)
    val signed = receipt.signedAt?.let { formats.moment(it) }
    ObjectCard {
        SectionTitle(strings.receipt)
        if (receipt.allOnServer && signed != null) {
            Marked(Icons.Accepted, strings.allOnServer(formats.count(receipt.delivered.toLong()), signed), palette.good)
        } else {
            Text(strings.notAllOnServer(formats.count(receipt.waiting.toLong() + receipt.parked.toLong())))
            if (signed != null) Quiet(strings.signedFor(formats.count(receipt.stored.toLong()), signed))
        }
        receipt.number?.let { Quiet(strings.receiptNumberOf(formats.count(it.toLong()))) }
        if (signed != null && totals.accepted > 0uL) SecondaryButton(strings.receiptDetails, onClick = model::shareReceipts)
    }
}
