import FieldbookKit
import Rooms
import SwiftUI

/// On this phone, sent, accepted; the last contact; the receipt.
struct SyncScreen: View {
    @Environment(AppModel.self) private var app
    @State private var model: SyncModel
    @State private var file: String?

    init(session: Session) { _model = State(initialValue: SyncModel(session: session)) }

    var body: some View {
        List {
            if let totals = model.status?.totals {
                let all = totals.onPhone + totals.sent + totals.accepted + totals.attention
                Section {
                    Text(app.strings.acceptedOf(app.formats.count(totals.accepted), app.formats.count(all))).font(.headline).monospacedDigit()
                    ProgressView(value: Double(totals.accepted), total: Double(max(all, 1)))
                    if totals.onPhone + totals.sent > 0 { Text(waiting(totals)) }
                    Text(phase)
                    if let contact = model.status?.lastContact { Text(app.strings.lastContact(app.formats.moment(contact))) }
                    ProblemText(problem: model.problem ?? model.status?.trouble)
                }
            }
            if let receipt = model.receipt { receiptSection(receipt) }
            Section(app.strings.thisPhone) {
                if let records = model.status?.totals.records { Text(app.strings.records(app.formats.count(records))) }
                if let bytes = model.storage { Text(app.strings.storage(app.formats.count(bytes / 1_000_000))) }
            }
        }
        .navigationTitle(app.strings.syncTitle)
        .safeAreaInset(edge: .bottom) {
            PrimaryButton(title: model.isTrying ? app.strings.trying : app.strings.tryNow, isBusy: model.isTrying) { await model.tryNow() }
        }
        .task { await model.measure() }
        .task { await model.run() }
    }

    private func waiting(_ totals: Totals) -> String {
        let count = app.strings.itemsOnThisPhone(Int(totals.onPhone + totals.sent))
        return [count, totals.oldestPending.map { app.strings.oldestFrom(app.formats.moment($0)) }].compactMap(\.self).joined(separator: app.strings.comma)
    }

    private var phase: String {
        switch model.status?.phase {
        case .exchanging: app.strings.syncing
        case .upToDate: app.strings.upToDate
        case .waiting(let until): app.strings.retryIn(max(0, Int(until.timeIntervalSinceNow.rounded(.up))))
        default: app.strings.syncStopped
        }
    }

    private func receiptSection(_ receipt: Delivery) -> some View {
        Section(app.strings.receipt) {
            if receipt.allOnServer, let at = receipt.signedAt {
                Label(app.strings.allOnServer(app.formats.count(receipt.delivered), app.formats.moment(at)), systemImage: "checkmark.seal")
            } else {
                Text(app.strings.notAllOnServer(app.formats.count(receipt.waiting + receipt.parked)))
                if let at = receipt.signedAt { Text(app.strings.signedFor(app.formats.count(receipt.stored), app.formats.moment(at))) }
            }
            if let file {
                ShareLink(app.strings.receiptDetails, item: file)
            } else {
                Button(app.strings.receiptDetails) { Task { file = await model.receiptsFile() } }
            }
        }
    }
}
