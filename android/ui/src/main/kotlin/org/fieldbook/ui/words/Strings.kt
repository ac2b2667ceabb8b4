package org.fieldbook.ui.words

import androidx.compose.runtime.staticCompositionLocalOf
import org.fieldbook.Language
import org.fieldbook.ui.format.Formats
import java.time.Clock

/**
 * Everything the screens say. Each language is written on its own and not translated word by word; a sentence that one of them
 * lacks does not compile. Manifest labels alone are resources.
 */
interface Strings :
    CommonStrings,
    StartStrings,
    DayStrings,
    VisitStrings,
    CustomerStrings,
    AskStrings,
    RequestStrings,
    FormStrings,
    PhoneStrings {
    /** The language of these. */
    val language: Language

    companion object {
        /** The strings of a language. */
        fun of(language: Language): Strings = if (language == Language.ZH) Zh else En
    }
}

/** English. */
object En :
    Strings,
    CommonStrings by CommonEn,
    StartStrings by StartEn,
    DayStrings by DayEn,
    VisitStrings by VisitEn,
    CustomerStrings by CustomerEn,
    AskStrings by AskEn,
    RequestStrings by RequestEn,
    FormStrings by FormEn,
    PhoneStrings by PhoneEn {
    override val language = Language.EN
}

/** 简体中文. */
object Zh :
    Strings,
    CommonStrings by CommonZh,
    StartStrings by StartZh,
    DayStrings by DayZh,
    VisitStrings by VisitZh,
    CustomerStrings by CustomerZh,
    AskStrings by AskZh,
    RequestStrings by RequestZh,
    FormStrings by FormZh,
    PhoneStrings by PhoneZh {
    override val language = Language.ZH
}

/** The strings of the language that is on. */
val LocalStrings = staticCompositionLocalOf<Strings> { En }

/** How numbers and times read in that language. */
val LocalFormats = staticCompositionLocalOf { Formats(Language.EN, Clock.systemDefaultZone()) }
