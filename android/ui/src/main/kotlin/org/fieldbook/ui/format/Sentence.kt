package org.fieldbook.ui.format

/** The same words where they begin a line of their own. */
fun String.asSentence(): String = replaceFirstChar { it.uppercase() }
