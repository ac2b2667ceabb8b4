package org.fieldbook.app.sync

import android.app.job.JobInfo
import android.app.job.JobScheduler
import android.content.ComponentName
import android.content.Context
import org.fieldbook.app.device.service
import java.time.Duration
import java.time.ZonedDateTime

/**
 * When the [SyncJob] runs: now and then, and as soon as there is a network after the app was left with unsent work; and when
 * the [DueJob] does: each morning.
 *
 * @param now the phone's time.
 */
class Schedule(private val context: Context, private val now: () -> ZonedDateTime = ZonedDateTime::now) {
    private val scheduler: JobScheduler = context.service()

    /** Syncs now and then from now on; survives restarts. Asking again changes nothing. */
    fun nowAndThen() {
        if (scheduler.getPendingJob(REGULAR) != null) return
        scheduler.schedule(job(REGULAR).setPeriodic(PERIOD_MS).setPersisted(true).build())
    }

    /** Syncs once, as soon as there is a network. */
    fun soon() {
        val once = job(ONCE).setBackoffCriteria(BACKOFF_MS, JobInfo.BACKOFF_POLICY_EXPONENTIAL).setPersisted(true).build()
        scheduler.schedule(once)
    }

    /** Reminds the next morning of who is due; survives restarts. Asking again changes nothing, but for [again]. */
    fun morning(again: Boolean = false) {
        if (!again && scheduler.getPendingJob(MORNING) != null) return
        val moment = now()
        val today = moment.toLocalDate().atTime(HOUR, 0).atZone(moment.zone)
        val wait = Duration.between(moment, if (moment < today) today else today.plusDays(1)).toMillis()
        val job = JobInfo.Builder(MORNING, ComponentName(context, DueJob::class.java))
        scheduler.schedule(job.setMinimumLatency(wait).setOverrideDeadline(wait + LATE_MS).setPersisted(true).build())
    }

    /** Nobody is signed in: nothing to sync, nobody to remind. */
    fun never() {
        scheduler.cancel(MORNING)
        scheduler.cancel(REGULAR)
        scheduler.cancel(ONCE)
    }

    private fun job(id: Int) =
        JobInfo.Builder(id, ComponentName(context, SyncJob::class.java)).setRequiredNetworkType(JobInfo.NETWORK_TYPE_ANY)

    companion object {
        /** The job that repeats. */
        const val REGULAR = 1

        /** The job that runs once. */
        const val ONCE = 2

        /** The job that reminds. */
        const val MORNING = 3

        /** When a day begins. */
        private const val HOUR = 8
        private const val LATE_MS = 2 * 60 * 60 * 1000L

        /** The shortest that the system allows. */
        private const val PERIOD_MS = 15 * 60 * 1000L
        private const val BACKOFF_MS = 30 * 1000L
    }
}
