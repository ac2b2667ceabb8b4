import FieldbookKit
import FieldbookTesting
import Foundation
import Testing

/// Requests, and what becomes of them.
@Suite(.timeLimit(.minutes(2))) struct ApprovalsTests {
    @Test("what a form asks for is named in its own words and stops the hand-in")
    func missing() async throws {
        try await Office.open { office in
            let dana = try await TestPhone().signIn(office, "Dana")
            try await dana.sync.now()
            let contract = try await dana.approvals.draft(form: "contract", title: "Yearly contract")
            try await dana.approvals.setField(contract, field: "number", value: .text(value: "C-7"))
            try await dana.approvals.setField(contract, field: "amount", value: .text(value: "a lot"))
            let missing = try await dana.approvals.warnings(contract).first().missing
            #expect(missing.map(\.path) == ["fields/amount", "fields/starts", "fields/ends"])
            #expect(missing[0].words.zh.hasPrefix("合同金额"))
            let refused = await failure { try await dana.approvals.submit(contract) }
            guard case .Refused(let rule, let path, _) = refused else { throw Unexpected(refused) }
            #expect(rule == "document.incomplete" && path == "fields/amount")
        }
    }

    @Test("a returned expense comes back with what changed since the approver decided")
    func returned() async throws {
        try await Office.open { office in
            let dana = try await TestPhone().signIn(office, "Dana")
            let grace = try await TestPhone().signIn(office, "Grace")
            try await dana.sync.now()
            let lunch = try await dana.approvals.draftExpense("Lunch")
            try await dana.approvals.addLine(lunch, line("980"))
            let seen = try await dana.approvals.submit(lunch)
            for session in [dana, grace] { try await session.sync.now() }
            try await grace.approvals.decide(lunch, revision: seen, .return, note: "the receipt says more")
            for session in [grace, dana] { try await session.sync.now() }

            let page = try #require(try await dana.approvals.page(lunch).until { $0?.approval.status == .returned })
            let change = LineChange(amount: try Decimal(exactly: "1180"))
            try await dana.approvals.editLine(lunch, line: page.lines[0].id, change)
            try await dana.approvals.submit(lunch)
            for session in [dana, grace] { try await session.sync.now() }

            let again = try #require(try await grace.approvals.page(lunch).until { $0?.saw != nil })
            #expect(again.saw == seen && !again.seats.isEmpty)
            let difference = try #require(try await grace.approvals.difference(lunch, since: seen))
            #expect(difference.changed.map(\.before.amount.amount.exactText) == ["980"])
            #expect(difference.changed.map(\.after.amount.amount.exactText) == ["1180"])
            try await grace.approvals.decide(lunch, revision: again.approval.revision, .approve)
            for session in [grace, dana] { try await session.sync.now() }
            #expect(try await dana.approvals.page(lunch).first()?.approval.status == .approved)
        }
    }
}
