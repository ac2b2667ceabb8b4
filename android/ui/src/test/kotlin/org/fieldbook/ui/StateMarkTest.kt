@file:OptIn(ExperimentalTestApi::class)

package org.fieldbook.ui

import androidx.compose.foundation.layout.Column
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.onAllNodesWithText
import androidx.compose.ui.test.v2.runComposeUiTest
import org.fieldbook.ApprovalStatus
import org.fieldbook.RecordState
import org.fieldbook.ui.parts.ApprovalMark
import org.fieldbook.ui.parts.LocalUnanswered
import org.fieldbook.ui.parts.StateMark
import org.fieldbook.ui.words.LocalStrings
import org.fieldbook.ui.words.Zh
import org.junit.jupiter.api.Test
import kotlin.test.assertEquals

/** Which truth a mark claims. */
class StateMarkTest {
    @Test
    fun `what was sent is not called delivered while nobody answers`() = runComposeUiTest {
        setContent {
            CompositionLocalProvider(LocalStrings provides Zh) {
                Column {
                    StateMark(RecordState.SENT)
                    CompositionLocalProvider(LocalUnanswered provides true) { StateMark(RecordState.SENT) }
                }
            }
        }
        assertEquals(listOf(1, 1), listOf("已送达", "已尝试发送，未收到回应").map { onAllNodesWithText(it).fetchSemanticsNodes().size })
    }

    @Test
    fun `what nobody has decided is not marked as accepted`() = runComposeUiTest {
        setContent {
            Column {
                for (status in ApprovalStatus.entries) ApprovalMark(status, RecordState.ACCEPTED)
            }
        }
        // Approved and rejected: what was taken back is its author's again. What is decided or taken back without the server's word waits.
        assertEquals(2, onAllNodesWithText("Accepted").fetchSemanticsNodes().size)
        assertEquals(2, onAllNodesWithText("Waiting for the server").fetchSemanticsNodes().size)
    }
}
