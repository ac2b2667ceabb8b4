package org.fieldbook

import java.io.File
import java.nio.file.Files
import java.util.concurrent.TimeUnit

/** A real server process with an organisation: Grace leads Dana and Marcus. */
class Office : AutoCloseable {
    private val data = Files.createTempDirectory("fieldbook-office").toFile()
    private val serving: Process

    /** Where phones reach it. */
    val address: String

    init {
        command("init", "--name", "Sunrise")
        command("unit", "add", "South")
        command("unit", "add", "Team A", "--parent", "South")
        command("user", "add", "Grace", "--role", "supervisor", "--unit", "South")
        command("user", "add", "Dana", "--role", "rep", "--unit", "Team A")
        command("user", "add", "Marcus", "--role", "rep", "--unit", "Team A")
        serving = ProcessBuilder(BINARY.path, "serve", "--data", data.path, "--listen", "127.0.0.1:0")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start()
        val said = serving.inputStream.bufferedReader().readLine() ?: error("the server said nothing")
        address = said.substringAfter("listening on ").trim()
    }

    /** A one-time code for somebody, and the link that carries it. */
    fun enrol(person: String): Enrolment {
        val said = command("enrol", person, "--server", address)
        fun after(label: String) = said.lineSequence().first { it.startsWith(label) }.substringAfter(": ")
        return Enrolment(code = after("code for"), link = after("link"))
    }

    /** Imports the customers of a file for a person. */
    fun command(vararg words: String): String {
        val process = ProcessBuilder(listOf(BINARY.path) + words + listOf("--data", data.path))
            .redirectErrorStream(true)
            .start()
        val said = process.inputStream.bufferedReader().readText()
        check(process.waitFor() == 0) { "fieldbook ${words.joinToString(" ")}: $said" }
        return said
    }

    override fun close() {
        serving.destroy()
        check(serving.waitFor(20, TimeUnit.SECONDS)) { "the server did not stop" }
        data.deleteRecursively()
    }

    /** What an operator hands over. */
    data class Enrolment(val code: String, val link: String)

    private companion object {
        val BINARY = File(System.getProperty("fieldbook.target"), "fieldbook")
    }
}
