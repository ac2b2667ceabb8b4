package org.fieldbook.app

import android.Manifest.permission.POST_NOTIFICATIONS
import android.content.Intent
import android.os.Build
import android.os.Bundle
import androidx.activity.ComponentActivity
import androidx.activity.OnBackPressedCallback
import androidx.activity.compose.setContent
import androidx.activity.enableEdgeToEdge
import androidx.compose.foundation.isSystemInDarkTheme
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import com.journeyapps.barcodescanner.ScanContract
import com.journeyapps.barcodescanner.ScanOptions
import org.fieldbook.app.device.Foreground
import org.fieldbook.app.device.PlacePermission
import org.fieldbook.ui.FieldbookApp
import org.fieldbook.ui.app.Stage

/** The one activity: shows the screens and lends them what only an activity can do. */
class MainActivity : ComponentActivity(), Foreground {
    private val fieldbook get() = application as FieldbookApplication
    private val place by lazy { PlacePermission(this, fieldbook::strings) }
    private val scan = registerForActivityResult(ScanContract()) { read ->
        // When the process ended while the camera was in front, nobody waits: the code is a link that was opened.
        if (!fieldbook.device.scanned(read.contents)) read.contents?.let(fieldbook::openLink)
    }

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        enableEdgeToEdge()
        onBackPressedDispatcher.addCallback(this, backStep)
        setContent {
            val app by fieldbook.app.collectAsState()
            app?.let { FieldbookApp(it, dark = isSystemInDarkTheme()) }
        }
        if (savedInstanceState == null) openLink(intent)
    }

    override fun onNewIntent(intent: Intent) {
        super.onNewIntent(intent)
        openLink(intent)
    }

    override fun onStart() {
        super.onStart()
        fieldbook.device.foreground = this
        fieldbook.toFront()
        if (fieldbook.app.value?.stage?.value is Stage.Working) askToNotify()
    }

    override fun onStop() {
        fieldbook.toBack()
        fieldbook.device.foreground = null
        super.onStop()
    }

    override fun askForPlace() = place.ask()

    override fun scanCode() =
        scan.launch(ScanOptions().setDesiredBarcodeFormats(ScanOptions.QR_CODE).setBeepEnabled(false).setOrientationLocked(false))

    private val backStep = object : OnBackPressedCallback(enabled = true) {
        override fun handleOnBackPressed() {
            if (fieldbook.app.value?.back() != true) moveTaskToBack(true)
        }
    }

    private fun openLink(intent: Intent) {
        if (intent.action == Intent.ACTION_VIEW) intent.dataString?.let(fieldbook::openLink)
    }

    /** When somebody comes back to their work, and not before they know what it is for. */
    private fun askToNotify() {
        if (Build.VERSION.SDK_INT < Build.VERSION_CODES.TIRAMISU) return
        val asked = getSharedPreferences("asked", MODE_PRIVATE)
        if (asked.getBoolean(POST_NOTIFICATIONS, false)) return
        asked.edit().putBoolean(POST_NOTIFICATIONS, true).apply()
        requestPermissions(arrayOf(POST_NOTIFICATIONS), NOTIFY)
    }

    private companion object {
        const val NOTIFY = 2
    }
}
