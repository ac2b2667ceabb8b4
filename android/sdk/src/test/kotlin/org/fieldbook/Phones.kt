package org.fieldbook

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import java.io.File
import java.nio.file.Files
import kotlin.time.Duration.Companion.seconds

/** A phone's folder and what the platform gives; the records outlive each [Fieldbook] that is opened over them. */
class TestPhone(
    val folder: File = Files.createTempDirectory("fieldbook-phone").toFile(),
    private val keyStore: PlatformKeyStore? = null,
) : AutoCloseable {
    /** Where the phone says that it is. */
    var fix: Fix = Fix.NotFound

    /** Its clocks; another one counts from the next reading on. */
    @Volatile
    var clock: PlatformClock = TestClock

    /** How it finds its place; as [fix] says unless told otherwise. */
    var location: PlatformLocation = object : PlatformLocation {
        override suspend fun locate(patienceMs: ULong): Fix = fix
    }

    /** Whether it knows of a network. */
    var connectivity: PlatformConnectivity? = null

    /** Tells it from another phone. */
    var marker: ByteArray? = null

    /** Starts the app on it. */
    suspend fun open(): Fieldbook = Fieldbook.open(folder, platform())

    /** Signs somebody in on it. */
    suspend fun signIn(office: Office, person: String): Session =
        open().signIn(office.enrol(person).link, "$person's phone")

    /** The same below the SDK. */
    suspend fun signInNative(office: Office, person: String): NativeSession =
        Phone.open(folder.path, platform()).use { it.signIn(office.address, office.enrol(person).code, "phone", null) }

    private fun platform() = Platform(
        clock = object : PlatformClock {
            override fun read(): ClockReading = clock.read()
        },
        keyStore = keyStore,
        location = location,
        connectivity = connectivity,
        marker = marker,
    )

    override fun close() {
        folder.deleteRecursively()
    }
}

/** The machine's clocks, in Shanghai. */
object TestClock : PlatformClock {
    override fun read(): ClockReading = ClockReading(
        unixMs = System.currentTimeMillis(),
        utcOffsetSeconds = 8 * 3600,
        monotonicMs = (System.nanoTime() / 1_000_000).toULong(),
        bootId = "test boot",
    )
}

/** The machine's clocks, the one that a person can set being [ms] ahead; behind when below zero. */
class MovedClock(private val ms: Long) : PlatformClock {
    override fun read(): ClockReading = TestClock.read().let { it.copy(unixMs = it.unixMs + ms) }
}

/** A reading so many metres north of a shop. */
fun reading(at: Position, north: Double = 0.0, accuracy: Double = 12.0) = Reading(
    position = Position(at.lat + north / 110_862, at.lon),
    accuracyM = accuracy,
    source = Source.GPS,
    fixAgeMs = 900u,
    mock = false,
    speedMps = null,
)

/** The shop of the stories. */
val SUNRISE = Position(31.2304, 121.4737)

/** The first answer that fits. A wait that only a failing test uses up. */
suspend fun <T> Flow<T>.until(fits: (T) -> Boolean): T = withTimeout(60.seconds) { first(fits) }

/** A test that suspends; JUnit wants a method without a result. */
fun story(body: suspend () -> Unit): Unit = runBlocking { body() }
