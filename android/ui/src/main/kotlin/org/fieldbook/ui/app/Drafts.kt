package org.fieldbook.ui.app

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.launch
import java.io.File
import java.io.IOException
import java.util.concurrent.ConcurrentHashMap

/** Text that somebody typed and that is no record yet. It outlives the screen and the app. */
interface Drafts {
    /** What was typed under a name. */
    fun text(name: String): String?

    /** Keeps what is typed; blank text is forgotten. */
    fun keep(name: String, text: String)
}

/**
 * Drafts as small files in a private folder, one each. Typing only touches memory; a coroutine writes behind it.
 *
 * @param folder private to the app and in no backup.
 * @param wrapped what encrypts them; without it, as when the phone's key store fails, they are plain text rather than lost. A file
 *   that it does not open stays as it is.
 */
class FileDrafts(
    private val folder: File,
    scope: CoroutineScope,
    dispatcher: CoroutineDispatcher = Dispatchers.IO,
    private val wrapped: Wrapped? = null,
) : Drafts {
    private val texts = ConcurrentHashMap<String, String>()
    private val changed = Channel<String>(Channel.UNLIMITED)

    init {
        folder.mkdirs()
        folder.listFiles { file -> file.extension == PLAIN || file.extension == SEALED }.orEmpty().sortedBy { it.lastModified() }.forEach { file ->
            runCatching { read(file)?.let { texts[nameOf(file)] = it } }
        }
        scope.launch(dispatcher) { for (name in changed) write(name) }
    }

    override fun text(name: String): String? = texts[name]

    override fun keep(name: String, text: String) {
        if (text.isBlank()) texts.remove(name) else texts[name] = text
        changed.trySend(name)
    }

    /** A full disk does not stop the typing: the text stays in memory, and the next letter tries again. */
    private fun write(name: String) {
        val (file, other) = fileOf(name, if (wrapped == null) PLAIN else SEALED) to fileOf(name, if (wrapped == null) SEALED else PLAIN)
        try {
            val text = texts[name]
            if (text == null) {
                file.delete()
                other.delete()
                return
            }
            val fresh = File(folder, "${file.name}.new")
            fresh.writeBytes(wrapped?.wrap(text) ?: text.toByteArray())
            if (fresh.renameTo(file) && wrapped != null) other.delete()
        } catch (_: IOException) {
            return
        }
    }

    private fun read(file: File): String? =
        file.readBytes().let { kept -> if (file.extension == PLAIN) String(kept) else wrapped?.unwrap(kept) }

    private fun fileOf(name: String, kind: String) = File(folder, name.toByteArray().joinToString("") { "%02x".format(it) } + ".$kind")

    private fun nameOf(file: File) =
        String(file.nameWithoutExtension.chunked(2).map { it.toInt(16).toByte() }.toByteArray())

    private companion object {
        const val PLAIN = "draft"
        const val SEALED = "sealed"
    }
}

/** One field that is typed into: its text is a draft from the first letter on. */
class Draft(private val drafts: Drafts, private val name: String, before: String = "") {
    private var typed by mutableStateOf(drafts.text(name) ?: before)

    /** What is in the field. */
    var text: String
        get() = typed
        set(value) {
            typed = value
            drafts.keep(name, value)
        }

    /** Shows what the record says, unless something was typed before. */
    fun show(recorded: String) {
        if (!isKept) typed = recorded
    }

    /** It became a record: the field begins anew with [after]. */
    fun done(after: String = "") {
        typed = after
        drafts.keep(name, "")
    }

    /** Is there something that was typed and is no record yet? */
    val isKept: Boolean get() = drafts.text(name) != null
}
