import FieldbookKit
import FieldbookTesting
import Foundation
import Testing

/// Requests of every form, and the way through their steps.
@Suite(.timeLimit(.minutes(2))) struct FormsTests {
    @Test("every form of the house can be drafted from what it says of itself")
    func forms() async throws {
        try await Office.open { office in
            let dana = try await TestPhone().signIn(office, "Dana")
            try await dana.sync.now()
            let forms = try await dana.approvals.forms().until { !$0.isEmpty }
            #expect(Set(forms.map(\.name)) == ["expense", "policy", "order", "onboarding", "contract", "registration"])
            for form in forms {
                #expect(!form.label.zh.isEmpty && !form.steps.isEmpty)
                let draft = try await dana.approvals.draft(form: form.name, title: "A \(form.label.en)")
                for field in form.fields where field.required {
                    try await dana.approvals.setField(draft, field: field.name, value: .text(value: sample(field)))
                }
                if let rule = form.lines, rule.required {
                    let category = rule.categories.first?.name ?? "goods"
                    try await dana.approvals.addLine(
                        draft, NewLine(date: Day(Date()), category: category, amount: try Decimal(exactly: "96")))
                }
                #expect(try await dana.approvals.warnings(draft).first().missing.isEmpty, "\(form.name)")
                try await dana.approvals.submit(draft)
            }
            #expect(try await dana.sync.now().parked == 0)
            let handedIn = try await dana.approvals.mine().until { list in list.allSatisfy { $0.state == .accepted } }
            #expect(handedIn.count == 6 && Set(handedIn.map(\.status)) == [.submitted])
        }
    }

    @Test("a stale decision comes back with the difference and the server's answer")
    func stale() async throws {
        try await Office.open { office in
            let dana = try await TestPhone().signIn(office, "Dana")
            let grace = try await TestPhone().signIn(office, "Grace")
            let lunch = try await dana.approvals.draftExpense("Lunch")
            try await dana.approvals.addLine(lunch, line("980"))
            let first = try await dana.approvals.submit(lunch)
            for session in [dana, grace] { try await session.sync.now() }
            let seen = try #require(try await grace.approvals.page(lunch).first())
            // Dana changes it while Grace approves what she saw.
            try await dana.approvals.editLine(lunch, line: seen.lines[0].id, LineChange(amount: try Decimal(exactly: "1180")))
            try await dana.approvals.submit(lunch)
            try await grace.approvals.decide(lunch, revision: seen.approval.revision, .approve)
            for session in [dana, grace] { try await session.sync.now() }

            let page = try #require(try await grace.approvals.page(lunch).until { $0?.saw != nil })
            #expect(page.saw == first && page.approval.status == .submitted)
            let difference = try #require(try await grace.approvals.difference(lunch, since: first))
            #expect(difference.totalBefore?.amount.exactText == "980")
            #expect(difference.changed.map(\.before.id) == difference.changed.map(\.after.id))
            guard case .notCounted(_, let words) = page.timeline.first(where: { $0.kind == .decided })?.answer else {
                throw Unexpected(page.timeline)
            }
            #expect(words.zh.contains("查看变化") && !words.en.isEmpty)
        }
    }

    @Test("a substitute decides in another's stead and a request goes back to a step")
    func substitute() async throws {
        try await Office.open { office in
            try await office.command("user", "add", "Liu", "--role", "rep", "--unit", "South", "--duty", "marketing")
            try await office.command("user", "delegate", "Grace", "--to", "Liu", "--until", "2099-01-01")
            let dana = try await TestPhone().signIn(office, "Dana")
            let liu = try await TestPhone().signIn(office, "Liu")
            try await dana.sync.now()
            let plan = try await dana.approvals.draft(form: "policy", title: "Autumn offer")
            for (field, text) in [("terms", "two for one"), ("starts", "2026-12-01"), ("ends", "2026-12-31")] {
                try await dana.approvals.setField(plan, field: field, value: .text(value: text))
            }
            let revision = try await dana.approvals.submit(plan)
            for session in [dana, liu] { try await session.sync.now() }
            let grace = try #require(try await liu.people.all().first { $0.name == "Grace" }).id
            #expect(try await liu.approvals.inbox().until { !$0.isEmpty }[0].actingFor == grace)
            try await liu.approvals.decide(plan, revision: revision, .approve, actingFor: grace)
            try await liu.sync.now()
            // Now it is marketing's turn, which is Liu too, who sends it back a step.
            let second = try #require(try await liu.approvals.page(plan).until { $0?.approval.step == 2 })
            #expect(second.plan.map(\.number) == [1, 2] && second.plan[1].label.zh == "市场部")
            #expect(second.timeline.first { $0.kind == .decided }?.answer == .counted(step: 1, seat: grace))
            try await liu.approvals.decide(plan, revision: revision, .return, note: "ask Grace again", backTo: 1)
            try await liu.sync.now()
            #expect(try await liu.approvals.page(plan).until { $0?.approval.step == 1 }?.seats == [grace])
        }
    }

    private func sample(_ field: FormField) -> String {
        switch field.holds {
        case .amount: "1200.50"
        case .date: "2026-12-01"
        case .number: "3"
        case .choice: field.choices[0]
        case .text, .yesNo: "as agreed"
        }
    }
}
