package org.fieldbook

import kotlinx.coroutines.flow.Flow

/** Brings the phone and the server to the same. */
class Syncing internal constructor(private val sync: NativeSync, private val live: NativeLive, private val calls: Calls) :
    AutoCloseable {
    /** How sync goes and how much of the work is where, as it changes: the line under every title. */
    fun status(): Flow<SyncStatus> = calls.live(live, TOPICS) { sync.status() }

    /**
     * Syncs from now on by itself: when the person wrote something, when there is news, when the network is back. For the
     * time the app is in front; a background job calls [now].
     */
    suspend fun start() = calls.answered { sync.start() }

    /** Stops syncing by itself; what is under way is sent again another time. */
    suspend fun stop() = calls.disk { sync.stop() }

    /**
     * Exchanges until the phone and the server know the same. Cancelling the coroutine ends it; nothing is lost.
     *
     * @throws FieldbookException.Unreachable without a network.
     * @throws FieldbookException.SignInEnded when the person has to sign in again; unsent work stays.
     */
    suspend fun now(): SyncReport = calls.network { cancel -> sync.now(cancel) }

    /** The network is back, or the app is in front again: a wait ends now. */
    suspend fun wake() = calls.disk { sync.wake() }

    /** Is all of this phone's work on the server, as it changes? The answer rests on what the server signed. */
    fun receipt(): Flow<Delivery> = calls.live(live, TOPICS) { sync.receipt() }

    /** Every receipt that this phone keeps as a small file: what `fieldbook audit verify` takes. */
    suspend fun receiptsFile(): String = calls.disk { sync.receiptsFile() }

    internal fun end() = sync.stop()

    override fun close() = sync.close()

    private companion object {
        val TOPICS = listOf(Topic.STATUS)
    }
}
