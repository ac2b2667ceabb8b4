package org.fieldbook.ui.attention

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.map
import org.fieldbook.ParkedItem
import org.fieldbook.RecordKind
import org.fieldbook.TypedField
import org.fieldbook.ui.app.Actions
import org.fieldbook.ui.app.Shown
import org.fieldbook.ui.app.Workplace

/** What was not accepted, with the name of what it is about, and what was parked only because it follows it. */
data class Parked(val item: ParkedItem, val about: String?, val followers: List<ParkedItem> = emptyList()) {
    /** The person's own words. */
    val ownWords: List<TypedField> get() = item.ownWords()

    /** The step that it is about, when it is about one. */
    val step: String? get() = item.typed.find { it.name == "step" }?.value

    /** Can it become a line of the visit's notes? */
    val fitsNotes: Boolean get() = item.kind == RecordKind.VISIT && ownWords.isNotEmpty()

    /** How many characters of the person's own text it and its followers hold: what goes when it is discarded. */
    val characters: Int get() = (followers + item).sumOf { one -> one.ownWords().sumOf { it.value.length } }

    private companion object {
        /** What was chosen and not typed: it shows by its name, not as somebody's words. */
        val CHOSEN = setOf("step", "start", "date", "category", "owner", "to", "currency")

        fun ParkedItem.ownWords() = typed.filter { it.value.isNotBlank() && it.name !in CHOSEN }
    }
}

/** What was not accepted: fix and resend, keep as a note, export, discard. Nothing of it goes away by itself. */
class AttentionModel(private val workplace: Workplace, scope: CoroutineScope) {
    private val parked = workplace.session.parked

    /** What goes on. */
    val actions = Actions(scope)

    /** All of it, the oldest first. */
    val all: StateFlow<Shown<List<Parked>>> = actions.shown(named())

    /** The field of an item that is put in other words. */
    fun field(item: ParkedItem, field: TypedField) = workplace.draft("parked/${item.id}/${field.name}", field.value)

    /** Sends it again as it was. */
    fun resend(item: ParkedItem) {
        actions.run { parked.resend(item.id) }
    }

    /** Sends it again in other words. */
    fun correct(item: ParkedItem, fields: List<TypedField>, sent: () -> Unit) {
        actions.run {
            parked.resend(item.id, *fields.toTypedArray())
            fields.forEach { field(item, it).done() }
            sent()
        }
    }

    /** Keeps its words as a line of the visit's notes. */
    fun keepAsNote(item: ParkedItem) {
        actions.run { parked.keepAsNote(item.id) }
    }

    /** Hands all of it to another app. */
    fun export() {
        actions.run { workplace.device.share("fieldbook-needs-attention.json", parked.export()) }
    }

    /** Throws it away, with what only follows it, in ten seconds unless the person takes it back. */
    fun discard(one: Parked) {
        val gone = (one.followers + one.item).map { it.id }.toSet()
        workplace.undo.offer({ it.discarded(one.characters, one.followers.size) }, gone) { parked.discardWithFollowers(one.item.id) }
    }

    private fun named(): Flow<List<Parked>> = parked.all().map { items -> items.map { Parked(it, aboutOf(it), parked.followers(it.id)) } }

    private suspend fun aboutOf(item: ParkedItem): String? = with(workplace.session) {
        when (item.kind) {
            RecordKind.CUSTOMER -> customers.page(item.record.asCustomer).first()?.customer?.name
            RecordKind.VISIT -> visits.page(item.record.asVisit).first()?.visit?.customerName
            RecordKind.APPROVAL -> approvals.page(item.record.asApproval).first()?.approval?.title
            RecordKind.ACTIVITY, RecordKind.CHECK_IN -> null
        }
    }
}
