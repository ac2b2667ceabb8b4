package org.fieldbook.ui.app

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import org.fieldbook.FieldbookException
import org.fieldbook.ui.words.Strings
import kotlin.time.Duration.Companion.seconds

/**
 * A decision or a discard that the person can take back for ten seconds; then it is done. It is done earlier when they do the
 * next one or leave the app: what somebody said must not get lost because they put the phone away.
 */
class Undo(private val scope: CoroutineScope) {
    /** Something that is about to be done. */
    class Pending internal constructor(
        /** What it is, to be said beside "undo". */
        val what: Said,
        /** What a screen hides or marks meanwhile, for example the request's id. */
        val subject: Any,
        internal val work: suspend () -> Unit,
    ) {
        internal var timer: Job? = null
    }

    private val mutablePending = MutableStateFlow<Pending?>(null)
    private val mutableTrouble = MutableStateFlow<FieldbookException?>(null)

    /** What can still be taken back. */
    val pending: StateFlow<Pending?> = mutablePending.asStateFlow()

    /** Why the last one could not be done. */
    val trouble: StateFlow<FieldbookException?> = mutableTrouble.asStateFlow()

    /** Does [work] in ten seconds unless the person takes it back. */
    fun offer(what: Said, subject: Any, work: suspend () -> Unit) {
        val before = mutablePending.value
        val next = Pending(what, subject, work)
        mutablePending.value = next
        mutableTrouble.value = null
        before?.let { scope.launch { finish(it) } }
        next.timer = scope.launch {
            delay(TIME)
            if (mutablePending.compareAndSet(next, null)) finish(next)
        }
    }

    /** Takes it back. */
    fun takeBack() {
        val pending = mutablePending.value ?: return
        if (mutablePending.compareAndSet(pending, null)) pending.timer?.cancel()
    }

    /** Does it now: the person leaves the app, or goes on. */
    suspend fun settle() {
        val pending = mutablePending.value ?: return
        if (mutablePending.compareAndSet(pending, null)) finish(pending)
    }

    /** The person has read it. */
    fun read() {
        mutableTrouble.value = null
    }

    private suspend fun finish(pending: Pending) = withContext(NonCancellable) {
        try {
            pending.work()
        } catch (error: FieldbookException) {
            mutableTrouble.value = error
        }
    }

    companion object {
        /** How long something can be taken back. */
        val TIME = 10.seconds
    }
}

/** A sentence in whichever language the screen is in. */
typealias Said = (Strings) -> String
