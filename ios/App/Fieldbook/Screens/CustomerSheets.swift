import FieldbookKit
import Rooms
import SwiftUI

/// A contact, new or changed.
struct ContactSheet: View {
    let model: CustomerModel
    let contact: Contact?
    @State private var fields: ContactDrafts
    @Environment(AppModel.self) private var app
    @Environment(\.dismiss) private var dismiss

    init(model: CustomerModel, contact: Contact?) {
        (self.model, self.contact) = (model, contact)
        _fields = State(initialValue: model.fields(of: contact))
    }

    var body: some View {
        NavigationStack {
            Form {
                DraftField(fields.name, app.strings.contactName)
                DraftField(fields.role, app.strings.contactRole)
                DigitsField(fields.phone, app.strings.contactPhone, pad: .phonePad)
                DraftField(fields.email, app.strings.contactMail).keyboardType(.emailAddress).textInputAutocapitalization(.never)
                ProblemText(problem: model.problem)
            }
            .navigationTitle(contact == nil ? app.strings.addContact : app.strings.editContact)
            .safeAreaInset(edge: .bottom) {
                PrimaryButton(title: app.strings.save, isBusy: fields.name.filled == nil) {
                    if await model.save(fields, of: contact) { dismiss() }
                }
            }
        }
    }
}

/// Another name or address.
struct EditCustomerSheet: View {
    let model: CustomerModel
    @State private var name: Draft
    @State private var address: Draft
    @Environment(AppModel.self) private var app
    @Environment(\.dismiss) private var dismiss

    init(model: CustomerModel, customer: Customer) {
        self.model = model
        _name = State(initialValue: model.field("name", before: customer.name))
        _address = State(initialValue: model.field("address", before: customer.address))
    }

    var body: some View {
        NavigationStack {
            Form {
                DraftField(name, app.strings.customerName)
                DraftField(address, app.strings.address, lines: 2)
                ProblemText(problem: model.problem)
            }
            .navigationTitle(app.strings.editCustomer)
            .safeAreaInset(edge: .bottom) {
                PrimaryButton(title: app.strings.save, isBusy: name.filled == nil) {
                    if await model.save(name: name, address: address) { dismiss() }
                }
            }
        }
    }
}

/// What can be asked of the server about a customer, and what was asked and answered.
struct CustomerWishes: View {
    let model: CustomerModel
    let open: @MainActor (CustomerWish.Kind) -> Void
    @Environment(AppModel.self) private var app

    var body: some View {
        if let page = model.page, !model.wishes.isEmpty || !page.requests.isEmpty {
            Section {
                if page.customer.pool != nil { Text(app.strings.inPool) }
                ForEach(model.wishes, id: \.self) { kind in Button(app.strings.title(of: kind)) { open(kind) } }
            }
            if !page.requests.isEmpty {
                Section(app.strings.requestsAsked) { ForEach(page.requests, id: \.self) { RequestRow(request: $0) } }
            }
        }
    }
}

/// Something that was asked, and the server's answer.
struct RequestRow: View {
    let request: CustomerRequest
    @Environment(AppModel.self) private var app

    var body: some View {
        VStack(alignment: .leading, spacing: 4) {
            Text([app.strings.asked(request.asked), request.newGrade].compactMap(\.self).joined(separator: " · "))
            Text(request.reply.map { $0.words.text(in: app.language) } ?? app.strings.waitingForServer).font(.footnote)
            if let note = request.note { Text(verbatim: "“\(note)”").font(.footnote) }
            Text(app.formats.moment(request.at)).font(.footnote).foregroundStyle(Color("Quiet"))
        }
        .accessibilityElement(children: .combine)
    }
}

/// Asking the server: whom or which grade, and why.
struct WishSheet: View {
    let model: CustomerModel
    let kind: CustomerWish.Kind
    @State private var note: Draft
    @State private var person: PersonId?
    @State private var grade: String?
    @Environment(AppModel.self) private var app
    @Environment(\.dismiss) private var dismiss

    init(model: CustomerModel, kind: CustomerWish.Kind) {
        (self.model, self.kind) = (model, kind)
        _note = State(initialValue: model.field("ask/\(kind)"))
    }

    var body: some View {
        NavigationStack {
            Form {
                Text(app.strings.askHint(kind))
                if kind == .owner { choice(app.strings.whom, model.reps.map { ($0.id, $0.name) }, $person) }
                if kind == .grade { choice(app.strings.askGrade, model.grades.map { ($0, app.strings.grade($0)) }, $grade) }
                DraftField(note, app.strings.whyAsk, lines: 2)
                ProblemText(problem: model.problem)
            }
            .navigationTitle(app.strings.title(of: kind))
            .safeAreaInset(edge: .bottom) {
                PrimaryButton(title: app.strings.askServer, isBusy: wish == nil) {
                    if let wish, await model.ask(wish, note: note) { dismiss() }
                }
            }
        }
        .presentationDetents([.medium, .large])
    }

    private func choice<Value: Hashable>(_ title: String, _ all: [(Value, String)], _ chosen: Binding<Value?>) -> some View {
        Picker(title, selection: chosen) {
            Text(verbatim: "–").tag(Value?.none)
            ForEach(all, id: \.0) { Text($0.1).tag(Value?.some($0.0)) }
        }
    }

    private var wish: CustomerWish? {
        switch kind {
        case .claim: .claim
        case .release: .release
        case .owner: person.map { .owner($0) }
        case .grade: grade.map { .grade($0) }
        }
    }
}
