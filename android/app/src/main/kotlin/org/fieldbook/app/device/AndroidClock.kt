package org.fieldbook.app.device

import android.content.ContentResolver
import android.os.SystemClock
import android.provider.Settings
import org.fieldbook.ClockReading
import org.fieldbook.PlatformClock
import java.util.TimeZone

/**
 * The phone's clocks: the wall clock that a person can set, and the one that counts from the start of the phone, sleep
 * included, with the number of that start.
 */
class AndroidClock(private val resolver: ContentResolver) : PlatformClock {
    override fun read(): ClockReading {
        val now = System.currentTimeMillis()
        return ClockReading(
            unixMs = now,
            utcOffsetSeconds = TimeZone.getDefault().getOffset(now) / 1000,
            monotonicMs = SystemClock.elapsedRealtime().toULong(),
            bootId = Settings.Global.getInt(resolver, Settings.Global.BOOT_COUNT, 0).toString(),
        )
    }
}
