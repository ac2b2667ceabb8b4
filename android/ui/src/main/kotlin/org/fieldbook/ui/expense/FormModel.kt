package org.fieldbook.ui.expense

import kotlinx.coroutines.launch
import org.fieldbook.ApprovalId
import org.fieldbook.FieldType
import org.fieldbook.FilledField
import org.fieldbook.FormField
import org.fieldbook.FormValue
import org.fieldbook.ui.app.Actions
import org.fieldbook.ui.app.Draft
import org.fieldbook.ui.app.Workplace

/** The fields of a request's form: typed ones are drafts until the person leaves them, chosen ones are filled in at once. */
class FormModel(private val workplace: Workplace, private val approval: ApprovalId, private val actions: Actions) {
    private val approvals = workplace.session.approvals
    private val typed = mutableMapOf<String, Draft>()

    /** What is typed into a field of words, amounts or numbers. */
    fun draftOf(field: FormField, filled: FilledField?): Draft =
        typed.getOrPut(field.name) { workplace.draft("form/$approval/${field.name}", text(filled)) }

    /** Fills in a field, or empties it with null. */
    fun fill(field: FormField, value: FormValue?) {
        actions.run { approvals.setField(approval, field.name, value) }
    }

    /** Makes what was typed a part of the request. */
    suspend fun keep() {
        for ((name, draft) in typed) {
            if (!draft.isKept) continue
            val text = draft.text.trim()
            approvals.setField(approval, name, text.ifEmpty { null }?.let { FormValue.Text(it) })
            draft.done(after = text)
        }
    }

    /** The same when the person leaves a field, or the screen: the sign-in's scope outlives it. */
    fun keepLater() {
        workplace.scope.launch { runCatching { keep() } }
    }

    /** What a field says, as text. */
    fun text(filled: FilledField?): String = (filled?.value as? FormValue.Text)?.value.orEmpty()

    /** Is it typed in, and not chosen? */
    fun isTyped(field: FormField): Boolean =
        field.holds == FieldType.TEXT || field.holds == FieldType.AMOUNT || field.holds == FieldType.NUMBER
}
