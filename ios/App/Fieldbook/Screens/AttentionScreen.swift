import FieldbookKit
import Rooms
import SwiftUI

/// What was not accepted, with the person's own text: fix and resend, keep, export, discard.
struct AttentionScreen: View {
    @Environment(AppModel.self) private var app
    @State private var model: AttentionModel
    @State private var correcting: ParkedItem?
    @State private var discarding: ParkedItem?
    @State private var isDiscarding = false
    @State private var followers = 0
    @State private var exported: String?

    init(session: Session) { _model = State(initialValue: AttentionModel(session: session)) }

    var body: some View {
        List {
            ProblemText(problem: model.problem)
            if let items = model.items, items.isEmpty { Text(app.strings.nothingNeedsAttention) }
            ForEach(model.items ?? []) { item in section(item) }
            if let exported {
                ShareLink(app.strings.exportAll, item: exported)
            } else if !(model.items ?? []).isEmpty {
                Button(app.strings.exportAll, systemImage: "square.and.arrow.up") { Task { exported = await model.export() } }
            }
        }
        .navigationTitle(app.strings.needsAttention)
        .sheet(item: $correcting) { CorrectSheet(model: model, item: $0) }
        .confirmationDialog(discardTitle, isPresented: $isDiscarding, titleVisibility: .visible) {
            Button(discardTitle, role: .destructive) {
                if let item = discarding {
                    let said = app.strings.discarded(item.characters + followers)
                    Task { await app.undo.offer(said) { _ = await model.discard(item) } }
                }
            }
        }
        .task { await model.run() }
    }

    private func section(_ item: ParkedItem) -> some View {
        Section(app.strings.work(item.work)) {
            Text("\(app.strings.notAccepted): \(item.words.text(in: app.language))")
            Text(app.strings.youDidThis(app.formats.moment(item.written))).font(.footnote)
            ForEach(item.typed, id: \.name) { field in
                Text("\(app.strings.typedField(field.name)): \(field.value)").textSelection(.enabled)
            }
            if item.dependsOn != nil {
                Text(app.strings.followsAnother)
            } else {
                Button(app.strings.correctMore) { correcting = item }
                Button(app.strings.sendAgain) { Task { await model.resend(item) } }
                if item.kind == .visit { Button(app.strings.keepAsNote) { Task { await model.keepAsNote(item) } } }
            }
            Button(app.strings.discardThis(item.characters), role: .destructive) {
                Task {
                    followers = await model.followers(of: item).reduce(0) { $0 + $1.characters }
                    discarding = item
                    isDiscarding = true
                }
            }
        }
    }

    private var discardTitle: String { app.strings.discardThis((discarding?.characters ?? 0) + followers) }
}

/// What the person typed, to be put in other words.
struct CorrectSheet: View {
    let model: AttentionModel
    let item: ParkedItem
    @Environment(AppModel.self) private var app
    @Environment(\.dismiss) private var dismiss
    @State private var values: [String]

    init(model: AttentionModel, item: ParkedItem) {
        self.model = model
        self.item = item
        _values = State(initialValue: item.typed.map(\.value))
    }

    var body: some View {
        NavigationStack {
            Form {
                Text(item.words.text(in: app.language))
                ForEach(Array(item.typed.indices), id: \.self) { index in
                    TextField(app.strings.typedField(item.typed[index].name), text: $values[index], axis: .vertical)
                }
                ProblemText(problem: model.problem)
            }
            .navigationTitle(app.strings.work(item.work))
            .safeAreaInset(edge: .bottom) {
                PrimaryButton(title: app.strings.sendCorrected) {
                    let fields = zip(item.typed, values).map { TypedField(name: $0.name, value: $1) }
                    if await model.resend(item, fields) { dismiss() }
                }
            }
        }
    }
}
