package org.fieldbook

/** The languages every message ships in. */
enum class Language {
    /** English. */
    EN,

    /** 简体中文. */
    ZH,
    ;

    companion object {
        /** The language for a tag such as `zh-CN`: 简体中文 for Chinese, English for everything else. */
        fun of(tag: String): Language = if (tag.lowercase().startsWith("zh")) ZH else EN
    }
}

/** The message in [language]. */
fun Words.text(language: Language): String = if (language == Language.ZH) zh else en

/** What to say to the person: what happened, what is safe, what to do. */
val FieldbookException.words: Words
    get() = when (this) {
        is FieldbookException.Refused -> words
        is FieldbookException.Missing -> words
        is FieldbookException.NotSignedIn -> words
        is FieldbookException.SignInEnded -> words
        is FieldbookException.Code -> words
        is FieldbookException.Unreachable -> words
        is FieldbookException.Busy -> words
        is FieldbookException.Portal -> words
        is FieldbookException.WrongServer -> words
        is FieldbookException.Update -> words
        is FieldbookException.FileDamaged -> words
        is FieldbookException.RecordDamaged -> words
        is FieldbookException.KeyLost -> words
        is FieldbookException.Storage -> words
        is FieldbookException.Platform -> words
        is FieldbookException.Defect -> words
        is FieldbookException.Cancelled -> Words("It was stopped. Nothing is lost.", "已停止，内容没有丢失。")
    }
