package org.fieldbook.app

import android.app.Application
import android.app.NotificationManager
import android.app.job.JobInfo
import android.app.job.JobScheduler
import android.content.ContentResolver
import android.content.Intent
import android.net.ConnectivityManager
import android.net.NetworkCapabilities
import android.net.Uri
import android.provider.Settings
import org.fieldbook.Language
import org.fieldbook.PlatformException
import org.fieldbook.app.device.AndroidClock
import org.fieldbook.app.device.AndroidConnectivity
import org.fieldbook.app.device.AndroidDevice
import org.fieldbook.app.device.KeystoreVault
import org.fieldbook.app.device.SharedFiles
import org.fieldbook.app.device.WrappingKey
import org.fieldbook.app.sync.Notices
import org.fieldbook.app.sync.Schedule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import org.robolectric.shadows.ShadowNetworkCapabilities
import java.io.FileNotFoundException
import java.io.IOException
import java.security.KeyStoreException
import java.security.ProviderException
import java.time.ZonedDateTime
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import kotlin.test.assertContentEquals
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse
import kotlin.test.assertNull
import kotlin.test.assertTrue

/** The glue between the app and the framework. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [35], manifest = Config.NONE)
class GlueTest {
    private val context: Application = RuntimeEnvironment.getApplication()
    private val resolver: ContentResolver = context.contentResolver

    @Test
    fun `the clock names each start of the phone`() {
        Settings.Global.putInt(resolver, Settings.Global.BOOT_COUNT, 41)
        val clock = AndroidClock(resolver)
        val before = clock.read()
        Settings.Global.putInt(resolver, Settings.Global.BOOT_COUNT, 42)
        assertEquals("41" to "42", before.bootId to clock.read().bootId)
        assertTrue(clock.read().monotonicMs >= before.monotonicMs)
    }

    @Test
    fun `the regular job survives restarts, waits for a network and is asked for once`() {
        val scheduler = checkNotNull(context.getSystemService(JobScheduler::class.java))
        val schedule = Schedule(context)
        schedule.nowAndThen()
        val job = checkNotNull(scheduler.getPendingJob(Schedule.REGULAR))
        schedule.nowAndThen()
        assertEquals(1, scheduler.allPendingJobs.size)
        assertTrue(job.isPersisted && job.isPeriodic)
        assertEquals(JobInfo.NETWORK_TYPE_ANY, job.networkType)
        schedule.soon()
        assertEquals(JobInfo.BACKOFF_POLICY_EXPONENTIAL, scheduler.getPendingJob(Schedule.ONCE)?.backoffPolicy)
        schedule.never()
        assertTrue(scheduler.allPendingJobs.isEmpty())
    }

    @Test
    fun `the reminder waits for the next eight o'clock, needs no network and survives restarts`() {
        val scheduler = checkNotNull(context.getSystemService(JobScheduler::class.java))
        fun waitFrom(time: String): Pair<Long, Boolean> {
            scheduler.cancelAll()
            Schedule(context) { ZonedDateTime.parse("2026-11-24T$time+08:00[Asia/Shanghai]") }.morning()
            val job = checkNotNull(scheduler.getPendingJob(Schedule.MORNING))
            assertEquals(JobInfo.NETWORK_TYPE_NONE, job.networkType)
            return job.minLatencyMillis / 60_000 to job.isPersisted
        }
        assertEquals(90L to true, waitFrom("06:30:00"))
        assertEquals(24 * 60L to true, waitFrom("08:00:00"))
        assertEquals(15 * 60L to true, waitFrom("17:00:00"))
    }

    @Test
    fun `a notification counts what needs the person, shows no record, and goes when it is over`() {
        val manager = checkNotNull(context.getSystemService(NotificationManager::class.java))
        val notices = Notices(context, android.R.drawable.ic_dialog_info) { AppStrings.of(Language.ZH) }
        notices.show(attention = 2, waiting = 1)
        val shown = manager.activeNotifications.associate { it.id to it.notification.extras.getString("android.title") }
        assertEquals(mapOf(Notices.ATTENTION to "2 项需要处理", Notices.WAITING to "1 份申请等您审批"), shown)
        notices.show(attention = 0, waiting = 1)
        assertEquals(listOf(Notices.WAITING), manager.activeNotifications.map { it.id })
    }

    @Test
    fun `a network that only shows its own page is no network`() {
        val manager = checkNotNull(context.getSystemService(ConnectivityManager::class.java))
        val connectivity = AndroidConnectivity(context)
        val can = ShadowNetworkCapabilities.newInstance()
        shadowOf(can).addCapability(NetworkCapabilities.NET_CAPABILITY_INTERNET)
        shadowOf(manager).setNetworkCapabilities(manager.activeNetwork, can)
        assertFalse(connectivity.isOnline())
        shadowOf(can).addCapability(NetworkCapabilities.NET_CAPABILITY_VALIDATED)
        shadowOf(manager).setNetworkCapabilities(manager.activeNetwork, can)
        assertTrue(connectivity.isOnline())
    }

    @Test
    fun `a call, a mail and the settings are asked for with the right intents`() {
        val device = AndroidDevice(context)
        fun last(): Intent = shadowOf(context).nextStartedActivity
        device.call("138 0013 8000")
        assertEquals(Intent.ACTION_DIAL to "tel:138%200013%208000", last().let { it.action to it.dataString })
        device.mail("li@hudong.example")
        assertEquals("mailto:li%40hudong.example", last().dataString)
        device.openPlaceSettings()
        assertEquals(Settings.ACTION_LOCATION_SOURCE_SETTINGS, last().action)
        device.openClockSettings()
        assertEquals(Settings.ACTION_DATE_SETTINGS, last().action)
        device.openNetworkSignIn()
        assertEquals(Settings.ACTION_WIFI_SETTINGS, last().action)
    }

    @Test
    fun `a shared file is read by the chosen app, and nothing beside it`() {
        val send = SharedFiles.intent(context, "fieldbook-support.json", "{\"text\":\"价目表\"}")
        val uri = send.extras!!.get(Intent.EXTRA_STREAM) as Uri
        assertTrue(send.flags and Intent.FLAG_GRANT_READ_URI_PERMISSION != 0)
        val provider = Robolectric.buildContentProvider(SharedFiles::class.java).create(uri.authority!!).get()
        val text = provider.openFile(uri, "r").use { android.os.ParcelFileDescriptor.AutoCloseInputStream(it).readBytes().decodeToString() }
        assertEquals("{\"text\":\"价目表\"}", text)
        assertEquals("application/json", provider.getType(uri))
        val outside = uri.buildUpon().path("..%2Fvault.xml").build()
        assertFailsWith<FileNotFoundException> { provider.openFile(outside, "r") }
        assertFailsWith<FileNotFoundException> { provider.openFile(uri, "rw") }
    }

    @Test
    fun `the vault gives back what it keeps, wrapped, and nothing once the wrapping key is gone`() {
        val wrapping = HeldKey()
        val vault = KeystoreVault(context, wrapping)
        assertNull(vault.load("replica"))
        val secret = ByteArray(32) { it.toByte() }
        vault.store("replica", secret)
        assertContentEquals(secret, KeystoreVault(context, wrapping).load("replica"))
        val kept = context.getSharedPreferences("vault", 0).getString("replica", null)!!
        assertFalse(kept.contains(android.util.Base64.encodeToString(secret, android.util.Base64.NO_WRAP).take(20)))
        wrapping.key = null
        assertNull(KeystoreVault(context, wrapping).load("replica"))
    }

    @Test
    fun `drafts have a key of their own in the vault, and a vault that fails loses none`() {
        val vault = KeystoreVault(context, HeldKey())
        val kept = checkNotNull(draftsWrapped(vault)).wrap("owner back on Friday")
        assertEquals("owner back on Friday", checkNotNull(draftsWrapped(vault)).unwrap(kept))
        val failures = listOf(
            KeyStoreException("the phone is locked"),
            ProviderException("the secure hardware is busy"),
            IOException("the store does not read"),
            IllegalArgumentException("an alias"),
        )
        for (failure in failures) {
            val broken = KeystoreVault(context, object : WrappingKey {
                override fun get(create: Boolean): SecretKey? = throw failure
            })
            assertNull(draftsWrapped(broken), "$failure")
            assertFailsWith<PlatformException> { broken.store("replica", ByteArray(32)) }
        }
    }

    /** The secure hardware's part, which only a phone has. */
    private class HeldKey : WrappingKey {
        var key: SecretKey? = null

        override fun get(create: Boolean): SecretKey? {
            if (key == null && create) key = KeyGenerator.getInstance("AES").apply { init(256) }.generateKey()
            return key
        }
    }
}
