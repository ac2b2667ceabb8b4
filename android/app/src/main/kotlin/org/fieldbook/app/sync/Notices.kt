package org.fieldbook.app.sync

import android.app.Notification
import android.app.NotificationChannel
import android.app.NotificationManager
import android.app.PendingIntent
import android.content.Context
import android.content.Intent
import org.fieldbook.app.AppStrings
import org.fieldbook.app.device.service

/**
 * What the person should know while the app is not in front: something was not accepted, a request waits, customers are due, the
 * sign-in ended.
 * No text of a record is shown: a lock screen is read by others.
 *
 * @param icon a drawable of the app.
 */
class Notices(private val context: Context, private val icon: Int, private val strings: () -> AppStrings) {
    private val manager: NotificationManager = context.service()

    /** Shows both, or takes away what is over. */
    fun show(attention: Long, waiting: Int) {
        val words = strings()
        if (attention > 0) post(ATTENTION, words.needAttention(attention), words.needAttentionText) else manager.cancel(ATTENTION)
        if (waiting > 0) post(WAITING, words.wait(waiting), null) else manager.cancel(WAITING)
    }

    /** Says how many customers are due, or takes it away. */
    fun due(count: Int) = if (count > 0) post(DUE, strings().due(count), strings().dueText) else manager.cancel(DUE)

    /** The person has to sign in again. */
    fun signInEnded() = strings().let { post(SIGN_IN, it.signInEnded, it.signInEndedText) }

    /** The app is in front: it says all of it itself. */
    fun clear() = manager.cancelAll()

    private fun post(id: Int, title: String, text: String?) {
        manager.createNotificationChannel(
            NotificationChannel(CHANNEL, strings().channel, NotificationManager.IMPORTANCE_DEFAULT),
        )
        val notice = Notification.Builder(context, CHANNEL)
            .setSmallIcon(icon)
            .setContentTitle(title)
            .setContentText(text)
            .setContentIntent(opening())
            .setAutoCancel(true)
            .setOnlyAlertOnce(true)
            .setVisibility(Notification.VISIBILITY_PRIVATE)
            .build()
        // Without the permission to notify this does nothing; the app says it when it is opened.
        manager.notify(id, notice)
    }

    private fun opening(): PendingIntent? {
        val open = context.packageManager.getLaunchIntentForPackage(context.packageName) ?: Intent().setPackage(context.packageName)
        return PendingIntent.getActivity(context, 0, open, PendingIntent.FLAG_IMMUTABLE or PendingIntent.FLAG_UPDATE_CURRENT)
    }

    companion object {
        private const val CHANNEL = "needs-you"

        /** Something was not accepted. */
        const val ATTENTION = 1

        /** A request waits for a decision. */
        const val WAITING = 2

        /** The sign-in ended. */
        const val SIGN_IN = 3

        /** Customers are due. */
        const val DUE = 4
    }
}
