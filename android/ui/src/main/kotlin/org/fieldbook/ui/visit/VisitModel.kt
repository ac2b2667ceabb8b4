package org.fieldbook.ui.visit

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.launch
import org.fieldbook.StepValue
import org.fieldbook.TimelineItem
import org.fieldbook.VisitId
import org.fieldbook.VisitPage
import org.fieldbook.ui.app.Actions
import org.fieldbook.ui.app.Shown
import org.fieldbook.ui.app.Workplace
import java.time.OffsetDateTime

/** A visit from its plan to its end. */
class VisitModel(private val workplace: Workplace, private val visit: VisitId, scope: CoroutineScope) {
    private val visits = workplace.session.visits

    /** What goes on. */
    val actions = Actions(scope)

    /** The visit's page; null when it is not on this phone. */
    val page: StateFlow<Shown<VisitPage?>> = actions.shown(visits.page(visit))

    /** The notes. */
    val notes = Notes(workplace, visit)

    /** The steps of the house's template, each with its current result. */
    fun steps(page: VisitPage): List<Step> {
        val template = workplace.organisation.value.house?.steps.orEmpty()
        val done = page.steps.associateBy { it.detail.orEmpty() }
        return (template + done.keys.filter { it !in template }).map { Step(it, done[it]) }
    }

    /** What is typed into a step before it is saved. */
    fun draftOf(step: String) = workplace.draft("step/$visit/$step")

    /** Records the result of a step; an earlier one stays in the visit's history. */
    fun record(step: String, value: StepValue, saved: () -> Unit) {
        actions.run {
            visits.recordStep(visit, step, value)
            draftOf(step).done()
            saved()
        }
    }

    /** Moves the plan. */
    fun move(start: OffsetDateTime, saved: () -> Unit) {
        actions.run {
            visits.reschedule(visit, start)
            saved()
        }
    }
}

/** A step of a visit's template. */
data class Step(val name: String, val result: TimelineItem?) {
    /** How its result is put in. The template says names only; these are the ones of the house's first template. */
    val input: StepInput
        get() = when (name) {
            "stock", "order" -> StepInput.COUNT
            "display", "promotion" -> StepInput.TRUTH
            else -> StepInput.WORDS
        }
}

/** How a result is put in. */
enum class StepInput {
    /** A number. */
    COUNT,

    /** In order or not. */
    TRUTH,

    /** Words. */
    WORDS,
}

/** The notes of a visit: a draft from the first letter on, a change of the record when the person leaves them. */
class Notes(private val workplace: Workplace, private val visit: VisitId) {
    /** What is in the field. */
    val draft = workplace.draft("notes/$visit")
    private val seen = workplace.draft("notes-seen/$visit")
    private var recorded = ""
    private var touched = false

    /** What the record says now. What somebody is typing stays in front of them. */
    fun show(text: String) {
        recorded = text
        if (!touched) draft.show(text)
    }

    /** Somebody types. What they saw before is kept, too: others' changes are merged with theirs. */
    fun type(text: String) {
        if (!touched && !seen.isKept) seen.text = recorded
        touched = true
        draft.text = text
    }

    /** Makes what was typed a change of the record. */
    suspend fun save() {
        val text = draft.text
        if (!touched && !draft.isKept) return
        if (text != seen.text) workplace.session.visits.setNotes(visit, seen.text, text)
        recorded = text
        touched = false
        draft.done(after = text)
        seen.done()
    }

    /** The same when the screen goes: the sign-in's scope outlives it. */
    fun saveLater() {
        workplace.scope.launch { runCatching { save() } }
    }
}
