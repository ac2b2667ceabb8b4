package org.fieldbook.ui.customer

import androidx.compose.runtime.Composable
import org.fieldbook.Money
import org.fieldbook.Spent
import org.fieldbook.ui.app.Route
import org.fieldbook.ui.app.Workplace
import org.fieldbook.ui.expense.RequestCard
import org.fieldbook.ui.parts.Quiet
import org.fieldbook.ui.parts.SectionTitle
import org.fieldbook.ui.words.LocalFormats
import org.fieldbook.ui.words.LocalStrings

/** What was spent on a customer, as far as this phone knows: the sums, and the latest expenses, which lead to their pages. */
@Composable
internal fun SpentOn(workplace: Workplace, spent: Spent) {
    val (strings, formats) = LocalStrings.current to LocalFormats.current
    fun sums(all: List<Money>) = all.filter { it.amount.signum() > 0 }.joinToString(strings.comma, transform = formats::money).ifEmpty { null }
    SectionTitle(strings.expenses, spent.expenses.size)
    val said = listOfNotNull(sums(spent.approved)?.let(strings::spentApproved), sums(spent.waiting)?.let(strings::spentWaiting))
    if (said.isNotEmpty()) Quiet(said.joinToString(" · "))
    spent.expenses.take(SHOWN).forEach { expense ->
        val mine = expense.applicant == workplace.account.person
        RequestCard(expense) { workplace.navigator.go(if (mine) Route.Expense(expense.id) else Route.Approval(expense.id)) }
    }
}

private const val SHOWN = 3
