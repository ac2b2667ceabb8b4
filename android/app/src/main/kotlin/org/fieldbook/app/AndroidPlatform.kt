package org.fieldbook.app

import android.annotation.SuppressLint
import android.content.Context
import android.provider.Settings
import org.fieldbook.Fieldbook
import org.fieldbook.Platform
import org.fieldbook.app.device.AndroidClock
import org.fieldbook.app.device.AndroidConnectivity
import org.fieldbook.app.device.AndroidPlace
import org.fieldbook.app.device.KeystoreVault
import java.io.File

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

/** Another on each phone and for each signing key of the app: files that were copied to another phone are told by it. */
@SuppressLint("HardwareIds")
private fun marker(context: Context): ByteArray? =
    Settings.Secure.getString(context.contentResolver, Settings.Secure.ANDROID_ID)?.toByteArray()
