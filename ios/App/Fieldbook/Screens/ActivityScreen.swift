import FieldbookKit
import Rooms
import SwiftUI

/// The daily log.
struct ActivityScreen: View {
    @Environment(AppModel.self) private var app
    @State private var model: ActivityModel

    init(session: Session) { _model = State(initialValue: ActivityModel(session: session)) }

    var body: some View {
        List {
            ProblemText(problem: model.problem)
            if let days = model.days, days.isEmpty { Text(app.strings.noActivity) }
            ForEach(model.days ?? []) { day in
                Section(app.formats.date(day.day)) {
                    ForEach(day.entries) { entry in
                        VStack(alignment: .leading, spacing: 4) {
                            Text(entry.text)
                            Text(app.formats.moment(entry.at)).font(.footnote).foregroundStyle(.secondary)
                        }
                        .accessibilityElement(children: .combine)
                    }
                    StateMark(state: day.state)
                }
            }
        }
        .navigationTitle(app.strings.activity)
        .safeAreaInset(edge: .bottom) {
            VStack {
                TextField(app.strings.whatHappened, text: $model.draft, axis: .vertical).lineLimit(1...5).padding(.horizontal)
                PrimaryButton(title: app.strings.write, isBusy: model.draft.isEmpty) { await model.write() }
            }
        }
        .task { await model.run() }
    }
}
