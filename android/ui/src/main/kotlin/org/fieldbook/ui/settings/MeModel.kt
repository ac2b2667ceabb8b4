package org.fieldbook.ui.settings

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.map
import org.fieldbook.Fieldbook
import org.fieldbook.Language
import org.fieldbook.Unsent
import org.fieldbook.ui.app.Actions
import org.fieldbook.ui.app.Shown
import org.fieldbook.ui.app.Workplace

/** The account, the language, and what support needs. */
class MeModel(private val workplace: Workplace, scope: CoroutineScope) {
    private val session = workplace.session

    /** What goes on. */
    val actions = Actions(scope)

    /** What the server does not have, as it changes. */
    val unsent: StateFlow<Shown<Unsent>> = actions.shown(session.sync.status().map { session.unsent() })

    /** The version of the app's library. */
    val version: String get() = Fieldbook.version

    /** Chooses the language, or follows the system. */
    fun choose(language: Language?) = workplace.preferences.choose(language)

    /**
     * Hands what support needs to another app: versions, how sync goes, receipts, what was not accepted with the person's
     * own text in it. The screen says so before.
     */
    fun exportForSupport() {
        actions.run { workplace.device.share("fieldbook-support.json", session.supportReport()) }
    }
}
