package org.fieldbook

import java.math.BigDecimal
import java.time.LocalDate
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertIs
import kotlin.test.assertNotNull
import kotlin.test.assertTrue

/** Requests of every form, and what becomes of them. */
class ApprovalsTest {
    @Test
    fun `every form of the house can be drafted from what it says of itself`() = story {
        Office().use { office ->
            TestPhone().use { phone ->
                phone.signIn(office, "Dana").use { dana ->
                    dana.sync.now()
                    val forms = dana.approvals.forms().until { it.isNotEmpty() }
                    assertEquals(
                        setOf("expense", "policy", "order", "onboarding", "contract", "registration"),
                        forms.map { it.name }.toSet(),
                    )
                    for (form in forms) {
                        assertTrue(form.label.zh.isNotEmpty() && form.steps.isNotEmpty(), form.toString())
                        val draft = dana.approvals.draft(form.name, "A ${form.label.en}")
                        form.fields.filter { it.required }.forEach { field ->
                            dana.approvals.setField(draft, field.name, FormValue.Text(sample(field)))
                        }
                        form.lines?.takeIf { it.required }?.let { rule ->
                            dana.approvals.addLine(draft, line(rule.categories.firstOrNull()?.name ?: "goods"))
                        }
                        val warnings = dana.approvals.warnings(draft).until { true }
                        assertEquals(emptyList(), warnings.missing, form.name)
                        assertTrue(dana.approvals.submit(draft).isNotEmpty())
                    }
                    assertEquals(6, dana.approvals.mine().until { it.size == 6 }.size)
                    val report = dana.sync.now()
                    assertEquals(0uL, report.parked)
                    val handedIn = dana.approvals.mine().until { list -> list.all { it.state == RecordState.ACCEPTED } }
                    assertEquals(setOf(ApprovalStatus.SUBMITTED), handedIn.map { it.status }.toSet())
                }
            }
        }
    }

    @Test
    fun `what a form asks for is named in its own words and stops the hand-in`() = story {
        Office().use { office ->
            TestPhone().use { phone ->
                phone.signIn(office, "Dana").use { dana ->
                    dana.sync.now()
                    val contract = dana.approvals.draft("contract", "Yearly contract")
                    dana.approvals.setField(contract, "number", FormValue.Text("C-7"))
                    dana.approvals.setField(contract, "amount", FormValue.Text("a lot"))
                    val missing = dana.approvals.warnings(contract).until { true }.missing
                    assertEquals(listOf("fields/amount", "fields/starts", "fields/ends"), missing.map { it.path })
                    assertTrue(missing[0].words.zh.startsWith("合同金额"), missing[0].words.zh)
                    val refused = assertFailsWith<FieldbookException.Refused> { dana.approvals.submit(contract) }
                    assertEquals("document.incomplete" to "fields/amount", refused.rule to refused.path)
                    assertTrue(refused.words.en.startsWith("Amount does not fit"), refused.words.en)
                    val page = dana.approvals.page(contract).until { it != null }!!
                    assertEquals(
                        listOf("amount" to FormValue.Text("a lot"), "number" to FormValue.Text("C-7")),
                        page.fields.map { it.name to it.value },
                    )
                    dana.approvals.setField(contract, "number", null)
                    dana.approvals.rename(contract, "Contract for two years")
                    val emptied = dana.approvals.page(contract).until { it?.fields?.size == 1 }!!
                    assertEquals("Contract for two years", emptied.approval.title)
                    assertEquals("合同编号", emptied.form!!.fields.first { it.name == "number" }.label.zh)
                }
            }
        }
    }

    @Test
    fun `an expense warns of what is odd and of nothing else`() = story {
        Office().use { office ->
            TestPhone().use { phone ->
                phone.signIn(office, "Dana").use { dana ->
                    dana.sync.now()
                    val before = dana.approvals.draftExpense("Dinner")
                    dana.approvals.addLine(before, line("meals", "300", receipt = "No. 12-7"))
                    val shop = dana.customers.add(NewCustomer("Sunrise Market", "", SUNRISE))
                    val visit = dana.visits.plan(shop)
                    val lunch = dana.approvals.draftExpense("Lunch")
                    dana.approvals.addLine(lunch, line("meals", "1280", receipt = "no 127"))
                    val odd = dana.approvals.warnings(lunch).until { true }
                    assertEquals(BigDecimal("280"), odd.overLimitBy?.amount)
                    assertEquals(listOf(before), odd.duplicates.map { it.other })
                    assertTrue(odd.unlinked)
                    dana.approvals.link(lunch, shop, visit)
                    val (id) = dana.approvals.page(lunch).until { it != null }!!.lines.map { it.id }
                    dana.approvals.editLine(lunch, id, LineChange(amount = BigDecimal("128.00"), receipt = ""))
                    val fine = dana.approvals.warnings(lunch).until { !it.unlinked }
                    assertEquals(ApprovalWarnings(emptyList(), null, emptyList(), emptyList(), false), fine)
                    val page = dana.approvals.page(lunch).until { it != null }!!
                    assertEquals(BigDecimal("128.00"), page.lines.single().amount.amount)
                    assertEquals("Sunrise Market", page.approval.customerName)
                }
            }
        }
    }

    @Test
    fun `a stale decision comes back with the difference and the server's answer`() = story {
        Office().use { office ->
            TestPhone().use { one ->
                TestPhone().use { other ->
                    val dana = one.signIn(office, "Dana")
                    val grace = other.signIn(office, "Grace")
                    val lunch = dana.approvals.draftExpense("Lunch")
                    dana.approvals.addLine(lunch, line("meals", "980"))
                    val first = dana.approvals.submit(lunch)
                    dana.sync.now()
                    grace.sync.now()
                    val seen = grace.approvals.page(lunch).until { it != null }!!
                    assertEquals(listOf(grace.account().person), seen.seats)
                    // Dana changes it while Grace approves what she saw.
                    dana.approvals.editLine(lunch, seen.lines[0].id, LineChange(amount = BigDecimal("1180")))
                    dana.approvals.submit(lunch)
                    grace.approvals.decide(lunch, seen.approval.revision, Decision.APPROVE)
                    dana.sync.now()
                    grace.sync.now()

                    val page = grace.approvals.page(lunch).until { it?.saw != null }!!
                    assertEquals(first, page.saw)
                    val changed = assertNotNull(grace.approvals.differenceSince(lunch, first))
                    assertEquals(BigDecimal("980"), changed.totalBefore?.amount)
                    val (was, now) = changed.changed.single().let { it.before to it.after }
                    assertEquals(BigDecimal("980") to BigDecimal("1180"), was.amount.amount to now.amount.amount)
                    assertEquals(was.id, now.id)
                    val decided = page.timeline.single { it.kind == TimelineKind.DECIDED }
                    val answer = assertIs<ServerAnswer.NotCounted>(decided.answer)
                    assertTrue(answer.words.zh.contains("查看变化"), answer.words.zh)
                    assertEquals(null, grace.approvals.differenceSince(lunch, "0".repeat(32)))
                    dana.close()
                    grace.close()
                }
            }
        }
    }

    @Test
    fun `a substitute decides in another's stead and a request goes back to a step`() = story {
        Office().use { office ->
            office.command("user", "add", "Liu", "--role", "rep", "--unit", "South", "--duty", "marketing")
            office.command("user", "delegate", "Grace", "--to", "Liu", "--until", "2099-01-01")
            TestPhone().use { one ->
                TestPhone().use { other ->
                    val dana = one.signIn(office, "Dana")
                    val liu = other.signIn(office, "Liu")
                    dana.sync.now()
                    val plan = dana.approvals.draft("policy", "Autumn offer")
                    for ((field, text) in listOf("terms" to "two for one", "starts" to "2026-12-01", "ends" to "2026-12-31")) {
                        dana.approvals.setField(plan, field, FormValue.Text(text))
                    }
                    val revision = dana.approvals.submit(plan)
                    dana.sync.now()
                    liu.sync.now()
                    val grace = liu.people.all().first { it.name == "Grace" }.id
                    val inbox = liu.approvals.inbox().until { it.isNotEmpty() }.single()
                    assertEquals(grace, inbox.actingFor)
                    liu.approvals.decide(plan, revision, Decision.APPROVE, actingFor = grace)
                    liu.sync.now()
                    // Now it is marketing's turn, which is Liu too, who sends it back a step.
                    val second = liu.approvals.page(plan).until { it?.approval?.step == 2u }!!
                    assertEquals(listOf(1u, 2u), second.plan.map { it.number })
                    assertEquals("市场部", second.plan[1].label.zh)
                    assertEquals(listOf(liu.account().person), second.seats)
                    val counted = second.timeline.single { it.kind == TimelineKind.DECIDED }.answer
                    assertEquals(ServerAnswer.Counted(1u, grace), counted)
                    liu.approvals.decide(plan, revision, Decision.RETURN, "ask Grace again", backTo = 1)
                    liu.sync.now()
                    val back = liu.approvals.page(plan).until { it?.approval?.step == 1u }!!
                    assertEquals(listOf(grace), back.seats)
                    dana.close()
                    liu.close()
                }
            }
        }
    }

    private fun sample(field: FormField): String = when (field.holds) {
        FieldType.AMOUNT -> "1200.50"
        FieldType.DATE -> "2026-12-01"
        FieldType.NUMBER -> "3"
        FieldType.CHOICE -> field.choices.first()
        FieldType.TEXT, FieldType.YES_NO -> "as agreed"
    }

    private fun line(category: String, amount: String = "96", receipt: String? = null) =
        NewLine(LocalDate.of(2026, 11, 24), category, BigDecimal(amount), receipt = receipt)
}
