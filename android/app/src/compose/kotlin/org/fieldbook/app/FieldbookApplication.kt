package org.fieldbook.app

import android.app.Application
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.flow.filterNot
import kotlinx.coroutines.flow.first
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
    override val scope = CoroutineScope(SupervisorJob() + Dispatchers.Main.immediate)

    /** The phone around the app. */
    val device by lazy { AndroidDevice(this) }

    /** The app behind the screens. */
    val app by lazy {
        AppModel(
            open = { openRecords(this, androidPlatform(this, connectivity)) },
            device = device,
            drafts = FileDrafts(File(noBackupFilesDir, "drafts"), scope, wrapped = draftsWrapped(KeystoreVault(this))),
            scope = scope,
        )
    }

    /** The words of the system's own questions, in the language of the screens. */
    val strings: AppStrings get() = AppStrings.of(app.preferences.language.value)

    override val notices by lazy { Notices(this, R.drawable.ic_mark, ::strings) }

    /** When the job runs. */
    val schedule by lazy { Schedule(this) }

    private val connectivity by lazy { AndroidConnectivity(this) }

    override fun onCreate() {
        super.onCreate()
        schedule.nowAndThen()
        connectivity.onBack { app.networkBack() }
    }

    override suspend fun session(): Session? {
        app.stage.filterNot { it == Stage.Opening }.first()
        return app.workplace?.session
    }
}
