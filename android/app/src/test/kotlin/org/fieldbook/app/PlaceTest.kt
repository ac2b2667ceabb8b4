package org.fieldbook.app

import android.Manifest.permission.ACCESS_COARSE_LOCATION
import android.Manifest.permission.ACCESS_FINE_LOCATION
import android.app.Application
import android.location.Location
import android.location.LocationManager
import android.os.Looper
import android.os.SystemClock
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.runBlocking
import org.fieldbook.Fix
import org.fieldbook.Source
import org.fieldbook.app.device.AndroidPlace
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import kotlin.test.assertEquals
import kotlin.test.assertIs
import kotlin.test.assertTrue

/** Where the phone is, with the framework's own location service. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [35], manifest = Config.NONE)
class PlaceTest {
    private val context: Application = RuntimeEnvironment.getApplication()
    private val manager = shadowOf(checkNotNull(context.getSystemService(LocationManager::class.java)))
    private val place = AndroidPlace(context)

    @Test
    fun `without the permission it is not allowed, whatever is switched on`() = runBlocking {
        enable(LocationManager.GPS_PROVIDER)
        assertEquals(Fix.NotAllowed, place.locate(1_000uL))
    }

    @Test
    fun `with everything switched off it is off`() = runBlocking {
        allow()
        listOf(LocationManager.FUSED_PROVIDER, LocationManager.GPS_PROVIDER, LocationManager.NETWORK_PROVIDER)
            .forEach { manager.setProviderEnabled(it, false) }
        assertEquals(Fix.Off, place.locate(1_000uL))
    }

    @Test
    fun `a basement has no fix when the patience ends`() = runBlocking {
        allow()
        enable(LocationManager.GPS_PROVIDER)
        assertEquals(Fix.NotFound, place.locate(50uL))
    }

    @Test
    fun `a fix comes with its accuracy, its age and the phone's own word on whether it is simulated`() {
        allow()
        enable(LocationManager.GPS_PROVIDER)
        val asked = CoroutineScope(Dispatchers.Default).async { place.locate(20_000uL) }
        while (manager.getLegacyLocationRequests(LocationManager.GPS_PROVIDER).isEmpty()) Thread.yield()
        manager.simulateLocation(fix(mock = true))
        shadowOf(Looper.getMainLooper()).idle()
        val found = assertIs<Fix.Found>(runBlocking { asked.await() }).reading
        assertEquals(31.2304 to 121.4737, found.position.lat to found.position.lon)
        assertEquals(12.0, found.accuracyM)
        assertEquals(Source.GPS, found.source)
        assertTrue(found.mock)
    }

    @Test
    fun `a rough permission asks the network and never GPS`() = runBlocking {
        shadowOf(context).grantPermissions(ACCESS_COARSE_LOCATION)
        manager.setProviderEnabled(LocationManager.FUSED_PROVIDER, false)
        manager.setProviderEnabled(LocationManager.NETWORK_PROVIDER, false)
        enable(LocationManager.GPS_PROVIDER)
        assertEquals(Fix.Off, place.locate(50uL))
    }

    private fun allow() = shadowOf(context).grantPermissions(ACCESS_FINE_LOCATION, ACCESS_COARSE_LOCATION)

    private fun enable(provider: String) {
        manager.setProviderEnabled(LocationManager.FUSED_PROVIDER, false)
        manager.setProviderEnabled(provider, true)
    }

    private fun fix(mock: Boolean) = Location(LocationManager.GPS_PROVIDER).apply {
        latitude = 31.2304
        longitude = 121.4737
        accuracy = 12f
        time = System.currentTimeMillis()
        elapsedRealtimeNanos = SystemClock.elapsedRealtimeNanos()
        isMock = mock
    }
}
