import FieldbookKit
import Rooms
import SwiftUI

/// The account, the language, and what support needs.
struct SettingsScreen: View {
    let workplace: Workplace
    @Environment(AppModel.self) private var app
    @State private var model: SettingsModel
    @State private var report: String?
    @State private var isLeaving = false

    init(workplace: Workplace) {
        self.workplace = workplace
        _model = State(initialValue: SettingsModel(workplace: workplace))
    }

    var body: some View {
        @Bindable var app = app
        List {
            StatusLine(workplace: workplace)
            VStack(alignment: .leading, spacing: 4) {
                Text(workplace.account.name).font(.title2)
                if let me = workplace.me {
                    Text([app.strings.role(me.role), workplace.unit].compactMap(\.self).joined(separator: " · ")).foregroundStyle(Color("Quiet"))
                }
            }
            .accessibilityElement(children: .combine)
            NavigationLink(value: Route.activity(nil, nil)) { Label(app.strings.activity, systemImage: "text.book.closed") }
            if workplace.decides { NavigationLink(value: Route.expenses) { Label(app.strings.expenses, systemImage: "yensign.circle") } }
            NavigationLink(value: Route.attention) { Label(app.strings.needsAttention, systemImage: "exclamationmark.circle") }
            NavigationLink(value: Route.sync) { Label(app.strings.syncTitle, systemImage: "arrow.triangle.2.circlepath") }
            Picker(app.strings.languageTitle, selection: $app.language) {
                Text(verbatim: "English").tag(Language.en)
                Text(verbatim: "简体中文").tag(Language.zh)
            }
            Section {
                if let report {
                    ShareLink(app.strings.exportForSupport, item: report)
                } else {
                    Button(app.strings.exportForSupport, systemImage: "lifepreserver") { Task { report = await model.supportReport() } }
                }
            } footer: {
                Text(app.strings.exportHint)
            }
            Section(app.strings.about) {
                Text(app.strings.aboutText(Fieldbook.version, model.account.server)).font(.footnote).textSelection(.enabled)
            }
            Button(app.strings.signOut, role: .destructive) {
                Task {
                    await model.look()
                    isLeaving = true
                }
            }
            ProblemText(problem: model.problem)
        }
        .navigationTitle(app.strings.me)
        .confirmationDialog(leaving, isPresented: $isLeaving, titleVisibility: .visible) {
            Button(app.strings.signOut, role: .destructive) { Task { await app.signOut() } }
        }
    }

    /// What happens to what is unsent, named before the person goes.
    private var leaving: String {
        guard let unsent = model.unsent, !unsent.records.isEmpty || unsent.parked > 0 else { return app.strings.signOutHint }
        return "\(app.strings.signOutHint)\n\(unsent.words.text(in: app.language))"
    }
}
