package org.fieldbook.app.sync

import kotlinx.coroutines.flow.first
import org.fieldbook.Role
import org.fieldbook.Session

/** Says each morning how many customers are due, from what is on the phone: it needs no network. */
class DueJob : BackgroundJob() {
    override suspend fun work(background: Background, session: Session): Boolean {
        // The next morning first: whatever becomes of this one.
        Schedule(this).morning(again = true)
        val visits = session.people.me().first()?.role != Role.SUPERVISOR
        val due = if (visits) session.customers.due(limit = MANY).first().size else 0
        if (!background.inFront) background.notices.due(due)
        return true
    }

    private companion object {
        const val MANY = 999
    }
}
