import FieldbookKit
import Foundation
import Rooms
import SwiftUI

/// One customer, all around.
struct CustomerScreen: View {
    /// What is open over the customer.
    enum Over: Hashable, Identifiable {
        case door, plan, edit, expense
        case contact(Contact?)
        case wish(CustomerWish.Kind)
        var id: Self { self }
    }

    let workplace: Workplace
    @Binding var path: [Route]
    @Environment(AppModel.self) private var app
    @State private var model: CustomerModel
    @State private var over: Over?

    init(workplace: Workplace, customer: CustomerId, path: Binding<[Route]>) {
        self.workplace = workplace
        _path = path
        _model = State(initialValue: CustomerModel(workplace: workplace, customer: customer))
    }

    var body: some View {
        Group {
            if let page = model.page { content(page) } else if model.isGone { GoneText() } else { Waiting() }
        }
        .navigationTitle(model.page?.customer.name ?? app.strings.aCustomer)
        .task { await model.run() }
    }

    private func content(_ page: CustomerPage) -> some View {
        List {
            StatusLine(workplace: workplace)
            ProblemText(problem: model.problem)
            CustomerFacts(page: page, workplace: workplace) { over = .edit }
            conflicts(page.customer)
            contacts
            CustomerWishes(model: model) { over = .wish($0) }
            Section {
                NavigationLink(value: Route.activity(page.customer.id, nil)) { Text(app.strings.writeActivity) }
                Button(app.strings.newExpense, systemImage: "plus") { over = .expense }
            }
            if !model.visits.isEmpty {
                Section(app.strings.visitsHere) { ForEach(model.visits) { VisitRow(visit: $0, workplace: workplace, isNamed: true) } }
            }
            if let spent = model.spent, !spent.expenses.isEmpty { SpentSection(spent: spent) }
            Section(app.strings.history) {
                if page.timeline.isEmpty { Text(app.strings.nothingHappened) }
                ForEach(page.timeline, id: \.self) { TimelineRow(item: $0, workplace: workplace, here: RecordId(page.customer.id.value)) }
            }
        }
        .toolbar {
            ToolbarItem(placement: .primaryAction) { Button(app.strings.planVisit, systemImage: "calendar.badge.plus") { over = .plan } }
        }
        .safeAreaInset(edge: .bottom) { if workplace.visits { PrimaryButton(title: app.strings.startVisit) { over = .door } } }
        .sheet(item: $over) { over in sheet(over, page.customer) }
    }

    @ViewBuilder private func sheet(_ over: Over, _ customer: Customer) -> some View {
        switch over {
        case .door: CheckInSheet(model: CheckInModel(workplace: workplace, customer: customer)) { path.append(.visit($0)) }
        case .plan: PlanSheet(title: app.strings.planVisit, purpose: model.purpose, problem: model.problem) { await model.plan($0) }
        case .edit: EditCustomerSheet(model: model, customer: customer)
        case .contact(let contact): ContactSheet(model: model, contact: contact)
        case .wish(let kind): WishSheet(model: model, kind: kind)
        case .expense: NewRequestSheet(model: NewRequestModel(workplace: workplace, customer: customer.id), forms: []) { path.append(.expense($0)) }
        }
    }

    private var contacts: some View {
        Section(app.strings.contacts) {
            ForEach(model.contacts) { contact in
                ContactRow(contact: contact)
                    .swipeActions(edge: .trailing, allowsFullSwipe: false) {
                        Button(app.strings.removeContact(contact.name), systemImage: "trash", role: .destructive) {
                            Task { await model.remove(contact, app.strings) }
                        }
                        Button(app.strings.editContact, systemImage: "pencil") { over = .contact(contact) }
                    }
            }
            Button(app.strings.addContact, systemImage: "person.badge.plus") { over = .contact(nil) }
        }
    }

    private func conflicts(_ customer: Customer) -> some View {
        ForEach(customer.conflicts, id: \.field) { conflict in
            Section(app.strings.twoValues(conflict.field)) {
                ForEach(model.choices(conflict, app.strings, app.formats), id: \.value) { choice in
                    // A grade is asked for: the server decides on it.
                    if conflict.field == "grade" {
                        Text(choice.said)
                    } else {
                        Button(choice.said) { Task { await model.keep(conflict.field, choice.value) } }
                    }
                }
            }
        }
    }
}

/// When due, where, whose, and which truth.
struct CustomerFacts: View {
    let page: CustomerPage
    let workplace: Workplace
    let edit: @MainActor () -> Void
    @Environment(AppModel.self) private var app

    var body: some View {
        Section {
            Text(due).font(.headline)
            if !facts.isEmpty { Text(facts).font(.subheadline) }
            if !page.customer.address.isEmpty { Text(page.customer.address) }
            if !page.customer.tags.isEmpty { Text(page.customer.tags.joined(separator: " · ")).font(.footnote) }
            if let place = page.customer.position, let map = URL(string: "https://maps.apple.com/?ll=\(place.lat),\(place.lon)") {
                Link(app.strings.showOnMap, destination: map)
            }
            StateMark(state: page.customer.state)
            Button(app.strings.editCustomer, systemImage: "pencil") { edit() }
        }
    }

    private var last: String {
        page.customer.lastValidVisit.map { app.strings.lastVisit(app.formats.date(app.formats.dayOf($0))) } ?? app.strings.neverVisited
    }

    private var due: String { page.due.map { app.strings.nextVisitDue(app.formats.date(app.formats.dayOf($0))) } ?? last }

    private var facts: String {
        [
            page.customer.grade.map(app.strings.grade), page.customer.storeType, page.due == nil ? nil : last,
            page.customer.owner.flatMap { $0 == workplace.account.person ? nil : app.strings.lookedAfterBy(workplace.name($0, app.strings)) },
        ].compactMap(\.self).joined(separator: " · ")
    }
}

/// A contact, and a call with one tap.
struct ContactRow: View {
    let contact: Contact
    @Environment(AppModel.self) private var app

    var body: some View {
        VStack(alignment: .leading, spacing: 8) {
            Text([contact.name, contact.role].compactMap(\.self).joined(separator: " · ")).font(.headline)
            if let phone = contact.phone, let url = URL(string: "tel:\(phone.filter { !$0.isWhitespace })") {
                Link(app.strings.call(phone), destination: url).frame(minHeight: 44)
            }
            if let mail = contact.email, let url = URL(string: "mailto:\(mail)") {
                Link(app.strings.mailTo(mail), destination: url).frame(minHeight: 44)
            }
        }
        .accessibilityElement(children: .contain)
    }
}

/// What was spent on a customer: the sums, then the expenses.
struct SpentSection: View {
    let spent: Spent
    @Environment(AppModel.self) private var app

    var body: some View {
        Section(app.strings.expenses) {
            ForEach(spent.approved, id: \.self) { Text(verbatim: "\(app.strings.approvalStatus(.approved)) \(app.formats.moneyWithCode($0))").monospacedDigit() }
            ForEach(spent.waiting, id: \.self) { Text(verbatim: "\(app.strings.waitsForDecision) \(app.formats.moneyWithCode($0))").monospacedDigit() }
            ForEach(spent.expenses) { ExpenseRow(expense: $0) }
        }
    }
}
