@file:OptIn(ExperimentalTestApi::class)

package org.fieldbook.ui

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.SkikoComposeUiTest
import androidx.compose.ui.test.click
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasScrollToNodeAction
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.onLast
import androidx.compose.ui.test.performTouchInput
import androidx.compose.ui.test.swipeUp
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performScrollToIndex
import androidx.compose.ui.test.performScrollToNode
import androidx.compose.ui.test.performTextClearance
import androidx.compose.ui.test.performTextInput

/** What a person does with a phone: looks, taps, types. Each step waits for what it needs, at most a minute. */
class Hand(val test: SkikoComposeUiTest) {
    /** The phone in the hand. */
    var phone: PhoneInHand by mutableStateOf(NONE)
        private set

    /** Is it dark? */
    var dark by mutableStateOf(false)

    /** The size of the text, 1 as the system has it. */
    var textSize by mutableStateOf(1f)

    /** How often it was tapped. */
    var taps = 0
        private set

    /** Takes another phone. */
    fun take(other: PhoneInHand) {
        phone = other
        test.waitForIdle()
    }

    /** Taps what says [text]. */
    fun tap(text: String) {
        val target = find(hasClickAction() and (hasText(text) or hasContentDescription(text)), topmost = true)
        target.performTouchInput { click() }
        taps += 1
        test.waitForIdle()
    }

    /** Taps the card or line that holds [part] among its words. */
    fun tapCard(part: String) {
        find(hasClickAction() and hasText(part, substring = true)).performTouchInput { click() }
        taps += 1
        test.waitForIdle()
    }

    /** Types into the field called [label]. */
    fun type(label: String, text: String) {
        val field = find(hasSetTextAction() and hasText(label))
        field.performTextClearance()
        find(hasSetTextAction() and hasText(label)).performTextInput(text)
        test.waitForIdle()
    }

    /** Waits until the screen says [part]. */
    fun see(part: String) {
        find(hasText(part, substring = true) or hasContentDescription(part, substring = true))
    }

    /** Goes back to the top of the list. */
    fun top() {
        test.onAllNodes(hasScrollToNodeAction()).onFirst().performScrollToIndex(0)
        test.waitForIdle()
    }

    /** Goes further down the list by a screen. */
    fun down() {
        test.onAllNodes(hasScrollToNodeAction()).onFirst().performTouchInput { swipeUp() }
        test.waitForIdle()
    }

    /** Does the screen say [part] now? */
    fun sees(part: String): Boolean = exists(hasText(part, substring = true))

    /** Waits until the screen does not say [part]. */
    fun seeNoMore(part: String) = until("\"$part\" is gone") { !exists(hasText(part, substring = true)) }

    /** Waits for something that is not on the screen. */
    fun until(what: String, condition: () -> Boolean) {
        try {
            test.waitUntil(what, PATIENCE_MS) { condition() }
        } catch (error: Throwable) {
            throw AssertionError("waited for $what; the screen says:\n${screen()}", error)
        }
    }

    /** Everything that the screen says, for a failure. */
    fun screen(): String = test.onAllNodes(SemanticsMatcher("any") { true }).fetchSemanticsNodes(false).mapNotNull { node ->
        val text = node.config.getOrNull(SemanticsProperties.Text)?.joinToString()
        val typed = node.config.getOrNull(SemanticsProperties.EditableText)?.text
        val label = node.config.getOrNull(SemanticsProperties.ContentDescription)?.joinToString()
        val click = if (node.config.contains(SemanticsActions.OnClick)) "[tap] " else ""
        listOfNotNull(text, typed, label).joinToString(" / ").ifEmpty { null }?.let { click + it }
    }.joinToString("\n")

    private fun exists(matcher: SemanticsMatcher) = test.onAllNodes(matcher).fetchSemanticsNodes(false).isNotEmpty()

    /** Waits for a node and brings it into view: what a list has not drawn yet is scrolled to. */
    private fun find(matcher: SemanticsMatcher, topmost: Boolean = false) = run {
        until(matcher.description) { exists(matcher) || scrolledTo(matcher) }
        // A sheet comes after what it lies on.
        val node = test.onAllNodes(matcher).run { if (topmost) onLast() else onFirst() }
        runCatching { node.performScrollTo() }
        node
    }

    private fun scrolledTo(matcher: SemanticsMatcher): Boolean {
        val lists = test.onAllNodes(hasScrollToNodeAction()).fetchSemanticsNodes(false).size
        return (0 until lists).any { index ->
            runCatching { test.onAllNodes(hasScrollToNodeAction())[index].performScrollToNode(matcher) }.isSuccess
        }
    }

    companion object {
        private const val PATIENCE_MS = 60_000L
        private val NONE = PhoneInHand("nobody")
    }
}
