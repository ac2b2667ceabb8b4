package org.fieldbook.ui.app

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.catch
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.stateIn
import org.fieldbook.Account
import org.fieldbook.FieldbookException
import org.fieldbook.House
import org.fieldbook.Person
import org.fieldbook.PersonId
import org.fieldbook.Role
import org.fieldbook.Session
import org.fieldbook.SyncStatus

/**
 * What all screens of the person who is signed in share.
 *
 * @param scope lives as long as the sign-in.
 */
class Workplace(
    val session: Session,
    val account: Account,
    val device: Device,
    val preferences: Preferences,
    private val allDrafts: Drafts,
    val scope: CoroutineScope,
) {
    /** Where the person is. */
    val navigator = Navigator()

    /** What can still be taken back. */
    val undo = Undo(scope)

    /** Where the phone was when it was last asked. */
    val whereabouts = Whereabouts(session.visits)

    /** How sync goes: the line under every title. Null until first asked. */
    val status: StateFlow<SyncStatus?> = session.sync.status().orNothing()

    /** The organisation as last received. */
    val organisation: StateFlow<Organisation> = session.people.everybody()
        .map { Organisation.of(session, it, account.person) }
        .combine(session.approvals.inbox().map { it.isNotEmpty() }.distinctUntilChanged()) { known, asked -> known.copy(asked = asked) }
        .catch { if (it !is FieldbookException) throw it }
        .stateIn(scope, SharingStarted.Eagerly, Organisation())

    /** A field's draft of this person. */
    fun draft(name: String, before: String = ""): Draft = Draft(allDrafts, "${account.id}/$name", before)

    private fun <T> Flow<T>.orNothing(): StateFlow<T?> =
        map<T, T?> { it }
            .catch { if (it !is FieldbookException) throw it }
            .stateIn(scope, SharingStarted.Eagerly, null)
}

/**
 * People and the rules of the house.
 *
 * @property asked does a request wait for this person, or for the server's word on their decision?
 */
data class Organisation(
    val me: Person? = null,
    val people: Map<PersonId, Person> = emptyMap(),
    val unitName: String? = null,
    val house: House? = null,
    val asked: Boolean = false,
) {
    /** Does this person lead others? */
    val leads: Boolean get() = me?.role == Role.SUPERVISOR

    /** Does this person decide? Whoever leads, and whoever was brought in on a request. */
    val decides: Boolean get() = leads || asked

    /** Does this person visit customers? */
    val visits: Boolean get() = !leads

    /** What a person is called; null when the phone does not know them. */
    fun nameOf(person: PersonId): String? = people[person]?.name

    internal companion object {
        suspend fun of(session: Session, everybody: List<Person>, me: PersonId): Organisation {
            val people = everybody.associateBy { it.id }
            val mine = people[me]
            return Organisation(
                me = mine,
                people = people,
                unitName = session.people.units().find { it.id == mine?.unit }?.name,
                house = session.people.house(),
            )
        }
    }
}
