package org.fieldbook.app

import android.app.Application
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.filterNot
import kotlinx.coroutines.flow.filterNotNull
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import org.fieldbook.Language
import org.fieldbook.Session
import org.fieldbook.app.device.AndroidConnectivity
import org.fieldbook.app.device.AndroidDevice
import org.fieldbook.app.device.KeystoreVault
import org.fieldbook.app.sync.Background
import org.fieldbook.app.sync.Notices
import org.fieldbook.app.sync.Schedule
import org.fieldbook.ui.app.AppModel
import org.fieldbook.ui.app.FileDrafts
import org.fieldbook.ui.app.Stage
import java.io.File

/** One app in a process, and one owner of the records: the screens and the job share it. */
class FieldbookApplication : Application(), Background {
    private val mutableApp = MutableStateFlow<AppModel?>(null)

    override val scope = CoroutineScope(SupervisorJob() + Dispatchers.Main.immediate)

    /** The phone around the app. */
    val device by lazy { AndroidDevice(this) }

    /** The app behind the screens; null for the moment that the phone needs to unwrap the drafts. */
    val app: StateFlow<AppModel?> = mutableApp.asStateFlow()

    override var inFront = false
        private set

    /** The words of the system's own questions, in the language of the screens. */
    val strings: AppStrings
        get() = AppStrings.of(app.value?.preferences?.language?.value ?: Language.of(device.languageTag))

    override val notices by lazy { Notices(this, R.drawable.ic_mark, ::strings) }

    /** When the job runs. */
    val schedule by lazy { Schedule(this) }

    private val connectivity by lazy { AndroidConnectivity(this) }

    override fun onCreate() {
        super.onCreate()
        schedule.nowAndThen()
        schedule.morning()
        connectivity.onBack { scope.launch { app.value?.networkBack() } }
        scope.launch {
            // The phone's key store takes its time, and the disk may.
            val drafts = withContext(Dispatchers.IO) {
                FileDrafts(File(noBackupFilesDir, "drafts"), scope, wrapped = draftsWrapped(KeystoreVault(this@FieldbookApplication)))
            }
            val made = AppModel(
                open = { openRecords(this@FieldbookApplication, androidPlatform(this@FieldbookApplication, connectivity)) },
                device = device,
                drafts = drafts,
                scope = scope,
            )
            mutableApp.value = made
            if (inFront) made.toFront()
        }
    }

    /** The activity came to the front. */
    fun toFront() {
        inFront = true
        notices.clear()
        app.value?.run {
            preferences.look()
            toFront()
        }
    }

    /** The activity goes: what was decided is done, and the job syncs from now on. */
    fun toBack() {
        inFront = false
        app.value?.toBack()
        schedule.soon()
    }

    /** A link was opened, perhaps to start the app. */
    fun openLink(link: String) {
        scope.launch { app.filterNotNull().first().openLink(link) }
    }

    override suspend fun session(): Session? = app.filterNotNull().first().run {
        stage.filterNot { it == Stage.Opening }.first()
        workplace?.session
    }
}
