package org.fieldbook.ui.app

import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import org.fieldbook.Fix
import org.fieldbook.Position
import org.fieldbook.Visits

/**
 * Where the phone was when it was last asked. It is asked when somebody checks in or out, or taps "near me"; nothing is kept
 * when the app ends, and nothing follows a person around.
 */
class Whereabouts(private val visits: Visits) {
    private val mutableFix = MutableStateFlow<Fix?>(null)

    /** What asking brought last; null when nobody asked. */
    val fix: StateFlow<Fix?> = mutableFix.asStateFlow()

    /** The last place, if there is one. */
    val position: Position? get() = (mutableFix.value as? Fix.Found)?.reading?.position

    /** Asks now. */
    suspend fun ask(patienceMs: Long = 10_000): Fix = visits.locate(patienceMs).also { mutableFix.value = it }
}
