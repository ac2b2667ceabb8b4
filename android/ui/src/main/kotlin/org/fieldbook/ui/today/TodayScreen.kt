package org.fieldbook.ui.today

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.produceState
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import kotlinx.coroutines.delay
import org.fieldbook.Away
import org.fieldbook.Today
import org.fieldbook.Visit
import org.fieldbook.VisitStatus
import org.fieldbook.ui.app.Route
import org.fieldbook.ui.app.Workplace
import org.fieldbook.ui.app.orNull
import org.fieldbook.ui.parts.Bar
import org.fieldbook.ui.parts.ClockNote
import org.fieldbook.ui.parts.EmptyHint
import org.fieldbook.ui.parts.Page
import org.fieldbook.ui.parts.PrimaryButton
import org.fieldbook.ui.parts.QuietButton
import org.fieldbook.ui.parts.SectionTitle
import org.fieldbook.ui.parts.StatusLine
import org.fieldbook.ui.parts.TroubleCard
import org.fieldbook.ui.parts.skeleton
import org.fieldbook.ui.visit.CheckInSheet
import org.fieldbook.ui.visit.CheckInSubject
import org.fieldbook.ui.words.LocalFormats
import org.fieldbook.ui.words.LocalStrings
import java.time.LocalDate
import kotlin.time.Duration.Companion.minutes

/** The first screen of the day: a rep's plan, or what a supervisor has to know and decide. */
@Composable
fun TodayScreen(workplace: Workplace) {
    val scope = rememberCoroutineScope()
    val day = today()
    val model = remember(day) { TodayModel(workplace, day, scope) }
    val organisation by workplace.organisation.collectAsState()
    if (organisation.leads) TeamToday(workplace, model) else RepToday(workplace, model)
}

/** The day, here; after midnight the next one. */
@Composable
private fun today(): LocalDate {
    val formats = LocalFormats.current
    val day by produceState(formats.today, formats) {
        while (true) {
            value = formats.today
            delay(1.minutes)
        }
    }
    return day
}

@Composable
private fun RepToday(workplace: Workplace, model: TodayModel) {
    val (strings, formats) = LocalStrings.current to LocalFormats.current
    val today = model.own.collectAsState().value.orNull()
    val due = model.due.collectAsState().value.orNull().orEmpty()
    val remarks = model.remarks.collectAsState().value.orNull().orEmpty()
    val before = model.before.collectAsState().value.orNull()
    val nearby by model.nearby.collectAsState()
    val fix by model.fix.collectAsState()
    val trouble by model.actions.trouble.collectAsState()
    val busy by model.actions.busy.collectAsState()
    val status by workplace.status.collectAsState()
    var starting by remember { mutableStateOf<CheckInSubject?>(null) }
    var overShown by remember { mutableStateOf(false) }
    val plan = today?.let(::DayPlan)
    val away = { visit: Visit -> model.awayTo(visit) }
    LaunchedEffect(model) { model.refreshNearby() }

    Page(
        title = "${strings.today}  ${formats.day(formats.today)}",
        status = { StatusLine(workplace) },
        bottom = { RepAction(workplace, plan?.next) { starting = it } },
    ) {
        trouble?.let { item { TroubleCard(it, workplace.device, onRead = model.actions::read) } }
        status?.clock?.let { off -> item(key = "clock") { ClockNote(off, workplace.device) } }
        if (plan == null) return@Page skeleton()
        item { Progress(today) }
        items(remarks.take(2), key = { "remark ${it.asked.record} ${it.asked.item}" }) { RemarkCard(it) }
        if (plan.next != null) {
            item { SectionTitle(if (plan.next.status == VisitStatus.STARTED) strings.open else strings.next) }
            item(key = "next") { NextCard(plan.next, before, due, away(plan.next)) { workplace.open(plan.next) } }
        } else if (plan.later.isEmpty()) {
            item { EmptyHint(if (plan.over.isEmpty()) strings.nothingPlanned else strings.allDone) }
        }
        visits(strings.later, plan.later, away, workplace)
        dueAndNear(workplace, plan, due, nearby, fix, busy, model::findNearby)
        if (plan.over.isNotEmpty()) {
            item { QuietButton("${strings.over}  ${plan.over.size}", Modifier.fillMaxWidth()) { overShown = !overShown } }
            if (overShown) visits(null, plan.over, away, workplace)
        }
    }
    starting?.let { subject ->
        CheckInSheet(workplace, subject, onAway = { starting = null }) { visit ->
            starting = null
            workplace.navigator.go(Route.Visit(visit))
        }
    }
}

/** The one thing a rep does first. */
@Composable
private fun RepAction(workplace: Workplace, next: Visit?, onStart: (CheckInSubject) -> Unit) {
    val strings = LocalStrings.current
    when (next?.status) {
        VisitStatus.STARTED -> PrimaryButton(strings.goOnVisit(next.customerName ?: strings.aCustomer)) { workplace.open(next) }
        VisitStatus.PLANNED -> PrimaryButton(strings.startVisit) { onStart(CheckInSubject.of(next, strings)) }
        else -> PrimaryButton(strings.findCustomer) { workplace.navigator.go(Route.Customers) }
    }
}

/** The bar counts plan against done. */
@Composable
private fun Progress(today: Today) {
    if (today.planned == 0u) return
    Column(Modifier.fillMaxWidth(), verticalArrangement = Arrangement.spacedBy(6.dp)) {
        Text(
            LocalStrings.current.visitsDone(today.done.toInt(), today.planned.toInt()),
            style = MaterialTheme.typography.titleMedium,
        )
        Bar(part = today.done.toFloat() / today.planned.toFloat())
    }
}

/** Visits as lines, with a title when there are any. */
internal fun LazyListScope.visits(
    title: String?,
    visits: List<Visit>,
    away: (Visit) -> Away?,
    workplace: Workplace,
    named: Boolean = false,
) {
    if (visits.isEmpty()) return
    if (title != null) item { SectionTitle(title, visits.size) }
    items(visits, key = { "visit ${it.id}" }) { visit ->
        VisitLine(visit, away(visit), if (named) workplace else null) { workplace.open(visit) }
    }
}

private fun Workplace.open(visit: Visit) = navigator.go(Route.Visit(visit.id))
