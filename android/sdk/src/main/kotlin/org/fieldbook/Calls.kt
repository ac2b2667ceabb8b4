package org.fieldbook

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.callbackFlow
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.withContext

/** How the SDK calls the library: what touches the disk goes to [dispatcher], never to the caller's thread. */
internal class Calls(val dispatcher: CoroutineDispatcher) {
    /** Runs a call that touches the disk. */
    suspend fun <T> disk(call: () -> T): T = withContext(dispatcher) { sound(call) }

    /** Runs a call that the library answers later without waiting for anybody outside. */
    suspend fun <T> answered(call: suspend () -> T): T = withContext(dispatcher) { sound { call() } }

    /**
     * Runs a call that waits for the network or the platform. When the coroutine is cancelled the work ends too: the Rust
     * future is dropped, and its [NativeCancel] makes sure of it wherever it runs.
     */
    suspend fun <T> network(call: suspend (NativeCancel) -> T): T = NativeCancel().use { cancel ->
        try {
            withContext(dispatcher) { sound { call(cancel) } }
        } finally {
            cancel.cancel()
        }
    }

    /**
     * Asks [query] now and after every change of [topics], as long as somebody collects. Changes that come while a query
     * runs are answered by one more query, and the same answer twice is given once.
     */
    fun <T> live(live: NativeLive, topics: List<Topic>, query: () -> T): Flow<T> = callbackFlow {
        // A listener only leaves a mark: it is called on the thread that wrote.
        val listener = object : ChangeListener {
            override fun changed() {
                trySend(Unit)
            }
        }
        val watch = sound { live.watch(topics, listener) }
        trySend(Unit)
        awaitClose {
            watch.end()
            watch.close()
        }
    }.conflate().map { sound(query) }.distinctUntilChanged().flowOn(dispatcher)
}

/**
 * Makes a panic of the library an error like any other, so that a defect of it never ends an app; and a call that comes when
 * the records were let go already one that was stopped: a screen may still ask while the person signs out.
 */
private inline fun <T> sound(call: () -> T): T = try {
    call()
} catch (panic: InternalException) {
    throw defect(panic.message.orEmpty())
} catch (cancelled: CancellationException) {
    throw cancelled
} catch (closed: IllegalStateException) {
    throw FieldbookException.Cancelled()
}
