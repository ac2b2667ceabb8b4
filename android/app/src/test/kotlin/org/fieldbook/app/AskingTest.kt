package org.fieldbook.app

import android.Manifest.permission.ACCESS_FINE_LOCATION
import android.app.Activity
import android.app.AlertDialog
import android.content.DialogInterface
import android.net.ConnectivityManager
import android.provider.Settings
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.runBlocking
import org.fieldbook.Language
import org.fieldbook.app.device.AndroidConnectivity
import org.fieldbook.app.device.AndroidDevice
import org.fieldbook.app.device.Foreground
import org.fieldbook.app.device.PlacePermission
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import org.robolectric.shadows.ShadowAlertDialog
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertNull
import kotlin.test.assertTrue

/** What the app asks of the person and of the system while it is in front. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [35], manifest = Config.NONE)
class AskingTest {
    private val context = RuntimeEnvironment.getApplication()

    @Test
    fun `the place is asked for with its reason first, and in the settings once the system asks no more`() {
        val activity = Robolectric.buildActivity(Activity::class.java).setup().get()
        val permission = PlacePermission(activity) { AppStrings.of(Language.ZH) }
        permission.ask()
        val dialog = ShadowAlertDialog.getLatestDialog() as AlertDialog
        assertEquals("仅在签到时使用位置", shadowOf(dialog).title)
        assertNull(shadowOf(activity).lastRequestedPermission)
        dialog.getButton(DialogInterface.BUTTON_POSITIVE).performClick()
        shadowOf(android.os.Looper.getMainLooper()).idle()
        assertTrue(ACCESS_FINE_LOCATION in shadowOf(activity).lastRequestedPermission.requestedPermissions)
        permission.ask()
        assertEquals(Settings.ACTION_APPLICATION_DETAILS_SETTINGS, shadowOf(activity).nextStartedActivity.action)
    }

    @Test
    fun `somebody who says not now is asked again with the reason`() {
        val activity = Robolectric.buildActivity(Activity::class.java).setup().get()
        val permission = PlacePermission(activity) { AppStrings.of(Language.EN) }
        repeat(2) {
            permission.ask()
            (ShadowAlertDialog.getLatestDialog() as AlertDialog).getButton(DialogInterface.BUTTON_NEGATIVE).performClick()
            shadowOf(android.os.Looper.getMainLooper()).idle()
        }
        assertNull(shadowOf(activity).lastRequestedPermission)
        assertNull(shadowOf(activity).nextStartedActivity)
    }

    @Test
    fun `a network that comes back is said until nobody listens`() {
        val manager = checkNotNull(context.getSystemService(ConnectivityManager::class.java))
        var times = 0
        val end = AndroidConnectivity(context).onBack { times += 1 }
        val callback: ConnectivityManager.NetworkCallback = shadowOf(manager).networkCallbacks.single()
        callback.onAvailable(checkNotNull(manager.activeNetwork))
        assertEquals(1, times)
        end()
        assertTrue(shadowOf(manager).networkCallbacks.isEmpty())
    }

    @Test
    fun `a code that was scanned reaches who waits for it though the activity was made anew`() = runBlocking<Unit> {
        val device = AndroidDevice(context)
        val began = mutableListOf<String>()
        device.foreground = Camera { began += "first" }
        val code = async(Dispatchers.Default, CoroutineStart.UNDISPATCHED) { device.scanCode() }
        device.foreground = Camera { began += "second" }
        assertTrue(device.scanned("fieldbook://enrol?code=7K3M"))
        assertEquals("fieldbook://enrol?code=7K3M", code.await())
        assertEquals(listOf("first"), began)
        assertFalse(device.scanned("late"), "nobody waits any more")
    }

    private class Camera(private val begin: () -> Unit) : Foreground {
        override fun askForPlace() = Unit

        override fun scanCode() = begin()
    }
}
