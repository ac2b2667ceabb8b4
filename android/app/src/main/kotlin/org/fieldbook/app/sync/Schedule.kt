package org.fieldbook.app.sync

import android.app.job.JobInfo
import android.app.job.JobScheduler
import android.content.ComponentName
import android.content.Context
import org.fieldbook.app.device.service

/** When the [SyncJob] runs: now and then, and as soon as there is a network after the app was left with unsent work. */
class Schedule(private val context: Context) {
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

    /** Nobody is signed in: nothing to sync. */
    fun never() {
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

        /** The shortest that the system allows. */
        private const val PERIOD_MS = 15 * 60 * 1000L
        private const val BACKOFF_MS = 30 * 1000L
    }
}
