import FieldbookKit
import Rooms
import SwiftUI

/// What was not accepted, with the person's own text: fix and resend, keep, export, discard.
struct AttentionScreen: View {
    @Environment(AppModel.self) private var app
    @State private var model: AttentionModel
    @State private var correcting: ParkedItem?
    @State private var moving: ParkedItem?
    @State private var discarding: ParkedItem?
    @State private var isDiscarding = false
    @State private var characters = 0
    @State private var exported: String?

    init(workplace: Workplace) { _model = State(initialValue: AttentionModel(workplace: workplace)) }

    var body: some View {
        List {
            ProblemText(problem: model.problem)
            if let items = model.items {
                if items.isEmpty { Text(app.strings.nothingNeedsAttention) }
                ForEach(items) { item in section(item) }
                if let exported {
                    ShareLink(app.strings.exportAll, item: exported)
                } else if !items.isEmpty {
                    Button(app.strings.exportAll, systemImage: "square.and.arrow.up") { Task { exported = await model.export() } }
                }
            } else {
                Waiting()
            }
        }
        .navigationTitle(app.strings.needsAttention)
        .sheet(item: $correcting) { CorrectSheet(model: model, item: $0) }
        .sheet(item: $moving) { item in
            PlanSheet(title: app.strings.movePlanTitle, purpose: nil, problem: model.problem) { await model.move(item, to: $0) }
        }
        .confirmationDialog(app.strings.discardThis(characters), isPresented: $isDiscarding, titleVisibility: .visible) {
            Button(app.strings.discardThis(characters), role: .destructive) {
                if let item = discarding { Task { await model.discard(item, characters: characters, app.strings) } }
            }
        }
        .task { await model.run() }
    }

    private func section(_ item: ParkedItem) -> some View {
        Section(title(item)) {
            Text(verbatim: "\(app.strings.notAccepted): \(item.words.text(in: app.language))")
            Text(app.strings.youDidThis(app.formats.moment(item.written))).font(.footnote)
            if !item.ownWords.isEmpty { Text(app.strings.yourTextIsKept).font(.footnote) }
            ForEach(item.ownWords, id: \.name) { field in
                Text(verbatim: "\(app.strings.typedField(field.name)): “\(field.value)”").textSelection(.enabled)
            }
            if item.dependsOn != nil {
                Text(app.strings.followsAnother)
            } else {
                if item.fitsNotes { Button(app.strings.keepAsNote) { Task { await model.keepAsNote(item) } } }
                if item.start != nil {
                    Button(app.strings.movePlan) { moving = item }
                } else if !item.ownWords.isEmpty {
                    Button(app.strings.correctMore) { correcting = item }
                }
                Button(app.strings.sendAgain) { Task { await model.resend(item) } }
            }
            Button(app.strings.discardThis(item.characters), role: .destructive) {
                Task {
                    characters = await model.characters(with: item)
                    discarding = item
                    isDiscarding = true
                }
            }
        }
    }

    private func title(_ item: ParkedItem) -> String {
        [app.strings.work(item.work), item.step.map(app.strings.step), model.about[item.id]].compactMap(\.self).joined(separator: " · ")
    }
}

/// The person's own text, to be put in other words.
struct CorrectSheet: View {
    let model: AttentionModel
    let item: ParkedItem
    @State private var fields: [(TypedField, Draft)]
    @Environment(AppModel.self) private var app
    @Environment(\.dismiss) private var dismiss

    init(model: AttentionModel, item: ParkedItem) {
        (self.model, self.item) = (model, item)
        _fields = State(initialValue: item.ownWords.map { ($0, model.field($0, of: item)) })
    }

    var body: some View {
        NavigationStack {
            Form {
                Text(item.words.text(in: app.language))
                ForEach(fields, id: \.0.name) { DraftField($0.1, app.strings.typedField($0.0.name), lines: 2) }
                ProblemText(problem: model.problem)
            }
            .navigationTitle(app.strings.work(item.work))
            .safeAreaInset(edge: .bottom) {
                PrimaryButton(title: app.strings.sendCorrected) { if await model.correct(item, fields) { dismiss() } }
            }
        }
    }
}
