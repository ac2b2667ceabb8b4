import FieldbookKit
import Foundation
import Rooms
import SwiftUI

/// A day, a time and what for.
struct PlanSheet: View {
    let title: String
    /// What for; nil when only the time is asked.
    let purpose: Draft?
    let problem: FieldbookError?
    let save: @MainActor (Timestamp) async -> Bool
    @Environment(AppModel.self) private var app
    @Environment(\.dismiss) private var dismiss
    @State private var start = Date(timeIntervalSinceNow: 24 * 3600)

    var body: some View {
        NavigationStack {
            Form {
                DatePicker(app.strings.day, selection: $start)
                if let purpose { DraftField(purpose, app.strings.purpose) }
                ProblemText(problem: problem)
            }
            .navigationTitle(title)
            .safeAreaInset(edge: .bottom) {
                PrimaryButton(title: app.strings.savePlan) { if await save(Timestamp(start)) { dismiss() } }
            }
        }
        .presentationDetents([.medium, .large])
    }
}
