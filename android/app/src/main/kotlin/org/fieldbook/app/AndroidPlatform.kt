package org.fieldbook.app

import android.annotation.SuppressLint
import android.content.Context
import android.provider.Settings
import org.fieldbook.Fieldbook
import org.fieldbook.Platform
import org.fieldbook.PlatformException
import org.fieldbook.PlatformKeyStore
import org.fieldbook.app.device.AndroidClock
import org.fieldbook.app.device.AndroidConnectivity
import org.fieldbook.app.device.AndroidPlace
import org.fieldbook.app.device.KeystoreVault
import org.fieldbook.ui.app.Wrapped
import java.io.File
import java.security.SecureRandom

/** What Android gives the SDK. */
fun androidPlatform(context: Context, connectivity: AndroidConnectivity): Platform = Platform(
    clock = AndroidClock(context.contentResolver),
    keyStore = KeystoreVault(context),
    location = AndroidPlace(context),
    connectivity = connectivity,
    marker = marker(context),
)

/** Opens the records, in a folder that no backup takes. */
suspend fun openRecords(context: Context, platform: Platform): Fieldbook =
    Fieldbook.open(File(context.noBackupFilesDir, "fieldbook"), platform)

/** What encrypts the drafts: a key of its own beside those of the records, made at the first start; null when the vault fails. */
fun draftsWrapped(vault: PlatformKeyStore): Wrapped? = try {
    val key = vault.load(DRAFTS) ?: ByteArray(Wrapped.KEY_BYTES).also {
        SecureRandom().nextBytes(it)
        vault.store(DRAFTS, it)
    }
    Wrapped(key)
} catch (_: PlatformException) {
    null
}

private const val DRAFTS = "drafts"

/** Another on each phone and for each signing key of the app: files that were copied to another phone are told by it. */
@SuppressLint("HardwareIds")
private fun marker(context: Context): ByteArray? =
    Settings.Secure.getString(context.contentResolver, Settings.Secure.ANDROID_ID)?.toByteArray()
