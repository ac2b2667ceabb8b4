package org.fieldbook.ui.visit

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.foundation.lazy.itemsIndexed
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.focus.onFocusChanged
import androidx.compose.ui.unit.dp
import org.fieldbook.RecordId
import org.fieldbook.VisitId
import org.fieldbook.VisitPage
import org.fieldbook.VisitStatus
import org.fieldbook.ui.app.Route
import org.fieldbook.ui.app.Shown
import org.fieldbook.ui.app.Workplace
import org.fieldbook.ui.app.orNull
import org.fieldbook.ui.expense.NewExpenseSheet
import org.fieldbook.ui.parts.ClockNote
import org.fieldbook.ui.parts.DraftField
import org.fieldbook.ui.parts.EmptyHint
import org.fieldbook.ui.parts.LinkRow
import org.fieldbook.ui.parts.Page
import org.fieldbook.ui.parts.PrimaryButton
import org.fieldbook.ui.parts.QuietButton
import org.fieldbook.ui.parts.SectionTitle
import org.fieldbook.ui.parts.StatusLine
import org.fieldbook.ui.parts.TimelineRow
import org.fieldbook.ui.parts.TroubleCard
import org.fieldbook.ui.parts.skeleton
import org.fieldbook.ui.words.LocalFormats
import org.fieldbook.ui.words.LocalStrings
import java.time.LocalTime

/** What is open over the visit. */
private sealed interface Over {
    data object Door : Over

    data object Finish : Over

    data object Cancel : Over

    data object Move : Over

    data object Expense : Over

    data class OfStep(val step: Step) : Over
}

/** A visit: its steps in order, its notes, its end. */
@Composable
fun VisitScreen(workplace: Workplace, visit: VisitId) {
    val scope = rememberCoroutineScope()
    val model = remember(visit) { VisitModel(workplace, visit, scope) }
    val shown by model.page.collectAsState()
    val trouble by model.actions.trouble.collectAsState()
    val status by workplace.status.collectAsState()
    var over by remember { mutableStateOf<Over?>(null) }
    val strings = LocalStrings.current
    val page = shown.orNull()
    LaunchedEffect(page?.visit?.notes) { page?.let { model.notes.show(it.visit.notes) } }
    DisposableEffect(model) { onDispose { model.notes.saveLater() } }
    Page(
        title = page?.visit?.customerName ?: strings.aCustomer,
        back = { workplace.navigator.back() },
        status = { StatusLine(workplace) },
        bottom = page?.let { { VisitActions(it) { over = it } } },
    ) {
        trouble?.let { item { TroubleCard(it, workplace.device, onRead = model.actions::read) } }
        status?.clock?.let { off -> item(key = "clock") { ClockNote(off, workplace.device) } }
        when {
            page != null -> visit(workplace, model, page) { over = it }
            shown is Shown.Ready -> item { EmptyHint(strings.notOnThisPhone) }
            else -> skeleton()
        }
    }
    if (page != null) OverVisit(workplace, model, page, over) { over = null }
}

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun ColumnScope.VisitActions(page: VisitPage, onOpen: (Over) -> Unit) {
    val strings = LocalStrings.current
    when (page.visit.status) {
        VisitStatus.PLANNED -> {
            PrimaryButton(strings.startVisit) { onOpen(Over.Door) }
            FlowRow(Modifier.fillMaxWidth(), horizontalArrangement = Arrangement.Center) {
                QuietButton(strings.movePlan) { onOpen(Over.Move) }
                QuietButton(strings.cancelVisitMore) { onOpen(Over.Cancel) }
            }
        }
        VisitStatus.STARTED -> {
            PrimaryButton(strings.finishVisit) { onOpen(Over.Finish) }
            FlowRow(Modifier.fillMaxWidth(), horizontalArrangement = Arrangement.Center) {
                QuietButton(strings.cancelVisitMore) { onOpen(Over.Cancel) }
            }
        }
        VisitStatus.FINISHED, VisitStatus.CANCELLED -> Unit
    }
}

private fun LazyListScope.visit(workplace: Workplace, model: VisitModel, page: VisitPage, onOpen: (Over) -> Unit) {
    item(key = "head") { VisitHead(page) }
    val steps = model.steps(page)
    val open = page.visit.status == VisitStatus.STARTED
    if (open || page.steps.isNotEmpty()) {
        val next = steps.indexOfFirst { it.result == null }
        itemsIndexed(if (open) steps else steps.filter { it.result != null }, key = { _, step -> "step ${step.name}" }) { index, step ->
            StepRow(index + 1, step, isNext = open && index == next, onClick = if (open) ({ onOpen(Over.OfStep(step)) }) else null)
        }
    }
    item(key = "notes") {
        DraftField(
            model.notes.draft,
            LocalStrings.current.notes,
            Modifier.onFocusChanged { if (!it.isFocused) model.notes.saveLater() },
            lines = 3,
            onChange = model.notes::type,
        )
    }
    page.visit.nextStep?.let { next -> item { Labelled(LocalStrings.current.nextStep, next) } }
    page.last?.let { last -> item { LastTime(last) { workplace.navigator.go(Route.Visit(last.id)) } } }
    item { VisitLinks(workplace, page, onOpen) }
    if (page.timeline.isNotEmpty()) {
        item { SectionTitle(LocalStrings.current.history) }
        items(page.timeline, key = { "${it.record} ${it.item} ${it.kind} ${it.at}" }) { TimelineRow(workplace, it, RecordId(page.visit.id.value)) }
    }
}

@Composable
private fun VisitLinks(workplace: Workplace, page: VisitPage, onOpen: (Over) -> Unit) {
    val strings = LocalStrings.current
    val (visit, customer) = page.visit.id to page.visit.customer
    Column(verticalArrangement = Arrangement.spacedBy(12.dp)) {
        LinkRow(strings.openCustomer) { workplace.navigator.go(Route.Customer(customer)) }
        if (page.visit.rep == workplace.account.person) {
            LinkRow(strings.writeActivity) { workplace.navigator.go(Route.Activity(customer, visit)) }
            LinkRow(strings.newExpense) { onOpen(Over.Expense) }
        }
    }
}

@Composable
private fun OverVisit(workplace: Workplace, model: VisitModel, page: VisitPage, over: Over?, onAway: () -> Unit) {
    val strings = LocalStrings.current
    val visit = page.visit
    when (over) {
        null -> Unit
        Over.Door -> CheckInSheet(workplace, CheckInSubject.of(visit, strings), onAway) { onAway() }
        Over.Finish -> FinishSheet(workplace, visit.id, visit.customer, model.notes, onAway)
        Over.Cancel -> CancelSheet(workplace, visit.id, visit.customer, model.notes, onAway)
        Over.Move -> PlanSheet(
            strings.movePlanTitle,
            LocalFormats.current.zone,
            onAway,
            before = LocalTime.from(visit.planned),
        ) { start -> model.move(start, onAway) }
        Over.Expense -> NewExpenseSheet(workplace, onAway, visit.customer, visit.id, visit.customerName)
        is Over.OfStep -> StepSheet(workplace, model, over.step, onAway)
    }
}
