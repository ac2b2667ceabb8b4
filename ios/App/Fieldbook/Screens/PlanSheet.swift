import FieldbookKit
import Foundation
import Rooms
import SwiftUI

/// A day, a time and what for.
struct PlanSheet: View {
    var isMove = false
    let save: @MainActor (Timestamp, String) async -> Bool
    @Environment(AppModel.self) private var app
    @Environment(\.dismiss) private var dismiss
    @State private var start = Date(timeIntervalSinceNow: 24 * 3600)
    @State private var purpose = ""

    var body: some View {
        NavigationStack {
            Form {
                DatePicker(app.strings.day, selection: $start)
                if !isMove { TextField(app.strings.purpose, text: $purpose, axis: .vertical) }
            }
            .navigationTitle(isMove ? app.strings.movePlanTitle : app.strings.planVisit)
            .safeAreaInset(edge: .bottom) {
                PrimaryButton(title: app.strings.savePlan) { if await save(Timestamp(start), purpose) { dismiss() } }
            }
        }
        .presentationDetents([.medium, .large])
    }
}
