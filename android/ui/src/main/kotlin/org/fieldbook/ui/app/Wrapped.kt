package org.fieldbook.ui.app

import java.security.GeneralSecurityException
import javax.crypto.Cipher
import javax.crypto.spec.GCMParameterSpec
import javax.crypto.spec.SecretKeySpec

/** Text as it lies on the disk: encrypted and sealed (AES-GCM), a fresh nonce before each. */
class Wrapped(key: ByteArray) {
    private val key = SecretKeySpec(key, "AES")

    /** What is kept of a text. */
    fun wrap(text: String): ByteArray {
        val cipher = Cipher.getInstance(CIPHER).apply { init(Cipher.ENCRYPT_MODE, key) }
        return cipher.iv + cipher.doFinal(text.toByteArray())
    }

    /** The text; null when it was wrapped with another key, or changed. */
    fun unwrap(kept: ByteArray): String? = try {
        val cipher = Cipher.getInstance(CIPHER)
        cipher.init(Cipher.DECRYPT_MODE, key, GCMParameterSpec(TAG_BITS, kept, 0, NONCE_BYTES))
        String(cipher.doFinal(kept, NONCE_BYTES, kept.size - NONCE_BYTES))
    } catch (_: GeneralSecurityException) {
        null
    } catch (_: IllegalArgumentException) {
        null
    }

    companion object {
        /** How long a key is. */
        const val KEY_BYTES = 32
        private const val CIPHER = "AES/GCM/NoPadding"
        private const val NONCE_BYTES = 12
        private const val TAG_BITS = 128
    }
}
