package org.fieldbook

import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import java.io.File

/**
 * Fieldbook on one phone: everybody's records, each person's in a replica of their own.
 *
 * Make one in the application and keep it: one process opens a folder at a time. Every call suspends and works off the
 * caller's thread, so that all of it may be called from the main one.
 *
 * ```kotlin
 * val fieldbook = Fieldbook.open(File(context.noBackupFilesDir, "fieldbook"), platform)
 * val session = fieldbook.resume() ?: fieldbook.signIn(link, "Mei's phone")
 * session.sync.start()
 * session.visits.today().collect { day -> … }
 * ```
 */
class Fieldbook private constructor(private val phone: Phone, private val calls: Calls) : AutoCloseable {
    /** Everybody who has records on this phone, the latest sign-in first. */
    suspend fun accounts(): List<Account> = calls.disk { phone.accounts() }

    /**
     * The session of the person who is signed in, null when nobody is. Needs no network.
     *
     * @throws FieldbookException.KeyLost when the key of their records is gone: show it, then the sign-in.
     * @throws FieldbookException.FileDamaged offer [recover].
     * @throws FieldbookException.Update when a newer app wrote the records.
     */
    suspend fun resume(): Session? = calls.disk { phone.resume()?.let { Session(it, calls) } }

    /** What a link or a QR code says, to be shown before it is used. */
    suspend fun readLink(link: String): EnrolmentLink = calls.disk { phone.readLink(link) }

    /**
     * Signs a person in. Somebody who was here before gets their own records back with everything unsent; whoever was
     * signed in is signed out and keeps theirs.
     *
     * @param server the server's address, for example `https://fieldbook.example`.
     * @param code the one-time code, as typed.
     * @param phoneName what the person calls this phone.
     * @throws FieldbookException.Code when the code is unknown, used or expired.
     * @throws FieldbookException.Unreachable without a network; the code is good for another try.
     */
    suspend fun signIn(server: String, code: String, phoneName: String): Session =
        calls.network { cancel -> Session(phone.signIn(server, code, phoneName, cancel), calls) }

    /** Signs a person in with a link or a QR code, as [signIn] with its parts. */
    suspend fun signIn(link: String, phoneName: String): Session {
        val parts = readLink(link)
        return signIn(parts.server, parts.code, phoneName)
    }

    /**
     * Begins anew beside the damaged records of an account: the file is kept, and what still reads of the unsent work waits
     * under "needs attention". Sign in again unless [Recovered.signedIn].
     */
    suspend fun recover(account: AccountId): Recovered = calls.disk { phone.recover(account) }

    /** Lets the library go; open sessions stay usable until they are closed themselves. */
    override fun close() = phone.close()

    companion object {
        /**
         * Opens the records in [folder]: private to the app and in no backup.
         *
         * @param platform what the phone gives; with a key store the records are encrypted.
         * @param dispatcher where calls that touch the disk run.
         */
        suspend fun open(
            folder: File,
            platform: Platform,
            dispatcher: CoroutineDispatcher = Dispatchers.IO,
        ): Fieldbook = Calls(dispatcher).let { calls -> Fieldbook(calls.disk { Phone.open(folder.path, platform) }, calls) }

        /** Can this build encrypt records? */
        val canEncrypt: Boolean get() = org.fieldbook.canEncrypt()

        /** The version of the library. */
        val version: String get() = org.fieldbook.version()

        /** Sends the library's log to [sink] from [least] on; only the first call of a process counts. */
        fun log(least: LogLevel, sink: LogSink): Boolean = startLog(sink, least)
    }
}
