import FieldbookKit
import Rooms
import SwiftUI

/// Customers, found as one types.
struct CustomersScreen: View {
    let session: Session
    @Environment(AppModel.self) private var app
    @State private var model: CustomersModel
    @State private var isAdding = false

    init(session: Session) {
        self.session = session
        _model = State(initialValue: CustomersModel(session: session))
    }

    var body: some View {
        List {
            StatusLine(session: session)
            ProblemText(problem: model.problem)
            if let found = model.found {
                if found.isEmpty { Text(app.strings.nothingFound(model.text)) }
                ForEach(found) { FoundRow(found: $0) }
            } else if let all = model.all {
                if all.isEmpty { Text(app.strings.noCustomers) }
                ForEach(all) { row($0) }
            }
        }
        .navigationTitle(app.strings.customers)
        .searchable(text: $model.text, prompt: app.strings.searchHint)
        .toolbar {
            ToolbarItem(placement: .primaryAction) {
                Button(app.strings.nearMe, systemImage: "location") { Task { await model.nearMe() } }
            }
        }
        .safeAreaInset(edge: .bottom) { PrimaryButton(title: app.strings.newCustomer) { isAdding = true } }
        .sheet(isPresented: $isAdding) { NewCustomerSheet(model: model) }
        .task { await model.run() }
        .task(id: model.text) { await model.search() }
    }

    private func row(_ customer: Customer) -> some View {
        NavigationLink(value: Route.customer(customer.id)) {
            VStack(alignment: .leading, spacing: 4) {
                Text(customer.name).font(.headline)
                Text(customer.address).font(.subheadline).foregroundStyle(.secondary)
                StateMark(state: customer.state)
            }
            .accessibilityElement(children: .combine)
        }
    }
}

/// A customer made at the counter.
struct NewCustomerSheet: View {
    let model: CustomersModel
    @Environment(AppModel.self) private var app
    @Environment(\.dismiss) private var dismiss
    @State private var name = ""
    @State private var address = ""
    @State private var isHere = true

    var body: some View {
        NavigationStack {
            Form {
                TextField(app.strings.customerName, text: $name)
                TextField(app.strings.address, text: $address, axis: .vertical)
                Toggle(app.strings.iAmHere, isOn: $isHere)
                ProblemText(problem: model.problem)
            }
            .navigationTitle(app.strings.newCustomer)
            .safeAreaInset(edge: .bottom) {
                PrimaryButton(title: app.strings.save) {
                    if await model.add(name: name, address: address, isHere: isHere) != nil { dismiss() }
                }
            }
        }
    }
}
