package org.fieldbook.app

import android.app.Application
import android.app.NotificationManager
import android.app.job.JobInfo
import android.app.job.JobParameters
import android.app.job.JobScheduler
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.runBlocking
import org.fieldbook.FieldbookException
import org.fieldbook.Language
import org.fieldbook.NewCustomer
import org.fieldbook.NewLine
import org.fieldbook.Office
import org.fieldbook.Session
import org.fieldbook.TestPhone
import org.fieldbook.Words
import org.fieldbook.app.sync.Background
import org.fieldbook.app.sync.BackgroundJob
import org.fieldbook.app.sync.DueJob
import org.fieldbook.app.sync.Notices
import org.fieldbook.app.sync.Schedule
import org.fieldbook.app.sync.SyncJob
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import org.robolectric.shadow.api.Shadow
import java.math.BigDecimal
import java.time.LocalDate
import java.util.concurrent.TimeUnit
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertTrue

/** The jobs that run while the app is not in front. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [35], manifest = Config.NONE, application = JobTestApplication::class)
class SyncJobTest {
    private val application = RuntimeEnvironment.getApplication() as JobTestApplication
    private val manager get() = checkNotNull(application.getSystemService(NotificationManager::class.java))

    @Test
    fun `with nobody signed in the job ends and is not repeated`() {
        application.asked = { null }
        assertFalse(run())
    }

    @Test
    fun `records that do not open end the job too, and it is tried again`() {
        application.asked = { throw FieldbookException.Storage(full = true, "", Words("full", "已满")) }
        assertTrue(run())
    }

    @Test
    fun `records that were let go meanwhile end the job, and it is tried again`() = Office().use { office ->
        TestPhone().use { phone ->
            val session = runBlocking { phone.signIn(office, "Dana") }
            session.close()
            application.asked = { session }
            assertTrue(run())
        }
    }

    @Test
    fun `a request that waits is said while the app is not in front, and only then`() = Office().use { office ->
        TestPhone().use { phone ->
            val grace = runBlocking {
                handIn(office)
                phone.signIn(office, "Grace")
            }
            application.asked = { grace }
            application.inFront = true
            assertFalse(run())
            assertEquals(emptyList(), manager.activeNotifications.map { it.id })
            application.inFront = false
            assertFalse(run())
            assertEquals(listOf(Notices.WAITING), manager.activeNotifications.map { it.id })
            grace.close()
        }
    }

    @Test
    fun `who is due is said without a network, and the next morning is asked for`() {
        TestPhone().use { phone ->
            // The server is gone before the job runs.
            val dana = Office().use { office ->
                runBlocking {
                    phone.signIn(office, "Dana").also {
                        // Only a grade has a cycle, and a supervisor gives it.
                        val shop = it.customers.add(NewCustomer("Tea House", ""))
                        it.sync.now()
                        TestPhone().use { other ->
                            other.signIn(office, "Grace").use { grace ->
                                grace.sync.now()
                                grace.customers.askGrade(shop, "A")
                                grace.sync.now()
                            }
                        }
                        it.sync.now()
                    }
                }
            }
            application.asked = { dana }
            assertFalse(run(DueJob::class.java))
            assertEquals(listOf("1 customer is due for a visit"), manager.activeNotifications.map { it.notification.extras.getString("android.title") })
            val next = checkNotNull(application.getSystemService(JobScheduler::class.java)).getPendingJob(Schedule.MORNING)
            assertEquals(JobInfo.NETWORK_TYPE_NONE, checkNotNull(next).networkType)
            dana.close()
        }
    }

    private suspend fun handIn(office: Office) = TestPhone().use { phone ->
        phone.signIn(office, "Dana").use { dana ->
            dana.sync.now()
            val lunch = dana.approvals.draftExpense("Lunch")
            dana.approvals.addLine(lunch, NewLine(LocalDate.now(), "meals", BigDecimal("96")))
            dana.approvals.submit(lunch)
            dana.sync.now()
        }
    }

    /** Runs the job to its end. Is it to be tried again? */
    private fun run(kind: Class<out BackgroundJob> = SyncJob::class.java): Boolean {
        val job = Robolectric.buildService(kind).create().get()
        assertTrue(job.onStartJob(Shadow.newInstanceOf(JobParameters::class.java)))
        val until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60)
        while (!shadowOf(job).isJobFinished) {
            check(System.nanoTime() < until) { "the job does not end" }
            Thread.yield()
        }
        return shadowOf(job).isRescheduleNeeded
    }
}

/** An application around the job. */
class JobTestApplication : Application(), Background {
    /** Whose work it is, or why nobody can say. */
    var asked: suspend () -> Session? = { null }

    override val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)
    override val notices by lazy { Notices(this, android.R.drawable.ic_dialog_info) { AppStrings.of(Language.EN) } }
    override var inFront = false

    override suspend fun session(): Session? = asked()
}
