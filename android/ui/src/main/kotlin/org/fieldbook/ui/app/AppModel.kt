package org.fieldbook.ui.app

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.job
import kotlinx.coroutines.launch
import org.fieldbook.Account
import org.fieldbook.Fieldbook
import org.fieldbook.FieldbookException
import org.fieldbook.Recovered
import org.fieldbook.Session
import org.fieldbook.ui.signin.SignInModel

/** Where the app stands. */
sealed interface Stage {
    /** The records are being opened. */
    data object Opening : Stage

    /** Nobody is signed in. */
    data class SignIn(val model: SignInModel) : Stage

    /** The records do not open. [account] is whose they are, when they can be recovered. */
    data class Stopped(val trouble: FieldbookException, val account: Account?) : Stage

    /** Records were damaged; the person reads what was saved. */
    data class Recovery(val recovered: Recovered) : Stage

    /** Somebody has just signed in; their customers arrive. */
    data class Arrival(val workplace: Workplace) : Stage

    /** Somebody works. */
    data class Working(val workplace: Workplace) : Stage
}

/**
 * The app from its start to its end: opens the records, signs in and out, syncs while it is in front.
 *
 * @param open opens the records of this phone; called again after something in the way is gone.
 * @param scope lives as long as the process.
 */
class AppModel(
    private val open: suspend () -> Fieldbook,
    val device: Device,
    private val drafts: Drafts,
    private val scope: CoroutineScope,
) {
    private val mutableStage = MutableStateFlow<Stage>(Stage.Opening)
    private var fieldbook: Fieldbook? = null
    private var inFront = false

    /** What the person asked for beyond one room; what went wrong with it stays to be read. */
    val actions = Actions(scope)

    /** What was set on this phone. */
    val preferences = Preferences(drafts, device)

    /** Where the app stands. */
    val stage: StateFlow<Stage> = mutableStage.asStateFlow()

    /** What all screens of the person who is signed in share; null while nobody is. */
    val workplace: Workplace?
        get() = when (val stage = mutableStage.value) {
            is Stage.Working -> stage.workplace
            is Stage.Arrival -> stage.workplace
            else -> null
        }

    init {
        start()
    }

    /** Opens the records, at the start of the process and when the person tries again. */
    fun start() {
        mutableStage.value = Stage.Opening
        scope.launch {
            try {
                val opened = fieldbook ?: open().also { fieldbook = it }
                val session = opened.resume()
                if (session == null) askToSignIn(opened) else work(session, arrived = true)
            } catch (error: FieldbookException) {
                stop(error)
            }
        }
    }

    /** Nothing opens: says why. With a lost key the records are set aside already, and the sign-in follows. */
    private suspend fun stop(error: FieldbookException) {
        val accounts = runCatching { fieldbook?.accounts() }.getOrNull().orEmpty()
        mutableStage.value = Stage.Stopped(error, accounts.firstOrNull { it.signedIn } ?: accounts.firstOrNull())
    }

    /** Shows the sign-in. */
    fun signIn(trouble: FieldbookException? = null) {
        val opened = fieldbook ?: return start()
        scope.launch {
            try {
                askToSignIn(opened, trouble)
            } catch (error: FieldbookException) {
                stop(error)
            }
        }
    }

    /** Begins anew beside damaged records and says what was saved. */
    fun recover(account: Account) {
        val opened = fieldbook ?: return
        mutableStage.value = Stage.Opening
        scope.launch {
            try {
                mutableStage.value = Stage.Recovery(opened.recover(account.id))
            } catch (error: FieldbookException) {
                stop(error)
            }
        }
    }

    /** The person who arrived begins to work. */
    fun begin() {
        val arrival = mutableStage.value as? Stage.Arrival ?: return
        mutableStage.value = Stage.Working(arrival.workplace)
    }

    /** Signs the person out; what they wrote stays on this phone. Where that fails, as on a full disk, they stay at work. */
    fun signOut() {
        val workplace = workplace ?: return
        val opened = fieldbook ?: return
        actions.run {
            workplace.undo.settle()
            mutableStage.value = Stage.Opening
            // First nobody asks any more, then the records are let go.
            workplace.scope.coroutineContext.job.cancelAndJoin()
            try {
                workplace.session.signOut()
            } catch (error: FieldbookException) {
                work(workplace.session, arrived = true)
                throw error
            }
            try {
                askToSignIn(opened)
            } catch (error: FieldbookException) {
                stop(error)
            }
        }
    }

    /** The sign-in was ended by the server: another code brings the person back to everything they wrote. */
    fun signInAgain() {
        val workplace = workplace ?: return signIn()
        val opened = fieldbook ?: return
        actions.run {
            workplace.undo.settle()
            askToSignIn(opened, back = workplace)
        }
    }

    /** A link or a QR code was opened from outside, perhaps to start the app: the code is in the field. */
    fun openLink(link: String) {
        scope.launch {
            mutableStage.first { it != Stage.Opening }
            val opened = fieldbook ?: return@launch
            actions.aside {
                if (mutableStage.value !is Stage.SignIn) askToSignIn(opened, back = workplace)
                (mutableStage.value as? Stage.SignIn)?.model?.take(link)
            }
        }
    }

    /** The app came to the front: sync goes by itself. */
    fun toFront() {
        inFront = true
        val session = workplace?.session ?: return
        scope.launch {
            quietly {
                session.sync.start()
                session.sync.wake()
            }
        }
    }

    /** The network is back: a wait ends now. */
    fun networkBack() {
        val session = workplace?.session ?: return
        scope.launch { quietly { session.sync.wake() } }
    }

    /** The app goes to the back: what was decided is done, and a background job syncs from now on. */
    fun toBack() {
        inFront = false
        val workplace = workplace ?: return
        scope.launch {
            workplace.undo.settle()
            quietly { workplace.session.sync.stop() }
        }
    }

    /** Goes one step back; false when the app is to be left. */
    fun back(): Boolean = when (val stage = mutableStage.value) {
        is Stage.Working -> stage.workplace.navigator.back()
        is Stage.SignIn -> stage.model.back?.let { mutableStage.value = Stage.Working(it) } != null
        else -> false
    }

    private suspend fun askToSignIn(opened: Fieldbook, trouble: FieldbookException? = null, back: Workplace? = null) {
        val model = SignInModel(opened, opened.accounts(), device, drafts, scope, back, trouble) { session ->
            back?.let { leave(it) }
            work(session, arrived = false)
        }
        mutableStage.value = Stage.SignIn(model)
    }

    private suspend fun work(session: Session, arrived: Boolean) {
        val job = SupervisorJob(scope.coroutineContext.job)
        val workplace = Workplace(
            session = session,
            account = session.account(),
            device = device,
            preferences = preferences,
            allDrafts = drafts,
            scope = CoroutineScope(scope.coroutineContext + job),
        )
        mutableStage.value = if (arrived) Stage.Working(workplace) else Stage.Arrival(workplace)
        if (inFront) toFront()
    }

    private suspend fun leave(workplace: Workplace) {
        workplace.scope.coroutineContext.job.cancelAndJoin()
        workplace.session.close()
    }

    /** For what the status line says anyway. */
    private suspend fun quietly(work: suspend () -> Unit) {
        try {
            work()
        } catch (_: FieldbookException) {
            return
        }
    }
}
