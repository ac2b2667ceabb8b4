package org.fieldbook.app.sync

import kotlinx.coroutines.flow.first
import org.fieldbook.FieldbookException
import org.fieldbook.Session

/**
 * Sends and fetches while the app is not in front. The system starts it when there is a network, also out of doze's windows
 * and after a restart of the phone.
 */
class SyncJob : BackgroundJob() {
    override suspend fun work(background: Background, session: Session): Boolean {
        val done = try {
            session.sync.now()
            true
        } catch (error: FieldbookException) {
            if (error is FieldbookException.SignInEnded && !background.inFront) background.notices.signInEnded()
            error !is FieldbookException.Unreachable && error !is FieldbookException.Busy
        }
        val attention = session.sync.status().first().totals.attention.toLong()
        val waiting = session.approvals.inbox().first().size
        if (!background.inFront) background.notices.show(attention, waiting)
        return done
    }
}
