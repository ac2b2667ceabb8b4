package org.fieldbook.ui.app

import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import org.fieldbook.Language

/** What a person set on this phone. */
class Preferences(private val drafts: Drafts, private val device: Device) {
    private val mutableLanguage = MutableStateFlow(chosen() ?: system())

    /** The language the screens are in. */
    val language: StateFlow<Language> = mutableLanguage.asStateFlow()

    /** The language that the person chose; null when they follow the system. */
    fun chosen(): Language? = drafts.text(LANGUAGE)?.let { name -> Language.entries.find { it.name == name } }

    /** Chooses a language, or follows the system. */
    fun choose(language: Language?) {
        drafts.keep(LANGUAGE, language?.name.orEmpty())
        mutableLanguage.value = language ?: system()
    }

    /** The app came to the front: the language of the system may be another now. */
    fun look() {
        if (chosen() == null) mutableLanguage.value = system()
    }

    private fun system() = Language.of(device.languageTag)

    private companion object {
        const val LANGUAGE = "language"
    }
}
