package org.fieldbook.ui.app

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.catch
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.launch
import org.fieldbook.FieldbookException

/**
 * What a person asked for on one screen: one thing at a time, so that a second tap does nothing twice, and what went wrong
 * stays to be read until they go on.
 */
class Actions(private val scope: CoroutineScope) {
    private val mutableBusy = MutableStateFlow(false)
    private val mutableTrouble = MutableStateFlow<FieldbookException?>(null)

    /** Is something under way? */
    val busy: StateFlow<Boolean> = mutableBusy.asStateFlow()

    /** What went wrong last; null once the person has read it or something else worked. */
    val trouble: StateFlow<FieldbookException?> = mutableTrouble.asStateFlow()

    /** Does [work] unless something is under way. */
    fun run(work: suspend () -> Unit): Job? {
        if (!mutableBusy.compareAndSet(expect = false, update = true)) return null
        return scope.launch {
            mutableTrouble.value = null
            try {
                work()
            } catch (error: FieldbookException) {
                mutableTrouble.value = error
            } finally {
                mutableBusy.value = false
            }
        }
    }

    /** Does [work] beside what goes on, for what a screen asks by itself; what went wrong is the trouble. */
    suspend fun aside(work: suspend () -> Unit) {
        try {
            work()
        } catch (error: FieldbookException) {
            mutableTrouble.value = error
        }
    }

    /** The person has read it. */
    fun read() {
        mutableTrouble.value = null
    }

    /** What [flow] says, as long as a screen looks; when asking fails, that is the trouble. */
    fun <T> shown(flow: Flow<T>): StateFlow<Shown<T>> = flow
        .map<T, Shown<T>> { Shown.Ready(it) }
        .catch { if (it is FieldbookException) mutableTrouble.value = it else throw it }
        .stateIn(scope, SharingStarted.WhileSubscribed(stopTimeoutMillis = 2_000), Shown.Waiting)
}

/** What a screen shows of something that takes a moment to ask. */
sealed interface Shown<out T> {
    /** Not answered yet. */
    data object Waiting : Shown<Nothing>

    /** The last answer. */
    data class Ready<T>(val value: T) : Shown<T>
}

/** The last answer, if there is one. */
fun <T> Shown<T>.orNull(): T? = (this as? Shown.Ready)?.value
