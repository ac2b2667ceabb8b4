@file:OptIn(ExperimentalTestApi::class)

package org.fieldbook.ui

import androidx.compose.ui.graphics.asSkiaBitmap
import androidx.compose.ui.test.ExperimentalTestApi
import org.jetbrains.skia.EncodedImageFormat
import org.jetbrains.skia.Image
import java.io.File

/** Where pictures of the screens go: docs/screens when somebody asks for them, else nowhere. */
private val FOLDER: File? = System.getProperty("fieldbook.pictures")?.takeIf { it.isNotBlank() }?.let(::File)

/** Takes a picture of what is on the screen. Drawing it is part of the test, kept or not. */
fun Hand.picture(name: String) {
    test.waitForIdle()
    val bitmap = test.captureToImage().asSkiaBitmap()
    check(bitmap.width == 720 && bitmap.height == 1280) { "$name: ${bitmap.width} by ${bitmap.height}" }
    val folder = FOLDER ?: return
    folder.mkdirs()
    val png = checkNotNull(Image.makeFromBitmap(bitmap).encodeToData(EncodedImageFormat.PNG)) { "$name: no picture" }
    File(folder, "$name.png").writeBytes(png.bytes)
}
