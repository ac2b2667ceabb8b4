package org.fieldbook.app.device

import android.content.ContentProvider
import android.content.ContentValues
import android.content.Context
import android.content.Intent
import android.database.Cursor
import android.database.MatrixCursor
import android.net.Uri
import android.os.ParcelFileDescriptor
import android.provider.OpenableColumns
import java.io.File
import java.io.FileNotFoundException

/**
 * Hands a file of the app's own folder to the one app that the person chose. Not exported: each file is granted with the
 * intent that names it, to read.
 */
class SharedFiles : ContentProvider() {
    override fun onCreate(): Boolean = true

    override fun openFile(uri: Uri, mode: String): ParcelFileDescriptor {
        if (mode != "r") throw FileNotFoundException("to read only")
        return ParcelFileDescriptor.open(fileOf(uri), ParcelFileDescriptor.MODE_READ_ONLY)
    }

    override fun query(uri: Uri, projection: Array<out String>?, selection: String?, args: Array<out String>?, order: String?): Cursor {
        val file = fileOf(uri)
        val columns = arrayOf(OpenableColumns.DISPLAY_NAME, OpenableColumns.SIZE)
        return MatrixCursor(columns, 1).apply { addRow(arrayOf<Any>(file.name, file.length())) }
    }

    override fun getType(uri: Uri): String = if (fileOf(uri).extension == "json") "application/json" else "text/plain"

    override fun insert(uri: Uri, values: ContentValues?): Uri? = null

    override fun update(uri: Uri, values: ContentValues?, selection: String?, args: Array<out String>?): Int = 0

    override fun delete(uri: Uri, selection: String?, args: Array<out String>?): Int = 0

    /** Only a name in the folder: a path that leaves it is not found. */
    private fun fileOf(uri: Uri): File {
        val name = uri.lastPathSegment ?: throw FileNotFoundException("$uri")
        val file = File(folder(context ?: throw FileNotFoundException("not started")), name)
        if (file.name != name || !file.isFile) throw FileNotFoundException("$uri")
        return file
    }

    companion object {
        private fun folder(context: Context) = File(context.cacheDir, "shared").apply { mkdirs() }

        /** Writes the file and says how to hand it over. The folder is emptied before: nothing of it piles up. */
        fun intent(context: Context, name: String, text: String): Intent {
            val folder = folder(context)
            folder.listFiles().orEmpty().forEach(File::delete)
            File(folder, name).writeText(text)
            val uri = Uri.Builder().scheme("content").authority("${context.packageName}.shared").appendPath(name).build()
            return Intent(Intent.ACTION_SEND)
                .setType(if (name.endsWith(".json")) "application/json" else "text/plain")
                .putExtra(Intent.EXTRA_STREAM, uri)
                .putExtra(Intent.EXTRA_SUBJECT, name)
                .addFlags(Intent.FLAG_GRANT_READ_URI_PERMISSION)
        }
    }
}
