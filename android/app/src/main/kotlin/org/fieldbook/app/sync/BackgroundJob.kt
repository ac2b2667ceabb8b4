package org.fieldbook.app.sync

import android.app.job.JobParameters
import android.app.job.JobService
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
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

    /** Is the app in front? Then it says all of that itself. */
    val inFront: Boolean
}

/** Work for the person who is signed in, while the app is not in front. */
abstract class BackgroundJob : JobService() {
    private var running: Job? = null

    /** Does it. Did it come to an end that a repetition would not change? */
    protected abstract suspend fun work(background: Background, session: Session): Boolean

    override fun onStartJob(params: JobParameters): Boolean {
        val background = application as? Background ?: return false
        running = background.scope.launch {
            // Whatever goes wrong is tried again, and the system is told in any case: it counts an unfinished job against the app.
            var again = true
            try {
                again = background.session()?.let { !work(background, it) } ?: false
            } catch (_: FieldbookException) {
                again = true
            } finally {
                jobFinished(params, again)
            }
        }
        return true
    }

    /** The network went or the time is over: the work ends, and what was sent goes out again later. */
    override fun onStopJob(params: JobParameters): Boolean {
        running?.cancel()
        return true
    }
}
