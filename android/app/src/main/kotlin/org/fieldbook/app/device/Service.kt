package org.fieldbook.app.device

import android.content.Context

/** A service that every Android has. */
internal inline fun <reified T : Any> Context.service(): T =
    checkNotNull(getSystemService(T::class.java)) { "this Android has no ${T::class.java.simpleName}" }
