package org.fieldbook

import java.util.concurrent.ConcurrentHashMap

/** What Android's Keystore does for the app, in memory. */
class Vault : PlatformKeyStore {
    /** Its secrets by name; emptied as after a reset of the phone's lock. */
    val secrets = ConcurrentHashMap<String, ByteArray>()

    /** Is it out of reach for now? */
    @Volatile
    var locked = false

    override fun load(name: String): ByteArray? = if (locked) locked() else secrets[name]

    override fun store(name: String, secret: ByteArray) {
        if (locked) locked() else secrets[name] = secret
    }

    private fun locked(): Nothing = throw PlatformException.Failed("the phone is locked")
}
