package org.fieldbook.ui.today

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import org.fieldbook.Away
import org.fieldbook.DueCustomer
import org.fieldbook.Fix
import org.fieldbook.FoundCustomer
import org.fieldbook.PlanRemark
import org.fieldbook.Visit
import org.fieldbook.VisitStatus
import org.fieldbook.ui.app.Route
import org.fieldbook.ui.app.Workplace
import org.fieldbook.ui.customer.FoundCard
import org.fieldbook.ui.parts.DoubtNote
import org.fieldbook.ui.parts.EmptyHint
import org.fieldbook.ui.parts.Icons
import org.fieldbook.ui.parts.ObjectCard
import org.fieldbook.ui.parts.Quiet
import org.fieldbook.ui.parts.SecondaryButton
import org.fieldbook.ui.parts.SectionTitle
import org.fieldbook.ui.parts.StateMark
import org.fieldbook.ui.visit.PlaceProblem
import org.fieldbook.ui.visit.VerdictMark
import org.fieldbook.ui.words.LocalFormats
import org.fieldbook.ui.words.LocalStrings

/** Where next: who, when, how far, what for, when last. */
@Composable
internal fun NextCard(visit: Visit, before: Visit?, due: List<DueCustomer>, away: Away?, onClick: () -> Unit) {
    val (strings, formats) = LocalStrings.current to LocalFormats.current
    ObjectCard(onClick = onClick) {
        Text(visit.customerName ?: strings.aCustomer, style = MaterialTheme.typography.titleLarge)
        val since = due.find { it.customer.id == visit.customer }?.since
        val facts = listOfNotNull(
            formats.moment(visit.planned),
            away?.let { "${formats.distance(it.distanceM)} ${formats.direction(it.bearingDeg)}" },
            since?.let { strings.dueSince(formats.date(formats.dayOf(it))) },
        )
        Text(facts.joinToString(" · "), style = MaterialTheme.typography.bodyLarge)
        visit.customerAddress?.takeIf { it.isNotEmpty() }?.let { Quiet(it) }
        if (visit.purpose.isNotEmpty()) Quiet(visit.purpose)
        val last = visit.lastValidVisit?.let { strings.lastVisit(formats.date(formats.dayOf(it))) }
        val said = listOfNotNull(last, before?.outcome?.ifBlank { null })
        if (said.isNotEmpty()) Quiet(said.joinToString(" · "))
        if (visit.status == VisitStatus.STARTED) VerdictMark(visit.verdict, visit.distanceM)
        StateMark(visit.state)
    }
}

/** A visit of a list. With [workplace] it says whose it is. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
internal fun VisitLine(visit: Visit, away: Away?, workplace: Workplace?, onClick: () -> Unit) {
    val (strings, formats) = LocalStrings.current to LocalFormats.current
    ObjectCard(onClick = onClick) {
        Text(visit.customerName ?: strings.aCustomer, style = MaterialTheme.typography.titleMedium)
        val organisation = workplace?.organisation?.collectAsState()?.value
        val when_ = visit.ended ?: visit.started ?: visit.planned
        val facts = listOfNotNull(
            organisation?.nameOf(visit.rep),
            strings.visitStatus(visit.status),
            formats.moment(when_),
            away?.let { formats.distance(it.distanceM) },
        )
        Quiet(facts.joinToString(" · "))
        visit.outcome?.let { Text(it, style = MaterialTheme.typography.bodyMedium) }
        FlowRow(horizontalArrangement = Arrangement.spacedBy(16.dp)) {
            if (visit.verdict != null) VerdictMark(visit.verdict, visit.distanceM)
            StateMark(visit.state)
        }
    }
}

/** A change of a plan that came too late: what was asked for stays to be read. */
@Composable
internal fun RemarkCard(remark: PlanRemark) {
    val (strings, formats) = LocalStrings.current to LocalFormats.current
    val name = remark.visit.customerName ?: strings.aCustomer
    ObjectCard {
        DoubtNote(strings.planRemark(name, remark.asked.detail == "cancelled"))
        remark.asked.text?.let { Text("“$it”", style = MaterialTheme.typography.bodyMedium) }
        Quiet(formats.moment(remark.asked.at))
    }
}

/** Who is due beyond the plan, and who is near once somebody asks. */
internal fun LazyListScope.dueAndNear(
    workplace: Workplace,
    plan: DayPlan,
    due: List<DueCustomer>,
    nearby: List<FoundCustomer>?,
    fix: Fix?,
    busy: Boolean,
    onFind: () -> Unit,
) {
    val unplanned = due.filter { it.customer.id !in plan.customers }
    if (unplanned.isNotEmpty()) {
        item { DueTitle(unplanned.size) }
        items(unplanned, key = { "due ${it.customer.id}" }) { one ->
            FoundCard(one.customer, due = one) { workplace.navigator.go(Route.Customer(one.customer.id)) }
        }
    }
    item(key = "nearby title") { Near(workplace, nearby, fix, busy, onFind) }
    items(nearby.orEmpty().filter { it.id !in plan.customers }.take(NEAREST), key = { "near ${it.id}" }) { near ->
        FoundCard(near) { workplace.navigator.go(Route.Customer(near.id)) }
    }
}

@Composable
private fun DueTitle(count: Int) = SectionTitle(LocalStrings.current.due, count)

@Composable
private fun Near(workplace: Workplace, nearby: List<FoundCustomer>?, fix: Fix?, busy: Boolean, onFind: () -> Unit) {
    val strings = LocalStrings.current
    Column(Modifier.fillMaxWidth(), verticalArrangement = Arrangement.spacedBy(8.dp)) {
        SectionTitle(strings.nearby)
        if (fix != null && fix !is Fix.Found) PlaceProblem(fix, workplace.device)
        if (nearby?.isEmpty() == true) EmptyHint(strings.nobodyNear)
        if (nearby == null) {
            val words = if (busy) strings.lookingForPlace else strings.whoIsNear
            SecondaryButton(words, icon = Icons.Place, enabled = !busy, onClick = onFind)
        }
    }
}

private const val NEAREST = 5
