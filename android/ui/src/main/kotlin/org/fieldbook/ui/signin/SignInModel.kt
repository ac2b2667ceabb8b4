package org.fieldbook.ui.signin

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import org.fieldbook.Account
import org.fieldbook.Fieldbook
import org.fieldbook.FieldbookException
import org.fieldbook.Session
import org.fieldbook.ui.app.Actions
import org.fieldbook.ui.app.Device
import org.fieldbook.ui.app.Draft
import org.fieldbook.ui.app.Drafts
import org.fieldbook.ui.app.Workplace

/**
 * Signing in by code, link or QR code.
 *
 * @param accounts who has records on this phone; they stay, whoever signs in.
 * @param back the workplace of a person whose sign-in ended, to which they can return and go on writing.
 * @param trouble why somebody has to sign in again.
 */
class SignInModel(
    private val fieldbook: Fieldbook,
    val accounts: List<Account>,
    private val device: Device,
    drafts: Drafts,
    scope: CoroutineScope,
    val back: Workplace?,
    val trouble: FieldbookException?,
    private val signedIn: suspend (Session) -> Unit,
) {
    private val mutableFromLink = MutableStateFlow(false)

    /** The address of the server. */
    val server = Draft(drafts, "sign-in/server", accounts.firstOrNull()?.server.orEmpty())

    /** The one-time code. */
    val code = Draft(drafts, "sign-in/code")

    /** What goes on. */
    val actions = Actions(scope)

    /** Do the fields hold what a link said? */
    val fromLink: StateFlow<Boolean> = mutableFromLink.asStateFlow()

    /** Can it be tried? */
    val ready: Boolean get() = server.text.isNotBlank() && code.text.isNotBlank()

    /** Fills in what a link or a QR code says, to be looked at before it is used. */
    fun take(link: String) {
        actions.run {
            val parts = fieldbook.readLink(link.trim())
            server.text = parts.server
            code.text = parts.code
            mutableFromLink.value = true
        }
    }

    /** A code was typed or pasted; a whole link in its place is read as one. */
    fun typedCode(text: String) {
        code.text = text
        if ("://" in text) take(text)
    }

    /** Reads a QR code. */
    fun scan() {
        actions.run {
            val link = device.scanCode() ?: return@run
            val parts = fieldbook.readLink(link)
            server.text = parts.server
            code.text = parts.code
            mutableFromLink.value = true
        }
    }

    /** Signs in. */
    fun signIn() {
        actions.run {
            val session = fieldbook.signIn(server.text.trim(), code.text.trim(), device.name)
            code.done()
            server.done(server.text)
            signedIn(session)
        }
    }
}
