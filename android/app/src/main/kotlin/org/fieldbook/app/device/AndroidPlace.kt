package org.fieldbook.app.device

import android.Manifest.permission.ACCESS_COARSE_LOCATION
import android.Manifest.permission.ACCESS_FINE_LOCATION
import android.content.Context
import android.content.pm.PackageManager.PERMISSION_GRANTED
import android.location.Location
import android.location.LocationListener
import android.location.LocationManager
import android.os.Build
import android.os.Bundle
import android.os.Looper
import android.os.SystemClock
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.coroutines.withTimeoutOrNull
import org.fieldbook.Fix
import org.fieldbook.PlatformLocation
import org.fieldbook.Position
import org.fieldbook.Reading
import org.fieldbook.Source
import kotlin.coroutines.resume

/** Where the phone is, asked once at a time: the best of what its providers say within the patience of whoever asks. */
class AndroidPlace(private val context: Context) : PlatformLocation {
    private val manager: LocationManager = context.service()

    override suspend fun locate(patienceMs: ULong): Fix {
        if (!isAllowed()) return Fix.NotAllowed
        val provider = provider() ?: return Fix.Off
        val location = withTimeoutOrNull(patienceMs.toLong()) { next(provider) } ?: recent(provider) ?: return Fix.NotFound
        return Fix.Found(reading(location))
    }

    /** A rough place is enough to go on; it is only less certain. */
    private fun isAllowed() = listOf(ACCESS_FINE_LOCATION, ACCESS_COARSE_LOCATION)
        .any { context.checkSelfPermission(it) == PERMISSION_GRANTED }

    private fun provider(): String? {
        val fused = LocationManager.FUSED_PROVIDER.takeIf { Build.VERSION.SDK_INT >= Build.VERSION_CODES.S }
        return listOfNotNull(fused, LocationManager.GPS_PROVIDER, LocationManager.NETWORK_PROVIDER)
            .firstOrNull { it in manager.allProviders && manager.isProviderEnabled(it) && mayUse(it) }
    }

    /** GPS asks for the exact place. */
    private fun mayUse(provider: String) = provider != LocationManager.GPS_PROVIDER ||
        context.checkSelfPermission(ACCESS_FINE_LOCATION) == PERMISSION_GRANTED

    private suspend fun next(provider: String): Location = suspendCancellableCoroutine { waiting ->
        val listener = object : LocationListener {
            override fun onLocationChanged(location: Location) {
                manager.removeUpdates(this)
                if (waiting.isActive) waiting.resume(location)
            }

            override fun onProviderEnabled(provider: String) = Unit

            override fun onProviderDisabled(provider: String) = Unit

            // Abstract before Android 11.
            @Deprecated("called by Android 9 and older")
            override fun onStatusChanged(provider: String?, status: Int, extras: Bundle?) = Unit
        }
        waiting.invokeOnCancellation { manager.removeUpdates(listener) }
        try {
            manager.requestLocationUpdates(provider, 0L, 0f, listener, Looper.getMainLooper())
        } catch (_: SecurityException) {
            // The permission was taken back in this moment; the timeout answers.
            manager.removeUpdates(listener)
        }
    }

    /** The last fix of this provider while it is fresh: a door does not move in half a minute. */
    private fun recent(provider: String): Location? = try {
        manager.getLastKnownLocation(provider)?.takeIf { ageMs(it) <= FRESH_MS }
    } catch (_: SecurityException) {
        null
    }

    private fun reading(location: Location) = Reading(
        position = Position(location.latitude, location.longitude),
        accuracyM = if (location.hasAccuracy()) location.accuracy.toDouble() else UNKNOWN_ACCURACY_M,
        source = when (location.provider) {
            LocationManager.GPS_PROVIDER -> Source.GPS
            LocationManager.NETWORK_PROVIDER -> Source.NETWORK
            else -> Source.FUSED
        },
        fixAgeMs = ageMs(location).toULong(),
        mock = isMock(location),
        speedMps = if (location.hasSpeed()) location.speed.toDouble() else null,
    )

    @Suppress("DEPRECATION")
    private fun isMock(location: Location) =
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.S) location.isMock else location.isFromMockProvider

    private fun ageMs(location: Location) =
        ((SystemClock.elapsedRealtimeNanos() - location.elapsedRealtimeNanos) / 1_000_000).coerceAtLeast(0)

    private companion object {
        const val FRESH_MS = 30_000L

        /** A cell tower's reach: nobody is accused by a fix that does not say how good it is. */
        const val UNKNOWN_ACCURACY_M = 2_000.0
    }
}
