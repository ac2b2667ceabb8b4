import FieldbookKit
import Foundation
import Rooms
import SwiftUI

/// One customer, all around.
struct CustomerScreen: View {
    @Environment(AppModel.self) private var app
    @State private var model: CustomerModel
    @State private var isPlanning = false
    @State private var isEditing = false
    @State private var isAddingContact = false
    @Binding var path: [Route]

    init(session: Session, customer: CustomerId, path: Binding<[Route]>) {
        _model = State(initialValue: CustomerModel(session: session, customer: customer))
        _path = path
    }

    var body: some View {
        Group {
            if let page = model.page { content(page) } else if model.isGone { GoneText() } else { ProgressView(app.strings.waiting) }
        }
        .navigationTitle(model.page?.customer.name ?? app.strings.aCustomer)
        .task { await model.run() }
    }

    private func content(_ page: CustomerPage) -> some View {
        List {
            ProblemText(problem: model.problem)
            facts(page)
            conflicts(page.customer)
            Section(app.strings.contacts) {
                ForEach(page.contacts) { contact in ContactRow(contact: contact) }
                Button(app.strings.addContact, systemImage: "person.badge.plus") { isAddingContact = true }
            }
            Section(app.strings.history) {
                if page.timeline.isEmpty { Text(app.strings.nothingHappened) }
                ForEach(page.timeline, id: \.self) { TimelineRow(item: $0, names: model.names) }
            }
        }
        .toolbar {
            ToolbarItem(placement: .primaryAction) { Button(app.strings.planVisit, systemImage: "calendar.badge.plus") { isPlanning = true } }
        }
        .safeAreaInset(edge: .bottom) {
            PrimaryButton(title: app.strings.startVisit) {
                if let visit = await model.visit() { path.append(.visit(visit)) }
            }
        }
        .sheet(isPresented: $isPlanning) { PlanSheet { start, purpose in await model.plan(start, purpose: purpose) } }
        .sheet(isPresented: $isEditing) { EditCustomerSheet(model: model, customer: page.customer) }
        .sheet(isPresented: $isAddingContact) { ContactSheet(model: model) }
    }

    private func facts(_ page: CustomerPage) -> some View {
        Section {
            Text(page.customer.address)
            if let due = page.due { Text(app.strings.nextVisitDue(app.formats.date(app.formats.dayOf(due)))) }
            if let grade = page.customer.grade { Text(app.strings.grade(grade)) }
            if let place = page.customer.position, let map = URL(string: "https://maps.apple.com/?ll=\(place.lat),\(place.lon)") {
                Link(app.strings.showOnMap, destination: map)
            }
            StateMark(state: page.customer.state)
            Button(app.strings.editCustomer, systemImage: "pencil") { isEditing = true }
        }
    }

    private func conflicts(_ customer: Customer) -> some View {
        ForEach(customer.conflicts, id: \.field) { conflict in
            Section(app.strings.twoValues(conflict.field)) {
                ForEach([conflict.field == "name" ? customer.name : customer.address] + conflict.others, id: \.self) { value in
                    Button(value) { Task { await model.keep(conflict.field, value) } }
                }
            }
        }
    }
}

/// A contact, and a call with one tap.
struct ContactRow: View {
    let contact: Contact
    @Environment(AppModel.self) private var app

    var body: some View {
        VStack(alignment: .leading, spacing: 4) {
            Text([contact.name, contact.role].compactMap(\.self).joined(separator: " · ")).font(.headline)
            if let phone = contact.phone, let url = URL(string: "tel:\(phone.filter { !$0.isWhitespace })") {
                Link(app.strings.call(phone), destination: url)
            }
            if let mail = contact.email, let url = URL(string: "mailto:\(mail)") { Link(mail, destination: url) }
        }
    }
}

/// A new contact.
struct ContactSheet: View {
    let model: CustomerModel
    @Environment(AppModel.self) private var app
    @Environment(\.dismiss) private var dismiss
    @State private var name = ""
    @State private var role = ""
    @State private var phone = ""

    var body: some View {
        NavigationStack {
            Form {
                TextField(app.strings.contactName, text: $name)
                TextField(app.strings.contactRole, text: $role)
                TextField(app.strings.contactPhone, text: $phone).keyboardType(.numberPad)
                ProblemText(problem: model.problem)
            }
            .navigationTitle(app.strings.addContact)
            .safeAreaInset(edge: .bottom) {
                PrimaryButton(title: app.strings.save) {
                    let fields = ContactFields(name: name, role: role.isEmpty ? nil : role, phone: phone.isEmpty ? nil : phone)
                    if await model.addContact(fields) { dismiss() }
                }
            }
        }
    }
}

/// Another name or address.
struct EditCustomerSheet: View {
    let model: CustomerModel
    @Environment(AppModel.self) private var app
    @Environment(\.dismiss) private var dismiss
    @State private var name: String
    @State private var address: String

    init(model: CustomerModel, customer: Customer) {
        self.model = model
        _name = State(initialValue: customer.name)
        _address = State(initialValue: customer.address)
    }

    var body: some View {
        NavigationStack {
            Form {
                TextField(app.strings.customerName, text: $name)
                TextField(app.strings.address, text: $address, axis: .vertical)
                ProblemText(problem: model.problem)
            }
            .navigationTitle(app.strings.editCustomer)
            .safeAreaInset(edge: .bottom) {
                PrimaryButton(title: app.strings.save) { if await model.edit(name: name, address: address) { dismiss() } }
            }
        }
    }
}
