package org.fieldbook.ui

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import org.fieldbook.Fieldbook
import org.fieldbook.FieldbookException
import org.fieldbook.Fix
import org.fieldbook.Position
import org.fieldbook.Session
import org.fieldbook.TestPhone
import org.fieldbook.ui.app.AppModel
import org.fieldbook.ui.app.Device
import org.fieldbook.ui.app.FileDrafts
import org.fieldbook.ui.app.Stage
import java.io.File

/**
 * A phone with its records, its drafts and what the app asked of the system. The app on it can end and start again.
 *
 * @param keeps leaves the records for the next start of the app.
 */
class PhoneInHand(
    val name: String,
    language: String = "en",
    private val records: TestPhone = phoneRecords(),
    private val keeps: Boolean = false,
) : AutoCloseable {
    private val io = CoroutineScope(SupervisorJob() + Dispatchers.IO)
    private val folder = File(records.folder, "drafts")

    /** Its clocks. */
    var clock by records::clock

    /** Where the phone says that it is. */
    var fix: Fix by records::fix

    /** What the app asked of the system. */
    val device = RecordingDevice("$name’s phone", language)

    /** What goes wrong when the records are opened next, once each. */
    val inTheWay = ArrayDeque<FieldbookException>()

    /** The app, once it was started. */
    lateinit var app: AppModel
        private set

    /** Starts the app; what was typed and recorded before is there. */
    fun start(scope: CoroutineScope) {
        app = AppModel(::open, device, FileDrafts(folder, io), scope)
    }

    private suspend fun open(): Fieldbook {
        inTheWay.removeFirstOrNull()?.let { throw it }
        return records.open()
    }

    /** What was typed and is on the disk already. */
    val draftsOnDisk: List<String> get() = folder.listFiles().orEmpty().map(File::readText)

    /** The records of whoever works on it. */
    val session: Session get() = checkNotNull(app.workplace) { "nobody works on $name: ${app.stage.value}" }.session

    /** Is somebody at work? */
    val working: Boolean get() = app.stage.value is Stage.Working

    override fun close() {
        io.cancel()
        if (!keeps) records.close()
    }
}

/** Keeps what the app asked of the system. */
class RecordingDevice(override val name: String, override val languageTag: String) : Device {
    /** Every question, in order. */
    val asked = mutableListOf<String>()

    /** The files that were handed to other apps, by name. */
    val shared = mutableMapOf<String, String>()

    /** What the camera will read. */
    var code: String? = null

    override fun askForPlace() = note("ask for the place")

    override fun openPlaceSettings() = note("open the settings of the place")

    override fun openClockSettings() = note("open the settings of the clock")

    override fun openNetworkSignIn() = note("open the network's sign-in")

    override fun openAppStore() = note("open the store")

    override suspend fun scanCode(): String? = code

    override fun share(fileName: String, text: String) {
        shared[fileName] = text
    }

    override fun call(number: String) = note("call $number")

    override fun mail(address: String) = note("mail $address")

    override fun showOnMap(position: Position, label: String) = note("map $label")

    private fun note(what: String) {
        asked += what
    }
}
