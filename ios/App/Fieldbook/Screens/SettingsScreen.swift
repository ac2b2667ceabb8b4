import FieldbookKit
import Rooms
import SwiftUI

/// The account, the language, and what support needs.
struct SettingsScreen: View {
    let session: Session
    let model: SettingsModel
    @Environment(AppModel.self) private var app
    @State private var report: String?
    @State private var isLeaving = false

    var body: some View {
        @Bindable var app = app
        List {
            StatusLine(session: session)
            if let me = model.me {
                VStack(alignment: .leading, spacing: 4) {
                    Text(me.name).font(.title2)
                    Text(app.strings.role(me.role)).foregroundStyle(.secondary)
                }
                .accessibilityElement(children: .combine)
            }
            NavigationLink(value: Route.activity) { Label(app.strings.activity, systemImage: "text.book.closed") }
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
                Text(app.strings.aboutText(Fieldbook.version, model.account?.server ?? "")).font(.footnote).textSelection(.enabled)
            }
            Button(app.strings.signOut, role: .destructive) { isLeaving = true }
            ProblemText(problem: model.problem)
        }
        .navigationTitle(app.strings.me)
        .confirmationDialog(app.strings.signOutHint, isPresented: $isLeaving, titleVisibility: .visible) {
            Button(app.strings.signOut, role: .destructive) { Task { await app.signOut() } }
        }
    }
}
