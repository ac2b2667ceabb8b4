package org.fieldbook

import java.io.File
import java.util.concurrent.TimeUnit

/** An app in a process of its own, which is killed while it writes. */
object KilledPhone {
    /** Writes entries into the log and says each one that is saved, until somebody kills it. */
    @JvmStatic
    fun main(args: Array<String>) = story {
        val session = checkNotNull(TestPhone(File(args[0])).open().resume())
        var number = 0
        while (true) {
            number += 1
            session.activities.log("entry $number")
            println("saved $number")
        }
    }

    /** Starts it over a folder, kills it (SIGKILL) after so many entries and answers how many it called saved. */
    fun writeUntilKilled(folder: File, entries: Int): Int {
        val java = File(System.getProperty("java.home"), "bin/java").path
        val app = ProcessBuilder(
            java,
            "-Djna.library.path=${System.getProperty("jna.library.path")}",
            "-cp",
            System.getProperty("surefire.test.class.path") ?: System.getProperty("java.class.path"),
            KilledPhone::class.java.name,
            folder.path,
        ).redirectError(ProcessBuilder.Redirect.INHERIT).start()
        val said = app.inputStream.bufferedReader()
        var saved = 0
        while (true) {
            val line = said.readLine() ?: break
            saved = line.substringAfter("saved ").toInt()
            // Not by the process itself: that would close what it had still to say.
            if (saved == entries) app.toHandle().destroyForcibly()
        }
        check(app.waitFor(20, TimeUnit.SECONDS)) { "it lives" }
        check(app.exitValue() == 128 + 9) { "it ended by itself: ${app.exitValue()}" }
        return saved
    }
}
