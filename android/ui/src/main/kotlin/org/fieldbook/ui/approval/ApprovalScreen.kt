package org.fieldbook.ui.approval

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
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
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import org.fieldbook.Approval
import org.fieldbook.ApprovalId
import org.fieldbook.ApprovalStatus
import org.fieldbook.ChainStep
import org.fieldbook.Decision
import org.fieldbook.InboxItem
import org.fieldbook.PersonId
import org.fieldbook.RecordId
import org.fieldbook.text
import org.fieldbook.ui.app.Route
import org.fieldbook.ui.app.Shown
import org.fieldbook.ui.app.Workplace
import org.fieldbook.ui.app.orNull
import org.fieldbook.ui.expense.FormAnswers
import org.fieldbook.ui.expense.LineRow
import org.fieldbook.ui.expense.hasLines
import org.fieldbook.ui.format.asSentence
import org.fieldbook.ui.parts.ApprovalMark
import org.fieldbook.ui.parts.Choices
import org.fieldbook.ui.parts.DoubtNote
import org.fieldbook.ui.parts.EmptyHint
import org.fieldbook.ui.parts.LinkRow
import org.fieldbook.ui.parts.ObjectCard
import org.fieldbook.ui.parts.Page
import org.fieldbook.ui.parts.PrimaryButton
import org.fieldbook.ui.parts.Quiet
import org.fieldbook.ui.parts.QuietButton
import org.fieldbook.ui.parts.SectionTitle
import org.fieldbook.ui.parts.StatusLine
import org.fieldbook.ui.parts.TimelineRow
import org.fieldbook.ui.parts.TroubleCard
import org.fieldbook.ui.parts.skeleton
import org.fieldbook.ui.visit.VerdictMark
import org.fieldbook.ui.words.LocalFormats
import org.fieldbook.ui.words.LocalStrings

/** A request to be decided: is it odd, yes or no. */
@Composable
fun ApprovalScreen(workplace: Workplace, approval: ApprovalId) {
    val scope = rememberCoroutineScope()
    val model = remember(approval) { ApprovalModel(workplace, approval, scope) }
    val shown by model.case.collectAsState()
    val trouble by model.actions.trouble.collectAsState()
    var noting by remember { mutableStateOf<Decision?>(null) }
    var handing by remember { mutableStateOf(false) }
    var seat by remember { mutableStateOf<PersonId?>(null) }
    val strings = LocalStrings.current
    val case = shown.orNull()
    val seen = case?.page?.approval
    fun decide(decision: Decision, note: String?, backTo: ChainStep? = null) {
        noting = null
        if (seen != null) model.decide(seen, decision, note, seat, backTo?.number?.toInt())
        workplace.navigator.back()
    }
    Page(
        title = seen?.title ?: strings.aRequest,
        back = { workplace.navigator.back() },
        status = { StatusLine(workplace) },
        bottom = if (case?.waits == true) {
            { DecisionActions(onApprove = { decide(Decision.APPROVE, null) }, onBringIn = { handing = true }) { noting = it } }
        } else {
            null
        },
    ) {
        trouble?.let { item { TroubleCard(it, workplace.device, onRead = model.actions::read) } }
        when {
            case != null -> case(workplace, case) { SeatChoice(workplace, case, seat) { seat = it } }
            shown is Shown.Ready -> item { EmptyHint(strings.notOnThisPhone) }
            else -> skeleton()
        }
    }
    noting?.let { decision ->
        val earlier = case?.page?.let { page -> page.plan.filter { it.number < page.approval.step } }.orEmpty()
        DecisionSheet(model, decision, earlier, onAway = { noting = null }) { note, backTo -> decide(decision, note, backTo) }
    }
    if (handing && seen != null) HandOverSheet(workplace, model, seen) { handing = false }
}

@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun ColumnScope.DecisionActions(onApprove: () -> Unit, onBringIn: () -> Unit, onNote: (Decision) -> Unit) {
    val strings = LocalStrings.current
    PrimaryButton(strings.approve, onClick = onApprove)
    FlowRow(Modifier.fillMaxWidth(), horizontalArrangement = Arrangement.Center) {
        QuietButton(strings.returnMore) { onNote(Decision.RETURN) }
        QuietButton(strings.rejectMore) { onNote(Decision.REJECT) }
        QuietButton(strings.bringInMore, onClick = onBringIn)
    }
}

/** One person may hold several seats of a step: their own, and those that they stand in for. */
@Composable
private fun SeatChoice(workplace: Workplace, case: Case, seat: PersonId?, onSeat: (PersonId?) -> Unit) {
    val strings = LocalStrings.current
    val organisation by workplace.organisation.collectAsState()
    Column {
        SectionTitle(strings.decideFor)
        Choices(
            case.page.seats,
            seat ?: case.page.seats.first(),
            { if (it == workplace.account.person) strings.myself else organisation.nameOf(it) ?: strings.somebody },
        ) { it?.let(onSeat) }
    }
}

private fun LazyListScope.case(workplace: Workplace, case: Case, seats: @Composable () -> Unit) {
    val page = case.page
    item(key = "head") { CaseHead(workplace, case) }
    if (page.seats.size > 1 && case.waits) item(key = "seats") { seats() }
    if (page.form?.fields?.isNotEmpty() == true) item(key = "fields") { FormAnswers(page) }
    case.item?.let { item -> item(key = "odd") { Oddities(if (case.difference == null) item else item.copy(saw = null)) } }
    case.difference?.let { difference -> item(key = "difference") { DifferenceCard(page, difference) } }
    if (page.hasLines) item { SectionTitle(LocalStrings.current.lines, page.lines.size) }
    items(page.lines, key = { "line ${it.id}" }) { LineRow(it, page.form, duplicate = it.id in page.duplicateLines, onRemove = null) }
    page.approval.visit?.let { visit -> item { VisitOf(page.approval) { workplace.navigator.go(Route.Visit(visit)) } } }
    if (page.timeline.isNotEmpty()) {
        item { SectionTitle(LocalStrings.current.history) }
        items(page.timeline, key = { "${it.record} ${it.item} ${it.kind} ${it.at}" }) { TimelineRow(workplace, it, RecordId(page.approval.id.value)) }
    }
}

@Composable
private fun CaseHead(workplace: Workplace, case: Case) {
    val (strings, formats) = LocalStrings.current to LocalFormats.current
    val organisation by workplace.organisation.collectAsState()
    val approval = case.page.approval
    ObjectCard {
        if (case.page.hasLines) {
            Text(formats.moneyWithCode(approval.total), style = MaterialTheme.typography.headlineMedium)
        } else {
            case.page.form?.let { Text(it.label.text(strings.language), style = MaterialTheme.typography.headlineMedium) }
        }
        Text(organisation.nameOf(approval.applicant) ?: strings.somebody, style = MaterialTheme.typography.titleMedium)
        val facts = listOfNotNull(approval.customerName, approval.submitted?.let { strings.handedInAt(formats.moment(it)) })
        if (facts.isNotEmpty()) Quiet(facts.joinToString(" · "))
        case.item?.actingFor?.takeIf { case.page.seats.size <= 1 }?.let { Quiet(strings.inPlaceOf(organisation.nameOf(it) ?: strings.somebody)) }
        if (!case.waits) Text(strings.approvalStatus(approval.status).asSentence(), style = MaterialTheme.typography.titleMedium)
        ApprovalMark(approval.status, approval.state)
        case.page.reason?.let { Text(it.text(strings.language)) }
        if (approval.status == ApprovalStatus.PROVISIONAL) Quiet(strings.provisionalHint)
    }
}

@Composable
private fun Oddities(item: InboxItem) {
    val (strings, formats) = LocalStrings.current to LocalFormats.current
    Column(verticalArrangement = Arrangement.spacedBy(8.dp)) {
        oddities(item, strings, formats).forEach { DoubtNote(it) }
    }
}

@Composable
private fun VisitOf(approval: Approval, onClick: () -> Unit) {
    LinkRow(LocalStrings.current.visitOfRequest(approval.customerName.orEmpty()), onClick = onClick)
    VerdictMark(approval.verdict, distanceM = null)
}
