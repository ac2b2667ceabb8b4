import FieldbookKit
import Rooms
import SwiftUI

/// The daily log: write any time, edit and remark.
struct ActivityScreen: View {
    let workplace: Workplace
    @Environment(AppModel.self) private var app
    @State private var model: ActivityModel
    @State private var writing: Writing?

    init(workplace: Workplace, customer: CustomerId?, visit: VisitId?) {
        self.workplace = workplace
        _model = State(initialValue: ActivityModel(workplace: workplace, customer: customer, visit: visit))
    }

    var body: some View {
        List {
            StatusLine(workplace: workplace)
            ProblemText(problem: model.problem)
            if let days = model.days {
                if days.isEmpty { Text(app.strings.noActivity) }
                ForEach(days) { day in
                    Section(app.formats.date(day.day)) {
                        ForEach(day.entries.reversed()) { entry in row(entry, day) }
                        StateMark(state: day.state)
                    }
                }
            } else {
                Waiting()
            }
        }
        .navigationTitle(app.strings.activity)
        .safeAreaInset(edge: .bottom) {
            VStack {
                DraftField(model.entry, model.about.map(app.strings.whatHappenedAt) ?? app.strings.whatHappened, lines: 2).padding(.horizontal)
                PrimaryButton(title: app.strings.write, isBusy: model.entry.filled == nil) { await model.write() }
            }
            .background(.bar)
        }
        .sheet(item: $writing) { WritingSheet(model: model, writing: $0) }
        .task { await model.run() }
    }

    private func row(_ entry: LogEntry, _ day: DayLog) -> some View {
        VStack(alignment: .leading, spacing: 4) {
            Text(entry.text)
            Text([app.formats.moment(entry.at), entry.customer.flatMap { model.customers[$0] }].compactMap(\.self).joined(separator: " · "))
                .font(.footnote)
                .foregroundStyle(Color("Quiet"))
            ForEach(day.comments.filter { $0.entry == entry.id }, id: \.self) { comment in
                Text(verbatim: "\(workplace.name(comment.by, app.strings)): \(comment.text)").font(.footnote)
            }
        }
        .accessibilityElement(children: .combine)
        .swipeActions(edge: .trailing) {
            if model.isMine(day) {
                Button(app.strings.edit, systemImage: "pencil") { writing = Writing(entry: entry, day: day, isRemark: false) }
            }
            Button(app.strings.remark, systemImage: "text.bubble") { writing = Writing(entry: entry, day: day, isRemark: true) }
        }
    }
}

/// What is being written about an entry: other words for it, or a remark.
struct Writing: Identifiable {
    let entry: LogEntry
    let day: DayLog
    let isRemark: Bool
    var id: String { "\(entry.id) \(isRemark)" }
}

/// Writing it.
struct WritingSheet: View {
    let model: ActivityModel
    let writing: Writing
    @State private var draft: Draft
    @Environment(AppModel.self) private var app
    @Environment(\.dismiss) private var dismiss

    init(model: ActivityModel, writing: Writing) {
        (self.model, self.writing) = (model, writing)
        let draft = writing.isRemark ? model.remark(on: writing.entry, in: writing.day) : model.edit(of: writing.entry, in: writing.day)
        _draft = State(initialValue: draft)
    }

    var body: some View {
        NavigationStack {
            Form {
                if writing.isRemark { Text(writing.entry.text).foregroundStyle(Color("Quiet")) }
                DraftField(draft, title, lines: 3)
                ProblemText(problem: model.problem)
            }
            .navigationTitle(title)
            .safeAreaInset(edge: .bottom) {
                PrimaryButton(title: app.strings.save, isBusy: draft.filled == nil) {
                    let isSaved =
                        writing.isRemark
                        ? await model.say(draft, on: writing.entry, in: writing.day) : await model.save(draft, of: writing.entry, in: writing.day)
                    if isSaved { dismiss() }
                }
            }
        }
        .presentationDetents([.medium, .large])
    }

    private var title: String { writing.isRemark ? app.strings.remark : app.strings.edit }
}
