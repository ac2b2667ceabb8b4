package org.fieldbook.app.device

import android.Manifest.permission.ACCESS_COARSE_LOCATION
import android.Manifest.permission.ACCESS_FINE_LOCATION
import android.app.Activity
import android.app.AlertDialog
import android.content.Intent
import android.net.Uri
import android.provider.Settings
import org.fieldbook.app.AppStrings

/**
 * Asks for the permission to know the place when somebody taps "allow", never at the start: first with the reason, then with
 * the system's question, and in the settings once the system asks no more.
 */
class PlacePermission(private val activity: Activity, private val strings: () -> AppStrings) {
    private val asked = activity.getSharedPreferences("asked", Activity.MODE_PRIVATE)

    /** Asks. The check-in sheet looks again when the person comes back. */
    fun ask() {
        val first = !asked.getBoolean(ACCESS_FINE_LOCATION, false)
        if (first || activity.shouldShowRequestPermissionRationale(ACCESS_FINE_LOCATION)) explain() else openSettings()
    }

    private fun explain() {
        val words = strings()
        AlertDialog.Builder(activity)
            .setTitle(words.placeTitle)
            .setMessage(words.placeReason)
            .setNegativeButton(words.notNow, null)
            .setPositiveButton(words.goOn) { _, _ ->
                asked.edit().putBoolean(ACCESS_FINE_LOCATION, true).apply()
                activity.requestPermissions(arrayOf(ACCESS_FINE_LOCATION, ACCESS_COARSE_LOCATION), REQUEST)
            }
            .show()
    }

    private fun openSettings() {
        val app = Uri.fromParts("package", activity.packageName, null)
        activity.startActivity(Intent(Settings.ACTION_APPLICATION_DETAILS_SETTINGS, app))
    }

    companion object {
        /** The number of the system's question. */
        const val REQUEST = 1
    }
}
