package org.fieldbook.ui.app

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.key
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import org.fieldbook.FieldbookException
import org.fieldbook.Words
import org.fieldbook.text
import org.fieldbook.ui.activity.ActivityScreen
import org.fieldbook.ui.approval.ApprovalScreen
import org.fieldbook.ui.approval.ApprovalsScreen
import org.fieldbook.ui.attention.AttentionScreen
import org.fieldbook.ui.customer.CustomerScreen
import org.fieldbook.ui.customer.CustomersScreen
import org.fieldbook.ui.expense.ExpenseScreen
import org.fieldbook.ui.expense.ExpensesScreen
import org.fieldbook.ui.parts.LocalUnanswered
import org.fieldbook.ui.parts.ObjectCard
import org.fieldbook.ui.parts.QuietButton
import org.fieldbook.ui.parts.TroubleCard
import org.fieldbook.ui.settings.MeScreen
import org.fieldbook.ui.sync.SyncScreen
import org.fieldbook.ui.theme.LocalPalette
import org.fieldbook.ui.today.TodayScreen
import org.fieldbook.ui.visit.VisitScreen
import org.fieldbook.ui.words.LocalStrings

/** Somebody works: the place they are in, what can be taken back, and the rooms. */
@Composable
fun WorkScreen(app: AppModel, workplace: Workplace) {
    val way by workplace.navigator.way.collectAsState()
    val status by workplace.status.collectAsState()
    val undoTrouble by workplace.undo.trouble.collectAsState()
    val trouble by app.actions.trouble.collectAsState()
    val here = way.last()
    Column(Modifier.fillMaxSize().background(LocalPalette.current.surface)) {
        val ended = status?.trouble as? FieldbookException.SignInEnded
        if (ended != null) {
            Box(Modifier.padding(8.dp)) { TroubleCard(ended, workplace.device, onSignIn = app::signInAgain) }
        }
        status?.ended?.let { EndedCard(app, workplace, it) }
        trouble?.let { Box(Modifier.padding(8.dp)) { TroubleCard(it, workplace.device, onRead = app.actions::read) } }
        CompositionLocalProvider(LocalUnanswered provides (status?.trouble != null)) {
            Box(Modifier.weight(1f)) { key(way.size, here) { Place(app, workplace, here) } }
        }
        undoTrouble?.let { trouble ->
            Box(Modifier.padding(8.dp)) { TroubleCard(trouble, workplace.device, onRead = workplace.undo::read) }
        }
        UndoBar(workplace.undo)
        if (here is Route.Room) RoomBar(workplace, here)
    }
}

/** The access of this phone has ended: what was not accepted can still be read and exported. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun EndedCard(app: AppModel, workplace: Workplace, words: Words) {
    val strings = LocalStrings.current
    Box(Modifier.padding(8.dp)) {
        ObjectCard(Modifier.semantics { liveRegion = LiveRegionMode.Polite }, color = LocalPalette.current.attentionSoft) {
            Text(words.text(strings.language), style = MaterialTheme.typography.bodyMedium)
            FlowRow {
                QuietButton(strings.needsAttention) { workplace.navigator.go(Route.Attention) }
                QuietButton(strings.signInAgain, onClick = app::signInAgain)
            }
        }
    }
}

@Composable
private fun Place(app: AppModel, workplace: Workplace, here: Route) {
    when (here) {
        Route.Today -> TodayScreen(workplace)
        Route.Approvals -> ApprovalsScreen(workplace)
        Route.Customers -> CustomersScreen(workplace)
        Route.Expenses -> ExpensesScreen(workplace)
        Route.Me -> MeScreen(app, workplace)
        is Route.Customer -> CustomerScreen(workplace, here.id)
        is Route.Visit -> VisitScreen(workplace, here.id)
        is Route.Activity -> ActivityScreen(workplace, here)
        is Route.Expense -> ExpenseScreen(workplace, here.id)
        is Route.Approval -> ApprovalScreen(workplace, here.id)
        Route.Attention -> AttentionScreen(workplace)
        Route.Sync -> SyncScreen(workplace)
    }
}
