package org.fieldbook.app.sync

import android.app.job.JobParameters
import android.app.job.JobService
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import org.fieldbook.FieldbookException
import org.fieldbook.Session

/** What a job needs of the application. */
interface Background {
    /** Lives as long as the process. */
    val scope: CoroutineScope

    /** The work of the person who is signed in; null when nobody is. */
    suspend fun session(): Session?

    /** Says what the person should know while the app is not in front. */
    val notices: Notices
}

/**
 * Sends and fetches while the app is not in front. The system starts it when there is a network, also out of doze's windows
 * and after a restart of the phone.
 */
class SyncJob : JobService() {
    private var running: Job? = null

    override fun onStartJob(params: JobParameters): Boolean {
        val background = application as? Background ?: return false
        running = background.scope.launch {
            jobFinished(params, !sync(background))
        }
        return true
    }

    /** The network went or the time is over: the exchange ends, what was sent goes out again later. */
    override fun onStopJob(params: JobParameters): Boolean {
        running?.cancel()
        return true
    }

    /** Did it come to an end that a repetition would not change? */
    private suspend fun sync(background: Background): Boolean {
        val session = background.session() ?: return true
        val done = try {
            session.sync.now()
            true
        } catch (error: FieldbookException) {
            if (error is FieldbookException.SignInEnded) background.notices.signInEnded()
            error !is FieldbookException.Unreachable && error !is FieldbookException.Busy
        }
        background.notices.show(
            attention = session.sync.status().first().totals.attention.toLong(),
            waiting = session.approvals.inbox().first().size,
        )
        return done
    }
}
