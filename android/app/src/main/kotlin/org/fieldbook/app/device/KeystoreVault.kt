package org.fieldbook.app.device

import android.content.Context
import android.content.SharedPreferences
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyPermanentlyInvalidatedException
import android.security.keystore.KeyProperties
import android.util.Base64
import org.fieldbook.PlatformException
import org.fieldbook.PlatformKeyStore
import java.io.IOException
import java.security.GeneralSecurityException
import java.security.KeyStore
import java.security.ProviderException
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec

/** What wraps secrets: a key that never leaves the phone's secure hardware. */
interface WrappingKey {
    /** The key; null when it is gone for ever. Made when [create] says so. */
    fun get(create: Boolean): SecretKey?
}

/** The Android Keystore's key. It needs no unlocking: a job syncs while the phone lies in a pocket. */
object KeystoreKey : WrappingKey {
    private const val STORE = "AndroidKeyStore"
    private const val ALIAS = "fieldbook"

    override fun get(create: Boolean): SecretKey? {
        val store = KeyStore.getInstance(STORE).apply { load(null) }
        (store.getKey(ALIAS, null) as? SecretKey)?.let { return it }
        if (!create) return null
        val spec = KeyGenParameterSpec.Builder(ALIAS, KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT)
            .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
            .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
            .setKeySize(256)
            .build()
        return KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, STORE).apply { init(spec) }.generateKey()
    }
}

/**
 * The secrets of the records, each wrapped by the [WrappingKey] and kept in a private file that no backup takes.
 *
 * A secret whose wrapping key is gone is gone itself: the SDK sets the records aside and says what was unsent. Anything else
 * that fails is an error to be tried again, because a secret that is only out of reach must not be given up.
 */
class KeystoreVault(context: Context, private val wrapping: WrappingKey = KeystoreKey) : PlatformKeyStore {
    private val wrapped: SharedPreferences = context.getSharedPreferences("vault", Context.MODE_PRIVATE)

    override fun load(name: String): ByteArray? = guarded {
        val kept = wrapped.getString(name, null)?.let { Base64.decode(it, Base64.NO_WRAP) } ?: return@guarded null
        val key = wrapping.get(create = false) ?: return@guarded null
        val cipher = Cipher.getInstance(CIPHER)
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, GCMParameterSpec(TAG_BITS, kept, 0, NONCE_BYTES))
        } catch (_: KeyPermanentlyInvalidatedException) {
            return@guarded null
        }
        cipher.doFinal(kept, NONCE_BYTES, kept.size - NONCE_BYTES)
    }

    override fun store(name: String, secret: ByteArray) = guarded {
        val cipher = Cipher.getInstance(CIPHER)
        cipher.init(Cipher.ENCRYPT_MODE, wrapping.get(create = true))
        val kept = cipher.iv + cipher.doFinal(secret)
        // Not `apply`: the records must not exist before their key is on the disk.
        val saved = wrapped.edit().putString(name, Base64.encodeToString(kept, Base64.NO_WRAP)).commit()
        if (!saved) throw PlatformException.Failed("the vault could not be written")
    }

    private fun <T> guarded(work: () -> T): T = try {
        work()
    } catch (error: GeneralSecurityException) {
        throw failed(error)
    } catch (error: ProviderException) {
        // What the secure hardware says when it is busy or locked.
        throw failed(error)
    } catch (error: IOException) {
        throw failed(error)
    } catch (error: IllegalArgumentException) {
        throw failed(error)
    } catch (error: IllegalStateException) {
        throw failed(error)
    }

    private fun failed(error: Exception) = PlatformException.Failed("the key store: $error")

    private companion object {
        const val CIPHER = "AES/GCM/NoPadding"
        const val NONCE_BYTES = 12
        const val TAG_BITS = 128
    }
}
