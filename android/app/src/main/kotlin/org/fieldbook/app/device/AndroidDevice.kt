package org.fieldbook.app.device

import android.content.ActivityNotFoundException
import android.content.Context
import android.content.Intent
import android.net.Uri
import android.os.Build
import android.provider.Settings
import kotlinx.coroutines.CompletableDeferred
import org.fieldbook.Position
import org.fieldbook.onChineseMap
import org.fieldbook.ui.app.Device
import java.util.Locale
import java.util.concurrent.atomic.AtomicReference

/** What needs the screen in front: the activity takes these while it is there. */
interface Foreground {
    /** Asks for the permission to know the place, with a reason. */
    fun askForPlace()

    /** Begins to read a QR code; the answer goes to [AndroidDevice.scanned], from this activity or the one made anew in its place. */
    fun scanCode()
}

/** The phone around the app, by intents. */
class AndroidDevice(private val context: Context) : Device {
    /** The activity, while it is in front. */
    var foreground: Foreground? = null

    /** Who waits for a code. Not kept by the activity, which the system makes anew while the camera is in front. */
    private val scanning = AtomicReference<CompletableDeferred<String?>?>()

    override val name: String
        get() = Settings.Global.getString(context.contentResolver, Settings.Global.DEVICE_NAME) ?: Build.MODEL.orEmpty()

    override val languageTag: String get() = context.resources.configuration.locales[0].toLanguageTag()

    override fun askForPlace() {
        foreground?.askForPlace()
    }

    override fun openPlaceSettings() = open(Intent(Settings.ACTION_LOCATION_SOURCE_SETTINGS))

    override fun openClockSettings() = open(Intent(Settings.ACTION_DATE_SETTINGS))

    /** The system shows the network's own page from there, whoever made it. */
    override fun openNetworkSignIn() = open(Intent(Settings.ACTION_WIFI_SETTINGS))

    override fun openAppStore() = open(Intent(Intent.ACTION_VIEW, Uri.parse("market://details?id=${context.packageName}")))

    override suspend fun scanCode(): String? {
        val front = foreground ?: return null
        val answer = CompletableDeferred<String?>()
        scanning.getAndSet(answer)?.complete(null)
        front.scanCode()
        return answer.await()
    }

    /** What the camera read; null when the person went back. False when nobody waits for it: the app ended meanwhile. */
    fun scanned(code: String?): Boolean = scanning.getAndSet(null)?.complete(code) ?: false

    override fun share(fileName: String, text: String) =
        open(Intent.createChooser(SharedFiles.intent(context, fileName, text), fileName))

    override fun call(number: String) = open(Intent(Intent.ACTION_DIAL, Uri.fromParts("tel", number, null)))

    override fun mail(address: String) = open(Intent(Intent.ACTION_SENDTO, Uri.fromParts("mailto", address, null)))

    override fun showOnMap(position: Position, label: String) {
        // Maps of China draw in a datum of their own.
        val drawn = if (Locale.getDefault().country == "CN") onChineseMap(position) else position
        val at = "%.6f,%.6f".format(Locale.ROOT, drawn.lat, drawn.lon)
        open(Intent(Intent.ACTION_VIEW, Uri.parse("geo:$at?q=$at(${Uri.encode(label)})")))
    }

    /** A phone without such an app does nothing: the number or the address is on the screen. */
    private fun open(intent: Intent) {
        try {
            context.startActivity(intent.addFlags(Intent.FLAG_ACTIVITY_NEW_TASK))
        } catch (_: ActivityNotFoundException) {
            return
        }
    }
}
