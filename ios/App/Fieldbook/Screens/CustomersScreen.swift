import FieldbookKit
import Rooms
import SwiftUI

/// Customers, found as one types.
struct CustomersScreen: View {
    let workplace: Workplace
    @Binding var path: [Route]
    @Environment(AppModel.self) private var app
    @State private var model: CustomersModel
    @State private var isAdding = false

    init(workplace: Workplace, path: Binding<[Route]>) {
        self.workplace = workplace
        _path = path
        _model = State(initialValue: CustomersModel(workplace: workplace))
    }

    var body: some View {
        List {
            StatusLine(workplace: workplace)
            ProblemText(problem: model.problem)
            if let fix = model.noFix { NoPlace(fix: fix) }
            if let found = model.found {
                if found.isEmpty { Text(model.text.isEmpty ? app.strings.nobodyNearYou : app.strings.nothingFound(model.text)) }
                ForEach(found) { FoundRow(found: $0, due: model.due[$0.id], workplace: workplace) }
            } else if let all = model.all {
                if all.isEmpty { Text(app.strings.noCustomers) }
                ForEach(all) { CustomerRow(customer: $0, workplace: workplace) }
                pool
            } else {
                Waiting()
            }
        }
        .navigationTitle(app.strings.customers)
        .searchable(text: $model.text, prompt: app.strings.searchHint)
        .toolbar {
            ToolbarItem(placement: .primaryAction) {
                Button(app.strings.nearMe, systemImage: model.found == nil ? "location" : "location.fill") {
                    Task { if model.found == nil || !model.text.isEmpty { await model.nearMe() } else { model.byName() } }
                }
            }
        }
        .safeAreaInset(edge: .bottom) { PrimaryButton(title: app.strings.newCustomer) { isAdding = true } }
        .sheet(isPresented: $isAdding) { NewCustomerSheet(model: model) { path.append(.customer($0)) } }
        .task { await model.run() }
        .task(id: model.text) { await model.search() }
    }

    @ViewBuilder private var pool: some View {
        if !model.pool.isEmpty {
            Section {
                ForEach(model.pool) { CustomerRow(customer: $0, workplace: workplace) }
            } header: {
                Text(app.strings.pool)
            } footer: {
                if let holdings = model.holdings, workplace.visits {
                    Text(app.strings.holding(Int(holdings.held), Int(holdings.limit)))
                }
            }
        }
    }
}

/// A customer of the list.
struct CustomerRow: View {
    let customer: Customer
    let workplace: Workplace
    @Environment(AppModel.self) private var app

    var body: some View {
        NavigationLink(value: Route.customer(customer.id)) {
            VStack(alignment: .leading, spacing: 4) {
                Text(customer.name).font(.headline)
                if !customer.address.isEmpty { Text(customer.address).font(.subheadline).foregroundStyle(Color("Quiet")) }
                if let distance = workplace.whereIs(customer.position)?.distanceM { Text(app.formats.distance(distance)).font(.footnote).monospacedDigit() }
                if let asked = customer.asked { Text(app.strings.asked(asked)).font(.footnote) }
                if customer.state != .accepted { StateMark(state: customer.state) }
            }
            .accessibilityElement(children: .combine)
        }
    }
}

/// A customer made at the counter.
struct NewCustomerSheet: View {
    let model: CustomersModel
    let added: @MainActor (CustomerId) -> Void
    @Environment(AppModel.self) private var app
    @Environment(\.dismiss) private var dismiss
    @State private var isHere = true

    var body: some View {
        NavigationStack {
            Form {
                DraftField(model.newName, app.strings.customerName)
                DraftField(model.newAddress, app.strings.address, lines: 2)
                Toggle(app.strings.iAmHere, isOn: $isHere)
                ProblemText(problem: model.problem)
            }
            .navigationTitle(app.strings.newCustomer)
            .safeAreaInset(edge: .bottom) {
                PrimaryButton(title: app.strings.add, isBusy: model.newName.filled == nil) {
                    guard let customer = await model.add(isHere: isHere) else { return }
                    dismiss()
                    added(customer)
                }
            }
        }
    }
}
